using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.People;

/// <summary>Turns an invitation into an account with the roles it offers.</summary>
sealed class AcceptInvitation(GuildhallDb db, UserManager<Account> accounts, NewPassword passwords, TimeProvider clock)
{
    public sealed record Input(string Token, string Name, string Password);

    static readonly Refusal Closed = Refusal.Conflict(
        "link_closed", $"This invitation no longer works. It works once, for {Invitation.DaysOpen} days, and a newer one replaces it. Nothing was changed. Ask who invited you for a new one.");

    /// <returns>The address it was sent to, or null where it leads nowhere.</returns>
    public async Task<string?> AddressOf(string token, CancellationToken stop) => (await Open(token).SingleOrDefaultAsync(stop))?.Email;

    public async Task<Result<Account>> Run(Input input, CancellationToken stop)
    {
        if (await Open(input.Token).SingleOrDefaultAsync(stop) is not { } invitation) return Closed;
        var name = input.Name.Trim();
        if (Refusal.Together(
            Account.NameProblem(name),
            await passwords.Problem(input.Password, [name, invitation.Email], nameof(Input.Password), stop)) is { } problems) return problems;

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var now = clock.GetUtcNow();
        // The row decides: of two forms sent at once, the second finds it used.
        if (await Open(input.Token).ExecuteUpdateAsync(i => i.SetProperty(x => x.UsedAt, now), stop) == 0) return Closed;
        var account = new Account(name, invitation.Email, now) { EmailConfirmed = true };
        foreach (var offered in invitation.Roles.All) account.Grant(offered.Role, now, offered.Programs);
        account.ActFor(invitation.SellerId);
        try
        {
            if (!(await accounts.CreateAsync(account, input.Password)).Succeeded) return Closed;
        }
        catch (DbUpdateException refused) when (refused.IsTaken())
        {
            return Closed;
        }

        await transaction.CommitAsync(stop);
        return account;
    }

    IQueryable<Invitation> Open(string token)
    {
        var (now, hash) = (clock.GetUtcNow(), LinkToken.HashOf(token));
        return db.Set<Invitation>().Where(i => i.TokenHash == hash && i.UsedAt == null && i.WithdrawnAt == null && i.ExpiresAt > now);
    }
}
