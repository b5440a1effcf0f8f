using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.Net.Http.Headers;

namespace Guildhall.Tests.Support;

/// <summary>One person's browser: cookies, forms with their antiforgery token, redirects left for the test to follow.</summary>
public sealed class Browser : IDisposable
{
    const string TokenField = "__RequestVerificationToken";

    static int browsers;

    /// <summary>Kept until the product takes them back, whatever day it is outside of the test: what is over is for the product to say.</summary>
    readonly ConcurrentDictionary<string, string> cookies = new();
    readonly HttpClient http;
    string? token;

    public Browser(Uri address)
    {
        // Each comes from a loopback address of its own, as people come from addresses of their own: the product counts tries by address.
        var number = Interlocked.Increment(ref browsers);
        var from = new IPAddress([127, 1, (byte)(number >> 8), (byte)number]);
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

    public Task<Answer> Get(string path) => Send(new HttpRequestMessage(HttpMethod.Get, path));

    /// <summary>The page, which must be there.</summary>
    public async Task<IDocument> Page(string path)
    {
        var answer = await Get(path);
        answer.Status.ShouldBe(HttpStatusCode.OK, $"GET {path}");
        return answer.Page;
    }

    /// <summary>Sends a form as the product's own pages do.</summary>
    public async Task<Answer> Post(string path, params (string Name, string Value)[] fields)
    {
        var answer = await PostForged(path, [.. fields, (TokenField, await Token())]);
        // A token belongs to the person it was made for; a new cookie says that this is somebody else now.
        if (answer.Headers.ContainsKey("Set-Cookie")) token = null;
        return answer;
    }

    /// <summary>Sends a form as the script of our pages does, which swaps in what comes back.</summary>
    public async Task<Answer> Script(string path, params (string Name, string Value)[] fields) => await Send(new HttpRequestMessage(HttpMethod.Post, path)
    {
        Headers = { { "HX-Request", "true" } },
        Content = new FormUrlEncodedContent([.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)), KeyValuePair.Create(TokenField, await Token())]),
    });

    /// <summary>Sends a form as a program does, which names it so that it may send it again.</summary>
    public async Task<Answer> PostUnder(string key, string path, params (string Name, string Value)[] fields)
    {
        return await Send(new HttpRequestMessage(HttpMethod.Post, path)
        {
            Headers = { { "Idempotency-Key", key } },
            Content = new FormUrlEncodedContent([.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)), KeyValuePair.Create(TokenField, await Token())]),
        });
    }

    /// <summary>Sends a form as another site could: with the cookies, without the token.</summary>
    public Task<Answer> PostForged(string path, params (string Name, string Value)[] fields) =>
        Send(new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))) });

    /// <summary>Sends a file after the fields, as the product's own pages do.</summary>
    public async Task<Answer> Upload(string path, string fileName, byte[] bytes, params (string Name, string Value)[] fields) =>
        await UploadForged(path, fileName, bytes, [(TokenField, await Token()), .. fields]);

    /// <summary>Sends a file as another site could: with the cookies, without the token.</summary>
    public async Task<Answer> UploadForged(string path, string fileName, byte[] bytes, params (string Name, string Value)[] fields)
    {
        // In the order of the page, where the file comes last.
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields) form.Add(new StringContent(value), name);
        form.Add(new ByteArrayContent(bytes), "File", fileName);
        return await Send(new HttpRequestMessage(HttpMethod.Post, path) { Content = form });
    }

    public Task<Answer> SignIn(string email, string password, string? to = null) =>
        Post("/sign-in", to is null ? [("Email", email), ("Password", password)] : [("Email", email), ("Password", password), ("To", to)]);

    public async Task<Answer> Send(HttpRequestMessage request)
    {
        if (!cookies.IsEmpty) request.Headers.Add("Cookie", string.Join("; ", cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        using (request)
        using (var response = await http.SendAsync(request, TestContext.Current.CancellationToken))
        {
            foreach (var cookie in response.Headers.TryGetValues("Set-Cookie", out var set) ? SetCookieHeaderValue.ParseList([.. set]) : []) Keep(cookie);
            // Read as bytes: a page is judged by what was sent, whatever its headers say.
            return new Answer(response.StatusCode, response.Headers.Location?.OriginalString, Headers(response), await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        }
    }

    public void Dispose() => http.Dispose();

    void Keep(SetCookieHeaderValue cookie)
    {
        // A token belongs to the person it was made for: who signed in or out needs another.
        if (cookie.Name == "guildhall") token = null;
        if (cookie.Value.Length == 0) cookies.TryRemove(cookie.Name.ToString(), out _);
        else cookies[cookie.Name.ToString()] = cookie.Value.ToString();
    }

    /// <summary>The token of the person who is signed in now, from a form that they can open.</summary>
    async Task<string> Token()
    {
        if (token is not null) return token;
        var own = await Get("/account/second-factor");
        var page = own.Status == HttpStatusCode.OK ? own.Page : await Page("/sign-in");
        return token = page.QuerySelector($"input[name={TokenField}]")!.GetAttribute("value")!;
    }

    static Dictionary<string, string> Headers(HttpResponseMessage response) =>
        response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
}

/// <summary>What the product answered.</summary>
/// <param name="Location">Where a redirect leads, exactly as sent.</param>
public sealed record Answer(HttpStatusCode Status, string? Location, IReadOnlyDictionary<string, string> Headers, byte[] Bytes)
{
    IDocument? page;

    public string Text => System.Text.Encoding.UTF8.GetString(Bytes);

    public IDocument Page => page ??= new HtmlParser().ParseDocument(Text);

    public string Heading => Page.QuerySelector("h1")?.TextContent.Trim() ?? "";

    /// <summary>What a person reads, with the blanks of the markup as single ones.</summary>
    public string Words => string.Join(' ', (Page.Body?.TextContent ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
