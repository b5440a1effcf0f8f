using Guildhall.Modules.Mentorships;
using Guildhall.Modules.Sellers;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Mentorships;

/// <summary>A mentee’s own page of how the shop goes: beside similar shops, and since the beginning.</summary>
public sealed class ProgressTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    static readonly DateOnly lastDay = new(2026, 11, 18);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stands_beside_the_middle_half_of_shops_of_the_same_size()
    {
        var scene = await MentorshipScene.Given(product);
        var category = await GivenShop(scene.MenteeSeller, ordersADay: 2, since: 120);
        // Eleven of its size that sell 1 to 11 a week now, one of another size, one in another category.
        for (var shop = 1; shop <= 11; shop++) await GivenPeer(category, $"size-{shop}", first: 56, then: shop);
        await GivenPeer(category, "small", first: 14, then: 700);
        await GivenPeer("elsewhere/things", "other", first: 56, then: 100);

        var weeks = await Weeks(scene.MenteeSeller);

        (weeks.Shops, weeks.Branch, weeks.IsNew, weeks.Weeks.Count).ShouldBe((11, category, false, ReadProgress.Weeks));
        weeks.Weeks[^1].ShouldBe(new PeerWeek(lastDay, 14, new PeerSpread(3.5, 6, 8.5)));
        weeks.Weeks.ShouldAllBe(week => week.Orders == 14 && week.Peers == new PeerSpread(3.5, 6, 8.5));
        new WeeksView(weeks, null).Finding.ShouldBe("You sell more each week than most similar shops");
    }

    [Fact]
    public async Task Compares_a_new_shop_with_those_that_opened_when_it_did()
    {
        var scene = await MentorshipScene.Given(product);
        var category = await GivenShop(scene.MenteeSeller, ordersADay: 0, since: 30);
        var nobody = new PeerWeek(lastDay, 0, new PeerSpread(0, 0, 0));
        new WeeksView(new PeerWeeks([nobody, nobody, nobody, nobody], 12, category, IsNew: false), null).Finding.ShouldBe("Neither you nor most similar shops sold anything in these weeks");
        for (var shop = 0; shop < 12; shop++) await GivenPeer(category, $"new-{shop}", first: 0, then: 7, openedDaysBefore: 30 + (shop % 2 == 0 ? 40 : -9));
        for (var shop = 0; shop < 12; shop++) await GivenPeer(category, $"old-{shop}", first: 0, then: 70, openedDaysBefore: 400);

        var weeks = await Weeks(scene.MenteeSeller);

        (weeks.Shops, weeks.IsNew).ShouldBe((12, true));
        weeks.Weeks[^1].Peers.ShouldBe(new PeerSpread(7, 7, 7));
        weeks.Weeks[0].ShouldBe(new PeerWeek(lastDay.AddDays(-84), null, null), "the shop was not there then, and of fewer than ten that were nothing is said");
        new WeeksView(weeks, null).Finding.ShouldBe("Most similar shops sell more each week than you");
    }

    [Fact]
    public async Task Counts_whole_orders_from_zero_where_nearly_nothing_is_sold()
    {
        var scene = await MentorshipScene.Given(product);
        var category = await GivenShop(scene.MenteeSeller, ordersADay: 0, since: 120);
        for (var shop = 0; shop < 12; shop++) await GivenPeer(category, $"zero-{shop}", first: 0, then: shop % 3 == 0 ? 1 : 0);

        var page = await scene.Mentee.Page("/me/progress");

        page.QuerySelectorAll(".gh-plot text.y").Select(tick => tick.TextContent).ShouldBe(["0", "1", "2", "3"]);
        page.QuerySelector("[aria-labelledby=weeks-h] figcaption p")!.TextContent.ShouldContain("Nearly all are 0: the axis begins at 0 and counts whole orders.");
    }

    [Fact]
    public async Task Says_nothing_of_fewer_than_ten()
    {
        var scene = await MentorshipScene.Given(product);
        var category = await GivenShop(scene.MenteeSeller, ordersADay: 1, since: 200);
        for (var shop = 1; shop <= 9; shop++) await GivenPeer(category, $"few-{shop}", first: 7, then: 7);

        var weeks = await Weeks(scene.MenteeSeller);
        var page = await scene.Mentee.Get("/me/progress");

        (weeks.Shops, weeks.Branch).ShouldBe((0, null));
        weeks.Weeks.ShouldAllBe(week => week.Orders == 7 && week.Peers == null);
        page.Words.ShouldContain("Too few similar shops are known to compare with.");
        page.Words.ShouldContain("Your orders, week by week");
    }

    [Fact]
    public async Task Shows_what_changed_since_the_beginning_and_calls_it_no_effect()
    {
        var scene = await MentorshipScene.Given(product);
        await GivenShop(scene.MenteeSeller, ordersADay: 3, since: 200);
        await product.Database.ExecuteAsync($"UPDATE enrollment.participant SET joined_at = '2026-10-01 09:00Z' WHERE seller_id = '{scene.MenteeSeller}'; UPDATE programs.program SET starts_on = '2026-10-01' WHERE id = (SELECT program_id FROM enrollment.participant WHERE seller_id = '{scene.MenteeSeller}')");

        var page = await scene.Mentee.Page("/me/progress");

        var heads = page.QuerySelectorAll("[aria-labelledby=change-h] thead th").Select(head => head.TextContent).ToList();
        heads[1].ShouldStartWith("At the start");
        heads.ShouldContain("Day 3030 Oct 2026");
        heads[^1].ShouldBe("Now18 Nov 2026");
        page.QuerySelector("[aria-labelledby=change-h]")!.TextContent.ShouldContain("Change, not effect");
        page.QuerySelector("[aria-labelledby=change-h]")!.TextContent.ShouldContain("Day 60 is 29 Nov 2026.");
        page.QuerySelectorAll("[aria-labelledby=change-h] tbody tr").Single(row => row.QuerySelector("th")!.TextContent == "Orders").QuerySelectorAll("td").Select(cell => cell.TextContent.Trim()).Last().ShouldBe("270");
        page.QuerySelectorAll("[aria-labelledby=change-h] tbody tr").Single(row => row.QuerySelector("th")!.TextContent == "Returns").TextContent.ShouldContain("not known");
    }

    [Fact]
    public async Task Draws_gaps_where_nothing_is_known_and_has_the_same_numbers_in_a_table()
    {
        var scene = await MentorshipScene.Given(product);
        await GivenShop(scene.MenteeSeller, ordersADay: 1, since: 40);

        var page = await scene.Mentee.Page("/me/progress");

        page.QuerySelectorAll(".gh-plot path.mentored").Length.ShouldBe(1);
        page.QuerySelectorAll(".gh-plot path.band").ShouldBeEmpty();
        var rows = page.QuerySelectorAll("[aria-labelledby=weeks-h] tbody tr").Select(row => row.QuerySelectorAll("td")[0].TextContent).ToList();
        rows.Count.ShouldBe(ReadProgress.Weeks);
        (rows[0], rows[^1]).ShouldBe(("not known", "7"));
    }

    [Fact]
    public async Task Takes_a_few_questions_to_the_database_however_many_shops_are_similar()
    {
        var scene = await MentorshipScene.Given(product);
        var category = await GivenShop(scene.MenteeSeller, ordersADay: 1, since: 200);
        for (var shop = 0; shop < 10; shop++) await GivenPeer(category, $"count-{shop}", first: 7, then: 7);
        var few = await QueryCount.Of(product.Database, async () => await scene.Mentee.Page("/me/progress"));
        for (var shop = 10; shop < 30; shop++) await GivenPeer(category, $"count-{shop}", first: 7, then: 7);

        (await QueryCount.Of(product.Database, async () => await scene.Mentee.Page("/me/progress"))).ShouldBe(few);
        few.ShouldBeLessThanOrEqualTo(20);
    }

    Task<PeerWeeks> Weeks(Guid sellerId) => product.Ask<SellerLookup, PeerWeeks>(sellers => sellers.WeeksBesidePeers(sellerId, lastDay, ReadProgress.Weeks, Stop));

    /// <returns>Its category, of its own.</returns>
    async Task<string> GivenShop(Guid sellerId, int ordersADay, int since)
    {
        var category = $"p{sellerId:N}/things";
        for (var month = new DateOnly(2026, 4, 1); month <= lastDay; month = month.AddMonths(1))
            await product.Database.ExecuteAsync($"CREATE TABLE IF NOT EXISTS sellers.seller_day_{month:yyyy_MM} PARTITION OF sellers.seller_day FOR VALUES FROM ('{month:O}') TO ('{month.AddMonths(1):O}')");
        await product.Database.ExecuteAsync($"""
            UPDATE sellers.seller SET category = '{category}', signed_up_on = date '{lastDay:O}' - {since} WHERE id = '{sellerId}';
            INSERT INTO sellers.seller_day (seller_id, day, orders) SELECT '{sellerId}', date '{lastDay:O}' - n, {ordersADay} FROM generate_series(0, {since} - 1) n;
            """);
        return category;
    }

    /// <param name="first">Orders of the four weeks before the thirteen.</param>
    /// <param name="then">Orders of each of the thirteen weeks, all on its last day.</param>
    Task GivenPeer(string category, string name, int first, int then, int openedDaysBefore = 300) => product.Database.ExecuteAsync($"""
        WITH made AS (INSERT INTO sellers.seller (id, external_id, name, category, signed_up_on) VALUES (gen_random_uuid(), '{category}/{name}', '{name}', '{category}', date '{lastDay:O}' - {openedDaysBefore}) RETURNING id)
        INSERT INTO sellers.seller_day (seller_id, day, orders) SELECT id, date '{lastDay:O}' - n, CASE WHEN n = 100 THEN {first} WHEN n < 91 AND n % 7 = 0 THEN {then} ELSE 0 END FROM made, generate_series(0, least({openedDaysBefore}, 140) - 1) n;
        """);
}
