using System.Net;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Pairing;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Tests.Enrollment;
using Guildhall.Tests.Pairing;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Portal;

/// <summary>What a sponsor sees: numbers and dates of their programs, and nobody.</summary>
public sealed class SponsorTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Shows_what_a_program_aims_at_where_it_stands_and_how_many_take_part()
    {
        var scene = await product.GivenOpenProgram();
        await GivenPeople(scene, mentees: 12, mentors: 4, applications: 7);
        using var sponsor = await Sponsor(scene);

        var page = await sponsor.Get("/sponsor");

        page.Heading.ShouldBe("1 program");
        page.Page.QuerySelectorAll(".gh-metric").Select(metric => $"{metric.QuerySelector("dt")!.TextContent}: {metric.QuerySelector("dd")!.TextContent}").ShouldBe([
            "Mentees taking part: 12", "Mentors taking part: fewer than 5", "Applications sent: 7", "Pairs that both accepted: fewer than 5"]);
        page.Words.ShouldContain("First sale, sooner, within 14 days, by Sun 4 Apr 2027");
        page.Words.ShouldContain("Takes applications until Thu 31 Dec 2026. Runs from Mon 4 Jan 2027 to Sun 4 Apr 2027.");
        page.Words.ShouldContain("No payment is recorded in Guildhall yet");
        page.Words.ShouldContain("no date for first results is set. The goal’s own day is Sun 4 Apr 2027.");
    }

    [Fact]
    public async Task Counts_pairs_that_both_accepted_and_no_others()
    {
        var scene = await MeetScene.GivenSigned(product);
        var program = await ProgramOf(scene.Scene.Program);

        var asked = await Accepted(program);
        await scene.Accepts(scene.Mentor, await scene.MentorPage());
        var half = await Accepted(program);
        await scene.Accepts(scene.Mentee, await scene.MenteePage());

        (asked, half, await Accepted(program)).ShouldBe((0, 0, 1));
    }

    [Fact]
    public async Task Names_no_person_and_no_shop()
    {
        var scene = await product.GivenOpenProgram();
        await GivenPeople(scene, mentees: 6, mentors: 6, applications: 6);
        using var sponsor = await Sponsor(scene);

        var page = await sponsor.Get("/sponsor");

        page.Text.ShouldNotContain("Secret");
        page.Text.ShouldNotContain("@example.com");
        page.Page.QuerySelectorAll("main a").ShouldBeEmpty();
    }

    [Fact]
    public async Task Leads_there_after_sign_in_and_nowhere_else_in_the_workspace()
    {
        var scene = await product.GivenOpenProgram();
        (await Sponsor(scene)).Dispose();
        using var visitor = product.Visitor();

        var signedIn = await visitor.SignIn($"sponsor@{scene.Slug}.example", RunningProduct.Password);
        var page = await visitor.Page("/sponsor");
        var missing = await visitor.Get("/nowhere");

        signedIn.Location.ShouldBe("/sponsor");
        page.QuerySelectorAll("nav[aria-label='Main'] a").Select(link => link.GetAttribute("href")).ShouldBe(["/sponsor"]);
        foreach (var path in (string[])["/manage", "/help", $"/manage/{scene.Slug}/people", $"/manage/{scene.Slug}/people/tiers"]) (await visitor.Get(path)).Location.ShouldStartWith("/no-access");
        missing.Page.QuerySelector("main .gh-btn-1")!.GetAttribute("href").ShouldBe("/sponsor");
        missing.Page.QuerySelector("main a[href='/help']").ShouldBeNull();
    }

    [Fact]
    public async Task Keeps_to_the_programs_that_the_role_was_given_for_and_to_published_ones()
    {
        var (given, other, draft) = (await product.GivenOpenProgram(), await product.GivenOpenProgram(), await ProgramScene.GivenProgram(product));
        using var sponsor = await Sponsor(given, draft);
        using var drafts = await product.Another("Drafts Only", $"drafts@{draft.Slug}.example", account => account.Grant(Role.Sponsor, product.Clock.GetUtcNow(), [draft.Slug]));
        using var all = await product.Another("All Programs", $"all@{draft.Slug}.example", Role.Sponsor);

        Names(await sponsor.Page("/sponsor")).ShouldBe([await Name(given)]);
        (await drafts.Page("/sponsor")).QuerySelector(".gh-empty h2")!.TextContent.ShouldBe("No program to show yet");
        Names(await all.Page("/sponsor")).ShouldContain(await Name(other));
        Names(await all.Page("/sponsor")).ShouldNotContain(await Name(draft));
    }

    [Fact]
    public async Task Pages_ten_programs_and_takes_any_number_of_a_page()
    {
        var scenes = new List<ProgramScene>();
        for (var i = 0; i < 11; i++) scenes.Add(await product.GivenOpenProgram());
        using var sponsor = await Sponsor([.. scenes]);

        var first = await sponsor.Page("/sponsor");
        var second = await sponsor.Page(first.QuerySelector("a[rel=next]")!.GetAttribute("href")!);

        (Names(first).Count, Names(second).Count).ShouldBe((10, 1));
        Names(first)[0].ShouldBe(await Name(scenes[^1]), "the newest stands first");
        second.QuerySelector("a[rel=next]").ShouldBeNull();
        (await sponsor.Page("/sponsor?page=99")).QuerySelector(".gh-empty a")!.GetAttribute("href").ShouldBe("/sponsor");
        (await sponsor.Get("/sponsor?page=-5")).Status.ShouldBe(HttpStatusCode.OK);
        (await sponsor.Get($"/sponsor?page={int.MaxValue}")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Says_where_a_closed_program_and_one_about_the_past_stand()
    {
        var (closed, running) = (await product.GivenOpenProgram(), await product.GivenOpenProgram());
        await product.Database.ExecuteAsync($"UPDATE programs.program SET state = 'Closed' WHERE slug = '{closed.Slug}'; UPDATE programs.program SET starts_on = '2026-11-02' WHERE slug = '{running.Slug}'");
        using var sponsor = await Sponsor(closed, running);

        var page = await sponsor.Get("/sponsor");

        page.Words.ShouldContain("Takes nobody new. Its days are Mon 4 Jan 2027 to Sun 4 Apr 2027.");
        page.Words.ShouldContain("Runs from Mon 2 Nov 2026 to Sun 31 Jan 2027.");
        page.Page.QuerySelectorAll(".gh-badge").Select(badge => badge.TextContent.Trim()).ShouldBe(["Running", "Closed"]);
    }

    [Fact]
    public async Task Leads_who_also_runs_programs_to_both()
    {
        var scene = await product.GivenOpenProgram();
        using var both = await product.Another("Mina Both", $"both@{scene.Slug}.example", Role.Manager, Role.Sponsor);

        var page = await both.Page("/sponsor");

        page.QuerySelector("nav[aria-label='Your roles']")!.QuerySelectorAll("a").Select(link => link.GetAttribute("href")).ShouldBe(["/manage", "/sponsor"]);
    }

    [Fact]
    public async Task Asks_as_many_questions_for_ten_programs_as_for_one()
    {
        var scenes = new List<ProgramScene>();
        for (var i = 0; i < 6; i++) scenes.Add(await product.GivenOpenProgram());
        using var one = await Sponsor(scenes[0]);
        using var six = await product.Another("Six", $"six@{scenes[0].Slug}.example", account => account.Grant(Role.Sponsor, product.Clock.GetUtcNow(), [.. scenes.Select(scene => scene.Slug)]));

        var few = await QueryCount.Of(product.Database, () => one.Get("/sponsor"));

        (await QueryCount.Of(product.Database, () => six.Get("/sponsor"))).ShouldBe(few);
        few.ShouldBeLessThanOrEqualTo(9);
    }

    Task<Browser> Sponsor(params ProgramScene[] scenes) =>
        product.Another("Sol Fund", $"sponsor@{scenes[0].Slug}.example", account => account.Grant(Role.Sponsor, product.Clock.GetUtcNow(), [.. scenes.Select(scene => scene.Slug)]));

    async Task<ProgramFacts> ProgramOf(ProgramScene scene) => (await product.Ask<ProgramLookup, ProgramFacts?>(programs => programs.BySlug(scene.Slug, TestContext.Current.CancellationToken)))!;

    async Task<string> Name(ProgramScene scene) => await ProgramOf(scene) is var program ? $"{program.Name}, {program.Cohort}" : "";

    async Task<int> Accepted(ProgramFacts program) =>
        (await product.Ask<PairLookup, IReadOnlyDictionary<Guid, int>>(pairs => pairs.Accepted([program.Id], TestContext.Current.CancellationToken))).GetValueOrDefault(program.Id);

    static List<string> Names(AngleSharp.Dom.IDocument page) => [.. page.QuerySelectorAll("main section h2").Select(name => name.TextContent)];

    async Task GivenPeople(ProgramScene scene, int mentees, int mentors, int applications)
    {
        var program = await ProgramOf(scene);
        var now = product.Clock.GetUtcNow();
        await using var db = product.Database.NewDb();
        for (var i = 0; i < mentees; i++) db.Add(Participant.Mentee(program.Id, Shop(), new() { Id = "x" }, $"Secret mentee {i}", ProfileOrigin.Stated, now).Value);
        for (var i = 0; i < mentors; i++) db.Add(Participant.Mentor(program.Id, Shop(), new() { Id = "x", Capacity = 2 }, $"Secret mentor {i}", ProfileOrigin.Stated, now).Value);
        for (var i = 0; i < applications; i++)
        {
            var application = Application.Start(program, new ShopActor(Guid.CreateVersion7(), Shop(), $"Secret {i}"), Side.Mentee, now);
            application.Send(now);
            db.Add(application);
            // A draft is nobody's business but the shop's.
            db.Add(Application.Start(program, new ShopActor(Guid.CreateVersion7(), Shop(), $"Secret draft {i}"), Side.Mentee, now));
        }

        await db.SaveChangesAsync(TestContext.Current.CancellationToken);

        Guid Shop()
        {
            var seller = new Seller { Id = Guid.CreateVersion7(), ExternalId = $"{scene.Slug}-{Guid.NewGuid():N}", Name = "Secret shop" };
            db.Add(seller);
            return seller.Id;
        }
    }
}
