using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.People;

/// <summary>Lets in who reads the mail of an address. Who has no account and is known as a seller gets one by it.</summary>
sealed class SignInByLink(GuildhallDb db, UserManager<Account> accounts, IEnumerable<IKnowAddresses> others, MailedLinks links, Door door, TimeProvider clock)
{
    public async Task<Result<Admitted>> Run(string token, CancellationToken stop)
    {
        if (await links.Find(LinkPurpose.SignIn, token, stop) is not { } link) return MailedLinks.Closed;

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (!await links.Use(LinkPurpose.SignIn, token, stop)) return MailedLinks.Closed;
        var account = link.AccountId is { } id ? await accounts.FindByIdAsync(id.ToString()) : await Known(link.Email, stop);
        if (account is null or { SuspendedAt: not null }) return MailedLinks.Closed;
        if (!account.EmailConfirmed)
        {
            account.EmailConfirmed = true;
            if (!(await accounts.UpdateAsync(account)).Succeeded) return MailedLinks.Closed;
        }

        await transaction.CommitAsync(stop);
        return new Admitted(account, await door.Enter(account));
    }

    // Two links to one address, used at once, would make two accounts: the unique address refuses the second.
    async Task<Account?> Known(string email, CancellationToken stop)
    {
        if (await accounts.FindByEmailAsync(email) is { } madeMeanwhile) return madeMeanwhile;
        if (await others.Know(accounts.NormalizeEmail(email), stop) is not { } person) return null;
        var account = new Account(person.Name, email, clock.GetUtcNow()) { EmailConfirmed = true };
        account.ActFor(person.SellerId);
        try
        {
            return (await accounts.CreateAsync(account)).Succeeded ? account : null;
        }
        catch (DbUpdateException refused) when (refused.IsTaken())
        {
            return null;
        }
    }
}
