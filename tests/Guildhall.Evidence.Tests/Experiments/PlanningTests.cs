using Guildhall.Evidence.Numerics;
using Guildhall.Evidence.Tests.Support;

namespace Guildhall.Evidence.Tests.Experiments;

/// <summary>Whether a program finds the effect that its plan names about four times in five, read by the estimators that the product reads with.</summary>
public class PlanningTests
{
    const int Before = 3, After = 3, Periods = Before + 1 + After;
    const int Mentees = 60, Others = 300, Programs = 300;

    [Fact]
    public void An_effect_on_sales_is_found_as_often_as_the_plan_says()
    {
        var planned = PlannedComparison.OfRatios(Past(Before)).Required;
        var share = planned.SmallestShare(Mentees, Others)!.Value;

        Found(share, Sales).ShouldBeInRange(Programs * 0.72, Programs * 0.88);
        Found(0, Sales).ShouldBeLessThan(Programs * 0.09);
    }

    [Fact]
    public void An_effect_on_orders_is_found_as_often_as_the_plan_says()
    {
        var planned = PlannedComparison.OfDifferences(Past(1)).Required;
        var share = planned.SmallestShare(Mentees, Others)!.Value;

        Found(share, Orders).ShouldBeInRange(Programs * 0.72, Programs * 0.88);
        Found(0, Orders).ShouldBeLessThan(Programs * 0.09);
    }

    [Fact]
    public void A_share_that_rises_is_found_as_often_as_the_plan_says()
    {
        var planned = PlannedComparison.OfShares(1_000, 340).Required;
        var share = planned.SmallestShare(Mentees, Others)!.Value;
        var found = 0;
        for (var program = 0; program < Programs; program++)
        {
            var random = new SplitMix((ulong)(5_000 + program));
            int Reached(int sellers, double chance) => Enumerable.Range(0, sellers).Count(_ => random.Uniform() < chance);
            var (mentees, others) = (Reached(Mentees, 0.34 * (1 + share)) / (double)Mentees, Reached(Others, 0.34) / (double)Others);
            var pooled = ((Mentees * mentees) + (Others * others)) / (Mentees + Others);
            if ((mentees - others) / Math.Sqrt(pooled * (1 - pooled) * (1.0 / Mentees + 1.0 / Others)) > 1.96) found++;
        }

        ((double)found).ShouldBeInRange(Programs * 0.72, Programs * 0.88);
    }

    [Fact]
    public void Is_the_ordinary_formula_of_two_arms()
    {
        var planned = PlannedComparison.OfDifferences(Past(1)).Required;

        // A small effect hardly changes how much mentees differ, so it is the ordinary formula of two arms.
        const double Arm = 1e6;
        planned.SmallestShare(Arm, Arm)!.Value.ShouldBeNearly(SampleSize.SmallestVisible(planned.Deviation * Math.Sqrt(2 / Arm)), 0.01);
        var rows = SampleSize.ForMeans(0.01, planned.Deviation).Required.RowsPerArm;
        planned.MenteesFor(0.01, rows)!.Value.ShouldBeNearly(rows, 0.05);
        var ratios = PlannedComparison.OfRatios(Past(Before)).Required;
        // Uneven sellers: sixty count as fewer of equal size, and the interval goes by these.
        var past = Past(Before);
        var critical = Probability.StudentQuantile(0.975, (Mentees * past.Before * past.Before / (past.Sellers * past.BeforeSquares)) - 1);
        critical.ShouldBeInRange(1.99, 2.2);
        double.LogP1(ratios.SmallestShare(Mentees, Others)!.Value).ShouldBeNearly((critical + Probability.NormalQuantile(0.8)) * ratios.Deviation * Math.Sqrt(1.0 / Mentees + 1.0 / Others), 1e-9);
    }

    [Fact]
    public void Names_no_number_where_none_would_do()
    {
        var planned = PlannedComparison.OfDifferences(Past(1)).Required;
        var share = planned.SmallestShare(1e7, 80)!.Value;

        planned.MenteesFor(0.9 * share, 80).ShouldBeNull("beside 80 others no number of mentees is enough");
        planned.MenteesFor(1.1 * share, 80).ShouldNotBeNull();
        PlannedComparison.OfShares(100, 90).Required.SmallestShare(10, 60).ShouldBeNull("where 90 of 100 reach it, there is no room for an effect that shows");
        PlannedComparison.OfShares(100, 90).Required.MenteesFor(0.2, 1_000).ShouldBeNull();
    }

    [Fact]
    public void Refuses_what_nothing_is_known_of()
    {
        PlannedComparison.OfRatios(new(1, 1, 1, 1, 1, 1)).Refusal!.Reason.ShouldBe(RefusalReason.TooFewRows);
        PlannedComparison.OfRatios(new(5, 0, 9, 0, 20, 0)).Refusal!.Reason.ShouldBe(RefusalReason.ZeroAmount);
        PlannedComparison.OfDifferences(new(5, 9, 0, 20, 0, 0)).Refusal!.Reason.ShouldBe(RefusalReason.ZeroAmount);
        PlannedComparison.OfDifferences(new(2, 2, 2, 2, 2, 2)).Refusal!.Reason.ShouldBe(RefusalReason.ConstantOutcome);
        PlannedComparison.OfShares(50, 0).Refusal!.Reason.ShouldBe(RefusalReason.ConstantOutcome);
        PlannedComparison.OfShares(0, 0).Refusal!.Reason.ShouldBe(RefusalReason.TooFewRows);
    }

    /// <summary>What the sellers of the made-up marketplace had before and after, where nobody had a mentor.</summary>
    /// <param name="baseline">So many periods count as before, the last of which is the second before joining.</param>
    static BeforeAfterSums Past(int baseline)
    {
        const int Sellers = 4_000;
        var random = new SplitMix(77);
        var (before, after) = (new double[Sellers], new double[Sellers]);
        for (var i = 0; i < Sellers; i++)
        {
            var row = Seller(random);
            (before[i], after[i]) = (row[(Before - baseline)..Before].Average(), row[(Before + 1)..].Average());
        }

        return new(Sellers, before.Sum(), after.Sum(), before.Sum(b => b * b), after.Sum(a => a * a), before.Zip(after, (b, a) => b * a).Sum());
    }

    static double Found(double share, Func<double[], int[], ulong, Interval> read)
    {
        var found = 0;
        for (var program = 0; program < Programs; program++)
        {
            var random = new SplitMix((ulong)(1_000 + program));
            var (rows, joined) = (new double[(Mentees + Others) * Periods], new int[Mentees + Others]);
            for (var i = 0; i < joined.Length; i++)
            {
                joined[i] = i < Mentees ? Before + 2 : 0;
                var row = Seller(random);
                for (var t = 0; t < Periods; t++) rows[(i * Periods) + t] = row[t] * (i < Mentees && t > Before ? 1 + share : 1);
            }

            if (read(rows, joined, (ulong)program) is { Lower: > 0 }) found++;
        }

        TestContext.Current.SendDiagnosticMessage("An effect of {0:P1} was found in {1} of {2} programs", share, found, Programs);
        return found;
    }

    static Interval Sales(double[] rows, int[] joined, ulong seed) => RatioInRatios.Estimate(MoneyPanel.Of(Periods, rows, joined).Required, seed, draws: 100).Required.LogRatio.Interval();

    static Interval Orders(double[] rows, int[] joined, ulong seed) => GroupTimeEffects.Estimate(OutcomePanel.Of(Periods, rows, joined).Required).Required.Simple().Required.Effect.Interval();

    /// <summary>A seller: of very different size, in a season that all have, growing by chance, and with a month without a sale now and then.</summary>
    static double[] Seller(SplitMix random)
    {
        var (level, drift) = (20 * Math.Exp(0.6 * random.Normal()), 0.08 * random.Normal());
        return [.. Enumerable.Range(0, Periods).Select(t => random.Uniform() < 0.06 ? 0 : level * Math.Exp(drift * t) * (1 + 0.2 * Math.Sin(t)) * Math.Exp(0.35 * random.Normal()))];
    }
}
