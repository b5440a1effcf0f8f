using System.Globalization;

namespace Guildhall.Evidence;

/// <summary>
/// How much more the sellers who joined sold than they would have: their total, divided by their own earlier total grown as their controls grew. The ratio form of difference in differences (P. Puhani, "The
/// treatment effect, the cross difference, and the interaction term in nonlinear difference-in-differences models", Economics Letters 115, 2012), cohort by cohort, controls weighted by the odds of joining. It takes
/// zeros as they are, doesn't change with the currency, and assumes that without joining a cohort's total would have grown in the same proportion as its weighted controls'.
/// </summary>
/// <remarks>
/// For a cohort g with the base periods 1 … g − anticipation − 1, the counterfactual of period t is (the cohort's mean total of a base period) × (weighted control total of t) / (weighted mean control total of a base period).
/// The weights are p / (1 − p) of a logistic regression of the cohort against the never treated. The interval is a seller bootstrap (B. Efron, "Bootstrap methods", Annals of Statistics 7, 1979): all sellers are drawn
/// again with replacement and everything is estimated again, weights included; the standard error is that of the logarithm of the ratio, and the interval goes by the t distribution of as many sellers of equal size as the smaller group counts as. Deterministic for a seed. Time: O(draws · cohorts · N · (T + K²)) on all cores.
/// </remarks>
public sealed class RatioInRatios
{
    RatioInRatios(CohortTotals totals, IReadOnlyList<MoneyPoint> byEventTime, Estimate logRatio, IReadOnlyList<LeftOutCohort> leftOut)
    {
        (Actual, Counterfactual, SellerPeriods, ByEventTime, LeftOut) = (totals.Actual, totals.Counterfactual, totals.SellerPeriods, byEventTime, leftOut);
        LogRatio = logRatio;
    }

    /// <summary>What those who joined sold from joining on, in the unit of the amounts.</summary>
    public double Actual { get; }

    /// <summary>What they would have sold without joining, in the same unit.</summary>
    public double Counterfactual { get; }

    /// <summary>The number of sellers times periods from joining on that the totals are of.</summary>
    public int SellerPeriods { get; }

    /// <summary>The natural logarithm of actual / counterfactual with its bootstrap standard error; its intervals go by the t distribution of as many degrees of freedom as the smaller group has sellers of equal size, less one.</summary>
    public Estimate LogRatio { get; }

    /// <summary>The share by which they sold more: 0.22 for 22% more.</summary>
    public double ShareMore => Actual / Counterfactual - 1;

    /// <summary>The gain a seller and period, in the unit of the amounts; negative for a loss.</summary>
    public double GainPerSellerPeriod => (Actual - Counterfactual) / SellerPeriods;

    /// <summary>Actual and counterfactual totals by periods since joining, those before included: the two lines of a chart.</summary>
    public IReadOnlyList<MoneyPoint> ByEventTime { get; }

    /// <summary>Cohorts that are in no total, with the reason.</summary>
    public IReadOnlyList<LeftOutCohort> LeftOut { get; }

    /// <summary>The interval of <see cref="ShareMore"/>, from the logarithm's.</summary>
    /// <param name="level">The chance with which such intervals hold the true share, above 0 and below 1.</param>
    /// <returns>The interval; above −1.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> isn't between 0 and 1.</exception>
    public Interval ShareInterval(double level = 0.95)
    {
        var logs = LogRatio.Interval(level);
        return new(Math.Exp(logs.Lower) - 1, Math.Exp(logs.Upper) - 1);
    }

    /// <summary>The interval of <see cref="GainPerSellerPeriod"/>: what was sold taken as given, and the ratio as uncertain.</summary>
    /// <param name="level">The chance with which such intervals hold the true gain, above 0 and below 1.</param>
    /// <returns>The interval in the unit of the amounts.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> isn't between 0 and 1.</exception>
    public Interval GainInterval(double level = 0.95)
    {
        var logs = LogRatio.Interval(level);
        return new(Actual * (1 - Math.Exp(-logs.Lower)) / SellerPeriods, Actual * (1 - Math.Exp(-logs.Upper)) / SellerPeriods);
    }

    /// <summary>Estimates the ratio and its interval.</summary>
    /// <param name="panel">The amounts, the periods of joining and the covariates.</param>
    /// <param name="seed">The seed of the bootstrap: equal seeds give equal standard errors.</param>
    /// <param name="anticipation">The number of periods before joining that are left out of the base, 0 or more; 1 leaves out the month before joining with its dip.</param>
    /// <param name="draws">The number of bootstrap draws, 100 or more; with 400 the standard error is known to about 4%.</param>
    /// <param name="stop">Ends the work early.</param>
    /// <returns>The ratio, or a refusal: too few periods, nobody joined, no controls, no money to compare, or the one reason why every cohort was left out.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="panel"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The anticipation is negative, or there are fewer draws than 100.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was asked for.</exception>
    public static Answer<RatioInRatios> Estimate(MoneyPanel panel, ulong seed, int anticipation = 1, int draws = 400, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(panel);
        ArgumentOutOfRangeException.ThrowIfNegative(anticipation);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 100);
        if (panel.Periods < anticipation + 2)
            return Refused(RefusalReason.TooFewPeriods, $"{panel.Periods} periods leave none to compare with before an anticipation of {anticipation}.");
        if (!Array.Exists(panel.Joined, joined => joined > 1 && joined <= panel.Periods)) return Refused(RefusalReason.NobodyTreated, $"Nobody joined in periods 2 to {panel.Periods}.");

        var cohorts = new WeightedCohorts([panel], anticipation);
        var leftOut = new List<LeftOutCohort>();
        var (totals, points) = cohorts.Totals([.. Enumerable.Range(0, panel.Sellers)], leftOut)[0];
        if (totals.SellerPeriods == 0) return Refused(leftOut[0].Reason, $"No cohort can be compared. Cohort {leftOut[0].Cohort}: {leftOut[0].Message}");
        if (totals.Actual <= 0) return new EvidenceRefusal(RefusalReason.ZeroAmount, "Nobody who joined sold anything from then on.");

        var again = cohorts.Bootstrap(seed, draws, stop);
        var (series, degrees) = (new List<MoneyPoint>(), cohorts.DegreesOfFreedom());
        for (var e = 0; e < points.Length; e++)
            if (points[e].SellerPeriods > 0)
                series.Add(new(e - panel.Periods, points[e].SellerPeriods, points[e].Actual, points[e].Counterfactual, new(points[e].LogRatio, WeightedCohorts.Spread(again.Select(draw => draw[0].Points[e].LogRatio))) { DegreesOfFreedom = degrees }));
        return new RatioInRatios(totals, series, new(totals.LogRatio, WeightedCohorts.Spread(again.Select(draw => draw[0].Totals.LogRatio))) { DegreesOfFreedom = degrees }, leftOut);
    }

    static EvidenceRefusal Refused(RefusalReason reason, FormattableString message) => new(reason, message.ToString(CultureInfo.InvariantCulture));
}

/// <summary>Money of those who joined, at one distance from joining.</summary>
/// <param name="EventTime">The number of periods since joining; 0 is the period of joining, negative before.</param>
/// <param name="Sellers">The number of sellers in the totals.</param>
/// <param name="Actual">What they sold, in the unit of the amounts.</param>
/// <param name="Counterfactual">What they would have sold without joining, in the same unit.</param>
/// <param name="LogRatio">The logarithm of actual / counterfactual with its bootstrap standard error; that is NaN when a tenth of the draws or more had none.</param>
public sealed record MoneyPoint(int EventTime, int Sellers, double Actual, double Counterfactual, Estimate LogRatio);
