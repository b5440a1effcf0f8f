using Guildhall.Evidence.Numerics;

namespace Guildhall.Evidence;

/// <summary>
/// The same estimate where there is no effect: sellers who never joined, with made-up periods of joining drawn by lot in the proportions of the real cohorts. An honest design finds something in about 5 of 100.
/// M. Bertrand, E. Duflo, S. Mullainathan, "How much should we trust differences-in-differences estimates?", Quarterly Journal of Economics 119, 2004.
/// </summary>
/// <param name="Estimates">The effect found in each draw, in the outcome's unit.</param>
/// <param name="Found">In how many draws the 95% interval leaves out 0.</param>
public sealed record PlaceboTest(IReadOnlyList<Estimate> Estimates, int Found)
{
    /// <summary>Whether false findings are as rare as they should be: no more of them than one in two thousand honest designs would show (the binomial's quantile at 0.05).</summary>
    public bool Passes => Found <= MostFound(Estimates.Count);

    /// <summary>Draws made-up periods of joining and estimates.</summary>
    /// <param name="panel">The real panel; only its never-treated sellers are used, and its cohorts' sizes.</param>
    /// <param name="design">The real design; null for the usual one.</param>
    /// <param name="seed">The seed of the lots.</param>
    /// <param name="draws">The number of draws, 20 or more.</param>
    /// <param name="stop">Ends the work early.</param>
    /// <returns>The test, or a refusal: too few never treated to play both sides, or no draw could be estimated.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="panel"/> is null.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was asked for.</exception>
    public static Answer<PlaceboTest> Run(OutcomePanel panel, GroupTimeDesign? design, ulong seed, int draws = 100, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(panel);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 20);
        int[] never = [.. Enumerable.Range(0, panel.Sellers).Where(i => panel.Joined[i] == 0)];
        int[] dates = [.. panel.Joined.Where(joined => joined > 1 && joined <= panel.Periods)];
        if (dates.Length == 0) return new EvidenceRefusal(RefusalReason.NobodyTreated, "Nobody joined, so there are no periods to make up.");
        if (never.Length < 60) return new EvidenceRefusal(RefusalReason.NoControls, "Fewer than 60 sellers never joined.");
        double[] outcomes = [.. never.SelectMany(i => panel.Outcomes.AsSpan(i * panel.Periods, panel.Periods).ToArray())];
        double[][] covariates = [.. panel.Covariates.Select(column => never.Select(i => column[i]).ToArray())];
        var share = Math.Min(0.5, (double)dates.Length / panel.Sellers);

        var random = new SplitMix(seed);
        var estimates = new List<Estimate>();
        EvidenceRefusal? refusal = null;
        for (var draw = 0; draw < draws; draw++)
        {
            stop.ThrowIfCancellationRequested();
            var joined = new int[never.Length];
            for (var i = 0; i < joined.Length; i++)
                if (random.Uniform() < share) joined[i] = dates[random.Below(dates.Length)];
            var made = OutcomePanel.Of(panel.Periods, outcomes, joined, covariates);
            var effects = made.Value is null ? new(null, made.Refusal) : GroupTimeEffects.Estimate(made.Value, design, stop);
            if (effects.Value?.Simple().Value is { } simple) estimates.Add(simple.Effect);
            else refusal ??= effects.Refusal;
        }
        if (estimates.Count < draws / 2) return refusal ?? new EvidenceRefusal(RefusalReason.TooFewRows, "Most draws leave no cohort to compare.");
        return new PlaceboTest(estimates, estimates.Count(estimate => !estimate.Interval().Contains(0)));
    }

    // The smallest number of findings whose binomial chance of being exceeded at 0.05 is below 1 in 2,000.
    static int MostFound(int draws)
    {
        for (var found = 0; found < draws; found++)
            if (Probability.Beta(found + 1, draws - found, 0.05) < 0.0005) return found;
        return draws;
    }
}
