using System.Net;
using System.Threading.RateLimiting;
using Guildhall.Platform.Access;
using Guildhall.Platform.Audit;
using Guildhall.Platform.Database;
using Guildhall.Platform.Events;
using Guildhall.Platform.Mail;
using Guildhall.Platform.Privacy;
using Guildhall.Platform.Ui;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Guildhall.Platform;

/// <summary>What every module stands on: database, keys, pages, clock, limits and error pages. Which modules there are, the host says.</summary>
static class PlatformSetup
{
    /// <summary>
    /// A policy for routes that people come in by: what is sent from one address, 120 forms a minute. Looking at their pages is free, as a room that is taught behind one address
    /// needs it. It spares the machine; what guesses passwords and codes is held by limits of its own, in the database.
    /// </summary>
    public const string EntryLimit = nameof(EntryLimit);

    /// <summary>Forms a minute from one address.</summary>
    public const int MostEntriesAMinute = 120;

    public static void AddPlatform(this IServiceCollection services, NpgsqlDataSource database, IReadOnlyCollection<IModule> modules)
    {
        services.AddDatabase(database);
        services.AddSingleton(TimeProvider.System);
        services.AddHttpContextAccessor();
        services.AddUi();
        foreach (var place in modules.SelectMany(module => module.Places)) services.AddSingleton(place);
        services.AddScoped<Shell>().AddScoped<MarketplaceZone>();
        services.AddMail(modules.SelectMany(module => module.MailKinds));
        services.AddEvents();
        services.AddScoped<AuditTrail>().AddScoped<VerifyAudit>().AddHostedService<AuditWorker>();
        services.AddScoped<PersonalExport>().AddScoped<PersonalErasure>().AddScoped<ForgetAnswers>();
        services.AddProblemDetails();
        // Over TLS a proxy decides: a page that repeats what was typed beside a secret must not be compressed with it (BREACH).
        services.AddResponseCompression();

        services.AddDataProtection().SetApplicationName("Guildhall");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(
            keys => keys.XmlRepository = ActivatorUtilities.CreateInstance<DataProtectionKeys>(provider)));

        services.AddRateLimiter(limits =>
        {
            limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limits.AddPolicy(EntryLimit, http => HttpMethods.IsPost(http.Request.Method)
                ? RateLimitPartition.GetFixedWindowLimiter(http.Connection.RemoteIpAddress, _ => new FixedWindowRateLimiterOptions { PermitLimit = MostEntriesAMinute, Window = TimeSpan.FromMinutes(1) })
                : RateLimitPartition.GetNoLimiter<IPAddress?>(null));
        });
        foreach (var module in modules) module.AddServices(services);
    }

    public static void MapPlatformTables(ModelBuilder model)
    {
        model.Entity<Marketplace>(Marketplace.Map);
        model.Entity<DataProtectionKey>(DataProtectionKey.Map);
        model.Entity<OutgoingMail>(OutgoingMail.Map);
        model.Entity<MailOptOut>(MailOptOut.Map);
        model.Entity<SentForm>(SentForm.Map);
        model.Entity<PersonalNotice>(PersonalNotice.Map);
        model.Entity<PublishedEvent>(PublishedEvent.Map);
        model.Entity<RegisteredHandler>(RegisteredHandler.Map);
        model.Entity<EventDelivery>(EventDelivery.Map);
        model.Entity<AuditEntry>(AuditEntry.Map);
        model.Entity<AuditLink>(AuditLink.Map);
        model.Entity<AuditPending>(AuditPending.Map);
        model.Entity<AuditHead>(AuditHead.Map);
        model.Entity<ErasedReference>(ErasedReference.Map);
        model.Entity<ErasureKey>(ErasureKey.Map);
    }

    /// <summary>A page for everything that is not one: not found, no access, and our own failures with a reference to look up.</summary>
    public static void UseErrorPages(this WebApplication app)
    {
        app.UseExceptionHandler(broken => broken.Run(async http =>
        {
            LogOfPages(http).LogError(http.Features.GetRequiredFeature<IExceptionHandlerFeature>().Error, "A request failed; its page shows the reference {Reference}", http.TraceIdentifier);
            var page = Page.Of<BrokenPage>(new { Shell = await ShellOf(http), Reference = http.TraceIdentifier }, StatusCodes.Status500InternalServerError);
            await page.ExecuteAsync(http);
        }));
        app.UseStatusCodePages(async context =>
        {
            var http = context.HttpContext;
            IResult? page = http.Response.StatusCode switch
            {
                StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed => Page.Of<NotFoundPage>(new { Shell = await ShellOf(http) }, http.Response.StatusCode),
                StatusCodes.Status403Forbidden => Page.Of<NoAccessPage>(new { Shell = await ShellOf(http) }, StatusCodes.Status403Forbidden),
                StatusCodes.Status400BadRequest or StatusCodes.Status415UnsupportedMediaType => Page.Of<RecoverPage>(new
                {
                    Shell = await ShellOf(http),
                    Title = "This form could not be read",
                    What = "It may have been open for too long, or something between you and this page changed it. Go back, reload the page and send it again.",
                }, http.Response.StatusCode),
                StatusCodes.Status413PayloadTooLarge => Page.Of<RecoverPage>(new
                {
                    Shell = await ShellOf(http),
                    Title = "This is too large",
                    What = "Nothing was saved. Go back and send less: shorten a text, or split a file. Large files can also be brought in with the command guildhall.",
                }, http.Response.StatusCode),
                StatusCodes.Status429TooManyRequests => Page.Of<RecoverPage>(new
                {
                    Shell = await ShellOf(http),
                    Title = "Too many tries in a minute",
                    What = "Wait a minute, then try again.",
                }, http.Response.StatusCode),
                _ => null,
            };
            if (page is not null) await page.ExecuteAsync(http);
        });
    }

    /// <summary>The modules' routes. None of them acts on a form without its token, however the route reads the form.</summary>
    public static void MapModules(this WebApplication app, IReadOnlyCollection<IModule> modules)
    {
        app.Use((http, next) =>
        {
            if (!ReadsForm(http)) return next(http);
            var isTooLarge = http.Request.ContentLength > http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize;
            if (!isTooLarge && http.Request.HasFormContentType) return next(http);
            http.Response.StatusCode = isTooLarge ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status415UnsupportedMediaType;
            return Task.CompletedTask;
        });
        app.UseAntiforgery();
        app.Use(async (http, next) =>
        {
            // No browser sends a NUL, and no text in PostgreSQL can hold one.
            if (http.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false } || !await IsReadable(http) || HoldsNul(http))
                http.Response.StatusCode = IsLongerThanAnyText(http) ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest;
            else await next(http);
        });
        app.UseWhen(ReadsForm, forms => forms.UseMiddleware<SentForms>());

        // By itself the framework asks for a token only where it binds the form to a parameter, and refuses only there.
        var routes = app.MapGroup("").WithMetadata(new RequireAntiforgeryTokenAttribute());
        foreach (var module in modules) module.MapRoutes(routes);
    }

    // A route that takes its own token takes its own limit and reads its own form too: imports read files as they come off the wire.
    static bool ReadsForm(HttpContext http) =>
        HttpMethods.IsPost(http.Request.Method) && http.GetEndpoint()?.Metadata.GetMetadata<IAntiforgeryMetadata>() is { RequiresValidation: true };

    static async Task<bool> IsReadable(HttpContext http)
    {
        try
        {
            if (ReadsForm(http)) await http.Request.ReadFormAsync(http.RequestAborted);
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    // A form of texts that may hold a longer one than is read. Files are longer, and come in parts.
    static bool IsLongerThanAnyText(HttpContext http) =>
        http.Request.ContentLength > LongestText && http.Request.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) != true;

    static int LongestText { get; } = new FormOptions().ValueLengthLimit;

    static bool HoldsNul(HttpContext http) =>
        http.Request.Path.Value?.Contains('\0') == true || HoldsNul(http.Request.Query) || (http.Features.Get<IFormFeature>()?.Form is { } form && HoldsNul(form));

    static bool HoldsNul(IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>> fields) =>
        fields.Any(field => field.Key.Contains('\0') || field.Value.Any(value => value?.Contains('\0') == true));

    static ILogger LogOfPages(HttpContext http) => http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Guildhall.ErrorPages");

    // The page about a failure must not fail itself: without a database it still says what happened.
    static async Task<ShellContext> ShellOf(HttpContext http)
    {
        try
        {
            return await http.RequestServices.GetRequiredService<Shell>().ForWhoever(http.RequestAborted);
        }
        catch (Exception failure) when (http.Features.Get<IExceptionHandlerFeature>() is not null)
        {
            LogOfPages(http).LogWarning(failure, "The frame of the error page could not be built");
            return new ShellContext("Guildhall", Theme: ThemeChoice.Of(http.Request));
        }
    }
}
