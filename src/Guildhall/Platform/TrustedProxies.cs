using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace Guildhall.Platform;

/// <summary>The proxies whose word counts for where a request came from and whether it came over TLS: GUILDHALL_PROXY. None unless it is set.</summary>
static class TrustedProxies
{
    public const string Setting = "GUILDHALL_PROXY";

    /// <param name="setting">Addresses and networks, separated by commas: "10.0.0.5, fd00::/8".</param>
    public static Result<IReadOnlyList<IPNetwork>> Parse(string? setting)
    {
        var networks = new List<IPNetwork>();
        foreach (var part in (setting ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (IPNetwork.TryParse(part, out var network)) networks.Add(network);
            else if (IPAddress.TryParse(part, out var address)) networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            else return Refusal.Invalid("proxy", $"{Setting} can’t be read at “{part}”. Give the addresses or networks of your proxies, such as 10.0.0.5 or 10.0.0.0/24, separated by commas.");
        }

        return networks;
    }

    /// <summary>Takes the client's address and scheme from the headers of these proxies, and never the host: redirects carry none.</summary>
    public static void UseTrustedProxies(this IApplicationBuilder app, IReadOnlyList<IPNetwork> proxies)
    {
        if (proxies.Count == 0) return;
        // No limit to the number of hops: each of them must be trusted to look behind it.
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in proxies) options.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(options);
    }
}
