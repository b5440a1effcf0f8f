using System.Net;
using Guildhall.Modules.Library;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Library;

/// <summary>What editors do with articles: write, change, publish, look again, retire.</summary>
public sealed class EditArticlesTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Shows_readers_the_version_that_was_published_last()
    {
        var scene = await LibraryScene.Given(product);
        using var reader = await scene.GivenSeller();
        var page = await scene.GivenDraft("Packing well", "First text.");

        (await reader.Get("/me/learn/packing-well")).Status.ShouldBe(HttpStatusCode.NotFound);
        await scene.Publish(page);
        (await scene.Save(page, "Packing better", "Second text.")).Location.ShouldBe($"{page}?did=saved");
        var before = await reader.Get("/me/learn/packing-well");
        var staff = await scene.Editor.Get(page);
        await scene.Publish(page);
        var after = await reader.Get("/me/learn/packing-well");

        (before.Heading, before.Words.Contains("First text."), before.Words.Contains("Second text.")).ShouldBe(("Packing well", true, false));
        staff.Words.ShouldContain("Readers see version 1. Version 2, below, is not published yet.");
        (after.Heading, after.Words.Contains("Second text.")).ShouldBe(("Packing better", true));
    }

    [Fact]
    public async Task Keeps_every_version_with_who_changed_it_and_why_and_brings_one_back()
    {
        var scene = await LibraryScene.Given(product);
        var page = await scene.GivenDraft("Bringing back", "The first text.");
        using var colleague = await product.AnotherManager("Noor Haddad", "noor.bring@example.com");
        var seen = await scene.Seen(page);
        await LibraryScene.Send(colleague, page, $"{page}/edit", [.. LibraryScene.Fields("Bringing back", "The second text.").Where(field => field.Name != "Note"), ("Note", "Shorter"), ("seen", seen)]);

        var first = await scene.Editor.Get($"{page}/versions/1");
        var brought = await scene.Editor.Post($"{page}/versions/1", ("seen", await scene.Seen($"{page}/versions/1")));
        var now = await scene.Editor.Get(page);
        var same = await scene.Editor.Post($"{page}/versions/1", ("seen", await scene.Seen(page)));

        first.Words.ShouldContain("The first text.");
        brought.Location.ShouldBe($"{page}?did=back");
        now.Page.QuerySelectorAll("[aria-labelledby=versions-h] tbody tr").Select(row => string.Join(" | ", row.QuerySelectorAll("td").Select(cell => cell.TextContent.Trim()).Where((_, at) => at != 1)))
            .ShouldBe(["Dana Reyes | Version 1 again", "Noor Haddad | Shorter", "Dana Reyes | First version"]);
        now.Page.QuerySelector(".prose")!.TextContent.ShouldContain("The first text.");
        (same.Status, same.Words.Contains("The latest version says the same.")).ShouldBe((HttpStatusCode.Conflict, true));
        (await scene.Editor.Get($"{page}/versions/9")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Makes_no_version_of_a_text_that_stayed()
    {
        var scene = await LibraryScene.Given(product);
        var page = await scene.GivenDraft("Staying", "One\n\ntwo");

        (await scene.Save(page, " Staying ", "\r\nOne\r\n\r\ntwo\r\n")).Location.ShouldBe($"{page}?did=saved");

        (await Versions("staying")).ShouldBe(1);
    }

    [Fact]
    public async Task Shows_the_second_of_two_editors_both_texts_and_lets_them_choose()
    {
        var scene = await LibraryScene.Given(product);
        var page = await scene.GivenDraft("Conflict", "As it was.");
        var seen = await scene.Seen(page);
        await scene.Editor.Post($"{page}/edit", [.. LibraryScene.Fields("Conflict solved", "Theirs."), ("seen", seen)]);

        var late = await scene.Editor.Post($"{page}/edit", [.. LibraryScene.Fields("Conflict", "Mine.", topic: "inventory"), ("seen", seen)]);
        var again = await scene.Editor.Post($"{page}/edit", [.. LibraryScene.Fields("Conflict", "Mine."), ("seen", late.Page.QuerySelector("input[name=seen]")!.GetAttribute("value")!)]);

        late.Status.ShouldBe(HttpStatusCode.Conflict);
        late.Words.ShouldContain("Somebody else changed this article while you were on this page. Their change is kept and yours is not saved.");
        late.Words.ShouldContain("Stored now, where it differs: title “Conflict solved”; the text, which stands next; skills Pricing. Save again to use yours.");
        late.Page.QuerySelector("[aria-labelledby=stored-h] .prose")!.TextContent.ShouldBe("Theirs.");
        late.Page.QuerySelector("#Body")!.TextContent.ShouldBe("Mine.");
        again.Location.ShouldBe($"{page}?did=saved");
        (await Versions("conflict")).ShouldBe(3);
    }

    [Theory]
    [InlineData("publish")]
    [InlineData("retire")]
    [InlineData("owner")]
    [InlineData("edit")]
    public async Task Lets_one_of_two_at_once_win_and_tells_the_other(string deed)
    {
        var scene = await LibraryScene.Given(product);
        var page = await scene.GivenDraft($"At once {deed}");
        var seen = await scene.Seen(page);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(number =>
            scene.Editor.Post($"{page}/{deed}", [.. LibraryScene.Fields($"At once {deed}", $"Text {number}."), ("seen", seen), ("Owner", number % 2 == 0 ? "me" : "nobody")])));

        // Who gives a thing to whom it belongs already changes nothing, and is told nothing.
        answers.Count(answer => answer.Status == HttpStatusCode.Redirect).ShouldBeInRange(1, deed == "owner" ? 6 : 1);
        answers.Where(answer => answer.Status != HttpStatusCode.Redirect).ShouldAllBe(answer => answer.Status == HttpStatusCode.Conflict);
        (await Versions($"at-once-{deed}")).ShouldBe(deed == "edit" ? 2 : 1);
    }

    [Theory]
    [InlineData("Title", "", "Enter a title of up to 120 characters.")]
    [InlineData("Title", "long", "Enter a title of up to 120 characters.")]
    [InlineData("Summary", " ", "Enter a summary of up to 300 characters: it is what people read in the list.")]
    [InlineData("Body", "", "Enter the text. Nothing was saved.")]
    [InlineData("Kind", "Poem", "Choose what it is from the list.")]
    [InlineData("Kind", "17", "Choose what it is from the list.")]
    [InlineData("Audience", "", "Choose who reads it from the list.")]
    [InlineData("Stage", "x", "Choose a stage from the list.")]
    [InlineData("Topics", "juggling", "Choose skills from the list.")]
    [InlineData("ReviewBy", "soon", "Enter the review date as year, month and day, such as 2027-01-04.")]
    [InlineData("ReviewBy", "2020-01-01", "Choose a day of the next two years on which somebody looks at it again.")]
    [InlineData("ReviewBy", "2099-01-01", "Choose a day of the next two years on which somebody looks at it again.")]
    public async Task Refuses_in_its_own_words_and_keeps_what_was_typed(string field, string value, string words)
    {
        var scene = await LibraryScene.Given(product);
        if (value == "long") value = new string('x', 121);

        var refused = await scene.Editor.Post("/manage/playbooks/new", [.. LibraryScene.Fields("Refused", "Kept text.").Select(one => one.Name == field ? (field, value) : one)]);

        (refused.Status, refused.Words.Contains(words)).ShouldBe((HttpStatusCode.UnprocessableEntity, true), refused.Words);
        refused.Page.QuerySelector(".errsum a")!.GetAttribute("href").ShouldBe($"#{field}");
        if (field != "Body") refused.Page.QuerySelector("#Body")!.TextContent.ShouldBe("Kept text.");
        (await product.Database.ScalarAsync<long>("SELECT count(*) FROM library.article WHERE slug LIKE 'refused%'")).ShouldBe(0);
    }

    [Theory]
    [InlineData(50_001)]
    [InlineData(5_000_000)]
    public async Task Refuses_a_text_that_is_far_too_long_calmly_and_keeps_it_on_the_page(int length)
    {
        var scene = await LibraryScene.Given(product);
        var text = string.Concat(Enumerable.Repeat("word ", length / 5)) + new string('x', length % 5);

        var refused = await scene.Editor.Post("/manage/playbooks/new", LibraryScene.Fields("Far too long", text));

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Words.ShouldContain("Shorten the text to 50,000 characters. It has ");
        refused.Page.QuerySelector("#Body")!.TextContent.Trim().Length.ShouldBe(text.Trim().Length);
    }

    [Fact]
    public async Task Refuses_a_text_that_could_not_be_shown()
    {
        var scene = await LibraryScene.Given(product);

        var deep = await scene.Editor.Post("/manage/playbooks/new", LibraryScene.Fields("Deep", string.Concat(Enumerable.Repeat("> ", 500)) + "x"));
        var brackets = await scene.Editor.Post("/manage/playbooks/new", LibraryScene.Fields("Brackets", new string('[', 2_000)));

        (deep.Status, deep.Words.Contains("Make the text simpler: its lists, quotes or emphasis are nested too deeply to be shown.")).ShouldBe((HttpStatusCode.UnprocessableEntity, true));
        (brackets.Status, brackets.Words.Contains("Use at most 1,000 square brackets.")).ShouldBe((HttpStatusCode.UnprocessableEntity, true));
    }

    [Fact]
    public async Task Writes_a_hostile_title_as_words_everywhere()
    {
        const string title = "\"><script>alert(1)</script><img src=x onerror=alert(1)>";
        var scene = await LibraryScene.Given(product);
        using var seller = await scene.GivenSeller(title);
        var page = await scene.GivenPublished(title, "[x](javascript:alert(1)) <script>alert(2)</script>");
        var slug = await product.Database.ScalarAsync<string>("SELECT slug FROM library.article WHERE id = '" + page.Split('/')[^1] + "'");
        await LibraryScene.Send(seller, "/mentor/playbooks", $"/mentor/playbooks/{slug}/suggest", ("Title", title), ("Summary", title), ("Body", title), ("Note", title), ("seen", "1"));
        var suggestion = await product.Database.ScalarAsync<Guid>("SELECT id FROM library.suggestion ORDER BY id DESC LIMIT 1");

        foreach (var (browser, path) in new[]
        {
            (scene.Editor, "/manage/playbooks"), (scene.Editor, page), (scene.Editor, $"{page}/edit"), (scene.Editor, $"{page}/versions/1"), (scene.Editor, "/manage/playbooks/suggestions"),
            (scene.Editor, $"/manage/playbooks/suggestions/{suggestion}"), (scene.Editor, "/learn"), (scene.Editor, $"/learn/{slug}"), (seller, "/me/learn"), (seller, $"/me/learn/{slug}"),
            (seller, "/mentor/playbooks/yours"), (seller, $"/mentor/playbooks/{slug}/suggest"),
        })
        {
            var shown = await browser.Page(path);
            shown.QuerySelectorAll("script:not([src]), img, [onerror]").ShouldBeEmpty(path);
            shown.Body!.TextContent.ShouldContain("<script>alert(1)</script>", Case.Sensitive, path);
        }
    }

    [Fact]
    public async Task Takes_what_is_past_its_review_date_from_readers_until_somebody_looked()
    {
        var scene = await LibraryScene.Given(product);
        using var reader = await scene.GivenSeller();
        var page = await scene.GivenPublished("Going stale");
        await product.Database.ExecuteAsync("UPDATE library.article SET review_by = '2026-01-01' WHERE slug = 'going-stale'");

        var gone = await reader.Get("/me/learn/going-stale");
        var list = await reader.Get("/me/learn?q=stale");
        var flagged = await scene.Editor.Get("/manage/playbooks?show=overdue");
        var own = await scene.Editor.Get(page);
        var reviewed = await scene.Editor.Post($"{page}/reviewed", ("ReviewBy", "2027-03-01"), ("seen", await scene.Seen(page)));
        var back = await reader.Get("/me/learn/going-stale");

        (gone.Status, gone.Heading).ShouldBe((HttpStatusCode.NotFound, "This is being looked at again"));
        list.Words.ShouldContain("Nothing for “stale”");
        flagged.Page.QuerySelectorAll("tbody tr").Single().TextContent.ShouldContain("Past its date");
        own.Words.ShouldContain("Past its review date, Thu 1 Jan 2026: readers and onboarding are not offered it.");
        reviewed.Location.ShouldBe($"{page}?did=reviewed");
        back.Heading.ShouldBe("Going stale");
    }

    [Theory]
    [InlineData("2026-11-21", false)]
    [InlineData("2026-11-22", false)]
    [InlineData("2027-03-01", true)]
    [InlineData("2030-03-01", false)]
    [InlineData("", false)]
    public async Task Asks_for_a_next_review_date_that_lies_ahead(string day, bool isTaken)
    {
        var scene = await LibraryScene.Given(product);
        var page = await scene.GivenDraft($"Next date {day}");
        // The clock of tests may have gone on by a few minutes of test time, never by a day.
        if (day == "2026-11-22") day = DateOnly.FromDateTime(product.Clock.GetUtcNow().UtcDateTime).ToString("yyyy-MM-dd");

        var answer = await scene.Editor.Post($"{page}/reviewed", ("ReviewBy", day), ("seen", await scene.Seen(page)));

        answer.Status.ShouldBe(isTaken ? HttpStatusCode.Redirect : HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Retires_and_brings_back_and_changes_owner()
    {
        var scene = await LibraryScene.Given(product);
        using var reader = await scene.GivenSeller();
        var page = await scene.GivenPublished("Retiring");

        var retired = await scene.Editor.Post($"{page}/retire", ("seen", await scene.Seen(page)));
        var gone = await reader.Get("/me/learn/retiring");
        (await scene.Publish(page)).Location.ShouldBe($"{page}?did=published");
        var back = await reader.Get("/me/learn/retiring");
        await scene.Editor.Post($"{page}/owner", ("Owner", "nobody"), ("seen", await scene.Seen(page)));

        retired.Location.ShouldBe($"{page}?did=retired");
        (gone.Status, back.Status).ShouldBe((HttpStatusCode.NotFound, HttpStatusCode.OK));
        (await scene.Editor.Page(page)).QuerySelector("[aria-labelledby=owner-h] p")!.TextContent.ShouldBe("Nobody yet");
    }

    [Fact]
    public async Task Gives_two_articles_of_one_title_addresses_of_their_own()
    {
        var scene = await LibraryScene.Given(product);

        var (one, two) = (await scene.GivenDraft("Twins"), await scene.GivenDraft("Twins"));
        var taken = await scene.GivenDraft("New");
        var unspelled = await scene.GivenDraft("包装");

        one.ShouldNotBe(two);
        foreach (var page in (string[])[one, two, taken, unspelled])
        {
            var slug = await product.Database.ScalarAsync<string>($"SELECT slug FROM library.article WHERE id = '{page.Split('/')[^1]}'");
            slug.ShouldMatch(page == one ? "^twins$" : page == two ? "^twins-[0-9a-f]{8}$" : "^article-[0-9a-f]{8}$");
        }
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("GET", "/edit")]
    [InlineData("POST", "/edit")]
    [InlineData("POST", "/publish")]
    [InlineData("POST", "/retire")]
    [InlineData("POST", "/reviewed")]
    [InlineData("POST", "/owner")]
    [InlineData("POST", "/versions/1")]
    [InlineData("POST", "/steps/new")]
    [InlineData("GET", "/steps/new")]
    public async Task Finds_no_article_that_is_not_there(string method, string path)
    {
        var scene = await LibraryScene.Given(product);
        var nowhere = $"/manage/playbooks/01890a5d-ac96-774b-bcce-b302099a8057{path}";

        var answer = method == "GET" ? await scene.Editor.Get(nowhere) : await scene.Editor.Post(nowhere, [.. LibraryScene.Fields("Nobody’s"), ("seen", "1"), ("Minutes", "5"), ("DueDay", "5")]);

        answer.Status.ShouldBe(HttpStatusCode.NotFound);
    }

    Task<long> Versions(string slug) => product.Database.ScalarAsync<long>($"SELECT count(*) FROM library.article_version v JOIN library.article a ON a.id = v.article_id WHERE a.slug = '{slug}'");
}
