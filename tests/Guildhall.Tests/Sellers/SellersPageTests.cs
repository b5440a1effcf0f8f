using System.Globalization;
using System.Text;
using AngleSharp.Dom;
using Guildhall.Modules.Sellers;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Sellers;

/// <summary>The sellers list and a seller's page over HTTP: paged by the seller beside the page, and as cheap for many sellers as for one.</summary>
public sealed class SellersPageTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    const string List = "/manage/sellers";

    [Theory]
    [InlineData("")]
    [InlineData("?sort=joined")]
    public async Task Shows_every_seller_once_on_the_way_through_the_pages_and_back(string sort)
    {
        var browser = await product.Manager();
        // Names and days that many share, and some that aren't known: the id decides among them.
        await GivenSellers(sort.Length, 120, "CASE WHEN n % 3 > 0 THEN 'Shop ' || n % 7 END", "CASE WHEN n % 4 > 0 THEN date '2018-01-01' + n % 5 END");
        var total = await product.Database.ScalarAsync<long>("SELECT count(*) FROM sellers.seller");

        List<IDocument> forth = [await browser.Page(List + sort)];
        while (forth[^1].QuerySelector("a[rel=next]")?.GetAttribute("href") is { } next && forth.Count <= total / 50) forth.Add(await browser.Page(next));
        var back = await browser.Page(forth[^1].QuerySelector("a[rel=prev]")!.GetAttribute("href")!);

        var all = forth.SelectMany(Rows).ToList();
        all.Count.ShouldBe((int)total);
        all.Distinct().Count().ShouldBe(all.Count);
        Rows(back).ShouldBe(Rows(forth[^2]));
    }

    [Fact]
    public async Task Begins_anew_when_the_seller_beside_the_page_is_gone()
    {
        var browser = await product.Manager();
        await GivenSellers(23, 3, "'Gone ' || n", "NULL");

        (await browser.Get($"{List}?after={Guid.NewGuid()}")).Page.QuerySelectorAll("tbody tr").Length.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Keeps_the_filter_on_the_page_when_no_seller_is_in_the_category()
    {
        var browser = await product.Manager();
        await GivenSellers(24, 1, "'Elsewhere'", "NULL");

        var page = await browser.Get($"{List}?category=nobody/here");

        page.Words.ShouldNotContain("No sellers yet");
        page.Words.ShouldContain("No seller matches");
        page.Page.QuerySelector("select[name=category] option[selected]")!.GetAttribute("value").ShouldBe("nobody/here");
    }

    [Fact]
    public async Task Says_whether_nothing_stands_out_or_nobody_was_compared()
    {
        var browser = await product.Manager();
        await product.Database.ExecuteAsync("""
            CREATE TABLE IF NOT EXISTS sellers.seller_day_2018_05 PARTITION OF sellers.seller_day FOR VALUES FROM ('2018-05-01') TO ('2018-06-01');
            INSERT INTO sellers.seller (id, external_id, name, category) SELECT gen_random_uuid(), 'alike ' || n, CASE n WHEN 1 THEN 'Least late of many' WHEN 26 THEN 'One of few' WHEN 27 THEN 'Says nothing' END, CASE WHEN n < 26 THEN 'many/alike' ELSE 'few/alike' END
            FROM generate_series(1, 27) n;
            INSERT INTO sellers.seller_day (seller_id, day, orders, late_known, late) SELECT id, date '2018-05-20', 40, 40, substr(external_id, 7)::int FROM sellers.seller WHERE external_id LIKE 'alike %' AND name IS DISTINCT FROM 'Says nothing'
            """);

        var many = await Page("Least late of many");
        var few = await Page("One of few");
        var silent = await Page("Says nothing");

        many.GetElementById("pains-h")!.TextContent.ShouldBe("Nothing stands out");
        Peers(many).ShouldContain("Middle seller’s orders");
        few.GetElementById("pains-h")!.TextContent.ShouldBe("Too few sellers of its category to compare");
        many.GetElementById("pains-h")!.ParentElement!.ParentElement!.TextContent.ShouldContain("when three in four sellers of its category do better. Where fewer than 20 of them are known, the category around it is taken.");
        Peers(many).ShouldContain("Of the same category, age and size. Many › Alike,");
        Peers(few).ShouldContain("no other seller is like it");
        Peers(few).ShouldContain("This seller’s orders, 90 days");
        Peers(few).ShouldNotContain("Middle seller’s");
        silent.GetElementById("pains-h")!.TextContent.ShouldBe("No figures to compare");

        async Task<IDocument> Page(string name) => await browser.Page((await browser.Page($"{List}?q={name}")).QuerySelector("tbody th a")!.GetAttribute("href")!);
        static string Peers(IDocument page) => page.QuerySelector("[aria-labelledby=peers-h]")!.TextContent;
    }

    [Fact]
    public async Task Says_in_words_what_the_marketplace_writes_in_codes()
    {
        var browser = await product.Manager();
        await product.Database.ExecuteAsync("""
            CREATE TABLE IF NOT EXISTS sellers.seller_day_2018_04 PARTITION OF sellers.seller_day FOR VALUES FROM ('2018-04-01') TO ('2018-05-01');
            CREATE TABLE IF NOT EXISTS sellers.seller_day_2018_05 PARTITION OF sellers.seller_day FOR VALUES FROM ('2018-05-01') TO ('2018-06-01');
            INSERT INTO sellers.seller (id, external_id, name, languages, time_zone, operator_group) VALUES (gen_random_uuid(), 'worded', 'Worded', '{en,pt-BR,Plattdeutsch}', 'America/Sao_Paulo', 'Olive Holding');
            INSERT INTO sellers.seller_day (seller_id, day, orders) SELECT id, day, orders FROM sellers.seller, (VALUES (date '2018-04-10', 26), (date '2018-05-21', 58)) d(day, orders) WHERE external_id = 'worded'
            """);

        var page = await browser.Page((await browser.Page($"{List}?q=Worded")).QuerySelector("tbody th a")!.GetAttribute("href")!);

        Figure(page, "Languages").ShouldBe("English, Portuguese (Brazil), Plattdeutsch");
        Figure(page, "Time zone").ShouldBe("America/Sao Paulo");
        Figure(page, "Owner group").ShouldBe("Olive Holding");
        Figure(page, "Orders a week").ShouldStartWith("14.5, 6.5 in the four weeks before");
        page.QuerySelectorAll("dt").Select(term => term.TextContent).ShouldContain("Average review");
    }

    [Fact]
    public async Task Repeats_the_words_that_no_seller_matches_and_leads_back_to_all()
    {
        var browser = await product.Manager();
        await GivenSellers(25, 1, "'Somebody'", "NULL");

        var page = await browser.Get($"{List}?q=zzzz");

        page.Words.ShouldContain("No seller matches “zzzz”");
        page.Page.QuerySelectorAll("main a").Single(link => link.TextContent == "Clear the search").GetAttribute("href").ShouldBe(List);
    }

    [Fact]
    public async Task Finds_sellers_by_how_their_id_begins_and_shows_it_beside_the_name()
    {
        var browser = await product.Manager();
        await GivenSellers(26, 2, "CASE WHEN n = 1 THEN 'Olive jars' END", "NULL");

        var rows = (await browser.Page($"{List}?q=26-")).QuerySelectorAll("tbody th");

        rows.Select(row => (row.QuerySelector("b")!.TextContent, row.QuerySelector("small")?.TextContent)).ShouldBe([("26-2", null), ("Olive jars", "26-1")]);
        (await browser.Page($"{List}?q=2%25-")).QuerySelectorAll("tbody th").ShouldBeEmpty();
    }

    [Fact]
    public async Task Asks_the_database_as_much_for_a_page_full_of_sellers_as_for_one()
    {
        var browser = await product.Manager();
        await GivenSellers(21, 1, "'Alone'", "NULL");
        await GivenSellers(22, 49, "'Crowd ' || n", "NULL");
        await product.Database.ExecuteAsync("""
            CREATE TABLE IF NOT EXISTS sellers.seller_day_2018_05 PARTITION OF sellers.seller_day FOR VALUES FROM ('2018-05-01') TO ('2018-06-01');
            INSERT INTO sellers.seller_day (seller_id, day, orders, late_known, late)
            SELECT id, date '2018-05-20', 40, 40, row_number() OVER () FROM sellers.seller WHERE name LIKE 'Crowd %' OR name = 'Alone' ON CONFLICT DO NOTHING
            """);

        var one = await Queries(browser, $"{List}?q=Alone");
        (await browser.Page($"{List}?q=Crowd")).QuerySelectorAll("tbody tr").Length.ShouldBe(49);
        (await Queries(browser, $"{List}?q=Crowd")).ShouldBe(one);

        var alone = await Href("Alone");
        var crowd = await Href("Crowd");
        await product.Database.ExecuteAsync("UPDATE sellers.seller SET category = 'crowds/large' WHERE name LIKE 'Crowd %'; UPDATE sellers.seller SET category = 'hermits' WHERE name = 'Alone'");
        (await browser.Get(crowd)).Words.ShouldContain("Crowds › Large, selling for under 3 months");
        (await Queries(browser, crowd)).ShouldBe(await Queries(browser, alone));

        async Task<string> Href(string words) => (await browser.Page($"{List}?q={words}")).QuerySelector("tbody th a")!.GetAttribute("href")!;
    }

    [Theory]
    [InlineData("0.894,0.0545,0.0515", "89,6,5")]
    [InlineData("0.333,0.333,0.334", "33,33,34")]
    [InlineData("0.5,0.25,0.125,0.125", "50,25,13,12")]
    [InlineData("0.2,0.2,0.2,0.2,0.2", "20,20,20,20,20")]
    [InlineData("1", "100")]
    [InlineData("", "")]
    public void Rounds_the_shares_of_categories_to_percents_that_add_up(string shares, string percents) =>
        string.Join(',', ReadSeller.Percents([.. shares.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(share => double.Parse(share, CultureInfo.InvariantCulture))])).ShouldBe(percents);

    [Fact]
    public async Task Says_what_it_can_know_of_the_first_order_and_where_the_seller_is_at_home()
    {
        var browser = await product.Manager();
        await product.Database.ExecuteAsync("""
            CREATE TABLE IF NOT EXISTS sellers.seller_day_2018_05 PARTITION OF sellers.seller_day FOR VALUES FROM ('2018-05-01') TO ('2018-06-01');
            INSERT INTO sellers.seller (id, external_id, name, signed_up_on, category) SELECT gen_random_uuid(), name, name, signed_up_on, category
            FROM (VALUES ('Earlier than the figures', date '2014-06-10', 'odd/lot'), ('Within the figures', date '2018-05-10', 'odd/lot'), ('At home elsewhere', date '2018-05-10', 'said')) s(name, signed_up_on, category);
            INSERT INTO sellers.listing (seller_id, external_id, category) SELECT id, 'one', 'found/here' FROM sellers.seller WHERE name = 'At home elsewhere';
            INSERT INTO sellers.seller_day (seller_id, day, orders) SELECT id, day, 4 FROM sellers.seller, (VALUES (date '2018-05-01'), (date '2018-05-21')) d(day)
            WHERE name = 'Earlier than the figures' OR (name = 'Within the figures' AND day > '2018-05-10')
            """);

        var earlier = await Page("Earlier than the figures");
        var within = await Page("Within the figures");
        var elsewhere = await Page("At home elsewhere");

        Figure(earlier, "First known order").ShouldBe("Tue 1 May 2018");
        Figure(earlier, "Days to first sale").ShouldBe("not known");
        Figure(within, "First order").ShouldBe("Mon 21 May 2018");
        Figure(within, "Days to first sale").ShouldBe("11");
        within.GetElementById("peers-h")!.ParentElement!.TextContent.ShouldContain("1 other, too few to compare.");
        elsewhere.QuerySelector("h1")!.ParentElement!.TextContent.ShouldContain("Found › Here. Place not known.");
        Figure(elsewhere, "Category the marketplace states").ShouldBe("Said");
        elsewhere.GetElementById("peers-h")!.ParentElement!.TextContent.ShouldContain("no other seller is like it");

        async Task<IDocument> Page(string name) => await browser.Page((await browser.Page($"{List}?q={name}")).QuerySelector("tbody th a")!.GetAttribute("href")!);
    }

    static string Figure(IDocument page, string label) => page.QuerySelectorAll("dt").Single(term => term.TextContent == label).NextElementSibling!.TextContent;

    Task<int> Queries(Browser browser, string path) => QueryCount.Of(product.Database, () => browser.Page(path));

    Task GivenSellers(int batch, int count, string name, string joined) => product.Database.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"""
        INSERT INTO sellers.seller (id, external_id, name, signed_up_on) SELECT gen_random_uuid(), '{batch}-' || n, {name}, {joined} FROM generate_series(1, {count}) n
        """));

    static List<string> Rows(IDocument page) => [.. page.QuerySelectorAll("tbody th a").Select(link => link.GetAttribute("href")!)];
}
