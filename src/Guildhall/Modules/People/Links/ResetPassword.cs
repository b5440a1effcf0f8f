using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Mail;
using Microsoft.AspNetCore.Identity;

namespace Guildhall.Modules.People;

/// <summary>
/// Sets a new password for who reads the mail of an account. It ends every session and signs nobody in: who has a second factor is asked for it as before.
/// </summary>
sealed class ResetPassword(GuildhallDb db, UserManager<Account> accounts, NewPassword passwords, MailedLinks links, Outbox outbox)
{
    public async Task<Result<Account>> Run(string token, string password, CancellationToken stop)
    {
        if (await links.Find(LinkPurpose.ResetPassword, token, stop) is not { AccountId: { } id } || await accounts.FindByIdAsync(id.ToString()) is not { } account) return MailedLinks.Closed;
        if (await passwords.Problem(password, account, "Password", stop) is { } problem) return problem;

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (!await links.Use(LinkPurpose.ResetPassword, token, stop)) return MailedLinks.Closed;
        await links.CloseAll(id, stop);
        outbox.Add(AccountMails.PasswordChanged(account.Email!));
        // Who opened the link reads the mail of this address.
        account.EmailConfirmed = true;
        if (!await passwords.Give(account, password)) return MailedLinks.Closed;
        await transaction.CommitAsync(stop);
        return account;
    }
}
