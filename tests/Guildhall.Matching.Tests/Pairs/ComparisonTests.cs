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
        var other = Matcher.Prepare(match.Input with { Settings = Only(Factor.Contact, new(Rule.OneActiveMentor, RuleStrength.Off), new(Rule.SharedOwner, RuleStrength.Required)) with { Bars = [new("e3", "r2")] } }, Stop).Required;

        var compared = Matcher.Compare(match.Run(Stop), other.Run(Stop), () => other);

        compared.Settings.ShouldBe(
        [
            new(SettingKind.Weight, "Style", "100", "0"),
            new(SettingKind.Weight, "Contact", "0", "100"),
            new(SettingKind.RuleStrength, "OneActiveMentor", "Required", "Off"),
            new(SettingKind.RuleStrength, "SharedOwner", "Off", "Required"),
            new(SettingKind.Bar, "e3 with r2", null, "on", new Pin("e3", "r2")),
        ]);
        compared.Moves.Select(m => (m.MenteeId, m.FromMentorId, m.ToMentorId)).ShouldBe(
            [("e1", "r1", "r2"), ("e2", "r2", "r1"), ("e3", null, "r3"), ("e4", "r3", null)]);
        (compared.Improved, compared.Worse, compared.Gained, compared.Lost).ShouldBe((2, 0, 1, 1));
        compared.Before.ShouldBe(match.Run(Stop).Summary);
    }

    [Fact]
    public void Better_and_worse_are_told_by_the_shown_scores()
    {
        MenteeProfile[] mentees = [Mentee("e1") with { Style = 1 }, Mentee("e2") with { Style = 0 }];
        MentorProfile[] mentors = [Mentor("r1") with { Style = 1 }, Mentor("r2") with { Style = -1 }];
        var match = Matcher.Prepare(new(mentees, mentors, Only(Factor.Style)), Stop).Required;
        var pinned = Matcher.Prepare(match.Input with { Settings = Only(Factor.Style) with { Pins = [new("e2", "r1")] } }, Stop).Required;

        var compared = Matcher.Compare(match.Run(Stop), pinned.Run(Stop), OneScale);

        // e2 has 50 with either; e1 falls from 100 to 0.
        compared.Settings.ShouldBe([new(SettingKind.Pin, "e2 with r1", null, "on", new Pin("e2", "r1"))]);
        compared.Moves.ShouldBe([new("e2", "r2", "r1", 50m, 50m), new("e1", "r1", "r2", 100m, 0m)]);
        (compared.Improved, compared.Worse).ShouldBe((0, 1));
        Matcher.Compare(pinned.Run(Stop), match.Run(Stop), OneScale).Improved.ShouldBe(1);
    }

    [Fact]
    public void A_move_that_lists_show_as_no_change_is_neither_better_nor_worse()
    {
        MenteeProfile[] mentees = [Mentee("e1") with { Style = 1 }];
        MentorProfile[] mentors = [Mentor("r1") with { Style = 1 }, Mentor("r2") with { Style = 0.997 }];
        var match = Matcher.Prepare(new(mentees, mentors, Only(Factor.Style)), Stop).Required;
        var pinned = Matcher.Prepare(match.Input with { Settings = Only(Factor.Style) with { Pins = [new("e1", "r2")] } }, Stop).Required;

        var compared = Matcher.Compare(match.Run(Stop), pinned.Run(Stop), OneScale);

        compared.Moves.ShouldBe([new("e1", "r1", "r2", 100m, 99.9m)]);
        (compared.Improved, compared.Worse).ShouldBe((0, 0));
    }

    [Fact]
    public void Runs_of_other_weights_are_compared_on_the_scale_of_the_second()
    {
        // Style: 1 with 1 is all, 1 with 0 is half, 1 with -1 is nothing; contact likewise.
        MenteeProfile[] mentees = [Mentee("e1") with { Style = 1, Contact = 0 }, Mentee("e2") with { Style = 0, Contact = -1 }];
        MentorProfile[] mentors = [Mentor("r1") with { Style = 1, Contact = -1 }, Mentor("r2") with { Style = 0, Contact = 0 }];
        var byStyle = Matcher.Prepare(new(mentees, mentors, Only(Factor.Style)), Stop).Required;
        var mixed = Only(Factor.Style) with { Weights = new Dictionary<Factor, int> { [Factor.Style] = 20, [Factor.Contact] = 80 } };
        var byContact = Matcher.Prepare(byStyle.Input with { Settings = mixed }, Stop).Required;

        var compared = Matcher.Compare(byStyle.Run(Stop), byContact.Run(Stop), () => byContact);

        // By style e1 goes to r1 and e2 to r2, 100 each. By the new weights those pairs are worth 20 + 40 = 60 each;
        // the new pairs, e1 with r2 and e2 with r1, 10 + 80 = 90 each.
        compared.Before.AveragePoints.ShouldBe(100);
        compared.After.AveragePoints.ShouldBe(90);
        compared.BeforeRescored.ShouldBe(new RescoredFits(2, 0, 60, 60m, 0));
        compared.Moves.ShouldBe([new("e1", "r1", "r2", 60m, 90m), new("e2", "r2", "r1", 60m, 90m)]);
        (compared.Improved, compared.Worse).ShouldBe((2, 0));
    }

    [Fact]
    public void A_pair_of_somebody_who_left_has_no_score_on_the_new_scale()
    {
        MenteeProfile[] mentees = [Mentee("e1") with { Style = 1, Contact = 1 }, Mentee("e2") with { Style = 0, Contact = 0 }];
        MentorProfile[] mentors = [Mentor("r1") with { Style = 1, Contact = 1 }, Mentor("r2") with { Style = 0, Contact = -1 }];
        var before = Matcher.Run(new(mentees, mentors, Only(Factor.Style)), Stop).Required;
        var later = Matcher.Prepare(new(mentees, mentors[1..], Only(Factor.Contact)), Stop).Required;

        var compared = Matcher.Compare(before, later.Run(Stop), () => later);

        // e1 had r1, who is gone; e2 keeps r2, which contact scores at 50.
        compared.BeforeRescored.ShouldBe(new RescoredFits(1, 1, 50, 50m, 1));
        compared.Moves.ShouldBe([new("e1", "r1", null, null, null)]);
        (compared.Lost, compared.Gained).ShouldBe((1, 0));
    }

    [Fact]
    public void Who_is_in_one_run_alone_moved_nowhere_and_released_nothing()
    {
        MenteeProfile[] mentees = [Mentee("e1"), Mentee("e2")];
        MentorProfile[] mentors = [Mentor("r1"), Mentor("r2")];
        var usual = Only(Factor.Style);
        var before = Matcher.Run(new(mentees, mentors, usual with { Pins = [new("e1", "r1"), new("e2", "r2")] }), Stop).Required;
        var after = Matcher.Run(new([mentees[1], Mentee("e3")], mentors, usual), Stop).Required;

        var compared = Matcher.Compare(before, after, OneScale);

        (compared.Gone, compared.Come).ShouldBe((1, 1));
        compared.Moves.ShouldAllBe(move => move.MenteeId == "e2");
        (compared.Lost, compared.Gained).ShouldBe((0, 0));
        compared.Settings.ShouldHaveSingleItem().Subject.ShouldBe("e2 with r2");
    }

    [Fact]
    public void The_points_of_a_preferred_rule_make_another_scale_and_a_rule_that_blocks_none()
    {
        var match = Matcher.Prepare(new([Mentee("e1")], [Mentor("r1")], Only(Factor.Style)), Stop).Required;
        var preferred = Matcher.Prepare(match.Input with { Settings = Only(Factor.Style, new RuleSetting(Rule.Language, RuleStrength.Preferred)) }, Stop).Required;
        var required = Matcher.Prepare(match.Input with { Settings = Only(Factor.Style, new RuleSetting(Rule.Language, RuleStrength.Required)) }, Stop).Required;

        Matcher.Compare(match.Run(Stop), preferred.Run(Stop), () => preferred).BeforeRescored.ShouldNotBeNull();
        Matcher.Compare(match.Run(Stop), required.Run(Stop), OneScale).BeforeRescored.ShouldBeNull();
    }

    [Fact]
    public void Every_kind_of_setting_is_compared()
    {
        var before = Only(
            Factor.Style,
            new(Rule.Language, RuleStrength.Required, 3), new(Rule.OpenToNew, RuleStrength.Preferred, PenaltyPoints: 5), new(Rule.SharedHours, RuleStrength.Off, 2),
            new(Rule.Tier, RuleStrength.Required, PenaltyPoints: 7, UnknownBlocks: true)) with
        {
            EndedPairs = [new("e1", "r1")],
            Waivers = [Waived("e2", Rule.SharedOwner, 1), Waived("e2", Rule.SharedOwner, 2), Waived("e1", Rule.SharedBrand, 3)],
            NearTies = new(0.5, 10),
        };
        var after = before with
        {
            Rules =
            [
                new(Rule.Language, RuleStrength.Required, 4), new(Rule.OpenToNew, RuleStrength.Preferred, PenaltyPoints: 6), new(Rule.SharedHours, RuleStrength.Off, 9, UnknownBlocks: true),
                new(Rule.Tier, RuleStrength.Required, PenaltyPoints: 8), new(Rule.SameTrade, RuleStrength.Required, UnknownBlocks: true),
            ],
            EndedPairs = [],
            Waivers = [Waived("e2", Rule.SharedOwner, 5), Waived("e1", Rule.SharedBrand, 3)],
            NearTies = null,
            Objective = AssignmentObjective.Score,
            Seed = 7,
            ProgramStart = Autumn.AddDays(1),
            ProgramWeeks = 5,
        };

        RunComparison.Settings(before, after).ShouldBe(
        [
            new(SettingKind.RulePenalty, "OpenToNew", "5", "6"),
            new(SettingKind.RuleParameter, "Language", "3", "4"),
            new(SettingKind.RuleUnknownBlocks, "Tier", "true", "false"),
            new(SettingKind.RuleStrength, "SameTrade", "Off", "Required"),
            new(SettingKind.RuleUnknownBlocks, "SameTrade", "false", "true"),
            new(SettingKind.Waiver, "e2 with r1, SharedOwner", "2026-09-09", "2026-09-12", new Pin("e2", "r1")),
            new(SettingKind.EndedPair, "e1 with r1", "on", null, new Pin("e1", "r1")),
            new(SettingKind.Objective, "", "MatchedFirst", "Score"),
            new(SettingKind.NearTies, "", "0.5", null),
            new(SettingKind.Seed, "", "1", "7"),
            new(SettingKind.ProgramStart, "", "2026-09-07", "2026-09-08"),
            new(SettingKind.ProgramWeeks, "", "4", "5"),
        ]);

        static Waiver Waived(string mentee, Rule rule, int days) => new(mentee, "r1", rule, "Signed off", Autumn.AddDays(days));
    }

    [Fact]
    public void Kept_and_barred_pairs_come_in_the_order_of_their_names()
    {
        var usual = Only(Factor.Style);

        RunComparison.Settings(usual with { Bars = [new("b", "r")] }, usual with { Pins = [new("c", "r"), new("a", "r")], Bars = [new("d", "r"), new("a", "r")] })
            .Select(change => (change.Kind, change.Subject, change.After)).ShouldBe(
            [
                (SettingKind.Pin, "a with r", "on"), (SettingKind.Pin, "c with r", "on"),
                (SettingKind.Bar, "a with r", "on"), (SettingKind.Bar, "b with r", null), (SettingKind.Bar, "d with r", "on"),
            ]);
    }

    [Fact]
    public void Who_went_and_who_came_are_counted_on_either_side()
    {
        MenteeProfile[] mentees = [.. Enumerable.Range(1, 6).Select(n => Mentee($"e{n}"))];
        MentorProfile[] mentors = [.. Enumerable.Range(1, 6).Select(n => Mentor($"r{n}"))];
        var before = Matcher.Run(new(mentees[..4], mentors[..5], Only(Factor.Style)), Stop).Required;
        var after = Matcher.Run(new(mentees[3..], mentors[1..], Only(Factor.Style)), Stop).Required;

        var compared = Matcher.Compare(before, after, OneScale);

        (compared.Gone, compared.Come, compared.MentorsGone, compared.MentorsCome).ShouldBe((3, 2, 1, 1));
    }

    [Fact]
    public void The_greatest_improvement_comes_first()
    {
        MenteeProfile[] mentees = [Mentee("e1") with { Style = 1 }, Mentee("e2") with { Style = 0.6 }];
        MentorProfile[] mentors = [Mentor("r1") with { Style = 1 }, Mentor("r2") with { Style = -1 }, Mentor("r3") with { Style = 0.8 }];

        var compared = Matcher.Compare(Kept(new("e1", "r3"), new("e2", "r2")), Kept(new("e1", "r1"), new("e2", "r3")), OneScale);

        compared.Moves.ShouldBe([new("e2", "r2", "r3", 20m, 90m), new("e1", "r3", "r1", 90m, 100m)]);

        MatchRun Kept(params Pin[] pins) => Matcher.Run(new(mentees, mentors, Only(Factor.Style) with { Pins = pins }), Stop).Required;
    }

    [Fact]
    public void Rescored_fits_are_averaged_and_the_lowest_is_told()
    {
        MenteeProfile[] mentees = [Mentee("e1") with { Style = 1, Contact = 1 }, Mentee("e2") with { Style = -1, Contact = 0.5 }];
        MentorProfile[] mentors = [Mentor("r1") with { Style = 1, Contact = 1 }, Mentor("r2") with { Style = -1, Contact = -0.5 }];
        var byStyle = Matcher.Run(new(mentees, mentors, Only(Factor.Style)), Stop).Required;
        var byContact = Matcher.Prepare(new(mentees, mentors, Only(Factor.Contact)), Stop).Required;
        var stranger = Matcher.Prepare(new([Mentee("e9")], [Mentor("r9")], Only(Factor.Contact)), Stop).Required;

        Matcher.Compare(byStyle, byContact.Run(Stop), () => byContact).BeforeRescored.ShouldBe(new RescoredFits(2, 0, 75, 50m, 1));
        Matcher.Compare(byStyle, stranger.Run(Stop), () => stranger).BeforeRescored.ShouldBe(new RescoredFits(0, 2, 0, null, 0));
    }

    static PreparedMatch OneScale() => throw new InvalidOperationException("Both runs have one scale.");

    [Fact]
    public void A_run_against_itself_shows_nothing()
    {
        var input = Random(3, 20, 6);
        var run = Matcher.Run(input with { Settings = Defaults }, Stop).Required;

        var compared = Matcher.Compare(run, run, OneScale);

        compared.Settings.ShouldBeEmpty();
        compared.Moves.ShouldBeEmpty();
    }
}
