using System.Net;
using System.Text.RegularExpressions;
using Guildhall.Modules.Pairing;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Pairing;

/// <summary>The mentor finder: nobody is chosen until somebody chooses, and a search is kept.</summary>
public sealed partial class FindMentorsTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    const string Search = "MinimumDaysSelling=100&ActiveWithinDays=30&RevenueWindowDays=90&TopRevenuePercent=100&MinimumReviewMean=4.5&MinimumReviews=1";

    [Fact]
    public async Task Chooses_nobody_before_the_manager_does()
    {
        var (scene, path) = await GivenGoodSellers(3);

        var page = await scene.Manager.Page($"{path}?{Search}");
        var everybody = page.QuerySelectorAll("a").Single(link => link.TextContent == "Choose all 3 on this page").GetAttribute("href")!;
        var chosen = await scene.Manager.Page(everybody);
        var nobody = await scene.Manager.Page(chosen.QuerySelectorAll("a").Single(link => link.TextContent == "Choose none").GetAttribute("href")!);

        page.QuerySelectorAll("input[name=seller]").Length.ShouldBe(3);
        page.QuerySelectorAll("input[name=seller][checked]").ShouldBeEmpty();
        chosen.QuerySelectorAll("input[name=seller][checked]").Length.ShouldBe(3);
        nobody.QuerySelectorAll("input[name=seller][checked]").ShouldBeEmpty();
    }

    [Fact]
    public async Task Adds_the_chosen_and_keeps_the_search()
    {
        var (scene, path) = await GivenGoodSellers(3);
        var page = await scene.Manager.Page($"{path}?{Search}");
        var action = page.QuerySelector("form#add")!.GetAttribute("action")!;
        var first = page.QuerySelector("input[name=seller]")!.GetAttribute("value")!;

        var nobody = await scene.Manager.Post(action);
        var added = await scene.Manager.Post(action, ("seller", first));
        var after = await scene.Manager.Page(added.Location!);

        (nobody.Status, nobody.Words.Contains("Choose at least one seller. Nothing was changed.")).ShouldBe((HttpStatusCode.UnprocessableEntity, true));
        nobody.Page.QuerySelector("#RevenueWindowDays")!.GetAttribute("value").ShouldBe("90");
        after.QuerySelector(".gh-notice")!.TextContent.ShouldContain("1 mentor is in the program now.");
        after.QuerySelector("#RevenueWindowDays")!.GetAttribute("value").ShouldBe("90");
        after.QuerySelectorAll("input[name=seller]").Length.ShouldBe(2);
    }

    [Theory]
    [InlineData("RevenueWindowDays", "90", "ninety", "Enter the days that sales are counted over as a whole number, in digits.")]
    [InlineData("MinimumReviews", "1", "", "Enter the known reviews as a whole number, in digits.")]
    [InlineData("TopRevenuePercent", "100", "101", "Enter a share between 1% and 100%.")]
    [InlineData("MinimumReviewMean", "4.5", "0.5", "Enter a review mean between 1 and 5.")]
    public async Task Refuses_a_search_beside_its_field_and_keeps_the_rest(string field, string good, string typed, string words)
    {
        var (scene, path) = await GivenGoodSellers(1);

        var refused = await scene.Manager.Get($"{path}?{Search.Replace($"{field}={good}", $"{field}={typed}")}");

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Page.QuerySelector($"#{field}-error")!.TextContent.ShouldBe(words);
        refused.Page.QuerySelector($"#{field}")!.GetAttribute("value").ShouldBe(typed);
        refused.Page.QuerySelector("#MinimumDaysSelling")!.GetAttribute("value").ShouldBe("100");
        refused.Words.ShouldContain("Your search is not applied yet: the list follows the program’s own rules.");
    }

    [Fact]
    public async Task Ranks_only_those_whose_sales_are_known_and_leaves_the_others_to_a_search_without_a_rank()
    {
        var (scene, path) = await GivenGoodSellers(4);
        await product.Database.ExecuteAsync($"""
            CREATE TABLE IF NOT EXISTS sellers.seller_day_2026_10 PARTITION OF sellers.seller_day FOR VALUES FROM ('2026-10-01') TO ('2026-11-01');
            INSERT INTO sellers.seller_day (seller_id, day, orders, revenue_minor_units) SELECT id, date '2026-10-20', 1, right(external_id, 1)::int * 100
            FROM sellers.seller WHERE external_id IN ('{scene.Id("good-1")}', '{scene.Id("good-2")}', '{scene.Id("good-3")}')
            """);

        var since = (await scene.Manager.Page($"{path}?{Search}")).QuerySelectorAll("tbody td:last-child").Select(cell => cell.TextContent).Distinct();
        since.ShouldBe(["Sep 2025 or earlier"]);
        (await Found(Search)).ShouldBe(["Shop good-3", "Shop good-2", "Shop good-1", "Shop good-4"]);
        // Half of the three whose sales are known, rounded up.
        (await Found(Search.Replace("TopRevenuePercent=100", "TopRevenuePercent=50"))).ShouldBe(["Shop good-3", "Shop good-2"]);

        async Task<IEnumerable<string>> Found(string search) => (await scene.Manager.Page($"{path}?{search}")).QuerySelectorAll("tbody th .gh-person b, tbody th b").Select(name => name.TextContent).Distinct();
    }

    [Fact]
    public async Task Leaves_out_sellers_with_open_policy_points_and_says_of_how_many_they_are_not_known()
    {
        var (scene, path) = await GivenGoodSellers(4);
        await product.Database.ExecuteAsync($"""
            CREATE TABLE IF NOT EXISTS sellers.seller_day_2026_10 PARTITION OF sellers.seller_day FOR VALUES FROM ('2026-10-01') TO ('2026-11-01');
            INSERT INTO sellers.seller_day (seller_id, day, policy_points) SELECT s.id, d.day, d.points
            FROM (VALUES ('{scene.Id("good-1")}', date '2026-10-10', 5), ('{scene.Id("good-1")}', '2026-10-20', 0), ('{scene.Id("good-2")}', '2026-10-20', 3), ('{scene.Id("good-3")}', '2026-10-20', NULL)) d(seller, day, points)
            JOIN sellers.seller s ON s.external_id = d.seller
            """);

        var page = await scene.Manager.Page($"{path}?{Search}");
        var all = await scene.Manager.Page($"{path}?{Search}&WithPolicyPoints=true");
        await product.Database.ExecuteAsync("UPDATE sellers.seller_day SET policy_points = 1 WHERE policy_points = 0");
        var nobody = await scene.Manager.Page($"{path}?{Search}");
        await product.Database.ExecuteAsync("UPDATE sellers.seller_day SET policy_points = NULL");
        var notSent = await scene.Manager.Page($"{path}?{Search}");

        Shops(page).ShouldBe(["Shop good-1"]);
        page.Body!.TextContent.ShouldContain("2 more meet every other rule and are left out: whether they have open policy points is not known.");
        Shops(all).ShouldBe(["Shop good-1", "Shop good-2", "Shop good-3", "Shop good-4"], ignoreOrder: true);
        all.QuerySelector("#WithPolicyPoints")!.HasAttribute("checked").ShouldBeTrue();
        all.QuerySelector("form#add")!.GetAttribute("action")!.ShouldContain("WithPolicyPoints=true");
        (Shops(nobody).Count(), nobody.Body!.TextContent.Contains("2 more meet every other rule")).ShouldBe((0, true));
        (Shops(notSent).Count(), notSent.Body!.TextContent.Contains("not known.")).ShouldBe((4, false));

        static IEnumerable<string> Shops(AngleSharp.Dom.IDocument page) => page.QuerySelectorAll("tbody th b").Select(name => name.TextContent);
    }

    [Theory]
    [InlineData(0, 180, "top_share")]
    [InlineData(25, -5, "revenue_window")]
    public void Refuses_a_commands_search_by_the_rules_of_the_page(int topPercent, int revenueWindowDays, string code) =>
        FindMentors.Search(ProgramDesign.FirstNinetyDays.Mentors with { TopRevenueShare = topPercent / 100m, RevenueWindowDays = revenueWindowDays }, withPolicyPoints: false).Refusal!.Code.ShouldBe(code);

    [Fact]
    public async Task Says_over_which_time_each_column_counts()
    {
        var (scene, path) = await GivenGoodSellers(1);

        var page = await scene.Manager.Page($"{path}?{Search}");

        page.QuerySelectorAll("thead th").Select(head => Blanks().Replace(head.TextContent, " ").Trim()).ShouldBe(["Add", "Seller", "Main category, all time", "Sales, 90 days", "Reviews, all time", "Selling since"]);
    }

    [Fact]
    public async Task Shows_what_is_known_to_be_short_and_leads_to_the_studio_for_the_rest()
    {
        var stop = TestContext.Current.CancellationToken;
        var scene = await PairingScene.Given(product, mentees: 3, mentors: 1, places: 1);
        var find = $"/manage/{scene.Program.Slug}/mentors/find";
        var before = await scene.Manager.Page(find);
        await scene.Program.BringIn("mentee", $"id,categories,languages,time_zone,week_hours\n{scene.Mentee(1)},toys,en:native,Europe/Lisbon,mon 9-12\n{scene.Mentee(2)},toys,en:native,Europe/Lisbon,mon 9-12\n{scene.Mentee(3)},toys,en:native,Europe/Lisbon,mon 9-12\n");
        await scene.GivenRun();
        var id = await product.Database.ScalarAsync<Guid>($"SELECT r.id FROM pairing.match_run r JOIN programs.program p ON p.id = r.program_id WHERE p.slug = '{scene.Program.Slug}'");

        var unknown = await scene.Manager.Page(find);
        var known = await product.Ask<OpenMatches, OpenMatch?>(matches => matches.Open(id, stop));
        var stillUnknown = known!.Known;
        var studio = await scene.Manager.Page(unknown.QuerySelector("section[aria-labelledby=short-h] a")!.GetAttribute("href")!);
        var after = await scene.Manager.Page(find);

        before.QuerySelector("#short-h").ShouldBeNull();
        stillUnknown.ShouldBeNull("the finder began to solve");
        unknown.QuerySelectorAll("section[aria-labelledby=short-h] li").ShouldBeEmpty();
        Shortages(after).ShouldBe(Shortages(studio));
        Shortages(after).ShouldNotBeEmpty();
        after.QuerySelector("section[aria-labelledby=short-h] a").ShouldBeNull();

        static IEnumerable<string> Shortages(AngleSharp.Dom.IDocument page) => page.QuerySelectorAll("section[aria-labelledby=short-h] li").Select(line => line.TextContent.Trim());
    }

    async Task<(ProgramScene Scene, string Path)> GivenGoodSellers(int count)
    {
        // Earlier scenes' sellers would be found too.
        await product.Database.ExecuteAsync("DELETE FROM sellers.seller_day; DELETE FROM sellers.event");
        var scene = await ProgramScene.GivenProgram(product);
        var names = Enumerable.Range(1, count).Select(n => $"good-{n}").ToArray();
        await scene.GivenSellers(names);
        await using var db = product.Database.NewDb();
        var ids = names.Select(scene.Id).ToList();
        var sellers = db.Set<Seller>().Where(seller => ids.Contains(seller.ExternalId)).ToList();
        var today = new DateOnly(2026, 11, 1);
        db.AddRange(sellers.SelectMany(seller => new[]
        {
            new SellerEvent { SellerId = seller.Id, ExternalId = $"{seller.ExternalId}-first", Kind = "order", HappenedOn = today.AddDays(-400) },
            new SellerEvent { SellerId = seller.Id, ExternalId = $"{seller.ExternalId}-last", Kind = "order", HappenedOn = today, Status = "delivered", DeliveredOn = today, Review = 5 },
        }));
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return (scene, $"/manage/{scene.Slug}/mentors/find");
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
