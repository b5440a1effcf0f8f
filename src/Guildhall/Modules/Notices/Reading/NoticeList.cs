using System.Globalization;
using Guildhall.Platform.Database;
using Guildhall.Platform.Mail;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Notices;

/// <summary>A notice as its reader’s page shows it.</summary>
/// <param name="Href">Opens it: that counts as reading, and leads to what it tells of.</param>
public sealed record NoticeRow(string Href, string Words, string When, bool IsRead);

/// <summary>A page of somebody’s notices.</summary>
/// <param name="ReadUpTo">The newest of this page, as the button that reads them all says it; null while nothing is unread.</param>
public sealed record NoticeListView(IReadOnlyList<NoticeRow> Rows, Guid? ReadUpTo, string? PreviousHref, string? NextHref);

/// <summary>Lists what somebody was told, newest first, a page at a time.</summary>
sealed class NoticeList(GuildhallDb db, NoticeNames names, FindReaders readers, TimeProvider clock)
{
    public const int PageSize = 25;

    /// <summary>What the address asks for.</summary>
    public sealed record Query
    {
        /// <summary>The notice that the page begins behind.</summary>
        public Guid? After { get; init; }

        /// <summary>The notice that the page ends before, when somebody goes back.</summary>
        public Guid? Before { get; init; }
    }

    public async Task<NoticeListView> Of(string addressKey, Query query, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var own = db.Set<PersonalNotice>().AsNoTracking().Where(notice => notice.AddressKey == addressKey && notice.At <= now);
        // Ids are in the order of time (UUID version 7), so a page is found through the key.
        var isBack = query.After is null && query.Before is not null;
        var asked = isBack ? own.Where(notice => notice.Id > query.Before).OrderBy(notice => notice.Id)
            : (query.After is { } after ? own.Where(notice => notice.Id < after) : own).OrderByDescending(notice => notice.Id);
        var shown = await asked.Take(PageSize + 1).ToListAsync(stop);
        var hasMore = shown.Count > PageSize;
        if (hasMore) shown.RemoveAt(PageSize);
        if (isBack) shown.Reverse();

        var said = await names.Of(shown.Select(notice => notice.AboutId), stop);
        var zone = shown.Count > 0 ? (await readers.One(addressKey, stop)).Zone : TimeZoneInfo.Utc;
        return new NoticeListView(
            [.. shown.Select(notice => new NoticeRow($"{NoticeRoutes.Path}/{notice.Id}", said(notice.Words, notice.AboutId), When(notice.At, now, zone), notice.ReadAt is not null))],
            shown.Exists(notice => notice.ReadAt is null) ? shown[0].Id : null,
            shown.Count > 0 && (isBack ? hasMore : query.After is not null) ? $"{NoticeRoutes.Path}?before={shown[0].Id}" : null,
            shown.Count > 0 && (isBack || hasMore) ? $"{NoticeRoutes.Path}?after={shown[^1].Id}" : null);
    }

    static string When(DateTimeOffset at, DateTimeOffset now, TimeZoneInfo zone)
    {
        var (then, today) = (TimeZoneInfo.ConvertTime(at, zone), TimeZoneInfo.ConvertTime(now, zone).Date);
        return then.ToString(then.Date == today ? "'Today', HH:mm" : then.Date == today.AddDays(-1) ? "'Yesterday', HH:mm" : "ddd d MMM, HH:mm", CultureInfo.CurrentCulture);
    }
}
