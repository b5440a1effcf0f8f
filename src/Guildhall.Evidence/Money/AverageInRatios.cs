using System.Globalization;

namespace Guildhall.Evidence;

/// <summary>
/// How an average moved with joining: the value of an order, the mark of a review, the share of orders sent back. It is a sum over a number of things, each with its counterfactual of <see cref="RatioInRatios"/>; their quotient is the
/// average that was to be expected. Of all things of those who joined together, so who does more counts more, and nobody has to have any in a given period.
/// </summary>
/// <remarks>
/// Actual: S / N over all periods from joining on. Expected: S* / N*, the two counterfactuals. The logarithm of actual / expected is the one log ratio minus the other, and its standard error that of this difference over one seller bootstrap
/// (B. Efron, "Bootstrap methods", Annals of Statistics 7, 1979), so that what moves both, as large sellers do, cancels. It assumes that without joining the cohort's average would have grown in the same proportion as its weighted controls'.
/// An average also moves when sellers whose average is low come to do more: it is that of the things, not of the sellers. Time: twice that of <see cref="RatioInRatios"/>.
/// </remarks>
public sealed class AverageInRatios
{
    AverageInRatios(double actual, double expected, Estimate logRatio, IReadOnlyList<AveragePoint> byEventTime, IReadOnlyList<LeftOutCohort> leftOut) =>
        (Actual, Expected, LogRatio, ByEventTime, LeftOut) = (actual, expected, logRatio, byEventTime, leftOut);

    /// <summary>The average of those who joined from joining on, in the unit of the sums.</summary>
    public double Actual { get; }

    /// <summary>What it would have been without joining, in the same unit; above 0.</summary>
    public double Expected { get; }

    /// <summary>The natural logarithm of actual / expected with its bootstrap standard error, which is NaN when a tenth of the draws or more had none; its intervals go by the t distribution as those of <see cref="RatioInRatios.LogRatio"/> do, by the more uneven of sums and counts.</summary>
    public Estimate LogRatio { get; }

    /// <summary>By how much the average is above what was expected, in the unit of the sums; negative for below.</summary>
    public double Change => Actual - Expected;

    /// <summary>The two averages by periods since joining, those before included. Distances at which a sum or a number is zero are left out.</summary>
    public IReadOnlyList<AveragePoint> ByEventTime { get; }

    /// <summary>Cohorts that are in no average, with the reason.</summary>
    public IReadOnlyList<LeftOutCohort> LeftOut { get; }

    /// <summary>The interval of <see cref="Change"/>: what was taken as given, and the ratio as uncertain.</summary>
    /// <param name="level">The chance with which such intervals hold the true change, above 0 and below 1.</param>
    /// <returns>The interval in the unit of the sums.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> isn't between 0 and 1.</exception>
    public Interval ChangeInterval(double level = 0.95)
    {
        var logs = LogRatio.Interval(level);
        return new(Actual * (1 - Math.Exp(-logs.Lower)), Actual * (1 - Math.Exp(-logs.Upper)));
    }

    /// <summary>Estimates the change of an average and its interval.</summary>
    /// <param name="sums">What is averaged, added up: money of orders, marks of reviews. 0 where there was nothing.</param>
    /// <param name="counts">Of how many things: orders, reviews. The same sellers, periods of joining and covariates.</param>
    /// <param name="seed">The seed of the bootstrap: equal seeds give equal standard errors.</param>
    /// <param name="anticipation">The number of periods before joining that are left out of the base, 0 or more.</param>
    /// <param name="draws">The number of bootstrap draws, 100 or more; with 400 the standard error is known to about 4%.</param>
    /// <param name="stop">Ends the work early.</param>
    /// <returns>The change, or a refusal: too few periods, nobody joined, nothing to compare, or the one reason why every cohort was left out.</returns>
    /// <exception cref="ArgumentNullException">A panel is null.</exception>
    /// <exception cref="ArgumentException">The panels are not of the same sellers and periods.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The anticipation is negative, or there are fewer draws than 100.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was asked for.</exception>
    public static Answer<AverageInRatios> Estimate(MoneyPanel sums, MoneyPanel counts, ulong seed, int anticipation = 1, int draws = 400, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(sums);
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentOutOfRangeException.ThrowIfNegative(anticipation);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 100);
        if (sums.Periods != counts.Periods || !sums.Joined.AsSpan().SequenceEqual(counts.Joined)) throw new ArgumentException("The sums and the counts are not of the same sellers.", nameof(counts));
        if (sums.Periods < anticipation + 2) return Refused(RefusalReason.TooFewPeriods, $"{sums.Periods} periods leave none to compare with before an anticipation of {anticipation}.");
        if (!Array.Exists(sums.Joined, joined => joined > 1 && joined <= sums.Periods)) return Refused(RefusalReason.NobodyTreated, $"Nobody joined in periods 2 to {sums.Periods}.");

        var cohorts = new WeightedCohorts([sums, counts], anticipation);
        var leftOut = new List<LeftOutCohort>();
        var found = cohorts.Totals([.. Enumerable.Range(0, sums.Sellers)], leftOut);
        var (sum, count) = (found[0].Totals, found[1].Totals);
        if (sum.SellerPeriods == 0) return Refused(leftOut[0].Reason, $"No cohort can be compared. Cohort {leftOut[0].Cohort}: {leftOut[0].Message}");
        if (sum is not { Actual: > 0, Counterfactual: > 0 } || count is not { Actual: > 0, Counterfactual: > 0 }) return new EvidenceRefusal(RefusalReason.ZeroAmount, "From joining on there is nothing to average, or nothing to compare it with.");

        var again = cohorts.Bootstrap(seed, draws, stop);
        var (points, degrees) = (new List<AveragePoint>(), cohorts.DegreesOfFreedom());
        Estimate Log(double ratio, Func<(CohortTotals Totals, CohortTotals[] Points)[], double> ofDraw) => new(Math.Log(ratio), WeightedCohorts.Spread(again.Select(ofDraw))) { DegreesOfFreedom = degrees };
        for (var e = 0; e < found[0].Points.Length; e++)
        {
            var (ofSum, ofCount) = (found[0].Points[e], found[1].Points[e]);
            if (ofSum is { Actual: > 0, Counterfactual: > 0 } && ofCount is { Actual: > 0, Counterfactual: > 0 })
                points.Add(Point(e - sums.Periods, ofSum.SellerPeriods, ofSum.Actual / ofCount.Actual, ofSum.Counterfactual / ofCount.Counterfactual, e));
        }

        var (actual, expected) = (sum.Actual / count.Actual, sum.Counterfactual / count.Counterfactual);
        return new AverageInRatios(actual, expected, Log(actual / expected, draw => draw[0].Totals.LogRatio - draw[1].Totals.LogRatio), points, leftOut);

        AveragePoint Point(int eventTime, int sellers, double own, double others, int at) => new(eventTime, sellers, own, others, Log(own / others, draw => draw[0].Points[at].LogRatio - draw[1].Points[at].LogRatio));
    }

    static EvidenceRefusal Refused(RefusalReason reason, FormattableString message) => new(reason, message.ToString(CultureInfo.InvariantCulture));
}

/// <summary>The average of those who joined, at one distance from joining.</summary>
/// <param name="EventTime">The number of periods since joining; 0 is the period of joining, negative before.</param>
/// <param name="Sellers">The number of sellers who joined and were there at that distance, with or without anything to average.</param>
/// <param name="Actual">Their average, in the unit of the sums.</param>
/// <param name="Expected">What it would have been without joining, in the same unit.</param>
/// <param name="LogRatio">The logarithm of actual / expected with its bootstrap standard error; that is NaN when a tenth of the draws or more had none.</param>
public sealed record AveragePoint(int EventTime, int Sellers, double Actual, double Expected, Estimate LogRatio);
