using Guildhall.Evidence;

namespace Guildhall.Modules.Impact;

/// <summary>An outcome as its estimator measured it.</summary>
/// <param name="Effect">On the scale of its interval: a share of what was to be expected, or the logarithm of the ratio to it.</param>
/// <param name="Line">Before and since joining, for periods of as many mentees as may be shown.</param>
/// <param name="LargestGapBefore">The largest distance from what was to be expected before joining.</param>
/// <param name="IsFlatBefore">Whether those distances could all be chance.</param>
/// <param name="JustBefore">The distance of the one period before joining that the comparison leaves out.</param>
sealed record Measured(
    Estimate Effect, FoundEffect Share, FoundEffect Amount, double Actual, double Expected, double SmallestVisible, IReadOnlyList<FoundPoint> Line, EffectSteps Steps, FoundEffect? LargestGapBefore, bool IsFlatBefore, FoundEffect? JustBefore)
{
    /// <summary>The smallest useful effect on the scale of <see cref="Effect"/>.</summary>
    public required double UsefulEffect { get; init; }
}

/// <summary>Orders: how many more a mentee had, by group-time effects on the number of a period (docs/methods/group-time-effects.md).</summary>
sealed class OrderEffects
{
    const double Alpha = 0.05;

    readonly OutcomePanel panel;
    readonly GroupTimeEffects effects;
    readonly Estimate effect;
    readonly double actual;
    readonly CancellationToken stop;

    OrderEffects(OutcomePanel panel, GroupTimeEffects effects, Estimate effect, double actual, CancellationToken stop) =>
        (this.panel, this.effects, this.effect, this.actual, this.stop) = (panel, effects, effect, actual, stop);

    /// <summary>What was to be expected a mentee and period.</summary>
    double Expected => actual - effect.Value;

    public static Answer<OrderEffects> Of(Study study, int[] groups, StudyCovariates covariates, CancellationToken stop)
    {
        var orders = OutcomePanel.Of(study.Periods, [.. study.Sellers.SelectMany(seller => seller.Orders)], groups, covariates.Model.Columns, [.. study.Sellers.Select(seller => seller.Cluster)]);
        if (orders.Value is null) return orders.Refusal!;
        var estimated = GroupTimeEffects.Estimate(orders.Value, stop: stop);
        if (estimated.Value is null) return estimated.Refusal!;
        var simple = estimated.Value.Simple();
        if (simple.Value is null) return simple.Refusal!;

        var counted = study.Sellers.Index().Where(one => estimated.Value.CohortSizes.ContainsKey(groups[one.Index])).ToList();
        var mean = counted.SelectMany(one => one.Item.Orders.Skip(groups[one.Index] - 1)).Average();
        var found = new OrderEffects(orders.Value, estimated.Value, simple.Value.Effect, mean, stop);
        return found.Expected > 0 ? found : new EvidenceRefusal(RefusalReason.OutOfRange, "Fewer orders than none were to be expected.");
    }

    public FoundEffect Share => ShareOf(effect);

    public FoundEffect? AgainstNotYetJoined => Simple(new() { Controls = ControlGroup.NotYetTreated });

    public FoundEffect? FromEarlier => Simple(new() { Anticipation = 2 });

    public FoundEffect? IfTrendGoesOn => TrendAdjustment.Of(effects).Value is { } adjusted ? Sound(adjusted.Effect) : null;

    public PlaceboTest? Placebo(ulong seed, int draws) => PlaceboTest.Run(panel, effects.Design, seed, draws, stop).Value;

    public Answer<Measured> Measure(Study study, int[] groups, ulong seed, double useful)
    {
        var changes = effects.ByEventTime();
        if (changes.Value is null) return changes.Refusal!;
        // Distances from the base, for the picture; changes from period to period, for the checks.
        var distances = GroupTimeEffects.Estimate(panel, new() { Base = BasePeriod.Universal }, stop).Value?.ByEventTime();
        if (distances?.Value is not { } series) return distances?.Refusal ?? new EvidenceRefusal(RefusalReason.TooFewPeriods, "There is no series.");
        var steps = EffectSteps.Of(panel, effects);
        if (steps.Value is null) return steps.Refusal!;

        var critical = series.SimultaneousCriticalValue(seed);
        List<FoundPoint> line = [];
        foreach (var point in series.Points.Where(point => point.Sellers >= StudyCovariates.LeastShown))
        {
            var was = study.Sellers.Index().Where(one => effects.CohortSizes.ContainsKey(groups[one.Index]) && groups[one.Index] + point.Key is >= 1 and var period && period <= study.Periods)
                .Average(one => one.Item.Orders[groups[one.Index] + point.Key - 1]);
            var band = double.IsNaN(point.Effect.StandardError) ? new Interval(0, 0) : point.Effect.WithCriticalValue(critical);
            line.Add(new(point.Key, point.Sellers, was, new(was - point.Effect.Value, was - band.Upper, was - band.Lower)));
        }

        var before = series.Points.Where(point => point.Key < -1 && !double.IsNaN(point.Effect.StandardError)).ToList();
        var interval = effect.Interval();
        return new Measured(
            new(effect.Value / Expected, effect.StandardError / Expected), Share, new(effect.Value, interval.Lower, interval.Upper), actual, Expected, SampleSize.SmallestVisible(effect.StandardError) / Expected, line, steps.Value,
            before.Count == 0 ? null : ShareOf(before.MaxBy(point => Math.Abs(point.Effect.Value))!.Effect),
            changes.Value.AllZero(time => time < -1).Value is { PValue: >= Alpha },
            changes.Value.Points.FirstOrDefault(point => point.Key == -1) is { } dip ? Sound(dip.Effect) : null)
        { UsefulEffect = useful };
    }

    FoundEffect? Simple(GroupTimeDesign design) => GroupTimeEffects.Estimate(panel, design, stop).Value?.Simple().Value is { } simple ? Sound(simple.Effect) : null;

    FoundEffect? Sound(Estimate estimate) => double.IsFinite(estimate.StandardError) ? ShareOf(estimate) : null;

    FoundEffect ShareOf(Estimate estimate)
    {
        var interval = estimate.Interval();
        return new(estimate.Value / Expected, interval.Lower / Expected, interval.Upper / Expected);
    }
}

/// <summary>Sales: how much more a mentee sold, by the growth of mentees beside the growth of those they are compared with (docs/methods/money-ratio.md).</summary>
sealed class SalesRatio
{
    const double Level = 0.95;

    readonly RatioInRatios ratio;
    readonly MoneyPanel panel;

    SalesRatio(RatioInRatios ratio, MoneyPanel panel) => (this.ratio, this.panel) = (ratio, panel);

    public static Answer<SalesRatio> Of(Study study, int[] groups, StudyCovariates covariates, ulong seed, int draws, CancellationToken stop)
    {
        var sales = MoneyPanel.Of(study.Periods, [.. study.Sellers.SelectMany(seller => seller.Sales)], groups, covariates.Model.Columns);
        if (sales.Value is null) return sales.Refusal!;
        var estimated = RatioInRatios.Estimate(sales.Value, seed, draws: draws, stop: stop);
        if (estimated.Value is null) return estimated.Refusal!;
        return double.IsFinite(estimated.Value.LogRatio.StandardError) ? new SalesRatio(estimated.Value, sales.Value) : new EvidenceRefusal(RefusalReason.TooFewRows, "Too few sold anything to say how sure it is.");
    }

    public FoundEffect Share => ShareOf(ratio.LogRatio, Level);

    /// <summary>As how many sellers of equal size the smaller group counts.</summary>
    public double EffectiveSellers => ratio.LogRatio.DegreesOfFreedom + 1;

    public FoundEffect? FromEarlier(ulong seed, int draws, CancellationToken stop) =>
        RatioInRatios.Estimate(panel, seed, anticipation: 2, draws, stop).Value is { } earlier && double.IsFinite(earlier.LogRatio.StandardError) ? ShareOf(earlier.LogRatio, Level) : null;

    public double Gain => ratio.GainPerSellerPeriod;

    public Measured Measure(Study study, int[] groups, double useful)
    {
        var points = ratio.ByEventTime.Where(point => point.Sellers >= StudyCovariates.LeastShown && point.Counterfactual > 0 && point.Actual > 0 && double.IsFinite(point.LogRatio.StandardError)).ToList();
        var before = points.Where(point => point.EventTime < -1).ToList();
        // Each of several distances may be chance, so each gets a wider interval (Bonferroni): together they hold 0 in 95 of 100 studies without a difference.
        var wide = 1 - ((1 - Level) / Math.Max(1, before.Count));
        var gain = ratio.GainInterval(Level);
        var (was, expected) = (ratio.Actual / ratio.SellerPeriods, ratio.Counterfactual / ratio.SellerPeriods);
        return new(
            ratio.LogRatio, Share, new(ratio.GainPerSellerPeriod, gain.Lower, gain.Upper), was, expected, Math.Exp(SampleSize.SmallestVisible(ratio.LogRatio.ByNormal().StandardError)) - 1,
            [.. points.Select(point => Point(point))], Steps(study, groups, was, expected),
            before.Count == 0 ? null : ShareOf(before.MaxBy(point => Math.Abs(point.LogRatio.Value))!.LogRatio, wide),
            before.Count > 0 && before.TrueForAll(point => point.LogRatio.Interval(wide).Contains(0)),
            points.FirstOrDefault(point => point.EventTime == -1) is { } dip ? ShareOf(dip.LogRatio, Level) : null)
        { UsefulEffect = Math.Log(1 + useful) };
    }

    static FoundPoint Point(MoneyPoint point)
    {
        var (was, log) = (point.Actual / point.Sellers, point.LogRatio.Interval(Level));
        return new(point.EventTime, point.Sellers, was, new(point.Counterfactual / point.Sellers, was / Math.Exp(log.Upper), was / Math.Exp(log.Lower)));
    }

    /// <summary>Sales have no difference to take apart, but what was expected has: own sales before, without the bad period, grown as those of others.</summary>
    EffectSteps Steps(Study study, int[] groups, double was, double expected)
    {
        var leftOut = ratio.LeftOut.Select(cohort => cohort.Cohort).ToHashSet();
        var (before, compared, weights) = (0.0, 0.0, 0.0);
        foreach (var (seller, group) in study.Sellers.Zip(groups).Where(one => one.Second > 0 && one.Second <= study.Periods && !leftOut.Contains(one.Second)))
        {
            var weight = study.Periods - group + 1;
            before += weight * seller.Sales.Take(group - 1).Average();
            compared += weight * seller.Sales.Take(group - 2).Average();
            weights += weight;
        }

        return new(was - (before / weights), expected - (compared / weights), (compared - before) / weights, 0, was - expected);
    }

    static FoundEffect ShareOf(Estimate log, double level)
    {
        var interval = log.Interval(level);
        return new(Math.Exp(log.Value) - 1, Math.Exp(interval.Lower) - 1, Math.Exp(interval.Upper) - 1);
    }
}
