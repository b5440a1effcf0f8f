using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Database;
using Guildhall.Platform.Jobs;
using Guildhall.Platform.Mail;
using Guildhall.Platform.Privacy;
using Guildhall.Platform.Ui;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.People;

/// <summary>Accounts, roles, and every way of signing in; what people consent to and prefer.</summary>
sealed class PeopleModule : IModule
{
    public IEnumerable<Job> Jobs => [Job.Of<AnswerLinkRequests>("forget-old-links", Schedule.Every(TimeSpan.FromHours(1)), (links, stop) => links.Sweep(stop))];

    public IEnumerable<Place> Places =>
    [
        new(null, 85, "People and roles", "lock", "/settings/roles", OpenTo: AccessTable.Administer),
        new(null, 86, "Sign-in", "lock", SignInRulesRoutes.Path, OpenTo: AccessTable.Administer),
    ];

    public IEnumerable<MailKind> MailKinds => [InvitePerson.Kind, AccountMails.Links, AccountMails.Changes];

    public void AddServices(IServiceCollection services)
    {
        services.AddIdentityCore<Account>(identity =>
            {
                identity.User.RequireUniqueEmail = true;
                // The name is the email address, which has its own rule: Identity's would refuse o'brien@ and josé@.
                identity.User.AllowedUserNameCharacters = "";
                // Tries counts instead: Identity's count would let a stranger lock the owner out.
                identity.Lockout.AllowedForNewUsers = false;
                Passwords.Configure(identity.Password);
            })
            .AddEntityFrameworkStores<GuildhallDb>()
            .AddSignInManager<Door>()
            .AddClaimsPrincipalFactory<AccountClaims>();
        services.AddScoped<AccountClaims>().AddScoped(provider => (Door)provider.GetRequiredService<SignInManager<Account>>());
        // A passkey stands for both factors, so it has to ask its owner for something.
        services.Configure<IdentityPasskeyOptions>(passkey => (passkey.UserVerificationRequirement, passkey.ResidentKeyRequirement) = ("required", "required"));
        services.AddOptions<IdentityPasskeyOptions>().Configure<SiteAddress>((passkey, site) => passkey.ServerDomain = site.Of("/").Host);

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
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.TwoFactorUserIdScheme, cookie => cookie.Cookie.Name = "guildhall-second");
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.TwoFactorRememberMeScheme, cookie =>
        {
            cookie.Cookie.Name = "guildhall-device";
            cookie.ExpireTimeSpan = TimeSpan.FromDays(30);
        });
        services.ConfigureExternalCookie(cookie => cookie.Cookie.Name = "guildhall-marketplace");
        // A session ends at most 60 seconds after the account's access did.
        services.Configure<SecurityStampValidatorOptions>(stamp => stamp.ValidationInterval = TimeSpan.FromSeconds(60));

        services.AddAccess();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, LeadToSecondFactor>();

        services.AddScoped<IssueFirstRunLink>().AddScoped<CreateFirstAccount>().AddScoped<AccountLookup>().AddScoped<NewPassword>();
        services.AddScoped<InvitePerson>().AddScoped<AcceptInvitation>().AddScoped<ChangeAccess>();
        services.AddHttpClient<BreachedPasswords>(http => (http.Timeout, http.MaxResponseContentBufferSize) = (BreachedPasswords.Patience, 1 << 20)).ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false });
        services.AddScoped<SignIn>().AddScoped<SignInScreen>().AddScoped<EnterCode>().AddScoped<Tries>().AddScoped<KnownDevice>();
        services.AddScoped<ReadAccount>().AddScoped<ChangeAccount>().AddScoped<ProveItsYou>();
        services.AddScoped<Codes>().AddScoped<SetUpSecondFactor>().AddScoped<ResetSecondFactor>().AddScoped<DecideSignInRules>();
        services.AddScoped<IFindInDocuments, PasskeysInExport>().AddScoped<AddPasskey>().AddScoped<SignInByPasskey>();
        services.AddScoped<MailedLinks>().AddScoped<AskForLink>().AddScoped<AnswerLinkRequests>().AddScoped<ResetPassword>().AddScoped<SignInByLink>();
        services.AddScoped<SignInByMarketplace>();
        services.AddSingleton<LinkSignal>().AddHostedService<LinkWorker>();
        services.AddScoped<ConsentLookup>().AddScoped<ChangeConsent>().AddScoped<OwnPreferences>().AddScoped<IForgetPeople, ForgetAccess>();
    }

    public void MapTables(ModelBuilder model) => PeopleTables.Map(model);

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
        PeopleRoutes.Map(routes);
        AccessRoutes.Map(routes);
    }
}
