using System.Text;
using System.Text.Unicode;
using Guildhall.Platform;

namespace Guildhall.Modules.Sellers;

/// <summary>A file as it came, looked at closely enough to know how to read it: packed or plain, CSV or newline-delimited JSON, and its separator.</summary>
sealed class ImportFile
{
    public const int LongestLine = 1 << 20;
    public const int MostColumns = 500;
    public const long LargestBytes = 16L << 30;

    const int SampleBytes = 1 << 16;
    public const int LinesSearchedForNames = 1000;
    const int NamesSaid = 8;

    readonly Func<Stream> open;
    readonly long length;
    readonly bool isPacked, isJson;
    readonly char separator;

    ImportFile(Func<Stream> open, long length, bool isPacked, bool isJson, char separator) =>
        (this.open, this.length, this.isPacked, this.isJson, this.separator) = (open, length, isPacked, isJson, separator);

    public FilePreview Preview { get; private set; } = new([], []);

    /// <summary>Looks at the beginning of a file. Reads no more than 64 KB of it, and as many lines as are shown.</summary>
    /// <param name="open">Opens the bytes from their start; called again for every reading.</param>
    /// <param name="length">How many there are.</param>
    public static Result<ImportFile> Inspect(Func<Stream> open, long length)
    {
        try
        {
            return InspectBytes(open, length);
        }
        catch (UnreadableFileException unreadable)
        {
            return unreadable.Refusal;
        }
    }

    /// <summary>What to say of a first row none of whose cells is a name that we know: it may be data, which would be lost as a header.</summary>
    public string? HeaderInDoubt(ImportKind kind)
    {
        if (isJson || ColumnMapping.Guess(kind, Preview).Columns.Count > 0) return null;
        var names = string.Join(", ", Preview.Headers.Take(NamesSaid).Select(name => name.Length == 0 ? "an empty cell" : $"“{name}”"));
        return $"The first row is read as the names of the columns: {names}{(Preview.Headers.Count > NamesSaid ? " and others" : "")}. If it is {kind.OneRow} already, add a header line to the file and load it again.";
    }

    /// <summary>Reads the rows, from the first or from a place an earlier reading noted.</summary>
    public RowSource Rows(long fromByte = 0, long fromLine = 1)
    {
        var stream = Unpacked();
        if (fromByte == 0)
        {
            if (isJson) return JsonRows.From(stream, Preview.Headers, 0, 1);
            return CsvRows.FromStart(stream, separator);
        }
        Skip(stream, fromByte);
        return isJson ? JsonRows.From(stream, Preview.Headers, fromByte, fromLine) : CsvRows.From(stream, separator, Preview.Headers, fromByte, fromLine);
    }

    static Result<ImportFile> InspectBytes(Func<Stream> open, long length)
    {
        if (length > LargestBytes) return ImportRefusals.TooLarge(LargestBytes >> 30);
        var start = Start(open());
        if (start.Length == 0) return ImportRefusals.Empty;
        if (start.AsSpan().StartsWith("PK"u8) || start.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0])) return ImportRefusals.Spreadsheet;

        var packed = start.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]);
        if (packed) start = Start(Unpacked(open(), length));
        if (WrongEncoding(start) is { } refusal) return refusal;

        var text = start.AsSpan();
        if (text.StartsWith("\uFEFF"u8)) text = text[3..];
        text = text.TrimStart(" \t\r\n"u8);
        if (text.IsEmpty) return ImportRefusals.Empty;
        if (text[0] == (byte)'[') return ImportRefusals.JsonArray;

        var json = text[0] == (byte)'{';
        var mark = ',';
        if (!json && !Separator(text, start.Length == SampleBytes).Succeeded(out mark, out refusal)) return refusal;

        var file = new ImportFile(open, length, packed, json, mark);
        return file.ReadPreview() is { } unread ? unread : file;
    }

    Refusal? ReadPreview()
    {
        if (isJson) Preview = new(JsonRows.NamesIn(Unpacked(), LinesSearchedForNames), []);
        using var rows = Rows();
        var headers = rows.Headers;
        if (headers.Count == 0) return ImportRefusals.NoObjects;
        if (headers.Count > MostColumns) return ImportRefusals.TooManyColumns(headers.Count, MostColumns);
        if (!isJson && headers.Any(LooksLikeValue)) return ImportRefusals.NoHeader;
        if (headers.GroupBy(header => header).FirstOrDefault(same => same.Count() > 1) is { } repeated) return ImportRefusals.HeaderRepeated(repeated.Key);

        var shown = new List<string[]>();
        while (shown.Count < FilePreview.RowsShown && rows.Read())
            if (rows.Problem is null) shown.Add([.. headers.Select((_, column) => Encoding.UTF8.GetString(rows.Cell(column)))]);
        Preview = new(headers, shown);
        return null;
    }

    /// <summary>Days and numbers stand in rows; no column is named one.</summary>
    static bool LooksLikeValue(string header)
    {
        var bytes = Encoding.UTF8.GetBytes(header);
        return bytes.Length > 0 && (CellText.TryNumber(bytes, false, out _) || ColumnMapping.DayFormats.Any(format => CellText.TryDay(bytes, format, out _)));
    }

    static Refusal? WrongEncoding(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return ImportRefusals.Utf16;
        var head = start[..Math.Min(start.Length, 1024)];
        var nuls = head.Count((byte)0);
        // Text in UTF-16 without a mark is about half NULs; anything less is a broken file.
        return nuls * 3 > head.Length ? ImportRefusals.Utf16 : null;
    }

    static Result<char> Separator(ReadOnlySpan<byte> text, bool isCut)
    {
        var line = text;
        var quoted = false;
        var counts = new Dictionary<char, int> { [','] = 0, [';'] = 0, ['\t'] = 0, ['|'] = 0 };
        for (var at = 0; at < text.Length; at++)
        {
            var letter = (char)text[at];
            if (letter == '"') quoted = !quoted;
            else if (!quoted && letter is '\n' or '\r')
            {
                line = text[..at];
                isCut = false;
                break;
            }
            else if (!quoted && counts.TryGetValue(letter, out var count)) counts[letter] = count + 1;
        }
        if (isCut) return ImportRefusals.LineTooLong(1);
        if (line.Contains((byte)0)) return ImportRefusals.NulBytes;
        if (!Utf8.IsValid(line)) return ImportRefusals.NotUtf8;
        if (counts['|'] > 0 && counts[','] + counts[';'] + counts['\t'] == 0) return ImportRefusals.SeparatorUnknown;
        counts.Remove('|');
        var found = counts.Where(entry => entry.Value > 0).Select(entry => entry.Key).ToList();
        return found.Count switch
        {
            0 => ',',
            1 => found[0],
            _ => ImportRefusals.SeparatorUnclear(string.Join(" and ", found.Select(letter => letter switch { ',' => "commas", ';' => "semicolons", _ => "tabs" }))),
        };
    }

    Stream Unpacked() => isPacked ? Unpacked(open(), length) : open();

    static GzipBytes Unpacked(Stream packed, long length) => new(packed, length);

    static byte[] Start(Stream stream)
    {
        using (stream)
        {
            var bytes = new byte[SampleBytes];
            var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return bytes[..read];
        }
    }

    static void Skip(Stream stream, long bytes)
    {
        if (stream.CanSeek)
        {
            stream.Seek(bytes, SeekOrigin.Begin);
            return;
        }
        var passed = new byte[1 << 16];
        while (bytes > 0)
        {
            var read = stream.Read(passed, 0, (int)Math.Min(passed.Length, bytes));
            if (read == 0) throw new UnreadableFileException(ImportRefusals.OtherFile);
            bytes -= read;
        }
    }
}
