using Guildhall.Evidence.Numerics;

namespace Guildhall.Evidence;

/// <summary>
/// What a comparison of mentees with others could find, before there is a mentee: from how much sellers differ who had no mentor. Effects are shares of what is to be expected, as they are reported. The chance of finding
/// one is the normal approximation to that of the estimator that will read it, without covariates: the standard error of a difference between two groups is √(deviation² / mentees + deviation² / others)
/// (J. Cohen, "Statistical Power Analysis for the Behavioral Sciences", 2nd edition 1988, sections 2.3 and 6.3).
/// </summary>
public sealed class PlannedComparison
{
    /// <summary>An effect of a hundredfold is beyond any program.</summary>
    const double Largest = 100;

    const double MostMentees = 1e7;

    readonly Func<double, double, double, double> distance;

    PlannedComparison(double deviation, double largest, Func<double, double, double, double> distance) => (Deviation, LargestShare, this.distance) = (deviation, largest, distance);

    /// <summary>The standard deviation of one seller's contribution: as a share of what is to be expected, or of the logarithm of the ratio to it.</summary>
    public double Deviation { get; }

    /// <summary>No effect can be larger: where 40 of 100 reach something anyway, 1.5.</summary>
    public double LargestShare { get; }

    /// <summary>For amounts read by the ratio of growth (<see cref="RatioInRatios"/>): a seller contributes after / mean after − before / mean before to the logarithm of the ratio. Its interval goes by how many sellers of equal size the smaller group counts as, as uneven as sellers were before.</summary>
    /// <param name="sums">Of sellers without a mentor, before: a period on average over the base; after: a period on average over the window.</param>
    /// <returns>The comparison, or a refusal: under two sellers, or none of them sold anything before or after.</returns>
    public static Answer<PlannedComparison> OfRatios(BeforeAfterSums sums)
    {
        ArgumentNullException.ThrowIfNull(sums);
        if (sums.Sellers < 2) return TooFew();
        if (sums.Before <= 0 || sums.After <= 0) return new EvidenceRefusal(RefusalReason.ZeroAmount, "Nobody sold anything before, or after.");
        // Contributions add up to 0, so their squares are their variance.
        var squares = sums.AfterSquares / Squared(sums.MeanAfter) - 2 * sums.Products / (sums.MeanAfter * sums.MeanBefore) + sums.BeforeSquares / Squared(sums.MeanBefore);
        return Of(Math.Sqrt(Math.Max(0, squares) / (sums.Sellers - 1)), double.LogP1, evenness: Squared(sums.Before) / (sums.Sellers * sums.BeforeSquares));
    }

    /// <summary>
    /// For numbers read by the difference of changes (<see cref="GroupTimeEffects"/>): a seller contributes (after − before) / mean after. An effect of a share raises what mentees have after in that proportion, and so how much they differ:
    /// with a constant deviation a simulated effect was found in 73 of 100 programs instead of 80.
    /// </summary>
    /// <param name="sums">Of sellers without a mentor, before: the base period; after: a period on average over the window.</param>
    /// <returns>The comparison, or a refusal: under two sellers, or none of them had anything after.</returns>
    public static Answer<PlannedComparison> OfDifferences(BeforeAfterSums sums)
    {
        ArgumentNullException.ThrowIfNull(sums);
        if (sums.Sellers < 2) return TooFew();
        if (sums.After <= 0) return new EvidenceRefusal(RefusalReason.ZeroAmount, "Nobody had anything after.");
        double Deviation(double share)
        {
            var raised = 1 + share;
            var squares = raised * raised * sums.AfterSquares - 2 * raised * sums.Products + sums.BeforeSquares - Squared(raised * sums.After - sums.Before) / sums.Sellers;
            return Math.Sqrt(Math.Max(0, squares) / (sums.Sellers - 1)) / sums.MeanAfter;
        }

        return Of(Deviation(0), share => share, Deviation);
    }

    /// <summary>For what a seller reaches or doesn't, such as a first sale within two weeks: two shares told apart.</summary>
    /// <param name="sellers">How many there are without a mentor, above 0.</param>
    /// <param name="reached">How many of them reached it.</param>
    /// <returns>The comparison, or a refusal: nobody reached it, or everybody.</returns>
    /// <exception cref="ArgumentOutOfRangeException">More reached it than there are.</exception>
    public static Answer<PlannedComparison> OfShares(long sellers, long reached)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(reached);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(reached, sellers);
        if (sellers < 2) return TooFew();
        if (reached == 0 || reached == sellers) return new EvidenceRefusal(RefusalReason.ConstantOutcome, reached == 0 ? "Nobody reached it." : "Everybody reached it.");
        var share = reached / (double)sellers;
        return new PlannedComparison(Math.Sqrt((1 - share) / share), (1 - share) / share, (effect, mentees, others) =>
        {
            var raised = share * (1 + effect);
            var pooled = ((mentees * raised) + (others * share)) / (mentees + others);
            // Without an effect the two have one share, with it each has its own.
            var (without, with) = (Math.Sqrt(pooled * (1 - pooled) * (1 / mentees + 1 / others)), Math.Sqrt(raised * (1 - raised) / mentees + share * (1 - share) / others));
            return ((raised - share) - critical * without) / with;
        });
    }

    /// <summary>The chance that the 95% interval of an effect leaves out zero.</summary>
    /// <param name="share">The true effect as a share of what is to be expected, 0 to <see cref="LargestShare"/>.</param>
    /// <param name="mentees">How many mentees are compared, above 0.</param>
    /// <param name="others">How many without a mentor they are compared with, above 0.</param>
    /// <returns>0 to 1, without the tiny chance of finding it the wrong way round.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public double Power(double share, double mentees, double others)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, LargestShare);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(mentees);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(others);
        return Probability.Normal(distance(share, mentees, others));
    }

    /// <summary>The smallest effect that would be found with a given chance.</summary>
    /// <param name="mentees">How many mentees are compared, above 0.</param>
    /// <param name="others">How many without a mentor they are compared with, above 0.</param>
    /// <param name="power">The chance of finding it, above 0.05 and below 1.</param>
    /// <returns>A share of what is to be expected; null where no effect is so large.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public double? SmallestShare(double mentees, double others, double power = 0.8)
    {
        SampleSize.CheckPower(power, Alpha);
        return Power(LargestShare, mentees, others) < power ? null : Roots.Bisect(share => Power(share, mentees, others) - power, 0, LargestShare);
    }

    /// <summary>How many mentees it takes to find an effect, beside others who are as many as they are.</summary>
    /// <param name="share">The effect as a share of what is to be expected, above 0.</param>
    /// <param name="others">How many without a mentor they are compared with, above 0.</param>
    /// <param name="power">The chance of finding it, above 0.05 and below 1.</param>
    /// <returns>Mentees, not rounded; null where no number of them would do, because the others are too few or nothing can grow so much.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public double? MenteesFor(double share, double others, double power = 0.8)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share);
        SampleSize.CheckPower(power, Alpha);
        return share >= LargestShare || Power(share, MostMentees, others) < power ? null : Roots.Bisect(mentees => Power(share, mentees, others) - power, 1e-9, MostMentees);
    }

    const double Alpha = 0.05;

    static readonly double critical = Probability.TwoSidedCritical(1 - Alpha);

    // The scale leads from an effect as a share to that of its standard error; mentees differ by another deviation only where an effect changes it. Evenness is how many sellers of equal size one counts as: intervals of totals go by them.
    static Answer<PlannedComparison> Of(double deviation, Func<double, double> scale, Func<double, double>? ofMentees = null, double? evenness = null) => deviation > 0
        ? new PlannedComparison(deviation, Largest, (effect, mentees, others) => scale(effect) / Math.Sqrt(Squared(ofMentees?.Invoke(effect) ?? deviation) / mentees + deviation * deviation / others) - (evenness is { } even ? Critical(even * Math.Min(mentees, others)) : critical))
        : new EvidenceRefusal(RefusalReason.ConstantOutcome, "All sellers changed alike, so there is nothing to plan with.");

    static double Critical(double effectiveSellers) => Probability.StudentQuantile(1 - (Alpha / 2), Math.Max(1, effectiveSellers - 1));

    static double Squared(double number) => number * number;

    static EvidenceRefusal TooFew() => new(RefusalReason.TooFewRows, "There are fewer than two sellers.");
}

/// <summary>What sellers without a mentor had before and after some day, added up: all that a plan needs of them.</summary>
/// <param name="Sellers">How many they are.</param>
/// <param name="Before">The sum of what each had a period before, in the outcome's unit.</param>
/// <param name="After">The sum of what each had a period after.</param>
/// <param name="BeforeSquares">The sum of the squares of the first.</param>
/// <param name="AfterSquares">The sum of the squares of the second.</param>
/// <param name="Products">The sum of a seller's before times after.</param>
public sealed record BeforeAfterSums(long Sellers, double Before, double After, double BeforeSquares, double AfterSquares, double Products)
{
    internal double MeanBefore => Before / Sellers;

    internal double MeanAfter => After / Sellers;
}
