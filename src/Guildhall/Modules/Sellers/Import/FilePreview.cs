using System.Text.RegularExpressions;

namespace Guildhall.Modules.Sellers;

/// <summary>What a file shows before anything is decided: its columns and first rows.</summary>
sealed partial record FilePreview(IReadOnlyList<string> Headers, IReadOnlyList<string[]> Rows)
{
    public const int RowsShown = 20;

    /// <summary>Some value is written 12,50 and none 12.50.</summary>
    public bool WritesDecimalCommas => Rows.Any(row => row.Any(DecimalComma().IsMatch)) && !Rows.Any(row => row.Any(DecimalPoint().IsMatch));

    public IEnumerable<string> Values(string header)
    {
        var column = Headers.ToList().IndexOf(header);
        return column < 0 ? [] : Rows.Select(row => row[column]);
    }

    [GeneratedRegex(@"^-?\d+,\d{1,4}$", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex DecimalComma();

    [GeneratedRegex(@"^-?\d+\.\d{1,4}$", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex DecimalPoint();
}
