using static Guildhall.Matching.Tests.Pairs.People;

namespace Guildhall.Matching.Tests.Pairs;

/// <summary>What a pair's facts and its caution hold, as values.</summary>
public class FactTests
{
    static readonly MenteeProfile Ana = Mentee() with
    {
        Categories = [new("home", 1)],
        OrdersPerWeek = 1,
        TargetOrdersPerWeek = 2,
        Variants = 5,
        TimeZone = "UTC",
        WeekHours = WeekGrid.Parse("mon 8-18"),
        Needs = [new("photos", 1)],
        Channels = ["market"],
        Industries = ["wood"],
        Style = 0,
        Contact = 0,
        Region = "BR",
    };

    static readonly MentorProfile Ruth = Mentor() with
    {
        Categories = [new("home", 1)],
        OrdersPerWeek = 1,
        PassedOrdersPerWeek = 2,
        Variants = 5,
        TimeZone = "UTC",
        WeekHours = WeekGrid.Parse("mon 8-18"),
        Strengths = [new("photos", 1)],
        Channels = ["market"],
        Industries = ["wood"],
        Style = 0,
        Contact = 0,
        Region = "BR",
        Asked = 10,
        Answered = 10,
    };

    [Fact]
    public void Whose_part_is_not_known_is_told_side_by_side_of_each_factor()
    {
        (Factor Factor, MenteeProfile Mentee, MentorProfile Mentor)[] without =
        [
            (Factor.Category, Ana with { Categories = null }, Ruth with { Categories = null }),
            (Factor.Category, Ana with { Categories = [] }, Ruth with { Categories = [] }),
            (Factor.Velocity, Ana with { OrdersPerWeek = null, TargetOrdersPerWeek = null }, Ruth with { OrdersPerWeek = null }),
            (Factor.Inventory, Ana with { Variants = null }, Ruth with { Variants = null }),
            (Factor.Hours, Ana with { TimeZone = null }, Ruth with { WeekHours = null }),
            (Factor.Skills, Ana with { Needs = [] }, Ruth with { Strengths = [] }),
            (Factor.Channel, Ana with { Channels = [] }, Ruth with { Channels = [] }),
            (Factor.GrowthTarget, Ana with { TargetOrdersPerWeek = null }, Ruth with { PassedOrdersPerWeek = null }),
            (Factor.Industry, Ana with { Industries = [] }, Ruth with { Industries = [] }),
            (Factor.Style, Ana with { Style = null }, Ruth with { Style = null }),
            (Factor.Contact, Ana with { Contact = null }, Ruth with { Contact = null }),
            (Factor.Region, Ana with { Region = null }, Ruth with { Region = null }),
        ];

        foreach (var (factor, mentee, mentor) in without)
        {
            Fact(factor, Ana, Ruth).Kind.ShouldNotBe(FactKind.NotKnown, $"{factor}");
            Missing(factor, mentee, Ruth).ShouldBe(["mentee"], $"{factor}");
            Missing(factor, Ana, mentor).ShouldBe(["mentor"], $"{factor}");
            Missing(factor, mentee, mentor).ShouldBe(["mentee", "mentor"], $"{factor}");
        }
        Missing(Factor.Responsiveness, Ana, Ruth with { Asked = null, Answered = null }).ShouldBe(["mentor"]);
        Missing(Factor.Velocity, Ana with { OrdersPerWeek = null }, Ruth with { OrdersPerWeek = null }).ShouldBe(["mentor"]);

        static IReadOnlyList<string> Missing(Factor factor, MenteeProfile mentee, MentorProfile mentor)
        {
            var fact = Fact(factor, mentee, mentor);
            fact.Kind.ShouldBe(FactKind.NotKnown);
            return fact.Words;
        }
    }

    [Fact]
    public void One_part_of_a_stock_is_enough_to_be_known()
    {
        var (mentee, mentor) = (Ana with { Variants = null }, Ruth with { Variants = null });

        Fact(Factor.Inventory, mentee with { Listings = 1 }, mentor).Words.ShouldBe(["mentor"]);
        Fact(Factor.Inventory, mentee with { IsMadeToOrder = false }, mentor).Words.ShouldBe(["mentor"]);
        Fact(Factor.Inventory, mentee with { IsShippedByMarketplace = false }, mentor).Words.ShouldBe(["mentor"]);
        Fact(Factor.Inventory, mentee with { Variants = 1 }, mentor).Words.ShouldBe(["mentor"]);
        Fact(Factor.Inventory, mentee, mentor with { IsMadeToOrder = true }).Words.ShouldBe(["mentee"]);
        Fact(Factor.Inventory, mentee with { Variants = 1 }, mentor with { IsMadeToOrder = true }).ShouldSatisfyAllConditions(
            fact => fact.Kind.ShouldBe(FactKind.NotKnown), fact => fact.Words.ShouldBe(["mentee", "mentor"]));
    }

    [Theory]
    [InlineData(true, true, "both-made-to-order", "both-shipped-by-marketplace")]
    [InlineData(false, false, "both-from-stock", "both-ship-themselves")]
    [InlineData(true, false, "made-differently", "shipped-differently")]
    [InlineData(false, true, "made-differently", "shipped-differently")]
    public void A_stock_is_compared_in_making_and_shipping(bool mentee, bool mentor, string making, string shipping)
    {
        var fact = Fact(Factor.Inventory, Ana with { IsMadeToOrder = mentee, IsShippedByMarketplace = mentee }, Ruth with { IsMadeToOrder = mentor, IsShippedByMarketplace = mentor });

        fact.Words.ShouldBe([making, shipping]);
        fact.Numbers.ShouldBe([5, 5]);
    }

    [Fact]
    public void Listings_stand_in_for_variants_that_are_not_known()
    {
        Fact(Factor.Inventory, Ana with { Listings = 70 }, Ruth with { Listings = 80 }).Numbers.ShouldBe([5, 5]);
        Fact(Factor.Inventory, Ana with { Variants = null, Listings = 70 }, Ruth with { Variants = null, Listings = 80 }).Numbers.ShouldBe([70, 80]);
        Known(Ana with { Variants = 1, Listings = 1_000 }, Ruth with { Variants = 1 }).ShouldBe(Known(Ana with { Variants = 1 }, Ruth with { Variants = 1 }));
        Known(Ana with { Variants = null, Listings = 1 }, Ruth with { Variants = 1 }).ShouldBe(Known(Ana with { Variants = 1 }, Ruth with { Variants = 1 }));

        static double Known(MenteeProfile mentee, MentorProfile mentor) => Prepared(mentee, mentor, Only(Factor.Inventory)).Explain("ana", "ruth").Factors[0].Value;
    }

    [Fact]
    public void Skills_said_twice_are_added_up_as_needs_and_count_once_as_strengths_and_the_most_urgent_comes_first()
    {
        var fact = Fact(
            Factor.Skills,
            Ana with { Needs = [new("stock", 0.5), new("pricing", 0.5), new("photos", 0.4), new("photos", 0.4), new("ads", 0.1)] },
            Ruth with { Strengths = [new("photos", 0.3), new("photos", 0.9), new("pricing", 0.5), new("stock", 0.8), new("ads", 0.49)] });

        fact.Words.ShouldBe(["photos", "pricing", "stock"]);
        fact.Numbers.Take(2).ShouldBe([3, 4]);
        fact.Numbers[2].ShouldBe((0.8 * 0.9 + 0.5 * 0.5 + 0.5 * 0.8) / 1.8, 1e-12);
    }

    [Fact]
    public void The_nearest_leaves_are_told_by_the_shares_they_have()
    {
        var mentee = Ana with { Categories = [new("home/knives", 35), new("home/tableware", 55), new("toys", 10)] };

        Nearest(new CategoryShare("home/tableware", 1)).ShouldBe(["home/tableware"]);
        Nearest(new("home/knives", 10), new("home/tableware", 90)).ShouldBe(["home/tableware"]);
        Nearest(new("home/knives", 99), new("home/tableware", 1)).ShouldBe(["home/knives"]);
        Nearest(new("home/garden", 30), new("home/forks", 70)).ShouldBe(["home/tableware", "home/forks", "home"]);
        Nearest(new("pets", 30), new("books", 70)).ShouldBe(["home/tableware", "books"]);

        IReadOnlyList<string> Nearest(params CategoryShare[] mentor) => Fact(Factor.Category, mentee, Ruth with { Categories = mentor }).Words;
    }

    [Fact]
    public void What_is_nothing_is_known_all_the_same() =>
        Prepared(Ana with { Style = -1 }, Ruth with { Style = 1 }, Only(Factor.Style)).Explain("ana", "ruth").Factors[0].ShouldSatisfyAllConditions(
            factor => factor.IsKnown.ShouldBeTrue(), factor => factor.Value.ShouldBe(0), factor => factor.Fact.Numbers.ShouldBe([-1, 1]));

    [Fact]
    public void The_tenths_left_over_go_to_the_largest_remainders_and_equal_points_keep_the_order_of_the_factors()
    {
        // 50% of 1 - 0.0046 / 2, twice, is 49.885 each; 0 is half of 0.
        var settings = Only(Factor.Style) with { Weights = new Dictionary<Factor, int> { [Factor.Region] = 10, [Factor.Contact] = 45, [Factor.Style] = 45 } };

        var score = Prepared(Ana with { Style = 0.0046, Contact = 0.0026, Region = "BR" }, Ruth with { Region = "PT" }, settings).Explain("ana", "ruth");

        // Style 44.8965, contact 44.9415, region 0: 89.8 of 89.838, and the missing tenth is style's.
        score.Factors.Select(f => (f.Factor, f.Points)).ShouldBe([(Factor.Style, 44.9m), (Factor.Contact, 44.9m), (Factor.Region, 0m)]);
        score.Points.ShouldBe(89.8m);
    }

    [Fact]
    public void A_reason_is_known_weighs_something_and_fits_at_least_half()
    {
        var weights = new Dictionary<Factor, int> { [Factor.Style] = 50, [Factor.Region] = 50, [Factor.Contact] = 0, [Factor.Channel] = 0 };

        Reasons(0, "BR").ShouldBe([Factor.Style, Factor.Region]);
        Reasons(1, "BR").ShouldBe([Factor.Region, Factor.Style]);
        Reasons(1.0002, "BR").ShouldBe([Factor.Region]);
        Reasons(1, null).ShouldBe([Factor.Style]);

        IEnumerable<Factor> Reasons(double apart, string? region) =>
            Prepared(Ana with { Style = -0.5 }, Ruth with { Style = -0.5 + apart, Region = region }, Only(Factor.Style) with { Weights = weights }).Explain("ana", "ruth").Reasons.Select(reason => reason.Factor);
    }

    [Fact]
    public void A_program_starts_with_weights_of_a_hundred() => MatchSettings.DefaultWeights.OrderBy(w => w.Key).Select(w => w.Value).ShouldBe([25, 15, 8, 10, 15, 4, 10, 3, 4, 3, 1, 2]);

    [Theory]
    [InlineData("2026-10-04", CautionKind.Waived)]
    [InlineData("2026-10-03", CautionKind.WaiverEndsEarly)]
    public void A_waiver_that_ends_before_the_programs_last_day_is_told_apart(string until, CautionKind kind)
    {
        // Four weeks from 7 September end on Sunday 4 October.
        var settings = Only(Factor.Style, new RuleSetting(Rule.SharedOwner, RuleStrength.Required)) with { Waivers = [new("ana", "ruth", Rule.SharedOwner, "Signed off", DateOnly.Parse(until))] };

        Caution(Ana with { Owner = "o" }, Ruth with { Owner = "o" }, settings).ShouldBe(new PairCaution(kind, Rule.SharedOwner, Until: DateOnly.Parse(until)));
    }

    [Fact]
    public void The_first_thing_to_know_is_told()
    {
        var settings = Only(Factor.Style, new(Rule.Language, RuleStrength.Required), new(Rule.OpenToNew, RuleStrength.Preferred));
        LanguageSkill[] pt = [new("pt", LanguageLevel.Native)];
        var (mentee, mentor) = (Ana with { Languages = pt }, Ruth with { Languages = pt });

        Caution(mentee, mentor, settings).ShouldBeNull();
        Caution(Ana, mentor with { IsOpenToNew = false }, settings).ShouldBe(new PairCaution(CautionKind.PreferredRuleBroken, Rule.OpenToNew));
        Caution(Ana, mentor, settings).ShouldBe(new PairCaution(CautionKind.RuleNotKnown, Rule.Language));
        Kind(mentee, mentor with { WeekHours = WeekGrid.Parse("mon 8-11") }).ShouldBeNull();
        Kind(mentee, mentor with { WeekHours = WeekGrid.Parse("mon 8-10") }).ShouldBe(CautionKind.FewSharedHours);
        Kind(mentee, mentor with { Categories = [new("toys", 1)] }).ShouldBe(CautionKind.OtherCategory);
        Kind(mentee, mentor with { Asked = 6, Answered = 3 }).ShouldBeNull();
        Kind(mentee, mentor with { Asked = 5, Answered = 2 }).ShouldBe(CautionKind.FewAnswers);
        Kind(mentee, mentor with { Asked = 4, Answered = 0 }).ShouldBeNull();
        Caution(mentee, mentor with { Asked = 5, Answered = 0 }, settings)!.Fact!.Kind.ShouldBe(FactKind.Answers);
        Caution(mentee, mentor with { Categories = [new("toys", 1)] }, settings)!.Fact!.Kind.ShouldBe(FactKind.OtherCategory);

        CautionKind? Kind(MenteeProfile mentee, MentorProfile mentor) => Caution(mentee, mentor, settings)?.Kind;
    }

    static PairCaution? Caution(MenteeProfile mentee, MentorProfile mentor, MatchSettings settings) => Prepared(mentee, mentor, settings).Explain("ana", "ruth").Caution;

    static PairFact Fact(Factor factor, MenteeProfile mentee, MentorProfile mentor) => Prepared(mentee, mentor, Only(factor)).Explain("ana", "ruth").Factors[0].Fact;
}
