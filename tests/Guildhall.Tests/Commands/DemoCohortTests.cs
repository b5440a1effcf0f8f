using Guildhall.Commands.Demo;
using Guildhall.Matching;

namespace Guildhall.Tests.Commands;

public class DemoCohortTests
{
    static readonly DateOnly AsOf = new(2026, 9, 28);

    static readonly DemoMarketplace Marketplace = DemoMarketplace.Generate(1, AsOf, new DemoSize());
    static readonly DemoCohort Cohort = Marketplace.Cohort;

    [Fact]
    public void Has_42_mentees_and_18_mentors_with_47_places()
    {
        Cohort.Program.ShouldBe("First 90 Days");
        Cohort.Name.ShouldBe("Autumn 2026");
        Cohort.Mentees.Count.ShouldBe(42);
        Cohort.Mentors.Count.ShouldBe(18);
        Cohort.Mentors.Sum(mentor => mentor.Capacity).ShouldBe(47);
    }

    [Theory]
    [InlineData("2026-02-28", "Winter 2026")]
    [InlineData("2026-03-01", "Spring 2026")]
    [InlineData("2026-08-31", "Summer 2026")]
    [InlineData("2026-12-01", "Winter 2026")]
    public void Is_named_for_its_season(string asOf, string name) =>
        DemoMarketplace.Generate(1, DateOnly.Parse(asOf), new DemoSize(400, 8, 5)).Cohort.Name.ShouldBe(name);

    [Fact]
    public void Grows_with_the_mentees_asked_for()
    {
        var cohort = DemoMarketplace.Generate(1, AsOf, DemoSize.WithMentees(126)).Cohort;

        cohort.Mentees.Count.ShouldBe(126);
        cohort.Mentors.Count.ShouldBe(54);
        cohort.Mentors.Sum(mentor => mentor.Capacity).ShouldBe(141);
    }

    [Fact]
    public void Refuses_more_mentees_than_the_marketplace_has_new_shops() =>
        Should.Throw<ArgumentOutOfRangeException>(() => DemoMarketplace.Generate(1, AsOf, new DemoSize(Sellers: 240, Mentees: 200)).Cohort)
            .Message.ShouldContain("240 sellers give");

    [Fact]
    public void Mentees_are_new_and_mentors_are_seasoned_busy_and_well_reviewed()
    {
        Cohort.Mentees.Select(mentee => mentee.Seller).ShouldAllBe(seller => Marketplace.Sellers.Contains(seller) && seller.SignedUpOn > AsOf.AddDays(-183));
        Cohort.Mentors.Select(mentor => mentor.Seller).ShouldAllBe(seller => Marketplace.Sellers.Contains(seller) && seller.SignedUpOn <= AsOf.AddDays(-270));
        Cohort.Mentors.ShouldAllBe(mentor => mentor.Figures.PolicyPoints == 0 && mentor.Figures.OrdersInHalfYear > 0);
        Cohort.Mentors.Select(mentor => Marketplace.History(mentor.Seller).Days).ShouldAllBe(days => days.Sum(day => day.Reviews) >= 5 && days.Sum(day => day.ReviewStars) >= 4.2 * days.Sum(day => day.Reviews));
        Cohort.Mentors.Select(mentor => mentor.Seller).Intersect(Cohort.Mentees.Select(mentee => mentee.Seller)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Leaves_the_studio_something_to_explain(ulong seed)
    {
        var cohort = DemoMarketplace.Generate(seed, AsOf, new DemoSize()).Cohort;

        var spoken = cohort.Mentors.SelectMany(mentor => Working(mentor.Seller)).ToHashSet();
        cohort.Mentees.ShouldContain(mentee => !Working(mentee.Seller).Exists(spoken.Contains), "a language that no mentor speaks");
        cohort.Mentees.ShouldContain(mentee => FreeHours(mentee.Week).All(hour => hour >= 5 * 24), "free at weekends only");
        cohort.Mentors.ShouldAllBe(mentor => FreeHours(mentor.Week).Any() && FreeHours(mentor.Week).All(hour => hour < 5 * 24), "mentors keep their weekends");
        cohort.Mentors.ShouldContain(mentor => mentor.Stakes.Length == 1 && OnlyMentorOf(cohort, mentor), "the only mentor of a mentee's language has a stake in the shop");
        cohort.Mentees.Count(mentee => DemoBranches.Of(mentee.Seller.Category).OpenedMonthsAgo is not null).ShouldBeGreaterThanOrEqualTo(4, "new shops of branches that have just opened");
        cohort.Mentors.Count(mentor => DemoBranches.Of(mentor.Seller.Category).OpenedMonthsAgo is not null).ShouldBeLessThanOrEqualTo(3, "where hardly anybody is seasoned");
    }

    [Fact]
    public void Mentors_sell_in_the_best_quarter_of_the_active_shops()
    {
        var revenue = Marketplace.Sellers.Select(seller => (seller, Marketplace.History(seller).Days))
            .Where(shop => shop.Days.Exists(day => day.Day >= AsOf.AddDays(-60) && day.Orders > 0))
            .ToDictionary(shop => shop.seller, shop => shop.Days.Where(day => day.Day >= AsOf.AddDays(-180)).Sum(day => day.RevenueCents));
        var least = revenue.Values.OrderDescending().ElementAt(revenue.Count / 4);

        Cohort.Mentors.ShouldAllBe(mentor => revenue[mentor.Seller] >= least);
    }

    [Fact]
    public void Branches_live_where_their_market_is()
    {
        double Share(string top) => Marketplace.Sellers.Where(seller => seller.Category.Top == top).Average(seller => DemoBranches.Of(seller.Category).Markets.Contains(seller.Place.Market) ? 1.0 : 0);

        foreach (var top in (string[])["home", "fashion", "food", "electronics"]) Share(top).ShouldBeInRange(0.65, 0.95, top);
    }

    [Fact]
    public void Needs_and_strengths_are_within_their_ranges_and_most_strengths_are_shown_by_figures()
    {
        Cohort.Mentees.ShouldAllBe(mentee => mentee.Needs.Length >= 1 && mentee.Needs.Length <= 4 && mentee.Needs.All(need => need.Urgency > 0 && need.Urgency <= 1));
        Cohort.Mentees.ShouldAllBe(mentee => mentee.Needs.Select(need => need.Skill).Distinct().Count() == mentee.Needs.Length);
        Cohort.Mentees.ShouldAllBe(mentee => mentee.TargetOrdersPerWeek > mentee.Figures.OrdersPerWeek);
        Cohort.Mentors.ShouldAllBe(mentor => mentor.Strengths.Length >= 3 && mentor.Strengths.All(strength => strength.Level >= 0 && strength.Level <= 1));

        var strengths = Cohort.Mentors.SelectMany(mentor => mentor.Strengths).ToList();
        strengths.Count(strength => strength.Evidence is not null).ShouldBeGreaterThan(strengths.Count / 2);
        // ':' parts a skill from its level and evidence in the file, ';' one strength from the next.
        strengths.ShouldAllBe(strength => strength.Evidence == null || !strength.Evidence.Contains(':') && !strength.Evidence.Contains(';'));
        Cohort.Mentees.Concat<DemoParticipant>(Cohort.Mentors).ShouldAllBe(person => Math.Abs(person.Style) <= 1 && Math.Abs(person.Contact) <= 1);
    }

    [Fact]
    public void Weeks_are_written_as_the_matcher_reads_them()
    {
        foreach (var person in Cohort.Mentees.Concat<DemoParticipant>(Cohort.Mentors))
        {
            var grid = WeekGrid.Parse(person.Week.ToString());

            grid.ShouldContain('1');
            Enumerable.Range(0, DemoWeek.Hours).Where(hour => grid[hour] == '1').ShouldBe(FreeHours(person.Week), person.Week.ToString());
        }
    }

    static List<string> Working(DemoSeller seller) => [.. seller.Languages.Where(language => language.IsWorking).Select(language => language.Code)];

    static IEnumerable<int> FreeHours(DemoWeek week) => Enumerable.Range(0, DemoWeek.Hours).Where(week.IsFree);

    static bool OnlyMentorOf(DemoCohort cohort, DemoMentor mentor)
    {
        var mentee = cohort.Mentees.Single(mentee => mentee.Seller.Id == mentor.Stakes[0]);
        return cohort.Mentors.Where(other => Working(other.Seller).Intersect(Working(mentee.Seller)).Any()).ToList() is [var only] && only == mentor;
    }
}
