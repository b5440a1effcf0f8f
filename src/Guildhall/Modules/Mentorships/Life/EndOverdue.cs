using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Pairing;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Mentorships;

/// <summary>What the calendar does: trials whose days are over go on, and mentorships that nobody closed are finished two weeks after their last day.</summary>
sealed class EndOverdue(GuildhallDb db, EndPair pairs, MentorshipMail mail, MarketplaceZone zone, TimeProvider clock)
{
    public const int AtOnce = 50;

    /// <summary>So long after their last day both may still close it themselves, with a review.</summary>
    public const int DaysToClose = 14;

    public async Task RunAll(CancellationToken stop)
    {
        while (await Run(stop) == AtOnce) db.ChangeTracker.Clear();
    }

    /// <returns>How many changed; as many as <see cref="AtOnce"/> when there may be more. Those that Pairing doesn't know are tried again at the next time, not at once.</returns>
    public async Task<int> Run(CancellationToken stop)
    {
        var (today, now) = (await zone.Today(stop), clock.GetUtcNow());
        var lastDay = today.AddDays(-DaysToClose);
        var due = db.Set<Mentorship>().Where(m => (m.State == MentorshipState.Trial && m.TrialEndsOn < today) || (m.State == MentorshipState.Active && m.EndsOn < lastDay));
        if (!await due.AnyAsync(stop)) return 0;

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.LockUntilCommit("pairs", stop);
        var overdue = await due.OrderBy(m => m.Id).Take(AtOnce).ToListAsync(stop);
        var changed = overdue.Count;
        foreach (var mentorship in overdue)
        {
            if (mentorship.State == MentorshipState.Trial)
            {
                db.Add(mentorship.EndTrial(today, now).Value);
                foreach (var side in new[] { Side.Mentee, Side.Mentor }) await mail.TrialOver(mentorship, side, stop);
            }
            else if (await pairs.Run(mentorship.Id, PairEnd.Finished, stop) is null)
            {
                db.Add(mentorship.End(PairEnd.Finished, null, null, now).Value);
                await mail.Ended(mentorship, null, stop);
            }
            else
            {
                changed--;
            }
        }

        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return changed;
    }
}
