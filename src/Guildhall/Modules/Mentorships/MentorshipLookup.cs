using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Mentorships;

/// <summary>That somebody was mentored in a program.</summary>
/// <param name="StartedAt">When both had accepted and the trial began.</param>
/// <param name="ActiveAt">When it became active, with the trial behind it; null where it never did.</param>
public sealed record Mentored(Guid ProgramId, Guid MenteeId, Guid MentorId, DateTimeOffset StartedAt, DateTimeOffset? ActiveAt);

/// <summary>Answers other modules' questions about mentorships.</summary>
public sealed class MentorshipLookup(GuildhallDb db)
{
    /// <summary>Which of some mentorships are paused: nothing is due in them, and nothing is booked.</summary>
    public async Task<IReadOnlySet<Guid>> Paused(IReadOnlyCollection<Guid> ids, CancellationToken stop) =>
        ids.Count == 0 ? new HashSet<Guid>() : (await db.Set<Mentorship>().Where(m => ids.Contains(m.Id) && m.State == MentorshipState.Paused).Select(m => m.Id).ToListAsync(stop)).ToHashSet();

    /// <summary>Since which day a mentorship is paused; null for one that isn't.</summary>
    public async Task<DateOnly?> PausedOn(Guid id, CancellationToken stop) => await db.Set<Mentorship>().Where(m => m.Id == id && m.State == MentorshipState.Paused).Select(m => m.PausedOn).SingleOrDefaultAsync(stop);

    /// <summary>Every mentorship of every program, those that are over too.</summary>
    public async Task<IReadOnlyList<Mentored>> All(CancellationToken stop) =>
        await db.Set<Mentorship>().AsNoTracking().Select(m => new Mentored(
            m.ProgramId, m.MenteeId, m.MentorId, m.StartedAt, db.Set<MentorshipChange>().Where(c => c.MentorshipId == m.Id && c.State == MentorshipState.Active).Min(c => (DateTimeOffset?)c.At))).ToListAsync(stop);

    /// <summary>How many mentees of a program have a mentorship that became active.</summary>
    public Task<int> MenteesWithActive(Guid programId, CancellationToken stop) =>
        db.Set<Mentorship>().Where(m => m.ProgramId == programId && db.Set<MentorshipChange>().Any(c => c.MentorshipId == m.Id && c.State == MentorshipState.Active)).Select(m => m.MenteeId).Distinct().CountAsync(stop);
}
