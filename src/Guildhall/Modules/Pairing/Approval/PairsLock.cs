using Guildhall.Platform.Database;

namespace Guildhall.Modules.Pairing;

/// <summary>
/// One at a time chooses, approves or takes back pairs: what is read after this stays as it is until the transaction ends. Of all programs together, because a mentee's
/// one mentor and a mentor's places belong to the person, who may be in two programs.
/// </summary>
static class PairsLock
{
    public static Task LockPairs(this GuildhallDb db, CancellationToken stop) => db.LockUntilCommit("pairs", stop);
}
