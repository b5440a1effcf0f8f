using System.Text;
using System.Text.Json;

namespace Guildhall.Modules.Sellers;

/// <summary>Rows of a newline-delimited JSON file: an object a line. A property that a line leaves out is not known.</summary>
sealed class JsonRows : RowSource
{
    readonly Stream stream;
    readonly byte[][] names;
    readonly (int Start, int Length)[] cells;
    byte[] buffer = new byte[1 << 16];
    byte[] values = new byte[1 << 12];
    int start, end, valuesLength;
    long bufferOffset, nextLine;
    bool atEnd;
    RowProblem? problem;

    JsonRows(Stream stream, IReadOnlyList<string> headers, long fromByte, long fromLine)
    {
        (this.stream, Headers, bufferOffset, nextLine) = (stream, headers, fromByte, fromLine);
        names = [.. headers.Select(Encoding.UTF8.GetBytes)];
        cells = new (int, int)[names.Length];
    }

    public static JsonRows From(Stream stream, IReadOnlyList<string> headers, long fromByte, long fromLine) => new(stream, headers, fromByte, fromLine);

    public override IReadOnlyList<string> Headers { get; }
    public override long Line => nextLine - 1;
    public override long ByteOffset => offset;
    public override RowProblem? Problem => problem;
    long offset;

    public override ReadOnlySpan<byte> Cell(int column) => values.AsSpan(cells[column].Start, cells[column].Length);

    public override bool Read()
    {
        while (NextLine(out var line))
        {
            line = line.Trim(" \t\r"u8);
            if (line.IsEmpty) continue;
            problem = ReadCells(line);
            return true;
        }
        return false;
    }

    public override void Dispose() => stream.Dispose();

    /// <summary>The property names in the first lines of a file, in the order they appear.</summary>
    public static IReadOnlyList<string> NamesIn(Stream stream, int lines)
    {
        using var rows = new JsonRows(stream, [], 0, 1);
        var found = new List<string>();
        for (var read = 0; read < lines && rows.NextLine(out var line); read++)
        {
            try
            {
                var json = new Utf8JsonReader(WithoutMark(line));
                while (json.Read())
                {
                    if (json.TokenType != JsonTokenType.PropertyName) continue;
                    var name = json.GetString()!;
                    json.Read();
                    // An object is no figure: it can't be mapped, so it isn't a column and does no harm.
                    if (json.TokenType != JsonTokenType.StartObject && !found.Contains(name)) found.Add(name);
                    json.Skip();
                }
            }
            catch (JsonException)
            {
                // A line that isn't an object is rejected, with its line number, when the rows are read.
                continue;
            }
        }
        return found;
    }

    RowProblem? ReadCells(ReadOnlySpan<byte> line)
    {
        Array.Clear(cells);
        valuesLength = 0;
        if (offset == 0) line = WithoutMark(line);
        try
        {
            var json = new Utf8JsonReader(line);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return new("not_an_object");
            var expected = 0;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var column = ColumnNamed(ref json, expected);
                if (column < 0)
                {
                    var name = json.GetString()!;
                    json.Read();
                    if (json.TokenType is not (JsonTokenType.StartObject or JsonTokenType.Null)) StrayName?.Invoke(name);
                    json.Skip();
                    continue;
                }
                json.Read();
                if (!ReadValue(ref json, column)) return new("nested_value", Headers[column]);
                expected = column + 1;
            }
            return json.Read() ? new RowProblem("not_an_object") : null;
        }
        catch (JsonException)
        {
            return new("not_json");
        }
    }

    /// <summary>Lines mostly name their properties in one order, so the one after the last is tried first.</summary>
    int ColumnNamed(ref Utf8JsonReader json, int expected)
    {
        if (expected < names.Length && json.ValueTextEquals(names[expected])) return expected;
        for (var column = 0; column < names.Length; column++)
            if (json.ValueTextEquals(names[column])) return column;
        return -1;
    }

    bool ReadValue(ref Utf8JsonReader json, int column)
    {
        var from = valuesLength;
        switch (json.TokenType)
        {
            case JsonTokenType.Null:
                return true;
            case JsonTokenType.StartArray:
                while (json.Read() && json.TokenType != JsonTokenType.EndArray)
                {
                    if (json.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject) return false;
                    if (valuesLength > from) values[valuesLength++] = (byte)';';
                    Append(ref json);
                }
                break;
            case JsonTokenType.StartObject:
                return false;
            default:
                Append(ref json);
                break;
        }
        cells[column] = (from, valuesLength - from);
        return true;
    }

    void Append(ref Utf8JsonReader json)
    {
        var size = json.ValueSpan.Length;
        if (values.Length - valuesLength < size + 1) Array.Resize(ref values, Math.Max(values.Length * 2, valuesLength + size + 1));
        if (json.TokenType == JsonTokenType.String)
        {
            valuesLength += json.CopyString(values.AsSpan(valuesLength));
            return;
        }
        json.ValueSpan.CopyTo(values.AsSpan(valuesLength));
        valuesLength += size;
    }

    bool NextLine(out ReadOnlySpan<byte> line)
    {
        var searched = 0;
        while (true)
        {
            var at = buffer.AsSpan(start + searched, end - start - searched).IndexOf((byte)'\n');
            if (at >= 0 || (atEnd && end > start))
            {
                var size = at >= 0 ? searched + at : end - start;
                line = buffer.AsSpan(start, size);
                offset = bufferOffset + start;
                start = Math.Min(end, start + size + 1);
                nextLine++;
                return true;
            }
            if (atEnd)
            {
                line = default;
                return false;
            }
            searched = end - start;
            if (searched > ImportFile.LongestLine) throw new UnreadableFileException(ImportRefusals.LineTooLong(nextLine));
            Fill();
        }
    }

    void Fill()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            bufferOffset += start;
            (start, end) = (0, end - start);
        }
        if (end == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
        var read = stream.Read(buffer, end, buffer.Length - end);
        atEnd = read == 0;
        end += read;
    }

    static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> line) => line.StartsWith("\uFEFF"u8) ? line[3..] : line;
}
