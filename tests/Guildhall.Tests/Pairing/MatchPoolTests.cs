using Guildhall.Matching;
using Guildhall.Modules.Pairing;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Tests.Sellers;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Pairing;

/// <summary>What figures know of the people of a run, before and after the marketplace has a currency.</summary>
public sealed class MatchPoolTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Knows_no_price_before_the_marketplace_has_a_currency()
    {
        var scene = await ProgramScene.GivenProgram(product);
        await scene.GivenSellers("ana", "bo");
        await using (var db = product.Database.NewDb())
        {
            string[] ids = [scene.Id("ana"), scene.Id("bo")];
            foreach (var seller in db.Set<Seller>().Where(seller => ids.Contains(seller.ExternalId)).ToList())
            {
                db.Add(new Listing { SellerId = seller.Id, ExternalId = "cup", PriceMinorUnits = 4_200, IsLive = true });
                db.Add(new SellerEvent { SellerId = seller.Id, ExternalId = "first", Kind = "order", HappenedOn = new DateOnly(2025, 9, 27) });
                db.Add(new SellerEvent { SellerId = seller.Id, ExternalId = "last", Kind = "order", HappenedOn = new DateOnly(2026, 11, 1), Status = "delivered", DeliveredOn = new DateOnly(2026, 11, 1), Review = 5 });
            }

            await db.SaveChangesAsync(Stop);
        }

        await product.Database.ExecuteAsync($"""
            CREATE TABLE IF NOT EXISTS sellers.seller_day_2026_10 PARTITION OF sellers.seller_day FOR VALUES FROM ('2026-10-01') TO ('2026-11-01');
            INSERT INTO sellers.seller_day (seller_id, day, revenue_minor_units) SELECT id, '2026-10-20', 5000 FROM sellers.seller WHERE external_id = '{scene.Id("ana")}';
            """);

        await scene.BringIn("mentor", $"id,capacity,median_price,price_low,price_high\n{scene.Id("ana")},1,,,\n{scene.Id("bo")},1,9.5,9,10\n");
        var find = $"/manage/{scene.Slug}/mentors/find?MinimumDaysSelling=100&ActiveWithinDays=30&RevenueWindowDays=90&TopRevenuePercent=100&MinimumReviewMean=4.5&MinimumReviews=1";

        var (before, foundBefore) = (await Prices(scene), await scene.Manager.Page(find));
        (await scene.Manager.Post("/settings/marketplace", ("Name", "Olive Street"), ("CurrencyCode", "JPY"), ("TimeZone", "Asia/Tokyo"), ("Start", "empty"))).Location.ShouldNotBeNull();
        var (after, foundAfter) = (await Prices(scene), await scene.Manager.Page(find));

        before.ShouldBe([(null, null), (9.5m, 9m)]);
        after.ShouldBe([(4_200m, 4_200m), (4_200m, 4_200m)]);
        Sales(foundBefore).ShouldBe(["Not known", "Not known"]);
        Sales(foundAfter).ShouldBe(["JPY 5,000", "Not known"]);

        static IEnumerable<string> Sales(AngleSharp.Dom.IDocument page) => page.QuerySelectorAll("tbody td:nth-of-type(3)").Select(cell => cell.TextContent);
    }

    [Fact]
    public async Task Works_figures_out_once_and_anew_after_an_import()
    {
        using var imports = new ImportScene(product.Database);
        var scene = await ProgramScene.GivenProgram(product);
        await scene.GivenSellers("cy");
        await scene.BringIn("mentee", $"id\n{scene.Id("cy")}\n");
        (await imports.ImportText(ImportKind.Days, $"seller_id,day,orders\n{scene.Id("cy")},2026-01-01,0\n{scene.Id("cy")},2026-11-10,8\n")).Refusal.ShouldBeNull();

        var first = await OrdersPerWeek();
        // As if it had changed without an import: nobody is asked.
        await product.Database.ExecuteAsync($"UPDATE sellers.seller_day SET orders = 80 WHERE day = '2026-11-10'");
        var second = await OrdersPerWeek();
        (await imports.ImportText(ImportKind.Days, $"seller_id,day,orders\n{scene.Id("cy")},2026-11-10,12\n")).Refusal.ShouldBeNull();

        (first, second, await OrdersPerWeek()).ShouldBe((2, 2, 3));

        async Task<double?> OrdersPerWeek() => (await People(scene)).Mentees.Single().OrdersPerWeek;
    }

    [Fact]
    public async Task Takes_owner_and_suppliers_from_the_marketplace_where_nobody_said_them()
    {
        var scene = await ProgramScene.GivenProgram(product);
        await scene.GivenSellers("dee", "eli");
        await product.Database.ExecuteAsync($"UPDATE sellers.seller SET operator_group = 'Lima Group', suppliers = ARRAY['Alvorada'] WHERE external_id IN ('{scene.Id("dee")}', '{scene.Id("eli")}')");
        await scene.BringIn("mentee", $"id\n{scene.Id("dee")}\n");
        await scene.BringIn("mentor", $"id,capacity\n{scene.Id("eli")},1\n");

        var unsaid = await People(scene);
        await scene.BringIn("mentee", $"id,owner,suppliers\n{scene.Id("dee")},Dee Alone,Serra\n");
        var said = await People(scene);

        Ties(unsaid.Mentees.Single()).ShouldBe("Lima Group, Alvorada");
        Ties(unsaid.Mentors.Single()).ShouldBe("Lima Group, Alvorada");
        Ties(said.Mentees.Single()).ShouldBe("Dee Alone, Serra");

        static string Ties(Matching.Participant person) => $"{person.Owner}, {string.Join(';', person.Suppliers ?? [])}";
    }

    [Fact]
    public async Task Counts_approved_mentees_in_a_mentors_share_and_row_of_later_runs()
    {
        var scene = await PairingScene.Given(product, mentees: 2, mentors: 1, places: 9);
        await scene.GivenRun();
        await scene.Approve(1);
        await scene.Steer(settings => settings with { Rules = [.. settings.Rules, new RuleSetting(Rule.GroupShare, RuleStrength.Required, 0.5)] });
        await scene.GivenMentees(3, 4);
        await scene.GivenMentors(2, 2, places: 9);

        var people = await People(scene.Program);
        var run = await scene.GivenRun();

        people.Mentors.Select(mentor => (mentor.Id, mentor.Capacity, mentor.RecentMentees, mentor.MenteesSincePause)).ShouldBe([(scene.Mentor(1), 7, 2, 2), (scene.Mentor(2), 9, null, null)], ignoreOrder: true);
        // Half of two approved and two new mentees is two, which the first mentor has.
        run.Pairs.Select(pair => pair.MentorId).ShouldBe([scene.Mentor(2), scene.Mentor(2)]);
    }

    [Fact]
    public async Task Matches_by_tier_where_no_priority_was_said()
    {
        var scene = await PairingScene.Given(product, mentees: 6, mentors: 1, places: 2);
        string[] said = ["Light,", "intensive,", "self-serve,", "light,7", "Intensive,0", ","];
        await scene.Program.BringIn("mentee", $"id,tier,priority\n{string.Join('\n', said.Select((row, at) => $"{scene.Mentee(at + 1)},{row}"))}\n");

        var people = await People(scene.Program);
        var run = await scene.GivenRun();

        people.Mentees.OrderBy(mentee => mentee.Id).Select(mentee => (int?)mentee.Priority).ShouldBe([1, 3, 0, 7, 0, null]);
        run.Pairs.Select(pair => pair.MenteeId).ShouldBe([scene.Mentee(4), scene.Mentee(2)], ignoreOrder: true);
    }

    async Task<List<(decimal? Price, decimal? Low)>> Prices(ProgramScene scene) => [.. (await People(scene)).Mentors.OrderBy(mentor => mentor.Id).Select(mentor => (mentor.MedianPrice, mentor.PriceBand?.Low))];

    Task<MatchPeople> People(ProgramScene scene) => product.Ask<MatchPool, MatchPeople>(async pool => await pool.Of((await product.Ask<ProgramLookup, ProgramFacts?>(programs => programs.BySlug(scene.Slug, Stop)))!, Stop));
}
