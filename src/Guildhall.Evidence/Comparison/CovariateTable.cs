namespace Guildhall.Evidence;

/// <summary>What is known of sellers, by columns of numbers; categories are entered as one column of 0 and 1 for each value but the first.</summary>
/// <param name="Names">A name a column.</param>
/// <param name="Columns">The columns, each with a finite number a seller.</param>
public sealed record CovariateTable(IReadOnlyList<string> Names, IReadOnlyList<double[]> Columns)
{
    /// <summary>The number of sellers; 0 without columns.</summary>
    public int Count => Columns.Count == 0 ? 0 : Columns[0].Length;

    internal EvidenceRefusal? Check()
    {
        if (Names.Count != Columns.Count) throw new InvalidOperationException("There is one name a column.");
        for (var k = 0; k < Columns.Count; k++)
        {
            if (Columns[k].Length != Count) throw new InvalidOperationException($"Column {Names[k]} has another length than the first.");
            var missing = Array.FindIndex(Columns[k], value => !double.IsFinite(value));
            if (missing >= 0) return new(RefusalReason.MissingValue, FormattableString.Invariant($"Row {missing} has no number in {Names[k]}."));
        }
        return null;
    }

    /// <summary>A column of ones and the columns, each with mean 0 and spread 1; and the means and spreads to go back by. A constant column is null.</summary>
    internal (double[][] X, double[] Means, double[] Spreads)? Standardised(int degreesLost = 0)
    {
        var (x, means, spreads) = (new double[Columns.Count + 1][], new double[Columns.Count], new double[Columns.Count]);
        x[0] = [.. Enumerable.Repeat(1.0, Count)];
        for (var k = 0; k < Columns.Count; k++)
        {
            var column = Columns[k];
            var mean = column.Average();
            var spread = Math.Sqrt(column.Sum(value => (value - mean) * (value - mean)) / (Count - degreesLost));
            if (!(spread > 1e-12 * Math.Abs(mean))) return null;
            (x[k + 1], means[k], spreads[k]) = (Array.ConvertAll(column, value => (value - mean) / spread), mean, spread);
        }
        return (x, means, spreads);
    }
}
