using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Mentorships;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Sessions;

/// <summary>A session of which the two say different things, as the program's team reads it.</summary>
public sealed record DisputedSession(string When, string MenteeSays, string MentorSays, string? CorrectableUntil);

/// <summary>Shows the program's team the sessions of which the two say different things, until the two agree or it is too long ago to be cleared up.</summary>
sealed class DisputedSessions(GuildhallDb db, MarketplaceZone zones, TimeProvider clock) : IKnowConcerns, IAddToPair
{
    /// <summary>Nobody clears up later what was said of a session.</summary>
    static readonly TimeSpan open = TimeSpan.FromDays(28);

    const int MostShown = 20;

    public async Task<IReadOnlyList<Concern>> Open(IReadOnlyCollection<Guid> mentorshipIds, CancellationToken stop)
    {
        var since = clock.GetUtcNow() - open;
        return [.. (await Disputed().Where(session => mentorshipIds.Contains(session.PairId) && session.EndsAt > since).Select(session => new { session.PairId, session.StartsAt }).ToListAsync(stop))
            .Select(session => new Concern(session.PairId, ConcernKind.Attendance, session.StartsAt))];
    }

    public async Task<IReadOnlyList<HomeCard>> CardsOf(Guid mentorshipId, string pairPath, CancellationToken stop)
    {
        var sessions = await Disputed().Where(session => session.PairId == mentorshipId).OrderByDescending(session => session.StartsAt).Take(MostShown)
            .Select(session => new { session.StartsAt, session.EndsAt, Said = db.Set<Statement>().Where(said => said.SessionId == session.Id).Select(said => new { said.Side, said.Outcome }).ToList() }).ToListAsync(stop);
        if (sessions.Count == 0) return [];
        var (zone, now) = (await zones.Of(stop), clock.GetUtcNow());
        return [HomeCard.Of<DisputedCard>(5, ("Sessions", (IReadOnlyList<DisputedSession>)[.. sessions.Select(session => new DisputedSession(
            SessionWords.DayAndHour(session.StartsAt, zone), Words(session.Said.Single(said => said.Side == Side.Mentee).Outcome), Words(session.Said.Single(said => said.Side == Side.Mentor).Outcome),
            now < session.EndsAt + Attendance.Window ? SessionWords.DayAndHour(session.EndsAt + Attendance.Window, zone) : null))]))];
    }

    IQueryable<Session> Disputed() => db.Set<Session>().AsNoTracking().Where(session => session.State == SessionState.Booked
        && db.Set<Statement>().Where(said => said.SessionId == session.Id).Select(said => said.Outcome).Distinct().Count() > 1);

    static string Words(Outcome outcome) => outcome switch { Outcome.Met => "they met", Outcome.MenteeMissing => "the mentee did not come", _ => "the mentor did not come" };
}
