using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Guildhall.Modules.Sellers;

/// <summary>Takes away the files of imports that nobody came back to.</summary>
sealed class SweepImports(GuildhallDb db, TimeProvider clock)
{
    // A file waits over a weekend and a holiday; beyond that a fresh export is what the importer wants, and gigabytes of sellers' figures lie about.
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    public async Task Run(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var oldest = now - KeptFor;
        var forgotten = await db.Set<Import>()
            .Where(import => import.CreatedAt < oldest && (import.State == ImportState.Received || import.State == ImportState.Checked || (import.State == ImportState.Staging && !import.IsStored)))
            .Select(import => import.Id).ToListAsync(stop);
        foreach (var id in forgotten) await TakeAway(id, now, stop);
    }

    async Task TakeAway(Guid id, DateTimeOffset now, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        // A command may be going on with it at this moment.
        if (!await connection.Value<bool>("SELECT pg_try_advisory_xact_lock(hashtextextended('import ' || $1::text, 0))", stop, id)) return;
        var taken = await connection.Execute("""
            UPDATE sellers.import SET state = 'Refused', refusal_code = 'left_alone', refusal_message = $2, finished_at = $3
            WHERE id = $1 AND (state IN ('Received', 'Checked') OR (state = 'Staging' AND NOT is_stored))
            """, stop, id, $"Nobody decided about this file for {KeptFor.Days} days, so it was taken away. Nothing was imported. Send it again.", now);
        if (taken == 0) return;
        await RunImport.ThrowAway(connection, id, stop);
        await transaction.CommitAsync(stop);
    }
}
