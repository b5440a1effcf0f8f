namespace Guildhall.Matching.Tests.Pairs;

public class OptimalityTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Finds_the_best_plan_over_all_pairs_from_one_or_two_candidates_each()
    {
        var (runs, added) = (0, 0);
        for (var seed = 1; seed <= 600; seed++)
        {
            if (Given(seed) is not { } match) continue;

            var run = match.Run(Stop);

            var best = BruteForce.Best(match, match.Input.Settings);
            (run.Summary.Matched, run.Summary.TotalScore).ShouldBe(best, $"seed {seed}");
            runs++;
            added += run.Verdict.AddedPairs;
        }
        runs.ShouldBeGreaterThan(400);
        added.ShouldBeGreaterThan(400, "the candidates were never too few, so nothing was tested");
    }

    [Fact]
    public void A_choice_costs_exactly_what_the_best_plan_with_it_lacks()
    {
        var asked = 0;
        for (var seed = 1; seed <= 250; seed++)
        {
            if (Given(seed) is not { } match) continue;
            foreach (var mentee in match.Input.Mentees)
                foreach (var mentor in match.Input.Mentors)
                {
                    var answer = match.WhyNot(mentee.Id, mentor.Id, Stop);
                    if (answer.Cost is not { } cost) continue;
                    var pinned = match.Input.Settings with { Pins = [.. match.Input.Settings.Pins, new(mentee.Id, mentor.Id)] };
                    (cost.MatchedAfter, cost.TotalAfter).ShouldBe(BruteForce.Best(match, pinned), $"seed {seed}, {mentee.Id} with {mentor.Id}");
                    MovesAddUp(match, cost);
                    cost.Moves[0].ShouldSatisfyAllConditions(m => m.MenteeId.ShouldBe(mentee.Id), m => m.ToMentorId.ShouldBe(mentor.Id));
                    asked++;
                }
        }
        asked.ShouldBeGreaterThan(500);
    }

    [Fact]
    public void A_turned_away_mentee_reads_the_exact_cost_of_the_nearest_place()
    {
        var read = 0;
        for (var seed = 1; seed <= 400; seed++)
        {
            if (Given(seed) is not { } match) continue;
            foreach (var unmatched in match.Run(Stop).Unmatched.Where(u => u.PlacePrice is not null))
            {
                var costs = match.Input.Mentors.Select(m => match.WhyNot(unmatched.MenteeId, m.Id, Stop).Cost).OfType<PlanChange>().ToArray();
                var nearest = match.WhyNot(unmatched.MenteeId, unmatched.NearestMentorId!, Stop).Cost!;
                (unmatched.NearestScore!.Value - unmatched.PlacePrice!.Value).ShouldBe(nearest.TotalChange, $"seed {seed}, {unmatched.MenteeId}");
                if (match.Input.Settings.Objective == AssignmentObjective.Score) nearest.TotalChange.ShouldBe(costs.Max(c => c.TotalChange), $"seed {seed}");
                else nearest.MatchedChange.ShouldBe(0);
                read++;
            }
        }
        read.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void Removing_a_pair_costs_exactly_what_the_best_plan_without_it_lacks()
    {
        var asked = 0;
        for (var seed = 1; seed <= 200; seed++)
        {
            if (Given(seed) is not { } match) continue;
            foreach (var pair in match.Run(Stop).Pairs)
            {
                var answer = match.IfRemoved(pair.MenteeId, Stop);

                var without = match.Input.Settings with { Pins = [.. match.Input.Settings.Pins.Where(p => p.MenteeId != pair.MenteeId)] };
                var best = BruteForce.Best(match, without, (e, r) => e != pair.MenteeId || r != pair.MentorId);
                (answer.Change.MatchedAfter, answer.Change.TotalAfter).ShouldBe(best, $"seed {seed}, without {pair.MenteeId} with {pair.MentorId}");
                MovesAddUp(match, answer.Change);
                asked++;
            }
        }
        asked.ShouldBeGreaterThan(300);
    }

    [Fact]
    public void A_rule_costs_exactly_what_the_best_plan_without_it_gains()
    {
        var changed = 0;
        for (var seed = 1; seed <= 150; seed++)
        {
            if (Given(seed) is not { } match) continue;
            foreach (var rule in Enum.GetValues<Rule>().Where(r => RuleSetting.Allows(r, RuleStrength.Off) && r != Rule.GroupShare))
            {
                var answer = match.RuleCost(rule, Stop);

                var settings = match.Input.Settings;
                var other = settings with { Rules = [.. settings.Rules.Select(r => r.Rule == rule ? r with { Strength = answer.To } : r)] };
                (answer.MatchedAfter, answer.TotalAfter).ShouldBe(BruteForce.Best(match, other), $"seed {seed}, {rule}");
                if (answer.TotalAfter != answer.TotalBefore) changed++;
            }
        }
        changed.ShouldBeGreaterThan(150);
    }

    [Fact]
    public void Three_more_mentors_bring_exactly_what_the_best_plan_with_them_gains()
    {
        var gained = 0;
        for (var seed = 1; seed <= 150; seed++)
        {
            if (Given(seed, mentees: 5, mentors: 2) is not { } match) continue;
            foreach (var kind in (MentorKind[])[new(Category: "home"), new(Category: "toys", Language: "pt"), new(Language: "fi"), new(Hours: FreeHours.Weekend)])
            {
                var answer = match.ThreeMore(kind, Stop);

                var model = answer.CopyOf is { } id ? match.Input.Mentors.Single(m => m.Id == id) : null;
                var more = new MoreMentors(match.Solved(Stop), kind).Make(3).ToArray();
                more.ShouldAllBe(m => m.Capacity == answer.Each.Capacity && m.Brands == null && m.Owner == null);
                if (model is not null) more.ShouldAllBe(m => m.Categories == model.Categories && m.WeekHours == model.WeekHours);
                var widened = match.Input with { Mentors = [.. match.Input.Mentors, .. more] };
                var best = BruteForce.Best(Matcher.Prepare(widened, Stop).Required, widened.Settings);
                (answer.MatchedAfter, answer.TotalAfter).ShouldBe(best, $"seed {seed}, {kind}");
                if (answer.MatchedAfter > answer.MatchedBefore) gained++;
            }
        }
        gained.ShouldBeGreaterThan(50);
    }

    [Fact]
    public void Three_typical_mentors_of_a_branch_without_any_bring_what_adding_them_by_hand_brings()
    {
        var (asked, matchedMore, gainedOnly) = (0, 0, 0);
        for (var seed = 1; seed <= 400; seed++)
        {
            if (Given(seed, mentees: 5, mentors: 2) is not { } match) continue;
            foreach (var branch in match.Run(Stop).Scarcities.Where(s => s.Kind.Category is not null && s.Mentors == 0))
            {
                var answer = match.ThreeMore(branch.Kind, Stop);
                answer.CopyOf.ShouldBeNull();

                var added = match.Input with { Mentors = [.. match.Input.Mentors, .. Enumerable.Range(1, 3).Select(n => answer.Each with { Id = $"new {n}" })] };
                var best = BruteForce.Best(Matcher.Prepare(added, Stop).Required, added.Settings);
                (answer.MatchedAfter, answer.TotalAfter).ShouldBe(best, $"seed {seed}, {branch.Kind}");
                asked++;
                if (answer.MatchedAfter > answer.MatchedBefore) matchedMore++;
                else if (answer.TotalAfter > answer.TotalBefore && branch.UnmatchedMentees == 0) gainedOnly++;
            }
        }
        asked.ShouldBeGreaterThan(60);
        matchedMore.ShouldBeGreaterThan(20);
        gainedOnly.ShouldBeGreaterThan(5, "branches whose mentees all have somebody elsewhere");
    }

    /// <summary>The moves, made one after the other on the run, give the totals claimed, and nobody is over their places.</summary>
    static void MovesAddUp(PreparedMatch match, PlanChange change)
    {
        var run = match.Run(Stop);
        var mentorOf = run.Pairs.ToDictionary(p => p.MenteeId, p => p.MentorId);
        foreach (var move in change.Moves)
        {
            mentorOf.GetValueOrDefault(move.MenteeId).ShouldBe(move.FromMentorId);
            if (move.ToMentorId is { } to) mentorOf[move.MenteeId] = to;
            else mentorOf.Remove(move.MenteeId);
        }
        mentorOf.Count.ShouldBe(change.MatchedAfter);
        mentorOf.Sum(p => (long)match.Explain(p.Key, p.Value).Millionths).ShouldBe(change.TotalAfter);
        foreach (var load in mentorOf.CountBy(p => p.Value))
            load.Value.ShouldBeLessThanOrEqualTo(run.Mentors.Single(m => m.MentorId == load.Key).Places);
    }

    /// <summary>A random marketplace, now and then with a pin and a bar; null when nothing in it can be paired.</summary>
    static PreparedMatch? Given(int seed, int mentees = 6, int mentors = 4)
    {
        var input = People.Random(seed, mentees, mentors);
        // Rotation by rows of mentees is held to in RotationTests; here every mentor's capacity stands.
        var settings = input.Settings with { Rules = [.. input.Settings.Rules.Where(r => r.Rule != Rule.MenteesInRow)], Bars = [new("e0", "r0")] };
        if (seed % 3 == 0 && Matcher.Prepare(input with { Settings = settings with { Pins = [new("e1", "r1")] } }, Stop).Value is { } pinned) return pinned;
        return Matcher.Prepare(input with { Settings = settings }, Stop).Value;
    }
}
