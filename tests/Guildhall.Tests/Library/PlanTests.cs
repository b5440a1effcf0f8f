using System.Net;
using Guildhall.Modules.Library;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Library;

/// <summary>The 30/60/90-day plan: its steps, its versions, and what other modules are told of it.</summary>
public sealed class PlanTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    static (string Name, string Value)[] Step(string title, string stage = "Days1To30", string due = "12", string minutes = "15", string playbook = "", string condition = "", string howTo = "Do it.") =>
        [("Stage", stage), ("Title", title), ("Why", "It helps."), ("Minutes", minutes), ("DueDay", due), ("HowTo", howTo), ("Playbook", playbook), ("CompletesWhen", condition)];

    [Fact]
    public async Task Adds_changes_moves_and_removes_a_step_each_as_a_version_that_waits_to_be_published()
    {
        var scene = await LibraryScene.Given(product);
        var page = await scene.Plan();
        var (before, latest) = ((await scene.CurrentPlan())!, await Latest());

        (await scene.Editor.Post($"{page}/steps/new", [.. Step("Take better photos", playbook: "listings-that-get-found", condition: "first_review"), ("seen", await scene.Seen(page))])).Location.ShouldBe($"{page}?did=step");
        (await scene.Editor.Post($"{page}/steps/take-better-photos", [.. Step("Take brighter photos", minutes: "25", due: "13"), ("seen", await scene.Seen(page))])).Location.ShouldBe($"{page}?did=step");
        (await scene.Editor.Post($"{page}/steps/take-better-photos/up", ("seen", await scene.Seen(page)))).Location.ShouldBe($"{page}?did=step");
        (await scene.Editor.Post($"{page}/steps/look-back/remove", ("seen", await scene.Seen(page)))).Location.ShouldBe($"{page}?did=step");
        var unpublished = (await scene.CurrentPlan())!;
        await scene.Publish(page);
        var after = (await scene.CurrentPlan())!;

        unpublished.Version.ShouldBe(before.Version);
        after.Version.ShouldBe(latest + 4);
        after.Steps.ShouldNotContain(step => step.Key == "look-back");
        var first = after.Steps.Where(step => step.Stage == PlanStage.Days1To30).Select(step => step.Title).ToList();
        first[^2].ShouldBe("Take brighter photos");
        after.Steps.Single(step => step.Key == "take-better-photos").ShouldBe(new PlanStep("take-better-photos", PlanStage.Days1To30, "Take brighter photos", "It helps.", 25, "Do it.", 13));
        var old = await product.Ask<LibraryLookup, PlanFacts?>(lookup => lookup.Plan(before.Version, TestContext.Current.CancellationToken));
        old!.Steps.ShouldBe(before.Steps);
        (await product.Ask<LibraryLookup, PlanFacts?>(lookup => lookup.Plan(99, TestContext.Current.CancellationToken))).ShouldBeNull();
    }

    [Fact]
    public async Task Is_taken_from_onboarding_past_its_review_date_and_stays_with_those_who_began_it()
    {
        var scene = await LibraryScene.Given(product);
        var page = await scene.Plan();
        var version = (await scene.CurrentPlan())!.Version;
        await product.Database.ExecuteAsync("UPDATE library.article SET review_by = '2026-01-01' WHERE is_plan");

        var pulled = await scene.CurrentPlan();
        var theirs = await product.Ask<LibraryLookup, PlanFacts?>(lookup => lookup.Plan(version, TestContext.Current.CancellationToken));
        await scene.Editor.Post($"{page}/reviewed", ("ReviewBy", "2027-03-01"), ("seen", await scene.Seen(page)));

        pulled.ShouldBeNull();
        theirs.ShouldNotBeNull();
        (await scene.CurrentPlan())!.Version.ShouldBe(version);
    }

    [Theory]
    [InlineData("Title", "", "Enter what to do in up to 120 characters.")]
    [InlineData("Why", "", "Enter why in up to 300 characters.")]
    [InlineData("Minutes", "0", "Enter between 1 and 480 minutes.")]
    [InlineData("Minutes", "soon", "Enter the minutes as a whole number, in digits.")]
    [InlineData("DueDay", "31", "Enter a day from 1 to 30: the stage has these.")]
    [InlineData("HowTo", "", "Enter how to do it in up to 5,000 characters.")]
    [InlineData("HowTo", "long", "Enter how to do it in up to 5,000 characters.")]
    [InlineData("Stage", "Days91To120", "Choose a stage from the list.")]
    [InlineData("Playbook", "nowhere", "Choose an article from the list.")]
    [InlineData("CompletesWhen", "return_policy_set", "Choose from the list what ticks it.")]
    public async Task Refuses_a_step_in_its_own_words_and_keeps_what_was_typed(string field, string value, string words)
    {
        var scene = await LibraryScene.Given(product);
        var page = await scene.Plan();
        if (value == "long") value = new string('x', 5_001);

        var refused = await scene.Editor.Post($"{page}/steps/new", [.. Step("Refused step").Select(one => one.Name == field ? (field, value) : one), ("seen", await scene.Seen(page))]);

        (refused.Status, refused.Words.Contains(words)).ShouldBe((HttpStatusCode.UnprocessableEntity, true), refused.Words);
        if (field != "Title") refused.Page.QuerySelector("#Title")!.GetAttribute("value").ShouldBe("Refused step");
        (await scene.Editor.Get(page)).Words.ShouldNotContain("Refused step");
    }

    [Fact]
    public async Task Tells_the_second_of_two_who_change_it_and_shows_what_is_stored()
    {
        var scene = await LibraryScene.Given(product);
        var page = await scene.Plan();
        var seen = await scene.Seen(page);
        await scene.Editor.Post($"{page}/steps/first-review", [.. Step("Get a first review", "Days31To60", "44"), ("seen", seen)]);

        var late = await scene.Editor.Post($"{page}/steps/first-review", [.. Step("Ask for a review", "Days31To60", "46"), ("seen", seen)]);
        var moved = await scene.Editor.Post($"{page}/steps/first-review/up", ("seen", seen));
        await scene.Editor.Post($"{page}/steps/five-reviews/remove", ("seen", await scene.Seen(page)));
        var gone = await scene.Editor.Post($"{page}/steps/five-reviews", [.. Step("Too late", "Days61To90", "70"), ("seen", seen)]);

        late.Status.ShouldBe(HttpStatusCode.Conflict);
        late.Words.ShouldContain("Stored now, where it differs: what to do “Get a first review”; due by day “44”. Save again to use yours.");
        late.Page.QuerySelector("#Title")!.GetAttribute("value").ShouldBe("Ask for a review");
        (moved.Status, moved.Words.Contains("Somebody else changed this article while you were on this page.")).ShouldBe((HttpStatusCode.Conflict, true));
        gone.Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Makes_one_version_of_two_moves_at_once()
    {
        var scene = await LibraryScene.Given(product);
        var page = await scene.Plan();
        var (seen, before) = (await scene.Seen(page), await Latest());

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => scene.Editor.Post($"{page}/steps/first-listing/down", ("seen", seen))));

        answers.Count(answer => answer.Status == HttpStatusCode.Redirect).ShouldBe(1);
        answers.Count(answer => answer.Status == HttpStatusCode.Conflict).ShouldBe(4);
        (await Latest()).ShouldBe(before + 1);
    }

    [Fact]
    public async Task Moves_no_step_out_of_its_stage_and_keeps_the_last_one()
    {
        var steps = StarterPlan.Steps;

        steps.Move("meet-your-mentor", isUp: true).Refusal!.Code.ShouldBe("at_the_end");
        steps.Move("first-sale", isUp: false).Refusal!.Code.ShouldBe("at_the_end");
        steps.Move("nowhere", isUp: false).Refusal!.Code.ShouldBe("not_found");
        new PlanSteps([steps.Items[0]]).Remove(steps.Items[0].Key).Refusal!.Code.ShouldBe("last_step");
        var full = Enumerable.Range(0, 100).Aggregate(steps, (plan, number) => plan.Add(steps.Items[0] with { Title = $"Step {number}" }).Succeeded(out var longer, out _) ? longer : plan);
        full.Items.Count.ShouldBe(PlanSteps.Limit);
        var twice = steps.Add(steps.Items[0]).Value.Add(steps.Items[0]).Value;
        twice.Items.Select(step => step.Key).ShouldBeUnique();
        twice.Items.Select(step => step.Stage).ShouldBeInOrder();
        await Task.CompletedTask;
    }

    [Fact]
    public async Task Shows_the_steps_to_readers_with_what_ticks_them()
    {
        var scene = await LibraryScene.Given(product);
        using var reader = await scene.GivenSeller();

        var page = await reader.Get("/me/learn/your-first-90-days");

        page.Words.ShouldContain("Ticks itself when the shop has its first sale.");
        page.Words.ShouldContain("Ticked by hand.");
        page.Page.QuerySelectorAll("details .prose").Length.ShouldBeGreaterThan(5);
        page.Page.QuerySelector("main a[href='/mentor/playbooks/your-first-90-days/suggest']").ShouldBeNull();
    }

    [Fact]
    public async Task Offers_other_modules_what_fits_a_side_a_skill_and_a_stage()
    {
        var scene = await LibraryScene.Given(product);
        await scene.GivenPublished("Offered to mentors", audience: "Mentor");

        Task<IReadOnlyList<ArticleCard>> Offered(ReaderSide side, string? skill, GrowthStage? stage) => product.Ask<LibraryLookup, IReadOnlyList<ArticleCard>>(lookup => lookup.Offered(side, skill, stage, 5, TestContext.Current.CancellationToken));
        (await Offered(ReaderSide.Mentor, "pricing", null)).Select(card => card.Title).ShouldBe(["Offered to mentors", "Set a price you can live on"], ignoreOrder: true);
        (await Offered(ReaderSide.Mentee, "pricing", GrowthStage.Growing)).Select(card => card.Slug).ShouldBe(["set-a-price-you-can-live-on"]);
        (await Offered(ReaderSide.Mentee, "inventory", GrowthStage.Growing)).ShouldBeEmpty();
        var cards = await product.Ask<LibraryLookup, IReadOnlyDictionary<string, ArticleCard>>(lookup => lookup.BySlugs(ReaderSide.Mentee, ["answer-buyers-well", "offered-to-mentors", "nowhere"], TestContext.Current.CancellationToken));
        cards.Keys.ShouldBe(["answer-buyers-well"]);
        LibraryLookup.PathOf(ReaderSide.Mentor, "a").ShouldBe("/mentor/playbooks/a");
    }

    Task<int> Latest() => product.Database.ScalarAsync<int>("SELECT latest_number FROM library.article WHERE is_plan");
}
