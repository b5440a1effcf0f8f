using System.Net;
using System.Net.Sockets;
using Guildhall.Platform;
using Microsoft.AspNetCore.Identity;

namespace Guildhall.Modules.People;

/// <summary>Lets a person in by email and password. Every failure reads the same, so the page tells nobody who has an account.</summary>
sealed class SignIn(Door door, UserManager<Account> accounts, Tries tries, KnownDevice device, IHttpContextAccessor requests)
{
    public sealed record Input(string Email, string Password);

    static readonly Refusal NoMatch = Refusal.Invalid(
        "no_match", "This email address and password don’t belong to an account. Check both and try again. After 10 tries, wait 5 minutes.", nameof(Input.Password));

    public async Task<Result<Admitted>> Run(Input input, CancellationToken stop)
    {
        if (Refusal.Together(
            input.Email.Trim().Length == 0 ? Refusal.Invalid("email", "Enter your email address.", nameof(Input.Email)) : null,
            input.Password.Length == 0 ? Refusal.Invalid("password", "Enter your password.", nameof(Input.Password)) : null) is { } missing)
            return missing;

        var email = input.Email.Trim();
        var account = await accounts.FindByEmailAsync(email);
        var counted = Counted(accounts.NormalizeEmail(email), account is null ? null : device.IdFor(account.Id));
        // Counted alike for addresses that nobody has.
        foreach (var (limit, who) in counted)
        {
            if (!await tries.Take(limit, who, stop)) return NoMatch;
        }

        if (account is null or { SuspendedAt: not null } or { PasswordHash: null })
        {
            // As much work as a wrong password costs, so that the clock tells nothing either: neither of nobody's account nor of one that is closed.
            accounts.PasswordHasher.HashPassword(NobodysAccount, input.Password);
            return NoMatch;
        }

        if (!await accounts.CheckPasswordAsync(account, input.Password)) return NoMatch;
        foreach (var (limit, who) in counted) await tries.GiveBack(limit, who, stop);
        return new Admitted(account, await door.Enter(account));
    }

    // On a device that they signed in on before, somebody who guesses behind the same address doesn't keep them out.
    (TryLimit, string)[] Counted(string email, string? knownDevice) => knownDevice is null
        ? [(TryLimit.PasswordsFromAddress, Network(requests.HttpContext?.Connection.RemoteIpAddress)), (TryLimit.Passwords, email)]
        : [(TryLimit.PasswordsOnKnownDevice, $"{email}|{knownDevice}")];

    // One line of an IPv6 customer is a whole /64.
    static string Network(IPAddress? address) => address switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes(), 0, 8),
        _ => address.ToString(),
    };

    static readonly Account NobodysAccount = new("", "", DateTimeOffset.UnixEpoch);
}

/// <summary>Somebody whose first factor was right, and whether a code is still asked for.</summary>
sealed record Admitted(Account Account, Entry Entry);
