using System.Globalization;
using Guildhall.Modules.Sellers;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Sellers;

/// <summary>What is known of a seller on a day, and how it stands beside similar ones.</summary>
public sealed class SellerFiguresTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    static readonly DateOnly AsOf = new(2018, 6, 1);
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Knows_nothing_of_a_seller_without_figures_rather_than_zero()
    {
        using var scene = new ImportScene(database);
        await scene.GivenSellers("silent");

        var figures = await Figures("silent", AsOf);

        (figures.RevenueMinorUnits, figures.OrdersPerWeek, figures.OrdersTrend, figures.BestOrdersPerWeek).ShouldBe((null, null, null, null));
        (figures.FirstOrderOn, figures.Listings, figures.MedianPriceMinorUnits, figures.ReviewMean, figures.Reviews).ShouldBe((null, null, null, null, 0));
        (await Pains("silent", AsOf)).ShouldBeEmpty();
        figures.Categories.ShouldBeEmpty();
    }

    [Fact]
    public async Task Sees_nothing_that_came_after_the_day_asked_about()
    {
        using var scene = new ImportScene(database);
        await scene.GivenSellers("asof");
        (await scene.ImportText(ImportKind.Days, "seller_id,day,orders,revenue\nasof,2018-05-20,8,80.00\nasof,2018-04-20,10,100.00\nasof,2018-06-02,90,900.00\n")).Refusal.ShouldBeNull();
        (await scene.ImportText(ImportKind.Events, """
            seller_id,event_id,happened_on,status,review,delivered_on
            asof,1,2018-05-20,delivered,4,2018-05-25
            asof,2,2018-05-21,delivered,1,2018-06-05
            asof,3,2018-05-22,canceled,1,
            asof,4,2018-05-23,delivered,5,
            asof,5,2018-06-02,delivered,1,2018-06-02

            """)).Refusal.ShouldBeNull();

        var figures = await Figures("asof", AsOf);

        (figures.FirstOrderOn, figures.LastOrderOn).ShouldBe((new DateOnly(2018, 4, 20), new DateOnly(2018, 5, 23)));
        figures.RevenueMinorUnits.ShouldBe(18_000);
        figures.OrdersPerWeek.ShouldBe(2);
        figures.OrdersTrend!.Value.ShouldBe(-0.2, 1e-12);
        figures.BestOrdersPerWeek.ShouldBe(2.5);
        (figures.ReviewMean, figures.Reviews).ShouldBe((4.5, 2));
        (await Figures("asof", new(2018, 6, 5))).RevenueMinorUnits.ShouldBe(108_000);
    }

    [Fact]
    public async Task Reads_zero_for_a_quiet_month_of_a_seller_it_knows()
    {
        using var scene = new ImportScene(database);
        await scene.GivenSellers("quiet");
        (await scene.ImportText(ImportKind.Days, "seller_id,day,orders,revenue\nquiet,2017-05-20,8,80.00\n")).Refusal.ShouldBeNull();

        var figures = await Figures("quiet", AsOf);

        (figures.OrdersPerWeek, figures.RevenueMinorUnits, figures.OrdersTrend).ShouldBe((0, 0, null));
    }

    [Fact]
    public async Task Says_zero_of_a_window_only_where_no_cell_of_it_is_empty()
    {
        using var scene = new ImportScene(database);
        await scene.GivenSellers("veiled", "half", "unsure");
        (await scene.ImportText(ImportKind.Days, """
            seller_id,day,orders,revenue
            veiled,2017-05-20,8,80.00
            veiled,2018-05-20,,
            half,2017-05-20,8,80.00
            half,2018-05-20,4,40.00
            half,2018-05-21,,
            unsure,2017-05-20,0,0.00
            unsure,2018-05-20,0,0.00
            unsure,2018-05-21,,

            """)).Refusal.ShouldBeNull();

        var (veiled, half, unsure) = (await Figures("veiled", AsOf), await Figures("half", AsOf), await Figures("unsure", AsOf));

        (veiled.OrdersPerWeek, veiled.RevenueMinorUnits, veiled.BestOrdersPerWeek).ShouldBe((null, null, 2));
        (half.OrdersPerWeek, half.RevenueMinorUnits).ShouldBe((1, 4_000));
        (unsure.OrdersPerWeek, unsure.RevenueMinorUnits, unsure.BestOrdersPerWeek).ShouldBe((null, null, null));
    }

    [Fact]
    public async Task Finds_sellers_whose_revenue_is_empty_with_revenue_not_known()
    {
        using var scene = new ImportScene(database);
        await scene.GivenSellers("found-veiled", "found-quiet");
        (await scene.ImportText(ImportKind.Days, """
            seller_id,day,orders,revenue
            found-veiled,2016-01-10,0,0.00
            found-veiled,2016-05-20,3,
            found-quiet,2016-01-10,0,0.00
            found-quiet,2016-05-20,3,0.00

            """)).Refusal.ShouldBeNull();
        (await scene.ImportText(ImportKind.Events, """
            seller_id,event_id,happened_on,kind,status,review
            found-veiled,1,2016-05-21,reviewed,delivered,5
            found-quiet,1,2016-05-21,reviewed,delivered,5

            """)).Refusal.ShouldBeNull();
        await using var db = database.NewDb();
        var sellers = new SellerLookup(db);

        var fresh = await sellers.FindNewSellers(new(2016, 5, 1), new(2016, 5, 31), new(2016, 6, 1), 0, 10, Stop);
        var mentors = await sellers.FindMentors(new(0, 60, 60, 1m, 1m, 1), new(2016, 6, 1), 0, 10, Stop);

        foreach (var found in (FoundSellers[])[fresh, mentors])
            found.Sellers.Select(seller => (seller.Seller.ExternalId, seller.RevenueMinorUnits)).ShouldBe([("found-quiet", 0), ("found-veiled", null)]);
    }

    [Theory]
    [InlineData(20, false)]
    [InlineData(21, true)]
    public async Task Finds_late_dispatch_only_beside_twenty_similar_sellers(int sellers, bool found)
    {
        using var scene = new ImportScene(database);
        var category = $"toys {sellers}";
        string Id(int seller) => string.Create(CultureInfo.InvariantCulture, $"t{sellers}-{seller}");
        (await scene.ImportText(ImportKind.Sellers, "seller_id,category\n" + string.Concat(Enumerable.Range(0, sellers).Select(seller => $"{Id(seller)},{category}\n")))).Refusal.ShouldBeNull();
        (await scene.ImportText(ImportKind.Days, "seller_id,day,orders,late_known,late\n" + string.Concat(Enumerable.Range(0, sellers).Select(seller => $"{Id(seller)},2018-05-20,40,40,{seller}\n")))).Refusal.ShouldBeNull();

        (await Pains(Id(sellers / 2), AsOf)).ShouldBeEmpty();
        (await Pains(Id(sellers - 1), AsOf)).ShouldBe(found
            ? [new Pain("late_dispatch", "50% of orders leave late; the middle of 21 sellers of its category, this one included, is 25%, to 1 June 2018.", 1)]
            : []);
    }

    [Fact]
    public async Task Compares_with_the_parent_category_when_the_leaf_has_too_few()
    {
        using var scene = new ImportScene(database);
        // Ten sellers of each of three leaves: no leaf has twenty others, their parent has 29. Lateness rises with the number.
        (await scene.ImportText(ImportKind.Sellers, "seller_id,category\n" + string.Concat(Enumerable.Range(0, 30).Select(seller => $"b{seller},pets/dogs/leaf{seller % 3}\n")))).Refusal.ShouldBeNull();
        (await scene.ImportText(ImportKind.Days, "seller_id,day,orders,late_known,late\n" + string.Concat(Enumerable.Range(0, 30).Select(seller => $"b{seller},2018-05-20,100,100,{seller}\n")))).Refusal.ShouldBeNull();

        (await Pains("b29", AsOf)).ShouldBe([new Pain("late_dispatch", "29% of orders leave late; the middle of 30 sellers of its category, this one included, is 14.5%, to 1 June 2018.", 1)]);
        (await Pains("b20", AsOf)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Compares_a_seller_within_the_category_its_listings_had_that_day()
    {
        using var scene = new ImportScene(database);
        (await scene.ImportText(ImportKind.Sellers, "seller_id,category\nmoved,lamps\n" + string.Concat(Enumerable.Range(0, 20).Select(seller => $"r{seller},rugs\n")))).Refusal.ShouldBeNull();
        (await scene.ImportText(ImportKind.Listings, "seller_id,listing_id,category,listed_on\nmoved,1,rugs,2018-01-01\nmoved,2,lamps,2018-07-01\nmoved,3,lamps,2018-07-01\n")).Refusal.ShouldBeNull();
        (await scene.ImportText(ImportKind.Days, "seller_id,day,orders,late_known,late\nmoved,2018-05-20,40,40,40\n" + string.Concat(Enumerable.Range(0, 20).Select(seller => $"r{seller},2018-05-20,40,40,{seller}\n")))).Refusal.ShouldBeNull();

        (await Pains("moved", AsOf)).ShouldHaveSingleItem().Kind.ShouldBe("late_dispatch");
        (await Pains("moved", new(2018, 7, 2))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Gives_the_category_shares_and_the_price_band_of_the_listings_known_that_day()
    {
        using var scene = new ImportScene(database);
        await scene.GivenSellers("shop");
        (await scene.ImportText(ImportKind.Listings, """
            seller_id,listing_id,category,price,listed_on,is_live
            shop,1,home/kitchen,10.00,2018-01-01,1
            shop,2,home/kitchen,20.00,2018-01-01,
            shop,3,home/garden,30.00,2018-01-01,1
            shop,4,home/garden,40.00,2018-07-01,1
            shop,5,home/garden,50.00,2018-01-01,0

            """)).Refusal.ShouldBeNull();

        var figures = await Figures("shop", AsOf);

        (figures.Listings, figures.MedianPriceMinorUnits, figures.PriceBandMinorUnits).ShouldBe((3, 2_000, (1_000, 3_000)));
        figures.Categories.Select(category => (category.Path, Math.Round(category.Share, 3))).ShouldBe([("home/kitchen", 0.667), ("home/garden", 0.333)]);
    }

    async Task<IReadOnlyList<Pain>> Pains(string externalId, DateOnly asOf)
    {
        await using var db = database.NewDb();
        var sellers = new SellerLookup(db);
        var id = (await sellers.IdsOf([externalId], Stop))[externalId];
        return (await sellers.Pains([id], asOf, Stop)).GetValueOrDefault(id, []);
    }

    async Task<SellerFigures> Figures(string externalId, DateOnly asOf)
    {
        await using var db = database.NewDb();
        var sellers = new SellerLookup(db);
        var id = (await sellers.IdsOf([externalId], Stop))[externalId];
        return (await sellers.Figures([id], asOf, Stop))[id];
    }
}
