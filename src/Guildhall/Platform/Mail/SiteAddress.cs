using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Guildhall.Platform.Mail;

/// <summary>Where people reach this installation: GUILDHALL_ADDRESS, or else where the server listens. Never what a request says of it, which may be forged.</summary>
public sealed class SiteAddress
{
    public const string Setting = "GUILDHALL_ADDRESS";

    // Of a command, which serves nothing: where the server listens unless it is told otherwise.
    static readonly Uri unheard = new("http://localhost:5080");

    readonly Uri? given;
    readonly IServer? server;

    SiteAddress(Uri? given, IServer? server) => (this.given, this.server) = (given, server);

    Uri Base => given ?? Listening ?? unheard;

    internal bool IsGiven => given is not null;

    /// <summary>False between the start of the product and its listening.</summary>
    internal bool IsKnown => IsGiven || server is null || Listening is not null;

    internal bool IsEncrypted => Base.Scheme == Uri.UriSchemeHttps;

    /// <summary>The whole address of a path on this site; what would lead to another leads to the front page.</summary>
    public Uri Of(string path) => new(Base, LocalPath.Or(path, "/"));

    public override string ToString() => Base.GetLeftPart(UriPartial.Authority);

    internal static SiteAddress WhereItListens(IServer? server) => new(null, server);

    internal static Result<SiteAddress> Parse(string? setting)
    {
        if (string.IsNullOrWhiteSpace(setting)) return WhereItListens(null);
        return Uri.TryCreate(setting.Trim(), UriKind.Absolute, out var address) && address is { Scheme: "http" or "https", PathAndQuery: "/", Fragment: "", UserInfo: "" }
            // A header can hold only the ASCII form of a name such as bücher.example.
            ? new SiteAddress(new UriBuilder(address) { Host = address.IdnHost }.Uri, null)
            : Refusal.Invalid("address", $"{Setting} can’t be read. Give what people type to reach Guildhall, without a path, such as https://mentors.example");
    }

    // Listening on every address is none that somebody can open.
    Uri? Listening => server?.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is { } heard && Uri.TryCreate(heard, UriKind.Absolute, out var address)
        ? IPAddress.TryParse(address.Host.Trim('[', ']'), out var host) && (host.Equals(IPAddress.Any) || host.Equals(IPAddress.IPv6Any)) ? new UriBuilder(address) { Host = "localhost" }.Uri : address
        : null;
}
