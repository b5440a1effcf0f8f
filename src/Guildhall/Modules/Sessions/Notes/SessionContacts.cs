using Guildhall.Modules.Mentorships;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Sessions;

/// <summary>Counts sessions as contact where both say that they met: one side's word alone, or a time that passed, is none.</summary>
sealed class SessionContacts(GuildhallDb db, TimeProvider clock) : IKnowContacts
{
    public async Task<IReadOnlyList<Contact>> Since(IReadOnlyCollection<Guid> mentorshipIds, DateTimeOffset since, CancellationToken stop) =>
        [.. (await db.Set<Session>().Where(session => mentorshipIds.Contains(session.PairId) && session.StartsAt >= since && session.State == SessionState.Booked
                && db.Set<Statement>().Count(said => said.SessionId == session.Id && said.Outcome == Outcome.Met) == 2)
            .Select(session => new { session.PairId, session.StartsAt }).ToListAsync(stop)).Select(session => new Contact(session.PairId, ContactKind.Session, session.StartsAt))];

    public async Task<IReadOnlySet<Guid>> WithPlans(IReadOnlyCollection<Guid> mentorshipIds, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        return (await db.Set<Session>().Where(session => mentorshipIds.Contains(session.PairId) && session.State == SessionState.Booked && session.EndsAt > now).Select(session => session.PairId).Distinct().ToListAsync(stop)).ToHashSet();
    }
}
