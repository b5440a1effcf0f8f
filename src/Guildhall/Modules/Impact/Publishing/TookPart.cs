using Guildhall.Evidence;
using Guildhall.Modules.Sellers;

namespace Guildhall.Modules.Impact;

/// <summary>The rows and columns of a program's public table: the largest main categories and countries of the marketplace, whoever of them takes part, and all others together. They stay as the first table has them, so that later ones can be held beside it.</summary>
sealed record TableLabels(IReadOnlyList<string> Categories, IReadOnlyList<string> Countries)
{
    public const string Others = "Another, or not known";

    /// <summary>So many sellers a cell, on average, are aimed at.</summary>
    const int SellersACell = 20, MostCategories = 8, MostCountries = 5;

    /// <param name="homes">Where all sellers of the marketplace are at home: what rows are called says nothing about who takes part.</param>
    /// <param name="count">How many took part.</param>
    public static TableLabels For(IReadOnlyCollection<SellerHome> homes, int count)
    {
        var cells = Math.Max(2, count / SellersACell);
        var countries = Largest(homes.Select(home => home.Country), Math.Clamp(cells / 3, 1, MostCountries));
        var categories = Largest(homes.Select(home => home.Category), Math.Clamp(cells / countries.Count, 1, MostCategories));
        return new(categories, countries);
    }

    /// <summary>The largest, and what is left together where there is any.</summary>
    static List<string> Largest(IEnumerable<string?> values, int most)
    {
        var counted = values.GroupBy(value => value).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).Select(group => group.Key).ToList();
        List<string> named = [.. counted.OfType<string>().Take(most)];
        return counted.Count > named.Count ? [.. named, Others] : named;
    }

    /// <summary>The cell of a seller; null where the table has none for it.</summary>
    public (int Row, int Column)? CellOf(SellerHome home) => Place(Categories, home.Category) is { } row && Place(Countries, home.Country) is { } column ? (row, column) : null;

    static int? Place(IReadOnlyList<string> labels, string? value)
    {
        for (var n = 0; n < labels.Count; n++)
            if (labels[n] == (value ?? Others)) return n;
        return labels is [.., Others] ? labels.Count - 1 : null;
    }
}

/// <summary>The table of who took part, from the first release to the next: whoever is counted once stays counted, in the same cell.</summary>
/// <param name="Labels">Null before the first table.</param>
/// <param name="Published">The tables that were published, the first first; those that were taken down too, because they were read.</param>
sealed record TookPart(TableLabels? Labels, IReadOnlyList<ReleasedTable> Published)
{
    /// <param name="came">Where sellers are at home that no table counted yet.</param>
    /// <param name="marketplace">Where all sellers are; asked for by the first table alone.</param>
    public NextTable Next(IReadOnlyList<SellerHome> came, IReadOnlyCollection<SellerHome> marketplace, CancellationToken stop)
    {
        var labels = Labels ?? TableLabels.For(marketplace, came.Count);
        var placed = came.Select(home => (home.Id, Cell: labels.CellOf(home))).Where(one => one.Cell is not null).Select(one => new PlacedSeller(one.Id, one.Cell!.Value.Row, one.Cell.Value.Column)).ToList();
        if (placed.Count is > 0 and < PublicCounts.Least || (placed.Count == 0 && Published.Count == 0))
            return new(null, null, [], Labels is null ? $"Not shown: fewer than {PublicCounts.Least} sellers have a mentor so far." : $"Not shown this time: fewer than {PublicCounts.Least} sellers joined since it was shown last, and what is new in it would be about them.");

        var counts = Published is [.., var last] ? (long[,])last.Counts.Clone() : new long[labels.Categories.Count, labels.Countries.Count];
        foreach (var seller in placed) counts[seller.Row, seller.Column]++;
        if (ReleasedTables.Next(Published, counts, PublicCounts.Least, stop).Value is not { } next) return new(null, null, [], "Not shown this time: in a table of so few sellers, some could be found out.");
        return new(new(labels.Categories, labels.Countries, Shown(next)), labels, placed, null);
    }

    static IReadOnlyList<IReadOnlyList<int?>> Shown(ReleasedTable table)
    {
        var (rows, columns) = (table.Counts.GetLength(0), table.Counts.GetLength(1));
        return [.. Enumerable.Range(0, rows + 1).Select(i => (IReadOnlyList<int?>)[.. Enumerable.Range(0, columns + 1).Select(j => table.IsHidden[i, j] ? null : (int?)Sum(i, j))])];

        long Sum(int row, int column)
        {
            long sum = 0;
            for (var i = row == rows ? 0 : row; i < (row == rows ? rows : row + 1); i++)
                for (var j = column == columns ? 0 : column; j < (column == columns ? columns : column + 1); j++) sum += table.Counts[i, j];
            return sum;
        }
    }

    /// <summary>A table as a release has it, together with who was counted in it.</summary>
    public static ReleasedTable Released(PublicTable shown, IEnumerable<PlacedSeller> counted)
    {
        var (counts, hidden) = (new long[shown.Rows.Count, shown.Columns.Count], new bool[shown.Rows.Count + 1, shown.Columns.Count + 1]);
        foreach (var seller in counted) counts[seller.Row, seller.Column]++;
        for (var i = 0; i <= shown.Rows.Count; i++)
            for (var j = 0; j <= shown.Columns.Count; j++) hidden[i, j] = shown.Counts[i][j] is null;
        return new(counts, hidden);
    }
}

/// <summary>A seller in the table.</summary>
sealed record PlacedSeller(Guid SellerId, int Row, int Column);

/// <summary>What the next release says of who took part.</summary>
/// <param name="Table">Null where it is held back.</param>
/// <param name="Placed">Who is counted for the first time.</param>
/// <param name="HeldBack">Why there is none.</param>
sealed record NextTable(PublicTable? Table, TableLabels? Labels, IReadOnlyList<PlacedSeller> Placed, string? HeldBack);
