using Guildhall.Evidence.Numerics;

namespace Guildhall.Evidence;

/// <summary>
/// How mentoring changes the pace at which it happens: Cox regression with mentoring as something that begins on a day. Until then a mentored seller is compared as one who isn't. P. Andersen, R. Gill, "Cox's regression
/// model for counting processes", Annals of Statistics 10, 1982.
/// </summary>
/// <remarks>
/// Assumes that the pace changes by one factor from the day mentoring begins, and that among sellers alike in the covariates who begins when has nothing to do with the pace otherwise. Standard errors are from the information
/// matrix. Deterministic. Time O(n log n + n K²) an iteration, memory O(n K).
/// </remarks>
public sealed class MentoringHazard
{
    MentoringHazard(CoxRegression fit, int sellers, int mentored, int happened, int happenedMentored)
    {
        LogHazardRatio = fit.Coefficient(0);
        Covariates = [.. Enumerable.Range(1, fit.Coefficients.Length - 1).Select(fit.Coefficient)];
        (LogLikelihood, LogLikelihoodOfNone) = (fit.LogLikelihood, fit.LogLikelihoodOfNone);
        (Sellers, Mentored, Happened, HappenedMentored) = (sellers, mentored, happened, happenedMentored);
    }

    /// <summary>The natural logarithm of the hazard ratio: above 0, it happens faster once mentoring has begun.</summary>
    public Estimate LogHazardRatio { get; }

    /// <summary>The factor by which the pace changes once mentoring has begun.</summary>
    public double HazardRatio => Math.Exp(LogHazardRatio.Value);

    /// <summary>The logarithms of the hazard ratios of a unit more of each covariate.</summary>
    public IReadOnlyList<Estimate> Covariates { get; }

    /// <summary>The logarithm of the partial likelihood.</summary>
    public double LogLikelihood { get; }

    /// <summary>The same with every hazard ratio 1.</summary>
    public double LogLikelihoodOfNone { get; }

    /// <summary>The number of sellers.</summary>
    public int Sellers { get; }

    /// <summary>For how many mentoring began before their end.</summary>
    public int Mentored { get; }

    /// <summary>To how many it happened.</summary>
    public int Happened { get; }

    /// <summary>To how many it happened after mentoring had begun.</summary>
    public int HappenedMentored { get; }

    /// <summary>The interval of the hazard ratio.</summary>
    /// <param name="level">The chance with which such intervals hold the true ratio, above 0 and below 1.</param>
    /// <returns>The interval, above 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> isn't between 0 and 1.</exception>
    public Interval RatioInterval(double level = 0.95)
    {
        var logs = LogHazardRatio.Interval(level);
        return new(Math.Exp(logs.Lower), Math.Exp(logs.Upper));
    }

    /// <summary>Estimates the hazard ratio.</summary>
    /// <param name="lifetimes">The sellers, mentored and not, in any order.</param>
    /// <param name="ties">How equal times are treated.</param>
    /// <returns>The ratio, or a refusal: nobody mentored in time, it happened on one side only, collinear covariates, or values out of range.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="lifetimes"/> is null.</exception>
    public static Answer<MentoringHazard> Estimate(IReadOnlyList<Lifetime> lifetimes, TieMethod ties = TieMethod.Efron)
    {
        ArgumentNullException.ThrowIfNull(lifetimes);
        if (Lifetime.Check(lifetimes) is { } refusal) return refusal;

        var spells = new List<(Spell Spell, bool Mentored, Lifetime Of)>();
        foreach (var lifetime in lifetimes)
        {
            var begins = Math.Max(lifetime.MentoredFrom ?? double.PositiveInfinity, lifetime.Entry);
            if (begins > lifetime.Entry) spells.Add((new(lifetime.Entry, Math.Min(begins, lifetime.End), lifetime.Happened && begins >= lifetime.End), false, lifetime));
            if (begins < lifetime.End) spells.Add((new(begins, lifetime.End, lifetime.Happened), true, lifetime));
        }
        var mentored = spells.Count(spell => spell.Mentored);
        if (mentored == 0) return new EvidenceRefusal(RefusalReason.NobodyTreated, "Mentoring began for nobody before the end.");
        if (mentored == spells.Count) return new EvidenceRefusal(RefusalReason.NoControls, "Everybody was mentored from the start.");

        double[][] columns = [[.. spells.Select(spell => spell.Mentored ? 1.0 : 0)],
            .. Enumerable.Range(0, lifetimes[0].Covariates.Count).Select(k => spells.Select(spell => spell.Of.Covariates[k]).ToArray())];
        var fit = CoxRegression.Fit([.. spells.Select(spell => spell.Spell)], columns, ties, [.. spells.Select(spell => spell.Of.Stratum)]);
        return fit.Value is { } value
            ? new MentoringHazard(value, lifetimes.Count, mentored, spells.Count(spell => spell.Spell.Happened), spells.Count(spell => spell.Mentored && spell.Spell.Happened))
            : fit.Refusal!;
    }
}
