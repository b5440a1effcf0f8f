using Guildhall.Modules.People;
using Guildhall.Platform;
using Microsoft.AspNetCore.Identity;

namespace Guildhall.Commands.Demo;

/// <summary>Accounts of the demo's owners. They have no password: who wants to see the product as one of them asks for a link by mail.</summary>
sealed class DemoAccounts(UserManager<Account> accounts)
{
    public async Task<Account> Owner(DemoSeller seller, Guid sellerId, DateTimeOffset now)
    {
        var email = $"{Slugs.From(seller.OwnerName)}-{seller.Index}@harrow-lane.example";
        if (await accounts.FindByEmailAsync(email) is { } known) return known;
        var account = new Account(seller.OwnerName, email, now) { EmailConfirmed = true };
        account.ActFor(sellerId);
        return (await accounts.CreateAsync(account)).Succeeded ? account : throw new InvalidOperationException($"The demo’s account {email} was not taken.");
    }
}
