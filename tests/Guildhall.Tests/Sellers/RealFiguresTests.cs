using Guildhall.Modules.Sellers;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Sellers;

/// <summary>Figures of the real marketplace as of 1 June 2018, with only what was known that day.</summary>
public sealed class RealFiguresTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    static readonly DateOnly AsOf = new(2018, 6, 1);

    [Fact]
    public async Task Finds_the_new_sellers_and_the_mentors_of_that_day()
    {
        using var scene = new ImportScene(database);
        foreach (var (kind, file) in (IEnumerable<(ImportKind, string)>)[(ImportKind.Sellers, "sellers.csv"), (ImportKind.Listings, "listings.csv"), (ImportKind.Days, "seller_days.csv"), (ImportKind.Events, "orders.csv")])
            (await scene.Import(kind, RealMarketplace.File(file))).Refusal.ShouldBeNull();
        await using var db = database.NewDb();
        var sellers = new SellerLookup(db);
        var stop = TestContext.Current.CancellationToken;

        var newcomers = await sellers.FindNewSellers(new(2017, 12, 4), AsOf, AsOf, 0, 1000, stop);
        newcomers.Total.ShouldBe(832);
        newcomers.Sellers.Count.ShouldBe(832);

        var mentors = await sellers.FindMentors(new(365, 60, 180, 0.25m, 4.2m, 5), AsOf, 0, 1000, stop);
        mentors.Total.ShouldBe(63);
        mentors.Sellers.ShouldAllBe(mentor => mentor.FirstOrderOn <= AsOf.AddDays(-365) && mentor.ReviewMean >= 4.2 && mentor.Reviews >= 5);

        var figures = await sellers.Figures([.. newcomers.Sellers.Concat(mentors.Sellers).Select(found => found.Seller.Id)], AsOf, stop);
        figures.Count.ShouldBe(832 + mentors.Total);
        figures.Values.ShouldAllBe(seller => seller.LastOrderOn <= AsOf);
        // Views, visits, stock and returns don't exist in this marketplace: nothing may be said about them.
        var kinds = (await sellers.Pains([.. figures.Keys], AsOf, stop)).Values.SelectMany(pains => pains).Select(pain => pain.Kind).ToHashSet();
        kinds.ShouldBeSubsetOf(["late_dispatch", "inconsistent_reviews", "uncompetitive_prices"]);
        kinds.ShouldNotBeEmpty();
        (await sellers.LastDay(stop)).ShouldBe(new DateOnly(2018, 9, 8));
    }
}
