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
