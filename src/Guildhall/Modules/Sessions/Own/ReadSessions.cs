using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Mentorships;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Sessions;

/// <summary>A session in a list of one of the two.</summary>
/// <param name="When">"Tue 17 Nov 2026, 16:00 to 16:45, your time (London)".</param>
/// <param name="Stands">Where its attendance stands, in words.</param>
/// <param name="AsksMe">It is over, they can say what came of it, and have not.</param>
public sealed record SessionLine(Guid Id, Guid PairId, Guid MenteeSellerId, PairPerson Other, DateTimeOffset StartsAt, int LengthMinutes, string When, IReadOnlyList<string> Topics, AttendanceState State, string Stands, bool AsksMe);

/// <summary>A pair that may book.</summary>
public sealed record PairToBook(Guid PairId, PairPerson Other, string Program);

/// <summary>The sessions of somebody on one side.</summary>
/// <param name="Ahead">The next first.</param>
/// <param name="Past">The newest first, a page of them.</param>
public sealed record SessionListView(Side Side, IReadOnlyList<SessionLine> Ahead, IReadOnlyList<SessionLine> Past, int Page, bool HasMore, IReadOnlyList<PairToBook> Pairs, TimeZoneInfo Zone);

/// <summary>One change of a session's time.</summary>
public sealed record SessionHistory(string What, string At, string Words);

/// <summary>One session, as one of the two sees it.</summary>
/// <param name="Theirs">The same time on the other one's clocks; null where both show the same.</param>
/// <param name="MayChange">It has not begun and is not cancelled.</param>
/// <param name="MayBook">The pair may book times.</param>
/// <param name="MayRate">The reader is the mentee, and can still say how it was.</param>
public sealed record SessionView(
    Guid Id, Guid PairId, Side Side, PairPerson Other, string Program, DateTimeOffset StartsAt, int LengthMinutes, string When, string? Theirs, string Agenda, IReadOnlyList<string> Topics, int AgendaEdition, int Version, string? JoinLink,
    bool IsOpenToJoin, bool IsAhead, bool HasBegun, bool MayChange, bool MayBook, bool MayRate, bool IsCancelled, Attendance Attendance, string Stands, string SayUntil, IReadOnlyList<SessionHistory> History);

/// <summary>Reads sessions for the two who are in them. Nobody else's are found.</summary>
sealed class ReadSessions(GuildhallDb db, PairsThatBook pairs, SessionPeople people, PairNames names, ProgramLookup programs, OwnClock clock, TimeProvider time)
{
    public const int PageSize = 20;

    /// <summary>More than can be booked within two weeks.</summary>
    const int MostAhead = 100;

    public async Task<SessionListView> List(Side side, ShopActor shop, int page, CancellationToken stop)
    {
        page = Math.Clamp(page, 1, int.MaxValue / PageSize);
        var (now, zone) = (time.GetUtcNow(), await clock.Of(shop, stop));
        var ahead = await Ahead(side, shop, now).Take(MostAhead).ToListAsync(stop);
        var past = await Own(side, shop).Where(session => session.State != SessionState.Booked || session.EndsAt <= now).OrderByDescending(session => session.StartsAt).ThenBy(session => session.Id)
            .Skip((page - 1) * PageSize).Take(PageSize + 1).ToListAsync(stop);
        var lines = await Lines(side, [.. ahead, .. past.Take(PageSize)], zone, now, stop);
        return new(side, [.. lines.Take(ahead.Count)], [.. lines.Skip(ahead.Count)], page, past.Count > PageSize, await Pairs(side, shop, stop), zone);
    }

    /// <summary>What a start page shows: sessions ahead, and those that are over and of which the person has not said what came of them.</summary>
    public async Task<(IReadOnlyList<SessionLine> Ahead, IReadOnlyList<SessionLine> ToSay)> OnHome(Side side, ShopActor shop, TimeZoneInfo zone, int most, CancellationToken stop)
    {
        var now = time.GetUtcNow();
        var since = now - Attendance.Window;
        var ahead = await Ahead(side, shop, now).Take(most).ToListAsync(stop);
        var over = await Own(side, shop).Where(session => session.State == SessionState.Booked && session.EndsAt <= now && session.EndsAt > since && !db.Set<Statement>().Any(said => said.SessionId == session.Id && said.Side == side))
            .OrderBy(session => session.StartsAt).ThenBy(session => session.Id).Take(most).ToListAsync(stop);
        var lines = await Lines(side, [.. ahead, .. over], zone, now, stop);
        return ([.. lines.Take(ahead.Count)], [.. lines.Skip(ahead.Count)]);
    }

    public async Task<SessionView?> One(Guid id, Side side, ShopActor shop, CancellationToken stop)
    {
        if (await Own(side, shop).SingleOrDefaultAsync(one => one.Id == id, stop) is not { } session) return null;
        var (now, zone) = (time.GetUtcNow(), await clock.Of(shop, stop));
        var called = await people.Of([session], stop);
        var other = called(session, side.Other());
        var theirZone = await clock.OfShop(side == Side.Mentee ? session.MentorSellerId : session.MenteeSellerId, stop);
        var attendance = AttendanceOf(session, (await Said([id], stop))[id], now);
        var changes = await db.Set<SessionChange>().AsNoTracking().Where(change => change.SessionId == id).OrderByDescending(change => change.Version).ToListAsync(stop);
        return new(
            id, session.PairId, side, other, (await programs.Called([session.ProgramId], stop)).GetValueOrDefault(session.ProgramId) ?? "", session.StartsAt, session.LengthMinutes,
            SessionWords.Own(session.StartsAt, session.LengthMinutes, zone), SessionWords.Theirs(session.StartsAt, other.FirstName, theirZone, zone), session.Agenda, Topics(session.Agenda), session.AgendaEdition, session.Version, session.JoinLink,
            session.IsOpenToJoin(now), session.IsAhead(now), session.State == SessionState.Booked && session.StartsAt <= now, session.Closed(now) is null, await pairs.One(session.PairId, side, shop.SellerId, stop) is not null,
            side == Side.Mentee && session.State == SessionState.Booked && session.EndsAt <= now && now < session.EndsAt + GiveFeedback.Window && !await db.Set<Feedback>().AnyAsync(given => given.SessionId == id, stop), session.State == SessionState.Cancelled, attendance, SessionWords.Of(attendance, side, other.FirstName),
            SessionWords.DayAndHour(session.EndsAt + Attendance.Window, zone),
            [.. changes.Select(change => new SessionHistory(change.Deed == SessionDeed.Shifted ? $"A country changed its clocks: {SessionWords.DayAndHour(change.StartsAt, zone)}" : change.Side is null ? "Cancelled, because your time together is over" : $"{(change.Side == side ? "You" : other.Name)} {Did(change, zone)}", SessionWords.DayAndHour(change.At, zone), change.Words))]);
    }

    /// <summary>Sessions of a mentor that are over, not missed by what they said, and of which nothing is written down.</summary>
    public async Task<IReadOnlyList<SessionLine>> ToLog(ShopActor shop, TimeZoneInfo zone, int most, CancellationToken stop)
    {
        var now = time.GetUtcNow();
        var since = now - Attendance.Window;
        var over = await Own(Side.Mentor, shop).Where(session => session.State == SessionState.Booked && session.EndsAt <= now && session.EndsAt > since && !db.Set<SessionNote>().Any(note => note.SessionId == session.Id)
                && !db.Set<Statement>().Any(said => said.SessionId == session.Id && said.Side == Side.Mentor && said.Outcome != Outcome.Met))
            .OrderBy(session => session.StartsAt).ThenBy(session => session.Id).Take(most).ToListAsync(stop);
        return await Lines(Side.Mentor, over, zone, now, stop);
    }

    /// <summary>Sessions of a mentee that they say were held, and of which they have not said how they were.</summary>
    public async Task<IReadOnlyList<SessionLine>> ToRate(ShopActor shop, TimeZoneInfo zone, int most, CancellationToken stop)
    {
        var now = time.GetUtcNow();
        var since = now - GiveFeedback.Window;
        var held = await Own(Side.Mentee, shop).Where(session => session.State == SessionState.Booked && session.EndsAt <= now && session.EndsAt > since && !db.Set<Feedback>().Any(given => given.SessionId == session.Id)
                && db.Set<Statement>().Any(said => said.SessionId == session.Id && said.Side == Side.Mentee && said.Outcome == Outcome.Met))
            .OrderBy(session => session.StartsAt).ThenBy(session => session.Id).Take(most).ToListAsync(stop);
        return await Lines(Side.Mentee, held, zone, now, stop);
    }

    /// <summary>Whether a pair ever booked a session.</summary>
    public Task<bool> HasAny(Guid pairId, CancellationToken stop) => db.Set<Session>().AnyAsync(session => session.PairId == pairId, stop);

    public async Task<IReadOnlyList<PairToBook>> Pairs(Side side, ShopActor shop, CancellationToken stop)
    {
        var mine = await pairs.Of(side, shop.SellerId, stop);
        if (mine.Count == 0) return [];
        var called = await names.Of(mine.Select(pair => pair.On(side.Other())), stop);
        var programsCalled = await programs.Called([.. mine.Select(pair => pair.ProgramId).Distinct()], stop);
        return [.. mine.Select(pair => new PairToBook(pair.Id, called(pair.On(side.Other())), programsCalled.GetValueOrDefault(pair.ProgramId) ?? ""))];
    }

    IQueryable<Session> Own(Side side, ShopActor shop) => db.Set<Session>().AsNoTracking().Where(session => (side == Side.Mentee ? session.MenteeSellerId : session.MentorSellerId) == shop.SellerId);

    IQueryable<Session> Ahead(Side side, ShopActor shop, DateTimeOffset now) => Own(side, shop).Where(session => session.State == SessionState.Booked && session.EndsAt > now).OrderBy(session => session.StartsAt).ThenBy(session => session.Id);

    async Task<IReadOnlyList<SessionLine>> Lines(Side side, List<Session> sessions, TimeZoneInfo zone, DateTimeOffset now, CancellationToken stop)
    {
        if (sessions.Count == 0) return [];
        var called = await people.Of(sessions, stop);
        var said = await Said([.. sessions.Where(session => session.EndsAt <= now).Select(session => session.Id)], stop);
        return [.. sessions.Select(session =>
        {
            var other = called(session, side.Other());
            var attendance = AttendanceOf(session, said[session.Id], now);
            return new SessionLine(
                session.Id, session.PairId, session.MenteeSellerId, other, session.StartsAt, session.LengthMinutes, SessionWords.Own(session.StartsAt, session.LengthMinutes, zone), Topics(session.Agenda), attendance.State, SessionWords.Of(attendance, side, other.FirstName),
                attendance.CanBeSaid && attendance.Says(side) is null);
        })];
    }

    async Task<ILookup<Guid, Statement>> Said(IReadOnlyCollection<Guid> sessionIds, CancellationToken stop) =>
        (sessionIds.Count == 0 ? [] : await db.Set<Statement>().AsNoTracking().Where(said => sessionIds.Contains(said.SessionId)).ToListAsync(stop)).ToLookup(said => said.SessionId);

    static Attendance AttendanceOf(Session session, IEnumerable<Statement> said, DateTimeOffset now)
    {
        var bySide = said.ToDictionary(one => one.Side, one => (Outcome?)one.Outcome);
        return Attendance.Of(session.State == SessionState.Cancelled, session.EndsAt, bySide.GetValueOrDefault(Side.Mentee), bySide.GetValueOrDefault(Side.Mentor), now);
    }

    static IReadOnlyList<string> Topics(string agenda) => [.. agenda.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    static string Did(SessionChange change, TimeZoneInfo zone) => change.Deed switch
    {
        SessionDeed.Booked => $"booked it for {SessionWords.DayAndHour(change.StartsAt, zone)}",
        SessionDeed.Moved => $"moved it to {SessionWords.DayAndHour(change.StartsAt, zone)}",
        _ => "cancelled it",
    };
}
