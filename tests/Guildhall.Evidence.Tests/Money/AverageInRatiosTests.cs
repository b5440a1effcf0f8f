using Guildhall.Benchmarks;
using Guildhall.Evidence.Tests.Support;

namespace Guildhall.Evidence.Tests.Money;

public class AverageInRatiosTests
{
    [Fact]
    public void An_average_is_expected_to_grow_as_that_of_the_controls()
    {
        // The cohort's average went from 10 to 15, that of its controls from 10 to 11.
        var average = Estimate(Example.Sums, Example.Counts, [3, 3, 0, 0]).Required;

        (average.Actual, average.Expected).ShouldBe((15, 11));
        average.Change.ShouldBe(4);
        average.LogRatio.Value.ShouldBeNear(Math.Log(15 / 11.0), 1e-15);
        average.ByEventTime.Select(point => (point.EventTime, point.Sellers, point.Actual, point.Expected)).ShouldBe([(-2, 2, 10, 10), (0, 2, 15, 11)]);
        average.LeftOut.ShouldBeEmpty();
    }

    [Fact]
    public void More_of_the_same_moves_no_average()
    {
        var market = Market(seed: 1, effect: 0, more: 3);

        var average = market.Required;

        average.ChangeInterval().Contains(0).ShouldBeTrue();
        Math.Abs(average.LogRatio.Value).ShouldBeLessThan(0.05);
    }

    [Fact]
    public void Cents_give_the_same_ratio_as_dollars()
    {
        var dollars = Estimate(Example.Sums, Example.Counts, [3, 3, 0, 0]).Required;
        var cents = Estimate(Array.ConvertAll(Example.Sums, sum => 100 * sum), Example.Counts, [3, 3, 0, 0]).Required;

        cents.LogRatio.Value.ShouldBeNear(dollars.LogRatio.Value, 1e-14);
        cents.LogRatio.StandardError.ShouldBeNear(dollars.LogRatio.StandardError, 1e-12);
        cents.Change.ShouldBeNearly(100 * dollars.Change, 1e-12);
        cents.ChangeInterval().Lower.ShouldBeNearly(100 * dollars.ChangeInterval().Lower, 1e-9);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.08, 1)]
    [InlineData(0, 1.6)]
    public void Intervals_hold_the_truth_as_often_as_they_say(double effect, double more)
    {
        var held = Enumerable.Range(0, 300).Count(study => Market((ulong)(7_000 + study), effect, more).Required.LogRatio.Interval(0.95).Contains(Math.Log(1 + effect)));

        TestContext.Current.SendDiagnosticMessage("{0} of 300 intervals hold an effect of {1} where mentees do {2} times as much", held, effect, more);
        // 95% of 300 is 285, give or take 3.8.
        held.ShouldBeInRange(276, 294);
    }

    [Fact]
    public void Refuses_what_it_can_not_answer()
    {
        Estimate(Example.Sums, Example.Counts, [0, 0, 0, 0]).Refusal!.Reason.ShouldBe(RefusalReason.NobodyTreated);
        Estimate(Example.Sums, Example.Counts, [2, 2, 0, 0]).Refusal!.Reason.ShouldBe(RefusalReason.BaseMissing);
        Estimate(Example.Sums, Example.Counts, [3, 3, 3, 3]).Refusal!.Reason.ShouldBe(RefusalReason.NoControls);
        // No reviews before joining: there is nothing that could have grown.
        Estimate([0, 4, 5, 4, 4, 4, 4, 4, 4], [0, 1, 1, 1, 1, 1, 1, 1, 1], [3, 0, 0]).Refusal!.Reason.ShouldBe(RefusalReason.ZeroAmount);
        Estimate([4, 4, 0, 4, 4, 4, 4, 4, 4], [1, 1, 0, 1, 1, 1, 1, 1, 1], [3, 0, 0]).Refusal!.Reason.ShouldBe(RefusalReason.ZeroAmount);
        Should.Throw<ArgumentException>(() => AverageInRatios.Estimate(MoneyPanel.Of(3, [1, 1, 1], [3]).Required, MoneyPanel.Of(3, [1, 1, 1], [0]).Required, seed: 1));
    }

    static readonly (double[] Sums, double[] Counts) Example = ([100, 0, 330, 20, 0, 30, 60, 1, 77, 40, 1, 44], [10, 0, 22, 2, 0, 2, 6, 1, 7, 4, 1, 4]);

    static Answer<AverageInRatios> Estimate(double[] sums, double[] counts, int[] joined) => AverageInRatios.Estimate(MoneyPanel.Of(3, sums, joined).Required, MoneyPanel.Of(3, counts, joined).Required, seed: 1, draws: 100);

    /// <summary>240 sellers over nine periods, each with a level of its own of how much it does and of its average; the level of averages rises for all, and a quarter joins in period 6.</summary>
    /// <param name="effect">By how much joining raises the average: 0.08 for 8%.</param>
    /// <param name="more">How many times as much those who joined do.</param>
    static Answer<AverageInRatios> Market(ulong seed, double effect, double more)
    {
        const int Sellers = 240, Periods = 9;
        var (sums, counts, joined) = (new double[Sellers * Periods], new double[Sellers * Periods], new int[Sellers]);
        for (var i = 0; i < Sellers; i++)
        {
            joined[i] = i % 4 == 0 ? 6 : 0;
            var (much, level) = (20 * Math.Exp(0.5 * MarketSim.Normal(seed, 1, i, 0)), 50 * Math.Exp(0.3 * MarketSim.Normal(seed, 2, i, 0)));
            for (var t = 1; t <= Periods; t++)
            {
                var isMentored = joined[i] > 0 && t >= joined[i];
                var count = Math.Max(0, Math.Round((much + (Math.Sqrt(much) * MarketSim.Normal(seed, 3, i, t))) * (isMentored ? more : 1)));
                counts[(i * Periods) + t - 1] = count;
                sums[(i * Periods) + t - 1] = count * level * (1 + (0.01 * t)) * (isMentored ? 1 + effect : 1) * Math.Exp(0.2 * MarketSim.Normal(seed, 4, i, t));
            }
        }

        return AverageInRatios.Estimate(MoneyPanel.Of(Periods, sums, joined).Required, MoneyPanel.Of(Periods, counts, joined).Required, seed, draws: 100);
    }
}
