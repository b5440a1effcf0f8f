namespace Guildhall.Modules.Sellers;

/// <summary>What a file shows before anything is decided: its columns and first rows.</summary>
sealed record FilePreview(IReadOnlyList<string> Headers, IReadOnlyList<string[]> Rows)
{
    public const int RowsShown = 20;

    public IEnumerable<string> Values(string header)
    {
        var column = Headers.ToList().IndexOf(header);
        return column < 0 ? [] : Rows.Select(row => row[column]);
    }
}
