using System.Net;
using Guildhall.Modules.Library;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Library;

/// <summary>What mentors suggest, and what editors decide.</summary>
public sealed class SuggestionTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    const string Root = "/mentor/playbooks";

    [Fact]
    public async Task Publishes_a_change_as_a_version_by_the_mentor_once_an_editor_approves()
    {
        var scene = await LibraryScene.Given(product);
        using var mentor = await scene.GivenSeller("Ruth Adler");
        var article = await scene.GivenPublished("Improve me", "Line one\n\nLine two");
        var sent = await Suggest(mentor, "improve-me", 1, "Line one\n\nLine three", "Two was wrong");
        var page = await Suggestion("improve-me");

        var before = await mentor.Get($"{Root}/improve-me");
        var waiting = await mentor.Get(sent.Location!);
        var shown = await scene.Editor.Get(page);
        var approved = await Approve(scene, page);
        var after = await mentor.Get($"{Root}/improve-me");
        var own = await mentor.Get($"{Root}/yours");

        sent.Location.ShouldBe($"{Root}/yours?did=sent");
        before.Words.ShouldContain("Line two");
        waiting.Words.ShouldContain("Improve me Waiting");
        shown.Page.QuerySelectorAll(".changes del").Single().TextContent.ShouldBe("Taken out: Line two");
        shown.Page.QuerySelectorAll(".changes ins").Single().TextContent.ShouldBe("Put in: Line three");
        approved.Location.ShouldBe($"{article}?did=approved");
        after.Words.ShouldContain("Line three");
        own.Words.ShouldContain("Improve me Approved");
        (await scene.Editor.Get(article)).Words.ShouldContain("Ruth Adler");
        (await scene.Editor.Get(page)).Words.ShouldContain("Approved by Dana Reyes");
    }

    [Fact]
    public async Task Publishes_a_whole_playbook_that_a_mentor_wrote()
    {
        var scene = await LibraryScene.Given(product);
        using var mentor = await scene.GivenSeller("Ines Roth");

        var sent = await LibraryScene.Send(mentor, $"{Root}/new", $"{Root}/new", LibraryScene.Fields("Selling at fairs", "Bring change.", topic: "customer-service"));
        var page = $"/manage/playbooks/suggestions/{await product.Database.ScalarAsync<Guid>("SELECT id FROM library.suggestion WHERE title = 'Selling at fairs'")}";
        var unseen = await mentor.Get($"{Root}/selling-at-fairs");
        var approved = await Approve(scene, page);
        var read = await mentor.Get("/me/learn/selling-at-fairs");

        sent.Location.ShouldBe($"{Root}/yours?did=sent");
        unseen.Status.ShouldBe(HttpStatusCode.NotFound);
        approved.Location.ShouldStartWith("/manage/playbooks/");
        read.Words.ShouldContain("Bring change.");
        (await scene.Editor.Page(approved.Location!.Split('?')[0])).QuerySelector("[aria-labelledby=owner-h] p")!.TextContent.ShouldBe("Dana Reyes");
        (await mentor.Page($"{Root}/yours")).QuerySelector(".found a")!.GetAttribute("href").ShouldBe($"{Root}/selling-at-fairs");
    }

    [Fact]
    public async Task Declines_with_a_reason_that_the_mentor_reads()
    {
        var scene = await LibraryScene.Given(product);
        using var mentor = await scene.GivenSeller();
        using var other = await scene.GivenSeller("Ben Ode");
        await scene.GivenPublished("Decline me");
        await Suggest(mentor, "decline-me", 1, "Worse.");
        var page = await Suggestion("decline-me");

        var without = await scene.Editor.Post($"{page}/decline", ("Reason", " "), ("seen", await scene.Seen(page)));
        var tooLong = await scene.Editor.Post($"{page}/decline", ("Reason", new string('x', 501)), ("seen", await scene.Seen(page)));
        var declined = await scene.Editor.Post($"{page}/decline", ("Reason", "The <b>old</b> one is clearer."), ("seen", await scene.Seen(page)));

        foreach (var refused in (Answer[])[without, tooLong]) (refused.Status, refused.Words.Contains("Enter the reason in up to 500 characters: whoever made the suggestion reads it. Nothing was decided.")).ShouldBe((HttpStatusCode.UnprocessableEntity, true));
        tooLong.Page.QuerySelector("#Reason")!.TextContent.Length.ShouldBe(501);
        declined.Location.ShouldBe("/manage/playbooks/suggestions?did=declined");
        (await mentor.Get($"{Root}/yours")).Words.ShouldContain("The <b>old</b> one is clearer.");
        (await other.Get($"{Root}/yours")).Words.ShouldContain("You have suggested nothing yet");
        (await mentor.Get($"{Root}/decline-me")).Words.ShouldNotContain("Worse.");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Lets_one_of_two_editors_decide_and_tells_the_other(bool isNew)
    {
        var scene = await LibraryScene.Given(product);
        using var mentor = await scene.GivenSeller();
        var title = $"Decided at once {isNew}";
        if (isNew) await LibraryScene.Send(mentor, $"{Root}/new", $"{Root}/new", LibraryScene.Fields(title, "New text."));
        else
        {
            await scene.GivenPublished(title);
            await Suggest(mentor, $"decided-at-once-{isNew}".ToLowerInvariant(), 1, "New text.", title: title);
        }

        var page = $"/manage/playbooks/suggestions/{await product.Database.ScalarAsync<Guid>($"SELECT id FROM library.suggestion WHERE title = '{title}'")}";
        var form = (await scene.Editor.Page(page)).QuerySelectorAll("form[action$=approve] input[name=seen], form[action$=approve] input[name=article]").Select(input => (input.GetAttribute("name")!, input.GetAttribute("value")!)).ToArray();

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(number => scene.Editor.Post($"{page}/{(number % 2 == 0 ? "approve" : "decline")}", [.. form, ("Reason", "No.")])));

        answers.Count(answer => answer.Status == HttpStatusCode.Redirect).ShouldBe(1);
        foreach (var told in answers.Where(answer => answer.Status != HttpStatusCode.Redirect))
            (told.Status, told.Words.Contains("Somebody else decided about this suggestion already. Their decision stands and yours was not kept.")).ShouldBe((HttpStatusCode.Conflict, true), told.Words);
        var approved = answers.Single(answer => answer.Status == HttpStatusCode.Redirect).Location!.EndsWith("approved", StringComparison.Ordinal);
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM library.article_version WHERE title = '{title}'")).ShouldBe((isNew ? 0 : 1) + (approved ? 1 : 0));
    }

    [Fact]
    public async Task Writes_over_nobodys_change_unseen()
    {
        var scene = await LibraryScene.Given(product);
        using var mentor = await scene.GivenSeller();
        var article = await scene.GivenPublished("Moved on", "One\n\nTwo");
        await Suggest(mentor, "moved-on", 1, "One\n\nThree");
        var page = await Suggestion("moved-on");
        var form = (await scene.Editor.Page(page)).QuerySelectorAll("form[action$=approve] input[name=seen], form[action$=approve] input[name=article]").Select(input => (input.GetAttribute("name")!, input.GetAttribute("value")!)).ToArray();
        await scene.Save(article, "Moved on", "One\n\nTwo and a half");

        var late = await scene.Editor.Post($"{page}/approve", form);
        var approved = await Approve(scene, page);

        (late.Status, late.Words.Contains("Somebody else changed the article while you were on this page. Nothing was decided.")).ShouldBe((HttpStatusCode.Conflict, true), late.Words);
        late.Words.ShouldContain("The article was changed after this was written.");
        late.Page.QuerySelector(".changes del")!.TextContent.ShouldContain("Two and a half");
        approved.Location.ShouldBe($"{article}?did=approved");
    }

    [Fact]
    public async Task Keeps_what_a_mentor_typed_when_the_text_was_changed_meanwhile()
    {
        var scene = await LibraryScene.Given(product);
        using var mentor = await scene.GivenSeller();
        var article = await scene.GivenPublished("Typed over", "Old.");
        await scene.Save(article, "Typed over", "Newer.");
        await scene.Publish(article);

        var late = await Suggest(mentor, "typed-over", 1, "Mine.");
        var same = await Suggest(mentor, "typed-over", 2, "Newer.");
        var empty = await Suggest(mentor, "typed-over", 2, "");

        late.Status.ShouldBe(HttpStatusCode.Conflict);
        late.Page.QuerySelector("#Body")!.TextContent.ShouldBe("Mine.");
        late.Page.QuerySelector("[aria-labelledby=stored-h] .prose")!.TextContent.ShouldBe("Newer.");
        late.Page.QuerySelector("input[name=seen]")!.GetAttribute("value").ShouldBe("2");
        (same.Status, same.Words.Contains("Change something first: the text is as it was. Nothing was sent.")).ShouldBe((HttpStatusCode.UnprocessableEntity, true));
        empty.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Takes_no_more_suggestions_of_one_person_than_editors_can_read()
    {
        var scene = await LibraryScene.Given(product);
        using var mentor = await scene.GivenSeller();
        for (var number = 0; number < MakeSuggestion.MostWaiting; number++)
            (await LibraryScene.Send(mentor, $"{Root}/new", $"{Root}/new", LibraryScene.Fields($"Many {number}"))).Status.ShouldBe(HttpStatusCode.Redirect);

        var more = await LibraryScene.Send(mentor, $"{Root}/new", $"{Root}/new", LibraryScene.Fields("One more", "Kept here."));
        var queries = await QueryCount.Of(product.Database, () => scene.Editor.Page("/manage/playbooks/suggestions"));

        (more.Status, more.Words.Contains("20 of your suggestions wait for an editor.")).ShouldBe((HttpStatusCode.Conflict, true));
        more.Page.QuerySelector("#Body")!.TextContent.ShouldBe("Kept here.");
        queries.ShouldBeInRange(4, 8);
    }

    [Theory]
    [InlineData("your-first-90-days")]
    [InlineData("your-first-session")]
    [InlineData("nowhere")]
    public async Task Takes_no_suggestion_for_the_plan_or_for_what_mentors_do_not_read(string slug)
    {
        var scene = await LibraryScene.Given(product);
        using var mentor = await scene.GivenSeller();

        (await mentor.Get($"{Root}/{slug}/suggest")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await Suggest(mentor, slug, 1, "Mine.", page: Root)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public void Tells_what_differs_line_by_line()
    {
        var changes = LineChanges.Between("a\nb\nc\nd", "a\nx\nc\ne\nd");

        changes.Select(change => (change.Change switch { LineChange.Added => "+", LineChange.Removed => "-", _ => " " }) + change.Line).ShouldBe([" a", "-b", "+x", " c", "+e", " d"]);
        LineChanges.Between("a", "a").ShouldBe([(LineChange.Kept, "a")]);
        var (old, now) = (string.Join('\n', Enumerable.Range(0, 3_000)), string.Join('\n', Enumerable.Range(5_000, 3_000)));
        LineChanges.Between(old, now).Count(change => change.Change == LineChange.Removed).ShouldBe(3_000);
    }

    // Against all ways of leaving lines out, for every pair of short texts of two letters.
    [Fact]
    public void Keeps_as_many_lines_as_can_be_kept()
    {
        var texts = Enumerable.Range(1, 5).SelectMany(length => Enumerable.Range(0, 1 << length).Select(bits => string.Join('\n', Enumerable.Range(0, length).Select(at => (bits >> at & 1) == 0 ? "a" : "b")))).ToList();
        foreach (var old in texts)
        {
            foreach (var now in texts)
            {
                var changes = LineChanges.Between(old, now);
                string.Join('\n', changes.Where(change => change.Change != LineChange.Added).Select(change => change.Line)).ShouldBe(old);
                string.Join('\n', changes.Where(change => change.Change != LineChange.Removed).Select(change => change.Line)).ShouldBe(now);
                changes.Count(change => change.Change == LineChange.Kept).ShouldBe(LongestCommon(old.Split('\n'), now.Split('\n')));
            }
        }
    }

    static int LongestCommon(string[] old, string[] now) => Enumerable.Range(0, 1 << old.Length)
        .Select(bits => old.Where((_, at) => (bits >> at & 1) == 1).ToArray())
        .Where(part => part.Aggregate(0, (from, line) => from < 0 ? -1 : Array.IndexOf(now, line, from) + 1 is > 0 and var next ? next : -1) >= 0)
        .Max(part => part.Length);

    static Task<Answer> Suggest(Browser mentor, string slug, int version, string body, string note = "", string? title = null, string? page = null) => LibraryScene.Send(
        mentor, page ?? Root, $"{Root}/{slug}/suggest", ("Title", title ?? char.ToUpperInvariant(slug[0]) + slug[1..].Replace('-', ' ')), ("Summary", "In short."), ("Body", body), ("Note", note), ("seen", $"{version}"));

    static async Task<Answer> Approve(LibraryScene scene, string page)
    {
        var form = (await scene.Editor.Page(page)).QuerySelectorAll("form[action$=approve] input[name=seen], form[action$=approve] input[name=article]").Select(input => (input.GetAttribute("name")!, input.GetAttribute("value")!));
        return await scene.Editor.Post($"{page}/approve", [.. form]);
    }

    async Task<string> Suggestion(string slug) =>
        $"/manage/playbooks/suggestions/{await product.Database.ScalarAsync<Guid>($"SELECT s.id FROM library.suggestion s JOIN library.article a ON a.id = s.article_id WHERE a.slug = '{slug}'")}";
}
