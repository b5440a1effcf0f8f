using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Guildhall.Modules.People;

/// <summary>
/// A signed cookie that says who signed in fully on this device before. It opens nothing: it gives these people a count of tries of their own, so
/// that guesses from elsewhere don't keep them out.
/// </summary>
sealed class KnownDevice(IHttpContextAccessor requests, IDataProtectionProvider protection)
{
    const string Cookie = "guildhall-known";

    /// <summary>Several people may share a device; the cookie must stay small.</summary>
    const int MostAccounts = 4;

    readonly IDataProtector protector = protection.CreateProtector("Guildhall.People.KnownDevice");

    HttpContext Http => requests.HttpContext ?? throw new InvalidOperationException("A device is known by the request that comes from it.");

    /// <returns>What stands for this device, where this account was signed in to on it; otherwise null.</returns>
    public string? IdFor(Guid accountId) => Read() is [var device, .. var accounts] && accounts.Contains(accountId.ToString()) ? device : null;

    public void Remember(Guid accountId)
    {
        var known = Read();
        var device = known is [var before, ..] ? before : Guid.NewGuid().ToString();
        var accounts = known.Skip(1).Where(id => id != accountId.ToString()).Prepend(accountId.ToString()).Take(MostAccounts);
        Http.Response.Cookies.Append(Cookie, protector.Protect(string.Join('|', accounts.Prepend(device))),
            new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = Http.Request.IsHttps, MaxAge = TimeSpan.FromDays(365), IsEssential = true });
    }

    string[] Read()
    {
        if (Http.Request.Cookies[Cookie] is not { Length: > 0 } cookie) return [];
        try
        {
            return protector.Unprotect(cookie).Split('|');
        }
        catch (CryptographicException)
        {
            // Made up, or of an installation whose keys are gone.
            return [];
        }
    }
}
