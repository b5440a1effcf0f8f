using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Pairing;

/// <summary>One at a time chooses, approves or takes back the pairs of a program: what is read after this stays as it is until the transaction ends.</summary>
static class PairsLock
{
    public static Task LockPairs(this GuildhallDb db, Guid programId, CancellationToken stop) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({programId.ToString()}, 0))", stop);
}
