using Guildhall.Benchmarks;
using Guildhall.Evidence.Tests.Support;

namespace Guildhall.Evidence.Tests.Effects;

public class GroupTimeEffectsTests
{
    static readonly MarketSim market = MarketSim.Make(1000, 600, MarketSim.Scenario.BadMonthBefore);

    [Fact]
    public void Two_periods_and_two_groups_are_a_difference_in_differences()
    {
        // Joined: 1 → 4 and 3 → 8, mean change 4. Not: 2 → 3, 4 → 7, 3 → 5, mean change 2.
        var panel = OutcomePanel.Of(2, [1, 4, 3, 8, 2, 3, 4, 7, 3, 5], [2, 2, 0, 0, 0]).Required;

        var effect = GroupTimeEffects.Estimate(panel, new() { Anticipation = 0 }).Required.Simple().Required.Effect;

        effect.Value.ShouldBeNear(2, 1e-14);
        // Deviations of the changes from their means: −1, 1 over 2, and −1, 1, 0 over 3.
        effect.StandardError.ShouldBeNear(Math.Sqrt(2.0 / 4 + 2.0 / 9), 1e-14);
    }

    [Fact]
    public void The_month_before_joining_is_left_out_unless_asked_for()
    {
        var usual = Simple(new() { Anticipation = 0 });
        var late = Simple(new());

        // Sellers who join after a bad month recover from it, mentored or not.
        late.Interval().Contains(MarketSim.TrueSimple(0.20)).ShouldBeTrue();
        usual.Value.ShouldBeGreaterThan(late.Value + 0.25);
    }

    [Theory]
    [InlineData(ControlGroup.NeverTreated, BasePeriod.Varying)]
    [InlineData(ControlGroup.NotYetTreated, BasePeriod.Varying)]
    [InlineData(ControlGroup.NeverTreated, BasePeriod.Universal)]
    public void A_trend_of_those_who_joined_is_taken_out_whole(ControlGroup controls, BasePeriod basePeriod)
    {
        var design = new GroupTimeDesign { Controls = controls, Base = basePeriod };
        // Everybody who joins grows by 0.03 a month more; those who join later haven't that yet when they serve as controls, so only the never treated stay as they are.
        var steeper = market.LogRevenue.ToArray();
        for (var i = 0; i < market.Joined.Length; i++)
            if (market.Joined[i] > 0)
                for (var t = 0; t < MarketSim.Months; t++) steeper[i * MarketSim.Months + t] += 0.03 * t;

        var before = TrendAdjustment.Of(GroupTimeEffects.Estimate(market.Panel, design).Required).Required;
        var after = TrendAdjustment.Of(GroupTimeEffects.Estimate(OutcomePanel.Of(MarketSim.Months, steeper, market.Joined, market.Covariates).Required, design).Required).Required;

        if (controls == ControlGroup.NeverTreated)
        {
            after.Slope.Value.ShouldBeNear(before.Slope.Value + 0.03, 1e-12);
            after.Effect.Value.ShouldBeNear(before.Effect.Value, 1e-11);
            after.Effect.StandardError.ShouldBeNear(before.Effect.StandardError, 1e-11);
        }
        else
        {
            // Their trend is hidden in part by controls who share it.
            after.Slope.Value.ShouldBeGreaterThan(before.Slope.Value);
            after.Slope.Value.ShouldBeLessThan(before.Slope.Value + 0.03);
        }
    }

    [Fact]
    public void The_breakdown_slope_is_the_trend_that_would_bring_the_interval_to_zero()
    {
        var effects = GroupTimeEffects.Estimate(market.Panel).Required;
        var slope = TrendAdjustment.Of(effects).Required.BreakdownSlope();
        var flatter = market.LogRevenue.ToArray();
        for (var i = 0; i < market.Joined.Length; i++)
            if (market.Joined[i] > 0)
                for (var t = 0; t < MarketSim.Months; t++) flatter[i * MarketSim.Months + t] -= slope * t;

        var undone = GroupTimeEffects.Estimate(OutcomePanel.Of(MarketSim.Months, flatter, market.Joined, market.Covariates).Required).Required;

        slope.ShouldBeGreaterThan(0);
        // The standard error moves a little with it, because cohorts' sizes are estimates too.
        undone.Simple().Required.Effect.Interval().Lower.ShouldBeNear(0, 2e-3);
        TrendAdjustment.Of(undone).Required.BreakdownSlope().ShouldBeNear(0, 2e-4);
    }

    [Fact]
    public void Sellers_entered_twice_count_once_as_clusters()
    {
        var n = market.Joined.Length;
        var twice = OutcomePanel.Of(
            MarketSim.Months, [.. market.LogRevenue, .. market.LogRevenue], [.. market.Joined, .. market.Joined], [.. market.Covariates.Select(c => c.Concat(c).ToArray())],
            [.. Enumerable.Range(0, 2 * n).Select(i => i % n)]).Required;

        var once = Simple(new());
        var clustered = GroupTimeEffects.Estimate(twice).Required.Simple().Required.Effect;

        clustered.Value.ShouldBeNear(once.Value, 1e-12);
        clustered.StandardError.ShouldBeNear(once.StandardError, 1e-12);
    }

    [Fact]
    public void The_influence_of_all_sellers_sums_to_nothing_and_gives_the_standard_error()
    {
        foreach (var estimator in Enum.GetValues<GroupTimeEstimator>())
        {
            var effects = GroupTimeEffects.Estimate(market.Panel, new() { Estimator = estimator }).Required;
            foreach (var overall in new[] { effects.Simple().Required, effects.ByEventTime().Required.Overall, effects.ByCohort().Required.Overall, effects.ByPeriod().Required.Overall })
            {
                var influence = overall.InfluenceBySeller();
                influence.Length.ShouldBe(market.Joined.Length);
                influence.Sum().ShouldBeNear(0, 1e-12);
                overall.Effect.StandardError.ShouldBeNear(Math.Sqrt(influence.Sum(x => x * x)), 1e-15);
            }
        }
    }

    [Fact]
    public void The_order_of_sellers_and_the_units_of_covariates_change_nothing()
    {
        var order = Enumerable.Range(0, market.Joined.Length).Reverse().ToArray();
        var turned = OutcomePanel.Of(
            MarketSim.Months, [.. order.SelectMany(i => market.LogRevenue.Skip(i * MarketSim.Months).Take(MarketSim.Months))], [.. order.Select(i => market.Joined[i])],
            [.. market.Covariates.Select(column => order.Select(i => 1e6 + 1e4 * column[i]).ToArray())]).Required;

        var effect = GroupTimeEffects.Estimate(turned).Required.Simple().Required.Effect;

        effect.Value.ShouldBeNear(Simple(new()).Value, 1e-9);
        effect.StandardError.ShouldBeNear(Simple(new()).StandardError, 1e-9);
    }

    [Fact]
    public void Who_joins_after_the_data_is_a_control_once_the_anticipation_is_over_too()
    {
        // The last cohort's dip would lie in period 6 if it joined in 7.
        double[] flat = [.. Enumerable.Range(0, 12).SelectMany(i => Enumerable.Range(1, 6).Select(t => (double)(i * t % 7)))];
        int[] joined = [4, 4, 4, 7, 7, 8, 8, 8, 0, 0, 0, 0];

        var never = GroupTimeEffects.Estimate(OutcomePanel.Of(6, flat, joined).Required).Required;
        var notYet = GroupTimeEffects.Estimate(OutcomePanel.Of(6, flat, joined).Required, new() { Controls = ControlGroup.NotYetTreated }).Required;

        never.NeverTreated.ShouldBe(7);
        never.Cells.ShouldAllBe(cell => cell.Controls == 7);
        notYet.Cells.Where(cell => cell.Period < 6).ShouldAllBe(cell => cell.Controls == 9);
        notYet.Cells.Single(cell => cell.Period == 6).Controls.ShouldBe(7);
    }

    [Fact]
    public void Cohorts_that_can_not_be_compared_are_left_out_with_the_reason()
    {
        var joined = market.Joined.ToArray();
        var quality = market.Quality.ToArray();
        joined[Array.IndexOf(joined, 0)] = 2;
        foreach (var i in Enumerable.Range(0, joined.Length).Where(i => joined[i] == 12).Skip(1)) joined[i] = 11;
        foreach (var i in Enumerable.Range(0, joined.Length).Where(i => joined[i] == 9)) quality[i] = 100 + i;

        var effects = GroupTimeEffects.Estimate(OutcomePanel.Of(MarketSim.Months, market.LogRevenue, joined, [quality]).Required).Required;

        effects.LeftOut.Select(cohort => (cohort.Cohort, cohort.Reason)).ShouldBe(
            [(2, RefusalReason.BaseMissing), (9, RefusalReason.Separation), (12, RefusalReason.CohortTooSmall)]);
        effects.Cells.Select(cell => cell.Cohort).Distinct().ShouldBe([5, 6, 7, 8, 10, 11]);
    }

    [Fact]
    public void Refuses_what_it_can_not_answer()
    {
        Estimate([1, 2, 3, 4], [2, 0]).ShouldBe(RefusalReason.TooFewPeriods);
        Estimate([1, 2, 3, 4, 5, 7], [0, 0]).ShouldBe(RefusalReason.NobodyTreated);
        Estimate([1, 2, 3, 4, 5, 7], [3, 3]).ShouldBe(RefusalReason.NoControls);
        Estimate([1, 2, 3, 4, 5, 7], [3, 0]).ShouldBe(RefusalReason.NoControls);
        Estimate([1, 2, 3, 4, 5, 7, 1, 1, 1], [3, 0, 0]).ShouldBe(RefusalReason.CohortTooSmall);
        Estimate([1, 2, 3, 4, 5, 7, 1, 1, 1], [2, 0, 0]).ShouldBe(RefusalReason.BaseMissing);
        Panel(3, [1, 1, 1, 1, 1, 1], [3, 0]).ShouldBe(RefusalReason.ConstantOutcome);
        Panel(3, [1, 1, double.NaN, 1, 1, 2], [3, 0]).ShouldBe(RefusalReason.MissingValue);
        Panel(3, [1, 1, 1, 1, 1, 2], [3, -1]).ShouldBe(RefusalReason.OutOfRange);
        Panel(1, [1, 2], [1, 0]).ShouldBe(RefusalReason.TooFewPeriods);
        OutcomePanel.OfLogarithms(2, [1, 2, 0, 4], [2, 0]).Refusal!.Message.ShouldBe("Seller 1 has an amount of zero or less in period 1, which has no logarithm.");

        static RefusalReason? Estimate(double[] outcomes, int[] joined) => GroupTimeEffects.Estimate(OutcomePanel.Of(outcomes.Length / joined.Length, outcomes, joined).Required).Refusal?.Reason;
        static RefusalReason? Panel(int periods, double[] outcomes, int[] joined) => OutcomePanel.Of(periods, outcomes, joined).Refusal?.Reason;
    }

    [Fact]
    public void Collinear_covariates_are_refused()
    {
        var covariates = market.Covariates;
        var effects = GroupTimeEffects.Estimate(OutcomePanel.Of(MarketSim.Months, market.LogRevenue, market.Joined, [.. covariates, covariates[0]]).Required);

        effects.Refusal!.Reason.ShouldBe(RefusalReason.CollinearCovariates);
    }

    [Fact]
    public void The_test_before_joining_sees_a_trend_and_leaves_out_the_anticipation()
    {
        var effects = GroupTimeEffects.Estimate(MarketSim.Make(1000, 3_000, MarketSim.Scenario.BadMonthBefore).Panel).Required;
        var series = effects.ByEventTime().Required;

        effects.BeforeJoining().Required.Degrees.ShouldBe(effects.Cells.Count(cell => cell.EventTime <= -2));
        effects.BeforeJoining().Required.PValue.ShouldBeGreaterThan(0.01);
        series.AllZero(e => e < -1).Required.PValue.ShouldBeGreaterThan(0.01);
        // With the bad month in it, the same tests fail.
        effects.BeforeJoining(upTo: -1).Required.PValue.ShouldBeLessThan(1e-6);
        series.AllZero(e => e < 0).Required.PValue.ShouldBeLessThan(1e-6);
        series.AllZero(e => e > 100).Refusal!.Reason.ShouldBe(RefusalReason.TooFewPeriods);
    }

    static Estimate Simple(GroupTimeDesign design) => GroupTimeEffects.Estimate(market.Panel, design).Required.Simple().Required.Effect;
}
