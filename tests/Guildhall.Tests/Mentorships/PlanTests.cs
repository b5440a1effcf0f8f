using System.Net;
using Guildhall.Modules.Mentorships;
using Guildhall.Modules.Sellers;
using Guildhall.Tests.Enrollment;
using Guildhall.Tests.Library;
using Guildhall.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Guildhall.Tests.Mentorships;

/// <summary>A mentee's own plan: three open steps at most, ticked with a tap or by the shop's figures.</summary>
public sealed class PlanTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Shows_one_next_step_and_at_most_three_and_the_rest_waits()
    {
        var scene = await MentorshipScene.Given(product);

        var home = await scene.Mentee.Page("/me");
        var plan = (await scene.Mentee.Get("/me/plan")).Words;
        var waiting = await scene.Tick("look-back");

        home.QuerySelectorAll(".steps > li").Length.ShouldBe(3);
        home.QuerySelectorAll(".steps .gh-note").Count(note => note.TextContent == "Next").ShouldBe(1);
        home.QuerySelector(".steps a")!.GetAttribute("href").ShouldBe("/me/plan/meet-your-mentor");
        plan.ShouldContain("Days 31 to 60");
        plan.ShouldContain("Day 1 is Mon 4 Jan. You can begin now.");
        plan.ShouldContain("Cannot start yet");
        waiting.Status.ShouldBe(HttpStatusCode.Conflict);
        waiting.Words.ShouldContain("can’t start yet: at most 3 steps are open at a time");
        (await Marks(scene)).ShouldBe(0);
    }

    [Fact]
    public async Task Is_ticked_with_one_tap_and_unticked_with_another_wherever_it_stands()
    {
        var scene = await MentorshipScene.Given(product);

        var fromHome = await scene.Tick("meet-your-mentor", from: "home");
        var next = (await scene.Mentee.Page("/me")).QuerySelector(".steps a")!.GetAttribute("href");
        var step = (await scene.Mentee.Get("/me/plan/meet-your-mentor")).Words;
        var untick = await scene.Tick("meet-your-mentor", isDone: false, from: "step");
        var again = await scene.Tick("meet-your-mentor", isDone: false, from: "https://elsewhere.example");

        fromHome.Location.ShouldBe("/me");
        next.ShouldBe("/me/plan/first-listing");
        step.ShouldContain("Done. You ticked it on 21 Nov 2026");
        untick.Location.ShouldBe("/me/plan/meet-your-mentor?did=unticked");
        again.Location.ShouldBe("/me/plan?did=unticked");
        (await Marks(scene)).ShouldBe(0);
    }

    [Fact]
    public async Task Is_done_once_however_often_it_is_tapped_at_once()
    {
        var scene = await MentorshipScene.Given(product);
        await scene.Mentee.Page("/me/plan");

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => scene.Tick("meet-your-mentor")));

        answers.Select(answer => answer.Location).ShouldAllBe(location => location == "/me/plan?did=ticked");
        (await Marks(scene)).ShouldBe(1);
    }

    [Fact]
    public async Task Begins_once_however_many_pages_are_opened_at_once()
    {
        var scene = await MentorshipScene.Given(product);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => scene.Mentee.Page("/me/plan")));

        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM mentorships.plan_start WHERE seller_id = '{scene.MenteeSeller}'")).ShouldBe(1);
    }

    [Fact]
    public async Task Is_ticked_by_the_figures_after_an_import_and_stays_so()
    {
        var scene = await MentorshipScene.Given(product);
        await scene.GivenFigures(ImportKind.Listings, "seller_id,listing_id,listed_on,is_live\n{0},1,2026-11-02,true\n{0},2,2026-11-03,true\n");
        await scene.GivenFigures(ImportKind.Events, "seller_id,event_id,happened_on,status\n{0},1,2026-11-10,delivered\n{0},2,2026-11-12,delivered\n");

        await product.Ask<CheckPlans, bool>(async check => { await check.Run(Stop); await check.Run(Stop); return true; });
        var words = (await scene.Mentee.Get("/me/plan")).Words;
        var untick = await scene.Tick("first-sale", isDone: false);

        (await Mark(scene, "first-listing")).ShouldBe("figures 2026-11-02");
        (await Mark(scene, "first-sale")).ShouldBe("figures 2026-11-10");
        (await Mark(scene, "five-listings")).ShouldBe("none");
        words.ShouldContain("Done by your shop’s figures on 10 Nov 2026");
        words.ShouldContain("ticks itself all the same. So far: 2 of 5 listings by");
        untick.Status.ShouldBe(HttpStatusCode.Conflict);
        untick.Words.ShouldContain("figures show that “Make your first sale” is done");
    }

    [Fact]
    public async Task Is_ticked_by_the_figures_when_the_page_is_read_without_waiting_for_anything()
    {
        var scene = await MentorshipScene.Given(product);
        await scene.Mentee.Page("/me/plan");
        await scene.GivenFigures(ImportKind.Events, "seller_id,event_id,happened_on,status\n{0},1,2026-11-10,delivered\n");

        (await scene.Mentee.Get("/me/plan/first-sale")).Words.ShouldContain("Done by your shop’s figures on 10 Nov 2026");
    }

    [Fact]
    public async Task Can_not_be_ticked_by_hand_against_figures_that_are_known()
    {
        var scene = await MentorshipScene.Given(product);
        await scene.Tick("meet-your-mentor");
        await scene.GivenFigures(ImportKind.Days, "seller_id,day,listings_live,orders\n{0},2026-11-19,0,0\n");

        var refused = await scene.Tick("first-listing");

        refused.Status.ShouldBe(HttpStatusCode.Conflict);
        refused.Words.ShouldContain("ticks itself when your shop’s figures show it. So far: 0 of 1 listing by");
        (await scene.Mentee.Page("/me/plan/first-listing")).QuerySelectorAll("main form").ShouldBeEmpty();
    }

    [Fact]
    public async Task Is_ticked_by_hand_where_the_figures_are_not_known_and_says_so_until_they_are()
    {
        var scene = await MentorshipScene.Given(product);
        var before = (await scene.Mentee.Get("/me/plan/first-listing")).Words;

        await scene.Tick("first-listing");
        var byHand = await Mark(scene, "first-listing");
        await scene.GivenFigures(ImportKind.Listings, "seller_id,listing_id,listed_on,is_live\n{0},1,2026-11-02,true\n");
        await product.Ask<CheckPlans, bool>(async check => { await check.Run(Stop); return true; });

        before.ShouldContain("Your shop’s figures for it are not known, so you tick it yourself");
        byHand.ShouldBe("hand");
        (await Mark(scene, "first-listing")).ShouldBe("hand, figures 2026-11-02");
    }

    [Fact]
    public async Task Keeps_the_version_that_was_begun_when_editors_publish_another()
    {
        var scene = await MentorshipScene.Given(product);
        await scene.Mentee.Page("/me/plan");
        var library = await LibraryScene.Given(product);
        var page = await library.Plan();
        await library.Editor.Post($"{page}/steps/weekly-table", ("Stage", "Days31To60"), ("Title", "Keep a brand-new table"), ("Why", "It helps."), ("Minutes", "20"), ("DueDay", "35"), ("HowTo", "Do it."), ("Playbook", ""), ("CompletesWhen", ""), ("seen", await library.Seen(page)));
        await library.Publish(page);
        var other = await MentorshipScene.Given(product, "Bo Lind");

        (await scene.Mentee.Get("/me/plan")).Words.ShouldNotContain("Keep a brand-new table");
        (await scene.Mentee.Get("/me/plan/weekly-table")).Heading.ShouldBe("Start your weekly table");
        (await other.Mentee.Get("/me/plan")).Words.ShouldContain("Keep a brand-new table");
    }

    [Fact]
    public async Task Counts_its_days_from_joining_when_the_program_runs_already()
    {
        var scene = await MentorshipScene.Given(product);
        await product.Database.ExecuteAsync($"UPDATE programs.program SET starts_on = '2026-10-01' WHERE slug = '{scene.Program.Slug}'");

        (await scene.Mentee.Get("/me/plan")).Words.ShouldContain("Day 1 of 90.");
    }

    [Fact]
    public async Task Goes_on_as_one_plan_in_a_second_program()
    {
        var scene = await MentorshipScene.Given(product);
        await scene.Tick("meet-your-mentor");
        var second = await scene.Program.GivenAnotherProgram();
        var id = await product.Database.ScalarAsync<string>($"SELECT external_id FROM sellers.seller WHERE id = '{scene.MenteeSeller}'");
        await second.BringIn("mentee", $"id,languages,week_hours\n{id},en:native,mon 9-12\n");

        (await scene.Mentee.Page("/me")).QuerySelectorAll("#plan-h").Length.ShouldBe(1);
        (await Marks(scene)).ShouldBe(1);
    }

    [Fact]
    public async Task Is_not_there_for_who_takes_no_part_and_comes_back_when_it_was_reviewed()
    {
        var (outsider, _) = await product.GivenShop();
        var nobody = await outsider.Get("/me/plan");

        nobody.Words.ShouldContain("Your plan begins when a program takes you in");
        (await outsider.Get("/me/plan/first-sale")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await outsider.Post("/me/plan/first-sale", ("Done", "true"))).Status.ShouldBe(HttpStatusCode.NotFound);

        var scene = await MentorshipScene.Given(product, "Nia Cole");
        await product.Database.ExecuteAsync("UPDATE library.article SET review_by = '2026-01-01' WHERE is_plan");
        (await scene.Mentee.Get("/me/plan")).Words.ShouldContain("The plan is being looked at again");
        (await scene.Mentee.Get("/me")).Status.ShouldBe(HttpStatusCode.OK);
        await product.Database.ExecuteAsync("UPDATE library.article SET review_by = '2027-05-01' WHERE is_plan");
        (await scene.Mentee.Get("/me/plan")).Words.ShouldContain("Days 1 to 30");
    }

    [Theory]
    [InlineData("no-such-step")]
    [InlineData("%27%3B%20DROP%20TABLE%20x")]
    [InlineData("%00")]
    [InlineData("..%2F..")]
    public async Task Finds_no_step_under_a_made_up_key(string key)
    {
        var scene = await MentorshipScene.Given(product);

        foreach (var answer in new[] { await scene.Mentee.Get($"/me/plan/{key}"), await scene.Mentee.Post($"/me/plan/{key}", ("Done", "true")) })
            ((int)answer.Status).ShouldBeOneOf(400, 404);
        (await Marks(scene)).ShouldBe(0);
    }

    [Fact]
    public async Task Leads_to_the_playbook_only_while_mentees_are_offered_it()
    {
        var scene = await MentorshipScene.Given(product);

        (await scene.Mentee.Page("/me/plan/meet-your-mentor")).QuerySelectorAll("main a[href='/me/learn/your-first-session']").Length.ShouldBe(1);
        await product.Database.ExecuteAsync("UPDATE library.article SET audience = 'Mentor' WHERE slug = 'your-first-session'");
        (await scene.Mentee.Page("/me/plan/meet-your-mentor")).QuerySelectorAll("main a[href*='your-first-session']").ShouldBeEmpty();
        await product.Database.ExecuteAsync("UPDATE library.article SET audience = 'Both' WHERE slug = 'your-first-session'");
    }

    [Fact]
    public async Task Is_checked_when_an_import_took_effect_and_not_again_before_the_next()
    {
        var scene = await MentorshipScene.Given(product);
        await scene.GivenFigures(ImportKind.Events, "seller_id,event_id,happened_on,status\n{0},1,2026-11-10,delivered\n");

        await product.Ask<CheckPlans, bool>(async check => { await check.RunAfterImport(Stop); return true; });
        var first = await Mark(scene, "first-sale");
        var idle = await QueryCount.Of(product.Database, () => product.Ask<CheckPlans, bool>(async check => { await check.RunAfterImport(Stop); return true; }));

        first.ShouldBe("figures 2026-11-10");
        idle.ShouldBe(1);
    }

    [Fact]
    public async Task Reads_the_same_number_of_queries_however_many_steps_are_done()
    {
        var scene = await MentorshipScene.Given(product);
        await scene.Mentee.Page("/me/plan");
        var few = await QueryCount.Of(product.Database, () => scene.Mentee.Page("/me/plan"));
        foreach (var step in (string[])["meet-your-mentor", "work-out-your-floor", "return-policy", "weekly-table"]) await scene.Tick(step);

        (await QueryCount.Of(product.Database, () => scene.Mentee.Page("/me/plan"))).ShouldBe(few);
        few.ShouldBeLessThan(20);
    }

    Task<long> Marks(MentorshipScene scene) => product.Database.ScalarAsync<long>($"SELECT count(*) FROM mentorships.step_mark WHERE seller_id = '{scene.MenteeSeller}'");

    Task<string> Mark(MentorshipScene scene, string step) => product.Database.ScalarAsync<string>($"""
        SELECT coalesce((SELECT concat_ws(', ', CASE WHEN done_by IS NOT NULL THEN 'hand' END, 'figures ' || figures_on) FROM mentorships.step_mark WHERE seller_id = '{scene.MenteeSeller}' AND step_key = '{step}'), 'none')
        """);
}
