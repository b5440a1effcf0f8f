using System.Text.Json;
using static Guildhall.Matching.Tests.Pairs.People;

namespace Guildhall.Matching.Tests.Pairs;

public class MatchRunTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Shown_points_add_up_to_the_shown_score_exactly()
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            if (Matcher.Prepare(Weighted(seed), Stop).Value is not { } match) continue;
            foreach (var mentee in match.Input.Mentees)
                foreach (var mentor in match.Input.Mentors)
                {
                    var score = match.Explain(mentee.Id, mentor.Id);
                    score.Points.ShouldBe(score.Factors.Sum(f => f.Points) - score.Penalties.Sum(p => p.Points), $"seed {seed}");
                    score.Points.ShouldBe((score.Millionths + 500) / 1000 / 10m, $"seed {seed}");
                    score.Factors.All(f => f.Points >= 0 && f.Points <= f.Weight && Math.Abs(f.Points - (decimal)f.Value * f.Weight) < 0.1m).ShouldBeTrue($"seed {seed}");
                    score.Factors.Zip(score.Factors.Skip(1)).All(f => f.First.Points >= f.Second.Points).ShouldBeTrue();
                }
        }
    }

    [Fact]
    public void The_order_of_the_input_changes_nothing()
    {
        for (var seed = 1; seed <= 60; seed++)
        {
            var input = Weighted(seed);
            input = input with { Settings = input.Settings with { Rules = RuleSetting.Defaults } };
            var chance = new Random(seed);
            var shuffled = new MatchInput(
                [.. Shuffle(input.Mentees, chance)!.Select(m => m with { Categories = Shuffle(m.Categories, chance), Channels = Shuffle(m.Channels, chance), Needs = Shuffle(m.Needs, chance) })],
                [.. Shuffle(input.Mentors, chance)!.Select(m => m with { Categories = Shuffle(m.Categories, chance), Strengths = Shuffle(m.Strengths, chance) })],
                input.Settings);

            JsonSerializer.Serialize(Matcher.Run(shuffled, Stop)).ShouldBe(JsonSerializer.Serialize(Matcher.Run(input, Stop)), $"seed {seed}");
        }

        static T[]? Shuffle<T>(IEnumerable<T>? items, Random chance) => items?.OrderBy(_ => chance.Next()).ToArray();
    }

    [Fact]
    public void The_number_of_candidates_changes_the_time_and_not_the_total()
    {
        var input = Random(5, 60, 12);
        input = input with { Settings = input.Settings with { Rules = RuleSetting.Defaults } };

        var few = Matcher.Run(input with { Settings = input.Settings with { CandidatesPerMentee = 1 } }, Stop).Required;
        var all = Matcher.Run(input with { Settings = input.Settings with { CandidatesPerMentee = 50 } }, Stop).Required;

        few.Verdict.AddedPairs.ShouldBeGreaterThan(0);
        all.Verdict.ShouldBe(all.Verdict with { AddedPairs = 0, Rounds = 1 });
        (few.Summary.Matched, few.Summary.TotalScore).ShouldBe((all.Summary.Matched, all.Summary.TotalScore));
    }

    [Fact]
    public void A_run_survives_a_round_trip_through_json()
    {
        var run = Matcher.Run(Random(5, 30, 8) with { Settings = Defaults with { Pins = [] } }, Stop).Required;

        var text = JsonSerializer.Serialize(run);

        JsonSerializer.Serialize(JsonSerializer.Deserialize<MatchRun>(text)).ShouldBe(text);
        text.ShouldContain("\"MatchedFirst\"");
    }

    [Theory]
    [InlineData(0.5944, 1)]
    [InlineData(0.5946, 0)]
    [InlineData(0.5999, 0)]
    public void A_pair_is_below_60_when_lists_show_it_so(double fit, int below)
    {
        // Style takes half of what lies between; lists show 59.4 as 59 and 59.5 as 60.
        var run = Matcher.Run(new([Mentee() with { Style = 0.5 }], [Mentor() with { Style = 0.5 - 2 * (1 - fit) }], Only(Factor.Style)), Stop).Required;

        run.Pairs[0].Score.Millionths.ShouldBe((int)Math.Round(fit * 1_000_000));
        run.Summary.PairsBelow60.ShouldBe(below);
    }

    [Fact]
    public void The_summary_counts_what_the_run_shows()
    {
        var style = Only(Factor.Style);
        MenteeProfile[] mentees = [Mentee("e1") with { Style = 1 }, Mentee("e2") with { Style = 0 }, Mentee("e3") with { Style = -1 }, Mentee("e4") with { Style = -1, CurrentMentorId = "x" }];
        MentorProfile[] mentors = [Mentor("r1", 2) with { Style = 1 }, Mentor("r2", 5) with { Style = 0 }, Mentor("r3", 0)];

        var run = Matcher.Run(new(mentees, mentors, style with { Rules = [new(Rule.OneActiveMentor, RuleStrength.Required)] }), Stop).Required;

        // e1 with r1 scores 100, e2 with r2 100, e3 with r2 50: two mentors of loads 1 and 2.
        run.Pairs.Select(p => (p.MenteeId, p.MentorId, p.Score.Points)).ShouldBe([("e1", "r1", 100m), ("e2", "r2", 100m), ("e3", "r2", 50m)]);
        var summary = run.Summary;
        (summary.Mentees, summary.Mentors, summary.Places, summary.OpenMentors, summary.MentorsAtLimit).ShouldBe((4, 3, 7, 2, 0));
        (summary.Pairs, summary.PossiblePairs, summary.Matched, summary.TotalScore).ShouldBe((12, 6, 3, 2_500_000));
        (summary.LowestPoints, summary.PairsBelow60, summary.BlockingPairs).ShouldBe((50m, 1, 0));
        summary.AveragePoints.ShouldBe(250 / 3.0, 1e-9);
        summary.SpreadPoints.ShouldBe(Math.Sqrt(5000 / 9.0), 1e-9);
        summary.Hhi.ShouldBe(10_000 * (1 + 4) / 9.0, 1e-9);
        summary.Gini.ShouldBe(1 / 6.0, 1e-9);
        summary.LargestGroupShare.ShouldBe(2 / 3.0, 1e-9);
        summary.MatchedByPriority.ShouldBe([3, 0, 0, 0, 0, 0, 0, 0]);
        run.Verdict.CheckedPairs.ShouldBe(6);
        run.Unmatched.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            u => u.Reason.ShouldBe(UnmatchedReason.NoPossibleMentor),
            u => u.Rule.ShouldBe(Rule.OneActiveMentor),
            u => u.Removed.Select(r => (r.Rule, r.Broken, r.BrokenAlone)).ShouldBe([(Rule.OneActiveMentor, 3, 2), (Rule.Capacity, 1, 0)]));
    }

    [Fact]
    public void A_pair_that_both_would_rather_have_is_counted()
    {
        // The two seats are worth most as e1-r2 (90) and e2-r1 (95), though e1 and r1 would rather have each other (100).
        MenteeProfile[] mentees = [Mentee("e1") with { Style = 0 }, Mentee("e2") with { Style = 0.1 }];
        MentorProfile[] mentors = [Mentor("r1") with { Style = 0 }, Mentor("r2") with { Style = -0.2 }];

        var run = Matcher.Run(new(mentees, mentors, Only(Factor.Style) with { Bars = [new("e2", "r2")] }), Stop).Required;

        run.Pairs.Select(p => (p.MenteeId, p.MentorId, p.Score.Points)).ShouldBe([("e2", "r1", 95m), ("e1", "r2", 90m)]);
        run.Summary.BlockingPairs.ShouldBe(1);
    }

    [Fact]
    public void A_full_mentor_turns_a_mentee_away_at_a_price()
    {
        MenteeProfile[] mentees = [Mentee("e1") with { Style = 1 }, Mentee("e2") with { Style = 0.5 }, Mentee("e3") with { Style = 0 }];

        var run = Matcher.Run(new(mentees, [Mentor("r1", 2) with { Style = 1 }], Only(Factor.Style)), Stop).Required;

        var unmatched = run.Unmatched.ShouldHaveSingleItem();
        unmatched.ShouldSatisfyAllConditions(
            u => u.MenteeId.ShouldBe("e3"), u => u.Reason.ShouldBe(UnmatchedReason.PlacesTaken), u => u.Rule.ShouldBeNull(), u => u.PossibleMentors.ShouldBe(1),
            u => u.NearestMentorId.ShouldBe("r1"), u => u.NearestScore.ShouldBe(500_000), u => u.PlacePrice.ShouldBe(750_000));
        run.Mentors.Single().Price.ShouldBeGreaterThan(0);
        run.Summary.MentorsAtLimit.ShouldBe(1);
    }

    [Fact]
    public void A_higher_class_comes_first()
    {
        MenteeProfile[] mentees = [Mentee("e1") with { Style = 1 }, Mentee("e2") with { Style = -1, Priority = 3 }];

        var run = Matcher.Run(new(mentees, [Mentor("r1") with { Style = 1 }], Only(Factor.Style)), Stop).Required;

        run.Pairs.ShouldHaveSingleItem().MenteeId.ShouldBe("e2");
        run.Unmatched.ShouldHaveSingleItem().ShouldSatisfyAllConditions(u => u.Reason.ShouldBe(UnmatchedReason.PlacesTakenByPriority), u => u.PlacePrice.ShouldBeNull());
    }

    [Fact]
    public void A_pin_holds_against_the_score_and_takes_its_place()
    {
        MenteeProfile[] mentees = [Mentee("e1") with { Style = 1 }, Mentee("e2") with { Style = -1 }];

        var match = Matcher.Prepare(new(mentees, [Mentor("r1") with { Style = 1 }], Only(Factor.Style) with { Pins = [new("e2", "r1")] }), Stop).Required;

        match.Run(Stop).Pairs.ShouldHaveSingleItem().ShouldSatisfyAllConditions(p => p.MenteeId.ShouldBe("e2"), p => p.IsPinned.ShouldBeTrue());
        match.WhyNot("e1", "r1", Stop).ShouldSatisfyAllConditions(w => w.Blocks.ShouldBeEmpty(), w => w.Cost.ShouldBeNull());
        match.IfRemoved("e2", Stop).ShouldSatisfyAllConditions(r => r.OfferedMenteeId.ShouldBe("e1"), r => r.OfferedScore.ShouldBe(1_000_000), r => r.Change.MatchedChange.ShouldBe(0));
    }

    [Fact]
    public void Scarcities_price_mentors_by_branch_language_and_hours()
    {
        LanguageSkill[] portuguese = [new("pt-BR", LanguageLevel.Native), new("pt-PT", LanguageLevel.Working)];
        MenteeProfile[] mentees = [.. Enumerable.Range(0, 3).Select(n => Mentee($"e{n}") with { Categories = [new("home/garden", 1)], Languages = portuguese }), Mentee("f") with { Categories = [new("pets", 1)] }];
        MentorProfile[] mentors = [Mentor("r1") with { Categories = [new("home/kitchen", 1)], Languages = portuguese, WeekHours = WeekGrid.Parse("sat 9-12") }, Mentor("r2", 3) with { Categories = [new("toys", 1)] }];

        var run = Matcher.Run(new(mentees, mentors, Only(Factor.Category) with { Bars = [.. mentees.Take(3).Select(m => new Bar(m.Id, "r2"))] }), Stop).Required;

        var home = run.Scarcities.Single(s => s.Kind == new MentorKind(Category: "home"));
        (home.Mentors, home.Places, home.FreePlaces, home.UnmatchedMentees).ShouldBe((1, 1, 0, 2));
        home.MeanPrice.ShouldBe(run.Mentors.Single(m => m.MentorId == "r1").Price);
        home.MeanPrice.ShouldBeGreaterThan(0);
        run.Scarcities.Single(s => s.Kind == new MentorKind(Language: "pt")).UnmatchedMentees.ShouldBe(2);
        run.Scarcities.Single(s => s.Kind == new MentorKind(Hours: FreeHours.Weekend)).Mentors.ShouldBe(1);
        run.Scarcities.Single(s => s.Kind == new MentorKind(Category: "toys")).ShouldSatisfyAllConditions(t => t.FreePlaces.ShouldBe(2), t => t.MeanPrice.ShouldBe(0));
        run.Scarcities.Single(s => s.Kind == new MentorKind(Category: "pets")).ShouldBe(new Scarcity(new(Category: "pets"), 0, 0, 0, 0, UnmatchedMentees: 0, MatchedElsewhere: 1));
    }

    [Fact]
    public void A_branch_without_a_mentor_is_asked_with_typical_mentors_of_the_program_who_live_where_its_mentees_do()
    {
        MenteeProfile[] mentees =
        [
            .. Enumerable.Range(1, 3).Select(n => Mentee($"e{n}") with
            {
                Categories = [new("food/pantry/tea", 1)],
                Languages = [new("hi", LanguageLevel.Native), new("en", n == 1 ? LanguageLevel.Working : LanguageLevel.Basic)],
                TimeZone = "Asia/Kolkata",
                Region = n == 3 ? "IN/Karnataka" : "IN/Rajasthan",
                PriceBand = new(n, 10 * n),
            }),
            Mentee("f") with { Categories = [new("home/decor", 1)], Tier = "standard" },
        ];
        MentorProfile Busy(string id, int capacity, string hours, double orders) => Mentor(id, capacity) with
        {
            Categories = [new("home/decor", 1)],
            Languages = [new("en", LanguageLevel.Native)],
            TimeZone = "America/New_York",
            WeekHours = WeekGrid.Parse(hours),
            OrdersPerWeek = orders,
            PassedOrdersPerWeek = 2 * orders,
            Strengths = [new("photos", orders / 100)],
            Tiers = capacity == 1 ? ["standard", "intensive"] : ["standard"],
        };
        MentorProfile[] mentors = [Busy("r1", 1, "mon,tue 9-11", 10), Busy("r2", 2, "mon 9-12", 20), Busy("r3", 4, "tue 10-14", 60)];

        var each = Matcher.Prepare(new(mentees, mentors, Defaults), Stop).Required.ThreeMore(new(Category: "food"), Stop).Each;

        each.Categories.ShouldBe([new CategoryShare("food", 1)]);
        each.Languages.ShouldBe([new LanguageSkill("hi", LanguageLevel.Native)]);
        (each.TimeZone, each.Region, each.PriceBand, each.Capacity).ShouldBe(("Asia/Kolkata", "IN/Rajasthan", new PriceBand(2, 20), 2));
        each.WeekHours.ShouldBe(WeekGrid.Parse("mon 9-11; tue 10-11; mon 11-12"), "four hours is the middle; two free at three of them, then the earliest");
        each.Tiers.ShouldBe(["standard"]);
        (each.OrdersPerWeek, each.PassedOrdersPerWeek).ShouldBe((20, 40));
        each.Strengths!.Single().Level.ShouldBe(0.3, 1e-12);
    }

    [Fact]
    public void Typical_mentors_promise_no_match_to_who_shares_neither_their_language_nor_their_hours()
    {
        MenteeProfile Food(string id, string language, string zone) => Mentee(id) with { Categories = [new("food", 1)], Languages = [new(language, LanguageLevel.Native)], TimeZone = zone, WeekHours = WeekGrid.Parse("mon,tue 9-12") };
        MenteeProfile[] mentees = [Food("e1", "hi", "Asia/Kolkata"), Food("e2", "hi", "Asia/Kolkata"), Food("e3", "ja", "Asia/Kolkata"), Food("e4", "hi", "America/Los_Angeles")];
        var mentor = Mentor("r1", 2) with { Categories = [new("home", 1)], Languages = [new("en", LanguageLevel.Native)], TimeZone = "America/New_York", WeekHours = WeekGrid.Parse("mon,tue 9-12") };
        var home = Mentee("f") with { Categories = [new("home/decor", 1)], Languages = mentor.Languages, TimeZone = mentor.TimeZone, WeekHours = mentor.WeekHours };

        var answer = Matcher.Prepare(new([.. mentees, home], [mentor], Defaults), Stop).Required.ThreeMore(new(Category: "food"), Stop);

        (answer.MatchedBefore, answer.MatchedAfter).ShouldBe((1, 3), "six places, and two who can use them");
    }

    [Fact]
    public void Alternatives_are_the_next_best_and_say_where_they_lose()
    {
        var settings = Defaults with { Rules = [], Weights = new Dictionary<Factor, int> { [Factor.Style] = 60, [Factor.Region] = 40 } };
        MentorProfile[] mentors =
        [
            Mentor("r1") with { Style = 1, Region = "SP" }, Mentor("r2", 2) with { Style = 0.5, Region = "SP" }, Mentor("r3") with { Style = 1, Region = "RJ" }, Mentor("r4") with { IsOpenToNew = false },
        ];
        var match = Matcher.Prepare(new([Mentee("e1") with { Style = 1, Region = "SP" }], mentors, settings with { Rules = [new(Rule.OpenToNew, RuleStrength.Required)] }), Stop).Required;

        var alternatives = match.Alternatives("e1", 5, Stop);

        alternatives.Select(a => (a.MentorId, a.Score.Points, a.LosesMostIn)).ShouldBe([("r2", 85m, Factor.Style), ("r3", 60m, Factor.Region)]);
        var preferred = Matcher.Prepare(new([Mentee("e1") with { Style = 1, Region = "SP" }], mentors[..3], settings with { Rules = [new(Rule.SameRegion, RuleStrength.Preferred, PenaltyPoints: 55)] }), Stop).Required;
        preferred.Alternatives("e1", 5, Stop).Select(a => (a.MentorId, a.Score.Points, a.LosesMostIn, a.LosesMostTo)).ShouldBe([("r2", 85m, Factor.Style, null), ("r3", 5m, null, Rule.SameRegion)]);
        match.WhyNot("e1", "r4", Stop).Blocks.ShouldBe([Rule.OpenToNew]);
        match.WhyNot("e1", "r1", Stop).IsPair.ShouldBeTrue();
        Should.Throw<ArgumentException>(() => match.WhyNot("e1", "nobody", Stop));
    }

    [Fact]
    public void Stops_when_asked_to()
    {
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();

        Should.Throw<OperationCanceledException>(() => Matcher.Run(Random(1, 50, 10), stopped.Token));
    }

    /// <summary>A random marketplace with random weights, some of them 0.</summary>
    static MatchInput Weighted(int seed)
    {
        var input = Random(seed, 6, 5);
        var chance = new Random(seed);
        var cuts = Enumerable.Range(0, 11).Select(_ => chance.Next(101)).ToArray();
        int[] ends = [0, .. cuts.Order(), 100];
        return input with { Settings = input.Settings with { Weights = Enum.GetValues<Factor>().ToDictionary(f => f, f => ends[(int)f + 1] - ends[(int)f]) } };
    }
}
