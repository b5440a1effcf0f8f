using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.People;

/// <summary>Finds and uses links that were mailed.</summary>
sealed class MailedLinks(GuildhallDb db, TimeProvider clock)
{
    public static readonly Refusal Closed = Refusal.Conflict("link_closed", "This link has been used already, or it is too old. Nothing was changed. Ask for a new one.");

    /// <returns>Null when no such link is open.</returns>
    public async Task<MailedLink?> Find(LinkPurpose purpose, string token, CancellationToken stop) => await Open(purpose, token).AsNoTracking().SingleOrDefaultAsync(stop);

    /// <summary>Uses it. Of two who send its form at once, the second finds it used.</summary>
    public async Task<bool> Use(LinkPurpose purpose, string token, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        return await Open(purpose, token).ExecuteUpdateAsync(link => link.SetProperty(l => l.UsedAt, now), stop) == 1;
    }

    /// <summary>Closes what else is open for this account: who changes a password or an address doesn't want what was mailed before to work.</summary>
    public Task CloseAll(Guid accountId, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        return db.Set<MailedLink>().Where(link => link.AccountId == accountId && link.UsedAt == null).ExecuteUpdateAsync(link => link.SetProperty(l => l.UsedAt, now), stop);
    }

    IQueryable<MailedLink> Open(LinkPurpose purpose, string token)
    {
        var (now, hash) = (clock.GetUtcNow(), LinkToken.HashOf(token));
        return db.Set<MailedLink>().Where(link => link.Purpose == purpose && link.TokenHash == hash && link.UsedAt == null && link.ExpiresAt > now);
    }
}
