using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Mail;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.People;

/// <summary>What a person changes about their own account: name, password, address, and where they are signed in.</summary>
sealed class ChangeAccount(GuildhallDb db, UserManager<Account> accounts, Door door, ProveItsYou prove, NewPassword passwords, MailedLinks links, Outbox outbox, Tries tries, IEnumerable<IFollowAddresses> following, IEnumerable<IFollowNames> called, TimeProvider clock)
{
    static readonly Refusal ChangedMeanwhile = Refusal.Conflict("changed_meanwhile", "Your account was changed in another window at the same moment. Nothing of this form was saved. Look at this page again, then make your change.");

    public async Task<Result<Account>> Name(Account account, string name, CancellationToken stop)
    {
        var before = account.DisplayName;
        if (!account.Rename(name).Succeeded(out _, out var refusal)) return refusal;
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (!(await accounts.UpdateAsync(account)).Succeeded) return ChangedMeanwhile;
        if (account.SellerId is { } shop) foreach (var one in called) await one.Follow(shop, before, account.DisplayName, stop);
        await transaction.CommitAsync(stop);
        await door.RefreshSignInAsync(account);
        return account;
    }

    public async Task<Result<Account>> Password(Account account, string old, string wanted, CancellationToken stop)
    {
        if (await prove.ByPassword(account, old, "OldPassword", stop) is { } unproved) return unproved;
        if (await passwords.Problem(wanted, account, "NewPassword", stop) is { } problem) return problem;
        outbox.Add(AccountMails.PasswordChanged(account.Email!));
        if (!await passwords.Give(account, wanted)) return ChangedMeanwhile;
        await links.CloseAll(account.Id, stop);
        await door.RefreshSignInAsync(account);
        return account;
    }

    /// <summary>Every session but this one ends within 60 seconds, and no device is let off the code any more.</summary>
    public async Task<Result<Account>> SignOutElsewhere(Account account, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        if (!(await accounts.UpdateSecurityStampAsync(account)).Succeeded) return ChangedMeanwhile;
        await door.RefreshSignInAsync(account);
        return account;
    }

    /// <summary>Mails a link to the new address. An address that has an account gets nothing, and the answer doesn't tell.</summary>
    public async Task<Result<Account>> AskForAddress(Account account, string email, string password, CancellationToken stop)
    {
        email = email.Trim();
        if (EmailAddress.Problem(email, "NewEmail") is { } problem) return problem;
        if (await prove.ByPassword(account, password, "EmailPassword", stop) is { } unproved) return unproved;
        if (!await tries.Take(TryLimit.Links, $"{LinkPurpose.NewAddress}|{account.Id}", stop))
            return Refusal.Conflict("too_many_links", $"{TryLimit.Links.Most} links were sent in an hour. Look into your mail, or wait an hour. Nothing was changed.");
        if (await accounts.FindByEmailAsync(email) is not null) return account;
        var (link, token) = MailedLink.Issue(LinkPurpose.NewAddress, email, account.Id, clock.GetUtcNow());
        db.Add(link);
        outbox.Add(AccountMails.NewAddressLink(email, token));
        await db.SaveChangesAsync(stop);
        return account;
    }

    /// <summary>Uses the link. It counts only for the person who asked, signed in: an address with a slip in it would otherwise hand the account to whoever reads it.</summary>
    public async Task<Result<Account>> TakeAddress(Account account, string token, CancellationToken stop)
    {
        if (await links.Find(LinkPurpose.NewAddress, token, stop) is not { } link || link.AccountId != account.Id) return MailedLinks.Closed;
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (!await links.Use(LinkPurpose.NewAddress, token, stop)) return MailedLinks.Closed;
        await links.CloseAll(account.Id, stop);
        var (before, after) = (OutgoingMail.KeyOf(account.Email!), OutgoingMail.KeyOf(link.Email));
        outbox.Add(AccountMails.AddressChanged(account.Email!, link.Email));
        (account.Email, account.UserName, account.EmailConfirmed) = (link.Email, link.Email, true);
        try
        {
            // Ends the other sessions too. Identity refuses an address that somebody else has by now.
            if (!(await accounts.UpdateSecurityStampAsync(account)).Succeeded) return MailedLinks.Closed;
        }
        catch (DbUpdateException refused) when (refused.IsTaken())
        {
            return MailedLinks.Closed;
        }

        foreach (var one in following) await one.Follow(before, after, stop);
        await transaction.CommitAsync(stop);
        await door.RefreshSignInAsync(account);
        return account;
    }
}
