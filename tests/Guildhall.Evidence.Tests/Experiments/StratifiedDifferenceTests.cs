using Guildhall.Evidence.Numerics;
using Guildhall.Evidence.Tests.Support;

namespace Guildhall.Evidence.Tests.Experiments;

public class StratifiedDifferenceTests
{
    [Fact]
    public void Averages_over_every_draw_that_could_have_been_to_the_truth_and_never_claims_less_error_than_there_is()
    {
        // Two strata, 2 of 5 and 3 of 6 win: all 10 × 20 draws. What each would have without and with a place is known.
        double[] without = [1, 4, 2, 8, 5, 30, 20, 26, 21, 40, 33], with = [2, 9, 3, 8, 6, 31, 28, 30, 20, 47, 35];
        int[] strata = [1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2];
        var truth = with.Zip(without, (w, o) => w - o).Average();
        var estimates = new List<Estimate>();
        foreach (var first in Sets(0, 5, 2))
            foreach (var second in Sets(5, 6, 3))
            {
                bool[] won = [.. Enumerable.Range(0, 11).Select(i => first.Contains(i) || second.Contains(i))];
                estimates.Add(StratifiedDifference.Estimate(won, [.. won.Select((w, i) => w ? with[i] : without[i])], strata).Required.Difference);
            }

        estimates.Count.ShouldBe(200);
        var mean = estimates.Average(one => one.Value);
        mean.ShouldBeNear(truth, 1e-12);
        // Neyman's variance is right on average where the effect is the same for everybody, and too wide otherwise.
        var (claimed, actual) = (estimates.Average(one => one.StandardError * one.StandardError), estimates.Average(one => (one.Value - mean) * (one.Value - mean)));
        claimed.ShouldBeGreaterThan(actual);
        Claims(without, [.. without.Select(value => value + 3)]).ShouldBeNear(1, 1e-9);

        double Claims(double[] before, double[] after)
        {
            var all = (from first in Sets(0, 5, 2) from second in Sets(5, 6, 3) select (bool[])[.. Enumerable.Range(0, 11).Select(i => first.Contains(i) || second.Contains(i))])
                .Select(won => StratifiedDifference.Estimate(won, [.. won.Select((w, i) => w ? after[i] : before[i])], strata).Required.Difference).ToList();
            var middle = all.Average(one => one.Value);
            return all.Average(one => one.StandardError * one.StandardError) / all.Average(one => (one.Value - middle) * (one.Value - middle));
        }
    }

    [Theory]
    [InlineData(12, 0.0)]
    [InlineData(12, 4.0)]
    [InlineData(40, 4.0)]
    public void Holds_the_truth_as_often_as_it_says(int rowsAStratum, double effect)
    {
        const int Studies = 2_000;
        const ulong Seed = 20_270_104;
        var covered = 0;
        for (var study = 0; study < Studies; study++)
        {
            // Three strata with odds of 1 in 2, 1 in 3 and 1 in 4, levels far apart, and long tails.
            var random = new SplitMix(Seed + (ulong)study);
            var (won, outcome, strata) = (new List<bool>(), new List<double>(), new List<int>());
            for (var stratum = 0; stratum < 3; stratum++)
            {
                var winners = rowsAStratum / (stratum + 2);
                var order = Enumerable.Range(0, rowsAStratum).OrderBy(_ => random.Next()).ToList();
                for (var i = 0; i < rowsAStratum; i++)
                {
                    var wins = order[i] < winners;
                    won.Add(wins);
                    strata.Add(stratum);
                    outcome.Add(100 * stratum + 10 * random.Normal() + 4 * random.Normal() * random.Normal() + (wins ? effect : 0));
                }
            }
            if (StratifiedDifference.Estimate([.. won], [.. outcome], [.. strata]).Required.Interval().Contains(effect)) covered++;
        }

        (covered / (double)Studies).ShouldBeInRange(0.93, 0.97, $"{covered} of {Studies}, seeds {Seed} to {Seed + Studies - 1}");
    }

    [Fact]
    public void Leaves_out_what_has_no_error_and_says_how_much()
    {
        var found = StratifiedDifference.Estimate([true, true, false, false, true, false, false], [5, 7, 1, 3, 900, 0, 1], [1, 1, 1, 1, 2, 2, 2]).Required;

        (found.Difference.Value, found.Winners, found.Losers, found.Strata, found.LeftOut, found.WinnersMean).ShouldBe((4, 2, 2, 1, 3, 6));
        // One stratum is Welch's comparison.
        var welch = ArmComparison.Welch([true, true, false, false], [5, 7, 1, 3]).Required;
        (found.Difference, found.DegreesOfFreedom).ShouldBe((welch.Difference, welch.DegreesOfFreedom));
        found.PValue.ShouldBeNear(welch.PValue, 1e-15);
        found.Widened.Interval().Width.ShouldBeNear(found.Interval().Width, 1e-9);
    }

    [Fact]
    public void Weights_by_rows_where_least_squares_weights_by_even_odds()
    {
        // 100 rows with odds of 1 in 10 and an effect of 10; 20 with even odds and none.
        bool[] won = [.. Enumerable.Range(0, 120).Select(i => i < 100 ? i % 10 == 0 : i % 2 == 0)];
        double[] outcome = [.. won.Select((w, i) => (i % 3) + (w && i < 100 ? 10 : 0))];
        int[] strata = [.. won.Select((_, i) => i < 100 ? 0 : 1)];

        StratifiedDifference.Estimate(won, outcome, strata).Required.Difference.Value.ShouldBeNear(10 * 100 / 120.0, 0.3);
        LotteryEffect.Estimate(won, won, outcome, strata).Required.Offered.Value.ShouldBeNear(10 * 9 / 14.0, 0.3);
    }

    [Fact]
    public void Refuses_what_it_can_not_answer()
    {
        StratifiedDifference.Estimate([true, true, false, false], [1, 2, 3, 4], [1, 1, 2, 2]).Refusal!.Reason.ShouldBe(RefusalReason.NoControls);
        StratifiedDifference.Estimate([true, true, false, false], [1, 1, 3, 3], [1, 1, 1, 1]).Refusal!.Reason.ShouldBe(RefusalReason.ConstantOutcome);
        StratifiedDifference.Estimate([true, true, false, false], [1, double.NaN, 3, 3], [1, 1, 1, 1]).Refusal!.Reason.ShouldBe(RefusalReason.MissingValue);
        Should.Throw<ArgumentException>(() => StratifiedDifference.Estimate([true], [1], [1, 2]));
    }

    static List<HashSet<int>> Sets(int from, int count, int size)
    {
        List<HashSet<int>> sets = [];
        for (var mask = 0; mask < 1 << count; mask++)
            if (System.Numerics.BitOperations.PopCount((uint)mask) == size) sets.Add([.. Enumerable.Range(0, count).Where(i => (mask >> i & 1) == 1).Select(i => from + i)]);
        return sets;
    }
}
