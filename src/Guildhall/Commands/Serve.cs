using System.CommandLine;
using System.Net;
using Guildhall.Commands.Demo;
using Guildhall.Modules.People;
using Guildhall.Modules.Portal;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Jobs;
using Guildhall.Platform.Mail;
using Guildhall.Platform.Ui;

namespace Guildhall.Commands;

/// <summary>Runs the product: database, web pages and background work, until it is told to stop.</summary>
static class Serve
{
    internal static Command Build()
    {
        var urls = new Option<string>("--urls") { Description = "Where to listen", HelpName = "address", DefaultValueFactory = _ => "http://localhost:5080" };
        var demo = new Option<bool>("--demo") { Description = "Load the demo marketplace into an installation that nobody has named yet, or finish a load that was interrupted" };
        var command = new Command("serve", "Run the product") { urls, demo };
        command.SetAction(async (parsed, stop) =>
        {
            var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
            using var logs = LoggerFactory.Create(logging => AddLog(logging));
            if (!TrustedProxies.Parse(configuration[TrustedProxies.Setting]).Succeeded(out var proxies, out var unreadable)) return ProductScope.Refused(unreadable);
            if (!SiteAddress.Parse(configuration[SiteAddress.Setting]).Succeeded(out var address, out unreadable)) return ProductScope.Refused(unreadable);
            if (!MailSettings.Parse(configuration[MailSettings.ServerSetting], configuration[MailSettings.SenderSetting]).Succeeded(out var mail, out unreadable)) return ProductScope.Refused(unreadable);
            if (!PasswordRanges.Parse(configuration[PasswordRanges.Setting]).Succeeded(out var ranges, out var misset) && misset is not null) return ProductScope.Refused(misset);
            if (!MarketplaceLogin.Parse(configuration).Succeeded(out var login, out misset) && misset is not null) return ProductScope.Refused(misset);
            await using var database = await RunningDatabase.OpenAsync(configuration, DatabaseUse.Serving, logs, stop);
            await database.MigrateAsync(stop);

            await using var app = CreateApp(database.Source, parsed.GetRequiredValue(urls), proxies, services =>
            {
                Scheduler.Add(services, [.. ModuleList.All.SelectMany(module => module.Jobs)], TimeProvider.System);
                services.AddSingleton(mail with { Folder = database.MailFolder });
                if (address.IsGiven) services.AddSingleton(address);
                if (ranges is not null) services.AddSingleton(ranges);
                if (login is not null) services.AddMarketplaceLogin(login);
            });
            try
            {
                await app.StartAsync(stop);
            }
            catch (IOException taken) when (taken.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
            {
                Console.Error.WriteLine($"Something else listens on {parsed.GetRequiredValue(urls)} already. Stop it, or choose another place with --urls http://localhost:5081");
                return 1;
            }

            if (parsed.GetValue(demo) && (await LoadDemo.LoadIfUnclaimed(app.Services, Console.WriteLine, stop)).Refusal is { } refusal) return ProductScope.Refused(refusal);
            await Welcome(app, stop);
            await app.WaitForShutdownAsync(stop);
            return 0;
        });
        return command;
    }

    /// <summary>The web application on a migrated database: platform, modules, and the order in which a request meets them.</summary>
    internal static WebApplication CreateApp(Npgsql.NpgsqlDataSource database, string urls, IReadOnlyList<IPNetwork>? proxies = null, Action<IServiceCollection>? adjust = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls(urls).ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        AddLog(builder.Logging.ClearProviders())
            // It warns that keys in the database are not encrypted: whoever reads that table reads the accounts beside it too.
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);

        // A missing service shows when the product starts, not when somebody opens the page that needs it.
        builder.Host.UseDefaultServiceProvider(services => services.ValidateOnBuild = services.ValidateScopes = true);
        builder.Services.AddPlatform(database, ModuleList.All);
        builder.Services.AddSingleton<StartWithDemo>(services => async () => (await LoadDemo.LoadIfEmpty(services, _ => { }, services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping)).Refusal);
        adjust?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseTrustedProxies(proxies ?? []);
        app.UseResponseCompression();
        app.UsePageHeaders();
        app.UseErrorPages();
        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapUi();
        app.MapModules(ModuleList.All);
        return app;
    }

    /// <summary>A line an event, with its time. No address of a page: some hold a secret.</summary>
    static ILoggingBuilder AddLog(ILoggingBuilder logging) => logging
        .AddSimpleConsole(console => (console.SingleLine, console.UseUtcTimestamp, console.TimestampFormat) = (true, true, "yyyy-MM-dd'T'HH:mm:ss.fff'Z' "))
        .SetMinimumLevel(LogLevel.Warning)
        // The page about a failure logs it with its reference.
        .AddFilter("Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware", LogLevel.None);

    static async Task Welcome(WebApplication app, CancellationToken stop)
    {
        var address = app.Services.GetRequiredService<SiteAddress>();
        await using var scope = app.Services.CreateAsyncScope();
        var token = await scope.ServiceProvider.GetRequiredService<IssueFirstRunLink>().Run(stop);
        Console.WriteLine($"Guildhall is running on {address}");
        if (token is not null) Console.WriteLine($"Set it up within {FirstRunLink.MinutesOpen} minutes: {address}/first-run/{token}");
    }
}
