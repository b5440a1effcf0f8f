using static Guildhall.Matching.Tests.Pairs.People;

namespace Guildhall.Matching.Tests.Pairs;

/// <summary>Running pairs are switched where that gains more than it costs, and nowhere else.</summary>
public class RecalibrationTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void A_better_free_mentor_is_proposed_where_the_gain_beats_the_cost()
    {
        // e1 fits r1 by 0.5 and r2 fully: 50 points more.
        MatchInput input = new([Mentee("e1") with { Style = 1 }], [Mentor("r1") with { Style = 0 }, Mentor("r2") with { Style = 1 }], Only(Factor.Style));

        var below = Matcher.Recalibrate(input, [new("e1", "r1")], 49.99, Stop).Required;
        var at = Matcher.Recalibrate(input, [new("e1", "r1")], 50, Stop).Required;

        var move = below.Changes.Single().Moves.Single();
        (move.MenteeId, move.FromMentorId, move.ToMentorId, move.Before.Points, move.After.Points, below.Changes.Single().Gain).ShouldBe(("e1", "r1", "r2", 50m, 100m, 500_000));
        at.Changes.ShouldBeEmpty();
        at.Pairs.Single().ShouldSatisfyAllConditions(pair => (pair.MenteeId, pair.MentorId, pair.Score.Points).ShouldBe(("e1", "r1", 50m)), pair => pair.Broken.ShouldBeEmpty());
    }

    [Fact]
    public void Two_who_would_exchange_mentors_are_one_change_and_two_apart_are_two()
    {
        MenteeProfile[] mentees = [Mentee("e1") with { Style = 1 }, Mentee("e2") with { Style = -1 }, Mentee("e3") with { Style = 0.5 }];
        MentorProfile[] mentors = [Mentor("r1") with { Style = -1 }, Mentor("r2") with { Style = 1 }, Mentor("r3") with { Style = 0 }, Mentor("r4") with { Style = 0.5 }];

        var found = Matcher.Recalibrate(new(mentees, mentors, Only(Factor.Style)), [new("e1", "r1"), new("e2", "r2"), new("e3", "r3")], 10, Stop).Required;

        found.Changes.Select(change => (change.Gain, string.Join(' ', change.Moves.Select(m => $"{m.MenteeId}:{m.FromMentorId}>{m.ToMentorId}"))))
            .ShouldBe([(1_999_998, "e1:r1>r2 e2:r2>r1"), (250_000, "e3:r3>r4")]);
    }

    [Fact]
    public void Two_who_come_to_a_mentor_with_room_for_both_are_two_changes_and_with_room_for_one_there_is_one()
    {
        MenteeProfile[] mentees = [Mentee("e2") with { Style = 1 }, Mentee("e1") with { Style = 1 }];
        MentorProfile[] mentors = [Mentor("r1") with { Style = 0 }, Mentor("r2") with { Style = 0 }, Mentor("r3", 2) with { Style = 1 }];

        var two = Found(mentors);

        two.Changes.Select(change => (change.Moves.Single().MenteeId, change.Gain)).ShouldBe([("e1", 500_000), ("e2", 500_000)]);
        two.Pairs.Select(pair => pair.MenteeId).ShouldBe(["e1", "e2"]);
        Found([mentors[0], mentors[1], mentors[2] with { Capacity = 1 }]).Changes.ShouldHaveSingleItem().Moves.ShouldHaveSingleItem();

        Recalibration Found(MentorProfile[] mentors) => Matcher.Recalibrate(new(mentees, mentors, Only(Factor.Style)), [new("e1", "r1"), new("e2", "r2")], 10, Stop).Required;
    }

    [Fact]
    public void Of_those_who_switch_together_the_one_who_gains_most_comes_first()
    {
        // e1 goes from 50 to 90, e2 from 0 to 60.
        MenteeProfile[] mentees = [Mentee("e1") with { Style = 0.8 }, Mentee("e2") with { Style = -1 }];
        MentorProfile[] mentors = [Mentor("r1") with { Style = -0.2 }, Mentor("r2") with { Style = 1 }];

        var change = Matcher.Recalibrate(new(mentees, mentors, Only(Factor.Style)), [new("e1", "r1"), new("e2", "r2")], 10, Stop).Required.Changes.Single();

        change.Moves.Select(move => (move.MenteeId, move.Before.Points, move.After.Points)).ShouldBe([("e2", 0m, 60m), ("e1", 50m, 90m)]);
    }

    [Fact]
    public void Nobody_is_left_without_a_mentor_for_the_gain_of_another()
    {
        // e2 would gain 100 points at r1, and e1 has nowhere else to go.
        MatchInput input = new([Mentee("e1") with { Style = 0 }, Mentee("e2") with { Style = 1, Priority = 7 }], [Mentor("r1") with { Style = 1 }, Mentor("r2") with { Style = -1 }],
            Only(Factor.Style) with { Bars = [new("e1", "r2")], Objective = AssignmentObjective.Score });

        Matcher.Recalibrate(input, [new("e1", "r1"), new("e2", "r2")], 1, Stop).Required.Changes.ShouldBeEmpty();
    }

    [Fact]
    public void A_rule_ends_no_running_pair_and_is_named_and_bars_a_new_one()
    {
        var settings = Only(Factor.Style, new RuleSetting(Rule.SharedOwner, RuleStrength.Required), new RuleSetting(Rule.OneActiveMentor, RuleStrength.Required), new RuleSetting(Rule.OpenToNew, RuleStrength.Required));
        MatchInput input = new(
            [Mentee("e1") with { Style = 1, Owner = "o", CurrentMentorId = "r1" }],
            [Mentor("r1") with { Style = 0, Owner = "o", IsOpenToNew = false }, Mentor("r2") with { Style = 1, Owner = "o" }, Mentor("r3") with { Style = 1, IsOpenToNew = false }],
            settings);

        var found = Matcher.Recalibrate(input, [new("e1", "r1")], 1, Stop).Required;

        found.Changes.ShouldBeEmpty();
        found.Pairs.Single().Broken.ShouldBe([Rule.SharedOwner]);
    }

    [Fact]
    public void A_kept_pair_stays()
    {
        MatchInput input = new([Mentee("e1") with { Style = 1 }], [Mentor("r1") with { Style = 0 }, Mentor("r2") with { Style = 1 }], Only(Factor.Style) with { Pins = [new("e1", "r1")] });

        Matcher.Recalibrate(input, [new("e1", "r1")], 1, Stop).Required.Changes.ShouldBeEmpty();
    }

    [Fact]
    public void Gains_most_less_the_cost_among_all_ways_and_each_change_pays_for_itself()
    {
        var (runs, changed, several) = (0, 0, 0);
        for (var seed = 1; seed <= 400; seed++)
        {
            var (before, input) = (Random(seed, mentees: 5, mentors: 4), Random(seed + 10_000, mentees: 5, mentors: 4));
            if (Matcher.Run(before, Stop).Value is not { Pairs.Count: > 1 } run) continue;
            Pin[] running = [.. run.Pairs.Select(pair => new Pin(pair.MenteeId, pair.MentorId))];
            input = input with
            {
                Mentees = [.. input.Mentees.Where(mentee => running.Any(pair => pair.MenteeId == mentee.Id)).Select(mentee => mentee with { CurrentMentorId = null })],
                Mentors = [.. input.Mentors.Select(mentor => mentor with { Capacity = Math.Max(mentor.Capacity, running.Count(pair => pair.MentorId == mentor.Id)) })],
                Settings = input.Settings with { Rules = [.. input.Settings.Rules.Where(rule => rule.Rule is not (Rule.OneActiveMentor or Rule.MenteesInRow or Rule.MinimumScore))] },
            };
            const int Cost = 30_000;

            var found = Matcher.Recalibrate(input, running, Cost / 10_000.0, Stop).Required;

            var moves = found.Changes.SelectMany(change => change.Moves).ToArray();
            (found.Changes.Sum(change => change.Gain) - (long)moves.Length * (Cost + 1)).ShouldBe(BestGain(input, running, Cost + 1), $"seed {seed}");
            found.Changes.ShouldAllBe(change => change.Gain > Cost * (long)change.Moves.Count);
            foreach (var change in found.Changes) IsLawfulAlone(input, running, change);
            runs++;
            if (moves.Length > 0) changed++;
            if (found.Changes.Any(change => change.Moves.Count > 1)) several++;
        }
        runs.ShouldBeGreaterThan(250);
        changed.ShouldBeGreaterThan(100);
        several.ShouldBeGreaterThan(10);
    }

    [Fact]
    public void What_cannot_be_a_recalibration_is_refused()
    {
        MatchInput input = new([Mentee("e1"), Mentee("e2")], [Mentor("r1"), Mentor("r2", 2)], Only(Factor.Style));

        Codes([new("e1", "r1"), new("e2", "r1")], 1).ShouldBe([RefusalCode.RunningOverCapacity]);
        Codes([new("e1", "r1")], 1).ShouldBe([RefusalCode.RunningPairNotPossible]);
        Codes([new("e1", "r1"), new("e1", "r2"), new("e2", "r2")], 1).ShouldBe([RefusalCode.RunningPairNotPossible]);
        Codes([new("e1", "r1"), new("e2", "r9")], 1).ShouldBe([RefusalCode.RunningPairNotPossible]);
        Codes([new("e1", "r1"), new("e2", "r2"), new("e9", "r2")], 1).ShouldBe([RefusalCode.RunningPairNotPossible]);
        foreach (var cost in (double[])[-1, 101, double.NaN]) Codes([new("e1", "r1"), new("e2", "r2")], cost).ShouldBe([RefusalCode.SettingOutOfRange]);

        foreach (var cost in (double[])[0, 100]) Codes([new("e1", "r1"), new("e2", "r2")], cost).ShouldBeEmpty();
        Messages([new("e9", "r2"), new("e2", "r1"), new("e1", "r1")], 101).ShouldBe(
        [
            "A switch is set to cost 101 points. It may cost 0 to 100.",
            "e9 works with r2, but not both are in this run.",
            "r1 has 1 places and 2 mentees who work with them. Give them the places back, or end a pair first.",
        ]);
        Messages([new("e2", "r2"), new("e2", "r2")], 1).ShouldBe(["e1 has 0 running pairs. Every mentee of a recalibration has one.", "e2 has 2 running pairs. Every mentee of a recalibration has one."]);

        string[] Messages(Pin[] running, double cost) => [.. Matcher.Recalibrate(input, running, cost, Stop).Refusals.Select(refusal => refusal.Message)];
        RefusalCode[] Codes(Pin[] running, double cost) => [.. Matcher.Recalibrate(input, running, cost, Stop).Refusals.Select(refusal => refusal.Code)];
    }

    /// <summary>The greatest gain less the cost over every way to give each mentee a mentor, by trying them all.</summary>
    static long BestGain(MatchInput input, Pin[] running, int cost)
    {
        if (Matcher.Prepare(input with { Settings = input.Settings with { Pins = [] } }, Stop).Value is not { } match) return 0;
        var mentorOf = running.ToDictionary(pair => pair.MenteeId, pair => pair.MentorId);
        var places = input.Mentors.ToDictionary(mentor => mentor.Id, mentor => mentor.IsOpenToNew || input.Settings.Rules.All(rule => rule is not { Rule: Rule.OpenToNew, Strength: RuleStrength.Required }) ? mentor.Capacity : running.Count(pair => pair.MentorId == mentor.Id));
        return Best(0);

        long Best(int i)
        {
            if (i == input.Mentees.Count) return 0;
            var (id, best) = (input.Mentees[i].Id, long.MinValue / 2);
            foreach (var mentor in input.Mentors.Where(mentor => places[mentor.Id] > 0))
            {
                var stays = mentorOf[id] == mentor.Id;
                if (!stays && match.WhyNot(id, mentor.Id, Stop).Blocks.Count > 0) continue;
                places[mentor.Id]--;
                var gain = stays ? 0 : match.Explain(id, mentor.Id).Millionths - match.Explain(id, mentorOf[id]).Millionths - cost;
                best = Math.Max(best, gain + Best(i + 1));
                places[mentor.Id]++;
            }
            return best;
        }
    }

    static void IsLawfulAlone(MatchInput input, Pin[] running, ProposedChange change)
    {
        var after = running.ToDictionary(pair => pair.MenteeId, pair => pair.MentorId);
        foreach (var move in change.Moves) after[move.MenteeId] = move.ToMentorId;
        foreach (var mentor in input.Mentors) after.Values.Count(id => id == mentor.Id).ShouldBeLessThanOrEqualTo(mentor.Capacity);
    }
}
