using System.Buffers.Text;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Mail;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.People;

/// <summary>Adds passkeys to a person's own account and takes them off. A passkey asks its owner for a fingerprint or a PIN, so it is both factors at once.</summary>
sealed class AddPasskey(UserManager<Account> accounts, Door door, ProveItsYou prove, Codes codes, Outbox outbox)
{
    public const int NameLimit = 60;
    public const int Most = 20;

    static readonly Refusal NotTaken = Refusal.Invalid("passkey", "Try again: your device’s answer did not fit this page. Nothing was changed.", "PasskeyName");

    /// <summary>What the device is asked for. The proof stands here: without these options no answer of a device is taken.</summary>
    /// <param name="proof">The password; a code where the account has a second factor and no password.</param>
    public async Task<Result<string>> Options(Account account, string name, string proof, CancellationToken stop)
    {
        if (name.Trim().Length is 0 or > NameLimit) return Refusal.Invalid("name", $"Enter a name for it, such as Phone, up to {NameLimit} characters.", "PasskeyName");
        if ((await accounts.GetPasskeysAsync(account)).Count >= Most) return Refusal.Conflict("too_many", $"Your account has {Most} passkeys, which is the most. Remove one first.");
        if (account.PasswordHash is null && account.TwoFactorEnabled && !await codes.Take(account, proof, stop))
            return Refusal.Invalid("code", "Enter the code that your app shows now. Nothing was changed. After 5 tries, wait 15 minutes.", "Proof");
        if (await prove.ByPassword(account, proof, "Proof", stop) is { } unproved) return unproved;
        return await door.MakePasskeyCreationOptionsAsync(new() { Id = account.Id.ToString(), Name = account.Email!, DisplayName = account.DisplayName });
    }

    public async Task<Result<Account>> Run(Account account, string name, string credential, CancellationToken stop)
    {
        name = name.Trim();
        if (name.Length is 0 or > NameLimit) return Refusal.Invalid("name", $"Enter a name for it, such as Phone, up to {NameLimit} characters.", "PasskeyName");
        if (credential.Length == 0) return Refusal.Invalid("passkey", "Use a browser that knows passkeys, with scripts switched on. Nothing was changed.", "PasskeyName");
        if (await Answered(credential) is not { Succeeded: true } answer || answer.UserEntity.Id != account.Id.ToString()) return NotTaken;
        answer.Passkey.Name = name;
        outbox.Add(AccountMails.PasskeyAdded(account.Email!, name));
        try
        {
            if (!(await accounts.AddOrUpdatePasskeyAsync(account, answer.Passkey)).Succeeded) return NotTaken;
        }
        catch (DbUpdateException refused) when (refused.IsTaken())
        {
            return NotTaken;
        }

        stop.ThrowIfCancellationRequested();
        return account;
    }

    public async Task<Result<Account>> Remove(Account account, string id, CancellationToken stop)
    {
        if (!Base64Url.IsValid(id) || await accounts.GetPasskeyAsync(account, Base64Url.DecodeFromChars(id)) is not { } passkey) return Refusal.NotFound("passkey");
        stop.ThrowIfCancellationRequested();
        outbox.Add(AccountMails.PasskeyRemoved(account.Email!, passkey.Name ?? "Passkey"));
        await accounts.RemovePasskeyAsync(account, passkey.CredentialId);
        // Whoever signed in with it is out within a minute; this session goes on.
        await accounts.UpdateSecurityStampAsync(account);
        await door.RefreshSignInAsync(account);
        return account;
    }

    // The framework throws when no options were made in these five minutes, or when what came is no answer at all.
    async Task<PasskeyAttestationResult?> Answered(string credential)
    {
        try
        {
            return await door.PerformPasskeyAttestationAsync(credential);
        }
        catch (Exception unfit) when (unfit is InvalidOperationException or PasskeyException or System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
