using System.Globalization;
using System.Net.Mail;

namespace Guildhall.Platform.Mail;

/// <summary>The form of an address that mail from elsewhere can reach.</summary>
static class EmailAddress
{
    public const int LengthLimit = 254;

    static readonly IdnMapping names = new() { UseStd3AsciiRules = true };

    public static bool IsReachable(string text) =>
        text.Length <= LengthLimit && MailAddress.TryCreate(text, out var address) && address.Address == text && IsPublicName(address.Host);

    public static Refusal? Problem(string text, string field) =>
        IsReachable(text) ? null : Refusal.Invalid("email", "Enter an email address, like name@example.com.", field);

    // A name without a dot leads nowhere outside one network, and no top-level domain is a number or a single letter.
    static bool IsPublicName(string host)
    {
        try
        {
            return names.GetAscii(host).Split('.') is [_, .., { Length: >= 2 } top] && !top.All(char.IsAsciiDigit) && !host.EndsWith('.');
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
