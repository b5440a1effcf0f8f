using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Guildhall.Modules.Enrollment;

/// <summary>Saves many participants of a program at once, all or none.</summary>
static class SaveTogether
{
    /// <summary>False when somebody else saved some of them first: then nothing was saved.</summary>
    public static async Task<bool> SaveParticipants(this GuildhallDb db, Guid programId, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        // One list of a program at a time: two that overlap in different orders would each wait for the other.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({"participants of " + programId}, 0))", stop);
        try
        {
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return false;
        }

        await transaction.CommitAsync(stop);
        return true;
    }
}
