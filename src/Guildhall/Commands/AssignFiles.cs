using System.Globalization;
using System.IO.Compression;
using System.Text;
using CsvHelper;
using Guildhall.Matching;

namespace Guildhall.Commands;

/// <summary>What the files of an assignment hold, or the one line that says why they can't be used.</summary>
sealed record AssignFiles(AssignmentInstance? Instance, string? Refusal)
{
    // A row of ours is three short cells; this only guards against a quote that is never closed.
    const int LongestRow = 1 << 20;

    /// <summary>Reads mentors, mentees (where given) and pairs, plain or gzip, with rows parsed on <paramref name="threads"/> threads.</summary>
    public static AssignFiles Read(string pairs, string mentors, string? mentees, long seed, int threads, CancellationToken stop)
    {
        var builder = new AssignmentInstanceBuilder(seed);
        var refusal = ReadFile(mentors, ["mentor", "capacity"], Whole, (row, _) => builder.AddMentor(row.First, row.Number), threads, stop);
        if (refusal is null && mentees is not null)
            refusal = ReadFile(mentees, ["mentee", "priority"], Whole, (row, _) => builder.AddMentee(row.First, row.Number), threads, stop);
        var lines = new List<int>();
        refusal ??= ReadFile(pairs, ["mentee", "mentor", "score"], Millionths, (row, line) =>
        {
            lines.Add(line);
            return builder.AddPair(row.First, row.Second, row.Number);
        }, threads, stop);
        if (refusal is not null)
            return new(null, refusal);
        if (builder.Build(out var refusals) is { } instance)
            return new(instance, null);

        var first = refusals[0];
        var file = first.List switch { AssignmentList.Mentors => mentors, AssignmentList.Pairs => pairs, _ => mentees! };
        return new(null, first.Row < 0 ? $"{file} {first.Reason}." : Place(file, lines[first.Row], first.Column, first.Reason));
    }

    delegate string? ParseNumber(ReadOnlySpan<byte> text, out int number);

    readonly record struct Row(string First, string Second, int Number, string? Column, string? Problem, int Line);

    static string? ReadFile(
        string file, string[] columns, ParseNumber parse, Func<Row, int, AssignmentRefusal?> add, int threads, CancellationToken stop)
    {
        try
        {
            using var stream = Open(file);
            using var reader = CsvReader.Create(stream, new CsvReaderOptions
            {
                Separator = ',',
                TrackLineNumbers = true,
                MaxRecordSize = LongestRow,
                Encoding = new UTF8Encoding(false, throwOnInvalidBytes: true),
                MalformedData = CsvMalformedDataHandling.Throw,
            });
            reader.ReadHeader();
            var at = new int[columns.Length];
            for (var c = 0; c < columns.Length; c++)
            {
                at[c] = Array.IndexOf(reader.Headers.ToArray(), columns[c]);
                if (at[c] < 0)
                    return Place(file, 1, columns[c], $"is not in the header; the first line names {string.Join(',', columns)}");
            }
            var width = reader.Headers.Count;
            Row Select(CsvReader cells) => Parse(cells, columns, at, width, parse);
            foreach (var row in threads > 1 ? reader.ParallelEnumerate(Select, threads) : InTurn(reader, Select))
            {
                stop.ThrowIfCancellationRequested();
                if (row.Problem is not null)
                    return Place(file, row.Line, row.Column, row.Problem);
                if (add(row, row.Line) is { } refusal)
                    return Place(file, row.Line, refusal.Column, refusal.Reason);
            }
            return null;
        }
        catch (CsvFormatException e)
        {
            return $"{file} can’t be read as CSV: {e.Message}";
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return Unreadable(file, e);
        }
    }

    static IEnumerable<Row> InTurn(CsvReader reader, Func<CsvReader, Row> select)
    {
        while (reader.Read())
            yield return select(reader);
    }

    static Row Parse(CsvReader cells, string[] columns, int[] at, int width, ParseNumber parse)
    {
        var line = (int)cells.LineNumber;
        if (cells.FieldCount != width)
            return new("", "", 0, null, string.Create(CultureInfo.InvariantCulture, $"has {cells.FieldCount} cells where the header has {width}"), line);
        var last = columns.Length - 1;
        if (parse(cells.GetSpan(at[last]), out var number) is { } problem)
            return new("", "", 0, columns[last], problem, line);
        if (Id(cells.GetSpan(at[0]), out var first) is { } firstProblem)
            return new("", "", 0, columns[0], firstProblem, line);
        var second = "";
        if (last == 2 && Id(cells.GetSpan(at[1]), out second) is { } secondProblem)
            return new("", "", 0, columns[1], secondProblem, line);
        return new(first, second, number, null, null, line);
    }

    static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    static string? Id(ReadOnlySpan<byte> cell, out string id)
    {
        id = "";
        if (cell.Contains((byte)0))
            return "holds a NUL byte";
        try
        {
            id = Strict.GetString(cell);
            return null;
        }
        catch (DecoderFallbackException)
        {
            return "isn’t UTF-8 text";
        }
    }

    static string? Whole(ReadOnlySpan<byte> text, out int number)
    {
        number = 0;
        if (text.Length > 0 && !text.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number))
            return null;
        return $"is {Quote(text)}, not a whole number from 0 to {int.MaxValue.ToString(CultureInfo.InvariantCulture)}";
    }

    // Millionths from a decimal of at most six digits, read digit by digit: no rounding on the way.
    static string? Millionths(ReadOnlySpan<byte> text, out int number)
    {
        number = 0;
        var point = text.IndexOf((byte)'.');
        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? [] : text[(point + 1)..];
        if ((whole.IsEmpty && fraction.IsEmpty)
            || whole.ContainsAnyExceptInRange((byte)'0', (byte)'9') || fraction.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return $"is {Quote(text)}, not a decimal above 0 and at most 1";
        if (fraction.Length > 6)
            return $"is {Quote(text)}, with more than six digits after the point";
        var wholePart = whole.TrimStart((byte)'0');
        var millionths = wholePart.Length > 1 ? int.MaxValue : wholePart.IsEmpty ? 0 : wholePart[0] - '0';
        for (var k = 0; k < 6 && millionths != int.MaxValue; k++)
            millionths = 10 * millionths + (k < fraction.Length ? fraction[k] - '0' : 0);
        if (millionths is < 1 or > AssignmentProblem.MaxScore)
            return $"is {Quote(text)}, outside 0.000001 … 1";
        number = millionths;
        return null;
    }

    static string Quote(ReadOnlySpan<byte> text)
    {
        var shown = Encoding.UTF8.GetString(text[..Math.Min(text.Length, 40)]);
        return text.IsEmpty ? "empty" : $"“{string.Concat(shown.Where(c => !char.IsControl(c)))}”";
    }

    static string Place(string file, int line, string? column, string problem) =>
        string.Create(CultureInfo.InvariantCulture, $"{file}, line {line}{(column is null ? "" : $", column {column}")}: {(column is null ? "the row " : "")}{problem}.");

    /// <summary>Opens a file to read, unpacked if its first two bytes are gzip's. A pipe, which gives its bytes once, is read into memory.</summary>
    public static Stream Open(string path)
    {
        Stream file = File.OpenRead(path);
        if (!file.CanSeek)
        {
            var whole = new MemoryStream();
            using (file) file.CopyTo(whole);
            whole.Position = 0;
            file = whole;
        }
        Span<byte> magic = stackalloc byte[2];
        var isGzip = file.ReadAtLeast(magic, 2, throwOnEndOfStream: false) == 2 && magic is [0x1f, 0x8b];
        file.Position = 0;
        return isGzip ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    /// <summary>Why a file can't be read, in words for whoever named it.</summary>
    public static string Unreadable(string file, Exception why) => why switch
    {
        FileNotFoundException or DirectoryNotFoundException => $"There is no file {file}.",
        UnauthorizedAccessException when Directory.Exists(file) => $"{file} is a folder, not a file.",
        UnauthorizedAccessException => $"{file} can’t be read: this account may not open it.",
        InvalidDataException => $"{file} can’t be unpacked: the gzip file ends early or is damaged.",
        _ => $"{file} can’t be read: {why.Message}",
    };
}
