using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Guildhall.Platform;

namespace Guildhall.Modules.People;

/// <summary>Where passwords are looked up that became public in somebody's breach: GUILDHALL_PASSWORD_RANGES. Nowhere unless it is set.</summary>
public sealed record PasswordRanges(Uri Address)
{
    public const string Setting = "GUILDHALL_PASSWORD_RANGES";

    /// <returns>Null when it isn't set.</returns>
    internal static Result<PasswordRanges?> Parse(string? setting)
    {
        if (string.IsNullOrWhiteSpace(setting)) return default(PasswordRanges);
        return Uri.TryCreate(setting.Trim(), UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)) && address.AbsolutePath.EndsWith('/')
            ? new PasswordRanges(address)
            : Refusal.Invalid("password_ranges", $"{Setting} can’t be read. Give an address that begins with https:// and ends in a slash, such as https://api.pwnedpasswords.com/range/");
    }
}

/// <summary>
/// Asks a range service whether a password became public. Five characters of its hash leave, which 1 in a million passwords share; the answer lists the rest of
/// all hashes that begin so, and is compared here. A service that doesn't answer stops nobody.
/// </summary>
sealed class BreachedPasswords(IEnumerable<PasswordRanges> ranges, HttpClient http, ILogger<BreachedPasswords> log)
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    const int SentLength = 5;

    public async Task<bool> Has(string password, CancellationToken stop)
    {
        if (ranges.FirstOrDefault() is not { } service) return false;
#pragma warning disable CA5350 // The hash that these services index; it protects nothing here.
        var hash = Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)));
#pragma warning restore CA5350
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(service.Address, hash[..SentLength]));
            // Answers of one length, whatever they hold: who watches the wire learns nothing from it.
            request.Headers.Add("Add-Padding", "true");
            using var answer = await http.SendAsync(request, stop);
            answer.EnsureSuccessStatusCode();
            return IsIn(await answer.Content.ReadAsStringAsync(stop), hash[SentLength..]);
        }
        catch (Exception unreachable) when (unreachable is HttpRequestException || (unreachable is OperationCanceledException && !stop.IsCancellationRequested))
        {
            log.LogWarning("Passwords could not be looked up at {Service}: {Reason}", service.Address.Host, unreachable.Message);
            return false;
        }
    }

    // A line is the rest of a hash and how often it was seen: 0018A45C4D1DEF81644B54AB7F969B88D65:10. Padding was seen 0 times.
    static bool IsIn(string lines, string rest) => lines.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Any(line =>
        line.StartsWith(rest + ':', StringComparison.OrdinalIgnoreCase) && long.TryParse(line.AsSpan(rest.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var times) && times > 0);
}
