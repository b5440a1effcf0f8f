namespace Guildhall.Evidence;

/// <summary>
/// Which cells of a table of counts mustn't be published so that nobody can work out a small one. Cells of 1 to k − 1 are hidden, and then as many others as it takes against an attacker who knows all that is shown, that every row and
/// column adds up, and that no count is negative: no small cell may be narrowed down to fewer than k + 1 whole numbers. M. Fischetti, J. Salazar, "Solving the cell suppression problem on tabular data with linear constraints", Management Science 47, 2001;
/// the network form is L. Cox, "Network models for complementary cell suppression", Journal of the American Statistical Association 90, 1995.
/// </summary>
/// <remarks>
/// A table with its totals is a circulation: each count flows from its row to its column, totals flow back. How far the attacker can move a hidden count is then a greatest flow, exactly and in whole numbers, so the linear programme over the margins needs no
/// simplex. Which cells to add is a shortest path that prefers cells already hidden, then small ones; at the end cells that aren't needed are shown again, the largest first. That is near the fewest, not always the fewest. Deterministic: of equal
/// choices the earlier row and column is hidden. Time about O(cells² · (rows + columns)) a small cell: meant for tables that people read.
/// </remarks>
public sealed class CellSuppression
{
    readonly HiddenCell[,] cells;

    CellSuppression(long[,] counts, HiddenCell[,] cells, List<ProtectedCell> ranges)
    {
        (Counts, this.cells, Ranges) = (counts, cells, ranges);
    }

    /// <summary>The table with its totals: one row and one column more than given, the grand total last.</summary>
    internal long[,] Counts { get; }

    /// <summary>What the attacker can find out about each hidden cell.</summary>
    public IReadOnlyList<ProtectedCell> Ranges { get; }

    /// <summary>The number of rows without the totals.</summary>
    public int Rows => cells.GetLength(0) - 1;

    /// <summary>The number of columns without the totals.</summary>
    public int Columns => cells.GetLength(1) - 1;

    /// <summary>Whether and why a cell is hidden.</summary>
    /// <param name="row">0 … <see cref="Rows"/>; the last is the row of totals.</param>
    /// <param name="column">0 … <see cref="Columns"/>; the last is the column of totals.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such cell.</exception>
    public HiddenCell At(int row, int column) => cells[row, column];

    /// <summary>The count of a cell that may be shown.</summary>
    /// <param name="row">As in <see cref="At"/>.</param>
    /// <param name="column">As in <see cref="At"/>.</param>
    /// <returns>The count, or null when it is hidden. There is no other way to read the table.</returns>
    /// <exception cref="IndexOutOfRangeException">There is no such cell.</exception>
    public long? Shown(int row, int column) => cells[row, column] == HiddenCell.Shown ? Counts[row, column] : null;

    /// <summary>Decides what to hide.</summary>
    /// <param name="counts">Counts by row and column, without totals, 0 or more; at least 1 × 1, at most 10,000 cells.</param>
    /// <param name="k">The least count that may be shown, 2 or more; 10 is the rule of the ONS longitudinal study and of Washington State's small-numbers guideline. A count of 0 is shown.</param>
    /// <param name="sensitive">Cells to hide for another reason, such as the dominance rule; the same shape, or one row and one column more where totals are among them, null for none.</param>
    /// <param name="stop">Ends the work early.</param>
    /// <returns>The pattern, or a refusal when even hiding everything wouldn't protect a cell, or the table is too large.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="counts"/> is null.</exception>
    /// <exception cref="ArgumentException">A count is negative, the table is empty, or the shapes differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is below 2.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was asked for.</exception>
    public static Answer<CellSuppression> Protect(long[,] counts, int k = 10, bool[,]? sensitive = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 2);
        var (rows, columns) = (counts.GetLength(0), counts.GetLength(1));
        if (rows == 0 || columns == 0) throw new ArgumentException("The table is empty.", nameof(counts));
        if (sensitive is not null && (sensitive.GetLength(0), sensitive.GetLength(1)) is var shape && shape != (rows, columns) && shape != (rows + 1, columns + 1)) throw new ArgumentException("The shapes differ.", nameof(sensitive));
        if (rows * columns > 10_000) return new EvidenceRefusal(RefusalReason.OutOfRange, "The table has more than 10,000 cells.");

        var table = WithTotals(counts);
        var attacker = new TableAttacker(table);
        var states = new HiddenCell[rows + 1, columns + 1];
        for (var i = 0; i <= rows; i++)
            for (var j = 0; j <= columns; j++)
                if ((table[i, j] > 0 && table[i, j] < k) || (i < sensitive?.GetLength(0) && j < sensitive.GetLength(1) && sensitive[i, j])) states[i, j] = HiddenCell.Small;

        var small = Cells(states, HiddenCell.Small).ToList();
        foreach (var (i, j) in small.OrderByDescending(cell => k - table[cell.Row, cell.Column]))
            while (attacker.Range(states, i, j).Width is var width && width < k)
            {
                stop.ThrowIfCancellationRequested();
                if (attacker.Escape(states, i, j, k - width) is not { } path)
                    return new EvidenceRefusal(RefusalReason.TooFewRows, FormattableString.Invariant($"The table is too small to protect row {i}, column {j}: with everything hidden it could still be worked out."));
                foreach (var (row, column) in path)
                    if (states[row, column] == HiddenCell.Shown) states[row, column] = HiddenCell.Complementary;
            }
        foreach (var (i, j) in Cells(states, HiddenCell.Complementary).OrderByDescending(cell => table[cell.Row, cell.Column]).ToList())
        {
            stop.ThrowIfCancellationRequested();
            states[i, j] = HiddenCell.Shown;
            if (small.Exists(cell => attacker.Range(states, cell.Row, cell.Column).Width < k)) states[i, j] = HiddenCell.Complementary;
        }
        return new CellSuppression(table, states, [.. Cells(states, HiddenCell.Small).Concat(Cells(states, HiddenCell.Complementary)).Order()
            .Select(cell => attacker.Range(states, cell.Row, cell.Column) is var range ? new ProtectedCell(cell.Row, cell.Column, states[cell.Row, cell.Column], range.Lower, range.Upper) : null!)]);
    }

    internal static long[,] WithTotals(long[,] counts)
    {
        var (rows, columns) = (counts.GetLength(0), counts.GetLength(1));
        var table = new long[rows + 1, columns + 1];
        for (var i = 0; i < rows; i++)
            for (var j = 0; j < columns; j++)
            {
                if (counts[i, j] < 0) throw new ArgumentException("A count is negative.", nameof(counts));
                table[i, j] = counts[i, j];
                table[i, columns] += counts[i, j];
                table[rows, j] += counts[i, j];
                table[rows, columns] += counts[i, j];
            }
        return table;
    }

    static IEnumerable<(int Row, int Column)> Cells(HiddenCell[,] states, HiddenCell state)
    {
        for (var i = 0; i < states.GetLength(0); i++)
            for (var j = 0; j < states.GetLength(1); j++)
                if (states[i, j] == state) yield return (i, j);
    }
}

/// <summary>Whether a cell is shown, and if not, why.</summary>
public enum HiddenCell
{
    /// <summary>It is shown.</summary>
    Shown,

    /// <summary>It is too small, or sensitive for another reason.</summary>
    Small,

    /// <summary>It would give a small one away.</summary>
    Complementary,
}

/// <summary>What can be found out about a hidden cell from all that is shown.</summary>
/// <param name="Row">The row; the one after the last is that of totals.</param>
/// <param name="Column">The column; the one after the last is that of totals.</param>
/// <param name="State">Why it is hidden.</param>
/// <param name="Lower">The least count it could have.</param>
/// <param name="Upper">The greatest, null when there is no end to it.</param>
public sealed record ProtectedCell(int Row, int Column, HiddenCell State, long Lower, long? Upper);
