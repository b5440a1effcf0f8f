using Guildhall.Evidence.Numerics;

namespace Guildhall.Evidence;

/// <summary>
/// Could it be luck? The share of all ways of dealing out the same numbers that differ at least as much: R. Fisher, "The Design of Experiments", 1935; E. Pitman, 1937.
/// </summary>
/// <param name="AtLeastAsFar">How many of the ways differ at least as much, in absolute value.</param>
/// <param name="Ways">The number of ways counted.</param>
/// <param name="IsExact">Whether those are all ways there are; otherwise they were drawn by lot.</param>
public sealed record PermutationTest(long AtLeastAsFar, long Ways, bool IsExact)
{
    /// <summary>The largest number of ways that are all counted.</summary>
    public const long MostWays = 1_000_000;

    /// <summary>The two-sided p-value. Drawn by lot, the actual way counts as one of those drawn, so it is never 0 (B. Phipson, G. Smyth, Statistical Applications in Genetics and Molecular Biology 9, 2010).</summary>
    public double PValue => IsExact ? (double)AtLeastAsFar / Ways : (AtLeastAsFar + 1.0) / (Ways + 1.0);

    /// <summary>Two groups, by the difference of their means.</summary>
    /// <param name="treated">Whether each row is in the first group.</param>
    /// <param name="outcome">A finite number a row.</param>
    /// <param name="strata">Rows are dealt out within their own number alone, as in the rounds of a lottery; null for one.</param>
    /// <param name="seed">The seed of the lots where there are too many ways.</param>
    /// <param name="draws">The number of lots, 100 or more.</param>
    /// <returns>The test, or a refusal: an empty group or a missing value. The difference compared is that of stratum means weighted by the strata's sizes.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="treated"/> or <paramref name="outcome"/> is null.</exception>
    /// <exception cref="ArgumentException">The rows don't fit together.</exception>
    public static Answer<PermutationTest> TwoGroups(bool[] treated, double[] outcome, int[]? strata = null, ulong seed = 1, int draws = 10_000)
    {
        ArgumentNullException.ThrowIfNull(treated);
        ArgumentNullException.ThrowIfNull(outcome);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 100);
        if (outcome.Length != treated.Length || (strata is not null && strata.Length != treated.Length)) throw new ArgumentException("The rows don’t fit together.", nameof(outcome));
        if (Array.Exists(outcome, value => !double.IsFinite(value))) return new EvidenceRefusal(RefusalReason.MissingValue, "A row has no outcome.");
        var groups = Enumerable.Range(0, treated.Length).GroupBy(i => strata?[i] ?? 0).Where(rows => rows.Any(i => treated[i]) && rows.Any(i => !treated[i]))
            .Select(rows => (Values: rows.Select(i => outcome[i]).ToArray(), Treated: rows.Count(i => treated[i]), Own: rows.Where(i => treated[i]).Sum(i => outcome[i]))).ToList();
        if (groups.Count == 0) return new EvidenceRefusal(RefusalReason.NoControls, "No stratum has both groups.");

        var rowsKept = groups.Sum(group => group.Values.Length);
        var actual = groups.Sum(group => Difference(group.Values, group.Treated, group.Own) * group.Values.Length / rowsKept);
        var least = Math.Abs(actual) - 1e-9 * Math.Max(1, Math.Abs(actual));
        if (groups.Count == 1 && CountOfWays(groups[0].Values.Length, groups[0].Treated) is <= MostWays and var ways)
        {
            var (values, count) = (groups[0].Values, groups[0].Treated);
            long far = 0;
            foreach (var sum in SubsetSums(values, count)) if (Math.Abs(Difference(values, count, sum)) >= least) far++;
            return new PermutationTest(far, ways, IsExact: true);
        }
        var random = new SplitMix(seed);
        long drawnFar = 0;
        for (var draw = 0; draw < draws; draw++)
        {
            var total = 0.0;
            foreach (var group in groups) total += Difference(group.Values, group.Treated, DrawnSum(group.Values, group.Treated, random)) * group.Values.Length / rowsKept;
            if (Math.Abs(total) >= least) drawnFar++;
        }
        return new PermutationTest(drawnFar, draws, IsExact: false);
    }

    /// <summary>Pairs, by the sum of their differences with signs dealt out anew.</summary>
    /// <param name="differences">A finite difference a pair; one or more.</param>
    /// <param name="seed">The seed of the lots where there are too many ways.</param>
    /// <param name="draws">The number of lots, 100 or more.</param>
    /// <returns>The test, or a refusal: no pairs or a missing value.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="differences"/> is null.</exception>
    public static Answer<PermutationTest> Pairs(double[] differences, ulong seed = 1, int draws = 10_000)
    {
        ArgumentNullException.ThrowIfNull(differences);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 100);
        if (differences.Length == 0) return new EvidenceRefusal(RefusalReason.TooFewRows, "There are no pairs.");
        if (Array.Exists(differences, value => !double.IsFinite(value))) return new EvidenceRefusal(RefusalReason.MissingValue, "A pair has no difference.");
        var least = Math.Abs(differences.Sum()) - 1e-9 * Math.Max(1, Math.Abs(differences.Sum()));
        var isExact = differences.Length < 20;
        long ways = isExact ? 1L << differences.Length : draws, far = 0;
        var random = new SplitMix(seed);
        for (long way = 0; way < ways; way++)
        {
            var sum = 0.0;
            ulong signs = 0;
            for (var k = 0; k < differences.Length; k++)
            {
                if (k % 64 == 0) signs = isExact ? (ulong)way : random.Next();
                sum += (signs >> (k % 64) & 1) == 0 ? differences[k] : -differences[k];
            }
            if (Math.Abs(sum) >= least) far++;
        }
        return new PermutationTest(far, ways, isExact);
    }

    static double Difference(double[] values, int treated, double own) => own / treated - (values.Sum() - own) / (values.Length - treated);

    static long CountOfWays(int rows, int treated)
    {
        var ways = 1.0;
        for (var k = 1; k <= treated; k++) ways = Math.Round(ways * (rows - treated + k) / k);
        return ways > 1e18 ? long.MaxValue : (long)ways;
    }

    static IEnumerable<double> SubsetSums(double[] values, int count)
    {
        int[] chosen = [.. Enumerable.Range(0, count)];
        while (true)
        {
            yield return chosen.Sum(i => values[i]);
            var k = count - 1;
            while (k >= 0 && chosen[k] == values.Length - count + k) k--;
            if (k < 0) yield break;
            chosen[k]++;
            for (var j = k + 1; j < count; j++) chosen[j] = chosen[j - 1] + 1;
        }
    }

    // Shuffles just as far as the group reaches.
    static double DrawnSum(double[] values, int count, SplitMix random)
    {
        var sum = 0.0;
        for (var k = 0; k < count; k++)
        {
            var other = k + random.Below(values.Length - k);
            (values[k], values[other]) = (values[other], values[k]);
            sum += values[k];
        }
        return sum;
    }
}
