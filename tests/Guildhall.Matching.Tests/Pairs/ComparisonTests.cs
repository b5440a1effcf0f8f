using static Guildhall.Matching.Tests.Pairs.People;

namespace Guildhall.Matching.Tests.Pairs;

public class ComparisonTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Two_runs_show_what_was_set_differently_and_who_moved()
    {
        MenteeProfile[] mentees =
        [
            Mentee("e1") with { Style = 1, Contact = -1 }, Mentee("e2") with { Style = -1, Contact = 1 },
            Mentee("e3") with { Style = 0.9, Contact = 0.9, CurrentMentorId = "x" }, Mentee("e4") with { Style = 0, Contact = 0, Owner = "o" },
        ];
        MentorProfile[] mentors = [Mentor("r1") with { Style = 1, Contact = 1 }, Mentor("r2") with { Style = -1, Contact = -1 }, Mentor("r3") with { Style = 0, Contact = 0, Owner = "o" }];
        var match = Matcher.Prepare(new(mentees, mentors, Only(Factor.Style, new(Rule.OneActiveMentor, RuleStrength.Required), new(Rule.SharedOwner, RuleStrength.Off))), Stop).Required;
        var other = match.With(Only(Factor.Contact, new(Rule.OneActiveMentor, RuleStrength.Off), new(Rule.SharedOwner, RuleStrength.Required)) with { Bars = [new("e3", "r2")] }, Stop).Required;

        var compared = Matcher.Compare(match.Run(Stop), other.Run(Stop));

        compared.Settings.ShouldBe(
        [
            new(SettingKind.Weight, "Style", "100", "0"),
            new(SettingKind.Weight, "Contact", "0", "100"),
            new(SettingKind.RuleStrength, "OneActiveMentor", "Required", "Off"),
            new(SettingKind.RuleStrength, "SharedOwner", "Off", "Required"),
            new(SettingKind.Bar, "e3 with r2", null, "on"),
        ]);
        compared.Moves.Select(m => (m.MenteeId, m.FromMentorId, m.ToMentorId)).ShouldBe(
            [("e3", null, "r3"), ("e1", "r1", "r2"), ("e2", "r2", "r1"), ("e4", "r3", null)]);
        (compared.Improved, compared.Worse, compared.Gained, compared.Lost).ShouldBe((0, 0, 1, 1));
        compared.Before.ShouldBe(match.Run(Stop).Summary);
    }

    [Fact]
    public void Better_and_worse_are_told_by_the_shown_scores()
    {
        MenteeProfile[] mentees = [Mentee("e1") with { Style = 1 }, Mentee("e2") with { Style = 0 }];
        MentorProfile[] mentors = [Mentor("r1") with { Style = 1 }, Mentor("r2") with { Style = -1 }];
        var match = Matcher.Prepare(new(mentees, mentors, Only(Factor.Style)), Stop).Required;
        var pinned = match.With(Only(Factor.Style) with { Pins = [new("e2", "r1")] }, Stop).Required;

        var compared = Matcher.Compare(match.Run(Stop), pinned.Run(Stop));

        // e2 has 50 with either; e1 falls from 100 to 0.
        compared.Settings.ShouldBe([new(SettingKind.Pin, "e2 with r1", null, "on")]);
        compared.Moves.ShouldBe([new("e2", "r2", "r1", 50m, 50m), new("e1", "r1", "r2", 100m, 0m)]);
        (compared.Improved, compared.Worse).ShouldBe((0, 1));
        Matcher.Compare(pinned.Run(Stop), match.Run(Stop)).Improved.ShouldBe(1);
    }

    [Fact]
    public void A_run_against_itself_shows_nothing()
    {
        var input = Random(3, 20, 6);
        var run = Matcher.Run(input with { Settings = Defaults }, Stop).Required;

        var compared = Matcher.Compare(run, run);

        compared.Settings.ShouldBeEmpty();
        compared.Moves.ShouldBeEmpty();
    }
}
