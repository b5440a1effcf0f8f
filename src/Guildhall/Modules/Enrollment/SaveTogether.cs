using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>Saves many participants of a program at once, all or none.</summary>
static class SaveTogether
{
    /// <summary>False when somebody else saved some of them first: then nothing was saved.</summary>
    public static async Task<bool> SaveParticipants(this GuildhallDb db, Guid programId, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        // One list of a program at a time: two that overlap in different orders would each wait for the other.
        await db.LockUntilCommit($"participants of {programId}", stop);
        try
        {
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateException refused) when (refused.IsLostRace())
        {
            return false;
        }

        await transaction.CommitAsync(stop);
        return true;
    }
}
