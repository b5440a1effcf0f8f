using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Guildhall.Platform;

namespace Guildhall.Modules.Sellers;

/// <summary>Which column of a file fills which of ours, and how its numbers and days are written.</summary>
sealed partial record ColumnMapping
{
    public static readonly IReadOnlyList<string> DayFormats = ["yyyy-MM-dd", "dd/MM/yyyy", "MM/dd/yyyy", "dd.MM.yyyy"];

    const int MostNamed = 20;

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Our column's name to the file's header.</summary>
    public Dictionary<string, string> Columns { get; init; } = [];
    public bool DecimalComma { get; init; }

    /// <summary>One of <see cref="DayFormats"/>; empty in a guess that could not tell the day from the month, which nothing is read by.</summary>
    public string DayFormat { get; init; } = DayFormats[0];

    /// <summary>
    /// The mapping that the headers' names suggest. A header is used once; our own name wins over a synonym, and an earlier synonym over a later one.
    /// </summary>
    public static ColumnMapping Guess(ImportKind kind, FilePreview preview)
    {
        var free = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var header in preview.Headers) free.TryAdd(Simplified(header), header);

        var columns = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var column in kind.Columns)
            if (free.Remove(column.Name, out var header)) columns[column.Name] = header;
        foreach (var column in kind.Columns.Where(column => !columns.ContainsKey(column.Name)))
        {
            var synonym = column.AlsoCalled.FirstOrDefault(free.ContainsKey);
            if (synonym is not null && free.Remove(synonym, out var header)) columns[column.Name] = header;
        }
        return new() { Columns = columns, DecimalComma = WritesDecimalCommas(kind, columns, preview), DayFormat = GuessedDayFormat(kind, columns, preview) };
    }

    /// <summary>The parts of this mapping that a file with these headers can fill.</summary>
    public ColumnMapping For(IReadOnlyCollection<string> headers) => this with { Columns = Columns.Where(column => headers.Contains(column.Value)).ToDictionary() };

    /// <summary>Says what keeps this mapping from reading a file with these headers; <c>null</c> when nothing does.</summary>
    public Refusal? Check(ImportKind kind, IReadOnlyList<string> headers)
    {
        foreach (var (name, header) in Columns)
        {
            if (kind.Column(name) is null)
                return Refusal.Invalid("unknown_column", $"The mapping fills “{name}”, which {kind.Name} don’t have. Nothing was imported. Take it out of the mapping.", name);
            if (!headers.Contains(header))
                return Refusal.Invalid("column_missing", $"The mapping reads “{header}”, and the file has no such column. Nothing was imported. Choose another column for {name}.", name);
        }
        if (Columns.Values.GroupBy(header => header).FirstOrDefault(uses => uses.Count() > 1) is { } twice)
            return Refusal.Invalid("column_used_twice", $"“{twice.Key}” fills two columns. Nothing was imported. Choose one of them.", twice.Key);
        if (DayFormat.Length == 0)
            return Refusal.Invalid("day_format_unclear", $"The days of the file may be read as {DayFormats[1]} or as {DayFormats[2]}. Nothing was imported. Choose how days are written (dayFormat in a mapping).", "dayFormat");
        if (!DayFormats.Contains(DayFormat))
            return Refusal.Invalid("unknown_day_format", $"Days can be written {string.Join(", ", DayFormats)}. Nothing was imported. Choose one of these.", "dayFormat");
        var open = kind.Columns.FirstOrDefault(column => column.IsNeeded && !Columns.ContainsKey(column.Name));
        return open is null ? null : Refusal.Invalid("key_not_mapped",
            $"No column of the file is known to hold {open.Name} ({open.Meaning.TrimEnd('.').ToLowerInvariant()}). Nothing was imported. Choose it among: {string.Join(", ", headers.Take(MostNamed))}{(headers.Count > MostNamed ? "…" : ".")}", open.Name);
    }

    /// <summary>Whether a header of this name would be taken for a column that nothing fills.</summary>
    public bool Misses(ImportKind kind, string header)
    {
        var name = Simplified(header);
        return kind.Columns.Any(column => !Columns.ContainsKey(column.Name) && (column.Name == name || column.AlsoCalled.Contains(name)));
    }

    public bool FillsMoney(ImportKind kind) => Columns.Keys.Any(name => kind.Column(name)?.Type == CellType.Money);

    /// <summary>Compared by content: jsonb gives the columns back in an order of its own.</summary>
    public bool MeansTheSameAs(ColumnMapping other) =>
        DecimalComma == other.DecimalComma && DayFormat == other.DayFormat && Columns.Count == other.Columns.Count
        && Columns.All(column => other.Columns.TryGetValue(column.Key, out var header) && header == column.Value);

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>The mapping in a text made by <see cref="ToJson"/>; <c>null</c> for any other text.</summary>
    public static ColumnMapping? FromJson(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<ColumnMapping>(text, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The mapping that a person wrote into a file; one that fills a column of ours twice is refused, where JSON would silently take the last.</summary>
    public static Result<ColumnMapping> Written(string text, string origin)
    {
        var unreadable = Refusal.Invalid("mapping_unreadable", $"“{origin}” doesn’t hold a mapping. Nothing was imported. See docs/guide/import.md for its form.");
        if (FromJson(text) is not { } mapping) return unreadable;
        using var json = JsonDocument.Parse(text);
        var columns = json.RootElement.EnumerateObject().Where(part => part.Name.Equals(nameof(Columns), StringComparison.OrdinalIgnoreCase)).ToList();
        if (columns.Count > 1 || mapping.Columns is null || mapping.Columns.ContainsValue(null!)) return unreadable;
        var twice = columns.SelectMany(part => part.Value.EnumerateObject()).GroupBy(column => column.Name).FirstOrDefault(uses => uses.Count() > 1);
        return twice is null ? mapping : ImportRefusals.FilledTwice(twice.Key, twice.Select(use => use.Value.GetString()!));
    }

    /// <summary>Some amount or number is written 12,50 and none 12.50.</summary>
    static bool WritesDecimalCommas(ImportKind kind, Dictionary<string, string> columns, FilePreview preview)
    {
        var numbers = Values(kind, columns, preview, CellType.Money, CellType.Number).ToList();
        return numbers.Any(CommaNumber().IsMatch) && !numbers.Any(PointNumber().IsMatch);
    }

    static IEnumerable<string> Values(ImportKind kind, Dictionary<string, string> columns, FilePreview preview, params CellType[] types) =>
        kind.Columns.Where(column => types.Contains(column.Type) && columns.ContainsKey(column.Name)).SelectMany(column => preview.Values(columns[column.Name])).Where(value => value.Length > 0);

    static string GuessedDayFormat(ImportKind kind, Dictionary<string, string> columns, FilePreview preview)
    {
        var days = Values(kind, columns, preview, CellType.Day).ToList();
        var fitting = DayFormats.Where(format => days.All(day => CellText.TryDay(Encoding.UTF8.GetBytes(day), format, out _))).ToList();
        // 01/02 is a day in January to some and in February to others: nobody is to find out later which it was taken for.
        return days.Count == 0 || fitting.Count == 0 ? DayFormats[0] : fitting.Count == 1 ? fitting[0] : "";
    }

    /// <summary>“Order Date”, “order-date” and “orderDate” are one name.</summary>
    static string Simplified(string header)
    {
        var name = new StringBuilder(header.Length);
        var previous = '\0';
        foreach (var letter in header.Trim())
        {
            if (!char.IsLetterOrDigit(letter))
            {
                if (name.Length > 0 && name[^1] != '_') name.Append('_');
            }
            else
            {
                if (char.IsUpper(letter) && char.IsLower(previous)) name.Append('_');
                name.Append(char.ToLowerInvariant(letter));
            }
            previous = letter;
        }
        return name.ToString().TrimEnd('_');
    }

    // Three digits after a mark may be a thousand's: they tell nothing.
    [GeneratedRegex(@"^-?\d[\d.]*,(\d{1,2}|\d{4})$", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex CommaNumber();

    [GeneratedRegex(@"^-?\d[\d,]*\.(\d{1,2}|\d{4})$", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex PointNumber();
}
