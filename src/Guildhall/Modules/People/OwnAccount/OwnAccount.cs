using Microsoft.AspNetCore.Identity;

namespace Guildhall.Modules.People;

/// <summary>The account of the person at the screen. Binds as a parameter of an endpoint.</summary>
sealed record OwnAccount(Account Account)
{
    /// <returns>Null in the minute in which a session outlives its account.</returns>
    public static async ValueTask<OwnAccount?> BindAsync(HttpContext http) =>
        await http.RequestServices.GetRequiredService<UserManager<Account>>().GetUserAsync(http.User) is { } account ? new OwnAccount(account) : null;
}
