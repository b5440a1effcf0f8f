using Guildhall.Platform;
using Microsoft.AspNetCore.Identity;

namespace Guildhall.Modules.People;

/// <summary>Lets a person in by a passkey. It asked them for a fingerprint or a PIN, so no code is asked for beside it.</summary>
sealed class SignInByPasskey(Door door, UserManager<Account> accounts)
{
    static readonly Refusal NotKnown = Refusal.Invalid("passkey", "Sign in another way: this passkey opens no account here. It may have been removed.", "Email");

    public Task<string> Options() => door.MakePasskeyRequestOptionsAsync(null);

    public async Task<Result<Account>> Run(string credential, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        if (await Answered(credential) is not { Succeeded: true } answer || !await door.CanSignInAsync(answer.User)) return NotKnown;
        // Its count of uses moves on: a copied key that counts from an older number is noticed.
        if (!(await accounts.AddOrUpdatePasskeyAsync(answer.User, answer.Passkey)).Succeeded) return NotKnown;
        await door.Finish(answer.User, remembersDevice: false);
        return answer.User;
    }

    async Task<PasskeyAssertionResult<Account>?> Answered(string credential)
    {
        try
        {
            return credential.Length == 0 ? null : await door.PerformPasskeyAssertionAsync(credential);
        }
        catch (Exception unfit) when (unfit is InvalidOperationException or PasskeyException or System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
