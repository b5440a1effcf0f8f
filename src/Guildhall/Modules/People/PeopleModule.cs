using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Database;
using Guildhall.Platform.Mail;
using Guildhall.Platform.Ui;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.People;

/// <summary>Accounts, roles and sign-in.</summary>
sealed class PeopleModule : IModule
{
    public IEnumerable<Place> Places => [new(null, 85, "People and roles", "lock", "/settings/roles", OpenTo: AccessTable.Administer)];

    public IEnumerable<MailKind> MailKinds => [InvitePerson.Kind];

    public void AddServices(IServiceCollection services)
    {
        services.AddIdentityCore<Account>(identity =>
            {
                identity.User.RequireUniqueEmail = true;
                // The name is the email address, which has its own rule: Identity's would refuse o'brien@ and josé@.
                identity.User.AllowedUserNameCharacters = "";
                identity.Lockout.MaxFailedAccessAttempts = 10;
                identity.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
                Passwords.Configure(identity.Password);
            })
            .AddEntityFrameworkStores<GuildhallDb>()
            .AddSignInManager()
            .AddClaimsPrincipalFactory<AccountClaims>();
        services.AddScoped<AccountClaims>();

        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.ConfigureApplicationCookie(cookie =>
        {
            cookie.Cookie.Name = "guildhall";
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.ExpireTimeSpan = TimeSpan.FromDays(14);
            cookie.LoginPath = "/sign-in";
            cookie.AccessDeniedPath = "/no-access";
            cookie.ReturnUrlParameter = "to";
            // Without the host: what a request says of it may be forged.
            cookie.Events.OnRedirectToLogin = cookie.Events.OnRedirectToAccessDenied = context =>
            {
                context.Response.Redirect(new Uri(context.RedirectUri).PathAndQuery);
                return Task.CompletedTask;
            };
        });
        // A session ends at most 60 seconds after the account's access did.
        services.Configure<SecurityStampValidatorOptions>(stamp => stamp.ValidationInterval = TimeSpan.FromSeconds(60));

        services.AddAccess();

        services.AddScoped<IssueFirstRunLink>().AddScoped<CreateFirstAccount>().AddScoped<SignIn>().AddScoped<AccountLookup>()
            .AddScoped<InvitePerson>().AddScoped<AcceptInvitation>().AddScoped<ChangeAccess>();
    }

    public void MapTables(ModelBuilder model) => PeopleTables.Map(model);

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
        PeopleRoutes.Map(routes);
        AccessRoutes.Map(routes);
    }
}
