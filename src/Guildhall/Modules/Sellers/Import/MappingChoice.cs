using Guildhall.Platform;

namespace Guildhall.Modules.Sellers;

/// <summary>A mapping as the page holds it, from the file's side: what each of its columns becomes. Only here can two of them become the same.</summary>
sealed record MappingChoice(IReadOnlyDictionary<string, string> Targets, bool DecimalComma, string DayFormat)
{
    const string FieldStart = "column:";

    public static string Field(string header) => FieldStart + header;

    public static MappingChoice Of(ColumnMapping mapping) =>
        new(mapping.Columns.ToDictionary(column => column.Value, column => column.Key), mapping.DecimalComma, mapping.DayFormat);

    public static MappingChoice Of(IFormCollection form) => new(
        form.Where(field => field.Key.StartsWith(FieldStart, StringComparison.Ordinal) && field.Value is [{ Length: > 0 }])
            .ToDictionary(field => field.Key[FieldStart.Length..], field => field.Value.ToString()),
        form["decimalComma"] == "true",
        form["dayFormat"] is [{ } format] ? format : ColumnMapping.DayFormats[0]);

    public Result<ColumnMapping> ToMapping()
    {
        var uses = Targets.ToLookup(target => target.Value, target => target.Key);
        if (uses.FirstOrDefault(headers => headers.Count() > 1) is { } twice) return ImportRefusals.FilledTwice(twice.Key, twice);
        return new ColumnMapping { Columns = uses.ToDictionary(headers => headers.Key, headers => headers.Single()), DecimalComma = DecimalComma, DayFormat = DayFormat };
    }
}
