using System.Net;
using Guildhall.Modules.Programs;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Programs;

/// <summary>The charter: what holds, who published it, and what happens when two do so at once.</summary>
public sealed class CharterTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    const string Path = "/manage/charter";

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Holds_from_the_first_time_anybody_asks_and_is_stored_once()
    {
        await product.Database.ExecuteAsync("DELETE FROM programs.charter_version");

        var asked = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => product.Ask<CharterLookup, CharterInForce>(charter => charter.Current(Stop))));

        asked.Select(one => one.Number).Distinct().ShouldBe([1]);
        asked.Select(one => one.PublishedAt).Distinct().Count().ShouldBe(1);
        asked[0].Text.ShouldContain("## Who sees what");
        (await product.Database.ScalarAsync<long>("SELECT count(*) FROM programs.charter_version")).ShouldBe(1);
    }

    [Fact]
    public async Task Is_read_by_visitors_with_its_version_and_day()
    {
        await GivenStarter();
        using var visitor = product.Visitor();

        var answer = await visitor.Get("/charter");

        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.Words.ShouldContain("Version 1, published on");
        answer.Page.QuerySelectorAll("h1").Length.ShouldBe(1);
        answer.Page.QuerySelectorAll("article h2").Select(heading => heading.TextContent).ShouldContain("When interests clash");
        (await visitor.Page("/")).QuerySelector("a[href='/charter']").ShouldNotBeNull();
    }

    [Fact]
    public async Task Shows_what_stands_in_the_text_as_text()
    {
        await GivenStarter();
        var manager = await product.Manager();

        (await Publish(manager, "Read <b>this</b>\nand this.\n\n## <script>alert(1)</script>\n- [a](javascript:b)\n- two\n", "Markup.")).Location.ShouldBe($"{Path}?did=published");
        using var visitor = product.Visitor();
        var answer = await visitor.Get("/charter");

        answer.Page.QuerySelector(".prose p")!.TextContent.ShouldBe("Read <b>this</b> and this.");
        answer.Page.QuerySelector(".prose h2")!.TextContent.ShouldBe("<script>alert(1)</script>");
        answer.Page.QuerySelectorAll(".prose li").Select(item => item.TextContent).ShouldBe(["[a](javascript:b)", "two"]);
        answer.Page.QuerySelectorAll(".prose :is(b, script, a)").ShouldBeEmpty();
    }

    [Fact]
    public async Task Asks_what_is_new_and_keeps_the_text()
    {
        await GivenStarter();
        var manager = await product.Manager();

        var unsaid = await Publish(manager, "Another text.", " ");
        var same = await Publish(manager, (await product.Ask<CharterLookup, CharterInForce>(charter => charter.Current(Stop))).Text.Replace("\n", "\r\n", StringComparison.Ordinal), "Nothing.");
        var empty = await Publish(manager, " \r\n ", "Nothing.");
        var tooLong = await Publish(manager, new string('a', 20_001), "Long.");

        unsaid.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        unsaid.Page.QuerySelector("#WhatChanged-error")!.TextContent.ShouldStartWith("Enter what is new in this version");
        unsaid.Page.QuerySelector("#Text")!.TextContent.Trim().ShouldBe("Another text.");
        same.Page.QuerySelector("#Text-error")!.TextContent.ShouldBe("Change the text first: it is the same as version 1, which holds now.");
        (empty.Status, tooLong.Status).ShouldBe((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity));
        (await Current()).ShouldBe(1);
    }

    [Fact]
    public async Task Tells_the_second_of_two_who_publish_at_once_and_keeps_their_text()
    {
        await GivenStarter();
        var manager = await product.Manager();
        var seen = await Seen(manager);

        var answers = await Task.WhenAll(Enumerable.Range(1, 6).Select(number => manager.Post(Path, ("Text", $"Text {number}."), ("WhatChanged", $"Change {number}."), ("seen", seen))));
        var second = answers.First(answer => answer.Status == HttpStatusCode.Conflict);
        var again = await manager.Post(Path, ("Text", "My text after all."), ("WhatChanged", "Mine."), ("seen", second.Page.QuerySelector("input[name=seen]")!.GetAttribute("value")!));

        answers.Count(answer => answer.Location is not null).ShouldBe(1);
        answers.Count(answer => answer.Status == HttpStatusCode.Conflict).ShouldBe(5);
        second.Words.ShouldContain("Somebody else published version 2 while you were writing. Yours is not published, and your text stands in the form.");
        second.Page.QuerySelector("#Text")!.TextContent.Trim().ShouldStartWith("Text ");
        again.Location.ShouldNotBeNull();
        (await Current()).ShouldBe(3);
    }

    [Fact]
    public async Task Withdraws_the_version_that_holds_and_never_the_last()
    {
        await GivenStarter();
        var manager = await product.Manager();
        await Publish(manager, "Hasty.", "Too fast.");

        var unsaid = await manager.Post($"{Path}/2/withdraw", ("Reason", ""));
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => manager.Post($"{Path}/2/withdraw", ("Reason", "It was published too early."))));
        var page = await manager.Get(Path);
        var last = await manager.Post($"{Path}/1/withdraw", ("Reason", "All of it."));
        var never = await manager.Post($"{Path}/9/withdraw", ("Reason", "None."));

        unsaid.Page.QuerySelector("#Reason-error")!.TextContent.ShouldStartWith("Enter why this version is withdrawn");
        answers.Count(answer => answer.Location is not null).ShouldBe(1);
        answers.First(answer => answer.Location is null).Words.ShouldContain("Version 2 does not hold any more: version 1 does. Nothing was changed.");
        page.Words.ShouldContain("It was published too early.");
        (last.Status, last.Words.Contains("Version 1 is the only one left, and there has to be a charter.")).ShouldBe((HttpStatusCode.Conflict, true));
        never.Status.ShouldBe(HttpStatusCode.NotFound);
        (await Current()).ShouldBe(1);
        // A number is never used twice: who agreed to version 2 agreed to that text.
        (await Publish(manager, "Better.", "With more care.")).Location.ShouldNotBeNull();
        (await Current()).ShouldBe(3);
    }

    [Fact]
    public async Task Lists_every_version_a_page_at_a_time()
    {
        await GivenStarter();
        var manager = await product.Manager();
        var before = await QueryCount.Of(product.Database, () => manager.Page(Path));
        await product.Database.ExecuteAsync("""
            INSERT INTO programs.charter_version (number, text, what_changed, published_at, published_by)
            SELECT n, 'Text ' || n, 'Change ' || n, now(), published_by FROM programs.charter_version, generate_series(2, 60) n WHERE number = 1
            """);

        var first = await manager.Page(Path);
        var second = await manager.Page(first.QuerySelector("a[rel=next]")!.GetAttribute("href")!);
        var old = await manager.Page($"{Path}?version=7");

        first.QuerySelectorAll("tbody tr").Length.ShouldBe(50);
        second.QuerySelectorAll("tbody th").Select(cell => cell.TextContent).ShouldBe(Enumerable.Range(1, 10).Reverse().Select(number => $"Version {number}"));
        old.QuerySelector(".prose")!.TextContent.Trim().ShouldBe("Text 7");
        (await QueryCount.Of(product.Database, () => manager.Page(Path))).ShouldBe(before);
    }

    async Task GivenStarter()
    {
        await product.Database.ExecuteAsync("DELETE FROM programs.charter_version");
        await product.Ask<CharterLookup, CharterInForce>(charter => charter.Current(Stop));
    }

    async Task<int> Current() => (await product.Ask<CharterLookup, CharterInForce>(charter => charter.Current(Stop))).Number;

    static async Task<Answer> Publish(Browser manager, string text, string whatChanged) => await manager.Post(Path, ("Text", text), ("WhatChanged", whatChanged), ("seen", await Seen(manager)));

    static async Task<string> Seen(Browser manager) => (await manager.Page(Path)).QuerySelector("input[name=seen]")!.GetAttribute("value")!;
}
