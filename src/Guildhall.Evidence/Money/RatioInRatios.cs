using System.Globalization;
using System.Runtime.InteropServices;
using Guildhall.Evidence.Numerics;

namespace Guildhall.Evidence;

/// <summary>
/// How much more the sellers who joined sold than they would have: their total, divided by their own earlier total grown as their controls grew. The ratio form of difference in differences (P. Puhani, "The
/// treatment effect, the cross difference, and the interaction term in nonlinear difference-in-differences models", Economics Letters 115, 2012), cohort by cohort, controls weighted by the odds of joining. It takes
/// zeros as they are, doesn't change with the currency, and assumes that without joining a cohort's total would have grown in the same proportion as its weighted controls'.
/// </summary>
/// <remarks>
/// For a cohort g with the base periods 1 … g − anticipation − 1, the counterfactual of period t is (the cohort's mean total of a base period) × (weighted control total of t) / (weighted mean control total of a base period).
/// The weights are p / (1 − p) of a logistic regression of the cohort against the never treated. The interval is a seller bootstrap (B. Efron, "Bootstrap methods", Annals of Statistics 7, 1979): all sellers are drawn
/// again with replacement and everything is estimated again, weights included; the standard error is that of the logarithm of the ratio. Deterministic for a seed. Time: O(draws · cohorts · N · (T + K²)) on all cores.
/// </remarks>
public sealed class RatioInRatios
{
    RatioInRatios(Totals totals, IReadOnlyList<MoneyPoint> byEventTime, double logStandardError, IReadOnlyList<LeftOutCohort> leftOut)
    {
        (Actual, Counterfactual, SellerPeriods, ByEventTime, LeftOut) = (totals.Actual, totals.Counterfactual, totals.SellerPeriods, byEventTime, leftOut);
        LogRatio = new(Math.Log(totals.Actual / totals.Counterfactual), logStandardError);
    }

    /// <summary>What those who joined sold from joining on, in the unit of the amounts.</summary>
    public double Actual { get; }

    /// <summary>What they would have sold without joining, in the same unit.</summary>
    public double Counterfactual { get; }

    /// <summary>The number of sellers times periods from joining on that the totals are of.</summary>
    public int SellerPeriods { get; }

    /// <summary>The natural logarithm of actual / counterfactual with its bootstrap standard error.</summary>
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

        var sample = new Sample(panel, anticipation);
        var leftOut = new List<LeftOutCohort>();
        var (totals, points) = sample.Estimate([.. Enumerable.Range(0, panel.Sellers)], leftOut);
        if (totals.SellerPeriods == 0) return Refused(leftOut[0].Reason, $"No cohort can be compared. Cohort {leftOut[0].Cohort}: {leftOut[0].Message}");
        if (totals.Actual <= 0) return new EvidenceRefusal(RefusalReason.ZeroAmount, "Nobody who joined sold anything from then on.");

        var logs = new double[draws];
        var pointLogs = new double[draws][];
        var lots = new SplitMix(seed);
        var seeds = Array.ConvertAll(new ulong[draws], _ => lots.Next());
        Parallel.For(0, draws, new ParallelOptions { CancellationToken = stop }, draw =>
        {
            var random = new SplitMix(seeds[draw]);
            var drawn = new int[panel.Sellers];
            for (var i = 0; i < drawn.Length; i++) drawn[i] = random.Below(drawn.Length);
            var (again, pointsAgain) = sample.Estimate(drawn, leftOut: null);
            logs[draw] = Math.Log(again.Actual / again.Counterfactual);
            pointLogs[draw] = Array.ConvertAll(pointsAgain, point => Math.Log(point.Actual / point.Counterfactual));
        });
        var series = new List<MoneyPoint>();
        for (var e = 0; e < points.Length; e++)
            if (points[e].SellerPeriods > 0)
                series.Add(new(e - panel.Periods, points[e].SellerPeriods, points[e].Actual, points[e].Counterfactual, Spread(Array.ConvertAll(pointLogs, draw => draw[e]))));
        return new RatioInRatios(totals, series, Spread(logs), leftOut);
    }

    // Draws in which a total is zero or a cohort can't be weighed have no logarithm; they are rare wherever the estimate is of use.
    static double Spread(double[] logs)
    {
        var finite = Array.FindAll(logs, double.IsFinite);
        if (finite.Length < logs.Length * 0.9) return double.NaN;
        var mean = finite.Average();
        return Math.Sqrt(finite.Sum(log => (log - mean) * (log - mean)) / (finite.Length - 1));
    }

    static EvidenceRefusal Refused(RefusalReason reason, FormattableString message) => new(reason, message.ToString(CultureInfo.InvariantCulture));

    [StructLayout(LayoutKind.Auto)]
    record struct Totals(double Actual, double Counterfactual, int SellerPeriods)
    {
        public void Add(double actual, double counterfactual, int sellers) => this = new(Actual + actual, Counterfactual + counterfactual, SellerPeriods + sellers);
    }

    /// <summary>The estimate from any sample of the panel's sellers.</summary>
    sealed class Sample(MoneyPanel panel, int anticipation)
    {
        readonly double[][] standardised = [.. panel.Covariates.Select(Standardise)];

        /// <summary>The totals from joining on, and by periods since joining from −T to T. Sellers may be drawn more than once.</summary>
        public (Totals Totals, Totals[] Points) Estimate(int[] sellers, List<LeftOutCohort>? leftOut)
        {
            var byCohort = sellers.Where(i => panel.Joined[i] is > 1 && panel.Joined[i] <= panel.Periods).GroupBy(i => panel.Joined[i]).OrderBy(group => group.Key);
            var controls = Array.FindAll(sellers, i => panel.Joined[i] == 0 || panel.Joined[i] > panel.Periods + anticipation);
            var (totals, points) = (default(Totals), new Totals[2 * panel.Periods + 1]);
            foreach (var cohort in byCohort)
            {
                var lastBase = cohort.Key - anticipation - 1;
                if (lastBase < 1)
                {
                    leftOut?.Add(new(cohort.Key, null, RefusalReason.BaseMissing, "The periods to compare with lie before the data."));
                    continue;
                }
                if (Weights([.. cohort], controls, leftOut, cohort.Key) is not { } weights) continue;
                var (treated, weighted) = (Sums([.. cohort], null), Sums(controls, weights));
                var (own, others) = (treated.AsSpan(1, lastBase).ToArray().Average(), weighted.AsSpan(1, lastBase).ToArray().Average());
                if (own <= 0 || others <= 0)
                {
                    leftOut?.Add(new(cohort.Key, null, RefusalReason.ZeroAmount, $"{(own <= 0 ? "The cohort" : "Its controls")} sold nothing in the periods to compare with."));
                    continue;
                }
                for (var t = 1; t <= panel.Periods; t++)
                {
                    var counterfactual = own * weighted[t] / others;
                    points[t - cohort.Key + panel.Periods].Add(treated[t], counterfactual, cohort.Count());
                    if (t >= cohort.Key) totals.Add(treated[t], counterfactual, cohort.Count());
                }
            }
            return (totals, points);
        }

        double[]? Weights(int[] cohort, int[] controls, List<LeftOutCohort>? leftOut, int joined)
        {
            if (controls.Length < standardised.Length + 2)
            {
                leftOut?.Add(new(joined, null, RefusalReason.NoControls, "There are no more controls than covariates."));
                return null;
            }
            if (standardised.Length == 0) return [.. Enumerable.Repeat(1.0, controls.Length)];
            int[] rows = [.. cohort, .. controls];
            var x = new double[standardised.Length + 1][];
            x[0] = [.. Enumerable.Repeat(1.0, rows.Length)];
            for (var k = 1; k < x.Length; k++) x[k] = Array.ConvertAll(rows, i => standardised[k - 1][i]);
            var flags = new double[rows.Length];
            flags.AsSpan(0, cohort.Length).Fill(1);
            if (LogitFit.Fit(x, flags, [(0, rows.Length)]) is not { } fit)
            {
                leftOut?.Add(new(joined, null, RefusalReason.Separation, "The covariates tell the cohort apart from its controls, or are combinations of each other."));
                return null;
            }
            var odds = new double[controls.Length];
            fit.Chances(x, cohort.Length, odds);
            for (var i = 0; i < odds.Length; i++) odds[i] /= 1 - odds[i];
            return odds;
        }

        double[] Sums(int[] sellers, double[]? weights)
        {
            var sums = new double[panel.Periods + 1];
            for (var n = 0; n < sellers.Length; n++)
            {
                var row = panel.Amounts.AsSpan(sellers[n] * panel.Periods, panel.Periods);
                var weight = weights?[n] ?? 1;
                for (var t = 0; t < row.Length; t++) sums[t + 1] += weight * row[t];
            }
            return sums;
        }

        static double[] Standardise(double[] covariate)
        {
            var mean = covariate.Average();
            var spread = Math.Sqrt(covariate.Sum(value => (value - mean) * (value - mean)) / covariate.Length);
            return Array.ConvertAll(covariate, value => spread > 0 ? (value - mean) / spread : 0);
        }
    }
}

/// <summary>Money of those who joined, at one distance from joining.</summary>
/// <param name="EventTime">The number of periods since joining; 0 is the period of joining, negative before.</param>
/// <param name="Sellers">The number of sellers in the totals.</param>
/// <param name="Actual">What they sold, in the unit of the amounts.</param>
/// <param name="Counterfactual">What they would have sold without joining, in the same unit.</param>
/// <param name="LogStandardError">The bootstrap standard error of the logarithm of actual / counterfactual; NaN when a tenth of the draws or more had none.</param>
public sealed record MoneyPoint(int EventTime, int Sellers, double Actual, double Counterfactual, double LogStandardError);
