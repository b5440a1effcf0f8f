namespace Guildhall.Evidence.Numerics;

static class Ranks
{
    /// <summary>Ranks from 1, equal values sharing the mean of theirs.</summary>
    public static double[] Middle(double[] values)
    {
        var order = Enumerable.Range(0, values.Length).OrderBy(i => values[i]).ToArray();
        var ranks = new double[values.Length];
        for (var from = 0; from < order.Length;)
        {
            var to = from;
            while (to < order.Length && values[order[to]] == values[order[from]]) to++;
            for (var k = from; k < to; k++) ranks[order[k]] = (from + to + 1) / 2.0;
            from = to;
        }
        return ranks;
    }
}
