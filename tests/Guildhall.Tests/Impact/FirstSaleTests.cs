using System.Globalization;
using AngleSharp.Dom;
using Guildhall.Modules.Impact;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Guildhall.Tests.Impact;

/// <summary>How much sooner new sellers make their first sale, from the days the marketplace sent to the page: on sellers of whom the test knows what mentoring did.</summary>
public sealed class FirstSaleTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reads_how_much_sooner_a_first_sale_comes()
    {
        var scene = await Given(new NewSellers { Pace = 2.5 });
        await scene.Settles(firstSaleWithin: "60", firstSaleUseful: "3");

        var page = await scene.Reads();
        var csv = await scene.Csv();

        Text(page, "#first-h").ShouldMatch(@"^New sellers with a mentor make their first sale \d+\.\d days sooner$");
        Text(page, "[aria-labelledby=first-h] .gh-badge").ShouldBe("Some evidence");
        Text(page, "[aria-labelledby=first-h]").ShouldContain("70 mentored sellers compared with");
        page.QuerySelectorAll("[aria-labelledby=first-trust-h] .checks li").Length.ShouldBe(5);
        var days = csv.Single(line => line[5] == "first sale" && line[7] == "effect");
        (Number(days[11]) > 0 && Number(days[11]) < Number(days[10]) && Number(days[10]) < Number(days[12])).ShouldBeTrue(string.Join(',', days));
        page.QuerySelectorAll("[aria-labelledby=first-reach-h] tbody tr").Length.ShouldBe(csv.Count(line => line[5] == "first sale" && line[7] == "not mentored"));
        // Nobody here sold before the program: that study has its own verdict.
        page.QuerySelector("#hero-h")!.ParentElement!.QuerySelector(".gh-badge")!.TextContent.ShouldBe("Too few");
    }

    [Fact]
    public async Task Stands_first_where_the_first_sale_is_the_goal_of_the_program()
    {
        var scene = await Given(new NewSellers());
        await scene.Settles(firstSaleWithin: "60", firstSaleUseful: "3");
        await scene.Reads();

        (await scene.Program.Manager.Page(scene.Root)).QuerySelectorAll(".hero h2").Select(title => title.Id).ShouldBe(["first-h", "hero-h"]);
    }

    [Fact]
    public async Task Has_no_number_anywhere_with_too_few()
    {
        var scene = await Given(new NewSellers { Mentees = 21, Pace = 3 });
        await scene.Settles(firstSaleWithin: "60", firstSaleUseful: "3");

        var page = await scene.Reads();

        (Text(page, "[aria-labelledby=first-h] .gh-badge"), Text(page, "#first-h")).ShouldBe(("Too few", "Needs about 9 more new mentees"));
        page.QuerySelector("#first-reach-h").ShouldBeNull();
        (await scene.Csv()).Where(line => line[5] == "first sale").Select(line => line[7]).ShouldBe(["settled: days that count", "settled: days worth having", "no estimate"]);
    }

    [Fact]
    public async Task Waits_until_the_last_who_started_was_watched_for_the_whole_window()
    {
        var scene = await Given(new NewSellers());
        await scene.Settles(firstSaleWithin: "200", firstSaleUseful: "3");

        var page = await scene.Reads();

        Text(page, "[aria-labelledby=first-h] .gh-badge").ShouldBe("Too early");
        var last = await product.Database.ScalarAsync<DateTime>($"SELECT max(started_at) FROM mentorships.mentorship m JOIN programs.program p ON p.id = m.program_id WHERE p.slug = '{scene.Program.Slug}'");
        Text(page, "#first-h").ShouldBe($"Too early to say of new sellers: due {last.AddDays(201).ToString("d MMM yyyy", CultureInfo.InvariantCulture)}");
    }

    [Fact]
    public async Task Watches_nobody_beyond_a_day_that_nobody_sent()
    {
        var scene = await Given(new NewSellers());
        await product.Database.ExecuteAsync("DELETE FROM sellers.seller_day WHERE day = '2026-03-20'");
        await scene.Settles(firstSaleWithin: "60", firstSaleUseful: "3");

        Text(await scene.Reads(), "[aria-labelledby=first-h] .gh-badge").ShouldBe("Too early");
    }

    [Fact]
    public async Task Is_not_held_up_by_mentees_who_were_there_before_figures_begin()
    {
        var scene = await Given(new NewSellers { Pace = 2.5 });
        var now = product.Clock.GetUtcNow();
        var (seller, mentee) = (Guid.CreateVersion7(now), Guid.CreateVersion7(now));
        await product.Database.ExecuteAsync($"""
            INSERT INTO sellers.seller (id, external_id, name, category, country, signed_up_on) VALUES ('{seller}', 'old-hand', 'Old hand', 'toys', 'DE', '2021-03-01');
            INSERT INTO enrollment.participant (id, program_id, seller_id, side, origin, joined_at, as_mentee) SELECT '{mentee}', id, '{seller}', 'Mentee', 'Stated', '2026-01-10', jsonb_build_object() FROM programs.program WHERE slug = '{scene.Program.Slug}';
            INSERT INTO mentorships.mentorship (id, program_id, mentee_id, mentor_id, program_version, state, started_at, ends_on, changes)
                SELECT gen_random_uuid(), m.program_id, '{mentee}', m.mentor_id, 1, 'Active', m.started_at, m.ends_on, 2 FROM mentorships.mentorship m JOIN programs.program p ON p.id = m.program_id WHERE p.slug = '{scene.Program.Slug}' LIMIT 1
            """);
        await scene.Settles(firstSaleWithin: "60", firstSaleUseful: "3");

        Text(await scene.Reads(), "[aria-labelledby=first-h] .gh-badge").ShouldBe("Some evidence");
    }

    [Fact]
    public async Task Names_nothing_but_mentees_as_missing_where_there_is_none()
    {
        var scene = await Given(new NewSellers { Mentees = 0 });
        await scene.Settles(firstSaleWithin: "60", firstSaleUseful: "3");

        Text(await scene.Reads(), "#first-h").ShouldBe("Needs about 30 more new mentees");
    }

    [Fact]
    public async Task Is_not_read_where_it_was_not_settled()
    {
        var scene = await Given(new NewSellers());
        await scene.Settles();

        (await scene.Reads()).QuerySelector("#first-h").ShouldBeNull();
    }

    [Theory]
    [InlineData("90", "", "FirstSaleUseful")]
    [InlineData("", "3", "FirstSaleWithin")]
    [InlineData("9", "3", "FirstSaleWithin")]
    [InlineData("60", "60", "FirstSaleUseful")]
    [InlineData("<b>9</b>", "3", "FirstSaleWithin")]
    public async Task Refuses_half_a_plan(string within, string useful, string field)
    {
        var scene = await Given(new NewSellers { Mentees = 2, Others = 2 });

        var answer = await scene.Program.Manager.Post($"{scene.Root}/plan", ("seen", "0"), ("Outcome", "Sales"), ("WindowPeriods", "4"), ("UsefulPercent", "10"), ("FirstSaleWithin", within), ("FirstSaleUseful", useful));

        answer.Page.QuerySelectorAll("[id$=-error]").Select(error => error.Id).ShouldBe([$"{field}-error"]);
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM impact.reading_plan WHERE program_id = (SELECT id FROM programs.program WHERE slug = '{scene.Program.Slug}')")).ShouldBe(0);
    }

    [Fact]
    public async Task Counts_from_the_day_both_accepted_and_nobody_mentored_before_as_waiting()
    {
        var scene = await Given(new NewSellers { Mentees = 6, Others = 4 });
        // One sold a day after signing up; of another the only order was canceled.
        await product.Database.ExecuteAsync($"""
            CREATE TEMP TABLE two ON COMMIT DROP AS SELECT e.seller_id, row_number() OVER () AS n FROM mentorships.mentorship m JOIN enrollment.participant e ON e.id = m.mentee_id JOIN programs.program p ON p.id = m.program_id WHERE p.slug = '{scene.Program.Slug}' LIMIT 2;
            DELETE FROM sellers.seller_day WHERE seller_id IN (SELECT seller_id FROM two);
            INSERT INTO sellers.seller_day (seller_id, day, orders, cancelled) SELECT s.id, s.signed_up_on + 1, 2, CASE two.n WHEN 1 THEN 1 ELSE 2 END FROM two JOIN sellers.seller s ON s.id = two.seller_id
            """);

        await using var scope = product.Services.CreateAsyncScope();
        var program = (await scope.ServiceProvider.GetRequiredService<ProgramLookup>().BySlug(scene.Program.Slug, Stop))!;
        var study = await scope.ServiceProvider.GetRequiredService<GatherNewSellers>().Of(program, new(Awaited.FirstSale, 30, 3), Stop);

        study.Mentored.ShouldBe(5);
        study.Sellers.Where(seller => seller.Wait.MentoredFrom is not null && seller.Wait.End > 2).ShouldAllBe(seller => seller.Wait.MentoredFrom == 11, "the tenth day after signing up is over");
        study.Sellers.Count(seller => seller.Wait is { MentoredFrom: 11, End: > 11 }).ShouldBe(5);
    }

    [Fact]
    public async Task Looks_once_at_each_seller_until_its_first_sale()
    {
        await Given(new NewSellers());
        await product.Database.ExecuteAsync("ANALYZE sellers.seller, sellers.seller_day, sellers.listing");
        await using var connection = await product.Database.Source.OpenConnectionAsync(Stop);
        await using var command = new NpgsqlCommand($"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) {SellersWhoCameSql.Came}", connection);
        command.Parameters.Add(new("through", new DateOnly(2026, 7, 31)));
        var plan = new List<string>();
        await using (var reader = await command.ExecuteReaderAsync(Stop))
            while (await reader.ReadAsync(Stop)) plan.Add(reader.GetString(0));

        plan.ShouldNotContain(line => line.Contains("Seq Scan on seller_day", StringComparison.Ordinal), string.Join('\n', plan));
    }

    Task<ImpactScene> Given(NewSellers made) => made.Given(product);

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    static string Text(IParentNode page, string selector) => string.Join(' ', page.QuerySelector(selector)!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
