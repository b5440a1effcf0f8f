using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Pairing;

/// <summary>Brings a pair that stood to its end, for the module that knows why. The mentor's place is free with it; whether the mentee waits for somebody else, the reason says.</summary>
public sealed class EndPair
{
    readonly GuildhallDb db;
    readonly PairEvents events;
    readonly TimeProvider clock;

    internal EndPair(GuildhallDb db, PairEvents events, TimeProvider clock) => (this.db, this.events, this.clock) = (db, events, clock);

    /// <summary>Joins the transaction that is open and takes the lock under which pairs are decided; the caller saves.</summary>
    public async Task<Refusal?> Run(Guid pairId, PairEnd because, CancellationToken stop)
    {
        await db.LockPairs(stop);
        if (await db.Set<Proposal>().SingleOrDefaultAsync(p => p.Id == pairId, stop) is not { } pair) return Refusal.NotFound("pair");
        if (pair.End(because, clock.GetUtcNow()).Refusal is { } refusal) return refusal;
        await events.Ended([pair], PairEvents.Of(because), stop);
        return null;
    }
}
