using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Guildhall.Platform.Mail;

/// <summary>The link in a mail that stops its kind for its reader. It carries both, sealed, so that nobody can make one for somebody else and no table has to remember it.</summary>
sealed class UnsubscribeLinks(IDataProtectionProvider protection)
{
    readonly IDataProtector seal = protection.CreateProtector("Guildhall.Unsubscribe");

    public string PathFor(OutgoingMail mail) => $"/unsubscribe/{seal.Protect($"{mail.KindId}\n{mail.AddressKey}")}";

    /// <returns>Null for a token that isn't ours, or not whole.</returns>
    public (string KindId, string AddressKey)? Read(string token)
    {
        try
        {
            return seal.Unprotect(token).Split('\n') is [var kind, var address] ? (kind, address) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
