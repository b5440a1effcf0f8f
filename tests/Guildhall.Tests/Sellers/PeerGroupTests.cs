using System.Globalization;
using Guildhall.Modules.Sellers;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Sellers;

/// <summary>Who counts as similar: by category, age and size, worked by hand.</summary>
public sealed class PeerGroupTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    static readonly DateOnly AsOf = new(2018, 6, 1);
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Groups_by_category_age_and_size_and_takes_the_middle_seller()
    {
        using var scene = new ImportScene(database);
        (await scene.ImportText(ImportKind.Sellers, "seller_id,category\na,vases\nb,vases\nc,vases\nlarge,vases\nold,vases\nother,lamps\n")).Refusal.ShouldBeNull();
        // 4 March is the first of the last 90 days; 3 March the last day that is 90 days back, still under 3 months.
        (await scene.ImportText(ImportKind.Days, """
            seller_id,day,orders,revenue
            a,2018-03-03,50,500.00
            a,2018-03-04,2,20.00
            b,2018-05-01,4,70.00
            c,2018-05-01,9,
            large,2018-05-01,10,100.00
            old,2017-06-01,1,10.00
            old,2018-05-01,3,30.00
            other,2018-05-01,4,40.00
            a,2018-06-02,90,900.00

            """)).Refusal.ShouldBeNull();

        var group = await Group("b");

        group.ShouldBe(new PeerGroup("vases", "selling for under 3 months", "1 to 9 orders in 90 days", 2, 5.5, 2_000, 4, 7_000));
        (await Group("c"))!.OwnRevenueMinorUnits.ShouldBeNull();
    }

    [Theory]
    [InlineData("2018-03-03", "selling for under 3 months")]
    [InlineData("2018-03-02", "selling for 3 to 12 months")]
    [InlineData("2017-06-02", "selling for 3 to 12 months")]
    [InlineData("2017-06-01", "selling for over a year")]
    public async Task Counts_the_age_from_the_first_order(string firstOrder, string age)
    {
        using var scene = new ImportScene(database);
        var id = $"age{firstOrder}";
        (await scene.ImportText(ImportKind.Sellers, $"seller_id,category\n{id},{id}\n")).Refusal.ShouldBeNull();
        (await scene.ImportText(ImportKind.Days, $"seller_id,day,orders\n{id},2015-01-01,0\n{id},{firstOrder},1\n")).Refusal.ShouldBeNull();

        (await Group(id))!.Age.ShouldBe(age);
    }

    [Theory]
    [InlineData(0, "no orders in 90 days")]
    [InlineData(9, "1 to 9 orders in 90 days")]
    [InlineData(10, "10 to 99 orders in 90 days")]
    [InlineData(99, "10 to 99 orders in 90 days")]
    [InlineData(100, "100 or more orders in 90 days")]
    public async Task Counts_the_size_in_orders_of_90_days(int orders, string size)
    {
        using var scene = new ImportScene(database);
        var id = string.Create(CultureInfo.InvariantCulture, $"size{orders}");
        (await scene.ImportText(ImportKind.Sellers, $"seller_id,category\n{id},{id}\n")).Refusal.ShouldBeNull();
        (await scene.ImportText(ImportKind.Days, $"seller_id,day,orders\n{id},2018-05-01,{orders}\n")).Refusal.ShouldBeNull();

        (await Group(id))!.Size.ShouldBe(size);
    }

    [Fact]
    public async Task Knows_no_group_without_a_category_and_no_figures_without_days()
    {
        using var scene = new ImportScene(database);
        (await scene.ImportText(ImportKind.Sellers, "seller_id,category\nplain,\nsilent,quiet things\n")).Refusal.ShouldBeNull();

        (await Group("plain")).ShouldBeNull();
        (await Group("silent")).ShouldBe(new PeerGroup("quiet things", "age not known", "orders not known", 0, null, null, null, null));
    }

    [Fact]
    public async Task Says_no_orders_of_90_days_only_where_no_cell_of_them_is_empty()
    {
        using var scene = new ImportScene(database);
        (await scene.ImportText(ImportKind.Sellers, "seller_id,category\nveiled,veils\nquiet,hush\n")).Refusal.ShouldBeNull();
        (await scene.ImportText(ImportKind.Days, "seller_id,day,orders,revenue\nveiled,2017-05-20,8,80.00\nveiled,2018-05-20,,\nquiet,2017-05-20,8,80.00\n")).Refusal.ShouldBeNull();

        (await Group("veiled")).ShouldBe(new PeerGroup("veils", "selling for over a year", "orders not known", 0, null, null, null, null));
        (await Group("quiet")).ShouldBe(new PeerGroup("hush", "selling for over a year", "no orders in 90 days", 0, null, null, 0, 0));
    }

    [Fact]
    public async Task Counts_the_age_from_the_first_order_among_events_too()
    {
        using var scene = new ImportScene(database);
        (await scene.ImportText(ImportKind.Sellers, "seller_id,category\nby events,bells\nasked only,books\n")).Refusal.ShouldBeNull();
        (await scene.ImportText(ImportKind.Days, "seller_id,day,orders\nby events,2018-05-20,1\nasked only,2018-05-20,0\n")).Refusal.ShouldBeNull();
        (await scene.ImportText(ImportKind.Events, "seller_id,event_id,happened_on,kind\nby events,1,2017-12-01,order\nasked only,1,2017-12-01,question\n")).Refusal.ShouldBeNull();

        (await Group("by events"))!.Age.ShouldBe("selling for 3 to 12 months");
        (await Group("asked only"))!.Age.ShouldBe("no order yet");
    }

    async Task<PeerGroup?> Group(string externalId)
    {
        await using var db = database.NewDb();
        var id = (await new SellerLookup(db).IdsOf([externalId], Stop))[externalId];
        return await new PeerGroups(db).Of(id, AsOf, Stop);
    }
}
