using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Guildhall.Platform.Database;

/// <summary>Two people who change the same thing at once: the database decides, and the second is told.</summary>
static class Races
{
    /// <summary>Whether somebody else changed the same row, or added the same key, first.</summary>
    public static bool IsLostRace(this DbUpdateException refused) => refused is DbUpdateConcurrencyException || refused.IsTaken();

    /// <summary>Whether somebody else added a row with the same key first.</summary>
    public static bool IsTaken(this DbUpdateException refused) => refused.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    /// <summary>Whether a row that somebody else added stands in the way of this one, such as a session at the same time.</summary>
    public static bool Overlaps(this DbUpdateException refused) => refused.InnerException is PostgresException { SqlState: PostgresErrorCodes.ExclusionViolation };

    /// <summary>Waits until nobody else holds this name, then holds it until the transaction ends.</summary>
    public static Task LockUntilCommit(this GuildhallDb db, string name, CancellationToken stop) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({name}, 0))", stop);

    /// <summary>Holds this name until the transaction ends, together with others who hold it so; whoever locks it for themselves waits for all of them.</summary>
    public static Task ShareUntilCommit(this GuildhallDb db, string name, CancellationToken stop) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock_shared(hashtextextended({name}, 0))", stop);
}
