using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Guildhall.Modules.Sellers;

/// <summary>
/// Takes an import as far as it can go without anyone: from the file to the decision, or from the decision to the end. Safe to call again after
/// any interruption, and from any node: the one that holds the import's lock does the work, and a lost connection lets go of it.
/// </summary>
sealed class RunImport(NpgsqlDataSource database, IDbContextFactory<GuildhallDb> databases, TimeProvider clock)
{
    /// <summary>Runs one step; the answer is how the import stands then.</summary>
    /// <param name="file">Opens the bytes of a file that isn't stored in the database.</param>
    public Task<Result<Import>> Run(Guid id, Func<Stream>? file, Action<long>? progress, CancellationToken stop) =>
        Alone(id, connection => Advance(connection, id, file, progress, stop), stop);

    /// <summary>Refuses an import that fails whenever it is gone on with, so that its importer hears of it. What takes effect does so at once and last, so nothing has.</summary>
    public Task<Result<Import>> GiveUp(Guid id, CancellationToken stop) => Alone(id, async connection =>
    {
        if (await Load(id, stop) is not { } import) return Refusal.NotFound("import");
        return import.State is ImportState.Staging or ImportState.Switching ? await Refuse(connection, import, ImportRefusals.CouldNotGoOn, stop) : import;
    }, stop);

    async Task<Result<Import>> Alone(Guid id, Func<NpgsqlConnection, Task<Result<Import>>> work, CancellationToken stop)
    {
        // Its own connection, outside the pool's reuse: the lock must end with the work, whatever happens.
        await using var connection = await database.OpenConnectionAsync(stop);
        if (!await connection.Value<bool>("SELECT pg_try_advisory_lock(hashtextextended('import ' || $1::text, 0))", stop, id))
            return Refusal.Conflict("import_running", "This import is being worked on already. Nothing was changed by this call. Look at its page to see how far it is.");
        try
        {
            return await work(connection);
        }
        finally
        {
            if (connection.FullState.HasFlag(System.Data.ConnectionState.Open))
                await connection.Execute("SELECT pg_advisory_unlock(hashtextextended('import ' || $1::text, 0))", CancellationToken.None, id);
        }
    }

    async Task<Result<Import>> Advance(NpgsqlConnection connection, Guid id, Func<Stream>? file, Action<long>? progress, CancellationToken stop)
    {
        var import = await Load(id, stop);
        if (import is null) return Refusal.NotFound("import");
        var mapping = ColumnMapping.FromJson(import.Mapping)!;
        // The command's importer has decided before the first row is read; the page's decides once, also where the rows have to be read again.
        var isDecided = !import.IsStored || import.State == ImportState.Switching;

        // Asked on the connection that takes the rows: a crash after this ends the connection too.
        if (import.State == ImportState.Switching && !await StageFile.IsWhole(connection, import, new(id, import.Rows, mapping), stop))
        {
            import.State = ImportState.Staging;
            await connection.Execute("UPDATE sellers.import SET state = $2 WHERE id = $1", stop, id, import.State.ToString());
        }
        // A file of the command lies where only the command finds it.
        if (import.State == ImportState.Staging && (import.IsStored || file is not null))
        {
            var open = file ?? (() => new StoredFile(database, id, import.Bytes));
            var refusal = await Check(connection, import, open, mapping, isDecided, progress, stop);
            if (refusal is not null) return await Refuse(connection, import, refusal, stop);
        }
        if (import.State == ImportState.Switching) await SwitchIn.Run(connection, import, mapping, clock.GetUtcNow(), stop);
        return import;
    }

    static async Task<Refusal?> Check(NpgsqlConnection connection, Import import, Func<Stream> open, ColumnMapping mapping, bool isDecided, Action<long>? progress, CancellationToken stop)
    {
        if (!ImportFile.Inspect(open, import.Bytes).Succeeded(out var file, out var refusal)) return refusal;
        if (mapping.Check(import.Rows, file.Preview.Headers) is { } unfit) return unfit;
        if (import.Currency is null && mapping.FillsMoney(import.Rows)) return ImportRefusals.NoCurrency;
        if (await StageFile.Run(connection, import, file, mapping, progress, stop) is { } unreadable) return unreadable;
        if (import.RowsRead == 0) return ImportRefusals.OnlyHeader;

        return await RejectRepeatedKeys(connection, import, mapping, isDecided, stop);
    }

    /// <summary>Looks for keys that came twice, and moves on to the next state in the same transaction.</summary>
    static async Task<Refusal?> RejectRepeatedKeys(NpgsqlConnection connection, Import import, ColumnMapping mapping, bool isDecided, CancellationToken stop)
    {
        var sql = new StagingSql(import.Id, import.Rows, mapping);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await connection.Execute("SET LOCAL work_mem = '64MB'", stop);
        var mayRepeat = import.Rows != ImportKind.Days || import.HasRepeatedDays;
        if (mayRepeat && await connection.Value<bool>(sql.HasRepeatedKeys, stop))
        {
            if (import.Rows == ImportKind.Events) import.RowsRepeated = await connection.Execute(sql.DropRepeats, stop);
            import.RowsRejected += await connection.Execute(sql.RejectRepeatedKeys, stop, import.Id, sql.RepeatedKeyColumn);
            import.RowsStaged = await connection.Value<long>(sql.CountStaged, stop);
        }
        // Who decides is told; an import that is decided counts them when it takes effect.
        if (!isDecided && import.Rows.BelongsToSellers) import.RowsAside = await connection.Value<long>(sql.CountStrangers, stop);
        var isRefused = isDecided && !import.SkipBadRows && import.RowsRejected > 0;
        if (!isRefused) import.State = isDecided ? ImportState.Switching : ImportState.Checked;
        await connection.Execute("UPDATE sellers.import SET state = $2, rows_rejected = $3, rows_staged = $4, rows_repeated = $5, rows_aside = $6 WHERE id = $1", stop,
            import.Id, import.State.ToString(), import.RowsRejected, import.RowsStaged, import.RowsRepeated, import.RowsAside);
        await transaction.CommitAsync(stop);
        return isRefused ? ImportRefusals.BadRows(import.RowsRejected, import.RowsRead) : null;
    }

    async Task<Result<Import>> Refuse(NpgsqlConnection connection, Import import, Refusal refusal, CancellationToken stop)
    {
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await ThrowAway(connection, import.Id, stop);
        await connection.Execute("UPDATE sellers.import SET state = 'Refused', refusal_code = $2, refusal_message = $3, finished_at = $4 WHERE id = $1", stop,
            import.Id, refusal.Code, refusal.Message, clock.GetUtcNow());
        await transaction.CommitAsync(stop);
        return refusal;
    }

    /// <summary>Removes the bytes and the staged rows of an import that will not be taken.</summary>
    public static async Task ThrowAway(NpgsqlConnection connection, Guid id, CancellationToken stop)
    {
        await DropStaged(connection, id, stop);
        await connection.Execute("DELETE FROM sellers.import_chunk WHERE import_id = $1", stop, id);
    }

    public static Task DropStaged(NpgsqlConnection connection, Guid id, CancellationToken stop) => connection.Execute($"DROP TABLE IF EXISTS sellers.import_{id:N}", stop);

    async Task<Import?> Load(Guid id, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        return await db.Set<Import>().AsNoTracking().SingleOrDefaultAsync(import => import.Id == id, stop);
    }
}
