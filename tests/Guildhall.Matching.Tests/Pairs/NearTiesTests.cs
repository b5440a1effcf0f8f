using static Guildhall.Matching.Tests.Pairs.People;

namespace Guildhall.Matching.Tests.Pairs;

/// <summary>Near ties fall to chance with odds that are known, and nothing else does.</summary>
public class NearTiesTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_way_of_pairing_three_who_are_all_alike_comes_out_equally_often()
    {
        const int Runs = 3_000;
        var counts = new Dictionary<string, int>();
        for (var seed = 1; seed <= Runs; seed++)
        {
            var run = Drawn([Mentee("e1"), Mentee("e2"), Mentee("e3")], [Mentor("r1"), Mentor("r2"), Mentor("r3")], new NearTies(1, 1), seed);
            var way = string.Concat(run.Pairs.OrderBy(pair => pair.MenteeId, StringComparer.Ordinal).Select(pair => pair.MentorId));
            counts[way] = counts.GetValueOrDefault(way) + 1;
        }

        // Chi-squared with 5 degrees of freedom exceeds 20.5 once in a thousand.
        counts.Count.ShouldBe(6);
        counts.Values.Sum(count => Math.Pow(count - Runs / 6.0, 2) / (Runs / 6.0)).ShouldBeLessThan(20.5);
    }

    [Fact]
    public void Of_five_alike_each_gets_one_of_two_places_two_times_in_five_and_the_odds_say_so()
    {
        MenteeProfile[] five = [.. Enumerable.Range(1, 5).Select(n => Mentee($"e{n}"))];
        var matched = Enumerable.Range(1, 2_000).SelectMany(seed => Drawn(five, [Mentor("r1", 2)], new NearTies(0.5, 1), seed).Pairs.Select(pair => pair.MenteeId)).CountBy(id => id).ToDictionary();

        var run = Drawn(five, [Mentor("r1", 2)], new NearTies(0.5, NearTies.MostDraws), seed: 1);

        // 800 ± 22 of 2,000 by chance, and 0.4 ± 0.011 of 2,001 draws: four of these are allowed.
        matched.Count.ShouldBe(5);
        matched.Values.ShouldAllBe(count => Math.Abs(count - 800) < 88);
        run.Pairs.Select(pair => pair.Odds!.Value).ShouldAllBe(odds => Math.Abs(odds - 0.4) < 0.044);
        run.Unmatched.Select(mentee => mentee.Odds!.Value).ShouldAllBe(odds => Math.Abs(odds - 0.6) < 0.044);
    }

    [Fact]
    public void A_pair_that_is_half_a_near_tie_better_wins_seven_times_in_eight()
    {
        // Styles 0.02 apart are 1 point apart. Of two lots evenly from 0 to 2 points, the better pair's is more than 1 point greater in 1 of 8.
        MenteeProfile[] two = [Mentee("better") with { Style = 1 }, Mentee("other") with { Style = 0.98 }];

        var wins = Enumerable.Range(1, 2_000).Count(seed => Drawn(two, [Mentor("r1") with { Style = 1 }], new NearTies(2, 1), seed).Pairs.Single().MenteeId == "better");
        var run = Drawn(two, [Mentor("r1") with { Style = 1 }], new NearTies(2, NearTies.MostDraws), seed: 1);

        ((double)wins).ShouldBe(1_750, tolerance: 4 * 14.8);
        (run.Pairs.Single().MenteeId == "better" ? run.Pairs.Single().Odds!.Value : 1 - run.Pairs.Single().Odds!.Value).ShouldBe(0.875, tolerance: 4 * 0.0074);
    }

    [Fact]
    public void What_is_no_near_tie_is_left_to_the_scores()
    {
        MenteeProfile[] two = [Mentee("better") with { Style = 1 }, Mentee("other") with { Style = 0.9 }];

        for (var seed = 1; seed <= 50; seed++)
        {
            var run = Drawn(two, [Mentor("r1") with { Style = 1 }], new NearTies(4.9, 20), seed);
            (run.Pairs.Single().MenteeId, run.Pairs.Single().Odds, run.Unmatched.Single().Odds).ShouldBe(("better", 1, 1));
        }
    }

    [Fact]
    public void A_draw_matches_as_many_and_stays_within_the_loss_and_its_scores_are_the_pairs_own()
    {
        var (runs, below) = (0, 0);
        for (var seed = 1; seed <= 200; seed++)
        {
            if (Given(seed, new NearTies(5, 2)) is not { } match) continue;
            var undrawn = Matcher.Run(match.Input with { Settings = match.Input.Settings with { NearTies = null } }, Stop).Required;

            var run = match.Run(Stop);

            run.Verdict.WithoutDraw.ShouldBe(new PlanTotals(undrawn.Summary.Matched, undrawn.Summary.TotalScore));
            if (match.Input.Settings.Objective == AssignmentObjective.MatchedFirst) run.Summary.MatchedByPriority.ShouldBe(undrawn.Summary.MatchedByPriority, $"seed {seed}");
            run.Summary.TotalScore.ShouldBeInRange(undrawn.Summary.TotalScore - 50_000L * Math.Max(run.Summary.Matched, undrawn.Summary.Matched), undrawn.Summary.TotalScore, $"seed {seed}");
            run.Summary.TotalScore.ShouldBe(run.Pairs.Sum(pair => (long)match.Explain(pair.MenteeId, pair.MentorId).Millionths));
            run.Pairs.ShouldAllBe(pair => pair.Odds > 0 && pair.Odds <= 1);
            if (run.Summary.TotalScore < undrawn.Summary.TotalScore) below++;
            runs++;
        }
        runs.ShouldBeGreaterThan(100);
        below.ShouldBeGreaterThan(10, "no draw differed from the optimum, so nothing was tested");
    }

    [Fact]
    public void A_choice_costs_what_the_same_draw_with_the_pair_kept_lacks()
    {
        var asked = 0;
        for (var seed = 1; seed <= 60; seed++)
        {
            if (Given(seed, new NearTies(3, 1)) is not { } match) continue;
            foreach (var mentee in match.Input.Mentees)
                foreach (var mentor in match.Input.Mentors)
                {
                    if (match.WhyNot(mentee.Id, mentor.Id, Stop).Cost is not { } cost) continue;
                    var kept = Matcher.Run(match.Input with { Settings = match.Input.Settings with { Pins = [.. match.Input.Settings.Pins, new(mentee.Id, mentor.Id)] } }, Stop).Required;
                    (cost.MatchedAfter, cost.TotalAfter).ShouldBe((kept.Summary.Matched, kept.Summary.TotalScore), $"seed {seed}, {mentee.Id} with {mentor.Id}");
                    asked++;
                }
        }
        asked.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void The_same_draw_comes_from_any_order_of_the_people_and_another_from_another_seed()
    {
        MenteeProfile[] mentees = [.. Enumerable.Range(1, 12).Select(n => Mentee($"e{n}"))];
        MentorProfile[] mentors = [.. Enumerable.Range(1, 12).Select(n => Mentor($"r{n}"))];

        var run = Drawn(mentees, mentors, new NearTies(1, 10), seed: 7);
        var shuffled = Drawn([.. mentees.Reverse()], [.. mentors.Reverse()], new NearTies(1, 10), seed: 7);
        var other = Drawn(mentees, mentors, new NearTies(1, 10), seed: 8);

        shuffled.Pairs.Select(pair => (pair.MenteeId, pair.MentorId, pair.Odds)).ShouldBe(run.Pairs.Select(pair => (pair.MenteeId, pair.MentorId, pair.Odds)));
        other.Pairs.Select(pair => (pair.MenteeId, pair.MentorId)).ShouldNotBe(run.Pairs.Select(pair => (pair.MenteeId, pair.MentorId)));
    }

    [Fact]
    public void Kept_pairs_take_part_in_no_draw()
    {
        var settings = Only(Factor.Style) with { NearTies = new NearTies(5, 20), Pins = [new Pin("e1", "r1")] };

        var run = Matcher.Run(new([Mentee("e1"), Mentee("e2"), Mentee("e3")], [Mentor("r1"), Mentor("r2")], settings), Stop).Required;

        run.Pairs.Single(pair => pair.IsPinned).Odds.ShouldBe(1);
    }

    [Fact]
    public void Keeps_everybody_whom_the_lot_could_have_given_with_odds_and_fits()
    {
        // Two mentors who fit alike in style, and one who fits worse by more than a near tie. Hours weigh nothing and are kept all the same.
        var run = Drawn([Mentee("e1") with { Style = 1 }], [Mentor("r1") with { Style = 1 }, Mentor("r2") with { Style = 1 }, Mentor("far") with { Style = 0 }], new NearTies(2, 200), seed: 3);

        var pair = run.Pairs.Single();
        pair.Candidates.Select(one => one.MentorId).Order().ShouldBe(["r1", "r2"]);
        (pair.Candidates[0].MentorId, pair.Candidates[0].Odds).ShouldBe((pair.MentorId, pair.Odds!.Value));
        pair.Candidates.Sum(one => one.Odds).ShouldBe(1, tolerance: 1e-12);
        pair.Candidates.ShouldAllBe(one => one.Values[Factor.Style] == 10_000 && one.Values.Count == Enum.GetValues<Factor>().Length);
    }

    [Fact]
    public void Candidates_of_who_may_get_nobody_have_the_rest_of_the_odds()
    {
        MenteeProfile[] five = [.. Enumerable.Range(1, 5).Select(n => Mentee($"e{n}"))];

        var run = Drawn(five, [Mentor("r1"), Mentor("r2")], new NearTies(0.5, 500), seed: 1);

        run.Pairs.ShouldAllBe(pair => pair.Candidates.Count == 2 && Math.Abs(pair.Candidates.Sum(one => one.Odds) - 0.4) < 4 * 0.022);
    }

    [Fact]
    public void Where_nothing_is_drawn_the_mentor_is_the_only_candidate()
    {
        var run = Matcher.Run(new([Mentee("e1")], [Mentor("r1"), Mentor("r2")], Only(Factor.Style)), Stop).Required;

        run.Pairs.Single().Candidates.Select(one => (one.MentorId, one.Odds)).ShouldBe([(run.Pairs.Single().MentorId, 1)]);
    }

    [Fact]
    public void A_run_without_draws_says_nothing_of_odds()
    {
        var run = Matcher.Run(new([Mentee("e1"), Mentee("e2")], [Mentor("r1")], Only(Factor.Style)), Stop).Required;

        (run.Pairs.Single().Odds, run.Unmatched.Single().Odds, run.Verdict.WithoutDraw).ShouldBe((null, null, null));
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(0.09, 10)]
    [InlineData(-1, 10)]
    [InlineData(5.1, 10)]
    [InlineData(double.NaN, 10)]
    [InlineData(1, 0)]
    [InlineData(1, NearTies.MostDraws + 1)]
    public void Near_ties_out_of_range_are_refused(double points, int draws) =>
        Matcher.Run(new([Mentee()], [Mentor()], Only(Factor.Style) with { NearTies = new NearTies(points, draws) }), Stop).Refusals.Single().Code.ShouldBe(RefusalCode.SettingOutOfRange);

    static MatchRun Drawn(MenteeProfile[] mentees, MentorProfile[] mentors, NearTies ties, int seed) =>
        Matcher.Run(new(mentees, mentors, Only(Factor.Style) with { NearTies = ties, Seed = seed }), Stop).Required;

    [Fact]
    public void Simpler_ways_are_compared_with_the_best_plan_and_not_with_the_draw()
    {
        // The lot may give the place to the one who is a point worse.
        MenteeProfile[] two = [Mentee("better") with { Style = 1 }, Mentee("other") with { Style = 0.98 }];
        var input = new MatchInput(two, [Mentor("r1") with { Style = 1 }], Only(Factor.Style) with { NearTies = new NearTies(5, 1) });

        var drawnWorse = Enumerable.Range(1, 50).Select(seed => Matcher.Prepare(input with { Settings = input.Settings with { Seed = seed } }, Stop).Required).First(match => match.Run(Stop).Pairs[0].MenteeId == "other");

        var ways = drawnWorse.SimplerWays(1, Stop);

        (ways[0].Way, ways[0].Draws.Single().TotalScore, drawnWorse.Run(Stop).Summary.TotalScore).ShouldBe((MatchingWay.Optimum, 1_000_000, 990_000));
        drawnWorse.Run(Stop).Verdict.WithoutDraw.ShouldBe(new PlanTotals(1, 1_000_000));
    }

    static PreparedMatch? Given(int seed, NearTies ties)
    {
        // Penalties bring scores down to where a lot would leave less than nothing: all those pairs count alike, and equal ones are as good as each other.
        var input = Random(seed, mentees: 8, mentors: 5);
        return Matcher.Prepare(input with { Settings = input.Settings with { NearTies = ties, Rules = [.. input.Settings.Rules.Select(rule => rule with { PenaltyPoints = 0 })] } }, Stop).Value;
    }
}
