using Guildhall.Evidence.Numerics;

namespace Guildhall.Evidence.Tests.Comparison;

public class MatchingTests
{
    [Fact]
    public void Every_seller_gets_the_nearest_control_that_is_left()
    {
        var random = new SplitMix(17);
        for (var run = 0; run < 200; run++)
        {
            var rows = 4 + random.Below(20);
            bool[] joined = [true, false, .. Enumerable.Range(2, rows - 2).Select(_ => random.Below(3) == 0)];
            double[] scores = [.. Enumerable.Range(0, rows).Select(_ => (double)random.Below(12))];

            var matching = NearestNeighbourMatching.Match(joined, scores).Required;

            var left = Enumerable.Range(0, rows).Where(i => !joined[i]).ToHashSet();
            foreach (var i in Enumerable.Range(0, rows).Where(i => joined[i]).OrderByDescending(i => scores[i]).ThenBy(i => i))
            {
                if (left.Count == 0)
                {
                    matching.ControlOf[i].ShouldBe(-1);
                    continue;
                }
                var nearest = left.OrderBy(j => Math.Abs(scores[j] - scores[i])).ThenBy(j => j).First();
                matching.ControlOf[i].ShouldBe(nearest, $"run {run}");
                left.Remove(nearest);
            }
        }
    }

    [Theory]
    [InlineData(8)]
    [InlineData(12)]
    [InlineData(17)]
    public void A_measure_that_is_the_same_for_all_does_not_differ(int days)
    {
        // Five others a seller, each a fifth: their mean is the same number but for rounding.
        const int Sellers = 70;
        bool[] joined = [.. Enumerable.Range(0, 6 * Sellers).Select(i => i % 6 == 0)];
        double[] weights = [.. joined.Select(isJoined => isJoined ? 1 : 1.0 / 5)];
        double[] same = [.. joined.Select(_ => days / 30.0)];

        var balance = Balance.Of(joined, new(["same"], [same]), weights).Required;

        balance.Covariates[0].StandardisedDifference.ShouldBe(0);
        balance.IsComparable.ShouldBeTrue();
        same[0] += 1e-6;
        Balance.Of(joined, new(["same"], [same]), weights).Required.Covariates[0].StandardisedDifference.ShouldNotBe(0);
    }

    [Fact]
    public void Nobody_is_paired_beyond_the_caliper_or_with_another_kind()
    {
        bool[] joined = [true, true, false, false, false];

        // The standard deviation of 0, 9, 1, 5, 5 is √12.
        NearestNeighbourMatching.Match(joined, [0, 9, 1, 5, 5], caliperDeviations: 1).Required.ControlOf.ShouldBe([2, -1, -1, -1, -1]);
        NearestNeighbourMatching.Match(joined, [0, 9, 1, 5, 5], caliperDeviations: 1.2).Required.ControlOf.ShouldBe([2, 3, -1, -1, -1]);
        NearestNeighbourMatching.Match(joined, [0, 9, 1, 5, 5], exact: [7, 8, 8, 7, 7]).Required.ControlOf.ShouldBe([3, 2, -1, -1, -1]);
    }
}
