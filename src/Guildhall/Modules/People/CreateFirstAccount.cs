using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Database;
using Guildhall.Platform.Mail;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.People;

/// <summary>Turns a first-run link into the installation's first account, administrator and manager at once.</summary>
sealed class CreateFirstAccount(GuildhallDb db, UserManager<Account> accounts, NewPassword passwords, TimeProvider clock)
{
    public sealed record Input(string Token, string Name, string Email, string Password);

    static readonly Refusal LinkClosed = Refusal.Conflict(
        "link_closed", $"This link makes no account. A link works once, for {FirstRunLink.MinutesOpen} minutes, and only until the first account exists. Nothing was changed.");

    /// <summary>Whether the link still leads anywhere, for showing the form.</summary>
    public async Task<bool> IsOpen(string token, CancellationToken stop)
    {
        var (now, hash) = (clock.GetUtcNow(), LinkToken.HashOf(token));
        return await db.Set<FirstRunLink>().AnyAsync(l => l.TokenHash == hash && l.UsedAt == null && l.ExpiresAt > now && !db.Set<Account>().Any(account => account.Roles.Any()), stop);
    }

    public async Task<Result<Account>> Run(Input input, CancellationToken stop)
    {
        if (!await IsOpen(input.Token, stop)) return LinkClosed;
        var (name, email) = (input.Name.Trim(), input.Email.Trim());
        if (Refusal.Together(Account.NameProblem(name), EmailAddress.Problem(email, nameof(Input.Email)), await passwords.Problem(input.Password, [name, email], nameof(Input.Password), stop)) is { } problems) return problems;

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var (now, hash) = (clock.GetUtcNow(), LinkToken.HashOf(input.Token));

        // The row decides: of two forms sent at once with one link, the second finds it used.
        var taken = await db.Set<FirstRunLink>()
            .Where(l => l.TokenHash == hash && l.UsedAt == null && l.ExpiresAt > now)
            .ExecuteUpdateAsync(l => l.SetProperty(x => x.UsedAt, now), stop);
        if (taken == 0) return LinkClosed;

        var account = new Account(name, email, now) { EmailConfirmed = true, IsFirst = true };
        account.Grant(Role.Administrator, now);
        account.Grant(Role.Manager, now);
        try
        {
            // Identity refuses an address that has an account by now: that account is the first one.
            if (!(await accounts.CreateAsync(account, input.Password)).Succeeded) return LinkClosed;
        }
        catch (DbUpdateException refused) when (refused.IsTaken())
        {
            // Somebody with another link was first.
            return LinkClosed;
        }

        await transaction.CommitAsync(stop);
        return account;
    }
}
