using System.Net;
using AngleSharp.Dom;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Enrollment;

/// <summary>How the levels of help spread over categories and regions, proposed beside given.</summary>
public sealed class TierSpreadTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    static int shops;

    [Fact]
    public async Task Shows_for_each_category_and_region_what_the_rule_proposed_beside_what_was_given()
    {
        var (scene, program) = await GivenProgram();
        await Given(program, 15, "home/lamps", "Lisbon", "PT", TierName.Standard, TierName.Standard);
        await Given(program, 9, "home/tableware", "Lisbon", "PT", TierName.Intensive, TierName.Standard, "Their launch is in spring.");
        await Given(program, 2, "toys", "Porto", "PT", TierName.Light, TierName.Light);
        await Given(program, 3, "toys", "Porto", "PT", TierName.Standard, proposed: null);

        var page = await scene.Manager.Page(Tiers(scene));

        page.QuerySelector("h1")!.TextContent.ShouldBe("9 of 26 mentees have another level than the rule proposed");
        page.QuerySelector(".gh-head p")!.TextContent.ShouldBe("3 mentees came in without an application, by file or from the finder: the rule proposed them nothing.");
        Rows(page, "all-h").ShouldBe([
            "Intensive|9 (31%)|0 (0%)|0", "Standard|18 (62%)|24 (92%)|9", "Light|2 (7%)|2 (8%)|0", "Self-serve|0 (0%)|0 (0%)|0"]);
        Rows(page, "categories-h").ShouldBe([
            "Home|24|9 (38%) proposed 0 (0%)|15 (63%) proposed 24 (100%)|0 (0%) proposed 0 (0%)|0 (0%) proposed 0 (0%)|9 of 24",
            "Toys|5|0 proposed 0|3 proposed 0|2 proposed 2|0 proposed 0|0 of 2"]);
        Rows(page, "regions-h").Select(row => string.Join('|', row.Split('|')[..2])).ShouldBe(["Lisbon, PT|24", "Porto, PT|5"]);
    }

    [Fact]
    public async Task Says_not_known_of_a_category_or_region_that_is_not_and_sums_the_smaller_ones()
    {
        var (scene, program) = await GivenProgram();
        for (var i = 1; i <= 15; i++) await Given(program, 2, $"kind-{i:00}", null, null, TierName.Standard, TierName.Standard);
        await Given(program, 1, null, "Braga", null, null, proposed: null);

        var page = await scene.Manager.Page(Tiers(scene));

        var categories = Rows(page, "categories-h").Select(row => string.Join('|', row.Split('|')[..2])).ToList();
        categories.Count.ShouldBe(14);
        (categories[0], categories[12], categories[13]).ShouldBe(("Kind 01|2", "3 smaller categories|6", "Not known|1"));
        Rows(page, "regions-h").Select(row => string.Join('|', row.Split('|')[..2])).ShouldBe(["Braga|1", "Not known|30"]);
        Rows(page, "regions-h")[0].ShouldBe("Braga|1|0|0|0|0|1|none proposed");
    }

    [Fact]
    public async Task Counts_a_shop_where_most_of_its_listings_are()
    {
        var (scene, program) = await GivenProgram();
        var id = (await Given(program, 1, "home", null, null, TierName.Standard, TierName.Standard))[0];
        await product.Database.ExecuteAsync($"INSERT INTO sellers.listing (seller_id, external_id, category) VALUES ('{id}', 'a', 'toys/kites'), ('{id}', 'b', 'toys'), ('{id}', 'c', 'toys'), ('{id}', 'd', NULL)");

        Rows(await scene.Manager.Page(Tiers(scene)), "categories-h").Single().ShouldStartWith("Toys|1|");
    }

    [Fact]
    public async Task Lists_who_decided_otherwise_and_why_fifty_a_page()
    {
        var (scene, program) = await GivenProgram();
        await Given(program, 51, "home", null, null, TierName.Light, TierName.Standard, "Asked for <b>less</b>.", await DanaId());
        await Given(program, 1, "toys", null, null, TierName.Standard, TierName.Standard);

        var first = await scene.Manager.Page(Tiers(scene));
        var second = await scene.Manager.Page(first.QuerySelector("a[rel=next]")!.GetAttribute("href")!);
        var past = await scene.Manager.Page($"{Tiers(scene)}?page=99");

        Overrides(first).Count.ShouldBe(50);
        Overrides(first)[0].ShouldEndWith("|Standard|Light|Asked for <b>less</b>.|Dana Reyes 21 Nov 2026");
        Overrides(second).Count.ShouldBe(1);
        second.QuerySelector("a[rel=next]").ShouldBeNull();
        Overrides(past).ShouldBe(Overrides(second));
        (await scene.Manager.Get($"{Tiers(scene)}?page=-3")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Says_that_nobody_was_asked_why_of_a_level_that_was_set_later()
    {
        var (scene, program) = await GivenProgram();
        var id = (await Given(program, 1, "home", null, null, TierName.Standard, TierName.Standard))[0];
        await product.Database.ExecuteAsync($$"""UPDATE enrollment.participant SET as_mentee = as_mentee || '{"tier": "light"}' WHERE seller_id = '{{id}}'""");

        var page = await scene.Manager.Page(Tiers(scene));

        Overrides(page).Single().ShouldEndWith("|Standard|Light|Set later, by file or with the profile. Nobody was asked why.|Not known");
    }

    [Fact]
    public async Task Shows_what_the_rule_proposes_today_to_those_who_are_not_decided_on()
    {
        var (scene, program) = await GivenProgram();
        var (sent, _) = await product.GivenShop("Amara Osei");
        await sent.Applies(scene.Slug);
        var (drafting, _) = await product.GivenShop("Joel Draft");
        await drafting.Answers(scene.Slug, Applicants.Suggested.Take(2));
        await Given(program, 1, "toys", null, null, TierName.Light, TierName.Light);

        var page = await scene.Manager.Page($"{Tiers(scene)}?of=applicants");

        page.QuerySelector("h1")!.TextContent.ShouldBe("Standard is proposed most: for 1 of 1 applicant");
        Rows(page, "all-h").ShouldBe(["Intensive|0", "Standard|1", "Light|0", "Self-serve|0"]);
        Rows(page, "categories-h").ShouldBe(["Home|1|0|1|0|0"]);
        page.QuerySelector("#overrides").ShouldBeNull();
    }

    [Fact]
    public async Task Says_what_will_be_here_while_nobody_takes_part()
    {
        var (scene, _) = await GivenProgram();

        (await scene.Manager.Page(Tiers(scene))).QuerySelector(".gh-empty h2")!.TextContent.ShouldBe("No mentees yet");
        (await scene.Manager.Page($"{Tiers(scene)}?of=applicants")).QuerySelector(".gh-empty h2")!.TextContent.ShouldBe("No applicant to decide on");
        (await scene.Manager.Page(scene.People)).QuerySelectorAll("a").Select(link => link.GetAttribute("href")).ShouldContain(Tiers(scene));
        (await scene.Manager.Page($"/manage/{scene.Slug}/applications")).QuerySelectorAll("a").Select(link => link.GetAttribute("href")).ShouldContain(Tiers(scene));
    }

    [Fact]
    public async Task Asks_as_many_questions_for_many_people_as_for_a_few()
    {
        var (scene, program) = await GivenProgram();
        await Given(program, 2, "home", null, null, TierName.Light, TierName.Standard, "One.");
        var few = await QueryCount.Of(product.Database, () => scene.Manager.Get(Tiers(scene)));
        await Given(program, 60, "toys", "Lisbon", "PT", TierName.Light, TierName.Standard, "Many.");

        var many = await QueryCount.Of(product.Database, () => scene.Manager.Get(Tiers(scene)));

        many.ShouldBe(few);
        many.ShouldBeLessThanOrEqualTo(12);
    }

    async Task<(ProgramScene Scene, ProgramFacts Program)> GivenProgram()
    {
        var scene = await product.GivenOpenProgram();
        return (scene, (await product.Ask<ProgramLookup, ProgramFacts?>(programs => programs.BySlug(scene.Slug, TestContext.Current.CancellationToken)))!);
    }

    /// <summary>Mentees with the level they have; with a proposal, as an accepted application left it.</summary>
    async Task<List<Guid>> Given(ProgramFacts program, int count, string? category, string? region, string? country, TierName? given, TierName? proposed, string? reason = null, Guid? by = null)
    {
        await using var db = product.Database.NewDb();
        var now = product.Clock.GetUtcNow();
        List<Guid> ids = [];
        for (var i = 0; i < count; i++)
        {
            var number = Interlocked.Increment(ref shops);
            var seller = new Seller { Id = Guid.CreateVersion7(), ExternalId = $"spread-{number}", Name = $"Spread {number}", Category = category, Region = region, Country = country };
            db.Add(seller);
            db.Add(Participant.Mentee(program.Id, seller.Id, new() { Id = seller.ExternalId, Tier = given is { } tier ? TierProposal.Key(tier) : null }, null, ProfileOrigin.Stated, now).Value);
            ids.Add(seller.Id);
            if (proposed is not { } rule) continue;
            var application = Application.Start(program, new ShopActor(Guid.CreateVersion7(), seller.Id, $"Owner {number}"), Side.Mentee, now);
            application.Send(now);
            application.Decide(ApplicationState.Accepted, null, new Actor(by ?? Guid.CreateVersion7(), ""), now);
            application.Place(new TierProposal(rule, 50, []), given, reason).ShouldBeNull();
            db.Add(application);
        }

        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return ids;
    }

    Task<Guid> DanaId() => product.Database.ScalarAsync<Guid>($"SELECT id FROM people.account WHERE email = '{RunningProduct.ManagerEmail}'");

    static string Tiers(ProgramScene scene) => $"/manage/{scene.Slug}/people/tiers";

    static List<string> Rows(IDocument page, string section) => Cells(page.QuerySelectorAll($"section[aria-labelledby={section}] tbody tr"));

    static List<string> Overrides(IDocument page) => Cells(page.QuerySelectorAll("section:not([aria-labelledby]) tbody tr"));

    static List<string> Cells(IEnumerable<IElement> rows) =>
        [.. rows.Select(row => string.Join('|', row.Children.Select(cell => string.Join(' ', string.Join(' ', Texts(cell)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))))];

    static IEnumerable<string> Texts(INode cell) => cell.HasChildNodes ? cell.ChildNodes.SelectMany(Texts) : [cell.TextContent];
}
