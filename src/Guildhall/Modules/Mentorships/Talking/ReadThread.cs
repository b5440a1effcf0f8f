using System.Globalization;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Library;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Mentorships;

/// <summary>Whether a thread can be written in, and if not, why.</summary>
public enum ThreadState
{
    Open,

    /// <summary>The reader wants no messages for now.</summary>
    PausedByReader,

    PausedByOther,

    /// <summary>The mentorship is over, and not both want to go on writing.</summary>
    Over,

    /// <summary>The other one takes no part any more.</summary>
    OtherLeft,
}

/// <summary>A message as one of the two reads it.</summary>
/// <param name="Text">Null where its writer was erased.</param>
/// <param name="Report">What became of the reader's report of it, in words; null where they made none.</param>
public sealed record MessageView(Guid Id, bool IsMine, string Who, string When, string? Text, string? Address, Link? Article, string? Report);

/// <summary>A thread as one of the two sees it: a page of it, the newest unless they asked for earlier ones.</summary>
/// <param name="Messages">The oldest first.</param>
/// <param name="EarlierThan">The message before which there are more; null where there are none.</param>
/// <param name="IsNewest">Whether the newest message is among them.</param>
/// <param name="Quiet">"Mina’s quiet hours: told at 08:00, London time."; null when it isn't.</param>
/// <param name="ReaderKeeps">Whether the reader wants to go on writing after the end.</param>
/// <param name="Articles">What can be attached.</param>
public sealed record ThreadView(
    Guid Id, Side Side, PairPerson Other, string Program, ThreadState State, bool IsOver, bool ReaderKeeps, IReadOnlyList<MessageView> Messages, Guid? EarlierThan, bool IsNewest,
    string? AnswersWithin, string? Quiet, IReadOnlyList<Choice> Articles)
{
    public string Here => TalkRoutes.Path(Side, Id);

    public Guid? Newest => IsNewest && Messages is [.., var last] ? last.Id : null;
}

/// <summary>A thread in a list.</summary>
public sealed record ThreadRow(Guid Id, PairPerson Other, string Last, int Unread);

/// <summary>A page of threads.</summary>
public sealed record ThreadRows(IReadOnlyList<ThreadRow> Rows, int Page, bool HasMore);

/// <summary>Reads messages for the two who write them; somebody else's thread is none.</summary>
sealed class ReadThread(
    GuildhallDb db, EnrollmentLookup enrollment, ProgramLookup programs, PairNames names, ReadAgreement agreements, LibraryLookup library, OwnClock own, TimeProvider clock)
{
    public const int PageSize = 20;
    const int ThreadsListed = 50, ArticlesOffered = 50;

    /// <summary>The threads of somebody, those first in which something was written last.</summary>
    public async Task<ThreadRows> List(Side side, ShopActor shop, int page, CancellationToken stop)
    {
        page = Math.Clamp(page, 1, int.MaxValue / ThreadsListed);
        var seats = await enrollment.ParticipationsOf(shop.SellerId, side, stop);
        var found = await db.Set<Mentorship>().AsNoTracking().Where(m => seats.Contains(side == Side.Mentee ? m.MenteeId : m.MentorId))
            .Select(m => new { m.Id, Other = side == Side.Mentee ? m.MentorId : m.MenteeId, m.StartedAt, WroteAt = db.Set<ThreadSide>().Where(s => s.MentorshipId == m.Id).Max(s => s.LastWroteAt) })
            .OrderByDescending(m => m.WroteAt ?? m.StartedAt).ThenByDescending(m => m.Id).Skip((page - 1) * ThreadsListed).Take(ThreadsListed + 1).ToListAsync(stop);
        var shown = found.Take(ThreadsListed).ToList();
        if (shown.Count == 0) return new([], page, false);
        var unread = await db.Unread([.. shown.Select(m => m.Id)], side).GroupBy(m => m.MentorshipId).Select(thread => new { thread.Key, Count = thread.Count() }).ToDictionaryAsync(thread => thread.Key, thread => thread.Count, stop);
        var members = await enrollment.MembersOf([.. shown.Select(m => m.Other)], stop);
        var (called, zone) = (await names.Of(members.Values, stop), await own.Of(shop, stop));
        return new(
            [.. shown.Select(m => new ThreadRow(m.Id, members.TryGetValue(m.Other, out var member) ? called(member) : PairPerson.Gone, m.WroteAt is { } at ? $"Last message {When(at, zone)}" : "Nothing written yet", unread.GetValueOrDefault(m.Id)))],
            page, found.Count > ThreadsListed);
    }

    /// <summary>The other one of a thread; null for who isn't in it.</summary>
    public async Task<PairPerson?> Person(Guid id, Side side, ShopActor shop, CancellationToken stop)
    {
        if (await db.Set<Mentorship>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, stop) is not { } mentorship) return null;
        var members = await enrollment.MembersOf([mentorship.MenteeId, mentorship.MentorId], stop);
        return members.GetValueOrDefault(mentorship.Of(side))?.SellerId != shop.SellerId ? null
            : members.GetValueOrDefault(mentorship.Of(side.Other())) is { } other ? (await names.Of([other], stop))(other) : PairPerson.Gone;
    }

    /// <param name="before">Only messages before this one; null for the newest. Being shown the newest is having read them.</param>
    public async Task<ThreadView?> Of(Guid id, Side side, ShopActor shop, Guid? before, CancellationToken stop)
    {
        if (await db.Set<Mentorship>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, stop) is not { } mentorship) return null;
        var members = await enrollment.MembersOf([mentorship.MenteeId, mentorship.MentorId], stop);
        if (members.GetValueOrDefault(mentorship.Of(side))?.SellerId != shop.SellerId) return null;
        var otherSide = side.Other();
        var otherMember = members.GetValueOrDefault(mentorship.Of(otherSide));
        var other = otherMember is null ? PairPerson.Gone : (await names.Of([otherMember], stop))(otherMember);

        var found = await db.Set<Message>().AsNoTracking().Where(m => m.MentorshipId == id && (before == null || m.Id < before)).OrderByDescending(m => m.Id).Take(PageSize + 1).ToListAsync(stop);
        List<Message> page = [.. found.Take(PageSize).Reverse()];
        var sides = await db.Set<ThreadSide>().AsNoTracking().Where(s => s.MentorshipId == id).ToDictionaryAsync(s => s.Side, stop);
        if (before is null) await MarkRead(id, side, page.LastOrDefault(m => m.Side != side)?.WrittenAt, sides.GetValueOrDefault(side)?.ReadUpTo, stop);

        var reader = side == Side.Mentee ? ReaderSide.Mentee : ReaderSide.Mentor;
        var reports = await db.Set<MessageReport>().Where(r => r.MentorshipId == id && r.Side == side).Select(r => new { r.MessageId, IsDecided = r.DecidedAt != null }).ToDictionaryAsync(r => r.MessageId, r => r.IsDecided, stop);
        var articles = page.Exists(m => m.Article is not null) ? await library.BySlugs(reader, [.. page.Select(m => m.Article).OfType<string>().Distinct()], stop) : new Dictionary<string, ArticleCard>();
        var offered = await library.Offered(reader, null, null, ArticlesOffered, stop);
        var terms = (await agreements.InForce([id], stop)).GetValueOrDefault(id);
        var (zone, program, now) = (await own.Of(shop, stop), await programs.ById(mentorship.ProgramId, stop), clock.GetUtcNow());
        var keeps = sides.GetValueOrDefault(side)?.KeepsAt is not null;
        return new(
            id, side, other, program is null ? "" : $"{program.Name}, {program.Cohort}", StateOf(mentorship, side, otherMember, sides), mentorship.IsOver, keeps,
            [.. page.Select(m => new MessageView(
                m.Id, m.Side == side, m.Side == side ? "You" : other.Name, When(m.WrittenAt, zone), m.Text, m.Link,
                m.Article is { } slug && articles.TryGetValue(slug, out var article) ? new Link(article.Title, LibraryLookup.PathOf(reader, slug)) : null,
                reports.TryGetValue(m.Id, out var isDecided) ? isDecided ? "You reported this, and the program’s team has decided." : "You reported this. The program’s team reads it." : null))],
            found.Count > PageSize ? page[0].Id : null, before is null,
            mentorship.IsOver || terms is null ? null : AgreementTerms.AllAnswerDays.FirstOrDefault(choice => choice.Value == terms.AnswerDays.ToString(CultureInfo.InvariantCulture))?.Label.ToLowerInvariant(),
            terms?.QuietOf(otherSide) is { } quiet && quiet.EndAfter(now) is { } end ? $"{other.FirstName}’s quiet hours: told at {TimeZoneInfo.ConvertTime(end, TimeZones.Find(quiet.TimeZone) ?? TimeZoneInfo.Utc):HH:mm}, {quiet.TimeZone.Split('/')[^1].Replace('_', ' ')} time." : null,
            [new("", "Nothing"), .. offered.Select(card => new Choice(card.Slug, card.Title))]);
    }

    static ThreadState StateOf(Mentorship mentorship, Side side, Member? other, Dictionary<Side, ThreadSide> sides) =>
        other is null ? ThreadState.OtherLeft
        : sides.GetValueOrDefault(side)?.PausedAt is not null ? ThreadState.PausedByReader
        : sides.GetValueOrDefault(other.Side)?.PausedAt is not null ? ThreadState.PausedByOther
        : mentorship.IsOver && (sides.Count < 2 || sides.Values.Any(one => one.KeepsAt is null)) ? ThreadState.Over : ThreadState.Open;

    /// <summary>Goes ahead only: of two tabs the one that is behind takes nothing back.</summary>
    async Task MarkRead(Guid id, Side side, DateTimeOffset? newest, DateTimeOffset? readUpTo, CancellationToken stop)
    {
        if (newest is null || newest <= readUpTo) return;
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO mentorships.thread_side (mentorship_id, side, read_up_to) VALUES ({id}, {side.ToString()}, {newest})
            ON CONFLICT (mentorship_id, side) DO UPDATE SET read_up_to = excluded.read_up_to WHERE thread_side.read_up_to IS NULL OR thread_side.read_up_to < excluded.read_up_to
            """, stop);
    }

    internal static string When(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString("ddd d MMM yyyy, HH:mm", CultureInfo.CurrentCulture);
}

static class UnreadMessages
{
    /// <summary>What the other one wrote in some threads and a side was not shown yet.</summary>
    public static IQueryable<Message> Unread(this GuildhallDb db, IReadOnlyCollection<Guid> mentorshipIds, Side side) =>
        db.Set<Message>().Where(m => mentorshipIds.Contains(m.MentorshipId) && m.Side != side && !db.Set<ThreadSide>().Any(s => s.MentorshipId == m.MentorshipId && s.Side == side && s.ReadUpTo >= m.WrittenAt));
}
