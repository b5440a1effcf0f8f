using Guildhall.Benchmarks;
using Guildhall.Evidence.Tests.Support;

namespace Guildhall.Evidence.Tests.Money;

public class RatioInRatiosTests
{
    [Fact]
    public void Agrees_with_the_reference_on_our_own_panel()
    {
        var expected = Reference.Json("00_own_marketplace_panel");
        var money = expected.GetProperty("ratio_money");

        var ratio = RatioInRatios.Estimate(OwnPanel.Money(), seed: 1, stop: TestContext.Current.CancellationToken).Required;

        ratio.Actual.ShouldBeNearly(money.Number("actual"), 1e-8);
        ratio.Counterfactual.ShouldBeNearly(money.Number("counterfactual"), 1e-8);
        ratio.ShareMore.ShouldBeNearly(money.Number("pct"), 1e-8);
        ratio.GainPerSellerPeriod.ShouldBeNearly(money.Number("gain_per_seller_month"), 1e-8);
        ratio.LogRatio.StandardError.ShouldBeNearly(expected.Number("ratio_boot_se_log"), 0.15);
        ratio.LeftOut.ShouldBeEmpty();
        ratio.ByEventTime.Where(point => point.EventTime >= 0).Sum(point => point.Counterfactual).ShouldBeNearly(ratio.Counterfactual, 1e-12);
    }

    [Fact]
    public void Cents_give_the_same_share_as_dollars()
    {
        var market = MarketSim.Make(1000, 300, MarketSim.Scenario.BadMonthBefore);
        var dollars = RatioInRatios.Estimate(market.Money, seed: 3, draws: 100).Required;
        var cents = RatioInRatios.Estimate(MoneyPanel.Of(MarketSim.Months, Array.ConvertAll(market.Revenue, amount => 100 * amount), market.Joined, market.Covariates).Required, seed: 3, draws: 100).Required;

        cents.ShareMore.ShouldBeNear(dollars.ShareMore, 1e-12);
        cents.LogRatio.StandardError.ShouldBeNear(dollars.LogRatio.StandardError, 1e-12);
        cents.GainPerSellerPeriod.ShouldBeNearly(100 * dollars.GainPerSellerPeriod, 1e-12);
        dollars.ShareInterval().Contains(dollars.ShareMore).ShouldBeTrue();
        dollars.GainInterval().Contains(dollars.GainPerSellerPeriod).ShouldBeTrue();
    }

    [Fact]
    public void A_counterfactual_is_the_cohorts_base_grown_as_its_controls()
    {
        // Base period 1: the cohort sold 10 a seller; its controls grew from 20 to 30 in period 3, so 15 a seller were to be expected, and 21 were sold.
        var panel = MoneyPanel.Of(3, [12, 0, 20, 8, 5, 22, 30, 1, 45, 10, 1, 15], [3, 3, 0, 0]).Required;

        var ratio = RatioInRatios.Estimate(panel, seed: 1, draws: 100).Required;

        (ratio.Actual, ratio.Counterfactual, ratio.SellerPeriods).ShouldBe((42, 30, 2));
        ratio.ShareMore.ShouldBeNear(0.4, 1e-15);
        ratio.GainPerSellerPeriod.ShouldBe(6);
    }

    [Theory]
    [InlineData(1, 19)]
    [InlineData(10, (29.0 * 29 / 119) - 1)]
    [InlineData(1000, 1)]
    public void Goes_by_as_many_degrees_of_freedom_as_sellers_of_equal_size(double ofOne, double degrees)
    {
        // Twenty joined in period 4, sixty did not; of those who joined one is so many times as large, and of the others nobody.
        const int Joined = 20, Others = 60, Periods = 5;
        double[] amounts = [.. Enumerable.Range(0, (Joined + Others) * Periods).Select(at => (at / Periods == 0 ? ofOne : 1) * (100 + (at * 37 % 11)))];

        var ratio = RatioInRatios.Estimate(MoneyPanel.Of(Periods, amounts, [.. Enumerable.Range(0, Joined + Others).Select(i => i < Joined ? 4 : 0)]).Required, seed: 1, draws: 100).Required;

        // (Σ s)² / Σ s²: 29² / 119 is 7.1 of one that is ten times as large.
        ratio.LogRatio.DegreesOfFreedom.ShouldBe(degrees, 0.3, "no two are quite alike");
        ratio.ShareInterval().Upper.ShouldBeGreaterThan(Math.Exp(ratio.LogRatio.Value + (1.96 * ratio.LogRatio.StandardError)) - 1);
    }

    [Fact]
    public void Refuses_what_it_can_not_answer()
    {
        Estimate(3, [1, 2, 3, 4, 5, 6, 7, 8, 9], [0, 0, 0]).ShouldBe(RefusalReason.NobodyTreated);
        Estimate(3, [1, 2, 3, 4, 5, 6, 7, 8, 9], [3, 3, 3]).ShouldBe(RefusalReason.NoControls);
        Estimate(3, [1, 2, 3, 4, 5, 6, 7, 8, 9], [2, 0, 0]).ShouldBe(RefusalReason.BaseMissing);
        Estimate(3, [0, 2, 3, 4, 5, 6, 7, 8, 9], [3, 0, 0]).ShouldBe(RefusalReason.ZeroAmount);
        Estimate(3, [1, 2, 0, 4, 5, 6, 7, 8, 9], [3, 0, 0]).ShouldBe(RefusalReason.ZeroAmount);
        Estimate(2, [1, 2, 3, 4], [2, 0]).ShouldBe(RefusalReason.TooFewPeriods);
        MoneyPanel.Of(2, [1, 2, 3, -4], [2, 0]).Refusal!.Message.ShouldBe("Seller 1 has an amount below zero in period 2.");

        static RefusalReason? Estimate(int periods, double[] amounts, int[] joined) =>
            RatioInRatios.Estimate(MoneyPanel.Of(periods, amounts, joined).Required, seed: 1, draws: 100).Refusal?.Reason;
    }
}
