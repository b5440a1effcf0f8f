using System.Net;
using AngleSharp.Dom;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Portal;

public sealed class FrontPageTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Shows_visitors_an_open_program_and_never_a_draft()
    {
        var scene = await ProgramScene.GivenProgram(product);
        await product.Database.ExecuteAsync("UPDATE programs.program SET is_on_front_page = false");
        using var visitor = product.Visitor();

        var before = await visitor.Get("/");
        await Open(scene, ("OnFrontPage", "true"));
        var after = await visitor.Get("/");

        before.Words.ShouldNotContain("First 90 Days");
        before.Words.ShouldContain("No results yet");
        after.Words.ShouldContain("First 90 Days");
        after.Words.ShouldContain("The last day of the 13 weeks is 4 April 2027.");
        after.Page.QuerySelector($"a[href='/apply/{scene.Slug}']")!.TextContent.ShouldBe("Apply for a mentor");
        after.Page.QuerySelector($"a[href='/mentor/apply/{scene.Slug}']")!.TextContent.ShouldBe("Become a mentor");
        after.Page.QuerySelector("footer a[href='/charter']").ShouldNotBeNull("on a phone the links at the top are not there");
        after.Words.ShouldContain("Days from sign-up to the first order that was not canceled.");
    }

    [Fact]
    public async Task Lets_staff_in_from_the_top_of_the_page_and_promises_no_page_that_is_not_there()
    {
        using var visitor = product.Visitor();

        var front = await visitor.Get("/");

        front.Page.QuerySelector("header a[href='/sign-in']").ShouldNotBeNull();
        foreach (var promise in (string[])["They appear here", "Either of you can ask"]) front.Words.ShouldNotContain(promise);
    }

    [Fact]
    public async Task Goes_on_showing_the_chosen_program_when_another_opens_until_somebody_chooses_that()
    {
        var (first, second) = (await ProgramScene.GivenProgram(product), await ProgramScene.GivenProgram(product));
        await Open(first, ("OnFrontPage", "true"));

        var asked = await Publish(second);
        await Open(second);
        var opened = await Shown();
        var offered = await Publish(second);
        (await second.Manager.Post($"/manage/{second.Slug}/setup/front-page", ("seen", Seen(offered)), ("OnFrontPage", "true"))).Location.ShouldNotBeNull();
        var chosen = await Shown();
        (await second.Manager.Post($"/manage/{second.Slug}/setup/front-page", ("seen", Seen(await Publish(second))), ("OnFrontPage", "false"))).Location.ShouldNotBeNull();

        asked.QuerySelector("input[name=OnFrontPage]")!.HasAttribute("checked").ShouldBeFalse();
        asked.Body!.TextContent.ShouldContain("In place of First 90 Days, Cohort");
        offered.QuerySelectorAll("button").ShouldContain(button => button.TextContent == "Show it on the front page");
        (opened, chosen, await Shown()).ShouldBe((first.Slug, second.Slug, "none"));
    }

    [Fact]
    public async Task Shows_one_of_two_programs_that_are_put_there_at_once()
    {
        var scenes = new[] { await ProgramScene.GivenProgram(product), await ProgramScene.GivenProgram(product), await ProgramScene.GivenProgram(product), await ProgramScene.GivenProgram(product) };
        foreach (var scene in scenes) await Open(scene);
        var seen = await Task.WhenAll(scenes.Select(async scene => Seen(await Publish(scene))));

        var answers = await Task.WhenAll(scenes.Zip(seen, (scene, edition) => scene.Manager.Post($"/manage/{scene.Slug}/setup/front-page", ("seen", edition), ("OnFrontPage", "true"))));

        answers.ShouldAllBe(answer => answer.Location != null || answer.Status == HttpStatusCode.Conflict);
        scenes.Zip(answers).Where(each => each.Second.Location is not null).Select(each => each.First.Slug).ShouldContain(await Shown());
    }

    [Fact]
    public async Task Refuses_to_show_a_draft()
    {
        var scene = await ProgramScene.GivenProgram(product);

        var refused = await scene.Manager.Post($"/manage/{scene.Slug}/setup/front-page", ("seen", Seen(await Publish(scene))), ("OnFrontPage", "true"));

        (refused.Status, refused.Words.Contains("Only a program that is open, and not about the past, can stand on the front page.")).ShouldBe((HttpStatusCode.Conflict, true));
        (await Shown()).ShouldNotBe(scene.Slug);
    }

    Task<string> Shown() => product.Database.ScalarAsync<string>("SELECT coalesce(string_agg(slug, ','), 'none') FROM programs.program WHERE is_on_front_page");

    static Task<IDocument> Publish(ProgramScene scene) => scene.Manager.Page($"/manage/{scene.Slug}/setup/publish");

    static string Seen(IDocument page) => page.QuerySelector("input[name=seen]")!.GetAttribute("value")!;

    static async Task Open(ProgramScene scene, params (string, string)[] choice) =>
        (await scene.Manager.Post($"/manage/{scene.Slug}/setup/publish", [("seen", Seen(await Publish(scene))), .. choice])).Location.ShouldNotBeNull();
}
