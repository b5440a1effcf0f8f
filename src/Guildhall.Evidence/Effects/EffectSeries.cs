namespace Guildhall.Evidence;

/// <summary>Group-time effects as one number.</summary>
public sealed class OverallEffect
{
    readonly GroupTimeEffects effects;
    readonly WeightedEffect weighted;

    internal OverallEffect(GroupTimeEffects effects, WeightedEffect weighted)
    {
        (this.effects, this.weighted) = (effects, weighted);
        Effect = effects.Estimated(weighted.Value, weighted.Influence);
    }

    /// <summary>The effect in the outcome's unit, with its standard error.</summary>
    public Estimate Effect { get; }

    internal double[] Influence => weighted.Influence;

    /// <summary>
    /// What each seller of the panel does to the estimate, in the panel's order: the estimate's influence function divided by the number of sellers. They sum to 0, and the root of their sum of squares is the
    /// standard error without clusters.
    /// </summary>
    /// <returns>A new array, a number a seller; 0 for those who take no part.</returns>
    public double[] InfluenceBySeller() => effects.ByOriginalSeller(weighted.Influence, effects.OriginalSellers);
}

/// <summary>Averages of group-time effects along one axis, which share sellers and are therefore correlated.</summary>
public sealed class EffectSeries
{
    readonly GroupTimeEffects effects;
    readonly WeightedEffect[] parts;

    internal EffectSeries(GroupTimeEffects effects, int[] keys, WeightedEffect[] parts, int[] sellers, WeightedEffect overall)
    {
        (this.effects, this.parts) = (effects, parts);
        Points = [.. keys.Select((key, k) => new EffectPoint(key, parts[k].Influence.AsSpan().ContainsAnyExcept(0.0) ? effects.Estimated(parts[k].Value, parts[k].Influence) : new(0, double.NaN), sellers[k]))];
        Overall = new(effects, overall);
    }

    /// <summary>The averages, ascending by key.</summary>
    public IReadOnlyList<EffectPoint> Points { get; }

    /// <summary>The series as one number.</summary>
    public OverallEffect Overall { get; }

    /// <summary>Whether the true values of some points could all be zero: Wald's statistic with the points' joint covariance, against the chi-square distribution.</summary>
    /// <param name="keys">Which points, by key: for a check before joining, <c>e => e &lt; -1</c> on a series by event time. Base periods, known to be 0, take no part.</param>
    /// <returns>The test, or a refusal: no such points, or more of them than sellers can tell apart.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="keys"/> is null.</exception>
    public Answer<JointTest> AllZero(Predicate<int> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        int[] tested = [.. Enumerable.Range(0, parts.Length).Where(k => keys(Points[k].Key) && !double.IsNaN(Points[k].Effect.StandardError))];
        if (tested.Length == 0) return new EvidenceRefusal(RefusalReason.TooFewPeriods, "There are no such points to test.");
        return effects.AllZero(Array.ConvertAll(tested, k => parts[k].Value), Array.ConvertAll(tested, k => parts[k].Influence));
    }

    /// <summary>
    /// The critical value of a band that holds the whole true series at once: the quantile of the largest absolute value of normal variables correlated as the estimates are, by simulation (sup-t; J. Montiel
    /// Olea, M. Plagborg-Møller, "Simultaneous confidence bands", Journal of Applied Econometrics 34, 2019, section 3). Base periods, known to be 0, take no part.
    /// </summary>
    /// <param name="seed">The seed of the draws: equal seeds give equal values.</param>
    /// <param name="level">The chance with which such bands hold the whole series, above 0 and below 1.</param>
    /// <param name="draws">The number of draws, 1,000 or more; with 20,000 the value's own standard error is about 0.01. Time and memory grow with it.</param>
    /// <returns>The number of standard errors to either side, for <see cref="Estimate.WithCriticalValue"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The level isn't between 0 and 1, or there are fewer draws than 1,000.</exception>
    public double SimultaneousCriticalValue(ulong seed, double level = 0.95, int draws = 20_000) =>
        effects.CriticalValue(parts.Where((_, k) => !double.IsNaN(Points[k].Effect.StandardError)).Select(part => part.Influence), seed, level, draws);
}

/// <summary>One average of a series.</summary>
/// <param name="Key">Periods since joining, the period of joining, or the period, by the kind of series.</param>
/// <param name="Effect">The average effect in the outcome's unit.</param>
/// <param name="Sellers">How many sellers who joined it is an average over. Points of fewer than ten aren't shown to anybody, only pooled.</param>
public sealed record EffectPoint(int Key, Estimate Effect, int Sellers);
