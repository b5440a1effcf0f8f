using Guildhall.Platform;
using Microsoft.AspNetCore.Identity;

namespace Guildhall.Modules.People;

/// <summary>Judges a password that somebody wants, and gives it to their account.</summary>
sealed class NewPassword(UserManager<Account> accounts, BreachedPasswords breached)
{
    /// <param name="about">What anybody may know of the person: name, email address.</param>
    public async Task<Refusal?> Problem(string password, IReadOnlyList<string> about, string field, CancellationToken stop)
    {
        if (Passwords.Problem(password, about) is { } easy) return Refusal.Invalid("password", easy, field);
        return await breached.Has(password, stop)
            ? Refusal.Invalid("breached", "Enter another password: this one became public when some other site was broken into, so it is among the first that are tried.", field)
            : null;
    }

    public Task<Refusal?> Problem(string password, Account account, string field, CancellationToken stop) =>
        Problem(password, [account.DisplayName, account.Email!], field, stop);

    /// <summary>Sets it, and ends every session: each node sees the changed stamp within 60 seconds.</summary>
    /// <returns>False when the account was changed at the same moment.</returns>
    public async Task<bool> Give(Account account, string password)
    {
        account.PasswordHash = accounts.PasswordHasher.HashPassword(account, password);
        return (await accounts.UpdateSecurityStampAsync(account)).Succeeded;
    }
}
