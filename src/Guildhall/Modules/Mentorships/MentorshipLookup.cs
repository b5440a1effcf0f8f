using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Mentorships;

/// <summary>Answers other modules' questions about mentorships.</summary>
public sealed class MentorshipLookup(GuildhallDb db)
{
    /// <summary>Which of some mentorships are paused: nothing is due in them, and nothing is booked.</summary>
    public async Task<IReadOnlySet<Guid>> Paused(IReadOnlyCollection<Guid> ids, CancellationToken stop) =>
        ids.Count == 0 ? new HashSet<Guid>() : (await db.Set<Mentorship>().Where(m => ids.Contains(m.Id) && m.State == MentorshipState.Paused).Select(m => m.Id).ToListAsync(stop)).ToHashSet();
}
