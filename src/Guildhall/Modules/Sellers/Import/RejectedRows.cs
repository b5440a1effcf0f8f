using System.Text;
using CsvHelper;
using Npgsql;

namespace Guildhall.Modules.Sellers;

/// <summary>
/// The rejected rows of an import as a file: line, column, code, reason and the value as it was. A value that a spreadsheet would run as a
/// formula gets an apostrophe in front, and so does one that begins with an apostrophe: taking one off gives back every value exactly.
/// </summary>
sealed class RejectedRows(NpgsqlDataSource database)
{
    public async Task Write(Guid import, Stream output, CancellationToken stop)
    {
        await using var command = database.CreateCommand("""SELECT line, "column", code, value FROM sellers.import_reject WHERE import_id = $1 ORDER BY line""");
        command.Parameters.Add(new() { Value = import });
        await using var reader = await command.ExecuteReaderAsync(stop);

        await using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 14, leaveOpen: true);
        await using var csv = CsvWriter.Create(writer, leaveOpen: true);
        Row(csv, "line", "column", "code", "reason", "value");
        while (await reader.ReadAsync(stop))
        {
            var code = reader.GetString(2);
            Row(csv, reader.GetInt64(0).ToString(System.Globalization.CultureInfo.InvariantCulture), Text(reader, 1), code, RejectReasons.Of(code), Text(reader, 3));
        }
    }

    public static string Defused(string value) => value.Length > 0 && StartsLikeFormula(value) ? "'" + value : value;

    // Spreadsheets also take the full-width forms; leading blanks and line breaks don't stop them.
    static bool StartsLikeFormula(string value) => value.TrimStart() is { Length: > 0 } seen
        ? seen[0] is '=' or '+' or '-' or '@' or '\'' or '＝' or '＋' or '－' or '＠' or '\0' || value[0] is '\t' or '\r' or '\n'
        : value[0] is '\t' or '\r' or '\n';

    static string Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? "" : Defused(reader.GetString(column));

    static void Row(CsvWriter csv, params ReadOnlySpan<string> cells)
    {
        foreach (var cell in cells) csv.WriteField(cell);
        csv.EndRecord();
    }
}
