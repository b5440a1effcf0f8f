using static Guildhall.Matching.Tests.Pairs.People;

namespace Guildhall.Matching.Tests.Pairs;

public class RefusalTests
{
    static readonly MenteeProfile Ana = Mentee();
    static readonly MentorProfile Ruth = Mentor();

    [Fact]
    public void Refuses_an_empty_side()
    {
        Codes([], [Ruth]).ShouldBe([RefusalCode.EmptySide]);
        Codes([Ana], []).ShouldBe([RefusalCode.EmptySide]);
    }

    [Fact]
    public void Refuses_an_id_twice_or_empty()
    {
        Codes([Ana, Ana], [Ruth]).ShouldBe([RefusalCode.DuplicateId]);
        Codes([Ana], [Ruth, Ruth]).ShouldBe([RefusalCode.DuplicateId]);
        Codes([Mentee(" ")], [Ruth]).ShouldBe([RefusalCode.EmptyId]);
    }

    [Fact]
    public void Refuses_a_capacity_below_zero()
    {
        var refusal = Refusals([Ana], [Mentor("leo", -1)]).ShouldHaveSingleItem();

        refusal.Code.ShouldBe(RefusalCode.NegativeCapacity);
        refusal.Message.ShouldBe("leo has a capacity of -1. The least is 0.");
        refusal.SubjectIds.ShouldBe(["leo"]);
    }

    [Fact]
    public void Refuses_a_priority_above_seven() => Codes([Ana with { Priority = 8 }], [Ruth]).ShouldBe([RefusalCode.PriorityOutOfRange]);

    [Fact]
    public void Refuses_a_week_that_is_none_and_a_zone_nobody_knows()
    {
        Codes([Ana with { WeekHours = new('1', 167) }], [Ruth]).ShouldBe([RefusalCode.GridNotAWeek]);
        Codes([Ana with { WeekHours = new('2', 168) }], [Ruth]).ShouldBe([RefusalCode.GridNotAWeek]);
        Codes([Ana], [Ruth with { TimeZone = "Mars/Olympus" }]).ShouldBe([RefusalCode.UnknownTimeZone]);
    }

    [Fact]
    public void Refuses_figures_out_of_their_range()
    {
        MenteeProfile[] mentees =
        [
            Ana with { OrdersPerWeek = double.NaN }, Ana with { OrdersPerWeek = -1 }, Ana with { OrdersPerWeek = double.PositiveInfinity }, Ana with { Style = 1.1 },
            Ana with { Contact = -2 }, Ana with { Listings = -1 }, Ana with { Variants = -1 }, Ana with { MedianPrice = -1 }, Ana with { PriceBand = new(2, 1) },
            Ana with { TargetOrdersPerWeek = 0 }, Ana with { Categories = [new("a", 0)] }, Ana with { Needs = [new("s", 2)] }, Ana with { Languages = [new("pt", (LanguageLevel)9)] },
        ];
        MentorProfile[] mentors =
        [
            Ruth with { Asked = 1, Answered = 2 }, Ruth with { DaysSinceActive = -1 }, Ruth with { RecentMentees = -1 }, Ruth with { MenteesSincePause = -1 },
            Ruth with { PassedOrdersPerWeek = double.NaN }, Ruth with { Strengths = [new("s", 1.5)] },
        ];

        foreach (var mentee in mentees) Codes([mentee], [Ruth]).ShouldBe([RefusalCode.FigureOutOfRange], mentee.ToString());
        foreach (var mentor in mentors) Codes([Ana], [mentor]).ShouldBe([RefusalCode.FigureOutOfRange], mentor.ToString());
    }

    [Fact]
    public void Refuses_weights_that_are_not_a_hundred()
    {
        var refusal = Refusals([Ana], [Ruth], Defaults with { Weights = new Dictionary<Factor, int> { [Factor.Hours] = 90 } }).ShouldHaveSingleItem();

        refusal.Code.ShouldBe(RefusalCode.WeightsNotHundred);
        refusal.Message.ShouldBe("The weights add up to 90. They must add up to 100.");
        Codes([Ana], [Ruth], Defaults with { Weights = new Dictionary<Factor, int> { [Factor.Hours] = 110, [Factor.Style] = -10 } }).ShouldBe([RefusalCode.WeightsNotHundred]);
    }

    [Fact]
    public void Refuses_rules_that_cannot_be()
    {
        (RefusalCode Code, RuleSetting Rule)[] refused =
        [
            (RefusalCode.RuleNotPossible, new(Rule.Barred, RuleStrength.Off)), (RefusalCode.RuleNotPossible, new(Rule.GroupShare, RuleStrength.Preferred)),
            (RefusalCode.RuleParameterOutOfRange, new(Rule.SharedHours, RuleStrength.Required, 169)), (RefusalCode.RuleParameterOutOfRange, new(Rule.SharedHours, RuleStrength.Required, -1)),
            (RefusalCode.RuleParameterOutOfRange, new(Rule.SharedHours, RuleStrength.Required, double.NaN)), (RefusalCode.RuleParameterOutOfRange, new(Rule.GroupShare, RuleStrength.Required, 0)),
            (RefusalCode.RulePenaltyOutOfRange, new(Rule.OpenToNew, RuleStrength.Preferred, PenaltyPoints: 101)),
        ];

        foreach (var (code, rule) in refused)
        {
            Codes([Ana], [Ruth], Defaults with { Rules = [rule] }).ShouldBe([code], rule.ToString());
            Matcher.Check(Defaults with { Rules = [rule] }).ShouldHaveSingleItem().Code.ShouldBe(code);
        }
        Matcher.Check(Defaults with { Rules = [new(Rule.SharedHours, RuleStrength.Required, 168)] }).ShouldBeEmpty();
        Codes([Ana], [Ruth], Defaults with { Rules = [new(Rule.Tier, RuleStrength.Off), new(Rule.Tier, RuleStrength.Required)] }).ShouldBe([RefusalCode.RuleNotPossible]);
    }

    [Fact]
    public void Refuses_a_frame_out_of_range()
    {
        Codes([Ana], [Ruth], Defaults with { CandidatesPerMentee = 0 }).ShouldBe([RefusalCode.SettingOutOfRange]);
        Codes([Ana], [Ruth], Defaults with { ProgramWeeks = 0 }).ShouldBe([RefusalCode.SettingOutOfRange]);
    }

    [Fact]
    public void Refuses_a_waiver_of_what_cannot_be_waived_or_without_a_reason()
    {
        Codes([Ana], [Ruth], Defaults with { Waivers = [new("ana", "ruth", Rule.Language, "They will manage", Autumn)] }).ShouldBe([RefusalCode.WaiverNotPossible]);
        Codes([Ana], [Ruth], Defaults with { Waivers = [new("ana", "ruth", Rule.SameTrade, " ", Autumn)] }).ShouldBe([RefusalCode.WaiverNotPossible]);
    }

    [Fact]
    public void Refuses_a_pin_that_breaks_a_rule()
    {
        var refusal = Refusals([Ana with { Owner = "o" }], [Ruth with { Owner = "o" }, Mentor("leo")], Defaults with { Pins = [new("ana", "ruth")] }).ShouldHaveSingleItem();

        refusal.Code.ShouldBe(RefusalCode.PinBreaksRule);
        refusal.Message.ShouldBe("ana can't be kept with ruth: No owner in common.");
        refusal.SubjectIds.ShouldBe(["ana", "ruth"]);
        refusal.Rules.ShouldBe([Rule.SharedOwner]);
    }

    [Fact]
    public void Refuses_two_pins_for_one_mentee_and_pins_of_strangers()
    {
        Codes([Ana], [Ruth, Mentor("leo")], Defaults with { Pins = [new("ana", "ruth"), new("ana", "leo")] }).ShouldBe([RefusalCode.PinTwice]);
        Codes([Ana], [Ruth], Defaults with { Pins = [new("ana", "gone")] }).ShouldBe([RefusalCode.PinUnknownId]);
    }

    [Fact]
    public void Refuses_more_pins_than_places()
    {
        var pins = Defaults with { Pins = [new("ana", "ruth"), new("mia", "ruth")] };

        Codes([Ana, Mentee("mia")], [Ruth], pins).ShouldBe([RefusalCode.PinOverCapacity]);
        Codes([Ana, Mentee("mia")], [Ruth with { Capacity = 0 }, Mentor("leo")], pins).ShouldBe([RefusalCode.PinOverCapacity]);
        Codes([Ana, Mentee("mia")], [Ruth with { OperatorGroup = "g" }, Mentor("leo") with { OperatorGroup = "g" }], Defaults with { Pins = [new("ana", "ruth"), new("mia", "leo")] })
            .ShouldBe([RefusalCode.PinOverCapacity]);
    }

    [Fact]
    public void Refuses_a_run_without_a_possible_pair_and_names_the_rule_that_blocks_most()
    {
        MenteeProfile[] mentees = [Ana with { Languages = [new("pt", LanguageLevel.Native)] }, Mentee("mia") with { Languages = [new("pt", LanguageLevel.Native)], Owner = "o" }];
        MentorProfile[] mentors = [Ruth with { Languages = [new("fi", LanguageLevel.Native)], Owner = "o" }, Mentor("leo") with { Languages = [new("fi", LanguageLevel.Native)] }];

        var refusal = Refusals(mentees, mentors).ShouldHaveSingleItem();

        refusal.Code.ShouldBe(RefusalCode.NoPossiblePair);
        refusal.Message.ShouldBe("No pair passes the rules. \"A language in common\" blocks most: 4 of 4 pairs.");
        refusal.SubjectIds.ShouldBe(["Language"]);
    }

    [Fact]
    public void Says_of_people_what_is_wrong_and_what_would_be_right()
    {
        Messages([], [Ruth]).ShouldBe(["There is no mentee in this run."]);
        Messages([Ana], []).ShouldBe(["There is no mentor in this run."]);
        Messages([Mentee("")], [Ruth]).ShouldBe(["A mentee has no id."]);
        Messages([Ana], [Mentor(" ")]).ShouldBe(["A mentor has no id."]);
        Messages([Mentee("b"), Mentee("b"), Ana, Ana], [Ruth, Ruth]).ShouldBe(["Two mentees have the id ana.", "Two mentees have the id b.", "Two mentors have the id ruth."]);
        Messages([Ana with { WeekHours = "01" }], [Ruth]).ShouldBe(["The week of ana has 2 characters. A week is 168, each 0 or 1."]);
        Messages([Ana], [Ruth with { TimeZone = "Mars/Olympus" }]).ShouldBe(["The time zone \"Mars/Olympus\" of ruth isn't in the time zone database."]);
        Messages([Ana with { Priority = 8 }], [Ruth]).ShouldBe(["ana has priority 8. The highest is 7."]);
    }

    [Fact]
    public void Says_of_a_figure_how_far_it_goes()
    {
        const string Most = "It goes from 0 to 1,000,000,000,000.", Positive = "It goes from just above 0 to 1,000,000,000,000.";
        (MenteeProfile Mentee, string Sentence)[] mentees =
        [
            (Ana with { Listings = -1 }, $"ana has listings -1. {Most}"),
            (Ana with { Variants = -2 }, $"ana has variants -2. {Most}"),
            (Ana with { OrdersPerWeek = -0.5 }, $"ana has orders a week -0.5. {Most}"),
            (Ana with { Style = 1.5 }, "ana has style 1.5. It goes from -1 to 1."),
            (Ana with { Contact = -1.5 }, "ana has contact -1.5. It goes from -1 to 1."),
            (Ana with { MedianPrice = -3 }, $"ana has a price of -3. {Most}"),
            (Ana with { PriceBand = new(-1, 5) }, $"ana has a price band from -1. {Most}"),
            (Ana with { PriceBand = new(2.5m, 1) }, "ana has a price band to 1. It goes from 2.5 to 1,000,000,000,000."),
            (Ana with { Categories = [new("home", 0)] }, $"ana has a share in home of 0. {Positive}"),
            (Ana with { Languages = [new("pt", (LanguageLevel)5)] }, "ana has a level of pt of 5. It goes from 1 to 4."),
            (Ana with { TargetOrdersPerWeek = 0 }, $"ana has a target of orders a week of 0. {Positive}"),
            (Ana with { Needs = [new("photos", 0)] }, "ana has an urgency of photos of 0. It goes from just above 0 to 1."),
        ];
        (MentorProfile Mentor, string Sentence)[] mentors =
        [
            (Ruth with { PassedOrdersPerWeek = -1 }, $"ruth has a level passed of -1. {Most}"),
            (Ruth with { RecentMentees = -1 }, $"ruth has recent mentees -1. {Most}"),
            (Ruth with { MenteesSincePause = -1 }, $"ruth has mentees since the last pause -1. {Most}"),
            (Ruth with { DaysSinceActive = -1 }, $"ruth has days since active -1. {Most}"),
            (Ruth with { Asked = -1 }, $"ruth has asked -1. {Most}"),
            (Ruth with { Asked = 3, Answered = 4 }, "ruth has answered 4. It goes from 0 to 3."),
            (Ruth with { Strengths = [new("photos", 1.5)] }, "ruth has a level of photos of 1.5. It goes from 0 to 1."),
        ];

        foreach (var (mentee, sentence) in mentees) Messages([mentee], [Ruth]).ShouldBe([sentence]);
        foreach (var (mentor, sentence) in mentors) Messages([Ana], [mentor]).ShouldBe([sentence]);
    }

    [Fact]
    public void Says_of_a_setting_how_far_it_goes_and_takes_either_end()
    {
        const string Ties = "They go from 0.1 to 5 points, and from 1 to 2000 draws.";
        (MatchSettings Settings, string Sentence)[] refused =
        [
            (Defaults with { CandidatesPerMentee = 0 }, "A mentee enters with at least 1 candidate."),
            (Defaults with { ProgramWeeks = 0 }, "The program has 0 weeks. It may have 1 to 104."),
            (Defaults with { ProgramWeeks = 105 }, "The program has 105 weeks. It may have 1 to 104."),
            (Defaults with { Objective = (AssignmentObjective)9 }, "The objective is neither matched first nor score."),
            (Defaults with { NearTies = new(0.05, 1) }, $"Near ties are set to 0.05 points and 1 draws. {Ties}"),
            (Defaults with { NearTies = new(5.5, 1) }, $"Near ties are set to 5.5 points and 1 draws. {Ties}"),
            (Defaults with { NearTies = new(1, 0) }, $"Near ties are set to 1 points and 0 draws. {Ties}"),
            (Defaults with { NearTies = new(1, 2001) }, $"Near ties are set to 1 points and 2001 draws. {Ties}"),
            (Defaults with { Rules = [new(Rule.Tier, RuleStrength.Off), new(Rule.Tier, RuleStrength.Off)] }, "The rule Tier is set twice."),
            (Defaults with { Rules = [new(Rule.Barred, RuleStrength.Off)] }, "The rule Barred can't be Off."),
            (Defaults with { Rules = [new((Rule)99, RuleStrength.Off)] }, "The rule 99 can't be Off."),
            (Defaults with { Rules = [new(Rule.Tier, (RuleStrength)9)] }, "The rule Tier can't be 9."),
            (Defaults with { Rules = [new(Rule.Tier, RuleStrength.Off, PenaltyPoints: -1)] }, "The rule Tier takes -1 points. It may take 0 to 100."),
            (Defaults with { Rules = [new(Rule.GroupShare, RuleStrength.Off, 1.5)] }, "The rule GroupShare is set to 1.5. It goes from 0.001 to 1."),
            (Defaults with { Waivers = [new("ana", "ruth", Rule.Tier, "Why", Autumn)] }, "The rule Tier can't be waived. Only conflicts of interest can."),
            (Defaults with { Waivers = [new("ana", "ruth", Rule.SameTrade, "", Autumn)] }, "The waiver for ana with ruth has no reason."),
        ];
        MatchSettings[] taken =
        [
            Defaults with { CandidatesPerMentee = 1 }, Defaults with { ProgramWeeks = 1 }, Defaults with { ProgramWeeks = 104 }, Defaults with { NearTies = new(0.1, 1) }, Defaults with { NearTies = new(5, 2000) },
            Defaults with { Rules = [new(Rule.Tier, RuleStrength.Off, PenaltyPoints: 0)] }, Defaults with { Rules = [new(Rule.Tier, RuleStrength.Off, PenaltyPoints: 100)] },
            Defaults with { Weights = new Dictionary<Factor, int> { [Factor.Hours] = 100, [Factor.Style] = 0 } },
        ];

        foreach (var (settings, sentence) in refused) Matcher.Check(settings).Select(refusal => refusal.Message).ShouldBe([sentence]);
        foreach (var settings in taken) Matcher.Check(settings).ShouldBeEmpty(settings.ToString());
        Matcher.Check(Defaults with { Weights = new Dictionary<Factor, int> { [Factor.Hours] = 60, [Factor.Style] = 60, [Factor.Skills] = -20 } }).ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(refusal => refusal.Message.ShouldBe("The weight of Skills is -20. The least is 0."), refusal => refusal.SubjectIds.ShouldBe(["Skills"]));
        Matcher.Check(Defaults with { Weights = new Dictionary<Factor, int> { [Factor.Hours] = 100, [Factor.Style] = 20 } }).ShouldHaveSingleItem().Message.ShouldBe("The weights add up to 120. They must add up to 100.");
    }

    [Fact]
    public void Says_of_pins_what_stands_against_them()
    {
        MentorProfile[] group = [Ruth with { OperatorGroup = "g" }, Mentor("leo") with { OperatorGroup = "g" }];
        MenteeProfile[] mentees = [Ana, Mentee("mia")];

        Pins(mentees, [Ruth], new Pin("ana", "gone")).ShouldBe(["ana is pinned to gone, but not both are in this run."]);
        Pins(mentees, [Ruth], new Pin("gone", "ruth")).ShouldBe(["gone is pinned to ruth, but not both are in this run."]);
        Pins(mentees, [Ruth, Mentor("leo")], new("ana", "ruth"), new("ana", "leo")).ShouldBe(["ana is pinned to ruth and leo. One mentee has one mentor."]);
        Pins(mentees, [Ruth], new("ana", "ruth"), new("mia", "ruth")).ShouldBe(["ruth has 1 place and 2 pinned mentees."]);
        Pins(mentees, [Ruth with { Capacity = 0 }, Mentor("leo")], new Pin("ana", "ruth")).ShouldBe(["ruth has 0 places and 1 pinned mentees."]);
        Pins(mentees, group, new("ana", "ruth"), new("mia", "leo")).ShouldBe(["The group g may take 1 mentees and has 2 pinned."]);
        Pins([Ana with { Owner = "o", CurrentMentorId = "x" }, Mentee("mia")], [Ruth with { Owner = "o" }, Mentor("leo")], new Pin("ana", "ruth")).ShouldBe(["ana can't be kept with ruth: One mentor at a time; No owner in common."]);
        Matcher.Run(new(mentees, group, Defaults with { Pins = [new("mia", "leo")] }), TestContext.Current.CancellationToken).Refusals.ShouldBeEmpty();

        static string[] Pins(MenteeProfile[] mentees, MentorProfile[] mentors, params Pin[] pins) => Messages(mentees, mentors, Defaults with { Pins = pins });
    }

    [Fact]
    public void Names_everything_that_is_wrong_at_once() =>
        Codes([Ana, Ana], [Ruth with { Capacity = -1 }], Defaults with { ProgramWeeks = 0 })
            .ShouldBe([RefusalCode.DuplicateId, RefusalCode.NegativeCapacity, RefusalCode.SettingOutOfRange]);

    static RefusalCode[] Codes(MenteeProfile[] mentees, MentorProfile[] mentors, MatchSettings? settings = null) =>
        [.. Refusals(mentees, mentors, settings).Select(r => r.Code)];

    static string[] Messages(MenteeProfile[] mentees, MentorProfile[] mentors, MatchSettings? settings = null) =>
        [.. Refusals(mentees, mentors, settings).Select(r => r.Message)];

    static IReadOnlyList<MatchRefusal> Refusals(MenteeProfile[] mentees, MentorProfile[] mentors, MatchSettings? settings = null)
    {
        var result = Matcher.Run(new(mentees, mentors, settings ?? Defaults), TestContext.Current.CancellationToken);
        result.Value.ShouldBeNull();
        return result.Refusals;
    }
}
