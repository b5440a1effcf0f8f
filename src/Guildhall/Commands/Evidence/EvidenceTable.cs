using System.Globalization;
using System.Text;
using CsvHelper;
using Guildhall.Evidence;

namespace Guildhall.Commands.Evidence;

/// <summary>
/// The columns of a CSV file that a method asks for, plain or gzip. A column is asked for by its header and read as one kind of value; the first thing that doesn't fit is kept as the refusal, and what was asked for then is empty.
/// </summary>
sealed class EvidenceTable
{
    const int LongestRow = 1 << 20;

    readonly string file;
    readonly string[] headers;
    readonly Dictionary<string, string[]> columns;
    readonly List<int> lines;

    EvidenceTable(string file, string[] headers, Dictionary<string, string[]> columns, List<int> lines) => (this.file, this.headers, this.columns, this.lines) = (file, headers, columns, lines);

    public string? Refusal { get; private set; }

    public int Rows => lines.Count;

    /// <summary>Reads the named columns; others are passed over.</summary>
    public static (EvidenceTable? Table, string? Refusal) Read(string file, IReadOnlyCollection<string> wanted, CancellationToken stop)
    {
        try
        {
            using var stream = AssignFiles.Open(file);
            using var reader = CsvReader.Create(stream, new CsvReaderOptions
            {
                Separator = ',',
                TrackLineNumbers = true,
                MaxRecordSize = LongestRow,
                Encoding = new UTF8Encoding(false, throwOnInvalidBytes: true),
                MalformedData = CsvMalformedDataHandling.Throw,
            });
            reader.ReadHeader();
            string[] named = [.. reader.Headers];
            var kept = named.Select((header, at) => (header, at)).Where(column => wanted.Contains(column.header)).ToList();
            if (kept.GroupBy(column => column.header).FirstOrDefault(same => same.Count() > 1) is { } twice) return (null, $"{file}, line 1: the header names {twice.Key} twice.");
            var values = kept.ConvertAll(_ => new List<string>());
            // The same few values come again and again; one copy each is enough.
            var shared = kept.ConvertAll(_ => new Dictionary<string, string>());
            var lineNumbers = new List<int>();
            while (reader.Read())
            {
                stop.ThrowIfCancellationRequested();
                if (reader.FieldCount != named.Length) return (null, string.Create(CultureInfo.InvariantCulture, $"{file}, line {reader.LineNumber}: the row has {reader.FieldCount} cells where the header has {named.Length}."));
                for (var k = 0; k < kept.Count; k++)
                {
                    var text = Encoding.UTF8.GetString(reader.GetSpan(kept[k].at)).Trim();
                    if (!shared[k].TryGetValue(text, out var same)) shared[k].Add(text, same = text);
                    values[k].Add(same);
                }
                lineNumbers.Add((int)reader.LineNumber);
            }
            return (new(file, named, kept.Select((column, k) => (column.header, Values: values[k].ToArray())).ToDictionary(column => column.header, column => column.Values), lineNumbers), null);
        }
        catch (CsvFormatException e)
        {
            return (null, $"{file} can’t be read as CSV: {e.Message}");
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return (null, AssignFiles.Unreadable(file, e));
        }
    }

    /// <summary>Text that isn't empty.</summary>
    public string[] Texts(string column) => Parsed<string>(column, (string text, out string value) => (value = text).Length > 0, "text");

    /// <summary>Text, "" where a cell is empty.</summary>
    public string[] TextsOrNothing(string column) => Parsed<string>(column, TakeAsItIs, "text or nothing");

    static bool TakeAsItIs(string text, out string value)
    {
        value = text;
        return true;
    }

    public double[] Numbers(string column) => Parsed<double>(column, Number, "a number");

    /// <summary>Numbers, NaN where a cell is empty.</summary>
    public double[] NumbersOrNothing(string column) => Parsed(column, (string text, out double value) => text.Length == 0 ? double.IsNaN(value = double.NaN) : Number(text, out value), "a number or nothing");

    public int[] Whole(string column) => Parsed<int>(column, (string text, out int value) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value), "a whole number");

    /// <summary>Whole numbers, 0 where a cell is empty.</summary>
    public int[] WholeOrZero(string column) => Parsed(column, (string text, out int value) => (value = 0) == 0 && text.Length == 0 || int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value), "a whole number or nothing");

    public bool[] Flags(string column) => Parsed(column, (string text, out bool value) => (value = text is "1" or "true" or "yes") || text is "0" or "false" or "no", "1 or 0, yes or no, or true or false");

    /// <summary>Each distinct text as a number of its own, in the order of the texts.</summary>
    public int[] Groups(string column)
    {
        var texts = Texts(column);
        var order = texts.Distinct().Order(StringComparer.Ordinal).Select((text, k) => (text, k)).ToDictionary(group => group.text, group => group.k);
        return Array.ConvertAll(texts, text => order[text]);
    }

    /// <summary>Columns of numbers as they are; columns that hold text, and those named as categories, as one column of 0 and 1 for each value but the first.</summary>
    public CovariateTable Covariates(IEnumerable<string> names, IReadOnlyCollection<string>? categories = null)
    {
        categories ??= [];
        var (found, values) = (new List<string>(), new List<double[]>());
        foreach (var name in names.Concat(categories).Distinct())
        {
            var texts = Texts(name);
            if (!categories.Contains(name) && texts.All(text => Number(text, out _)))
            {
                found.Add(name);
                values.Add(Numbers(name));
                continue;
            }
            foreach (var kind in texts.Distinct().Order(StringComparer.Ordinal).Skip(1))
            {
                found.Add($"{name}={kind}");
                values.Add(Array.ConvertAll(texts, text => text == kind ? 1.0 : 0));
            }
        }
        return new(found, values);
    }

    /// <summary>Where a row is, for whoever wrote the file.</summary>
    public string Place(int row, string column) => string.Create(CultureInfo.InvariantCulture, $"{file}, line {lines[row]}, column {column}");

    public void Refuse(string refusal) => Refusal ??= refusal;

    delegate bool Parse<T>(string text, out T value);

    T[] Parsed<T>(string column, Parse<T> parse, string kind)
    {
        if (!columns.TryGetValue(column, out var texts))
        {
            Refuse($"{file} has no column {column}. Its header names {string.Join(", ", headers)}.");
            return [];
        }
        var values = new T[texts.Length];
        for (var row = 0; row < texts.Length; row++)
            if (!parse(texts[row], out values[row]))
            {
                Refuse($"{Place(row, column)}: {(texts[row].Length == 0 ? "nothing" : $"“{texts[row]}”")} isn’t {kind}.");
                return [];
            }
        return values;
    }

    static bool Number(string text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
