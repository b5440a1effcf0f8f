using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Guildhall.Browser.Tests.Weeks;

/// <summary>What the product answered to a deed.</summary>
/// <param name="Location">Where a redirect leads.</param>
sealed record Reply(HttpStatusCode Status, string Location, string Page)
{
    /// <summary>Where it led without a refusal.</summary>
    public bool IsDone => Status == HttpStatusCode.Redirect;
}

/// <summary>One person's way in, over HTTP: cookies, forms with their token, and signing in again when two weeks of silence have ended the session.</summary>
sealed partial class Desk : IDisposable
{
    public const string Password = "five warm loaves of bread";

    static int desks;

    readonly string email;
    readonly HttpClient http;
    // By ourselves: a cookie's end is a day of the simulated clock, which is long past by the real one.
    readonly Dictionary<string, string> cookies = [];
    string? token;

    public Desk(Uri address, string email)
    {
        this.email = email;
        // Each from a loopback address of its own: the product counts entries by where they come from.
        var number = Interlocked.Increment(ref desks);
        var from = new IPAddress([127, 2, (byte)(number >> 8), (byte)number]);
        http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectCallback = async (context, stop) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Bind(new IPEndPoint(from, 0));
                await socket.ConnectAsync(context.DnsEndPoint, stop);
                return new NetworkStream(socket, ownsSocket: true);
            },
        })
        { BaseAddress = address };
    }

    public async Task<Reply> Get(string path)
    {
        var reply = await Send(HttpMethod.Get, path, null);
        if (!IsAskedToSignIn(reply)) return reply;
        await SignIn();
        return await Send(HttpMethod.Get, path, null);
    }

    public async Task<Reply> Post(string path, params (string Name, string Value)[] fields)
    {
        if (!cookies.ContainsKey("guildhall")) await SignIn();
        var reply = await PostOnce(path, fields);
        if (!IsAskedToSignIn(reply)) return reply;
        await SignIn();
        return await PostOnce(path, fields);
    }

    /// <summary>What another browser needs to be this person, too.</summary>
    public async Task<IReadOnlyList<(string Name, string Value)>> SignedIn()
    {
        await Get("/manage");
        return [.. cookies.Select(cookie => (cookie.Key, cookie.Value))];
    }

    public void Dispose() => http.Dispose();

    async Task SignIn()
    {
        (cookies["guildhall"], token) = ("", null);
        (await PostOnce("/sign-in", [("Email", email), ("Password", Password)])).Status.ShouldBe(HttpStatusCode.Redirect, "nobody is locked out");
        token = null;
    }

    async Task<Reply> PostOnce(string path, (string Name, string Value)[] fields)
    {
        token ??= Token().Match((await Send(HttpMethod.Get, cookies.GetValueOrDefault("guildhall") is { Length: > 0 } ? "/account/second-factor" : "/sign-in", null)).Page).Groups[1].Value;
        return await Send(HttpMethod.Post, path, [.. fields, ("__RequestVerificationToken", token)]);
    }

    async Task<Reply> Send(HttpMethod method, string path, (string Name, string Value)[]? form)
    {
        using var request = new HttpRequestMessage(method, path) { Content = form is null ? null : new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))) };
        request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", cookies.Where(cookie => cookie.Value.Length > 0).Select(cookie => $"{cookie.Key}={cookie.Value}")));
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        if (response.Headers.TryGetValues("Set-Cookie", out var set))
        {
            foreach (var one in set)
            {
                var pair = one.Split(';')[0].Split('=', 2);
                cookies[pair[0]] = pair[1];
            }
        }

        return new(response.StatusCode, response.Headers.Location?.OriginalString ?? "", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    static bool IsAskedToSignIn(Reply reply) => reply.Status == HttpStatusCode.Redirect && reply.Location.StartsWith("/sign-in", StringComparison.Ordinal);

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
