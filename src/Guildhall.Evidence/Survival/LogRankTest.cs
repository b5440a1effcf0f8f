using Guildhall.Evidence.Numerics;

namespace Guildhall.Evidence;

/// <summary>
/// Whether groups known at entry, such as the winners and losers of a lottery, wait equally long: N. Mantel, "Evaluation of survival data and two new rank order statistics", Cancer Chemotherapy Reports 50, 1966; with
/// weight 1 the variant of R. Peto and J. Peto (1972), which listens more to early times (G-rho family of D. Harrington, T. Fleming, Biometrika 69, 1982).
/// </summary>
/// <param name="Statistic">Chi-square distributed, 0 or more.</param>
/// <param name="Degrees">Groups less one.</param>
/// <param name="PValue">The chance of a statistic at least as great if the groups were equal.</param>
/// <param name="Observed">By group, to how many it happened, weighted.</param>
/// <param name="Expected">By group, to how many it would have happened if the groups were equal, weighted.</param>
public sealed record LogRankTest(double Statistic, int Degrees, double PValue, IReadOnlyList<double> Observed, IReadOnlyList<double> Expected)
{
    /// <summary>Compares groups.</summary>
    /// <param name="groups">Two or more groups. When mentoring began plays no part: groups made from it would be those that last long enough to be mentored.</param>
    /// <param name="rho">The power of the overall share still waiting that weighs each time, 0 or more.</param>
    /// <returns>The test, or a refusal: fewer than two groups, an empty one, or it happened to nobody.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="groups"/> is null.</exception>
    public static Answer<LogRankTest> Of(IReadOnlyList<IReadOnlyList<Lifetime>> groups, double rho = 0)
    {
        ArgumentNullException.ThrowIfNull(groups);
        if (groups.Count < 2) return new EvidenceRefusal(RefusalReason.NoControls, "There are fewer than two groups.");
        if (groups.Any(group => group.Count == 0)) return new EvidenceRefusal(RefusalReason.TooFewRows, "A group is empty.");
        if (Lifetime.Check([.. groups.SelectMany(group => group)]) is { } refusal) return refusal;

        var k = groups.Count;
        var (observed, expected, variance) = (new double[k], new double[k], new double[k * k]);
        var stops = groups.Select(group => group.OrderBy(lifetime => lifetime.End).ToArray()).ToArray();
        var entries = groups.Select(group => group.Select(lifetime => lifetime.Entry).Order().ToArray()).ToArray();
        var (left, entered) = (new int[k], new int[k]);
        var share = 1.0;
        foreach (var time in groups.SelectMany(group => group).Where(lifetime => lifetime.Happened).Select(lifetime => lifetime.End).Distinct().Order())
        {
            var (atRisk, happened) = (new double[k], new double[k]);
            for (var g = 0; g < k; g++)
            {
                while (entered[g] < entries[g].Length && entries[g][entered[g]] < time) entered[g]++;
                while (left[g] < stops[g].Length && stops[g][left[g]].End < time) left[g]++;
                atRisk[g] = entered[g] - left[g];
                for (var i = left[g]; i < stops[g].Length && stops[g][i].End == time; i++)
                    if (stops[g][i].Happened) happened[g]++;
            }
            var (n, d) = (atRisk.Sum(), happened.Sum());
            var weight = Math.Pow(share, rho);
            for (var g = 0; g < k; g++)
            {
                observed[g] += weight * happened[g];
                expected[g] += weight * d * atRisk[g] / n;
                for (var h = 0; h < k && n > 1; h++)
                    variance[g * k + h] += weight * weight * d * (n - d) / (n - 1) * (atRisk[g] / n) * ((g == h ? 1 : 0) - atRisk[h] / n);
            }
            share *= (n - d) / n;
        }
        // The differences sum to zero, so the last group says nothing of its own.
        var size = k - 1;
        var part = new double[size * size];
        for (var g = 0; g < size; g++)
            for (var h = 0; h < size; h++) part[g * size + h] = variance[g * k + h];
        if (SymmetricMatrix.Cholesky(part, size) is not { } factor) return new EvidenceRefusal(RefusalReason.TooFewRows, "A group was never at risk when it happened.");
        double[] difference = [.. observed.Zip(expected, (o, e) => o - e).Take(size)];
        var statistic = SymmetricMatrix.Solve(factor, size, difference).Zip(difference, (a, b) => a * b).Sum();
        return new LogRankTest(statistic, size, Probability.ChiSquareUpper(statistic, size), observed, expected);
    }
}
