using System.ComponentModel.DataAnnotations;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.People;

/// <summary>Turns a first-run link into the installation's first account, administrator and manager at once.</summary>
sealed class CreateFirstAccount(GuildhallDb db, UserManager<Account> accounts, TimeProvider clock)
{
    public sealed record Input(string Token, string Name, string Email, string Password);

    static readonly Refusal LinkUsed = Refusal.Conflict("link_used", "This link has been used. Start again to get a new one.");

    /// <summary>Whether the link still leads anywhere, for showing the form.</summary>
    public async Task<bool> IsOpen(string token, CancellationToken stop)
    {
        var hash = FirstRunLink.HashOf(token);
        var link = await db.Set<FirstRunLink>().SingleOrDefaultAsync(l => l.TokenHash == hash, stop);
        return link is not null && link.IsOpen(clock.GetUtcNow());
    }

    public async Task<Result<Account>> Run(Input input, CancellationToken stop)
    {
        var (name, email) = (input.Name.Trim(), input.Email.Trim());
        if (name.Length is 0 or > Account.NameLimit) return Refusal.Invalid("name", $"Enter your name, up to {Account.NameLimit} characters.", nameof(Input.Name));
        if (email.Length > 254 || !new EmailAddressAttribute().IsValid(email)) return Refusal.Invalid("email", "Enter an email address, like name@example.com.", nameof(Input.Email));

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var (now, hash) = (clock.GetUtcNow(), FirstRunLink.HashOf(input.Token));

        // The row decides: of two forms sent at once, the second finds the link used.
        var taken = await db.Set<FirstRunLink>()
            .Where(l => l.TokenHash == hash && l.UsedAt == null && l.ExpiresAt > now)
            .ExecuteUpdateAsync(l => l.SetProperty(x => x.UsedAt, now), stop);
        if (taken == 0 || await db.Set<Account>().AnyAsync(stop)) return LinkUsed;

        var account = new Account(name, email, now) { EmailConfirmed = true };
        account.Grant(Role.Administrator, now);
        account.Grant(Role.Manager, now);

        var created = await accounts.CreateAsync(account, input.Password);
        if (!created.Succeeded) return Refusal.Invalid("password", Passwords.Explain(created), nameof(Input.Password));

        await transaction.CommitAsync(stop);
        return account;
    }
}
