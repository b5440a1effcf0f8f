using System.Globalization;
using System.Runtime.CompilerServices;
using CsvHelper;
using Guildhall.Platform;
using Npgsql;

namespace Guildhall.Modules.Sellers;

/// <summary>The rejected rows of an import: what is wrong with each, one after another, or all of it as a file that a spreadsheet may open.</summary>
sealed class RejectedRows(NpgsqlDataSource database)
{
    /// <param name="most">How many problems to give; <c>null</c> for all.</param>
    public async IAsyncEnumerable<ImportReject> Of(Guid import, int? most, [EnumeratorCancellation] CancellationToken stop)
    {
        await using var command = database.CreateCommand("""SELECT line, number, "column", code, value, other_line FROM sellers.import_reject WHERE import_id = $1 ORDER BY line, number LIMIT $2""");
        command.Parameters.Add(new() { Value = import });
        command.Parameters.Add(new() { Value = (object?)most ?? DBNull.Value });
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop))
            yield return new() { ImportId = import, Line = reader.GetInt64(0), Number = reader.GetInt16(1), Column = Text(reader, 2), Code = reader.GetString(3), Value = Text(reader, 4), OtherLine = reader.IsDBNull(5) ? null : reader.GetInt64(5) };
    }

    public async Task<long> Count(Guid import, CancellationToken stop)
    {
        await using var command = database.CreateCommand("SELECT count(*) FROM sellers.import_reject WHERE import_id = $1");
        command.Parameters.Add(new() { Value = import });
        return (long)(await command.ExecuteScalarAsync(stop))!;
    }

    /// <summary>Line, column, code, reason and the value as it was: a line for each problem.</summary>
    public async Task Write(Guid import, Stream output, CancellationToken stop)
    {
        // The server takes no synchronous write, and one of these is only seen once the rows outgrow the buffers in between.
        await using var csv = CsvWriter.Create(output, leaveOpen: true);
        await csv.WriteRecordAsync(["line", "column", "code", "reason", "value"], stop);
        await foreach (var problem in Of(import, null, stop))
            await csv.WriteRecordAsync(
                [problem.Line.ToString(CultureInfo.InvariantCulture), SpreadsheetText.Defused(problem.Column ?? ""), problem.Code, RejectReasons.Of(problem), SpreadsheetText.Defused(problem.Value ?? "")], stop);
    }

    static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
