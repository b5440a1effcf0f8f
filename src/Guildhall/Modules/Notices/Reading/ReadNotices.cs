using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Mail;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Notices;

/// <summary>Notes that somebody read their notices. What they read is in no digest any more.</summary>
sealed class ReadNotices(GuildhallDb db, TimeProvider clock)
{
    /// <returns>Where the thing is that it tells of.</returns>
    public async Task<Result<string>> One(string addressKey, Guid id, CancellationToken stop)
    {
        var own = Shown(addressKey).Where(notice => notice.Id == id);
        if (await own.Select(notice => notice.Href).SingleOrDefaultAsync(stop) is not { } href) return Refusal.NotFound("notice");
        await Read(own, stop);
        return href;
    }

    /// <summary>All up to one: what came after the page was shown stays unread.</summary>
    public Task UpTo(string addressKey, Guid id, CancellationToken stop) => Read(Shown(addressKey).Where(notice => notice.Id <= id), stop);

    IQueryable<PersonalNotice> Shown(string addressKey)
    {
        var now = clock.GetUtcNow();
        return db.Set<PersonalNotice>().Where(notice => notice.AddressKey == addressKey && notice.At <= now);
    }

    Task<int> Read(IQueryable<PersonalNotice> notices, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        return notices.Where(notice => notice.ReadAt == null).ExecuteUpdateAsync(set => set.SetProperty(notice => notice.ReadAt, now).SetProperty(notice => notice.DigestAt, (DateTimeOffset?)null), stop);
    }
}
