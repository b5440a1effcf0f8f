using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Guildhall.Modules.People;

/// <summary>How far somebody got through the door.</summary>
enum Entry { In, AsksForCode }

/// <summary>Where every way of signing in ends: the second factor is asked for, or the session begins.</summary>
sealed class Door(
    UserManager<Account> accounts, IHttpContextAccessor requests, IUserClaimsPrincipalFactory<Account> claims, IOptions<IdentityOptions> options,
    ILogger<SignInManager<Account>> log, IAuthenticationSchemeProvider schemes, IUserConfirmation<Account> confirmation, KnownDevice device)
    : SignInManager<Account>(accounts, requests, claims, options, log, schemes, confirmation)
{
    /// <summary>After the first factor, whichever it was: password, mailed link, the marketplace's word.</summary>
    public async Task<Entry> Enter(Account account)
    {
        if ((await SignInOrTwoFactorAsync(account, isPersistent: true)).RequiresTwoFactor) return Entry.AsksForCode;
        device.Remember(account.Id);
        return Entry.In;
    }

    /// <summary>After the second factor.</summary>
    public async Task Finish(Account account, bool remembersDevice)
    {
        await Context.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        if (remembersDevice) await RememberTwoFactorClientAsync(account);
        await SignInWithClaimsAsync(account, isPersistent: true, [new Claim("amr", "mfa")]);
        device.Remember(account.Id);
    }

    // Identity would ask its own token providers whether a code can be checked; Codes checks them here.
    public override Task<bool> IsTwoFactorEnabledAsync(Account user) => Task.FromResult(user.TwoFactorEnabled);

    public override Task<bool> CanSignInAsync(Account user) => Task.FromResult(user.SuspendedAt is null);

    // Asked of every session once a minute (PeopleModule).
    public override async Task<Account?> ValidateSecurityStampAsync(ClaimsPrincipal? principal) => await base.ValidateSecurityStampAsync(principal) is { SuspendedAt: null } account ? account : null;
}
