using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using Guildhall.Modules.People;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace Guildhall.Tests.Support;

/// <summary>
/// The marketplace's sign-in: a foreign OpenID provider (npm oidc-provider) on loopback, behind a proxy that can change what the product and it say to each other.
/// Its process ends with the test, by its id, and by itself after five minutes.
/// </summary>
sealed class MarketplaceProvider : IAsyncDisposable
{
    static readonly string folder = Path.Combine(Path.GetDirectoryName(Here())!, "Provider");

    readonly WebApplication proxy;
    readonly HttpClient toProvider = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    Process? process;
    Uri? provider;

    MarketplaceProvider(WebApplication proxy) => this.proxy = proxy;

    public Uri Address => new(proxy.Urls.Single());

    /// <summary>Changes what the product sends for a token.</summary>
    public Func<Dictionary<string, string>, Dictionary<string, string>> TokenRequest { get; set; } = form => form;

    /// <summary>Changes what the provider answers; the path tells of what.</summary>
    public Func<string, HttpStatusCode, string, (HttpStatusCode, string)> Answer { get; set; } = (_, status, body) => (status, body);

    public MarketplaceLogin Login => new()
    {
        Authorize = new(Address, "/auth"),
        Token = new(Address, "/token"),
        UserInfo = new(Address, "/me"),
        ClientId = "guildhall",
        ClientSecret = "kept between the two",
        SellerField = "shop",
    };

    /// <summary>The proxy has an address at once; the provider starts when it is known where the product is.</summary>
    public static async Task<MarketplaceProvider> Listen()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var made = new MarketplaceProvider(app);
        app.Run(made.Pass);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return made;
    }

    public async Task Start(Uri product)
    {
        process = Process.Start(new ProcessStartInfo("node", ["provider.mjs", Address.GetLeftPart(UriPartial.Authority), new Uri(product, MarketplaceLogin.CallbackPath).ToString()])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var port = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        provider = new Uri($"http://127.0.0.1:{port.ShouldNotBeNull("The provider did not start.")}");
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }

        process?.Dispose();
        toProvider.Dispose();
        await proxy.DisposeAsync();
    }

    async Task Pass(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        using var request = new HttpRequestMessage(new HttpMethod(http.Request.Method), new Uri(provider!, path + http.Request.QueryString));
        request.Headers.Host = Address.Authority;
        foreach (var name in (string[])["Cookie", "Authorization", "Accept"])
            if (http.Request.Headers.TryGetValue(name, out var values)) request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        if (http.Request.HasFormContentType)
        {
            var form = (await http.Request.ReadFormAsync()).ToDictionary(field => field.Key, field => field.Value.ToString());
            request.Content = new FormUrlEncodedContent(path == "/token" ? TokenRequest(form) : form);
        }

        using var answer = await toProvider.SendAsync(request, http.RequestAborted);
        var (status, body) = Answer(path, answer.StatusCode, await answer.Content.ReadAsStringAsync(http.RequestAborted));
        http.Response.StatusCode = (int)status;
        if (answer.Headers.Location is { } location) http.Response.Headers.Location = location.OriginalString;
        if (answer.Headers.TryGetValues("Set-Cookie", out var cookies)) http.Response.Headers.SetCookie = cookies.ToArray();
        http.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body));
    }

    static string Here([CallerFilePath] string path = "") => path;
}
