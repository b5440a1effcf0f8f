using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Guildhall.Platform.Access;
using Microsoft.Net.Http.Headers;

namespace Guildhall.Platform.Ui;

/// <summary>
/// The style sheet, the scripts and the icon of the pages. They are part of the executable and are served under a name that
/// contains their hash, so a browser keeps them for good and a new version is a new name.
/// </summary>
public static class PageAssets
{
    /// <summary>The sources of the one style sheet. Their order is the cascade: tokens, then what everything uses, then pages.</summary>
    static readonly string[] StyleSources =
    [
        "tokens", "base", "shell", "page-head", "buttons", "cards", "badges", "marks", "metrics", "tables", "tabs", "forms",
        "bars", "charts", "notices", "public", "ask", "account", "help", "prose", "plan", "sessions", "talk", "studio", "impact", "forced-colors", "print",
    ];

    static readonly Asset styleSheet = new("guildhall", "css", "text/css; charset=utf-8", Encoding.UTF8.GetBytes(string.Concat(StyleSources.Select(name => Text($"css/{name}.css")))));
    static readonly Asset htmx = new("htmx", "js", "text/javascript; charset=utf-8", Bytes("htmx.js"));
    static readonly Asset script = new("guildhall", "js", "text/javascript; charset=utf-8", Bytes("js/guildhall.js"));
    static readonly Asset passkeys = new("passkeys", "js", "text/javascript; charset=utf-8", Bytes("js/passkeys.js"));
    static readonly Asset icon = new("icon", "svg", "image/svg+xml", Bytes("icon.svg"));
    static readonly FrozenDictionary<string, Asset> byName = new[] { styleSheet, htmx, script, passkeys, icon }.ToFrozenDictionary(asset => asset.Name, StringComparer.Ordinal);

    public static string StyleSheet => styleSheet.Href;
    public static string Htmx => htmx.Href;
    public static string Script => script.Href;
    public static string Passkeys => passkeys.Href;
    public static string Icon => icon.Href;

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods("/assets/{name}", [HttpMethods.Get, HttpMethods.Head], (string name, HttpContext http) => Serve(name, http))
            .RequireAccess(AccessTable.Visit)
            .ExcludeFromDescription();

    static IResult Serve(string name, HttpContext http)
    {
        if (!byName.TryGetValue(name, out var asset))
        {
            return Results.NotFound();
        }
        var headers = http.Response.Headers;
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.Vary = HeaderNames.AcceptEncoding;
        var accepted = http.Request.Headers.AcceptEncoding.ToString();
        if (accepted.Contains("br", StringComparison.OrdinalIgnoreCase))
        {
            headers.ContentEncoding = "br";
            return Results.Bytes(asset.Brotli.Value, asset.ContentType);
        }
        if (accepted.Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            headers.ContentEncoding = "gzip";
            return Results.Bytes(asset.Gzip.Value, asset.ContentType);
        }
        return Results.Bytes(asset.Content, asset.ContentType);
    }

    static string Text(string path) => Encoding.UTF8.GetString(Bytes(path)).TrimStart('\uFEFF');

    static byte[] Bytes(string path)
    {
        using var stream = typeof(PageAssets).Assembly.GetManifestResourceStream($"assets/{path}")
            ?? throw new InvalidOperationException($"The build left out assets/{path}.");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    sealed class Asset
    {
        public Asset(string name, string extension, string contentType, byte[] content)
        {
            Content = content;
            ContentType = contentType;
            Name = $"{name}.{Convert.ToHexStringLower(SHA256.HashData(content))[..12]}.{extension}";
            Brotli = new(() => Compress(content, to => new BrotliStream(to, CompressionLevel.SmallestSize)));
            Gzip = new(() => Compress(content, to => new GZipStream(to, CompressionLevel.SmallestSize)));
        }

        public string Name { get; }
        public string Href => $"/assets/{Name}";
        public string ContentType { get; }
        public byte[] Content { get; }

        // Compressed once, on first request: smallest-size brotli of the style sheet takes longer than a page.
        public Lazy<byte[]> Brotli { get; }
        public Lazy<byte[]> Gzip { get; }

        static byte[] Compress(byte[] content, Func<Stream, Stream> compressor)
        {
            using var to = new MemoryStream();
            using (var compressing = compressor(to))
            {
                compressing.Write(content);
            }
            return to.ToArray();
        }
    }
}
