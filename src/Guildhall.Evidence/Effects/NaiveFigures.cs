namespace Guildhall.Evidence;

/// <summary>
/// What simple comparisons would say, and never should alone: to be shown beside the effect, so that nobody finds them elsewhere and believes them. On the simulated marketplace with a bad month before joining and a true effect of 0.173 they say 0.303,
/// 0.371, 0.736 and 0.252.
/// </summary>
/// <param name="BeforeAfter">The mean of those who joined from joining on less that of before, a seller at a time; in the outcome's unit.</param>
/// <param name="MonthBeforeAgainstThreeAfter">The third period after joining less the one before it; NaN when nobody has both.</param>
/// <param name="MentoredAgainstNot">Those who joined, from joining on, less those who never did in the same periods.</param>
/// <param name="TwoWayFixedEffects">The coefficient of having joined in a regression with an effect a seller and a period, which compares late joiners with early ones who still change (A. Goodman-Bacon, Journal of Econometrics 225, 2021).</param>
public sealed record NaiveFigures(double BeforeAfter, double MonthBeforeAgainstThreeAfter, double MentoredAgainstNot, double TwoWayFixedEffects)
{
    /// <summary>Computes them.</summary>
    /// <param name="panel">The outcome and the periods of joining; covariates play no part. Sellers who joined in period 1 or after the last are left out of those who joined.</param>
    /// <returns>The figures, or a refusal: nobody joined within the data, or everybody did.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="panel"/> is null.</exception>
    public static Answer<NaiveFigures> Of(OutcomePanel panel)
    {
        ArgumentNullException.ThrowIfNull(panel);
        var (periods, joined) = (panel.Periods, panel.Joined);
        double Outcome(int seller, int period) => panel.Outcomes[(long)seller * periods + period - 1];
        int[] mentees = [.. Enumerable.Range(0, panel.Sellers).Where(i => joined[i] > 1 && joined[i] <= periods)];
        if (mentees.Length == 0) return new EvidenceRefusal(RefusalReason.NobodyTreated, "Nobody joined in the second period or later.");
        if (Market(panel) is not { } market) return new EvidenceRefusal(RefusalReason.NoControls, "Everybody joined within the data.");

        var beforeAfter = mentees.Average(i => Mean(joined[i], periods, t => Outcome(i, t)) - Mean(1, joined[i] - 1, t => Outcome(i, t)));
        int[] long3 = [.. mentees.Where(i => joined[i] + 3 <= periods)];
        var third = long3.Length == 0 ? double.NaN : long3.Average(i => Outcome(i, joined[i] + 3) - Outcome(i, joined[i] - 1));
        var (gap, cells) = (0.0, 0L);
        foreach (var i in mentees)
            for (var t = joined[i]; t <= periods; t++, cells++) gap += Outcome(i, t) - market[t];

        // With every seller in every period, both effects go out by subtracting the seller's and the period's mean.
        double Has(int seller, int period) => joined[seller] >= 1 && period >= joined[seller] ? 1 : 0;
        double[] byPeriod = [0, .. Enumerable.Range(1, periods).Select(t => Enumerable.Range(0, panel.Sellers).Average(i => Has(i, t)))];
        var whole = byPeriod.Skip(1).Average();
        var (products, squares) = (0.0, 0.0);
        for (var i = 0; i < panel.Sellers; i++)
        {
            var own = Mean(1, periods, t => Has(i, t));
            for (var t = 1; t <= periods; t++)
            {
                var x = Has(i, t) - own - byPeriod[t] + whole;
                products += x * Outcome(i, t);
                squares += x * x;
            }
        }
        return new NaiveFigures(beforeAfter, third, gap / cells, products / squares);
    }

    internal static double Mean(int from, int to, Func<int, double> value) => Enumerable.Range(from, to - from + 1).Average(value);

    /// <summary>The mean outcome of those who never joined, by period from 1; null when there are none.</summary>
    internal static double[]? Market(OutcomePanel panel)
    {
        int[] never = [.. Enumerable.Range(0, panel.Sellers).Where(i => panel.Joined[i] == 0 || panel.Joined[i] > panel.Periods)];
        return never.Length == 0 ? null : [0, .. Enumerable.Range(1, panel.Periods).Select(t => never.Average(i => panel.Outcomes[(long)i * panel.Periods + t - 1]))];
    }
}

/// <summary>From the simple before-and-after figure to the effect, in steps that add up: what of it isn't mentoring.</summary>
/// <param name="BeforeAfter">The simple figure, in the outcome's unit.</param>
/// <param name="MarketMoved">What of it those who never joined show too, over the same periods: seasons and growing older.</param>
/// <param name="BadMonthBefore">What of it is the periods just before joining being unlike those before: the recovery from them.</param>
/// <param name="OtherSellers">The rest: those who joined are other sellers than those who didn't, and cohorts count by their size.</param>
/// <param name="Effect">The effect: the first figure less the three others.</param>
public sealed record EffectSteps(double BeforeAfter, double MarketMoved, double BadMonthBefore, double OtherSellers, double Effect)
{
    /// <summary>Takes the simple figure apart.</summary>
    /// <param name="panel">The panel that the effects were estimated from.</param>
    /// <param name="effects">The effects.</param>
    /// <returns>The steps, or a refusal as of <see cref="NaiveFigures.Of"/> and <see cref="GroupTimeEffects.Simple"/>.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static Answer<EffectSteps> Of(OutcomePanel panel, GroupTimeEffects effects)
    {
        ArgumentNullException.ThrowIfNull(panel);
        ArgumentNullException.ThrowIfNull(effects);
        var naive = NaiveFigures.Of(panel);
        if (naive.Value is null) return naive.Refusal!;
        var simple = effects.Simple();
        if (simple.Value is null) return simple.Refusal!;

        var market = NaiveFigures.Market(panel)!;
        var anticipation = effects.Design.Anticipation;
        int[] mentees = [.. Enumerable.Range(0, panel.Sellers).Where(i => panel.Joined[i] > 1 && panel.Joined[i] <= panel.Periods)];
        var moved = mentees.Average(i => NaiveFigures.Mean(panel.Joined[i], panel.Periods, t => market[t]) - NaiveFigures.Mean(1, panel.Joined[i] - 1, t => market[t]));
        // Against the market, how much lower the whole time before joining was than the part of it before the anticipation.
        double Above(int seller, int last) => NaiveFigures.Mean(1, last, t => panel.Outcomes[(long)seller * panel.Periods + t - 1] - market[t]);
        var dip = mentees.Sum(i => panel.Joined[i] - 1 - anticipation is >= 1 and var last ? Above(i, last) - Above(i, panel.Joined[i] - 1) : 0) / mentees.Length;
        var effect = simple.Value.Effect.Value;
        return new EffectSteps(naive.Value.BeforeAfter, moved, dip, naive.Value.BeforeAfter - moved - dip - effect, effect);
    }
}
