using Guildhall.Evidence.Numerics;

namespace Guildhall.Evidence;

/// <summary>
/// What is left of the effect if those who joined had already been growing faster, and that difference had gone on in a straight line: the sensitivity line beside the estimate. The line's slope is fitted to the
/// differences from controls before joining and its anticipation, all cohorts together (cf. S. Freyaldenhoven, C. Hansen, J. Shapiro, "Pre-event trends in the panel event-study design", American Economic Review
/// 109, 2019). It is right where the difference is linear, and wider, because the slope is estimated.
/// </summary>
/// <remarks>
/// With d(g, t) the difference of cohort g from its controls in period t before g − anticipation, measured from any period, and n(g) its size: slope = Σ n(g) (t − t̄(g)) d(g, t) / Σ n(g) (t − t̄(g))², and every effect (g, t) loses
/// slope · (t − base(g)). The slope is a sum of effects, so the standard errors come from the same influence functions.
/// </remarks>
public sealed class TrendAdjustment
{
    readonly Estimate unadjusted;
    readonly double meanDistance;

    TrendAdjustment(Estimate slope, Estimate effect, Estimate unadjusted, double meanDistance) => (Slope, Effect, this.unadjusted, this.meanDistance) = (slope, effect, unadjusted, meanDistance);

    /// <summary>How much faster those who joined grew than their controls before, in the outcome's unit a period. Held against 0 it is the slope test; that it finds nothing is no proof that there is nothing.</summary>
    public Estimate Slope { get; }

    /// <summary>The simple average effect without that trend.</summary>
    public Estimate Effect { get; }

    /// <summary>
    /// How much faster those who joined would have had to grow anyway, a period, for the effect's interval to reach 0: beside <see cref="Slope"/>, whether that is thinkable. 0 when it holds 0 already.
    /// </summary>
    /// <param name="level">The level of the interval, above 0 and below 1.</param>
    /// <returns>In the outcome's unit a period, with the sign of the effect.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> isn't between 0 and 1.</exception>
    public double BreakdownSlope(double level = 0.95)
    {
        var interval = unadjusted.Interval(level);
        return interval.Contains(0) ? 0 : (interval.Lower > 0 ? interval.Lower : interval.Upper) / meanDistance;
    }

    /// <summary>Fits the trend and takes it out.</summary>
    /// <param name="effects">Group-time effects with any base.</param>
    /// <returns>The adjustment, or a refusal: no cohort has two periods before its anticipation, or none has a period after joining.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="effects"/> is null.</exception>
    public static Answer<TrendAdjustment> Of(GroupTimeEffects effects)
    {
        ArgumentNullException.ThrowIfNull(effects);
        var simple = effects.Simple();
        if (simple.Value is null) return simple.Refusal!;

        // The slope is Σ n(g) S(g) / Σ n(g) D(g), with S(g) a weighted sum of the cohort's effects before joining.
        var cohorts = new List<(int Cohort, double Products, double Squares)>();
        var influence = new double[effects.Sellers];
        foreach (var cohort in effects.Cells.GroupBy(cell => cell.Cohort))
        {
            var last = cohort.Key - effects.Design.Anticipation - 1;
            var isVarying = effects.Design.Base == BasePeriod.Varying;
            var before = cohort.Where(cell => cell.Period <= last).ToList();
            if (last < 2 || before.Count < (isVarying ? last - 1 : last)) continue;
            var (size, middle, products) = (effects.CohortSizes[cohort.Key], (last + 1) / 2.0, 0.0);
            foreach (var cell in before)
            {
                // Changes from period to period add up to distances: a change counts in every period from its own on.
                var weight = isVarying ? Enumerable.Range(cell.Period, last - cell.Period + 1).Sum(t => t - middle) : cell.Period - middle;
                products += weight * cell.Effect.Value;
                Columns.Add(influence, size * weight, cell.Influence);
            }
            cohorts.Add((cohort.Key, products, Enumerable.Range(1, last).Sum(t => (t - middle) * (t - middle))));
        }
        if (cohorts.Count == 0) return new EvidenceRefusal(RefusalReason.TooFewPeriods, "No cohort has two periods before its anticipation, so there is no earlier trend to see.");

        var squares = cohorts.Sum(cohort => effects.CohortSizes[cohort.Cohort] * cohort.Squares);
        var slope = cohorts.Sum(cohort => effects.CohortSizes[cohort.Cohort] * cohort.Products) / squares;
        effects.AddByCohort(influence, cohorts.Select(cohort => (cohort.Cohort, cohort.Products - slope * cohort.Squares)));
        Columns.Scale(influence, 1 / squares, influence);

        int Distance(GroupTimeCell cell) => cell.EventTime + effects.Design.Anticipation + 1;
        var after = effects.After();
        var adjusted = effects.Average(after, cell => cell.Effect.Value - slope * Distance(cell));
        var total = after.Sum(cell => (double)effects.CohortSizes[cell.Cohort]);
        var distance = after.Sum(cell => effects.CohortSizes[cell.Cohort] / total * Distance(cell));
        Columns.Add(adjusted.Influence, -distance, influence);
        return new TrendAdjustment(effects.Estimated(slope, influence), effects.Estimated(adjusted.Value, adjusted.Influence), simple.Value.Effect, distance);
    }
}
