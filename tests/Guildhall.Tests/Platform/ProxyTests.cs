using System.Net;
using Guildhall.Platform;
using Guildhall.Tests.Commands;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Platform;

/// <summary>Whose word counts for where a request came from, and whether it came over TLS.</summary>
public sealed class ProxyTests(TestPostgres postgres)
{
    const string Client = "203.0.113.7";
    const int Most = PlatformSetup.MostEntriesAMinute;

    [Fact]
    public async Task Marks_every_cookie_secure_and_asks_for_TLS_behind_a_trusted_proxy()
    {
        await using var product = await Started("127.0.0.0/8");
        await product.Manager();
        using var browser = product.Visitor();

        var page = await browser.Send(Forwarded(HttpMethod.Get, "/sign-in"));
        var form = Cookie(page);
        var token = page.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var signIn = Forwarded(HttpMethod.Post, "/sign-in", ("Email", RunningProduct.ManagerEmail), ("Password", RunningProduct.Password), ("__RequestVerificationToken", token));
        // The browser of the test speaks plain HTTP to us, as a proxy does, and so keeps a secure cookie back.
        signIn.Headers.Add("Cookie", form.Split(';')[0]);
        var session = Cookie(await browser.Send(signIn));
        var theme = Cookie(await browser.Send(Forwarded(HttpMethod.Post, "/theme", ("theme", "dark"), ("back", "/"))));

        foreach (var (cookie, name) in new[] { (form, "guildhall-form="), (session, "guildhall="), (theme, "theme=") })
        {
            cookie.ShouldStartWith(name);
            cookie.ShouldContain("; secure");
            cookie.ShouldContain("; httponly");
        }
        page.Headers["Strict-Transport-Security"].ShouldBe("max-age=31536000");
    }

    [Fact]
    public async Task Counts_the_tries_of_the_client_behind_a_trusted_proxy()
    {
        await using var product = await Started("127.0.0.0/8");
        using var proxy = product.Visitor();

        var ofOne = new List<HttpStatusCode>();
        // What the client itself claims stands before what the proxy saw, and doesn't count.
        for (var at = 0; at < Most + 1; at++) ofOne.Add((await proxy.Send(Forwarded(HttpMethod.Post, "/sign-in", $"198.51.100.{at}, {Client}"))).Status);
        var ofAnother = await proxy.Send(Forwarded(HttpMethod.Post, "/sign-in", "203.0.113.8"));

        ofOne.Count(status => status == HttpStatusCode.TooManyRequests).ShouldBe(1);
        ofOne[^1].ShouldBe(HttpStatusCode.TooManyRequests);
        ofAnother.Status.ShouldNotBe(HttpStatusCode.TooManyRequests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("192.0.2.1, 198.51.100.0/24")]
    public async Task Ignores_what_anybody_else_says(string proxies)
    {
        await using var product = await Started(proxies);
        using var visitor = product.Visitor();

        var answers = new List<Answer>();
        var page = await visitor.Send(Forwarded(HttpMethod.Get, "/sign-in", "203.0.113.250"));
        for (var at = 0; at < Most + 1; at++) answers.Add(await visitor.Send(Forwarded(HttpMethod.Post, "/sign-in", $"203.0.113.{at}")));

        Cookie(page).ShouldNotContain("secure");
        page.Headers.ContainsKey("Strict-Transport-Security").ShouldBeFalse();
        answers[^1].Status.ShouldBe(HttpStatusCode.TooManyRequests, "all tries came from one address");
    }

    [Fact]
    public async Task Takes_the_host_of_nobody()
    {
        await using var product = await Started("127.0.0.0/8");
        using var visitor = product.Visitor();
        var request = Forwarded(HttpMethod.Get, "/manage");
        request.Headers.Add("X-Forwarded-Host", "evil.example");

        var answer = await visitor.Send(request);

        answer.Location.ShouldBe("/sign-in?to=%2Fmanage");
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData(" ", "")]
    [InlineData("10.0.0.5", "10.0.0.5/32")]
    [InlineData("10.0.0.0/24, fd00::/8,::1", "10.0.0.0/24 fd00::/8 ::1/128")]
    public void Reads_addresses_and_networks(string? setting, string networks) =>
        string.Join(' ', TrustedProxies.Parse(setting).Value).ShouldBe(networks);

    [Theory]
    [InlineData("proxy.example", "proxy.example")]
    [InlineData("10.0.0.5, *", "*")]
    [InlineData("10.0.0.0/99", "10.0.0.0/99")]
    public async Task Does_not_start_with_a_setting_that_can_not_be_read(string setting, string part)
    {
        var run = await ProgramRun.Of(["serve"], ("GUILDHALL_PROXY", setting));

        run.ExitCode.ShouldBe(1);
        run.Errors.ShouldBe([$"GUILDHALL_PROXY can’t be read at “{part}”. Give the addresses or networks of your proxies, such as 10.0.0.5 or 10.0.0.0/24, separated by commas. (proxy)"]);
    }

    async Task<RunningProduct> Started(string proxies)
    {
        var product = new RunningProduct(postgres) { Proxies = TrustedProxies.Parse(proxies).Value };
        await product.InitializeAsync();
        return product;
    }

    static HttpRequestMessage Forwarded(HttpMethod method, string path, params (string Name, string Value)[] fields) => Forwarded(method, path, Client, fields);

    static HttpRequestMessage Forwarded(HttpMethod method, string path, string client, params (string Name, string Value)[] fields)
    {
        var request = new HttpRequestMessage(method, path) { Headers = { { "X-Forwarded-For", client }, { "X-Forwarded-Proto", "https" } } };
        if (fields.Length > 0) request.Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return request;
    }

    static string Cookie(Answer answer) => answer.Headers.GetValueOrDefault("Set-Cookie", "none");
}
