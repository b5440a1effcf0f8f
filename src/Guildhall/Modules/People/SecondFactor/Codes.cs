using Guildhall.Platform.Database;
using Guildhall.Platform.Mail;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.People;

/// <summary>Checks codes of authenticator apps and recovery codes, each of which works once.</summary>
sealed class Codes(GuildhallDb db, IDataProtectionProvider protection, Tries tries, Outbox outbox, TimeProvider clock)
{
    readonly IDataProtector secrets = protection.CreateProtector("Guildhall.People.Authenticator");

    /// <param name="typed">Six digits, or a recovery code.</param>
    /// <returns>Whether it is one of this account's, unused until now and within the limit.</returns>
    public async Task<bool> Take(Account account, string typed, CancellationToken stop)
    {
        if (!await tries.Take(TryLimit.Codes, account.Id.ToString(), stop) || !await tries.Take(TryLimit.CodesADay, account.Id.ToString(), stop)) return false;
        var code = new string([.. typed.Where(char.IsLetterOrDigit)]);
        return code.Length == TimeCode.Digits ? await TakeTimeCode(account, code, stop) : await TakeRecoveryCode(account, code, stop);
    }

    /// <summary>How many recovery codes are left.</summary>
    public Task<int> Left(Guid accountId, CancellationToken stop) => db.Set<RecoveryCode>().CountAsync(code => code.AccountId == accountId && code.UsedAt == null, stop);

    /// <summary>Replaces the recovery codes. Whoever calls saves, and shows them once.</summary>
    public async Task<string[]> Renew(Account account, CancellationToken stop)
    {
        db.RemoveRange(await db.Set<RecoveryCode>().Where(code => code.AccountId == account.Id).ToListAsync(stop));
        var (codes, rows) = RecoveryCode.Fresh(account.Id, clock.GetUtcNow());
        db.AddRange(rows);
        return codes;
    }

    public string Protect(byte[] secret) => secrets.Protect(Convert.ToBase64String(secret));

    async Task<bool> TakeTimeCode(Account account, string code, CancellationToken stop)
    {
        var authenticator = await db.Set<Authenticator>().AsNoTracking().SingleOrDefaultAsync(a => a.AccountId == account.Id, stop);
        if (authenticator is null) return false;
        // The row decides: of two who send one code at once, the second finds its step taken.
        return TimeCode.StepOf(Convert.FromBase64String(secrets.Unprotect(authenticator.ProtectedSecret)), code, clock.GetUtcNow()) is { } step
            && await db.Set<Authenticator>().Where(a => a.AccountId == account.Id && a.LastStep < step).ExecuteUpdateAsync(a => a.SetProperty(x => x.LastStep, step), stop) == 1;
    }

    async Task<bool> TakeRecoveryCode(Account account, string code, CancellationToken stop)
    {
        var (now, hash) = (clock.GetUtcNow(), RecoveryCode.HashOf(account.Id, code));
        var taken = await db.Set<RecoveryCode>().Where(c => c.AccountId == account.Id && c.CodeHash == hash && c.UsedAt == null).ExecuteUpdateAsync(c => c.SetProperty(x => x.UsedAt, now), stop);
        if (taken == 0) return false;
        outbox.Add(AccountMails.RecoveryCodeUsed(account.Email!, await Left(account.Id, stop)));
        await db.SaveChangesAsync(stop);
        return true;
    }
}
