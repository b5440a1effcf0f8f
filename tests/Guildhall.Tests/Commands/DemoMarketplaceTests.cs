using Guildhall.Commands.Demo;

namespace Guildhall.Tests.Commands;

/// <summary>The default demo against the figures of a real marketplace that it claims to follow; the bands allow for chance with another seed.</summary>
public class DemoMarketplaceTests
{
    static readonly DateOnly AsOf = new(2026, 9, 28);

    static readonly DemoMarketplace Marketplace = DemoMarketplace.Generate(1, AsOf, new DemoSize());
    static readonly List<(DemoSeller Seller, List<DemoDay> Days)> Histories = [.. Marketplace.Sellers.Select(seller => (seller, Marketplace.History(seller).Days))];

    [Fact]
    public void Is_as_large_as_it_says()
    {
        Marketplace.Sellers.Count.ShouldBe(1200);
        Histories.Sum(history => history.Days.Count).ShouldBeInRange(150_000, 250_000);
        DemoCategories.All.Length.ShouldBe(81);
        DemoCategories.All.Select(category => category.Top).Distinct().Count().ShouldBe(12);
        DemoCategories.All.ShouldAllBe(category => category.Path.Split('/').Length == 3);
    }

    [Fact]
    public void The_top_tenth_holds_about_two_thirds_of_the_revenue()
    {
        var revenues = Histories.Select(history => history.Days.Sum(day => day.RevenueCents)).Where(cents => cents > 0).OrderDescending().ToList();

        var share = (double)revenues.Take(revenues.Count / 10).Sum() / revenues.Sum();

        // Olist: 0.675.
        share.ShouldBeInRange(0.60, 0.75);
    }

    [Fact]
    public void New_sellers_wait_for_their_first_sale_as_long_as_in_the_Olist_funnel()
    {
        var waits = Histories.Where(history => history.Seller.SignedUpOn >= Marketplace.FiguresFrom).Select(Wait).ToList();

        waits.Count.ShouldBeGreaterThan(400);
        // Olist by Kaplan–Meier: 0.169 by day 30, 0.439 by day 90, 0.502 by day 123. Two standard errors at 550 sellers are 0.03 and 0.045.
        SoldBy(waits, 30).ShouldBeInRange(0.12, 0.21);
        SoldBy(waits, 90).ShouldBeInRange(0.38, 0.50);
        SoldBy(waits, 123).ShouldBeInRange(0.44, 0.57);
    }

    [Fact]
    public void Shops_with_better_listings_sell_sooner_and_are_reviewed_better()
    {
        var byPhotos = Histories
            .Where(history => history.Seller.SignedUpOn >= Marketplace.FiguresFrom && Marketplace.Listings(history.Seller).Length > 0)
            .OrderBy(history => Marketplace.Listings(history.Seller).Average(listing => listing.Photos)).ToList();
        var (worse, better) = (byPhotos[..(byPhotos.Count / 2)], byPhotos[(byPhotos.Count / 2)..]);

        SoldBy([.. better.Select(Wait)], 90).ShouldBeGreaterThan(SoldBy([.. worse.Select(Wait)], 90) + 0.1);
        Stars(better).ShouldBeGreaterThan(Stars(worse) + 0.1);
    }

    [Fact]
    public void Categories_have_their_seasons()
    {
        // Against categories without a season, so that a growing marketplace doesn't pass for one.
        double Lift(DemoSeason season, int month, int nextMonth) => ShareIn(season, month, nextMonth) / ShareIn(DemoSeason.Steady, month, nextMonth);

        Lift(DemoSeason.Spring, 4, 5).ShouldBeGreaterThan(1.4);
        Lift(DemoSeason.Spring, 11, 12).ShouldBeLessThan(0.75);
        Lift(DemoSeason.Toys, 11, 12).ShouldBeGreaterThan(1.3);
        Lift(DemoSeason.Gifts, 11, 12).ShouldBeGreaterThan(1.2);
        Lift(DemoSeason.Winter, 6, 7).ShouldBeLessThan(0.7);
    }

    [Fact]
    public void Hobby_goods_sell_at_weekends_and_office_goods_on_weekdays()
    {
        double Share(bool atWeekends) =>
            (double)Histories.Where(history => history.Seller.Category.SellsAtWeekends == atWeekends)
                .Sum(history => history.Days.Where(day => day.Day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday).Sum(day => day.Orders))
            / Histories.Where(history => history.Seller.Category.SellsAtWeekends == atWeekends).Sum(history => history.Days.Sum(day => day.Orders));

        Share(atWeekends: true).ShouldBeInRange(0.30, 0.35);
        Share(atWeekends: false).ShouldBeInRange(0.21, 0.26);
    }

    [Fact]
    public void Fashion_comes_back_more_often_than_food()
    {
        ReturnShare("fashion").ShouldBeGreaterThan(3 * ReturnShare("food"));
    }

    [Fact]
    public void Some_sellers_stop_and_some_ship_late()
    {
        var sold = Histories.Where(history => history.Days.Sum(day => day.Orders) >= 20).ToList();
        var lateShares = sold.Where(history => history.Seller.Known.Dispatch)
            .Select(history => (double)history.Days.Sum(day => day.Late ?? 0) / history.Days.Sum(day => day.DispatchKnown ?? 0)).ToList();

        ((double)sold.Count(history => history.Days.FindLast(day => day.Orders > 0)!.Day < AsOf.AddDays(-60)) / sold.Count).ShouldBeInRange(0.05, 0.3);
        ((double)lateShares.Count(share => share > 0.15) / lateShares.Count).ShouldBeInRange(0.03, 0.15);
    }

    [Fact]
    public void People_and_shops_have_names_of_their_own_from_many_alphabets()
    {
        Marketplace.Sellers.Select(seller => seller.OwnerName).ShouldBeUnique();
        Marketplace.Sellers.Select(seller => seller.ShopName).ShouldBeUnique();
        Marketplace.Sellers.Select(seller => seller.Id).ShouldBeUnique();

        var letters = string.Concat(Marketplace.Sellers.Select(seller => seller.OwnerName + seller.ShopName)).ToHashSet();
        foreach (var letter in "çøłãéñşöōộ") letters.ShouldContain(letter);
    }

    [Fact]
    public void Operators_have_several_shops()
    {
        var groups = Marketplace.Sellers.Where(seller => seller.OperatorGroup is not null).GroupBy(seller => seller.OperatorGroup).ToList();

        groups.Count.ShouldBeGreaterThanOrEqualTo(5);
        groups.Count(group => group.Count() >= 2).ShouldBeGreaterThanOrEqualTo(5);
    }

    [Fact]
    public void Every_time_zone_exists() =>
        DemoPlaces.All.ShouldAllBe(place => TimeZoneInfo.FindSystemTimeZoneById(place.TimeZone).HasIanaId);

    [Fact]
    public void Every_culture_of_a_place_has_names()
    {
        foreach (var culture in DemoPlaces.All.SelectMany(place => place.Cultures).Distinct())
            DemoNames.CultureOf(culture).FirstNames.Length.ShouldBeGreaterThan(10, culture);
    }

    static (int Days, bool HasSold) Wait((DemoSeller Seller, List<DemoDay> Days) history) =>
        history.Days.Find(day => day.Orders > 0) is { } first
            ? (first.Day.DayNumber - history.Seller.SignedUpOn.DayNumber, true)
            : (AsOf.DayNumber - history.Seller.SignedUpOn.DayNumber, false);

    /// <summary>Share with a sale by a day, by Kaplan–Meier: sellers who signed up too late to tell leave the count when their days end.</summary>
    static double SoldBy(List<(int Days, bool HasSold)> waits, int day)
    {
        var waiting = 1.0;
        foreach (var sold in waits.Where(wait => wait.HasSold && wait.Days <= day).GroupBy(wait => wait.Days).OrderBy(group => group.Key))
            waiting *= 1 - (double)sold.Count() / waits.Count(wait => wait.Days >= sold.Key);
        return 1 - waiting;
    }

    static double Stars(List<(DemoSeller Seller, List<DemoDay> Days)> histories) =>
        (double)histories.Sum(history => history.Days.Sum(day => day.ReviewStars)) / histories.Sum(history => history.Days.Sum(day => day.Reviews));

    /// <summary>
    /// Mean over shops of their orders in two months as a share of their year's: every shop counts the same, so no great one passes for a season.
    /// </summary>
    static double ShareIn(DemoSeason season, int month, int nextMonth)
    {
        var years = Histories
            .Where(history => history.Seller.Category.Season == season)
            .Select(history => history.Days.FindAll(day => day.Day >= AsOf.AddYears(-1)))
            .Where(days => days.Sum(day => day.Orders) >= 30 && days[0].Day < AsOf.AddMonths(-11) && days[^1].Day > AsOf.AddMonths(-1)).ToList();
        years.Count.ShouldBeGreaterThanOrEqualTo(5, season.ToString());
        return years.Average(days => (double)days.Where(day => day.Day.Month == month || day.Day.Month == nextMonth).Sum(day => day.Orders) / days.Sum(day => day.Orders));
    }

    static double ReturnShare(string top)
    {
        var days = Histories.Where(history => history.Seller.Category.Top == top && history.Seller.Known.Returns).SelectMany(history => history.Days).ToList();
        return (double)days.Sum(day => day.Returned ?? 0) / days.Sum(day => day.Orders);
    }
}
