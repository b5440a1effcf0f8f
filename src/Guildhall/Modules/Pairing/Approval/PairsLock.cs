using Guildhall.Platform.Database;

namespace Guildhall.Modules.Pairing;

/// <summary>One at a time chooses, approves or takes back the pairs of a program: what is read after this stays as it is until the transaction ends.</summary>
static class PairsLock
{
    public static Task LockPairs(this GuildhallDb db, Guid programId, CancellationToken stop) =>
        db.LockUntilCommit($"pairs of {programId}", stop);
}
