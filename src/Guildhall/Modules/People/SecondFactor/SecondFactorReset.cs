using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Mail;
using Guildhall.Platform.Privacy;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.People;

/// <summary>The record that an administrator took somebody's second factor off, and why.</summary>
sealed record SecondFactorReset(Guid Id, Guid AccountId, Guid ByAccountId, string Reason, DateTimeOffset At)
{
    public const int ReasonLimit = 300;

    public static void Map(EntityTypeBuilder<SecondFactorReset> reset)
    {
        reset.Property(r => r.Reason).HasMaxLength(ReasonLimit);
        reset.HasIndex(r => r.At);
        reset.BelongsToAccount(r => r.AccountId).Personal(r => r.Reason);
    }
}

/// <summary>
/// Takes second factor and passkeys off the account of somebody who lost them. Besides recovery codes there is no other way: neither a mailed link nor
/// a new password goes round the second factor.
/// </summary>
sealed class ResetSecondFactor(GuildhallDb db, UserManager<Account> accounts, Outbox outbox, TimeProvider clock)
{
    public sealed record Input(string ResetEmail, string Reason);

    public async Task<Result<string>> Run(Input input, Actor by, CancellationToken stop)
    {
        var (email, reason) = (input.ResetEmail.Trim(), input.Reason.Trim());
        if (Refusal.Together(
            email.Length == 0 ? Refusal.Invalid("email", "Enter the email address that the person signs in with.", nameof(Input.ResetEmail)) : null,
            reason.Length is 0 or > SecondFactorReset.ReasonLimit ? Refusal.Invalid("reason", $"Enter why, and how you made sure who asked, in up to {SecondFactorReset.ReasonLimit} characters.", nameof(Input.Reason)) : null) is { } missing)
            return missing;
        if (await accounts.FindByEmailAsync(email) is not { } account) return Refusal.Invalid("unknown", $"Enter an address that somebody signs in with. No account has {email}.", nameof(Input.ResetEmail));
        if (account.Id == by.AccountId) return Refusal.Invalid("own", "Enter somebody else’s address. Another administrator can reset your own second factor.", nameof(Input.ResetEmail));

        db.RemoveRange(await db.Set<Authenticator>().Where(a => a.AccountId == account.Id).ToListAsync(stop));
        db.RemoveRange(await db.Set<RecoveryCode>().Where(c => c.AccountId == account.Id).ToListAsync(stop));
        db.RemoveRange(await db.Set<IdentityUserPasskey<Guid>>().Where(p => p.UserId == account.Id).ToListAsync(stop));
        db.Add(new SecondFactorReset(Guid.CreateVersion7(clock.GetUtcNow()), account.Id, by.AccountId, reason, clock.GetUtcNow()));
        outbox.Add(AccountMails.SecondFactorReset(account.Email!, by.Name));
        // Saves all of it, and ends every session of the account.
        if (!(await accounts.SetTwoFactorEnabledAsync(account, false)).Succeeded) return Refusal.Conflict("changed_meanwhile", "The account was changed at the same moment. Nothing was reset. Try again.");
        return account.DisplayName;
    }
}
