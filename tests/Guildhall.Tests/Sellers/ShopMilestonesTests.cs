using Guildhall.Modules.Sellers;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Sellers;

/// <summary>What a shop has reached by a day, from whichever figures the marketplace sends.</summary>
public sealed class ShopMilestonesTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    static readonly DateOnly AsOf = new(2018, 6, 1);

    [Fact]
    public async Task Counts_the_orders_that_were_not_canceled_and_names_the_days_of_the_first_and_the_fifth()
    {
        using var scene = new ImportScene(database);
        await scene.GivenSellers("by-day", "by-event");
        (await scene.ImportText(ImportKind.Days, "seller_id,day,orders,cancelled\nby-day,2018-05-01,1,1\nby-day,2018-05-03,2,0\nby-day,2018-05-20,3,1\nby-day,2018-05-25,1,\nby-day,2018-06-02,9,0\n")).Refusal.ShouldBeNull();
        (await scene.ImportText(ImportKind.Events, """
            seller_id,event_id,happened_on,status
            by-event,1,2018-05-01,canceled
            by-event,2,2018-05-03,delivered
            by-event,3,2018-05-04,shipped
            by-event,4,2018-05-05,
            by-event,5,2018-05-06,delivered
            by-event,6,2018-05-07,delivered
            by-event,7,2018-06-02,delivered

            """)).Refusal.ShouldBeNull();

        (await Reached(scene, "by-day", AsOf)).Orders.ShouldBe(new Milestone(5, new(2018, 5, 3), new(2018, 5, 25)));
        (await Reached(scene, "by-event", AsOf)).Orders.ShouldBe(new Milestone(5, new(2018, 5, 3), new(2018, 5, 7)));
        (await Reached(scene, "by-event", new(2018, 5, 6))).Orders.ShouldBe(new Milestone(4, new(2018, 5, 3), null));
    }

    [Fact]
    public async Task Does_not_add_up_two_accounts_of_the_same_orders()
    {
        using var scene = new ImportScene(database);
        await scene.GivenSellers("twice");
        (await scene.ImportText(ImportKind.Days, "seller_id,day,orders\ntwice,2018-05-03,3\n")).Refusal.ShouldBeNull();
        (await scene.ImportText(ImportKind.Events, "seller_id,event_id,happened_on\ntwice,a,2018-05-03\ntwice,b,2018-05-03\ntwice,c,2018-05-03\n")).Refusal.ShouldBeNull();

        (await Reached(scene, "twice", AsOf)).Orders.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Knows_nothing_of_a_shop_of_which_nothing_was_sent()
    {
        using var scene = new ImportScene(database);
        await scene.GivenSellers("nothing", "empty");
        (await scene.ImportText(ImportKind.Days, "seller_id,day,orders,reviews\nempty,2018-05-28,,\n")).Refusal.ShouldBeNull();

        foreach (var seller in (string[])["nothing", "empty"])
        {
            var reached = await Reached(scene, seller, AsOf);
            (reached.Orders, reached.Listings, reached.Reviews, reached.WeeksWithOrder).ShouldBe((default, default, default, null), seller);
        }
    }

    [Fact]
    public async Task Says_none_only_where_no_day_is_empty_and_at_least_so_many_otherwise()
    {
        using var scene = new ImportScene(database);
        await scene.GivenSellers("zero", "perhaps", "some");
        (await scene.ImportText(ImportKind.Days, "seller_id,day,orders,cancelled,reviews\nzero,2018-05-20,0,,0\nzero,2018-05-21,1,1,0\nperhaps,2018-05-20,0,,\nperhaps,2018-05-21,,,\nsome,2018-05-20,2,,1\nsome,2018-05-21,,,\n")).Refusal.ShouldBeNull();

        var zero = await Reached(scene, "zero", AsOf);
        var perhaps = await Reached(scene, "perhaps", AsOf);
        var some = await Reached(scene, "some", AsOf);

        (zero.Orders.Count, zero.Reviews.Count, zero.WeeksWithOrder).ShouldBe((0, 0, 0));
        (perhaps.Orders.Count, perhaps.Reviews.Count, perhaps.WeeksWithOrder).ShouldBe((null, null, null));
        (some.Orders.Count, some.Reviews.Count).ShouldBe((2, 1));
    }

    [Fact]
    public async Task Counts_the_weeks_with_an_order_and_says_not_known_where_a_cell_is_empty()
    {
        using var scene = new ImportScene(database);
        await scene.GivenSellers("steady", "gap", "veiled");
        (await scene.ImportText(ImportKind.Days, """
            seller_id,day,orders
            steady,2018-05-05,1
            steady,2018-05-12,1
            steady,2018-05-19,1
            steady,2018-06-01,2
            gap,2018-05-05,1
            gap,2018-06-01,5
            gap,2018-05-04,7
            veiled,2018-05-05,1
            veiled,2018-05-12,

            """)).Refusal.ShouldBeNull();

        ((await Reached(scene, "steady", AsOf)).WeeksWithOrder, (await Reached(scene, "gap", AsOf)).WeeksWithOrder, (await Reached(scene, "veiled", AsOf)).WeeksWithOrder).ShouldBe((4, 2, null));
    }

    [Fact]
    public async Task Counts_listings_on_sale_and_reviews_of_what_was_delivered()
    {
        using var scene = new ImportScene(database);
        await scene.GivenSellers("shelf", "told");
        (await scene.ImportText(ImportKind.Listings, "seller_id,listing_id,listed_on,is_live\nshelf,1,2018-05-01,true\nshelf,2,2018-05-02,false\nshelf,3,2018-06-02,true\nshelf,4,,true\n")).Refusal.ShouldBeNull();
        (await scene.ImportText(ImportKind.Days, "seller_id,day,listings_live\ntold,2018-05-01,2\ntold,2018-05-20,6\n")).Refusal.ShouldBeNull();
        (await scene.ImportText(ImportKind.Events, "seller_id,event_id,happened_on,status,review,delivered_on\nshelf,1,2018-05-01,delivered,5,2018-05-09\nshelf,2,2018-05-01,shipped,1,\nshelf,3,2018-05-20,delivered,4,2018-06-03\n")).Refusal.ShouldBeNull();

        var shelf = await Reached(scene, "shelf", AsOf);

        shelf.Listings.ShouldBe(new Milestone(2, null, null));
        shelf.Reviews.ShouldBe(new Milestone(1, new(2018, 5, 9), null));
        (await Reached(scene, "told", AsOf)).Listings.Count.ShouldBe(6);
    }

    async Task<ShopMilestones> Reached(ImportScene scene, string seller, DateOnly asOf)
    {
        await using var db = database.NewDb();
        var lookup = new SellerLookup(db);
        var id = (await lookup.IdsOf([seller], TestContext.Current.CancellationToken))[seller];
        return (await lookup.Milestones([id], asOf, TestContext.Current.CancellationToken))[id];
    }
}
