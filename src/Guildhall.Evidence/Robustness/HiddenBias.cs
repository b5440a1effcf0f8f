using Guildhall.Evidence.Numerics;

namespace Guildhall.Evidence;

/// <summary>How strong something unseen, such as keenness, would have to be to explain an association away.</summary>
public static class HiddenBias
{
    /// <summary>
    /// The E-value: the risk ratio that the unseen must have with both joining and the outcome, beyond the covariates. T. VanderWeele, P. Ding, "Sensitivity analysis in observational research", Annals of Internal Medicine 167, 2017.
    /// </summary>
    /// <param name="riskRatio">The observed risk ratio, above 0.</param>
    /// <returns>RR + √(RR (RR − 1)), of 1/RR when it is below 1; 1 means that nothing is needed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The ratio isn't above 0.</exception>
    public static double EValue(double riskRatio)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(riskRatio);
        var ratio = Math.Max(riskRatio, 1 / riskRatio);
        return ratio + Math.Sqrt(ratio * (ratio - 1));
    }

    /// <summary>The E-value of the end of an interval that is nearer to 1: how strong it must be to make the result uncertain.</summary>
    /// <param name="riskRatios">The interval of the risk ratio, above 0.</param>
    /// <returns>1 when the interval holds 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An end isn't above 0.</exception>
    public static double EValue(Interval riskRatios) => riskRatios.Contains(1) ? 1 : EValue(riskRatios.Lower > 1 ? riskRatios.Lower : riskRatios.Upper);

    /// <summary>The risk ratio of a hazard ratio when the outcome is common by the end: (1 − 0.5^√HR) / (1 − 0.5^√(1/HR)), same source.</summary>
    /// <param name="hazardRatio">Above 0.</param>
    /// <returns>The risk ratio, about.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The ratio isn't above 0.</exception>
    public static double RiskRatioOfHazards(double hazardRatio)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(hazardRatio);
        return (1 - Math.Pow(0.5, Math.Sqrt(hazardRatio))) / (1 - Math.Pow(0.5, Math.Sqrt(1 / hazardRatio)));
    }

    /// <summary>The risk ratio of an odds ratio when the outcome is common: √OR, same source.</summary>
    /// <param name="oddsRatio">Above 0.</param>
    /// <returns>The risk ratio, about.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The ratio isn't above 0.</exception>
    public static double RiskRatioOfOdds(double oddsRatio)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(oddsRatio);
        return Math.Sqrt(oddsRatio);
    }

    /// <summary>The risk ratio of a difference of means in standard deviations: exp(0.91 d), same source.</summary>
    /// <param name="standardisedDifference">Any finite number.</param>
    /// <returns>The risk ratio, about.</returns>
    public static double RiskRatioOfDifference(double standardisedDifference) => Math.Exp(0.91 * standardisedDifference);

    /// <summary>
    /// The largest one-sided p-value of matched pairs when within a pair one may be up to <paramref name="gamma"/> times as likely to join as the other: Wilcoxon's signed ranks in their normal approximation. P. Rosenbaum,
    /// "Observational Studies", 2nd edition 2002, section 4.3.
    /// </summary>
    /// <param name="differences">Treated less control, a finite number a pair; pairs of difference 0 are left out.</param>
    /// <param name="gamma">1 or more.</param>
    /// <returns>The bound, or a refusal when no pair differs.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="differences"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="gamma"/> is below 1.</exception>
    public static Answer<RosenbaumBound> Rosenbaum(double[] differences, double gamma)
    {
        ArgumentNullException.ThrowIfNull(differences);
        ArgumentOutOfRangeException.ThrowIfLessThan(gamma, 1);
        if (Array.Exists(differences, value => !double.IsFinite(value))) return new EvidenceRefusal(RefusalReason.MissingValue, "A pair has no difference.");
        var kept = Array.FindAll(differences, difference => difference != 0);
        if (kept.Length == 0) return new EvidenceRefusal(RefusalReason.ConstantOutcome, "No pair differs.");
        var ranks = Ranks.Middle(Array.ConvertAll(kept, Math.Abs));
        var (positive, chance) = (kept.Select((difference, k) => difference > 0 ? ranks[k] : 0).Sum(), gamma / (1 + gamma));
        var (mean, variance) = (chance * ranks.Sum(), chance * (1 - chance) * ranks.Sum(rank => rank * rank));
        return new RosenbaumBound(gamma, Probability.Normal((mean - positive) / Math.Sqrt(variance)));
    }
}

/// <summary>A bound on a p-value.</summary>
/// <param name="Gamma">How much more likely to join one of a pair may be.</param>
/// <param name="LargestPValue">The one-sided p-value in the worst case.</param>
public sealed record RosenbaumBound(double Gamma, double LargestPValue);
