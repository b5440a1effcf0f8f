using System.Globalization;

namespace Guildhall.Benchmarks;

/// <summary>A reference file of comma-separated values by columns; no cell holds a comma or a quote that matters.</summary>
internal sealed class ReferenceTable
{
    readonly string[] header;
    readonly string[][] rows;

    public ReferenceTable(string[] lines)
    {
        header = Cells(lines[0]);
        rows = [.. lines.Skip(1).Where(line => line.Length > 0).Select(Cells)];
    }

    public int Count => rows.Length;

    public string[] Texts(string column) => Array.ConvertAll(rows, row => row[At(column)]);

    /// <summary>NaN for an empty cell.</summary>
    public double[] Numbers(string column) => Array.ConvertAll(Texts(column), text => text.Length == 0 || text == "NA" ? double.NaN : double.Parse(text, CultureInfo.InvariantCulture));

    public int[] Whole(string column) => Array.ConvertAll(Numbers(column), number => (int)number);

    int At(string column) => Array.IndexOf(header, column) is >= 0 and var at ? at : throw new ArgumentException($"There is no column {column}.", nameof(column));

    static string[] Cells(string line) => Array.ConvertAll(line.Split(','), cell => cell.Trim('"'));
}
