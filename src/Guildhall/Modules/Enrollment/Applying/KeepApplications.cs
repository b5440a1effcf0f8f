using Guildhall.Platform.Database;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>Removes applications that led nowhere, with their reviews.</summary>
sealed class KeepApplications(GuildhallDb db) : IKeepForAWhile
{
    public KeptKind Kind { get; } = new("applications", "Applications that were declined or taken back", "To answer an appeal, and so that a shop that applies again is not asked for everything anew.", 12);

    public async Task<int> Remove(DateTimeOffset before, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var old = await db.Database.SqlQuery<Guid>($"DELETE FROM enrollment.application WHERE state IN ('Declined', 'Withdrawn') AND decided_at < {before} RETURNING id AS \"Value\"").ToListAsync(stop);
        await db.Set<VettingReview>().Where(review => old.Contains(review.ApplicationId)).ExecuteDeleteAsync(stop);
        await transaction.CommitAsync(stop);
        return old.Count;
    }
}
