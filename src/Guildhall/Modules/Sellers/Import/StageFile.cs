using System.Threading.Channels;
using Guildhall.Platform;
using Npgsql;

namespace Guildhall.Modules.Sellers;

/// <summary>
/// Reads a file into its staging table, batch by batch. Each batch is committed with the place in the file after it, so that whoever comes next
/// goes on from there. While one batch travels to the server, the next is parsed.
/// </summary>
static class StageFile
{
    // 32,768 rows are about 3 MB: small enough to lose, large enough that a commit a batch doesn't show (measured: 156 commits of 5,000,000 rows take 0.3 s).
    public const int BatchRows = 1 << 15;

    sealed record Batch(CopyRows Rows, CopyRows Rejects)
    {
        public long Read { get; set; }
        public long Rejected { get; set; }
        public long NextByte { get; set; }
        public long NextLine { get; set; }
        public bool HasRepeatedDays { get; set; }
        public bool IsLast { get; set; }
    }

    public static async Task<Refusal?> Run(NpgsqlConnection connection, Import import, ImportFile file, ColumnMapping mapping, Action<long>? progress, CancellationToken stop)
    {
        var sql = new StagingSql(import.Id, import.Rows, mapping);
        await Resume(connection, import, sql, stop);
        if (import.IsRead) return null;

        var sellers = import.Rows.BelongsToSellers ? await KnownSellers(connection, stop) : new([]);

        using var failed = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var full = Channel.CreateBounded<Batch>(1);
        var empty = Channel.CreateUnbounded<Batch>();
        for (var spare = 0; spare < 3; spare++) empty.Writer.TryWrite(new(new(), new()));

        var reading = Task.Run(() => ReadBatches(import, file, mapping, sellers, empty.Reader, full.Writer, failed.Token), CancellationToken.None);
        try
        {
            await foreach (var batch in full.Reader.ReadAllAsync(stop))
            {
                await Write(connection, import, sql, batch, stop);
                progress?.Invoke(import.RowsRead);
                empty.Writer.TryWrite(batch);
            }
        }
        finally
        {
            await failed.CancelAsync();
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return await reading;
    }

    /// <summary>Whether every row that was staged is still there: a crash of the database empties the table.</summary>
    public static async Task<bool> IsWhole(NpgsqlConnection connection, Import import, StagingSql sql, CancellationToken stop) =>
        await connection.Value<long>(sql.CountStaged, stop) == import.RowsStaged;

    /// <summary>Takes up the staged rows of an interrupted run, unless a crash of the database emptied them: then everything begins again.</summary>
    static async Task Resume(NpgsqlConnection connection, Import import, StagingSql sql, CancellationToken stop)
    {
        await connection.Execute(sql.Create, stop);
        if ((import.IsRead || import.NextByte > 0) && await IsWhole(connection, import, sql, stop))
        {
            // The marks of the days read so far are gone with the process; the database is asked instead.
            import.HasRepeatedDays = true;
            return;
        }
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await connection.Execute($"TRUNCATE {sql.Staging}", stop);
        await connection.Execute("DELETE FROM sellers.import_reject WHERE import_id = $1", stop, import.Id);
        (import.RowsRead, import.RowsStaged, import.RowsRejected, import.NextByte, import.NextLine) = (0, 0, 0, 0, 1);
        (import.IsRead, import.HasRepeatedDays) = (false, false);
        await SaveCheckpoint(connection, import, stop);
        await transaction.CommitAsync(stop);
    }

    static async Task<SellerIds> KnownSellers(NpgsqlConnection connection, CancellationToken stop)
    {
        var known = new List<(string, Guid)>();
        await using var command = new NpgsqlCommand("SELECT external_id, id FROM sellers.seller", connection);
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop)) known.Add((reader.GetString(0), reader.GetGuid(1)));
        return new(known);
    }

    static async Task<Refusal?> ReadBatches(
        Import import, ImportFile file, ColumnMapping mapping, SellerIds sellers, ChannelReader<Batch> empty, ChannelWriter<Batch> full, CancellationToken stop)
    {
        try
        {
            using var source = file.Rows(import.NextByte, import.NextLine);
            // Somewhere it is tomorrow already; past that, a day that has not come is a typing slip, and figures would be read as of it.
            var lastDay = DateOnly.FromDateTime(import.CreatedAt.UtcDateTime).AddDays(1);
            var conversion = new RowConversion(import.Rows, mapping, import.Currency, source.Headers, sellers, lastDay);
            source.StrayName = name =>
            {
                if (mapping.Misses(import.Rows, name)) throw new UnreadableFileException(ImportRefusals.LateColumn(name, source.Line));
            };
            var hasRow = source.Read();
            do
            {
                var batch = await empty.ReadAsync(stop);
                hasRow = Fill(batch, import.Id, source, conversion, hasRow);
                await full.WriteAsync(batch, stop);
            }
            while (hasRow);
            return null;
        }
        catch (UnreadableFileException unreadable)
        {
            return unreadable.Refusal;
        }
        finally
        {
            full.Complete();
        }
    }

    static bool Fill(Batch batch, Guid importId, RowSource source, RowConversion conversion, bool hasRow)
    {
        batch.Rows.Clear();
        batch.Rejects.Clear();
        batch.Rejected = 0;
        for (batch.Read = 0; hasRow && batch.Read < BatchRows; hasRow = source.Read())
        {
            var problems = conversion.Convert(source, batch.Rows);
            for (var number = 0; number < problems.Count; number++) Reject(batch.Rejects, importId, source.Line, number + 1, problems[number]);
            if (problems.Count > 0) batch.Rejected++;
            batch.Read++;
        }
        if (hasRow) (batch.NextByte, batch.NextLine) = (source.ByteOffset, source.Line);
        batch.IsLast = !hasRow;
        batch.HasRepeatedDays = conversion.HasRepeatedDays;
        return hasRow;
    }

    static void Reject(CopyRows rejects, Guid importId, long line, int number, RowProblem problem)
    {
        rejects.BeginRow(6);
        rejects.Uuid(importId);
        rejects.Int64(line);
        rejects.Int16((short)number);
        if (problem.Column is null) rejects.Null();
        else rejects.Text(problem.Column);
        rejects.Text(problem.Code);
        if (problem.Value is null) rejects.Null();
        else rejects.Text(problem.Value);
    }

    static async Task Write(NpgsqlConnection connection, Import import, StagingSql sql, Batch batch, CancellationToken stop)
    {
        await using var transaction = await connection.BeginTransactionAsync(stop);
        if (batch.Rows.Count > 0) await Copy(connection, sql.Copy, batch.Rows, stop);
        if (batch.Rejects.Count > 0) await Copy(connection, """COPY sellers.import_reject (import_id, line, number, "column", code, value) FROM STDIN (FORMAT BINARY)""", batch.Rejects, stop);
        import.RowsRead += batch.Read;
        import.RowsStaged += batch.Rows.Count;
        import.RowsRejected += batch.Rejected;
        import.HasRepeatedDays |= batch.HasRepeatedDays;
        if (batch.IsLast) import.IsRead = true;
        else (import.NextByte, import.NextLine) = (batch.NextByte, batch.NextLine);
        await SaveCheckpoint(connection, import, stop);
        await transaction.CommitAsync(stop);
    }

    static async Task Copy(NpgsqlConnection connection, string sql, CopyRows rows, CancellationToken stop)
    {
        await using var stream = await connection.BeginRawBinaryCopyAsync(sql, stop);
        await stream.WriteAsync(rows.Finished(), stop);
    }

    static async Task SaveCheckpoint(NpgsqlConnection connection, Import import, CancellationToken stop) =>
        await connection.Execute("""
            UPDATE sellers.import SET rows_read = $2, rows_staged = $3, rows_rejected = $4, next_byte = $5, next_line = $6, is_read = $7, has_repeated_days = $8 WHERE id = $1
            """, stop, import.Id, import.RowsRead, import.RowsStaged, import.RowsRejected, import.NextByte, import.NextLine, import.IsRead, import.HasRepeatedDays);
}
