using static Guildhall.Matching.Tests.Pairs.People;

namespace Guildhall.Matching.Tests.Pairs;

/// <summary>What a prepared match answers when it is asked, in small scenes that can be followed by hand.</summary>
public class AnswerTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    // e1 and e2 share one place at r1, 100 or 75; e3 has 100 at r2, where a place is left.
    static readonly MenteeProfile[] Mentees = [Mentee("e1") with { Style = 1 }, Mentee("e2") with { Style = 0.5 }, Mentee("e3") with { Style = -1 }];

    static readonly MentorProfile[] Mentors = [Mentor("r1") with { Style = 1 }, Mentor("r2", 2) with { Style = -1 }];

    static readonly MatchSettings ApartFromR2 = Only(Factor.Style) with { Bars = [new("e1", "r2"), new("e2", "r2")] };

    [Fact]
    public void Without_a_pair_its_place_goes_to_who_was_left_out()
    {
        var answer = Prepared().IfRemoved("e1", Stop);

        (answer.MenteeId, answer.MentorId, answer.OfferedMenteeId, answer.OfferedScore).ShouldBe(("e1", "r1", "e2", 750_000));
        (answer.Change.MatchedBefore, answer.Change.MatchedAfter, answer.Change.TotalBefore, answer.Change.TotalAfter).ShouldBe((2, 2, 2_000_000, 1_750_000));
        (answer.Change.MatchedChange, answer.Change.TotalChange).ShouldBe((0, -250_000));
        answer.Change.Moves.ShouldBe([new("e1", "r1", null, 1_000_000, null), new("e2", null, "r1", null, 750_000)]);
    }

    [Fact]
    public void A_place_that_nobody_else_wants_is_offered_to_nobody()
    {
        var answer = Prepared().IfRemoved("e3", Stop);

        (answer.MentorId, answer.OfferedMenteeId, answer.OfferedScore, answer.Change.MatchedAfter, answer.Change.TotalAfter).ShouldBe(("r2", null, null, 1, 1_000_000));
        answer.Change.Moves.ShouldBe([new("e3", "r2", null, 1_000_000, null)]);
    }

    [Fact]
    public void Without_a_kept_pair_the_mentee_comes_first_and_the_rest_follows()
    {
        var answer = Prepared(ApartFromR2 with { Pins = [new("e2", "r1")] }).IfRemoved("e2", Stop);

        (answer.OfferedMenteeId, answer.OfferedScore, answer.Change.TotalBefore, answer.Change.TotalAfter).ShouldBe(("e1", 1_000_000, 1_750_000, 2_000_000));
        answer.Change.Moves.ShouldBe([new("e2", "r1", null, 750_000, null), new("e1", null, "r1", null, 1_000_000)]);
    }

    [Fact]
    public void A_choice_is_told_with_who_moves_and_a_pin_with_whom_it_keeps()
    {
        var chosen = Prepared().WhyNot("e2", "r1", Stop);
        var kept = Prepared(Only(Factor.Style) with { Pins = [new("e3", "r1")] }).WhyNot("e3", "r2", Stop);

        (chosen.IsPair, chosen.PinnedTo, chosen.Score!.Millionths, chosen.Blocks.Count).ShouldBe((false, null, 750_000, 0));
        chosen.Cost!.Moves.ShouldBe([new("e2", null, "r1", null, 750_000), new("e1", "r1", null, 1_000_000, null)]);
        (chosen.Cost.MatchedChange, chosen.Cost.TotalChange).ShouldBe((0, -250_000));
        (kept.PinnedTo, kept.Cost, kept.Score!.Millionths).ShouldBe(("r1", null, 1_000_000));
    }

    [Fact]
    public void A_rule_that_is_off_is_priced_as_required_and_one_that_is_not_as_off()
    {
        MentorProfile[] closed = [Mentors[0] with { IsOpenToNew = false }, Mentors[1]];

        Cost(RuleStrength.Off).ShouldBe(new(Rule.OpenToNew, RuleStrength.Off, RuleStrength.Required, 2, 1, 2_000_000, 1_000_000));
        Cost(RuleStrength.Required).ShouldBe(new(Rule.OpenToNew, RuleStrength.Required, RuleStrength.Off, 1, 2, 1_000_000, 2_000_000));
        Cost(RuleStrength.Preferred).ShouldBe(new(Rule.OpenToNew, RuleStrength.Preferred, RuleStrength.Off, 2, 2, 1_950_000, 2_000_000));

        RuleCostAnswer Cost(RuleStrength strength) =>
            Matcher.Prepare(new(Mentees, closed, ApartFromR2 with { Rules = [new(Rule.OpenToNew, strength)] }), Stop).Required.RuleCost(Rule.OpenToNew, Stop);
    }

    [Fact]
    public void Alternatives_say_whether_a_place_is_free_and_nothing_of_losses_where_there_is_no_pair()
    {
        var match = Matcher.Prepare(new(Mentees, [.. Mentors, Mentor("r3") with { Style = 0.5 }], Only(Factor.Style) with { Bars = [new("e2", "r3")] }), Stop).Required;

        // e2 can only go to r1, so e1 has r3.
        match.Alternatives("e1", 9, Stop).Select(a => (a.MentorId, a.HasFreePlace, a.Score.Points, a.LosesMostIn)).ShouldBe([("r1", false, 100m, null), ("r2", true, 0m, Factor.Style)]);
        match.Alternatives("e1", 1, Stop).ShouldHaveSingleItem().MentorId.ShouldBe("r1");
        match.Alternatives("e3", 9, Stop).Select(a => (a.MentorId, a.HasFreePlace)).ShouldBe([("r3", false), ("r1", false)]);
        Prepared().Alternatives("e2", 9, Stop).Select(a => (a.MentorId, a.HasFreePlace, a.LosesMostIn, a.LosesMostTo)).ShouldBe([("r1", false, null, null)]);
    }

    [Fact]
    public void Alternatives_that_fit_as_well_come_in_the_order_of_the_seed()
    {
        MentorProfile[] mentors = [.. Enumerable.Range(1, 8).Select(n => Mentor($"r{n}"))];
        foreach (var seed in (long[])[1, 2, 3])
        {
            var match = Matcher.Prepare(new([Mentee("e")], mentors, Only(Factor.Style) with { Seed = seed, Pins = [new("e", "r1")] }), Stop).Required;

            match.Alternatives("e", 9, Stop).Select(a => a.MentorId).ShouldBe(mentors.Skip(1).Select(m => m.Id).OrderBy(id => AssignmentInstance.Order(seed, id)));
        }
    }

    [Fact]
    public void A_place_is_priced_by_the_cheapest_chain_and_the_nearest_is_where_least_is_missing()
    {
        // e1 has 100 at r1 and 90 at r2, e2 has 20 at r2 alone, e3 has 20 at r1 alone: room at r1 costs 100, or 10 and the 20 of e2.
        MenteeProfile[] mentees = [Mentee("e1") with { Style = 1 }, Mentee("e2") with { Style = -0.8 }, Mentee("e3") with { Style = -0.6 }];
        MentorProfile[] mentors = [Mentor("r1") with { Style = 1 }, Mentor("r2") with { Style = 0.8 }];

        var chained = Turned(mentees, mentors, new("e2", "r1"), new("e3", "r2"));
        // e1 has 100 at r1 and e2 60 at r2, each there alone; e3 has 50 at either, and so lacks 50 or 10.
        var near = Turned([mentees[0], Mentee("e2") with { Style = -0.2 }, Mentee("e3") with { Style = 0 }], [mentors[0], Mentor("r2") with { Style = -1 }], new("e1", "r2"), new("e2", "r1"));

        (chained.NearestMentorId, chained.PlacePrice, chained.NearestScore, chained.PossibleMentors).ShouldBe(("r1", 300_000, 200_000, 1));
        (near.MenteeId, near.NearestMentorId, near.PlacePrice, near.NearestScore, near.PossibleMentors).ShouldBe(("e3", "r2", 600_000, 500_000, 2));

        static UnmatchedMentee Turned(MenteeProfile[] mentees, MentorProfile[] mentors, params Bar[] bars) =>
            Matcher.Run(new(mentees, mentors, Only(Factor.Style) with { Bars = bars }), Stop).Required.Unmatched.ShouldHaveSingleItem();
    }

    [Fact]
    public void An_alternative_loses_most_where_the_difference_is_greatest()
    {
        RuleSetting[] rules = [new(Rule.OpenToNew, RuleStrength.Preferred, PenaltyPoints: 20), new(Rule.SameRegion, RuleStrength.Preferred, PenaltyPoints: 30)];
        var settings = Only(Factor.Style, rules) with { Weights = new Dictionary<Factor, int> { [Factor.Style] = 50, [Factor.Contact] = 50 } };
        MentorProfile Of(string id, double style, double contact, bool isOpen, string region) => Mentor(id) with { Style = style, Contact = contact, IsOpenToNew = isOpen, Region = region };
        MentorProfile[] mentors =
        [
            Of("own", 1, 0.2, false, "PT"), Of("less", 0.4, 1, false, "PT"), Of("far", 1, 0.2, false, "BR"), Of("even", 1, 0.2, false, "PT"), Of("both", 0.2, 0.2, false, "BR"), Of("style", -0.6, 1, true, "BR"),
        ];
        var match = Matcher.Prepare(new([Mentee("e") with { Style = 1, Contact = 1, Region = "PT" }], mentors, settings with { Pins = [new("e", "own")] }), Stop).Required;

        var lost = match.Alternatives("e", 9, Stop).ToDictionary(a => a.MentorId, a => (a.LosesMostIn, a.LosesMostTo));

        // own has 50 + 30 less 20. Style: less loses 15, both 20, style 40. Region: far, both and style 30 each.
        lost["less"].ShouldBe((Factor.Style, null));
        lost["far"].ShouldBe((null, Rule.SameRegion));
        lost["even"].ShouldBe((null, null));
        lost["both"].ShouldBe((null, Rule.SameRegion));
        lost["style"].ShouldBe((Factor.Style, null));
    }

    [Fact]
    public void What_cannot_be_asked_is_refused_by_its_name()
    {
        var match = Prepared();

        Should.Throw<ArgumentException>(() => match.IfRemoved("e2", Stop)).Message.ShouldBe("e2 has no pair in this run. (Parameter 'menteeId')");
        Should.Throw<ArgumentException>(() => match.WhyNot("x", "r1", Stop)).Message.ShouldBe("x is no mentee of this match. (Parameter 'id')");
        Should.Throw<ArgumentException>(() => match.WhyNot("e1", "x", Stop)).Message.ShouldBe("x is no mentor of this match. (Parameter 'id')");
        Should.Throw<ArgumentException>(() => match.RuleCost(Rule.Capacity, Stop)).Message.ShouldBe("Capacity always holds. (Parameter 'rule')");
        Should.Throw<ArgumentNullException>(() => match.ThreeMore(null!, Stop)).ParamName.ShouldBe("kind");
        Should.Throw<ArgumentNullException>(() => Matcher.Run(null!, Stop)).ParamName.ShouldBe("input");
        Should.Throw<ArgumentNullException>(() => Matcher.Recalibrate(null!, [], 1, Stop)).ParamName.ShouldBe("input");
        Should.Throw<ArgumentNullException>(() => Matcher.Recalibrate(match.Input, null!, 1, Stop)).ParamName.ShouldBe("running");
        Should.Throw<ArgumentNullException>(() => Matcher.Check(default(Participant)!)).ParamName.ShouldBe("person");
        Should.Throw<ArgumentNullException>(() => Matcher.Check(default(MatchSettings)!)).ParamName.ShouldBe("settings");
        Should.Throw<ArgumentNullException>(() => Matcher.Compare(null!, match.Run(Stop), () => match)).ParamName.ShouldBe("before");
        Should.Throw<ArgumentNullException>(() => Matcher.Compare(match.Run(Stop), null!, () => match)).ParamName.ShouldBe("after");
        Should.Throw<ArgumentNullException>(() => Matcher.Compare(match.Run(Stop), match.Run(Stop), null!)).ParamName.ShouldBe("scale");
        Should.Throw<ArgumentNullException>(() => Matcher.Compare(null!, Defaults)).ParamName.ShouldBe("before");
        Should.Throw<ArgumentNullException>(() => Matcher.Compare(Defaults, null!)).ParamName.ShouldBe("after");
    }

    [Fact]
    public void One_person_and_two_settings_are_checked_and_compared_by_themselves()
    {
        Matcher.Check(Mentor("leo", -1)).ShouldHaveSingleItem().Code.ShouldBe(RefusalCode.NegativeCapacity);
        Matcher.Check(Mentor("leo")).ShouldBeEmpty();
        Matcher.Compare(Defaults, Defaults with { Seed = 2 }).ShouldBe([new(SettingKind.Seed, "", "1", "2")]);
    }

    [Fact]
    public void Places_that_the_rules_keep_closed_are_those_of_mentors_who_have_some_left()
    {
        MentorProfile[] mentors = [Mentor("r1", 5), Mentor("r2", 3) with { RecentMentees = 4 }, Mentor("r3", 9) with { IsOpenToNew = false }, Mentor("r4", 4)];

        // A quarter of 4 + 4 is 2: r1 keeps 3 of 5 closed and r4 2 of 4, and r2, who has had 4, is at the limit.
        var run = Matcher.Run(new([.. Enumerable.Range(1, 4).Select(n => Mentee($"e{n}"))], mentors, Only(Factor.Style, new(Rule.GroupShare, RuleStrength.Required, 0.25), new(Rule.OpenToNew, RuleStrength.Required))), Stop).Required;

        run.Mentors.Select(m => m.Places).ShouldBe([2, 0, 0, 2]);
        run.ClosedPlaces.ShouldBe(5);
    }

    static PreparedMatch Prepared(MatchSettings? settings = null) => Matcher.Prepare(new(Mentees, Mentors, settings ?? ApartFromR2), Stop).Required;
}
