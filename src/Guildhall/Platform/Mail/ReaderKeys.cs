using System.Security.Claims;

namespace Guildhall.Platform.Mail;

static class ReaderKeys
{
    /// <summary>The address under which notices of the person at the screen are kept.</summary>
    public static string ReaderKey(this ClaimsPrincipal person) => OutgoingMail.KeyOf(person.FindFirstValue(ClaimTypes.Email) ?? "");
}
