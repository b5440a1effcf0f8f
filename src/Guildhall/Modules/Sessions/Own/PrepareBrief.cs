using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Mentorships;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Sessions;

/// <summary>The page to read before a session.</summary>
/// <param name="Met">"You have met 3 times, last on Tue 3 Nov 2026."</param>
/// <param name="Agreed">The next step that was written down the last time; null where there is none.</param>
/// <param name="Then">The day that figures are compared with.</param>
/// <param name="Pair">Null when the two don’t work together any more.</param>
public sealed record SessionBrief(string Met, string? Agreed, string Then, PairBrief? Pair);

/// <summary>Brings together for one of the two what happened since they last met.</summary>
sealed class PrepareBrief(GuildhallDb db, IBriefPairs pairs, OwnClock clock, TimeProvider time)
{
    /// <summary>How far back figures are compared where the two have not met yet.</summary>
    const int DaysBack = 28;

    public async Task<SessionBrief> Of(Guid pairId, Side side, ShopActor shop, CancellationToken stop)
    {
        var (now, zone) = (time.GetUtcNow(), await clock.Of(shop, stop));
        // One that the two tell differently was not held; one that only one of them speaks of is said to be so.
        var told = db.Set<Session>().Where(one => one.PairId == pairId && one.State == SessionState.Booked && one.EndsAt <= now
            && db.Set<Statement>().Any(said => said.SessionId == one.Id) && !db.Set<Statement>().Any(said => said.SessionId == one.Id && said.Outcome != Outcome.Met));
        var held = told.Where(one => db.Set<Statement>().Count(said => said.SessionId == one.Id) == 2);
        var count = await held.CountAsync(stop);
        var last = await (count > 0 ? held : told).OrderByDescending(one => one.StartsAt).Select(one => new { one.StartsAt, Next = db.Set<SessionNote>().Where(note => note.SessionId == one.Id).Select(note => note.NextStep).SingleOrDefault() }).FirstOrDefaultAsync(stop);
        var then = last is null ? Today(now).AddDays(-DaysBack) : Today(last.StartsAt);
        return new(
            last is null ? "You have not met yet." : count == 0 ? $"One of you says that you met on {SessionWords.DayAndHour(last.StartsAt, zone)}. The other has not said so yet." : $"You have met {(count == 1 ? "once" : $"{count:N0} times")}, {(count == 1 ? "on" : "last on")} {SessionWords.DayAndHour(last.StartsAt, zone)}.",
            last?.Next is { Length: > 0 } next ? next : null, SessionWords.Day(then), await pairs.Brief(pairId, side, shop, then, stop));

        DateOnly Today(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);
    }
}
