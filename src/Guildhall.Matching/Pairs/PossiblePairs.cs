namespace Guildhall.Matching;

/// <summary>Pairs that may be made: the required rules passed, a place open, neither side pinned away.</summary>
sealed class PossiblePairs(PairTable table, RuleRegime regime, int[] places, int[] pinOf)
{
    public PairTable Table => table;

    public RuleRegime Regime => regime;

    /// <summary>Places left to each mentor beside the pins.</summary>
    public int[] Places => places;

    /// <summary>The mentor each mentee is pinned to, −1 for most.</summary>
    public int[] PinOf => pinOf;

    public int Rows => table.Rows;

    public int Columns => table.Columns;

    /// <summary>The score in millionths, 0 for a pair that can't be made.</summary>
    public int Score(int i, int j)
    {
        if (pinOf[i] >= 0 || places[j] == 0) return 0;
        var (raw, broken) = table.At(i, j);
        return regime.PossibleScore(raw, broken);
    }

    /// <summary>One mentee's scores by mentor, 0 for a pair that can't be made.</summary>
    public void Scores(int i, Span<int> scores)
    {
        if (pinOf[i] >= 0)
        {
            scores.Clear();
            return;
        }
        var row = table.RowOf(i);
        for (var j = 0; j < scores.Length; j++)
            scores[j] = places[j] == 0 ? 0 : regime.PossibleScore(row.Raw[j], row.Broken[j]);
    }

    /// <summary>The exact best of each mentee by score, then in canonical order; ascending by mentor.</summary>
    public int[][] Best(int most, CancellationToken stop)
    {
        var best = new int[Rows][];
        Parallel.For(0, Rows, new ParallelOptions { CancellationToken = stop }, () => (Scores: new int[Columns], Keys: new long[Columns]), (i, _, scratch) =>
        {
            Scores(i, scratch.Scores);
            var count = 0;
            for (var j = 0; j < Columns; j++)
                if (scratch.Scores[j] > 0) scratch.Keys[count++] = ((long)-scratch.Scores[j] << 32) | (uint)j;
            var keys = scratch.Keys.AsSpan(0, count);
            if (count > most)
            {
                keys.Sort();
                keys = keys[..most];
            }
            var row = new int[keys.Length];
            for (var k = 0; k < row.Length; k++) row[k] = (int)(keys[k] & 0xFFFFFFFF);
            Array.Sort(row);
            best[i] = row;
            return scratch;
        }, _ => { });
        return best;
    }

    /// <summary>The problem over some of the pairs.</summary>
    /// <param name="mentors">For each mentee the mentors, ascending.</param>
    public AssignmentProblem Problem(int[][] mentors)
    {
        var starts = new int[Rows + 1];
        for (var i = 0; i < Rows; i++) starts[i + 1] = starts[i] + mentors[i].Length;
        var (columns, scores) = (new int[starts[Rows]], new int[starts[Rows]]);
        var row = new int[Columns];
        for (var i = 0; i < Rows; i++)
        {
            if (mentors[i].Length == 0) continue;
            Scores(i, row);
            for (var k = 0; k < mentors[i].Length; k++) (columns[starts[i] + k], scores[starts[i] + k]) = (mentors[i][k], row[mentors[i][k]]);
        }
        return new(starts, columns, scores, places, Array.ConvertAll(Table.People.Mentees, m => m.PriorityClass));
    }
}
