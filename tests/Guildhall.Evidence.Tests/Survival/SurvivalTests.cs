using Guildhall.Benchmarks;
using Guildhall.Evidence.Tests.Support;

namespace Guildhall.Evidence.Tests.Survival;

public class SurvivalTests
{
    [Fact]
    public void A_curve_falls_by_the_share_of_those_at_risk()
    {
        var curve = SurvivalCurve.Of([new(2, true), new(3, false), new(5, true), new(5, true), new(8, false)]).Required;

        curve.Points.Select(point => (point.Time, point.AtRisk, point.Happened, point.Censored)).ShouldBe([(2, 5, 1, 0), (3, 4, 0, 1), (5, 3, 2, 0), (8, 1, 0, 1)]);
        curve.At(1.9).Value.ShouldBe(1);
        curve.At(4).Value.ShouldBeNear(0.8, 1e-15);
        curve.At(5).Value.ShouldBeNear(0.8 / 3, 1e-15);
        curve.At(2).StandardError.ShouldBeNear(0.8 * Math.Sqrt(1.0 / 20), 1e-15);
        curve.Quantile(0.5).ShouldBe(5);
        curve.Quantile(0.9).ShouldBeNull();
        // 2 · 1 + 3 · 0.8 + 1 · 0.8/3
        curve.MeanUpTo(6).Required.Mean.Value.ShouldBeNear(2 + 2.4 + 0.8 / 3, 1e-14);
    }

    [Fact]
    public void A_mentored_seller_waits_as_one_who_is_not_until_the_day_it_begins()
    {
        var curves = SurvivalCurve.ByMentoring([new(10, true) { MentoredFrom = 4 }, new(6, true), new(9, false), new(3, true) { MentoredFrom = 3 }]).Required;

        curves.Before.Points.Select(point => (point.Time, point.AtRisk, point.Happened)).ShouldBe([(3, 4, 1), (4, 3, 0), (6, 2, 1), (9, 1, 0)]);
        curves.Since.Points.Select(point => (point.Time, point.AtRisk, point.Happened)).ShouldBe([(10, 1, 1)]);
    }

    /// <summary>The new-seller scenario of the design: mentoring does nothing, or helps by 35%, and keen sellers sell and join sooner.</summary>
    [Theory]
    [InlineData(1.0)]
    [InlineData(1.35)]
    public void Mentoring_as_something_that_begins_finds_the_true_ratio(double ratio)
    {
        var runs = Enumerable.Range(1, 30).Select(seed => MentoringHazard.Estimate(NewSellers((ulong)seed, ratio)).Required).ToList();

        var mean = runs.Average(run => run.LogHazardRatio.Value);
        var error = runs.Average(run => run.LogHazardRatio.StandardError) / Math.Sqrt(runs.Count);
        mean.ShouldBeNear(Math.Log(ratio), 3 * error);
        runs.Count(run => run.RatioInterval().Contains(ratio)).ShouldBeGreaterThan(25);
    }

    [Fact]
    public void The_order_of_sellers_changes_nothing()
    {
        var sellers = NewSellers(5, 1.35);

        var forwards = MentoringHazard.Estimate(sellers).Required.LogHazardRatio;
        sellers.Reverse();

        MentoringHazard.Estimate(sellers).Required.LogHazardRatio.Value.ShouldBeNear(forwards.Value, 1e-9);
    }

    [Fact]
    public void Refuses_what_it_can_not_answer()
    {
        SurvivalCurve.Of([]).Refusal!.Reason.ShouldBe(RefusalReason.TooFewRows);
        SurvivalCurve.Of([new(3, false)]).Refusal!.Message.ShouldBe("It happened to nobody.");
        SurvivalCurve.Of([new(3, true), new(1, true) { Entry = 1 }]).Refusal!.Reason.ShouldBe(RefusalReason.OutOfRange);
        SurvivalCurve.Of([new(3, true), new(5, false)]).Required.MeanUpTo(6).Refusal!.Reason.ShouldBe(RefusalReason.TooFewPeriods);
        LogRankTest.Of([[new(3, true)]]).Refusal!.Reason.ShouldBe(RefusalReason.NoControls);
        LogRankTest.Of([[new(3, true)], []]).Refusal!.Reason.ShouldBe(RefusalReason.TooFewRows);
        MentoringHazard.Estimate([new(3, true), new(4, true) { MentoredFrom = 4 }]).Refusal!.Reason.ShouldBe(RefusalReason.NobodyTreated);
        MentoringHazard.Estimate([new(3, true) { MentoredFrom = 0 }]).Refusal!.Reason.ShouldBe(RefusalReason.NoControls);
        // It happens to everybody mentored, at once, and to nobody else.
        MentoringHazard.Estimate([new(9, false), new(9, false), new(9, false), new(2, true) { MentoredFrom = 1 }, new(4, true) { MentoredFrom = 3 }]).Refusal!.Reason.ShouldBe(RefusalReason.Separation);
        MentoringHazard.Estimate([new(9, true) { Covariates = [1] }, new(4, true) { MentoredFrom = 3, Covariates = [1] }]).Refusal!.Reason.ShouldBe(RefusalReason.CollinearCovariates);
        MentoringHazard.Estimate([new(9, true) { Covariates = [1] }, new(4, true) { MentoredFrom = 3 }]).Refusal!.Reason.ShouldBe(RefusalReason.MissingValue);
    }

    static List<Lifetime> NewSellers(ulong seed, double ratio)
    {
        var sellers = new List<Lifetime>();
        for (var i = 0; i < 1_500; i++)
        {
            var quality = MarketSim.Normal(seed, 21, i, 0);
            var begins = 1 - Math.Log(MarketSim.Uniform(seed, 22, i, 0)) / (0.025 * Math.Exp(0.4 * quality));
            // The first sale comes at the hazard of the quality, and at the ratio times that from the day mentoring begins.
            var (pace, patience) = (0.02 * Math.Exp(0.5 * quality), -Math.Log(MarketSim.Uniform(seed, 23, i, 0)));
            var sale = patience <= pace * begins ? patience / pace : begins + (patience - pace * begins) / (pace * ratio);
            sellers.Add(new(Math.Min(sale, 120), sale <= 120) { MentoredFrom = begins, Covariates = [quality] });
        }
        return sellers;
    }
}
