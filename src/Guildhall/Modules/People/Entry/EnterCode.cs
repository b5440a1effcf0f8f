using Guildhall.Platform;

namespace Guildhall.Modules.People;

/// <summary>The second page of signing in: a code of the authenticator app, or a recovery code.</summary>
sealed class EnterCode(Door door, Codes codes)
{
    public sealed record Input(string Code, bool RemembersDevice);

    public static readonly Refusal TooLate = Refusal.Conflict("sign_in_again", "Signing in took longer than five minutes. Sign in again.");

    static readonly Refusal Wrong = Refusal.Invalid(
        "wrong_code", "Enter the code that your app shows now, or a recovery code that you have not used yet. Each works once. After 5 tries, wait 15 minutes.", nameof(Input.Code));

    public async Task<Result<Account>> Run(Input input, CancellationToken stop)
    {
        if (await door.GetTwoFactorAuthenticationUserAsync() is not { TwoFactorEnabled: true, SuspendedAt: null } account) return TooLate;
        if (input.Code.Trim().Length == 0) return Refusal.Invalid("code", "Enter the code that your app shows.", nameof(Input.Code));
        if (!await codes.Take(account, input.Code, stop)) return Wrong;
        await door.Finish(account, input.RemembersDevice);
        return account;
    }
}
