using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Audit;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.People;

/// <summary>Changes what an account may do: its roles, and whether it lets anybody in at all. Sessions that are open follow within a minute.</summary>
sealed class ChangeAccess(GuildhallDb db, AuditTrail trail, TimeProvider clock)
{
    static readonly Refusal LastOne = Refusal.Conflict("last_administrator", "This is the only administrator who can sign in. Nothing was changed. Make somebody else administrator first.");

    public Task<Result<Account>> Grant(Guid accountId, string seen, IReadOnlyList<OfferedRole> roles, Actor by, CancellationToken stop) => Change(accountId, seen, account =>
    {
        if (roles.Any(offered => offered.Programs is { Count: 0 })) return Refusal.Invalid("programs", "Choose the programs, or all of them. Nothing was changed.", "Roles");
        foreach (var held in account.Roles.Select(grant => grant.Role).Except(roles.Select(offered => offered.Role)).ToList())
        {
            account.Revoke(held);
            trail.Add(by, AuditVerb.RoleTaken, AuditSubject.Account(account.Id), held.ToString().ToLowerInvariant());
        }


        foreach (var offered in roles)
            if (account.Roles.FirstOrDefault(grant => grant.Role == offered.Role) is not { } grant || !(grant.Programs ?? []).SequenceEqual(offered.Programs ?? []) || (grant.Programs is null) != (offered.Programs is null))
            {
                account.Grant(offered.Role, clock.GetUtcNow(), offered.Programs);
                trail.Add(by, AuditVerb.RoleGiven, AuditSubject.Account(account.Id), offered.Role.ToString().ToLowerInvariant(), offered.Programs is null ? "all-programs" : "some-programs");
            }

        return null;
    }, stop);

    public Task<Result<Account>> Suspend(Guid accountId, string seen, Actor by, CancellationToken stop) => Change(accountId, seen, account =>
    {
        if (account.Id == by.AccountId) return Refusal.Conflict("own_account", "Nobody suspends their own account. Nothing was changed. Ask another administrator.");
        account.Suspend(clock.GetUtcNow());
        // A changed stamp ends the sessions that are open.
        account.SecurityStamp = Guid.NewGuid().ToString("N");
        trail.Add(by, AuditVerb.Suspended, AuditSubject.Account(account.Id));
        return null;
    }, stop);

    public Task<Result<Account>> Restore(Guid accountId, string seen, Actor by, CancellationToken stop) => Change(accountId, seen, account =>
    {
        account.Restore();
        trail.Add(by, AuditVerb.Restored, AuditSubject.Account(account.Id));
        return null;
    }, stop);

    internal static Task Lock(GuildhallDb db, CancellationToken stop) => db.LockUntilCommit("access of accounts", stop);

    async Task<Result<Account>> Change(Guid accountId, string seen, Func<Account, Refusal?> change, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        // One change of access at a time: two administrators who remove each other would leave none.
        await Lock(db, stop);
        if (await db.Set<Account>().SingleOrDefaultAsync(account => account.Id == accountId, stop) is not { } account) return Refusal.NotFound("account");
        if (account.ConcurrencyStamp != seen) return Refusal.Conflict("changed_meanwhile", "Somebody else changed this account while you were on this page. Their change is kept and yours is not saved. Look at it again.");
        if (change(account) is { } refusal) return refusal;
        account.ConcurrencyStamp = Guid.NewGuid().ToString("N");
        await db.SaveChangesAsync(stop);
        if (!await db.Set<Account>().AnyAsync(one => one.SuspendedAt == null && one.Roles.Any(grant => grant.Role == Role.Administrator && grant.Programs == null), stop)) return LastOne;
        await transaction.CommitAsync(stop);
        return account;
    }
}
