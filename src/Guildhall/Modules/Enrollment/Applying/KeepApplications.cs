using Guildhall.Platform.Database;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>Removes applications that led nowhere, with their reviews, and invitations that are as old.</summary>
sealed class KeepApplications(GuildhallDb db) : IKeepForAWhile
{
    public KeptKind Kind { get; } = new("applications", "Applications that were declined or taken back, and invitations to mentor", "To answer an appeal, and so that a shop that applies again is not asked for everything anew, nor invited again and again.", 12);

    public async Task<int> Remove(DateTimeOffset before, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var old = await db.Database.SqlQuery<Guid>($"DELETE FROM enrollment.application WHERE state IN ('Declined', 'Withdrawn') AND decided_at < {before} RETURNING id AS \"Value\"").ToListAsync(stop);
        await db.Set<VettingReview>().Where(review => old.Contains(review.ApplicationId)).ExecuteDeleteAsync(stop);
        var invitations = await db.Set<MentorInvitation>().Where(invitation => invitation.InvitedAt < before).ExecuteDeleteAsync(stop);
        await transaction.CommitAsync(stop);
        return old.Count + invitations;
    }
}
