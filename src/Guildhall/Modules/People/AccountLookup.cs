using Guildhall.Platform.Access;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.People;

/// <summary>A person with an account, as far as their own data are concerned.</summary>
/// <param name="SharesShop">Somebody else acts for the same shop.</param>
public sealed record AccountFacts(Guid Id, string Name, string Email, Guid? SellerId, bool SharesShop);

/// <summary>An account as mail knows it.</summary>
public sealed record AccountAddress(Guid Id, string Email, Guid? SellerId);

/// <summary>Answers other modules' questions about accounts.</summary>
public sealed class AccountLookup(GuildhallDb db)
{
    /// <summary>Display names by account id; an account that is gone is left out.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> Names(IReadOnlyCollection<Guid> accountIds, CancellationToken stop) =>
        await db.Set<Account>().Where(account => accountIds.Contains(account.Id)).ToDictionaryAsync(account => account.Id, account => account.DisplayName, stop);

    /// <summary>Where mail to an account goes; null for one that is gone or lets nobody in.</summary>
    public Task<string?> Address(Guid accountId, CancellationToken stop) =>
        db.Set<Account>().Where(account => account.Id == accountId && account.SuspendedAt == null).Select(account => account.Email).SingleOrDefaultAsync(stop);

    /// <summary>Where mail to the people of shops goes, by seller id: to everybody who can sign in for a shop. A shop without anybody is left out.</summary>
    public async Task<ILookup<Guid, string>> AddressesOf(IReadOnlyCollection<Guid> sellerIds, CancellationToken stop) =>
        (await db.Set<Account>().Where(account => account.SellerId != null && sellerIds.Contains(account.SellerId.Value) && account.SuspendedAt == null && account.Email != null)
            .OrderBy(account => account.Id).Select(account => new { SellerId = account.SellerId!.Value, Email = account.Email! }).ToListAsync(stop)).ToLookup(account => account.SellerId, account => account.Email);

    /// <summary>Which of some addresses somebody has an account with, whoever it is.</summary>
    public async Task<IReadOnlySet<string>> WithAccount(IReadOnlyCollection<string> addresses, CancellationToken stop)
    {
        List<string> keys = [.. addresses.Select(address => address.ToUpperInvariant())];
        var taken = (await db.Set<Account>().Where(account => keys.Contains(account.NormalizedEmail!)).Select(account => account.NormalizedEmail!).ToListAsync(stop)).ToHashSet();
        return addresses.Where(address => taken.Contains(address.ToUpperInvariant())).ToHashSet();
    }

    /// <summary>Accounts by their addresses, which are written small; suspended ones too.</summary>
    public async Task<IReadOnlyDictionary<string, AccountAddress>> ByAddress(IReadOnlyCollection<string> addresses, CancellationToken stop)
    {
        List<string> keys = [.. addresses.Select(address => address.ToUpperInvariant())];
        return await db.Set<Account>().Where(account => keys.Contains(account.NormalizedEmail!)).Select(account => new AccountAddress(account.Id, account.Email!, account.SellerId))
            .ToDictionaryAsync(account => account.Email.ToLowerInvariant(), stop);
    }

    /// <summary>Where mail to those who run a program goes: its managers, or the administrators where it has none.</summary>
    /// <param name="program">The program’s part of addresses.</param>
    public async Task<IReadOnlyList<string>> TeamOf(string program, CancellationToken stop)
    {
        var let = db.Set<Account>().Where(account => account.SuspendedAt == null && account.Email != null).OrderBy(account => account.Id);
        var managers = await let.Where(account => account.Roles.Any(grant => grant.Role == Role.Manager && (grant.Programs == null || grant.Programs.Contains(program)))).Select(account => account.Email!).ToListAsync(stop);
        return managers.Count > 0 ? managers : await let.Where(account => account.Roles.Any(grant => grant.Role == Role.Administrator)).Select(account => account.Email!).ToListAsync(stop);
    }

    /// <summary>Whether an account acts for a shop and is let in.</summary>
    public Task<bool> ActsFor(Guid accountId, Guid sellerId, CancellationToken stop) =>
        db.Set<Account>().AnyAsync(account => account.Id == accountId && account.SellerId == sellerId && account.SuspendedAt == null, stop);

    /// <summary>Holds an account as one that acts for a shop until the transaction ends: whoever suspends it waits for that.</summary>
    /// <returns>False when it doesn't act for the shop any more.</returns>
    public async Task<bool> KeepActingFor(Guid accountId, Guid sellerId, CancellationToken stop) =>
        (await db.Database.SqlQuery<int>($"SELECT 1 AS \"Value\" FROM people.account WHERE id = {accountId} AND seller_id = {sellerId} AND suspended_at IS NULL FOR SHARE").ToListAsync(stop)).Count > 0;

    /// <summary>One account; null for one that is gone.</summary>
    public async Task<AccountFacts?> One(Guid accountId, CancellationToken stop) => (await Several([accountId], stop)).GetValueOrDefault(accountId);

    /// <summary>Accounts by id; one that is gone is left out.</summary>
    public async Task<IReadOnlyDictionary<Guid, AccountFacts>> Several(IReadOnlyCollection<Guid> accountIds, CancellationToken stop) => await db.Set<Account>().Where(account => accountIds.Contains(account.Id))
        .Select(account => new AccountFacts(account.Id, account.DisplayName, account.Email!, account.SellerId, account.SellerId != null && db.Set<Account>().Any(other => other.SellerId == account.SellerId && other.Id != account.Id)))
        .ToDictionaryAsync(account => account.Id, stop);

    /// <summary>The same, held as it is until the transaction ends: nobody else’s access is changed meanwhile.</summary>
    public async Task<AccountFacts?> Held(Guid accountId, CancellationToken stop)
    {
        await ChangeAccess.Lock(db, stop);
        return await One(accountId, stop);
    }

    /// <summary>Accounts with these words in their name or address, a hundred at most.</summary>
    public async Task<IReadOnlyList<Guid>> Matching(string words, CancellationToken stop)
    {
        var pattern = LikePattern.Holding(words);
        return await db.Set<Account>().Where(account => EF.Functions.ILike(account.DisplayName, pattern) || EF.Functions.ILike(account.Email!, pattern)).OrderBy(account => account.Id).Select(account => account.Id).Take(100).ToListAsync(stop);
    }

    /// <summary>The names of those who decide on access and settings, in the order of the alphabet.</summary>
    public async Task<IReadOnlyList<string>> Administrators(CancellationToken stop) =>
        await db.Set<Account>().Where(account => account.Roles.Any(grant => grant.Role == Role.Administrator)).Select(account => account.DisplayName).Order().ToListAsync(stop);
}
