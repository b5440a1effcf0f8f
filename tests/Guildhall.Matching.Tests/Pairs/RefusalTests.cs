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
        MentorProfile[] mentors = [Ruth with { Languages = [new("fi", LanguageLevel.Native)], Owner = "o" }];

        var refusal = Refusals(mentees, mentors).ShouldHaveSingleItem();

        refusal.Code.ShouldBe(RefusalCode.NoPossiblePair);
        refusal.Message.ShouldBe("No pair passes the rules. \"A language in common\" blocks most: 2 of 2 pairs.");
        refusal.SubjectIds.ShouldBe(["Language"]);
    }

    [Fact]
    public void Names_everything_that_is_wrong_at_once() =>
        Codes([Ana, Ana], [Ruth with { Capacity = -1 }], Defaults with { ProgramWeeks = 0 })
            .ShouldBe([RefusalCode.DuplicateId, RefusalCode.NegativeCapacity, RefusalCode.SettingOutOfRange]);

    static RefusalCode[] Codes(MenteeProfile[] mentees, MentorProfile[] mentors, MatchSettings? settings = null) =>
        [.. Refusals(mentees, mentors, settings).Select(r => r.Code)];

    static IReadOnlyList<MatchRefusal> Refusals(MenteeProfile[] mentees, MentorProfile[] mentors, MatchSettings? settings = null)
    {
        var result = Matcher.Run(new(mentees, mentors, settings ?? Defaults), TestContext.Current.CancellationToken);
        result.Value.ShouldBeNull();
        return result.Refusals;
    }
}
