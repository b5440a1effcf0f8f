using Guildhall.Evidence.Numerics;

namespace Guildhall.Evidence;

/// <summary>
/// The difference that lots made where they were drawn within strata, such as several draws, or tiers with odds of their own: the difference within each stratum, weighted by its rows. G. Imbens, D. Rubin, "Causal Inference for Statistics, Social, and
/// Biomedical Sciences", Cambridge 2015, chapter 9 (stratified randomized experiments), equation 9.5 with the conservative variance of J. Neyman, 1923.
/// </summary>
/// <remarks>
/// With n_s rows of stratum s, of n in all, whose winners and losers have the means y₁, y₀ and the sample variances v₁, v₀ over n₁, n₀ rows: difference = Σ n_s/n · (y₁ − y₀), variance = Σ (n_s/n)² · (v₁/n₁ + v₀/n₀). Assumes that within a
/// stratum every set of as many winners was as likely; nothing of how outcomes are spread. Unlike least squares with a column a stratum, which gives most weight to strata with even odds, it is the average over the rows themselves. Degrees of freedom:
/// F. Satterthwaite, "An approximate distribution of estimates of variance components", Biometrics Bulletin 2, 1946. Deterministic; time O(n).
/// </remarks>
/// <param name="Difference">Winners less losers, in the outcome's unit.</param>
/// <param name="DegreesOfFreedom">Of Student's t, above 0.</param>
/// <param name="Winners">The number of winners in the strata that count.</param>
/// <param name="Losers">The number of losers in them.</param>
/// <param name="WinnersMean">Of the winners, by strata weighted as the difference is, in the outcome's unit.</param>
/// <param name="Strata">The number of strata that count.</param>
/// <param name="LeftOut">Rows of strata with fewer than two winners or two losers: they have no difference with an error.</param>
public sealed record StratifiedDifference(Estimate Difference, double DegreesOfFreedom, int Winners, int Losers, double WinnersMean, int Strata, int LeftOut)
{
    /// <summary>The interval by Student's t.</summary>
    /// <param name="level">The chance with which such intervals hold the true difference, above 0 and below 1.</param>
    /// <returns>The interval in the outcome's unit.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> isn't between 0 and 1.</exception>
    public Interval Interval(double level = 0.95) => Difference.WithCriticalValue(Probability.StudentQuantile(0.5 + 0.5 * Probability.CheckedLevel(level), DegreesOfFreedom));

    /// <summary>The difference with its error made wider, so that the normal 95% interval of it is the one by Student's t: for <see cref="Verdict"/>, which reads the normal one.</summary>
    public Estimate Widened => new(Difference.Value, 0.5 * Interval().Width / Probability.TwoSidedCritical(0.95));

    /// <summary>The two-sided p-value of no difference, by Student's t.</summary>
    public double PValue => Difference.Value == 0 ? 1 : Probability.TwoSidedStudent(Difference.Value / Difference.StandardError, DegreesOfFreedom);

    /// <summary>Estimates the difference.</summary>
    /// <param name="won">Whether each row won.</param>
    /// <param name="outcome">A finite number a row.</param>
    /// <param name="strata">The stratum of each row, any numbers.</param>
    /// <returns>The difference, or a refusal: no stratum with two winners and two losers, a missing value, or the same outcome everywhere.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The rows don't fit together.</exception>
    public static Answer<StratifiedDifference> Estimate(bool[] won, double[] outcome, int[] strata)
    {
        ArgumentNullException.ThrowIfNull(won);
        ArgumentNullException.ThrowIfNull(outcome);
        ArgumentNullException.ThrowIfNull(strata);
        if (strata.Length != won.Length) throw new ArgumentException("The rows don’t fit together.", nameof(strata));
        if (ArmComparison.Check(won, outcome) is { } refusal) return refusal;

        var counted = Enumerable.Range(0, won.Length).GroupBy(i => strata[i]).Where(stratum => stratum.Count(i => won[i]) >= 2 && stratum.Count(i => !won[i]) >= 2).OrderBy(stratum => stratum.Key)
            .Select(stratum => (Winners: Moments.Of(stratum.Where(i => won[i]).Select(i => outcome[i])), Losers: Moments.Of(stratum.Where(i => !won[i]).Select(i => outcome[i])))).ToList();
        if (counted.Count == 0) return new EvidenceRefusal(RefusalReason.NoControls, "No stratum has two winners and two losers.");

        double rows = counted.Sum(stratum => stratum.Winners.Count + stratum.Losers.Count);
        var (difference, mean, variance, spread) = (0.0, 0.0, 0.0, 0.0);
        foreach (var (winners, losers) in counted)
        {
            var weight = (winners.Count + losers.Count) / rows;
            difference += weight * (winners.Mean - losers.Mean);
            mean += weight * winners.Mean;
            foreach (var arm in new[] { winners, losers })
            {
                var part = weight * weight * arm.Variance / arm.Count;
                variance += part;
                spread += part * part / (arm.Count - 1);
            }
        }
        if (variance == 0) return new EvidenceRefusal(RefusalReason.ConstantOutcome, "The outcome is the same in every arm, so nothing says how sure the difference is.");
        return new StratifiedDifference(
            new(difference, Math.Sqrt(variance)), variance * variance / spread, counted.Sum(stratum => stratum.Winners.Count), counted.Sum(stratum => stratum.Losers.Count), mean, counted.Count, won.Length - (int)rows);
    }
}
