using static Guildhall.Matching.Tests.Pairs.People;

namespace Guildhall.Matching.Tests.Pairs;

public class SimplerWaysTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void The_best_pair_first_leaves_the_rest_what_is_left()
    {
        // e1 fits r1 fully and r2 by half, e2 fits r1 by 0.75 and r2 by 0.25: apart from each other 1 + 0.25, the other way round 0.5 + 0.75.
        var match = Given([Mentee("e1") with { Style = 1 }, Mentee("e2") with { Style = 0.5 }], [Mentor("r1") with { Style = 1 }, Mentor("r2") with { Style = 0 }]);

        var greedy = match.SimplerWays(1, Stop).Single(way => way.Way == MatchingWay.BestPairFirst).Draws.Single();

        (greedy.Matched, greedy.TotalScore, greedy.LowestPoints, greedy.BlockingPairs).ShouldBe((2, 1_750_000, 75m, 0));
    }

    [Fact]
    public void First_come_first_served_hangs_on_the_order()
    {
        var match = Given([Mentee("e1") with { Style = 1 }, Mentee("e2") with { Style = 0 }], [Mentor("r1") with { Style = 1 }]);

        var draws = match.SimplerWays(40, Stop).Single(way => way.Way == MatchingWay.FirstCome).Draws;

        draws.Count.ShouldBe(40);
        draws.Select(draw => (draw.Matched, draw.TotalScore, draw.BlockingPairs)).Distinct().Order().ShouldBe([(1, 500_000, 1), (1, 1_000_000, 0)]);
    }

    [Fact]
    public void No_simpler_way_beats_the_optimum_and_the_greedy_way_is_the_sorted_one()
    {
        var (worse, runs) = (0, 0);
        for (var seed = 1; seed <= 200; seed++)
        {
            var input = Random(seed, mentees: 8, mentors: 4);
            if (seed % 2 == 0) input = input with { Mentees = [.. input.Mentees.Select(m => m with { Priority = null })] };
            if (Matcher.Prepare(input with { Settings = input.Settings with { Objective = AssignmentObjective.Score } }, Stop).Value is not { } match) continue;

            var ways = match.SimplerWays(5, Stop);

            ways.Select(way => way.Way).ShouldBe([MatchingWay.Optimum, MatchingWay.BestPairFirst, MatchingWay.FirstCome]);
            var summary = match.Run(Stop).Summary;
            var best = ways[0].Draws.Single();
            (best.Matched, best.TotalScore, best.BlockingPairs, best.Hhi).ShouldBe((summary.Matched, summary.TotalScore, summary.BlockingPairs, summary.Hhi));
            foreach (var draw in ways.SelectMany(way => way.Draws)) draw.TotalScore.ShouldBeLessThanOrEqualTo(best.TotalScore, $"seed {seed}");
            if (seed % 2 == 0) ways[1].Draws.Single().TotalScore.ShouldBe(SortedGreedy(match), $"seed {seed}");
            if (ways[2].Draws.Any(draw => draw.TotalScore < best.TotalScore)) worse++;
            runs++;
        }
        runs.ShouldBeGreaterThan(100);
        worse.ShouldBeGreaterThan(20);
    }

    [Fact]
    public void Pins_hold_and_a_higher_class_comes_first_in_every_way()
    {
        var match = Given(
            [Mentee("e1") with { Style = 1 }, Mentee("e2") with { Style = 0, Priority = 3 }, Mentee("e3") with { Style = -1 }],
            [Mentor("r1") with { Style = 1 }, Mentor("r2") with { Style = -1 }],
            new Pin("e3", "r2"));

        foreach (var draw in match.SimplerWays(10, Stop).SelectMany(way => way.Draws)) (draw.Matched, draw.TotalScore).ShouldBe((2, 1_500_000));
    }

    [Fact]
    public void Fewer_orders_than_one_are_refused() => Should.Throw<ArgumentOutOfRangeException>(() => Given([Mentee()], [Mentor()]).SimplerWays(0, Stop));

    static PreparedMatch Given(MenteeProfile[] mentees, MentorProfile[] mentors, params Pin[] pins) =>
        Matcher.Prepare(new(mentees, mentors, Only(Factor.Style) with { Pins = pins }), Stop).Required;

    static long SortedGreedy(PreparedMatch match)
    {
        var pairs = match.Solved(Stop).Pairs;
        var (free, total, taken) = (pairs.Places.ToArray(), 0L, new HashSet<int>());
        foreach (var (i, pair) in pairs.All(long.MaxValue, TestContext.Current.CancellationToken)!.SelectMany((row, i) => row.Select(pair => (i, pair))).OrderByDescending(p => p.pair.Score).ThenBy(p => p.i).ThenBy(p => p.pair.Mentor))
        {
            if (free[pair.Mentor] == 0 || !taken.Add(i)) continue;
            free[pair.Mentor]--;
            total += pair.Score;
        }
        return total + match.Run(Stop).Pairs.Where(pair => pair.IsPinned).Sum(pair => (long)pair.Score.Millionths);
    }
}
