using System.Runtime.InteropServices;
using Guildhall.Evidence.Numerics;

namespace Guildhall.Evidence;

/// <summary>What those who joined sold, and what they would have: a cohort's own base grown as its controls grew, these weighted by the odds of joining.</summary>
[StructLayout(LayoutKind.Auto)]
record struct CohortTotals(double Actual, double Counterfactual, int SellerPeriods)
{
    public readonly double LogRatio => Math.Log(Actual / Counterfactual);

    public void Add(double actual, double counterfactual, int sellers) => this = new(Actual + actual, Counterfactual + counterfactual, SellerPeriods + sellers);
}

/// <summary>The totals of any sample of the sellers: of one amount, or of several of the same sellers that stand or fall together.</summary>
/// <param name="panels">Panels of the same sellers, joined in the same periods and with the same covariates. A cohort that can't be compared in one of them is in no total of any.</param>
/// <param name="anticipation">The number of periods before joining that are left out of the base.</param>
sealed class WeightedCohorts(IReadOnlyList<MoneyPanel> panels, int anticipation)
{
    readonly MoneyPanel first = panels[0];
    readonly double[][] standardised = [.. panels[0].Covariates.Select(Standardise)];

    /// <summary>Of each panel the totals from joining on, and by periods since joining from −T to T. Sellers may be drawn more than once.</summary>
    public (CohortTotals Totals, CohortTotals[] Points)[] Totals(int[] sellers, List<LeftOutCohort>? leftOut)
    {
        var found = panels.Select(_ => (Totals: default(CohortTotals), Points: new CohortTotals[2 * first.Periods + 1])).ToArray();
        foreach (var cohort in Cohorts(sellers, leftOut))
            for (var p = 0; p < panels.Count; p++)
            {
                for (var t = 1; t <= first.Periods; t++)
                {
                    var counterfactual = cohort.Bases[p].Own * cohort.Weighted[p][t] / cohort.Bases[p].Others;
                    found[p].Points[t - cohort.Joined + first.Periods].Add(cohort.Treated[p][t], counterfactual, cohort.Members.Length);
                    if (t >= cohort.Joined) found[p].Totals.Add(cohort.Treated[p][t], counterfactual, cohort.Members.Length);
                }
            }

        return found;
    }

    /// <summary>A cohort with those it is compared with, panel by panel: totals of periods from 1 on, and what a base period has on average.</summary>
    sealed record Cohort(int Joined, int[] Members, int[] Controls, double[] Weights, double[][] Treated, double[][] Weighted, (double Own, double Others)[] Bases);

    IEnumerable<Cohort> Cohorts(int[] sellers, List<LeftOutCohort>? leftOut)
    {
        var byCohort = sellers.Where(i => first.Joined[i] is > 1 && first.Joined[i] <= first.Periods).GroupBy(i => first.Joined[i]).OrderBy(group => group.Key);
        var controls = Array.FindAll(sellers, i => first.Joined[i] == 0 || first.Joined[i] > first.Periods + anticipation);
        foreach (var cohort in byCohort)
        {
            var lastBase = cohort.Key - anticipation - 1;
            if (lastBase < 1)
            {
                leftOut?.Add(new(cohort.Key, null, RefusalReason.BaseMissing, "The periods to compare with lie before the data."));
                continue;
            }
            int[] members = [.. cohort];
            if (Weights(members, controls, leftOut, cohort.Key) is not { } weights) continue;
            double[][] treated = [.. panels.Select(panel => Sums(panel, members, null))], weighted = [.. panels.Select(panel => Sums(panel, controls, weights))];
            var bases = treated.Zip(weighted, (own, others) => (Own: own.AsSpan(1, lastBase).ToArray().Average(), Others: others.AsSpan(1, lastBase).ToArray().Average())).ToArray();
            if (Array.FindIndex(bases, one => one.Own <= 0 || one.Others <= 0) is >= 0 and var none)
            {
                leftOut?.Add(new(cohort.Key, null, RefusalReason.ZeroAmount, $"{(bases[none].Own <= 0 ? "The cohort" : "Its controls")} sold nothing in the periods to compare with."));
                continue;
            }

            yield return new(cohort.Key, members, controls, weights, treated, weighted, bases);
        }
    }

    /// <summary>The same of samples drawn from all sellers with replacement: draw by draw, panel by panel. All panels of a draw are of the same sellers. Deterministic for a seed.</summary>
    public (CohortTotals Totals, CohortTotals[] Points)[][] Bootstrap(ulong seed, int draws, CancellationToken stop)
    {
        var lots = new SplitMix(seed);
        var seeds = Array.ConvertAll(new ulong[draws], _ => lots.Next());
        var found = new (CohortTotals, CohortTotals[])[draws][];
        Parallel.For(0, draws, new ParallelOptions { CancellationToken = stop }, draw =>
        {
            var random = new SplitMix(seeds[draw]);
            var drawn = new int[first.Sellers];
            for (var i = 0; i < drawn.Length; i++) drawn[i] = random.Below(drawn.Length);
            found[draw] = Totals(drawn, leftOut: null);
        });
        return found;
    }

    /// <summary>
    /// The degrees of freedom of intervals: one less than how many sellers of equal size the smaller group counts as, 1 at least. That is (Σ s)² / Σ s² (L. Kish, "Survey sampling", 1965, section 11.2) over what each carries: of those who joined their mean base
    /// period, of the others that times their weight, as large as it stands in the counterfactual. A few large sellers carry a total, and a bootstrap of so few says too little of how large one can be. By the smaller group, the cautious choice of two
    /// (B. L. Welch, Biometrika 34, 1947, has one in between).
    /// </summary>
    public double DegreesOfFreedom()
    {
        var least = double.PositiveInfinity;
        var cohorts = Cohorts([.. Enumerable.Range(0, first.Sellers)], leftOut: null).ToList();
        for (var p = 0; p < panels.Count; p++)
        {
            double[] own = new double[first.Sellers], others = new double[first.Sellers];
            foreach (var cohort in cohorts)
            {
                var lastBase = cohort.Joined - anticipation - 1;
                foreach (var i in cohort.Members) own[i] = Base(panels[p], i, lastBase);
                var scale = cohort.Bases[p].Own / cohort.Bases[p].Others;
                for (var n = 0; n < cohort.Controls.Length; n++) others[cohort.Controls[n]] += scale * cohort.Weights[n] * Base(panels[p], cohort.Controls[n], lastBase);
            }

            least = Math.Min(least, Math.Min(Effective(own), Effective(others)));
        }

        return Math.Max(1, least - 1);
    }

    static double Base(MoneyPanel panel, int seller, int periods)
    {
        var total = 0.0;
        foreach (var amount in panel.Amounts.AsSpan(seller * panel.Periods, periods)) total += amount;
        return total / periods;
    }

    static double Effective(double[] carried)
    {
        var (sum, squares) = (0.0, 0.0);
        foreach (var one in carried) (sum, squares) = (sum + one, squares + (one * one));
        return squares > 0 ? sum * sum / squares : 1;
    }

    /// <summary>The standard deviation of logarithms over bootstrap draws; NaN when a tenth of them or more have none, because a total is zero or a cohort can't be weighed.</summary>
    public static double Spread(IEnumerable<double> logs)
    {
        double[] all = [.. logs];
        var finite = Array.FindAll(all, double.IsFinite);
        if (finite.Length < all.Length * 0.9) return double.NaN;
        var mean = finite.Average();
        return Math.Sqrt(finite.Sum(log => (log - mean) * (log - mean)) / (finite.Length - 1));
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

    static double[] Sums(MoneyPanel panel, int[] sellers, double[]? weights)
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
