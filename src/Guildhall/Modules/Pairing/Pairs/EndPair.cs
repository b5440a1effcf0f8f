using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Pairing;

/// <summary>Brings a pair that stood to its end, for the module that knows why. The mentor's place is free with it; whether the mentee waits for somebody else, the reason says.</summary>
public sealed class EndPair(GuildhallDb db, TimeProvider clock)
{
    /// <summary>Joins the transaction that is open and takes the lock under which pairs are decided; the caller saves.</summary>
    public async Task<Refusal?> Run(Guid pairId, PairEnd because, CancellationToken stop)
    {
        await db.LockPairs(stop);
        if (await db.Set<Proposal>().SingleOrDefaultAsync(p => p.Id == pairId, stop) is not { } pair) return Refusal.NotFound("pair");
        return pair.End(because, clock.GetUtcNow()).Refusal;
    }
}
