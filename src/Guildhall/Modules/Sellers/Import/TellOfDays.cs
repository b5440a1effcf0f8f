using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Sellers;

/// <summary>Tells the modules that ask which sellers' days an import wrote, a part of the sellers at a time; what was told is removed in the same transaction, and another node waits for it.</summary>
sealed class TellOfDays(GuildhallDb db, IEnumerable<IHearOfDays> listeners)
{
    // From about so many on, reading whole months once is faster than each seller's days by the index; the figures of one batch are read within seconds.
    const int BatchSize = 5000;

    public async Task Run(CancellationToken stop)
    {
        while (await Batch(stop)) db.ChangeTracker.Clear();
    }

    async Task<bool> Batch(CancellationToken stop)
    {
        // Asked first without the lock: nearly always there is nothing.
        if (!await db.Set<DayChange>().AnyAsync(stop)) return false;
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.LockUntilCommit("tell of days", stop);
        if (await db.Set<DayChange>().OrderBy(change => change.ImportId).Select(change => (Guid?)change.ImportId).FirstOrDefaultAsync(stop) is not { } importId) return false;
        var changes = await db.Set<DayChange>().AsNoTracking().Where(change => change.ImportId == importId).OrderBy(change => change.SellerId).Take(BatchSize).ToListAsync(stop);
        var changed = new ChangedDays(importId, changes.ToDictionary(change => change.SellerId, change => change.FirstDay));
        foreach (var listener in listeners) await listener.Hear(changed, stop);
        await db.Set<DayChange>().Where(change => change.ImportId == importId && changed.FirstDays.Keys.Contains(change.SellerId)).ExecuteDeleteAsync(stop);
        await transaction.CommitAsync(stop);
        return true;
    }
}
