using System.Reflection;
using Guildhall.Platform.Ui;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Guildhall.Browser.Tests.Support;

/// <summary>Serves page components with invented views on loopback, with the headers, assets and antiforgery of the product.</summary>
sealed class PageHost : IAsyncDisposable
{
    readonly WebApplication host;

    PageHost(WebApplication host, Uri address) => (this.host, Address) = (host, address);

    public Uri Address { get; }

    public static async Task<PageHost> Start(Action<WebApplication> map)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = Assembly.GetExecutingAssembly().GetName().Name });
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddUi();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var app = builder.Build();
        app.UsePageHeaders();
        app.UseRouting();
        app.UseAntiforgery();
        app.MapUi();
        map(app);
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new PageHost(app, new Uri(address));
    }

    public async ValueTask DisposeAsync() => await host.DisposeAsync();
}
