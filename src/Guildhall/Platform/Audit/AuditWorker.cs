using Guildhall.Platform.Database;
using Guildhall.Platform.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Platform.Audit;

/// <summary>Puts what was added to the trail into the chain, in one order, every few seconds on whichever node comes first. So a long import never holds up anybody else's entry, and two nodes never fork the chain.</summary>
sealed class AuditWorker(IDbContextFactory<GuildhallDb> databases, TimeProvider clock, ILogger<AuditWorker> log)
    : Worker(TimeSpan.FromSeconds(5), "The audit trail could not be sealed", log)
{
    const int MostAtOnce = 1_000;

    protected override Task Look(CancellationToken stop) => Seal(databases, clock, stop);

    /// <returns>How many rows were put into the chain.</returns>
    public static async Task<int> Seal(IDbContextFactory<GuildhallDb> databases, TimeProvider clock, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        var all = 0;
        while (true)
        {
            var now = clock.GetUtcNow();
            // Asked first without the lock on the head of the chain: mostly there is nothing.
            if (!await db.Set<AuditPending>().AnyAsync(stop)) return all;
            var sealedRows = await db.Database.SqlQuery<int>($"SELECT platform.seal_audit({now}, {MostAtOnce}) AS \"Value\"").SingleAsync(stop);
            all += sealedRows;
            if (sealedRows < MostAtOnce) return all;
        }
    }
}
