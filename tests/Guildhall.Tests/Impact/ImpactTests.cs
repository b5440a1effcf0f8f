using System.Globalization;
using System.Net;
using AngleSharp.Dom;
using Guildhall.Platform.Access;
using Guildhall.Tests.Support;
using Npgsql;

namespace Guildhall.Tests.Impact;

/// <summary>Whether mentoring works, from what is settled to the page: on sellers of whom the test knows what mentoring did.</summary>
public sealed class ImpactTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reads_an_effect_that_is_there()
    {
        var scene = await Given(new() { Effect = 0.3, Dip = 0.3 });
        await scene.Settles();

        var page = await scene.Reads();
        var csv = await scene.Csv();

        Text(page, "#hero-h").ShouldMatch(@"^Mentored sellers sold \d+% more than expected$");
        Text(page, ".hero .gh-badge").ShouldBe("Some evidence");
        Text(page, ".hero").ShouldContain("64 mentored sellers compared with 300 sellers who had no mentor");
        var effect = csv.Single(line => line[7] == "effect" && line[9] == "share of what was expected");
        (Number(effect[11]) < 0.3 && 0.3 < Number(effect[12])).ShouldBeTrue(string.Join(',', effect));
        page.QuerySelectorAll(".checks li").Length.ShouldBe(7);
        page.QuerySelectorAll("#line-h ~ p").Length.ShouldBe(1);
        page.QuerySelectorAll("figure tbody tr").Length.ShouldBe(csv.Count(line => line[7] == "expected"));
        Text(page, "[aria-labelledby=steps-h] tbody tr:first-child").ShouldContain("Simple before and after");
    }

    [Fact]
    public async Task Follows_mentees_after_their_mentorships_ended_as_far_as_figures_go()
    {
        // Thirteen weeks from joining in March reach into June; nine periods more are imported than the window needs.
        var scene = await Given(new() { Effect = 0.3, Periods = 18 });
        await scene.Settles();

        var page = await scene.Reads();

        page.QuerySelectorAll("[aria-labelledby=after-h] li b").Select(line => line.TextContent).ShouldBe(["Months 1 to 3 after", "Months 4 to 6 after", "Months 10 to 12 after"]);
        Text(page, "[aria-labelledby=after-h] li:first-child p").ShouldMatch(@"^\d+% more orders than expected, very likely between \d+% (more|less) and \d+% more\. 64 mentees$");
        Text(page, "[aria-labelledby=after-h] li:last-child p").ShouldMatch(@"^Too early: due \d+ \w+ 2027$");
        (await scene.Csv()).Count(line => line[7].StartsWith("after it ended", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task Says_nothing_of_averages_in_a_reading_from_before_they_were_taken()
    {
        var scene = await Given(new() { Effect = 0.3 });
        await scene.Settles();
        var page = await scene.Reads();
        await product.Database.ExecuteAsync($"ALTER TABLE impact.reading DISABLE TRIGGER USER; UPDATE impact.reading SET findings = findings - 'averages' WHERE program_id = (SELECT id FROM programs.program WHERE slug = '{scene.Program.Slug}'); ALTER TABLE impact.reading ENABLE TRIGGER USER");

        var earlier = await scene.Program.Manager.Page(scene.Root);

        page.QuerySelector("[aria-labelledby=averages-h]").ShouldNotBeNull();
        earlier.QuerySelector("[aria-labelledby=averages-h]").ShouldBeNull();
        Text(earlier, "#hero-h").ShouldBe(Text(page, "#hero-h"));
        (await scene.Program.Manager.Get($"{scene.Root}/report")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Prints_what_the_page_shows_with_every_table_open()
    {
        var scene = await Given(new() { Effect = 0.3 });
        (await scene.Program.Manager.Get($"{scene.Root}/report")).Location.ShouldBe(scene.Root, "there is nothing to print before the first reading");
        await scene.Settles();
        var page = await scene.Reads();

        var report = await scene.Program.Manager.Page($"{scene.Root}/report");

        Text(report, "#hero-h").ShouldBe(Text(page, "#hero-h"));
        report.QuerySelectorAll("details.gh-data").ShouldAllBe(table => table.HasAttribute("open"));
        report.QuerySelectorAll("figure tbody tr").Length.ShouldBe(page.QuerySelectorAll("figure tbody tr").Length);
        report.QuerySelector("main")!.TextContent.ShouldContain($"{scene.Root}/method");
    }

    [Fact]
    public async Task Reads_by_lot_what_winning_a_place_changed()
    {
        var scene = await Given(new() { Effect = 0.3, IsByLot = true, Late = 0 });
        await scene.GivenLots(losers: 90);
        await scene.Settles();

        var page = await scene.Reads();
        var csv = await scene.Csv();

        Text(page, "#lot-h").ShouldMatch(@"^By lot: winners sold \d+% more than those who waited$");
        Text(page, "[aria-labelledby=lot-h] .gh-badge").ShouldBe("Some evidence");
        Text(page, "[aria-labelledby=lot-h]").ShouldContain("64 winners and 90 sellers who waited, of 1 draw");
        Text(page, "[aria-labelledby=lot-h]").ShouldContain("100% of winners were mentored by the end of the window, and 0% of those who waited.");
        page.QuerySelectorAll("[aria-labelledby=lot-trust-h] .checks li.warn").ShouldBeEmpty();
        var effect = csv.Single(line => line[7] == "by lot: effect of winning" && line[9] == "share of what was expected");
        (Number(effect[11]) > 0 && Number(effect[11]) < 0.3 && 0.3 < Number(effect[12])).ShouldBeTrue(string.Join(',', effect));
        (effect[6], effect[13], effect[14]).ShouldBe(("Some evidence", "64", "90"));
        csv.Count(line => line[7].StartsWith("by lot", StringComparison.Ordinal)).ShouldBe(6);
    }

    [Fact]
    public async Task Says_what_else_moved_with_a_verdict_of_its_own()
    {
        var scene = await Given(new() { Effect = 0.3, BetterReviews = 0.2 });
        await scene.Settles();

        var page = await scene.Reads();
        var csv = await scene.Csv();

        page.QuerySelectorAll("[aria-labelledby=averages-h] li b").Select(name => name.TextContent).ShouldBe(["Value of an order", "Buyers’ reviews (1 to 5)", "Buyers who came back", "Orders sent back", "Orders sent late"]);
        Line(1).ShouldMatch(@"^Value of an order No clear change \S+; \S+ would have been expected\. \S+ (more|less), very likely between \S+ less and \S+ more\. Cheaper goods that sell more lower it: read it beside sales\. 64 mentees, 300 other sellers$");
        Line(2).ShouldMatch(@"^Buyers’ reviews \(1 to 5\) Some evidence The program says it must not get worse\. 4\.\d{3}; 4\.\d{3} would have been expected\. 0\.\d{3} better, very likely between 0\.\d{3} better and 0\.\d{3} better\. 64 mentees, 300 other sellers$");
        Line(3).ShouldBe("Buyers who came back Too few Not known: the marketplace sent nothing of it.");
        var review = csv.Single(line => line[5] == "buyers’ reviews (1 to 5)");
        (Number(review[11]) < 0.2 && 0.2 < Number(review[12])).ShouldBeTrue(string.Join(',', review));
        (review[6], review[7], review[9]).ShouldBe(("Some evidence", "average: less what was expected", "marks from 1 to 5"));
        csv.Single(line => line[5] == "orders sent back")[7..13].ShouldBe(["average: no estimate", "", "", "", "", ""]);

        string Line(int number) => string.Join(' ', page.QuerySelectorAll($"[aria-labelledby=averages-h] li:nth-child({number}) > *").Select(part => part.TextContent.Trim()));
    }

    [Fact]
    public async Task Has_no_number_by_lot_before_its_own_window_is_over_or_with_too_few()
    {
        var early = await Given(new() { Effect = 0.5, IsByLot = true }, lastDay: new(2026, 5, 20));
        await early.GivenLots(losers: 90);
        await early.Settles();
        var tooEarly = await early.Reads();
        var few = await Given(new() { Effect = 0.5, IsByLot = true });
        await few.GivenLots(losers: 40);
        await few.Settles();
        var tooFew = await few.Reads();

        // Four periods from the day after the draw on end on 24 May.
        Text(tooEarly, "#lot-h").ShouldBe("By lot: due 25 May 2026");
        (Text(tooFew, "[aria-labelledby=lot-h] .gh-badge"), Text(tooFew, "#lot-h")).ShouldBe(("Too few", "By lot: needs about 20 more who wait"));
        foreach (var page in new[] { tooEarly, tooFew }) Text(page, "[aria-labelledby=lot-h]").ShouldNotContain("%");
        (await few.Csv()).Single(line => line[7].StartsWith("by lot", StringComparison.Ordinal))[7..13].ShouldBe(["by lot: no estimate", "", "", "", "", ""]);
    }

    [Fact]
    public async Task Has_no_number_anywhere_with_too_few()
    {
        var scene = await Given(new() { Effect = 0.5, Mentees = 18 });
        await scene.Settles();

        var page = await scene.Reads();

        (Text(page, ".hero .gh-badge"), Text(page, "#hero-h")).ShouldBe(("Too few", "Needs about 12 more mentees"));
        await HasNoNumber(scene, page);
    }

    [Fact]
    public async Task Has_no_number_before_the_window_is_over()
    {
        var scene = await Given(new() { Effect = 0.5 }, lastDay: new(2026, 6, 1));
        await scene.Settles();

        var page = await scene.Reads();

        // The last joined in the four weeks from 2 March on, and their four periods end on 21 June.
        (Text(page, ".hero .gh-badge"), Text(page, "#hero-h")).ShouldBe(("Too early", "Too early to say: due 22 Jun 2026"));
        await HasNoNumber(scene, page);
    }

    [Fact]
    public async Task Has_no_number_where_nobody_is_like_the_mentees()
    {
        var scene = await Given(new() { Effect = 0.5, CountryOfMentees = "IT" });
        await scene.Settles("Orders");

        var page = await scene.Reads();

        Text(page, ".hero .gh-badge").ShouldBe("Not reported");
        page.QuerySelectorAll(".checks li.warn b").Select(check => check.TextContent).ShouldBe(["Groups are not alike"]);
        Text(page, ".checks").ShouldContain("Country: IT");
        await HasNoNumber(scene, page);
    }

    [Fact]
    public async Task Counts_no_period_with_a_day_that_nobody_sent()
    {
        var scene = await Given(new() { Effect = 0.3 });
        await product.Database.ExecuteAsync("DELETE FROM sellers.seller_day WHERE day = '2026-05-01'");
        await scene.Settles();

        var page = await scene.Reads();

        // 1 May lies in the period from 27 April on: the two before it remain for who joined last.
        Text(page, ".hero .gh-badge").ShouldBe("Some evidence");
        page.QuerySelectorAll("figure tbody th").Select(week => week.TextContent).ShouldBe(["−16", "−12", "−8", "−4", "0", "4", "8"]);
    }

    [Fact]
    public async Task Asks_what_is_looked_at_before_anybody_looks()
    {
        var scene = await Given(new());

        var empty = await scene.Program.Manager.Page(scene.Root);
        var asked = await scene.Program.Manager.Post(scene.Root);

        Text(empty, ".gh-empty h2").ShouldBe("Settle what you look at, before you look");
        empty.QuerySelector("form[action$='/impact']").ShouldBeNull();
        asked.Location.ShouldBe($"{scene.Root}/plan");
        (await Count("reading_request", scene)).ShouldBe(0);
    }

    [Fact]
    public async Task Lists_what_was_changed_after_a_look()
    {
        var scene = await Given(new() { Mentees = 12 });
        await scene.Settles();
        await scene.Settles();
        await scene.Reads();
        product.Clock.Advance(TimeSpan.FromMinutes(1));
        await scene.Settles(useful: "2.5");

        var page = await scene.Program.Manager.Page(scene.Root);

        page.QuerySelectorAll("[aria-labelledby=plan-h] li b").Select(line => line.TextContent).ShouldBe(["Changed: 2.5% is worth having, before: 10% is worth having", "Settled: sales, a window of 16 weeks, compared by category, country, time on the marketplace, 10% is worth having"]);
        page.QuerySelectorAll("[aria-labelledby=plan-h] li p").Select(line => line.TextContent.Contains("After results had been read", StringComparison.Ordinal)).ShouldBe([true, false]);
        Text(page, ".gh-notice.warn").ShouldContain("What you look at was changed after this was read");
    }

    [Fact]
    public async Task Takes_no_plan_that_says_nothing_and_none_over_another()
    {
        var scene = await Given(new() { Mentees = 12 });
        var manager = scene.Program.Manager;

        var bad = await manager.Post($"{scene.Root}/plan", ("seen", "0"), ("Outcome", "Happiness"), ("WindowPeriods", "1"), ("UsefulPercent", "0"));
        await scene.Settles();
        var late = await manager.Post($"{scene.Root}/plan", ("seen", "0"), ("Outcome", "Orders"), ("WindowPeriods", "4"), ("UsefulPercent", "10"));

        bad.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        bad.Page.QuerySelectorAll(".errsum a").Select(link => link.GetAttribute("href")).ShouldBe(["#Outcome", "#WindowPeriods", "#UsefulPercent"]);
        late.Status.ShouldBe(HttpStatusCode.Conflict);
        (await Count("reading_plan", scene)).ShouldBe(1);
    }

    [Fact]
    public async Task Reads_once_for_two_who_ask_at_once()
    {
        var scene = await Given(new() { Mentees = 12 });
        await scene.Settles();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => scene.Program.Manager.Post(scene.Root)));
        var waiting = await scene.Program.Manager.Page(scene.Root);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => scene.RunJob()));

        Text(waiting, ".gh-notice").ShouldContain("The results are being read.");
        waiting.QuerySelector("form[action$='/impact']").ShouldBeNull();
        (await Count("reading", scene), await Count("reading_request", scene)).ShouldBe((1, 1));
    }

    [Theory]
    [InlineData("UPDATE impact.reading SET mentees = 1000")]
    [InlineData("DELETE FROM impact.reading")]
    [InlineData("TRUNCATE impact.reading CASCADE")]
    [InlineData("UPDATE impact.reading_plan SET useful_percent = 1")]
    [InlineData("DELETE FROM impact.reading_plan WHERE false")]
    public async Task Never_changes_what_was_settled_or_read(string sql)
    {
        var refused = await Should.ThrowAsync<PostgresException>(() => product.Database.ExecuteAsync(sql));

        refused.MessageText.ShouldBe("What was settled and what was read stay as they are. A later one is a further row.");
    }

    [Fact]
    public async Task Keeps_every_reading_as_it_was()
    {
        var scene = await Given(new() { Effect = 0.3 });
        await scene.Settles();
        await scene.Reads();
        var before = await Rows(scene);

        // The marketplace corrects its days: a later reading is another, and the first stays.
        await product.Database.ExecuteAsync("UPDATE sellers.seller_day SET orders = orders * 3, revenue_minor_units = revenue_minor_units * 3 WHERE seller_id IN (SELECT seller_id FROM enrollment.participant) AND day >= '2026-02-02'");
        product.Clock.Advance(TimeSpan.FromMinutes(1));
        var page = await scene.Reads();
        var after = await Rows(scene);

        after.Length.ShouldBe(2);
        after[0].ShouldBe(before[0]);
        after[1].ShouldNotBe(before[0]);
        page.QuerySelectorAll("[aria-labelledby=readings-h] li").Length.ShouldBe(2);

        Task<string[]> Rows(ImpactScene of) => product.Database.ScalarAsync<string[]>($"SELECT array_agg(r.findings::text ORDER BY r.read_at) FROM impact.reading r JOIN programs.program p ON p.id = r.program_id WHERE p.slug = '{of.Program.Slug}'");
    }

    [Fact]
    public async Task Tells_of_a_reading_that_failed_and_lets_ask_again()
    {
        var scene = await Given(new() { Mentees = 12 });
        await scene.Settles();
        await product.Database.ExecuteAsync("ALTER TABLE sellers.listing RENAME TO listing_away");
        IDocument failed;
        try
        {
            failed = await scene.Reads();
        }
        finally
        {
            await product.Database.ExecuteAsync("ALTER TABLE sellers.listing_away RENAME TO listing");
        }

        var again = await scene.Reads();

        Text(failed, ".gh-notice.bad").ShouldContain("could not be read");
        Text(again, ".hero .gh-badge").ShouldBe("Too few");
        again.QuerySelector(".gh-notice.bad").ShouldBeNull();
    }

    [Fact]
    public async Task Is_not_there_for_managers_of_other_programs()
    {
        var scene = await Given(new() { Mentees = 12 });
        await scene.Settles();
        var other = await ProgramScene.GivenProgram(product);
        using var foreign = await product.Another("Priya Rao", "priya.impact@example.com", account => account.Grant(Role.Manager, product.Clock.GetUtcNow(), [other.Slug]));

        foreach (var path in new[] { "", "/plan", "/method", "/impact.csv" }) (await foreign.Get(scene.Root + path)).Status.ShouldBe(HttpStatusCode.NotFound, path);
        (await foreign.Post(scene.Root)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await foreign.Get($"/manage/{other.Slug}/impact")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Exports_names_that_no_spreadsheet_runs()
    {
        var scene = await Given(new() { Mentees = 12 });
        await scene.Settles();
        await scene.Reads();
        await product.Database.ExecuteAsync($"UPDATE programs.program SET name = '=HYPERLINK(1)', cohort = '@SUM(A1)' WHERE slug = '{scene.Program.Slug}'");

        var csv = await scene.Csv();

        csv[1][0].ShouldBe("'=HYPERLINK(1)");
        csv[1][1].ShouldBe("'@SUM(A1)");
    }

    [Fact]
    public async Task Asks_the_database_as_often_for_many_readings_as_for_one()
    {
        var (few, many) = (await Given(new() { Mentees = 12 }), await Given(new() { Effect = 0.3 }));
        await few.Settles();
        await few.Reads();
        for (var n = 0; n < 4; n++)
        {
            await many.Settles(useful: (10 + n).ToString(CultureInfo.InvariantCulture));
            await many.Reads();
        }

        var ofFew = await QueryCount.Of(product.Database, () => few.Program.Manager.Page(few.Root));
        var ofMany = await QueryCount.Of(product.Database, () => many.Program.Manager.Page(many.Root));

        ofMany.ShouldBe(ofFew);
        ofFew.ShouldBeLessThanOrEqualTo(22);
    }

    [Fact]
    public async Task Explains_how_it_is_measured()
    {
        var scene = await Given(new() { Mentees = 12 });

        var page = await scene.Program.Manager.Page($"{scene.Root}/method");

        page.QuerySelectorAll(".prose h2").Select(heading => heading.TextContent).ShouldContain("Verdict");
        page.QuerySelectorAll(".prose table.gh-table tbody tr").Length.ShouldBeGreaterThan(12);
        // Pages of the repository are not pages of the product.
        page.QuerySelectorAll(".prose a").ShouldBeEmpty();
    }

    Task<ImpactScene> Given(MadeSellers made, DateOnly? lastDay = null) => ImpactScene.Given(product, made, lastDay);

    Task<long> Count(string table, ImpactScene scene) => product.Database.ScalarAsync<long>($"SELECT count(*) FROM impact.{table} r JOIN programs.program p ON p.id = r.program_id WHERE p.slug = '{scene.Program.Slug}'");

    static async Task HasNoNumber(ImpactScene scene, IDocument page)
    {
        Text(page, ".hero").ShouldNotContain("%");
        page.QuerySelectorAll(".iv, .gh-plot, .steps, #others-h").ShouldBeEmpty();
        (await scene.Csv()).Skip(1).ShouldAllBe(line => line[10] == "" && line[11] == "" && line[12] == "");
        (await scene.Csv()).Count.ShouldBe(2);
    }

    static string Text(IDocument page, string selector) => string.Join(' ', (page.QuerySelector(selector)?.TextContent ?? $"nothing at {selector}").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);
}
