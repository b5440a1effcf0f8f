using Npgsql;

namespace Guildhall.Modules.Sellers;

/// <summary>
/// Puts the staged rows of an import where they belong, all at once: whoever reads sees the figures of before or of after. Written as statements
/// over whole sets; one import switches at a time, so that a seller and the rows that wait for it can't miss each other.
/// </summary>
static class SwitchIn
{
    // Any number will do that no other lock of the product uses.
    public const long SwitchLock = 0x5E11E125;

    public static async Task Run(NpgsqlConnection connection, Import import, ColumnMapping mapping, DateTimeOffset now, CancellationToken stop)
    {
        var sql = new StagingSql(import.Id, import.Rows, mapping);
        await connection.Execute($"ANALYZE {sql.Staging}", stop);

        await using var transaction = await connection.BeginTransactionAsync(stop);
        await connection.Execute("SET LOCAL work_mem = '64MB'", stop);
        await connection.Execute("SELECT pg_advisory_xact_lock($1)", stop, SwitchLock);
        await LeaveOutErased(connection, import, sql, stop);
        if (import.IsDryRun) await transaction.SaveAsync("before", stop);

        var days = import.Rows == ImportKind.Days ? await MakeMonths(connection, sql, stop) : null;
        if (import.Rows.BelongsToSellers) await KeepStrangersAside(connection, import, sql, stop);
        await Merge(connection, import, sql, days, stop);
        if (!import.Rows.BelongsToSellers) await AttachWaiting(connection, import, stop);

        if (import.IsDryRun) await transaction.RollbackAsync("before", stop);
        await connection.Execute(sql.Drop, stop);
        await connection.Execute("DELETE FROM sellers.import_chunk WHERE import_id = $1", stop, import.Id);
        import.State = ImportState.Done;
        await connection.Execute("""
            UPDATE sellers.import SET state = 'Done', finished_at = $2, rows_inserted = $3, rows_updated = $4, rows_unchanged = $5, rows_aside = $6, rows_attached = $7, rows_rejected = $8, rows_staged = $9
            WHERE id = $1
            """, stop, import.Id, now, import.RowsInserted, import.RowsUpdated, import.RowsUnchanged, import.RowsAside, import.RowsAttached, import.RowsRejected, import.RowsStaged);
        await transaction.CommitAsync(stop);
    }

    /// <summary>A shop that was erased stays away, whoever sends it again. Decided here, under the lock that an erasure takes too.</summary>
    static async Task LeaveOutErased(NpgsqlConnection connection, Import import, StagingSql sql, CancellationToken stop)
    {
        if (!await connection.Value<bool>("SELECT EXISTS (SELECT FROM platform.erased_reference)", stop)) return;
        import.RowsRejected += await connection.Execute(sql.RejectErased, stop, import.Id);
        import.RowsStaged -= await connection.Execute(sql.DropErased, stop);
    }

    static async Task<(DateOnly First, DateOnly Last)?> MakeMonths(NpgsqlConnection connection, StagingSql sql, CancellationToken stop)
    {
        var months = await connection.Values<DateOnly>(sql.Months, stop);
        if (months.Count == 0) return null;
        await SellerDayPartitions.Ensure(connection, months, stop);
        return (months[0], months[^1].AddMonths(1).AddDays(-1));
    }

    static async Task KeepStrangersAside(NpgsqlConnection connection, Import import, StagingSql sql, CancellationToken stop)
    {
        await connection.Execute(sql.FindArrivedSellers, stop);
        import.RowsAside = await connection.Execute(sql.KeepAside, stop);
    }

    static async Task Merge(NpgsqlConnection connection, Import import, StagingSql sql, (DateOnly First, DateOnly Last)? days, CancellationToken stop)
    {
        var rows = import.RowsStaged - import.RowsAside;
        if (days is { } range && !await connection.Value<bool>(StagingSql.AnyRowsIn(range), stop))
        {
            // A first load needs no comparison; it would take a third of the whole.
            await connection.Execute(sql.TellOfAll, stop, import.Id);
            import.RowsInserted = await connection.Execute(sql.InsertAll, stop);
            return;
        }
        await connection.Execute(sql.FindDifferences(days), stop);
        if (await connection.Value<bool>("SELECT EXISTS (SELECT FROM difference)", stop))
        {
            await connection.Execute("ANALYZE difference", stop);
            if (import.Rows.DayColumn is not null) await connection.Execute(sql.TellOfDifferent, stop, import.Id);
            import.RowsInserted = await connection.Execute(sql.InsertNew, stop);
            if (sql.UpdateDifferent(days) is { } update) import.RowsUpdated = await connection.Execute(update, stop);
        }
        import.RowsUnchanged = rows - import.RowsInserted - import.RowsUpdated;
    }

    static async Task AttachWaiting(NpgsqlConnection connection, Import import, CancellationToken stop)
    {
        foreach (var kind in ImportKind.All.Where(kind => kind.BelongsToSellers))
            import.RowsAttached += await (kind.DayColumn is null ? connection.Execute(StagingSql.Attach(kind), stop) : connection.Execute(StagingSql.Attach(kind), stop, import.Id));
    }
}
