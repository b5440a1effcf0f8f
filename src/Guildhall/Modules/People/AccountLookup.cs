using Guildhall.Platform.Access;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.People;

/// <summary>Answers other modules' questions about accounts.</summary>
public sealed class AccountLookup(GuildhallDb db)
{
    /// <summary>Display names by account id; an account that is gone is left out.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> Names(IReadOnlyCollection<Guid> accountIds, CancellationToken stop) =>
        await db.Set<Account>().Where(account => accountIds.Contains(account.Id)).ToDictionaryAsync(account => account.Id, account => account.DisplayName, stop);

    /// <summary>Where mail to an account goes; null for one that is gone or lets nobody in.</summary>
    public Task<string?> Address(Guid accountId, CancellationToken stop) =>
        db.Set<Account>().Where(account => account.Id == accountId && account.SuspendedAt == null).Select(account => account.Email).SingleOrDefaultAsync(stop);

    /// <summary>The names of those who decide on access and settings, in the order of the alphabet.</summary>
    public async Task<IReadOnlyList<string>> Administrators(CancellationToken stop) =>
        await db.Set<Account>().Where(account => account.Roles.Any(grant => grant.Role == Role.Administrator)).Select(account => account.DisplayName).Order().ToListAsync(stop);
}
