using System.Globalization;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Mail;
using Guildhall.Platform.Ui;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Notices;

/// <summary>One mail in the list.</summary>
/// <param name="WentNowhere">It was written while no mail server was set that could have taken it.</param>
public sealed record MailRow(string Href, string Subject, string To, string Kind, MailState State, int Tries, string Written, bool WentNowhere);

/// <summary>A page of the list of mails.</summary>
/// <param name="HasAny">Whether there is a mail of any state.</param>
/// <param name="Server">The mail server; null when none is set.</param>
/// <param name="Folder">Where mails land without a server; null where there is no data folder.</param>
public sealed record MailListView(IReadOnlyList<MailRow> Rows, GridView Grid, bool HasAny, string? Server, string From, string? Folder);

/// <summary>Lists mails, newest first, a page at a time.</summary>
sealed class MailList(GuildhallDb db, MailSettings settings, IEnumerable<MailKind> kinds)
{
    public const int PageSize = 50;

    /// <summary>What the address asks for.</summary>
    public sealed record Query
    {
        /// <summary>The name of a state; every state when left out.</summary>
        public string? State { get; init; }

        /// <summary>The mail that the page begins behind.</summary>
        public Guid? After { get; init; }

        /// <summary>The mail that the page ends before, when somebody goes back.</summary>
        public Guid? Before { get; init; }
    }

    public async Task<MailListView> Of(Query query, CancellationToken stop)
    {
        var mails = db.Set<OutgoingMail>().AsNoTracking();
        MailState? state = Enum.GetValues<MailState>().Where(known => known.ToString() == query.State).Select(known => (MailState?)known).FirstOrDefault();
        if (state is { } wanted) mails = mails.Where(mail => mail.State == wanted);

        // Ids are in the order of time (UUID version 7), so a page is found through the key.
        var isBack = query.After is null && query.Before is not null;
        mails = isBack ? mails.Where(mail => mail.Id > query.Before).OrderBy(mail => mail.Id)
            : (query.After is { } after ? mails.Where(mail => mail.Id < after) : mails).OrderByDescending(mail => mail.Id);
        var shown = await mails.Take(PageSize + 1).Select(mail => new { mail.Id, mail.Subject, mail.To, mail.KindId, mail.State, mail.Tries, mail.CreatedAt, HasBody = mail.Body != null }).ToListAsync(stop);
        var hasMore = shown.Count > PageSize;
        if (hasMore) shown.RemoveAt(PageSize);
        if (isBack) shown.Reverse();

        string Href(Guid? after, Guid? before) => QueryHelpers.AddQueryString(MailPages.Path, new Dictionary<string, string?>
        {
            ["state"] = state?.ToString(),
            ["after"] = after?.ToString(),
            ["before"] = before?.ToString(),
        }.Where(part => part.Value is not null));
        var zone = await db.Zone(stop);
        return new MailListView(
            [.. shown.Select(mail => new MailRow($"{MailPages.Path}/{mail.Id}", mail.Subject, mail.To, kinds.LabelOf(mail.KindId), mail.State, mail.Tries, MailTimes.Short(mail.CreatedAt, zone), mail is { State: MailState.Sent, HasBody: true }))],
            new GridView(
                "Mails, newest first", [new("Mail"), new("Kind"), new("State"), new("Written")], $"Times are {zone.Id.Replace('_', ' ')}", MailPages.Path,
                Filters: [new("state", "State", [new("", "All"), .. Enum.GetValues<MailState>().Select(known => new Choice(known.ToString(), MailPage.Word(known)))], state?.ToString())],
                PreviousHref: shown.Count > 0 && (isBack ? hasMore : query.After is not null) ? Href(null, shown[0].Id) : null,
                NextHref: shown.Count > 0 && (isBack || hasMore) ? Href(shown[^1].Id, null) : null),
            shown.Count > 0 || await db.Set<OutgoingMail>().AnyAsync(stop), settings.Server?.Host, settings.From.ToString(), settings.Folder);
    }
}

/// <summary>How the pages about mail show times and kinds.</summary>
static class MailTimes
{
    public static async Task<TimeZoneInfo> Zone(this GuildhallDb db, CancellationToken stop) =>
        await db.Set<Marketplace>().Select(marketplace => marketplace.TimeZone).SingleOrDefaultAsync(stop) is { } name && TimeZones.Find(name) is { } zone ? zone : TimeZoneInfo.Utc;

    public static string Short(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString("ddd d MMM, HH:mm", CultureInfo.CurrentCulture);

    /// <summary>A kind that no module declares any more goes by its id.</summary>
    public static string LabelOf(this IEnumerable<MailKind> kinds, string id) => kinds.FirstOrDefault(kind => kind.Id == id)?.Label ?? id;
}
