using System.Globalization;
using System.Text;
using System.Text.Json;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Sellers;

/// <summary>Figures as of a day know nothing that came later: a marketplace that is set back to the day, with all that is left of the future scrambled, gives the same answers.</summary>
public sealed class KnownThatDayTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    const int Sellers = 90;
    static readonly DateOnly AsOf = new(2018, 6, 1);
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Gives_the_same_figures_pains_peers_and_finds_after_everything_later_is_gone()
    {
        using var scene = new ImportScene(database);
        await GivenMarketplace(scene);
        var before = await Everything(AsOf);
        var later = await Everything(AsOf.AddDays(60));

        await database.ExecuteAsync("""
            DELETE FROM sellers.event WHERE happened_on > '2018-06-01';
            UPDATE sellers.event SET status = 'shipped', delivered_on = NULL, review = NULL WHERE delivered_on > '2018-06-01';
            DELETE FROM sellers.seller_day WHERE day > '2018-06-01';
            DELETE FROM sellers.listing WHERE listed_on > '2018-06-01';
            UPDATE sellers.listing SET price_minor_units = price_minor_units * 7 + 13 WHERE last_sold_on > '2018-06-01' AND lowest_price_minor_units <> highest_price_minor_units;
            UPDATE sellers.listing SET items_sold = 1;
            UPDATE sellers.seller s SET category = 'elsewhere', categories = NULL WHERE EXISTS (SELECT FROM sellers.listing l WHERE l.seller_id = s.id);
            """);

        (await Everything(AsOf)).ShouldBe(before);
        before.ShouldContain("uncompetitive_prices");
        before.ShouldContain("late_dispatch");
        before.ShouldContain("inconsistent_reviews");
        later.ShouldNotBe(before, "the day decides");
    }

    [Fact]
    public async Task Knows_a_price_that_changed_only_when_no_later_sale_is_in_it()
    {
        using var scene = new ImportScene(database);
        await scene.GivenSellers("priced");
        (await scene.ImportText(ImportKind.Listings, """
            seller_id,listing_id,price,lowest_price,highest_price,last_sold_on
            priced,same,10.00,10.00,10.00,2018-08-01
            priced,over,20.00,15.00,25.00,2018-05-01
            priced,later,70.00,50.00,90.00,2018-08-01
            priced,asked,30.00,,,

            """)).Refusal.ShouldBeNull();

        var (then, now) = (await Figures("priced", AsOf), await Figures("priced", new(2018, 8, 1)));

        (then.Listings, then.MedianPriceMinorUnits, then.PriceBandMinorUnits).ShouldBe((4, 2_000, (1_000, 3_000)));
        (now.Listings, now.MedianPriceMinorUnits, now.PriceBandMinorUnits).ShouldBe((4, 2_000, (1_000, 3_000)));
        (await Figures("priced", new(2018, 4, 30))).PriceBandMinorUnits.ShouldBe((1_000, 3_000));
    }

    async Task<SellerFigures> Figures(string externalId, DateOnly asOf)
    {
        await using var db = database.NewDb();
        var sellers = new SellerLookup(db);
        var id = (await sellers.IdsOf([externalId], Stop))[externalId];
        return (await sellers.Figures([id], asOf, Stop))[id];
    }

    /// <summary>Everything that is said about sellers as of a day, as one text.</summary>
    async Task<string> Everything(DateOnly asOf)
    {
        await using var db = database.NewDb();
        var sellers = new SellerLookup(db);
        var ids = (await sellers.IdsOf([.. Enumerable.Range(0, Sellers).Select(Id)], Stop)).OrderBy(seller => seller.Key, StringComparer.Ordinal).Select(seller => seller.Value).ToList();
        var figures = await sellers.Figures(ids, asOf, Stop);
        var pains = await sellers.Pains(ids, asOf, Stop);
        var peers = new List<PeerGroup?>();
        foreach (var id in ids.Take(20)) peers.Add(await new PeerGroups(db).Of(id, asOf, Stop));
        var mentors = await sellers.FindMentors(new(100, 60, 180, 0.5m, 2m, 2), asOf, 0, 1000, Stop);
        var newcomers = await sellers.FindNewSellers(asOf.AddDays(-180), asOf, asOf, 0, 1000, Stop);
        mentors.Total.ShouldBeGreaterThan(0);
        newcomers.Total.ShouldBeGreaterThan(0);
        return JsonSerializer.Serialize(new
        {
            Figures = ids.Select(id => figures[id]),
            Pains = ids.Select(id => pains.GetValueOrDefault(id, [])),
            Peers = peers,
            // What the marketplace calls a seller's category is shown beside what was found, and is no figure.
            Mentors = mentors.Sellers.Select(found => found with { MainCategory = null }),
            Newcomers = newcomers.Sellers.Select(found => found with { MainCategory = null }),
        }, JsonColumns.Options);
    }

    static async Task GivenMarketplace(ImportScene scene)
    {
        var random = new Random(20180601);
        StringBuilder sellers = new("seller_id,category\n"), listings = new("seller_id,listing_id,category,price,lowest_price,highest_price,listed_on,last_sold_on\n"),
            days = new("seller_id,day,orders,revenue,late_known,late,views,visits,listings_live\n"), events = new("seller_id,event_id,happened_on,status,review,delivered_on\n");
        for (var seller = 0; seller < Sellers; seller++)
        {
            sellers.Append(CultureInfo.InvariantCulture, $"{Id(seller)},house/{Branches[random.Next(3)]}\n");
            var first = AsOf.AddDays(-random.Next(20, 400));
            for (var listing = 0; listing < 6; listing++)
            {
                int low = random.Next(5, 40), high = low + random.Next(2) * random.Next(1, 60);
                listings.Append(CultureInfo.InvariantCulture,
                    $"{Id(seller)},{listing},house/{Branches[random.Next(3)]},{(low + high) / 2},{low},{high},{first.AddDays(random.Next(500)):yyyy-MM-dd},{AsOf.AddDays(random.Next(-60, 60)):yyyy-MM-dd}\n");
            }
            for (var day = first; day < AsOf.AddDays(80); day = day.AddDays(random.Next(1, 9)))
            {
                var orders = random.Next(9);
                days.Append(CultureInfo.InvariantCulture, $"{Id(seller)},{day:yyyy-MM-dd},{orders},{orders * random.Next(10, 50)},{orders},{random.Next(orders + 1)},{random.Next(500)},{random.Next(50)},6\n");
                events.Append(CultureInfo.InvariantCulture, $"{Id(seller)},{day.DayNumber},{day:yyyy-MM-dd},delivered,{random.Next(1, 6)},{day.AddDays(random.Next(1, 30)):yyyy-MM-dd}\n");
            }
        }
        foreach (var (kind, text) in (IEnumerable<(ImportKind, StringBuilder)>)[(ImportKind.Sellers, sellers), (ImportKind.Listings, listings), (ImportKind.Days, days), (ImportKind.Events, events)])
            (await scene.ImportText(kind, text.ToString())).Refusal.ShouldBeNull();
    }

    static readonly string[] Branches = ["kitchen", "garden", "garden/pots"];

    static string Id(int seller) => string.Create(CultureInfo.InvariantCulture, $"known{seller:00}");
}
