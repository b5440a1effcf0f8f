using System.Globalization;
using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using Guildhall.Modules.Impact;
using Guildhall.Platform.Access;
using Guildhall.Tests.Support;
using Npgsql;

namespace Guildhall.Tests.Impact;

/// <summary>What the public reads of results: only what a manager published, as it was, in every form the same.</summary>
public sealed class ResultsTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Publishes_what_the_last_look_shows_to_everybody_and_nothing_before()
    {
        var scene = await Read(new() { Effect = 0.3, Dip = 0.3 });
        await OnFrontPage(scene);
        using var visitor = product.Visitor();

        var look = await scene.Program.Manager.Page(Publish(scene));
        var before = await visitor.Get(Results(scene));
        var front = await visitor.Page("/");
        (await Press(scene)).Location.ShouldBe($"{Publish(scene)}?did=published");
        var after = await visitor.Page(Results(scene));
        var headline = Text(after, ".res .v");

        before.Words.ShouldContain("nothing is claimed before it is measured");
        before.Words.ShouldNotContain("%");
        (Text(front, "#results-h"), front.QuerySelector(".iv")).ShouldBe(("No results yet", null));
        headline.ShouldMatch(@"^\d+% more$");
        Text(after, "h1").ShouldBe($"Mentored sellers sold {headline} than expected");
        Text(after, ".res .gh-badge").ShouldBe("Some evidence");
        after.QuerySelector(".res")!.InnerHtml.ShouldBe(look.QuerySelector(".res")!.InnerHtml);
        after.QuerySelectorAll(".res .k").Select(name => name.TextContent).ShouldBe(["Sales", "Value of an order", "Buyers’ reviews", "Orders sent back", "Orders sent late"]);
        after.QuerySelectorAll(".res li:last-child .iv").ShouldBeEmpty("the marketplace sent no reviews");
        after.QuerySelectorAll(".iv").Length.ShouldBe(2);
        Text(after, ".res").ShouldContain("About 60 mentored sellers compared with about 300 similar sellers who had no mentor.");
        after.QuerySelectorAll("[aria-labelledby=mentoring-h] li").Select(line => line.TextContent).ShouldBe(
        [
            "Asked of mentors: First order 270 days ago or more, the last within 60; in the top 25% of the active by sales of 180 days; 4.2 of 5 or better from at least 5 reviews",
            "How they are taken in: 1 person looks at each application; mentors answer situations of the coaching method before their first mentee", "What they get: No money",
        ]);
        after.QuerySelectorAll("script").ShouldBeEmpty();
        foreach (var href in new[] { "/method", "/results.csv", "/results.json" }) after.QuerySelector($"a[href='{href}']").ShouldNotBeNull();
        var page = await visitor.Page("/");
        Text(page, "h1").ShouldBe($"Mentored sellers sold {headline} than expected");
        page.QuerySelectorAll(".pub-panel .iv").Length.ShouldBe(1);
        page.QuerySelector("nav a[href='/results']").ShouldNotBeNull();
    }

    [Fact]
    public async Task Says_the_same_as_a_page_as_json_and_as_csv_and_sends_it_once()
    {
        var scene = await Read(new() { Effect = 0.3 });
        await Press(scene);
        using var visitor = product.Visitor();

        var json = await visitor.Get("/results.json");
        var csv = await visitor.Get("/results.csv");
        var again = await visitor.Send(new HttpRequestMessage(HttpMethod.Get, "/results.json") { Headers = { { "If-None-Match", json.Headers["ETag"] } } });

        var document = Document(json, scene);
        var stored = await product.Database.ScalarAsync<string>($"SELECT r.document::text FROM impact.result_release r JOIN programs.program p ON p.id = r.program_id WHERE p.slug = '{scene.Program.Slug}'");
        JsonElement.DeepEquals(document, JsonDocument.Parse(stored).RootElement).ShouldBeTrue();
        var effect = document.GetProperty("outcomes")[0].GetProperty("effect");
        var page = await visitor.Page(Results(scene));
        Text(page, ".res .v").ShouldBe($"{effect.GetProperty("value").GetDouble()}% more");
        csv.Text.ShouldContain($"outcome,Sales,,,Some evidence,Mentored sellers sold {effect.GetProperty("words").GetString()} than expected,percent of what was expected,{effect.GetProperty("value")},{effect.GetProperty("lower")},{effect.GetProperty("upper")},60,300");
        csv.Text.ShouldContain("mentors,how they are taken in,,,,1 person looks at each application; mentors answer situations of the coaching method before their first mentee,,,,,,");
        csv.Text.ShouldContain("mentors,what they get,,,,No money,,,,,,");
        json.Headers["Cache-Control"].ShouldBe("public, max-age=300");
        (again.Status, again.Text).ShouldBe((HttpStatusCode.NotModified, ""));
        Shown(document).ShouldBe(page.QuerySelectorAll("table td").Select(cell => cell.TextContent is "not shown" ? null : (int?)int.Parse(cell.TextContent, CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData(18, null, "Too few", "Too few to say")]
    [InlineData(64, "2026-06-01", "Too early", "Too early to say: due 22 Jun 2026")]
    public async Task Publishes_a_verdict_without_a_number_where_there_is_none(int mentees, string? lastDay, string verdict, string finding)
    {
        var scene = await Read(new() { Effect = 0.5, Mentees = mentees }, lastDay is null ? null : DateOnly.Parse(lastDay, CultureInfo.InvariantCulture));
        using var visitor = product.Visitor();

        await Press(scene);
        var page = await visitor.Page(Results(scene));

        (Text(page, ".res .gh-badge"), Text(page, "h1")).ShouldBe((verdict, finding));
        page.QuerySelectorAll(".iv").ShouldBeEmpty();
        // "12 more are needed" would say that there are 18.
        Text(page, ".res").ShouldNotMatch(@"\b(12|18|%)\b");
        Document(await visitor.Get("/results.json"), scene).GetProperty("outcomes")[0].GetProperty("effect").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Says_which_check_failed()
    {
        var scene = await Read(new() { Effect = 0.5, CountryOfMentees = "IT" });
        using var visitor = product.Visitor();

        await Press(scene);

        Text(await visitor.Page(Results(scene)), "h1").ShouldBe("No result is shown: there are too few sellers like the mentees");
    }

    [Fact]
    public async Task Makes_one_release_of_many_presses_at_once()
    {
        var scene = await Read(new() { Effect = 0.3 });
        var (reading, seen) = Asked(await scene.Program.Manager.Page(Publish(scene)));

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => scene.Program.Manager.Post(Publish(scene), ("Reading", reading), ("seen", seen))));

        answers.ShouldAllBe(answer => answer.Location == $"{Publish(scene)}?did=published");
        (await Releases(scene)).ShouldBe(1);
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM impact.counted_seller c JOIN programs.program p ON p.id = c.program_id WHERE p.slug = '{scene.Program.Slug}'")).ShouldBe(64);
    }

    [Fact]
    public async Task Publishes_the_same_once_and_nothing_that_was_not_looked_at()
    {
        var scene = await Read(new() { Effect = 0.3 });
        var (reading, seen) = Asked(await scene.Program.Manager.Page(Publish(scene)));
        await Press(scene);
        product.Clock.Advance(TimeSpan.FromMinutes(1));

        var page = await scene.Program.Manager.Page(Publish(scene));
        var same = await scene.Program.Manager.Post(Publish(scene), ("Reading", reading), ("seen", "1"));
        await scene.Reads();
        var old = await scene.Program.Manager.Post(Publish(scene), ("Reading", reading), ("seen", "1"));
        var other = await scene.Program.Manager.Post(Publish(scene), ("Reading", Guid.NewGuid().ToString()), ("seen", seen));

        page.QuerySelector($"form[action='{Publish(scene)}']").ShouldBeNull();
        (same.Status, old.Status, other.Status).ShouldBe((HttpStatusCode.Conflict, HttpStatusCode.Conflict, HttpStatusCode.Conflict));
        (await Releases(scene)).ShouldBe(1);
    }

    [Fact]
    public async Task Says_from_what_to_what_a_number_changed_and_asks_why()
    {
        var scene = await Read(new() { Effect = 0.3 });
        await Press(scene);
        await Corrects(scene);
        await scene.Reads();
        using var visitor = product.Visitor();

        var look = await scene.Program.Manager.Page(Publish(scene));
        var (reading, seen) = Asked(look);
        var silent = await scene.Program.Manager.Post(Publish(scene), ("Reading", reading), ("seen", seen), ("Because", "  "));
        var said = await scene.Program.Manager.Post(Publish(scene), ("Reading", reading), ("seen", seen), ("Because", "the marketplace corrected its days."));
        var page = await visitor.Page(Results(scene));

        look.QuerySelectorAll("form .unm b").Select(name => name.TextContent.Split(':')[0]).ShouldBe(["Sales", "Value of an order"]);
        silent.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        silent.Page.QuerySelector(".errsum a")!.GetAttribute("href").ShouldBe("#Because");
        said.Location.ShouldNotBeNull();
        Text(page, ".pub-changes li:first-child").ShouldMatch(@"^Changed on \d+ \w+ \d{4}: Sales from \d+% more \(\+\d+% to \+\d+%\) to \d+% more \(\+\d+% to \+\d+%\), because the marketplace corrected its days\.$");
        (await Releases(scene)).ShouldBe(2);
    }

    [Fact]
    public async Task Takes_down_by_saying_so_and_keeps_what_was_published()
    {
        var scene = await Read(new() { Effect = 0.3 });
        await OnFrontPage(scene);
        await Press(scene);
        using var visitor = product.Visitor();

        var silent = await scene.Program.Manager.Post($"{Publish(scene)}/take-down", ("seen", "1"));
        var down = await scene.Program.Manager.Post($"{Publish(scene)}/take-down", ("seen", "1"), ("DownBecause", "a shop asked us to look again."));
        var page = await visitor.Get(Results(scene));

        silent.Page.QuerySelector(".errsum a")!.GetAttribute("href").ShouldBe("#DownBecause");
        down.Location.ShouldBe($"{Publish(scene)}?did=taken-down");
        (await scene.Program.Manager.Post($"{Publish(scene)}/take-down", ("seen", "2"), ("DownBecause", "again."))).Status.ShouldBe(HttpStatusCode.Conflict);
        page.Heading.ShouldBe("These results were taken down");
        page.Words.ShouldContain("because a shop asked us to look again.");
        page.Text.ShouldNotContain("% more");
        (await visitor.Get("/")).Text.ShouldNotContain("% more");
        Document(await visitor.Get("/results.json"), scene).GetProperty("takenDown").GetProperty("because").GetString().ShouldBe("a shop asked us to look again.");
        (await Releases(scene)).ShouldBe(2);
        // What was taken down can be published again: it says nothing new of who took part.
        (await Press(scene)).Location.ShouldBe($"{Publish(scene)}?did=published");
        Text(await visitor.Page(Results(scene)), ".res .gh-badge").ShouldBe("Some evidence");
    }

    [Theory]
    [InlineData("UPDATE impact.result_release SET document = '{}'")]
    [InlineData("DELETE FROM impact.result_release")]
    [InlineData("TRUNCATE impact.result_release CASCADE")]
    [InlineData("UPDATE impact.counted_seller SET \"row\" = 0")]
    [InlineData("DELETE FROM impact.counted_seller WHERE false")]
    public async Task Never_changes_what_was_published(string sql)
    {
        var refused = await Should.ThrowAsync<PostgresException>(() => product.Database.ExecuteAsync(sql));

        refused.MessageText.ShouldBe("What was published stays as it was. Take it down, or publish a further release.");
    }

    [Fact]
    public async Task Holds_the_table_back_while_fewer_than_ten_came_since_the_last()
    {
        var scene = await Read(new() { Effect = 0.3 });
        await product.Database.ExecuteAsync($"UPDATE mentorships.mentorship_change SET at = at + interval '20 years' WHERE state = 'Active' AND mentorship_id IN (SELECT id FROM mentorships.mentorship m WHERE program_id = (SELECT id FROM programs.program WHERE slug = '{scene.Program.Slug}') ORDER BY id DESC LIMIT 9)");
        await Press(scene);
        using var visitor = product.Visitor();
        var first = await visitor.Page(Results(scene));
        await product.Database.ExecuteAsync("UPDATE mentorships.mentorship_change SET at = at - interval '20 years' WHERE at > '2040-01-01'");
        await Corrects(scene);
        await scene.Reads();

        await Press(scene, "more sellers joined.");
        var second = await visitor.Page(Results(scene));

        first.QuerySelectorAll("[aria-labelledby=who-h] td")[^1].TextContent.ShouldBe("55");
        second.QuerySelector("[aria-labelledby=who-h] table").ShouldBeNull();
        Text(second, "[aria-labelledby=who-h]").ShouldContain("Not shown this time: fewer than 10 sellers joined since it was shown last");
    }

    [Fact]
    public async Task Shows_no_count_under_ten_of_those_who_applied_to_be_mentors()
    {
        var scene = await Read(new() { Effect = 0.3 });
        foreach (var (count, state) in new[] { (14, "Accepted"), (9, "Declined") })
            await product.Database.ExecuteAsync($"""
                INSERT INTO enrollment.application (id, program_id, seller_id, account_id, person_name, side, state, answers, started_at, sent_at)
                SELECT gen_random_uuid(), p.id, gen_random_uuid(), gen_random_uuid(), 'Somebody', 'Mentor', '{state}', '{"{}"}', now(), now() FROM programs.program p CROSS JOIN generate_series(1, {count}) WHERE p.slug = '{scene.Program.Slug}'
                """);
        using var visitor = product.Visitor();

        await Press(scene);

        Text(await visitor.Page(Results(scene)), "[aria-labelledby=mentoring-h] p").ShouldBe("About 20 sellers applied to mentor, about 10 were taken in. Counts are to the nearest ten.");
    }

    [Fact]
    public async Task Lets_only_the_managers_of_a_program_publish_it()
    {
        var scene = await Read(new() { Effect = 0.3 });
        var other = await ProgramScene.GivenProgram(product);
        using var foreign = await product.Another("Priya Rao", "priya.results@example.com", account => account.Grant(Role.Manager, product.Clock.GetUtcNow(), [other.Slug]));
        var (reading, seen) = Asked(await scene.Program.Manager.Page(Publish(scene)));

        (await foreign.Get(Publish(scene))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await foreign.Post(Publish(scene), ("Reading", reading), ("seen", seen))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await foreign.Post($"/manage/{other.Slug}/impact/publish", ("Reading", reading), ("seen", seen))).Status.ShouldBe(HttpStatusCode.Conflict);
        (await foreign.Post($"{Publish(scene)}/take-down", ("seen", "0"), ("DownBecause", "x"))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await Releases(scene)).ShouldBe(0);
        (await foreign.Get(Results(scene))).Status.ShouldBe(HttpStatusCode.OK);
        (await foreign.Get($"/results/{other.Slug}")).Status.ShouldBe(HttpStatusCode.NotFound, "a draft");
    }

    [Fact]
    public async Task Asks_the_database_as_often_for_many_releases_as_for_one()
    {
        var scene = await Read(new() { Effect = 0.3 });
        await Press(scene);
        using var visitor = product.Visitor();
        var ofOne = await QueryCount.Of(product.Database, () => visitor.Page(Results(scene)));
        await scene.Program.Manager.Post($"{Publish(scene)}/take-down", ("seen", "1"), ("DownBecause", "we look again."));
        await Press(scene);

        var ofThree = await QueryCount.Of(product.Database, () => visitor.Page(Results(scene)));

        ofThree.ShouldBe(ofOne);
        ofOne.ShouldBeLessThanOrEqualTo(4);
    }

    [Fact]
    public async Task Explains_to_anybody_how_it_is_measured_and_what_is_public()
    {
        using var visitor = product.Visitor();

        var page = await visitor.Page("/method");

        page.QuerySelectorAll(".prose h2").Select(heading => heading.TextContent).ShouldContain("Who took part");
        page.QuerySelectorAll(".prose h2").Select(heading => heading.TextContent).ShouldContain("Verdict");
        page.QuerySelectorAll(".prose a, script").ShouldBeEmpty();
    }

    async Task<ImpactScene> Read(MadeSellers made, DateOnly? lastDay = null)
    {
        var scene = await ImpactScene.Given(product, made, lastDay);
        await scene.Settles();
        await scene.Reads();
        return scene;
    }

    /// <summary>The marketplace corrects its days, so the next reading finds another number.</summary>
    async Task Corrects(ImpactScene scene)
    {
        await product.Database.ExecuteAsync($"UPDATE sellers.seller_day SET orders = orders + 1, revenue_minor_units = revenue_minor_units * 2 WHERE seller_id IN (SELECT seller_id FROM enrollment.participant WHERE program_id = (SELECT id FROM programs.program WHERE slug = '{scene.Program.Slug}')) AND day >= '2026-02-02'");
        product.Clock.Advance(TimeSpan.FromMinutes(1));
    }

    Task OnFrontPage(ImpactScene scene) => product.Database.ExecuteAsync($"UPDATE programs.program SET is_on_front_page = false; UPDATE programs.program SET is_on_front_page = true WHERE slug = '{scene.Program.Slug}'");

    async Task<Answer> Press(ImpactScene scene, string? because = null)
    {
        var (reading, seen) = Asked(await scene.Program.Manager.Page(Publish(scene)));
        product.Clock.Advance(TimeSpan.FromSeconds(1));
        return await scene.Program.Manager.Post(Publish(scene), [("Reading", reading), ("seen", seen), .. because is null ? Array.Empty<(string, string)>() : [("Because", because)]]);
    }

    static (string Reading, string Seen) Asked(IDocument page) => (page.QuerySelector("input[name=Reading]")!.GetAttribute("value")!, page.QuerySelector("input[name=seen]")!.GetAttribute("value")!);

    Task<long> Releases(ImpactScene scene) => product.Database.ScalarAsync<long>($"SELECT count(*) FROM impact.result_release r JOIN programs.program p ON p.id = r.program_id WHERE p.slug = '{scene.Program.Slug}'");

    static JsonElement Document(Answer json, ImpactScene scene) => JsonDocument.Parse(json.Text).RootElement.GetProperty("programs").EnumerateArray().Single(one => one.GetProperty("address").GetString() == scene.Program.Slug);

    static IEnumerable<int?> Shown(JsonElement document) => document.GetProperty("whoTookPart").GetProperty("counts").EnumerateArray().SelectMany(row => row.EnumerateArray()).Select(count => count.ValueKind == JsonValueKind.Null ? null : (int?)count.GetInt32());

    static string Publish(ImpactScene scene) => $"{scene.Root}/publish";

    static string Results(ImpactScene scene) => $"{ShowResults.Path}/{scene.Program.Slug}";

    static string Text(IDocument page, string selector) => string.Join(' ', (page.QuerySelector(selector)?.TextContent ?? $"nothing at {selector}").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
