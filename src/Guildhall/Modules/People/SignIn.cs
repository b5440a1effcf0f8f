using Guildhall.Platform;
using Microsoft.AspNetCore.Identity;

namespace Guildhall.Modules.People;

/// <summary>Lets a person in by email and password. Every failure reads the same, so the page tells nobody who has an account.</summary>
sealed class SignIn(SignInManager<Account> signIn, UserManager<Account> accounts)
{
    public sealed record Input(string Email, string Password);

    static readonly Refusal NoMatch = Refusal.Invalid(
        "no_match", "This email address and password don’t belong to an account. Check both and try again. After 10 tries, wait 5 minutes.", nameof(Input.Password));

    public async Task<Result<Account>> Run(Input input, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        if (Refusal.Together(
            input.Email.Trim().Length == 0 ? Refusal.Invalid("email", "Enter your email address.", nameof(Input.Email)) : null,
            input.Password.Length == 0 ? Refusal.Invalid("password", "Enter your password.", nameof(Input.Password)) : null) is { } missing)
            return missing;
        var account = await accounts.FindByEmailAsync(input.Email.Trim());
        if (account is null or { SuspendedAt: not null } || await accounts.IsLockedOutAsync(account))
        {
            // As much work as a wrong password costs, so that the clock tells nothing either: neither of nobody's account nor of one that rests.
            accounts.PasswordHasher.HashPassword(NobodysAccount, input.Password);
            return NoMatch;
        }

        var outcome = await signIn.PasswordSignInAsync(account, input.Password, isPersistent: true, lockoutOnFailure: true);
        return outcome.Succeeded ? account : NoMatch;
    }

    static readonly Account NobodysAccount = new("", "", DateTimeOffset.UnixEpoch);
}
