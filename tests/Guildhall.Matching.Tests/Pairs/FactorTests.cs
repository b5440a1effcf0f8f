using static Guildhall.Matching.Tests.Pairs.People;

namespace Guildhall.Matching.Tests.Pairs;

public class FactorTests
{
    [Theory]
    [InlineData("home/kitchen/tableware", 1.0)]
    [InlineData("home/kitchen/knives", 0.6667)]
    [InlineData("home/garden", 0.4)]
    [InlineData("toys", 0)]
    public void Category_is_closeness_in_the_tree(string mentor, double expected) =>
        Value(Factor.Category, Mentee() with { Categories = [new("home/kitchen/tableware", 3)] }, Mentor() with { Categories = [new(mentor, 1)] }).ShouldBe(expected);

    [Fact]
    public void Category_weighs_by_the_mentees_shares_and_counts_a_mentors_leaf_in_full_from_a_fifth()
    {
        var mentee = Mentee() with { Categories = [new("home", 60), new("toys", 40)] };

        Value(Factor.Category, mentee, Mentor() with { Categories = [new("home", 20), new("pets", 80)] }).ShouldBe(0.6);
        Value(Factor.Category, mentee, Mentor() with { Categories = [new("home", 10), new("pets", 90)] }).ShouldBe(0.3);
        Value(Factor.Category, mentee, Mentor() with { Categories = [new("home", 50), new("toys", 50)] }).ShouldBe(1);
    }

    [Fact]
    public void A_leaf_that_comes_twice_counts_with_both_shares() =>
        Value(Factor.Category, Mentee() with { Categories = [new("home", 30), new("toys", 40), new("home", 30)] }, Mentor() with { Categories = [new("home", 1)] }).ShouldBe(0.6);

    [Theory]
    [InlineData(5, 0)]
    [InlineData(10, 0)]
    [InlineData(14.142136, 0.5)]
    [InlineData(20, 1)]
    [InlineData(200, 1)]
    [InlineData(1000, 0.5)]
    [InlineData(5000, 0)]
    [InlineData(9000, 0)]
    public void Velocity_is_full_from_twice_to_twenty_times_the_target(double mentor, double expected) =>
        Value(Factor.Velocity, Mentee() with { TargetOrdersPerWeek = 10, OrdersPerWeek = 1 }, Mentor() with { OrdersPerWeek = mentor }).ShouldBe(expected);

    [Fact]
    public void Velocity_takes_the_orders_now_where_no_target_is_known_and_counts_none_as_one_in_four_weeks()
    {
        Value(Factor.Velocity, Mentee() with { OrdersPerWeek = 10 }, Mentor() with { OrdersPerWeek = 20 }).ShouldBe(1);
        Value(Factor.Velocity, Mentee() with { OrdersPerWeek = 0 }, Mentor() with { OrdersPerWeek = 0.5 }).ShouldBe(1);
        Value(Factor.Velocity, Mentee() with { OrdersPerWeek = 0 }, Mentor() with { OrdersPerWeek = 0 }).ShouldBe(0);
    }

    [Theory]
    [InlineData(10, 10, true, true, 1)]
    [InlineData(10, 100, true, true, 0.8333)]
    [InlineData(10, 1000, true, true, 0.6667)]
    [InlineData(10, 5000, true, false, 0.3333)]
    [InlineData(10, 10, false, true, 0.6667)]
    [InlineData(0, 1, null, true, 0.8333)]
    [InlineData(null, 5, null, true, 0.6667)]
    public void Inventory_is_the_mean_of_variants_making_and_shipping(int? mentee, int mentor, bool? isMadeToOrder, bool isMentorShipped, double expected) =>
        Value(Factor.Inventory,
            Mentee() with { Variants = mentee, IsMadeToOrder = isMadeToOrder, IsShippedByMarketplace = true },
            Mentor() with { Variants = mentor, IsMadeToOrder = true, IsShippedByMarketplace = isMentorShipped }).ShouldBe(expected);

    [Theory]
    [InlineData("mon 8-9", 0.25)]
    [InlineData("mon 8-11", 0.75)]
    [InlineData("mon 8-20", 1)]
    [InlineData("sun 8-20", 0)]
    public void Hours_are_full_from_four_a_week(string mentor, double expected) =>
        Value(Factor.Hours,
            Mentee() with { TimeZone = "UTC", WeekHours = WeekGrid.Parse("mon 0-24") },
            Mentor() with { TimeZone = "UTC", WeekHours = WeekGrid.Parse(mentor) }).ShouldBe(expected);

    [Fact]
    public void Skills_are_the_mentors_levels_weighed_by_urgency() =>
        Value(Factor.Skills,
            Mentee() with { Needs = [new("photos", 1), new("pricing", 0.5)] },
            Mentor() with { Strengths = [new("photos", 0.8), new("stock", 1)] }).ShouldBe(0.5333);

    [Fact]
    public void Channels_and_industries_are_the_share_of_the_mentees_that_the_mentor_has()
    {
        Value(Factor.Channel, Mentee() with { Channels = ["market", "shop", "shop"] }, Mentor() with { Channels = ["shop", "social"] }).ShouldBe(0.5);
        Value(Factor.Industry, Mentee() with { Industries = ["food"] }, Mentor() with { Industries = ["food", "toys"] }).ShouldBe(1);
    }

    [Theory]
    [InlineData(40, 1)]
    [InlineData(20, 1)]
    [InlineData(14.142136, 0.5)]
    [InlineData(10, 0)]
    public void A_growth_target_is_met_by_who_has_passed_it(double passed, double expected) =>
        Value(Factor.GrowthTarget, Mentee() with { TargetOrdersPerWeek = 20 }, Mentor() with { PassedOrdersPerWeek = passed }).ShouldBe(expected);

    [Fact]
    public void Style_and_contact_fall_with_the_distance()
    {
        Value(Factor.Style, Mentee() with { Style = 0.5 }, Mentor() with { Style = -0.5 }).ShouldBe(0.5);
        Value(Factor.Contact, Mentee() with { Contact = -1 }, Mentor() with { Contact = 1 }).ShouldBe(0);
    }

    [Fact]
    public void Region_is_closeness_of_place() =>
        Value(Factor.Region, Mentee() with { Region = "BR/SP/Campinas" }, Mentor() with { Region = "BR/SP" }).ShouldBe(0.8);

    [Theory]
    [InlineData(8, 10, 7, 0.8)]
    [InlineData(10, 10, 0, 0.9333)]
    [InlineData(0, 0, 60, 0)]
    [InlineData(16, 20, 33.5, 0.4)]
    public void Responsiveness_is_the_shrunk_answer_rate_times_recency(int answered, int asked, double days, double expected)
    {
        // Half a day can't be given; the case of 33.5 days is the mean of its neighbors.
        double At(double day) => Value(Factor.Responsiveness, Mentee(), Mentor() with { Answered = answered, Asked = asked, DaysSinceActive = (int)day });

        ((At(Math.Floor(days)) + At(Math.Ceiling(days))) / 2).ShouldBe(expected, 0.0001);
    }

    [Fact]
    public void What_is_not_known_takes_the_neutral_value_and_says_so()
    {
        var match = Prepared(Mentee(), Mentor(), Defaults);

        var score = match.Explain("ana", "ruth");

        score.Factors.ShouldAllBe(f => !f.IsKnown && f.Fact.Kind == FactKind.NotKnown);
        score.Factors.ShouldAllBe(f => f.Value == (f.Factor == Factor.Responsiveness ? 0.8 : 0.5));
        score.Millionths.ShouldBe(98 * 5_000 + 2 * 8_000);
        score.Reasons.ShouldBeEmpty();
        MatchWording.Sentence(score.Factors[0].Fact, "Ana", "Ruth").ShouldBe("Not known for Ana and Ruth.");
    }

    [Theory]
    [MemberData(nameof(Factors))]
    public void One_side_unknown_is_unknown(Factor factor)
    {
        var full = new MenteeProfile
        {
            Id = "ana",
            Categories = [new("a", 1)],
            OrdersPerWeek = 1,
            Variants = 1,
            TimeZone = "UTC",
            WeekHours = WeekGrid.Parse("mon 8-9"),
            Needs = [new("s", 1)],
            Channels = ["c"],
            TargetOrdersPerWeek = 1,
            Industries = ["i"],
            Style = 0,
            Contact = 0,
            Region = "r",
        };

        Known(factor, full, Mentor()).ShouldBe(-1);
    }

    public static TheoryData<Factor> Factors => [.. Enum.GetValues<Factor>()];

    static double Value(Factor factor, MenteeProfile mentee, MentorProfile mentor)
    {
        var value = Known(factor, mentee, mentor);
        value.ShouldBeGreaterThanOrEqualTo(0);
        return value / 10_000.0;
    }

    static int Known(Factor factor, MenteeProfile mentee, MentorProfile mentor) =>
        new FactorValues(new ProfileColumns(new([mentee], [mentor], Defaults))).Known(factor, 0, 0);
}
