using Guildhall.Modules.Sellers;
using Guildhall.Tests.Pairing;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Sessions;

/// <summary>The start pages of two who work together: what to do now, and beside it what to know.</summary>
public sealed class StartPageTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Of_a_mentor_tells_of_each_mentee_how_far_they_are_and_what_they_share()
    {
        var scene = await SessionScene.Given(product);
        var pair = scene.Pair;
        var today = DateOnly.FromDateTime(scene.Now.UtcDateTime);
        await pair.GivenFigures(ImportKind.Days, $"seller_id,day,orders\n{{0}},{today.AddDays(-40):yyyy-MM-dd},40\n{{0}},{today.AddDays(-1):yyyy-MM-dd},12\n");

        var before = await Glance(scene);
        await product.Database.ExecuteAsync($"UPDATE programs.program SET starts_on = '{today:O}' WHERE id = (SELECT program_id FROM mentorships.mentorship WHERE id = '{scene.PairId}'); UPDATE mentorships.mentorship SET ends_on = '{today.AddDays(90):O}' WHERE id = '{scene.PairId}'");
        await pair.Share("orders");
        await pair.Share("plan");
        var over = await scene.GivenOver(TimeSpan.FromDays(2));
        foreach (var (browser, path) in new[] { (scene.Mentee, "/me"), (scene.Mentor, "/mentor") }) (await browser.Post($"{path}/sessions/{over}/outcome", ("Outcome", "Met"))).Location.ShouldNotBeNull();
        var shared = await Glance(scene);
        await pair.Share("orders", isOn: false);
        var takenBack = await Glance(scene);

        before.ShouldBe(["Day: Starts 4 Jan", "Steps done: not shared", "Orders, 90 days: not shared", "Last contact: Not yet"]);
        shared.ShouldBe(["Day: 1 of 91", "Steps done: 0", "Orders, 90 days: 52, 40 four weeks before", $"Last contact: {scene.Now.AddDays(-2).AddHours(-1):ddd d MMM}"]);
        takenBack[2].ShouldBe("Orders, 90 days: not shared");
    }

    [Fact]
    public async Task Of_a_mentor_says_what_to_know_before_the_next_session_and_of_a_mentee_does_not_repeat_it()
    {
        var scene = await SessionScene.Given(product);
        var session = await scene.GivenSession(scene.At(3));

        var mentor = await scene.Mentor.Page("/mentor");
        var mentee = await scene.Mentee.Page("/me");

        var brief = mentor.QuerySelector("[aria-labelledby=brief-h]")!;
        brief.QuerySelector("h2")!.TextContent.ShouldBe($"Before {scene.At(3):dddd} with Amara");
        brief.QuerySelector("header a")!.GetAttribute("href").ShouldBe($"/mentor/sessions/{session}");
        mentee.QuerySelector("[aria-labelledby=brief-h]").ShouldBeNull();
        (mentor.QuerySelectorAll(".home > *").Length, mentee.QuerySelectorAll(".home > *").Length).ShouldBe((2, 2));
    }

    [Fact]
    public async Task Of_a_mentee_shows_the_weeks_once_anything_is_known_of_them()
    {
        var scene = await SessionScene.Given(product);
        var before = await scene.Mentee.Page("/me");
        await GivenTwoWeeks(scene);

        var after = await scene.Mentee.Page("/me");
        var mentor = await scene.Mentor.Page("/mentor");

        before.QuerySelector(".gh-plot").ShouldBeNull();
        after.QuerySelector("[aria-labelledby=weeks-h] a")!.GetAttribute("href").ShouldBe("/me/progress");
        mentor.QuerySelector(".gh-plot").ShouldBeNull("nobody else sees it");
        after.QuerySelector("main")!.TextContent.ShouldNotContain("We tell you who your mentor is");
    }

    [Fact]
    public async Task Of_a_mentee_who_left_promises_nobody_else()
    {
        var scene = await SessionScene.Given(product);
        foreach (var (browser, path) in new[] { (scene.Mentee, "/me/mentor"), (scene.Mentor, "/mentor/mentees") }) (await browser.Post($"{path}/{scene.PairId}/keep")).Location.ShouldNotBeNull();
        (await scene.Mentee.Post($"/me/mentor/{scene.PairId}/pause")).Location.ShouldNotBeNull();
        var paused = await scene.Mentee.Get("/me");
        (await scene.Mentee.Post($"/me/mentor/{scene.PairId}/leave")).Location.ShouldNotBeNull();

        var left = await scene.Mentee.Get("/me");

        paused.Words.ShouldContain("It is paused, and nothing is due.");
        left.Words.ShouldContain("Your mentorship here is over. Nobody else is suggested to you.");
        left.Words.ShouldNotContain("We tell you who your mentor is");
    }

    [Fact]
    public async Task Of_who_is_in_a_closed_program_without_a_pair_promises_nothing_and_asks_for_nothing()
    {
        var scene = await SessionScene.Given(product);
        var standing = await scene.Mentor.Get("/mentor");
        foreach (var (browser, path) in new[] { (scene.Mentee, "/me/mentor"), (scene.Mentor, "/mentor/mentees") }) (await browser.Post($"{path}/{scene.PairId}/keep")).Location.ShouldNotBeNull();
        (await scene.Mentee.Post($"/me/mentor/{scene.PairId}/leave")).Location.ShouldNotBeNull();
        await product.Database.ExecuteAsync($"UPDATE programs.program SET starts_on = '{scene.Now.UtcDateTime.AddDays(-30):yyyy-MM-dd}' WHERE slug = '{scene.Pair.Program.Slug}'");
        var open = await scene.Mentor.Get("/mentor");
        await product.Database.ExecuteAsync($"UPDATE programs.program SET state = 'Closed' WHERE slug = '{scene.Pair.Program.Slug}'");

        var closed = await scene.Mentor.Get("/mentor");

        standing.Words.ShouldContain("Open to new mentees");
        standing.Words.ShouldContain("Nobody takes part unsigned");
        open.Words.ShouldContain("Before your first mentee, tell us how you would coach");
        closed.Words.ShouldContain("This program is closed.");
        closed.Words.ShouldContain("nobody new is suggested to you here");
        closed.Words.ShouldNotContain("Open to new mentees");
        closed.Words.ShouldNotContain("Before your first mentee");
        closed.Words.ShouldNotContain("Nobody takes part unsigned");
    }

    [Fact]
    public async Task Of_a_mentor_calls_a_mentee_as_they_call_themselves()
    {
        var scene = await SessionScene.Given(product);
        (await scene.Mentee.Post("/account/name", ("Name", "Amara Osei-Mensah"))).Location.ShouldNotBeNull();

        (await scene.Mentor.Get("/mentor")).Words.ShouldContain("Amara Osei-Mensah");
        (await scene.Mentee.Get("/me")).Words.ShouldContain("Hello, Amara");
    }

    [Fact]
    public async Task Of_a_manager_says_that_requests_run_which_nobody_could_be_told_of()
    {
        var scene = await MeetScene.GivenSigned(product);
        await product.Database.ExecuteAsync($"UPDATE pairing.proposal SET mentor_mails = '{{}}', asked_at = '{product.Clock.GetUtcNow().AddMinutes(-1):O}' WHERE id = '{await scene.Pair()}'");

        (await scene.Scene.Manager.Get($"/manage/{scene.Scene.Program.Slug}")).Words.ShouldContain("One request waits for somebody who could not be told");
    }

    [Fact]
    public async Task Take_no_more_questions_than_they_did()
    {
        var scene = await SessionScene.Given(product);
        await scene.GivenSession(scene.At(3));
        await GivenTwoWeeks(scene);

        // Where shops of the own category are too few, others are looked for: at most twice.
        (await QueryCount.Of(product.Database, () => scene.Mentor.Page("/mentor"))).ShouldBeLessThanOrEqualTo(53);
        (await QueryCount.Of(product.Database, () => scene.Mentee.Page("/me"))).ShouldBeLessThanOrEqualTo(63);
    }

    /// <summary>Two orders a day of the mentee's shop.</summary>
    static Task GivenTwoWeeks(SessionScene scene) => scene.Pair.GivenFigures(ImportKind.Days, $"seller_id,day,orders\n{string.Concat(Enumerable.Range(1, 14).Select(day => $"{{0}},{DateOnly.FromDateTime(scene.Now.UtcDateTime).AddDays(-day):yyyy-MM-dd},2\n"))}");

    static async Task<IReadOnlyList<string>> Glance(SessionScene scene) =>
        [.. (await scene.Mentor.Page("/mentor")).QuerySelectorAll(".glance > div").Select(fact => $"{fact.QuerySelector("dt")!.TextContent}: {fact.QuerySelector("dd")!.TextContent}")];
}
