using Guildhall.Platform;
using Microsoft.AspNetCore.Identity;

namespace Guildhall.Modules.People;

/// <summary>Asks a signed-in person for their password before something that a stranger at their screen must not do.</summary>
sealed class ProveItsYou(UserManager<Account> accounts, Tries tries)
{
    /// <returns>Null when it is theirs, or when they have none and sign in by other means.</returns>
    public async Task<Refusal?> ByPassword(Account account, string password, string field, CancellationToken stop)
    {
        if (account.PasswordHash is null) return null;
        var who = account.Id.ToString();
        if (!await tries.Take(TryLimit.PasswordsOnKnownDevice, who, stop) || !await accounts.CheckPasswordAsync(account, password))
            return Refusal.Invalid("password", "Enter the password that you sign in with now. Nothing was changed. After 10 tries, wait 5 minutes.", field);
        await tries.GiveBack(TryLimit.PasswordsOnKnownDevice, who, stop);
        return null;
    }
}
