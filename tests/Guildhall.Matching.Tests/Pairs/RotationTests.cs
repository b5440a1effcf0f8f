using static Guildhall.Matching.Tests.Pairs.People;

namespace Guildhall.Matching.Tests.Pairs;

public class RotationTests
{
    [Theory]
    [InlineData(20, 0, 3)]
    [InlineData(20, 2, 1)]
    [InlineData(20, 9, 0)]
    [InlineData(3, 0, 1)]
    public void One_mentor_takes_no_more_than_the_share(int mentees, int recent, int expected)
    {
        var run = Run(mentees, [Mentor("ruth", 30) with { RecentMentees = recent }, Mentor("leo", 1)]);

        run.Mentors.Single(m => m.MentorId == "ruth").Places.ShouldBe(expected);
        run.Verdict.BeforeGroupCut.ShouldBeNull();
    }

    [Fact]
    public void A_group_of_several_mentors_is_cut_to_its_share_and_says_what_that_can_have_cost()
    {
        var run = Run(20, [Mentor("g1", 3) with { OperatorGroup = "g", Style = 1 }, Mentor("g2", 3) with { OperatorGroup = "g", Style = 1 }, Mentor("leo", 2) with { Style = -1 }]);

        run.Pairs.Count(p => p.MentorId.StartsWith('g')).ShouldBe(3);
        run.Summary.Matched.ShouldBe(5);
        run.Verdict.BeforeGroupCut!.Matched.ShouldBe(8);
        run.Verdict.BeforeGroupCut.TotalScore.ShouldBeGreaterThan(run.Summary.TotalScore);
    }

    [Fact]
    public void The_share_is_of_everybodys_recent_mentees_and_those_of_this_run()
    {
        // 15% of 20 + 20 + 20 is 9, of which leo has taken 5.
        var run = Run(20, [Mentor("ruth", 30), Mentor("leo", 30) with { RecentMentees = 5 }, Mentor("eva", 1) with { RecentMentees = 35 }]);

        run.Mentors.Select(m => (m.MentorId, m.Places)).ShouldBe([("eva", 0), ("leo", 4), ("ruth", 9)]);
    }

    [Fact]
    public void A_closed_mentor_has_no_places_and_those_of_a_group_belong_together()
    {
        var settings = Only(Factor.Style, new RuleSetting(Rule.OpenToNew, RuleStrength.Required));

        Matcher.Run(new([Mentee("e1")], [Mentor("ruth", 3) with { IsOpenToNew = false }, Mentor("leo")], settings), TestContext.Current.CancellationToken).Required
            .Mentors.Select(m => (m.MentorId, m.Places)).ShouldBe([("leo", 1), ("ruth", 0)]);
        Rotation.Groups([Mentor() with { OperatorGroup = "g" }, Mentor(), Mentor() with { OperatorGroup = "h" }, Mentor() with { OperatorGroup = "g" }, Mentor()]).ShouldBe([0, 1, 2, 0, 3]);
    }

    [Fact]
    public void A_group_keeps_its_highest_classes_then_its_best_pairs_beside_its_pins()
    {
        MenteeProfile[] mentees = [Mentee("low") with { Style = 1 }, Mentee("high") with { Style = 0.2, Priority = 3 }, Mentee("mid") with { Style = 0.6 }, Mentee("kept") with { Style = -1 }];
        MentorProfile[] mentors = [Mentor("g1", 3) with { OperatorGroup = "g", Style = 1 }, Mentor("g2", 3) with { OperatorGroup = "g", Style = 1 }];

        Kept(0.25).ShouldBe(["kept"]);
        Kept(0.5).ShouldBe(["high", "kept"]);
        Kept(0.75).ShouldBe(["high", "kept", "low"]);

        IEnumerable<string> Kept(double share) => Matcher.Run(
            new(mentees, mentors, Only(Factor.Style, new RuleSetting(Rule.GroupShare, RuleStrength.Required, share)) with { Pins = [new("kept", "g2")] }), TestContext.Current.CancellationToken)
            .Required.Pairs.Select(pair => pair.MenteeId).Order(StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(3, 0.2, "high")]
    [InlineData(0, 0.2, "low")]
    public void The_places_left_to_a_group_are_those_of_the_pairs_it_keeps(int priority, double style, string kept)
    {
        // Each of the two can only go to one mentor of the group, which may take one of them.
        MenteeProfile[] mentees = [Mentee("low") with { Style = 1 }, Mentee("high") with { Style = style, Priority = (byte)priority }];
        MentorProfile[] mentors = [Mentor("g1") with { OperatorGroup = "g", Style = 1 }, Mentor("g2") with { OperatorGroup = "g", Style = 1 }];
        var settings = Only(Factor.Style, new RuleSetting(Rule.GroupShare, RuleStrength.Required, 0.5)) with { Bars = [new("low", "g2"), new("high", "g1")] };

        var run = Matcher.Run(new(mentees, mentors, settings), TestContext.Current.CancellationToken).Required;

        run.Pairs.ShouldHaveSingleItem().MenteeId.ShouldBe(kept);
        run.Verdict.BeforeGroupCut.ShouldBe(new PlanTotals(2, 1_600_000));
    }

    [Fact]
    public void Pins_at_several_mentors_of_a_group_count_together()
    {
        MenteeProfile[] mentees = [.. Enumerable.Range(1, 8).Select(n => Mentee($"e{n}") with { Style = 1 })];
        MentorProfile[] mentors = [Mentor("g1", 3) with { OperatorGroup = "g", Style = 1 }, Mentor("g2", 3) with { OperatorGroup = "g", Style = 1 }];
        var settings = Only(Factor.Style, new RuleSetting(Rule.GroupShare, RuleStrength.Required, 0.375)) with { Pins = [new("e1", "g1"), new("e2", "g2")] };

        Matcher.Run(new(mentees, mentors, settings), TestContext.Current.CancellationToken).Required.Summary.Matched.ShouldBe(3);
    }

    [Fact]
    public void A_group_is_cut_to_its_best_pairs()
    {
        var mentees = Enumerable.Range(0, 10).Select(n => Mentee($"e{n}") with { Style = n / 10.0 }).ToArray();
        MentorProfile[] mentors = [Mentor("g1", 1) with { OperatorGroup = "g", Style = 0.9 }, Mentor("g2", 1) with { OperatorGroup = "g", Style = 0.3 }];

        var run = Matcher.Run(new(mentees, mentors, Only(Factor.Style, new RuleSetting(Rule.GroupShare, RuleStrength.Required, 0.15))), TestContext.Current.CancellationToken).Required;

        run.Pairs.ShouldHaveSingleItem().Score.Points.ShouldBe(100);
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(3, 1)]
    [InlineData(7, 0)]
    public void A_mentor_pauses_after_so_many_in_a_row(int sincePause, int places)
    {
        var settings = Only(Factor.Style, new RuleSetting(Rule.MenteesInRow, RuleStrength.Required, 4));
        var mentees = Enumerable.Range(0, 6).Select(n => Mentee($"e{n}")).ToArray();

        var run = Matcher.Run(new(mentees, [Mentor("ruth", 6) with { MenteesSincePause = sincePause }, Mentor("leo")], settings), TestContext.Current.CancellationToken).Required;

        run.Mentors.Single(m => m.MentorId == "ruth").Places.ShouldBe(places);
    }

    [Fact]
    public void Dropping_rotation_is_priced_like_any_rule()
    {
        var mentees = Enumerable.Range(0, 20).Select(n => Mentee($"e{n}")).ToArray();
        var match = Matcher.Prepare(new(mentees, [Mentor("ruth", 30)], Defaults), TestContext.Current.CancellationToken).Required;

        var cost = match.RuleCost(Rule.GroupShare, TestContext.Current.CancellationToken);

        (cost.MatchedBefore, cost.MatchedAfter).ShouldBe((3, 20));
    }

    static MatchRun Run(int mentees, MentorProfile[] mentors) => Matcher.Run(
        new([.. Enumerable.Range(0, mentees).Select(n => Mentee($"e{n}") with { Style = 1 })], mentors, Only(Factor.Style, new RuleSetting(Rule.GroupShare, RuleStrength.Required))),
        TestContext.Current.CancellationToken).Required;
}
