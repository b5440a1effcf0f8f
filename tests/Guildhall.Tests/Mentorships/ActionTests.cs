using System.Net;
using Guildhall.Modules.Mentorships;
using Guildhall.Tests.Pairing;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Mentorships;

/// <summary>What the two agreed to do: either writes it down, and whose it is ticks it.</summary>
public sealed class ActionTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Is_written_down_by_either_and_stands_on_both_pages_and_the_owners_start_page()
    {
        var scene = await TalkScene.Given(product);

        (await Add(scene, scene.Mentee, "Photograph <b>five</b> bowls", "Mentee")).Location.ShouldBe($"{Mentee(scene)}/actions?did=added");
        (await Add(scene, scene.Mentor, "Send the price sheet", "Mentor")).Location.ShouldNotBeNull();
        (await Add(scene, scene.Mentor, "Choose two suppliers", "Mentee")).Location.ShouldNotBeNull();

        foreach (var page in new[] { await scene.Mentee.Browser.Page(Mentee(scene)), await scene.Mentor.Browser.Page(Mentor(scene)) })
            page.QuerySelectorAll("[aria-labelledby=actions-h] .ink").Select(item => item.TextContent).ShouldBe(["Photograph <b>five</b> bowls", "Send the price sheet", "Choose two suppliers"], ignoreOrder: true);
        (await Home(scene.Mentee, "/me")).ShouldBe(["Photograph <b>five</b> bowls", "Choose two suppliers"], ignoreOrder: true);
        (await Home(scene.Mentor, "/mentor")).ShouldBe(["Send the price sheet"]);
    }

    [Fact]
    public async Task Is_one_item_for_who_went_back_in_the_browser_and_saved_again()
    {
        var scene = await TalkScene.Given(product);

        // The page that a browser goes back to is made anew, with another key, and the browser fills in what was typed.
        for (var time = 0; time < 2; time++) (await Add(scene, scene.Mentor, "Choose two suppliers", "Mentee")).Location.ShouldBe($"{Mentor(scene)}/actions?did=added");
        var once = await Count(scene);
        await scene.Mentee.Browser.Post($"{Mentee(scene)}/actions/{await IdOf(scene)}", ("Do", "tick"));
        await Add(scene, scene.Mentor, "Choose two suppliers", "Mentee");

        once.ShouldBe(1);
        (await Count(scene)).ShouldBe(2, "what is done can be agreed on again");
    }

    [Fact]
    public async Task Is_ticked_by_whose_it_is_and_by_nobody_else()
    {
        var scene = await TalkScene.Given(product);
        await Add(scene, scene.Mentor, "Choose two suppliers", "Mentee");
        var item = await IdOf(scene);

        var other = await scene.Mentor.Browser.Post($"{Mentor(scene)}/actions/{item}", ("Do", "tick"));
        var ticked = await scene.Mentee.Browser.Post($"{Mentee(scene)}/actions/{item}", ("Do", "tick"), ("From", "home"));
        var at = await product.Database.ScalarAsync<DateTime>($"SELECT done_at FROM mentorships.action_item WHERE id = '{item}'");
        await scene.Mentee.Browser.Post($"{Mentee(scene)}/actions/{item}", ("Do", "tick"));
        var again = await product.Database.ScalarAsync<DateTime>($"SELECT done_at FROM mentorships.action_item WHERE id = '{item}'");
        var done = await scene.Mentor.Browser.Page($"{Mentor(scene)}/actions");
        await scene.Mentee.Browser.Post($"{Mentee(scene)}/actions/{item}", ("Do", "untick"));

        (other.Status, other.Words.Contains("Whose it is ticks it. Nothing was changed.")).ShouldBe((HttpStatusCode.Conflict, true));
        ticked.Location.ShouldBe("/me");
        again.ShouldBe(at, "a second tap changes nothing");
        done.QuerySelector("[aria-labelledby=done-h]")!.TextContent.ShouldContain("Choose two suppliers");
        (await Home(scene.Mentee, "/me")).ShouldBe(["Choose two suppliers"]);
    }

    [Fact]
    public async Task Is_taken_back_by_who_wrote_it_while_it_is_open()
    {
        var scene = await TalkScene.Given(product);
        await Add(scene, scene.Mentor, "Choose two suppliers", "Mentee");
        var item = await IdOf(scene);

        var foreign = await scene.Mentee.Browser.Post($"{Mentee(scene)}/actions/{item}", ("Do", "remove"));
        var removed = await scene.Mentor.Browser.Post($"{Mentor(scene)}/actions/{item}", ("Do", "remove"));

        foreign.Status.ShouldBe(HttpStatusCode.Conflict);
        removed.Location.ShouldBe($"{Mentor(scene)}/actions?did=removed");
        (await Count(scene)).ShouldBe(0);
    }

    [Fact]
    public async Task Is_there_once_however_often_its_form_is_sent_and_never_more_than_a_list_that_somebody_does()
    {
        var scene = await TalkScene.Given(product);
        var key = Guid.NewGuid();
        await scene.Mentee.Browser.Page("/me");

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Add(scene, scene.Mentee, "Once", "Mentee", key)));
        var once = await Count(scene);
        var answers = await Task.WhenAll(Enumerable.Range(0, ChangeActions.MostOpen + 3).Select(n => Add(scene, scene.Mentee, $"More {n}", "Mentee")));

        once.ShouldBe(1);
        answers.Count(answer => answer.Status == HttpStatusCode.Conflict).ShouldBe(4);
        (await Count(scene)).ShouldBe(ChangeActions.MostOpen);
    }

    [Theory]
    [InlineData("", "Mentee", "2026-12-01", "Say in up to 200 characters what is to be done. Nothing was stored.")]
    [InlineData("x", "Nobody", "2026-12-01", "Choose who does it.")]
    [InlineData("x", "7", "2026-12-01", "Choose who does it.")]
    [InlineData("x", "Mentee", "tomorrow", "Enter the day as year, month and day, such as 2027-01-04.")]
    [InlineData("x", "Mentee", "2026-11-01", "Choose a day from today to a year from now. Nothing was stored.")]
    [InlineData("x", "Mentee", "2036-11-01", "Choose a day from today to a year from now. Nothing was stored.")]
    public async Task Says_what_is_missing_and_clears_nothing(string text, string owner, string due, string message)
    {
        var scene = await TalkScene.Given(product);

        var refused = await scene.Mentee.Browser.Post($"{Mentee(scene)}/actions", ("Key", $"{Guid.NewGuid()}"), ("Text", text), ("Owner", owner), ("DueOn", due));

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Page.QuerySelectorAll(".errsum a").Select(link => link.TextContent).ShouldBe([message]);
        refused.Page.QuerySelector("#DueOn")!.GetAttribute("value").ShouldBe(due);
        (await Count(scene)).ShouldBe(0);
    }

    [Fact]
    public async Task Ends_with_the_mentorship()
    {
        var scene = await TalkScene.Given(product);
        await Add(scene, scene.Mentor, "Choose two suppliers", "Mentee");
        await scene.Mentor.Browser.Post($"{Mentor(scene)}/leave");

        (await Add(scene, scene.Mentor, "Too late", "Mentee")).Status.ShouldBe(HttpStatusCode.Conflict);
        (await Home(scene.Mentee, "/me")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Answers_for_somebody_elses_as_for_none()
    {
        var scene = await TalkScene.Given(product);
        await Add(scene, scene.Mentor, "Choose two suppliers", "Mentee");
        var item = await IdOf(scene);
        var stranger = await TalkScene.Given(product);

        foreach (var (shop, root) in new[] { (stranger.Mentee, Mentee(scene)), (stranger.Mentor, Mentor(scene)), (scene.Mentor, Mentee(scene)), (scene.Mentee, Mentor(scene)) })
        {
            (await shop.Browser.Get($"{root}/actions")).Status.ShouldBe(HttpStatusCode.NotFound);
            (await shop.Browser.Post($"{root}/actions", ("Text", "x"), ("Owner", "Mentee"), ("DueOn", "2026-12-01"))).Status.ShouldBe(HttpStatusCode.NotFound);
            (await shop.Browser.Post($"{root}/actions/{item}", ("Do", "tick"))).Status.ShouldBe(HttpStatusCode.NotFound);
        }

        (await stranger.Mentee.Browser.Post($"{Mentee(stranger)}/actions/{item}", ("Do", "tick"))).Status.ShouldBe(HttpStatusCode.NotFound, "their own mentorship has no such item");
        (await product.Database.ScalarAsync<bool>($"SELECT done_at IS NULL FROM mentorships.action_item WHERE id = '{item}'")).ShouldBeTrue();
    }

    static string Mentee(TalkScene scene) => $"/me/mentor/{scene.Id}";

    static string Mentor(TalkScene scene) => $"/mentor/mentees/{scene.Id}";

    static Task<Answer> Add(TalkScene scene, Shop by, string text, string owner, Guid? key = null) =>
        by.Browser.Post($"{(by == scene.Mentee ? Mentee(scene) : Mentor(scene))}/actions", ("Key", $"{key ?? Guid.NewGuid()}"), ("Text", text), ("Owner", owner), ("DueOn", "2026-12-05"));

    static async Task<List<string>> Home(Shop shop, string path) => [.. (await shop.Browser.Page(path)).QuerySelectorAll("[aria-labelledby=actions-h] .ink").Select(item => item.TextContent)];

    Task<Guid> IdOf(TalkScene scene) => product.Database.ScalarAsync<Guid>($"SELECT id FROM mentorships.action_item WHERE mentorship_id = '{scene.Id}'");

    Task<long> Count(TalkScene scene) => product.Database.ScalarAsync<long>($"SELECT count(*) FROM mentorships.action_item WHERE mentorship_id = '{scene.Id}'");
}
