namespace Guildhall.Evidence;

/// <summary>A table of counts as it was published on a day.</summary>
/// <param name="Counts">Counts by row and column, without totals, 0 or more.</param>
/// <param name="IsHidden">Which were not shown: one row and one column more, those of totals.</param>
public sealed record ReleasedTable(long[,] Counts, bool[,] IsHidden);

/// <summary>A count that can be found out from all that was published.</summary>
/// <param name="Row">The row; the one after the last is that of totals.</param>
/// <param name="Column">The column; the one after the last is that of totals.</param>
/// <param name="Release">The release that it is in, from 0.</param>
/// <param name="Since">The count is of those who came since this earlier release; null for all who are in it.</param>
/// <param name="Width">So many whole numbers less one it can still be.</param>
public sealed record OpenCount(int Row, int Column, int Release, int? Since, long Width);

/// <summary>
/// A table of the same kind of people that is published again as more come: who is counted once stays counted, in the same cell. Each release is protected by itself (<see cref="CellSuppression"/>), and beside all earlier ones: what came in between
/// is a table too. Hidden are counts of 1 to k − 1, 0 and everybody of a row or a column, and what gives them away.
/// </summary>
/// <remarks>
/// The attacker knows every release, that all add up, that no count is negative and that none ever falls. A count is safe when the hidden counts of some releases in a row can move together so that it takes k + 1 whole numbers or more, the others staying
/// as they are: what came before the first of those releases may fall to nothing, what came after the last may be used up. Each such movement is a flow, so the width is exact for its run of releases, and never more than what the attacker has to allow: a
/// pattern that passes is safe, one that doesn't may be. Time: a flow a small count and run of releases, so it is meant for tens of releases.
/// </remarks>
public static class ReleasedTables
{
    /// <summary>Which counts of the next release are to be hidden.</summary>
    /// <param name="earlier">Every release before, the first first; empty for the first.</param>
    /// <param name="counts">The next, without totals; nowhere less than before.</param>
    /// <param name="k">The least count that may be shown or found out, 2 or more.</param>
    /// <param name="stop">Ends the work early.</param>
    /// <returns>The release, or a refusal when no pattern was found that nobody can open: then nothing of the table may be published this time.</returns>
    /// <exception cref="ArgumentException">The shapes differ, or a count fell.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was asked for.</exception>
    public static Answer<ReleasedTable> Next(IReadOnlyList<ReleasedTable> earlier, long[,] counts, int k = 10, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        ArgumentNullException.ThrowIfNull(counts);
        var table = CellSuppression.WithTotals(counts);
        var before = earlier.Select(release => CellSuppression.WithTotals(release.Counts)).ToList();
        if (before.Exists(one => one.GetLength(0) != table.GetLength(0) || one.GetLength(1) != table.GetLength(1))) throw new ArgumentException("The shapes differ.", nameof(earlier));
        if (before is [.., var last] && Cells(table).Any(cell => table[cell.Row, cell.Column] < last[cell.Row, cell.Column])) throw new ArgumentException("A count fell.", nameof(counts));

        // First by itself, with what would isolate a few beside an earlier release; where that can be opened, so that nothing is shown that the last release hid.
        foreach (var keepsHidden in (bool[])[false, true])
        {
            if (keepsHidden && earlier.Count == 0) break;
            var sensitive = new bool[table.GetLength(0), table.GetLength(1)];
            foreach (var (i, j) in Cells(table))
                sensitive[i, j] = IsNoneOrAll(table, i, j) || (keepsHidden && earlier[^1].IsHidden[i, j]) || earlier.Index().Any(one => !one.Item.IsHidden[i, j] && IsFew(table[i, j] - before[one.Index][i, j], k));
            if (CellSuppression.Protect(counts, k, sensitive, stop).Value is not { } pattern) continue;
            var hidden = new bool[table.GetLength(0), table.GetLength(1)];
            foreach (var (i, j) in Cells(table)) hidden[i, j] = pattern.At(i, j) != HiddenCell.Shown;
            var next = new ReleasedTable(counts, hidden);
            if (Openings([.. earlier, next], k, stop).Count == 0) return next;
        }

        return new EvidenceRefusal(RefusalReason.TooFewRows, "No pattern was found that hides every small count beside what was published before.");
    }

    /// <summary>The attack: small counts of any release, and of those who came between any two, that all releases together don't keep within k + 1 whole numbers or more.</summary>
    /// <param name="releases">Every release, the first first.</param>
    /// <param name="k">As in <see cref="Next"/>.</param>
    /// <param name="stop">Ends the work early.</param>
    /// <returns>What is open; empty when nothing is.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was asked for.</exception>
    public static IReadOnlyList<OpenCount> Openings(IReadOnlyList<ReleasedTable> releases, int k = 10, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(releases);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 2);
        var tables = releases.Select(release => CellSuppression.WithTotals(release.Counts)).ToList();
        var runs = new Dictionary<(int First, int Last), (TableAttacker Attacker, HiddenCell[,] States)>();
        var open = new List<OpenCount>();
        for (var release = 0; release < tables.Count; release++)
            foreach (var (i, j) in Cells(tables[release]))
                for (var since = -1; since < release; since++)
                {
                    stop.ThrowIfCancellationRequested();
                    var count = tables[release][i, j] - (since < 0 ? 0 : tables[since][i, j]);
                    // Of who came in between, none and everybody says nothing that a release doesn't say by itself.
                    if (!IsFew(count, k) && !(since < 0 && IsNoneOrAll(tables[release], i, j))) continue;
                    var width = Width(i, j, since, release);
                    if (width < k) open.Add(new(i, j, release, since < 0 ? null : since, width));
                }

        return open;

        // A run of releases that has one of the two in it and not the other moves their difference.
        long Width(int i, int j, int since, int release)
        {
            long widest = 0;
            for (var first = 0; first < tables.Count; first++)
                for (var last = first; last < tables.Count && releases[last].IsHidden[i, j]; last++)
                {
                    if ((first <= release && release <= last) == (first <= since && since <= last)) continue;
                    var (attacker, states) = Run(first, last);
                    widest = Math.Max(widest, attacker.Range(states, i, j).Width);
                    if (widest >= k) return widest;
                }

            return widest;
        }

        (TableAttacker Attacker, HiddenCell[,] States) Run(int first, int last)
        {
            if (runs.TryGetValue((first, last), out var known)) return known;
            var states = new HiddenCell[tables[0].GetLength(0), tables[0].GetLength(1)];
            foreach (var (i, j) in Cells(tables[0])) states[i, j] = Enumerable.Range(first, last - first + 1).All(n => releases[n].IsHidden[i, j]) ? HiddenCell.Small : HiddenCell.Shown;
            return runs[(first, last)] = (new TableAttacker(first == 0 ? tables[0] : Less(tables[first], tables[first - 1]), last == tables.Count - 1 ? null : Less(tables[last + 1], tables[last])), states);
        }
    }

    static bool IsFew(long count, int k) => count > 0 && count < k;

    /// <summary>Nobody, or everybody of a row or a column: who knows that somebody took part would know the rest. Of a table of one row or one column there is nothing more to know.</summary>
    static bool IsNoneOrAll(long[,] table, int row, int column)
    {
        var (rows, columns, count) = (table.GetLength(0) - 1, table.GetLength(1) - 1, table[row, column]);
        if (row == rows && column == columns) return false;
        return count == 0 || (columns > 1 && column < columns && count == table[row, columns]) || (rows > 1 && row < rows && count == table[rows, column]);
    }

    static long[,] Less(long[,] one, long[,] other)
    {
        var less = new long[one.GetLength(0), one.GetLength(1)];
        foreach (var (i, j) in Cells(one)) less[i, j] = one[i, j] - other[i, j];
        return less;
    }

    static IEnumerable<(int Row, int Column)> Cells(long[,] table)
    {
        for (var i = 0; i < table.GetLength(0); i++)
            for (var j = 0; j < table.GetLength(1); j++) yield return (i, j);
    }
}
