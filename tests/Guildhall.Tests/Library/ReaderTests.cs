using System.Net;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Library;

/// <summary>"Was this useful?": one vote an account and version, which may be changed.</summary>
public sealed class ReaderTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Counts_one_vote_of_a_person_who_may_change_it()
    {
        var scene = await LibraryScene.Given(product);
        using var ana = await scene.GivenSeller();
        using var ben = await scene.GivenSeller("Ben Ode");
        var page = await scene.GivenPublished("Voted on");

        (await Vote(ana, "/me/learn/voted-on", "yes", 1)).Location.ShouldBe("/me/learn/voted-on?did=voted");
        (await Vote(ben, "/mentor/playbooks/voted-on", "yes", 1)).Location.ShouldBe("/mentor/playbooks/voted-on?did=voted");
        var two = await scene.Editor.Get(page);
        await Vote(ana, "/me/learn/voted-on", "no", 1);
        var changed = await ana.Page("/me/learn/voted-on");
        var one = await scene.Editor.Get(page);

        two.Page.QuerySelector("[aria-labelledby=about-h]")!.TextContent.ShouldContain("2 of 2");
        one.Page.QuerySelector("[aria-labelledby=about-h]")!.TextContent.ShouldContain("1 of 2");
        changed.QuerySelectorAll("button[name=Useful]").Select(button => button.GetAttribute("aria-pressed")).ShouldBe(["false", "true"]);
    }

    [Fact]
    public async Task Keeps_one_of_many_clicks_at_once()
    {
        var scene = await LibraryScene.Given(product);
        using var ana = await scene.GivenSeller();
        await scene.GivenPublished("Clicked on");
        await ana.Page("/me/learn");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Vote(ana, "/me/learn/clicked-on", number % 2 == 0 ? "yes" : "no", 1)));

        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.Redirect);
        (await product.Database.ScalarAsync<long>("SELECT count(*) FROM library.useful_vote v JOIN library.article a ON a.id = v.article_id WHERE a.slug = 'clicked-on'")).ShouldBe(1);
    }

    [Fact]
    public async Task Asks_anew_about_a_version_that_came_meanwhile()
    {
        var scene = await LibraryScene.Given(product);
        using var ana = await scene.GivenSeller();
        var page = await scene.GivenPublished("Rewritten");
        await Vote(ana, "/me/learn/rewritten", "yes", 1);
        await scene.Save(page, "Rewritten", "All new.");
        await scene.Publish(page);

        var late = await Vote(ana, "/me/learn/rewritten", "no", 1);
        var odd = await Vote(ana, "/me/learn/rewritten", "perhaps", 2);

        (late.Status, late.Words.Contains("The text was changed while you read it. Your answer was not kept.")).ShouldBe((HttpStatusCode.Conflict, true));
        (odd.Status, odd.Words.Contains("Choose Yes or Not really. Nothing was kept.")).ShouldBe((HttpStatusCode.UnprocessableEntity, true));
        (await scene.Editor.Get(page)).Page.QuerySelector("[aria-labelledby=about-h]")!.TextContent.ShouldContain("No votes yet");
        (await product.Database.ScalarAsync<long>("SELECT count(*) FROM library.useful_vote v JOIN library.article a ON a.id = v.article_id WHERE a.slug = 'rewritten' AND number = 1 AND is_useful")).ShouldBe(1);
    }

    [Fact]
    public async Task Finds_nothing_that_is_a_draft_retired_or_for_the_other_side()
    {
        var scene = await LibraryScene.Given(product);
        using var ana = await scene.GivenSeller();
        await scene.GivenDraft("Only a draft");
        await scene.GivenPublished("Only for mentors", audience: "Mentor");

        foreach (var path in (string[])["/me/learn/only-a-draft", "/mentor/playbooks/only-a-draft", "/me/learn/only-for-mentors", "/me/learn/nowhere", "/learn/nowhere"])
        {
            var answer = await ana.Get(path);
            if (answer.Location is { } on) answer = await ana.Get(on);
            (answer.Status, answer.Heading).ShouldBe((HttpStatusCode.NotFound, "There is no page here"), path);
        }

        (await Vote(ana, "/me/learn/only-for-mentors", "yes", 1, "/me/learn")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await product.Database.ScalarAsync<long>("SELECT count(*) FROM library.useful_vote v JOIN library.article a ON a.id = v.article_id WHERE a.slug = 'only-for-mentors'")).ShouldBe(0);
    }

    static Task<Answer> Vote(Browser reader, string path, string answer, int version, string? page = null) => LibraryScene.Send(reader, page ?? path, $"{path}/useful", ("Useful", answer), ("Version", $"{version}"));
}
