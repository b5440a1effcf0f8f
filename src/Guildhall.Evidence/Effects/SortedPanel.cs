using Guildhall.Evidence.Numerics;

namespace Guildhall.Evidence;

/// <summary>
/// A panel laid out for group-time effects: sellers sorted by cohort with the never treated last, so that a cohort and its controls are at most three stretches of memory; outcomes a column a period; covariates a
/// standardised column each after a column of ones. Effects don't depend on the covariates' units, and so neither do their digits.
/// </summary>
sealed class SortedPanel
{
    public SortedPanel(OutcomePanel panel, int anticipation)
    {
        Periods = panel.Periods;
        // Who joins so late that even the anticipation lies after the data is as good as never treated within them.
        var last = panel.Periods + anticipation;
        var counts = new SortedDictionary<int, int>();
        foreach (var joined in panel.Joined)
        {
            if (joined == 1) AlwaysTreated++;
            else counts[Key(joined)] = counts.GetValueOrDefault(Key(joined)) + 1;
        }
        Cohorts = [.. counts.Keys];
        Starts = new int[Cohorts.Length + 1];
        for (var b = 0; b < Cohorts.Length; b++) Starts[b + 1] = Starts[b] + counts[Cohorts[b]];
        Count = Starts[^1];

        var next = Cohorts.Select((cohort, b) => (cohort, Start: Starts[b])).ToDictionary(block => block.cohort, block => block.Start);
        Original = new int[Count];
        for (var i = 0; i < panel.Sellers; i++)
            if (panel.Joined[i] != 1) Original[next[Key(panel.Joined[i])]++] = i;

        // Differences alone matter, and small numbers keep their digits: the mean goes out.
        var mean = panel.Outcomes.Sum() / panel.Outcomes.Length;
        Outcomes = new double[Periods + 1][];
        for (var t = 1; t <= Periods; t++) Outcomes[t] = new double[Count];
        for (var i = 0; i < Count; i++)
        {
            var row = (long)Original[i] * Periods;
            for (var t = 1; t <= Periods; t++) Outcomes[t][i] = panel.Outcomes[row + t - 1] - mean;
        }
        X = new double[panel.Covariates.Length + 1][];
        X[0] = new double[Count];
        Array.Fill(X[0], 1);
        for (var k = 1; k < X.Length; k++) X[k] = Standardised(panel.Covariates[k - 1], Original);
        Clusters = panel.Clusters is null ? null : Compact(panel.Clusters, Original);

        int Key(int joined) => joined == 0 || joined > last ? int.MaxValue : joined;
    }

    public int Periods { get; }

    /// <summary>Sellers that take part: all but those who joined in period 1.</summary>
    public int Count { get; }

    public int AlwaysTreated { get; }

    /// <summary>The period of joining of each block, ascending; int.MaxValue for the never treated.</summary>
    public int[] Cohorts { get; }

    /// <summary>Where each block starts, and where the last ends.</summary>
    public int[] Starts { get; }

    /// <summary>Which seller of the given panel each row is.</summary>
    public int[] Original { get; }

    /// <summary>By period 1 … T; index 0 is unused.</summary>
    public double[][] Outcomes { get; }

    public double[][] X { get; }

    /// <summary>The cluster of each row, numbered from 0; null when every row is its own.</summary>
    public int[]? Clusters { get; }

    /// <summary>The covariance of estimates, from their influence functions divided by the number of sellers; clusters are added up first.</summary>
    public double[] Covariance(IReadOnlyList<double[]> influences)
    {
        var size = influences.Count;
        var columns = Clusters is null ? influences : [.. influences.Select(ByCluster)];
        var covariance = new double[size * size];
        for (var j = 0; j < size; j++)
            for (var k = 0; k <= j; k++) covariance[j * size + k] = covariance[k * size + j] = Columns.Dot(columns[j], columns[k]);
        return covariance;
    }

    public double StandardError(double[] influence) => Math.Sqrt(Covariance([influence])[0]);

    double[] ByCluster(double[] influence)
    {
        var sums = new double[Clusters!.Max() + 1];
        for (var i = 0; i < influence.Length; i++) sums[Clusters![i]] += influence[i];
        return sums;
    }

    static double[] Standardised(double[] covariate, int[] original)
    {
        var column = Array.ConvertAll(original, i => covariate[i]);
        var mean = column.Sum() / Math.Max(column.Length, 1);
        var spread = Math.Sqrt(column.Sum(value => (value - mean) * (value - mean)) / Math.Max(column.Length, 1));
        for (var i = 0; i < column.Length; i++) column[i] = spread > 0 ? (column[i] - mean) / spread : 0;
        return column;
    }

    static int[] Compact(int[] clusters, int[] original)
    {
        var numbers = new Dictionary<int, int>();
        return Array.ConvertAll(original, i =>
        {
            if (!numbers.TryGetValue(clusters[i], out var number)) numbers.Add(clusters[i], number = numbers.Count);
            return number;
        });
    }
}
