using System.Security.Cryptography;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Mail;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.People;

/// <summary>Turns the second factor of a person's own account on and off, and renews its recovery codes.</summary>
sealed class SetUpSecondFactor(GuildhallDb db, UserManager<Account> accounts, Door door, ProveItsYou prove, Codes codes, IDataProtectionProvider protection, Outbox outbox, TimeProvider clock)
{
    public sealed record Input(string OfferedSecret, string Code, string Password);

    static readonly Refusal ChangedMeanwhile = Refusal.Conflict("changed_meanwhile", "Your second factor was changed in another window at the same moment. Nothing of this form was saved. Look at this page again.");
    static readonly Refusal WrongCode = Refusal.Invalid("wrong_code", "Enter the code that your app shows now, or a recovery code that you have not used yet. Nothing was changed. After 5 tries, wait 15 minutes.", nameof(Input.Code));

    /// <summary>A secret for an app to take over. It travels through the form, sealed, and is stored once its first code has come back.</summary>
    public string Offer(Account account) => Offers(account).Protect(Convert.ToBase64String(RandomNumberGenerator.GetBytes(TimeCode.SecretBytes)), TimeSpan.FromHours(1));

    /// <returns>Null when it wasn't offered to this account within the last hour.</returns>
    public byte[]? SecretIn(Account account, string offered)
    {
        try
        {
            return Convert.FromBase64String(Offers(account).Unprotect(offered));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <returns>The recovery codes, to be shown this once.</returns>
    public async Task<Result<string[]>> TurnOn(Account account, Input input, CancellationToken stop)
    {
        if (account.TwoFactorEnabled) return ChangedMeanwhile;
        if (SecretIn(account, input.OfferedSecret) is not { } secret)
            return Refusal.Conflict("offer_expired", "This page was open for more than an hour, so it shows a new key now. Take it over into your app, then enter its code. Nothing was changed.");
        if (await prove.ByPassword(account, input.Password, nameof(Input.Password), stop) is { } unproved) return unproved;
        if (TimeCode.StepOf(secret, string.Concat(input.Code.Where(char.IsAsciiDigit)), clock.GetUtcNow()) is not { } step)
            return Refusal.Invalid("wrong_code", "Enter the six digits that your app shows now. If they don’t fit, check that your phone sets its time by itself.", nameof(Input.Code));

        db.Add(new Authenticator(account.Id, codes.Protect(secret), step, clock.GetUtcNow()));
        var recovery = await codes.Renew(account, stop);
        outbox.Add(AccountMails.SecondFactorOn(account.Email!));
        if (!await Switched(account, isOn: true)) return ChangedMeanwhile;
        return recovery;
    }

    /// <summary>Asks for both: who finds a screen open, or a password on a note, has only one of them.</summary>
    public async Task<Result<Account>> TurnOff(Account account, string password, string code, CancellationToken stop)
    {
        if (!account.TwoFactorEnabled) return ChangedMeanwhile;
        if (await prove.ByPassword(account, password, nameof(Input.Password), stop) is { } unproved) return unproved;
        if (!await codes.Take(account, code, stop)) return WrongCode;
        await Remove(account.Id, stop);
        outbox.Add(AccountMails.SecondFactorOff(account.Email!));
        if (!await Switched(account, isOn: false)) return ChangedMeanwhile;
        return account;
    }

    public async Task<Result<string[]>> RenewCodes(Account account, string code, CancellationToken stop)
    {
        if (!account.TwoFactorEnabled) return ChangedMeanwhile;
        if (!await codes.Take(account, code, stop)) return WrongCode;
        var recovery = await codes.Renew(account, stop);
        outbox.Add(AccountMails.NewRecoveryCodes(account.Email!));
        await db.SaveChangesAsync(stop);
        return recovery;
    }

    async Task Remove(Guid accountId, CancellationToken stop)
    {
        db.RemoveRange(await db.Set<Authenticator>().Where(a => a.AccountId == accountId).ToListAsync(stop));
        db.RemoveRange(await db.Set<RecoveryCode>().Where(c => c.AccountId == accountId).ToListAsync(stop));
    }

    // Saves what was added above with it, and ends the other sessions.
    async Task<bool> Switched(Account account, bool isOn)
    {
        try
        {
            if (!(await accounts.SetTwoFactorEnabledAsync(account, isOn)).Succeeded) return false;
        }
        catch (DbUpdateException refused) when (refused.IsLostRace())
        {
            return false;
        }

        await door.RefreshSignInAsync(account);
        return true;
    }

    ITimeLimitedDataProtector Offers(Account account) => protection.CreateProtector("Guildhall.People.OfferedAuthenticator", account.Id.ToString()).ToTimeLimitedDataProtector();
}
