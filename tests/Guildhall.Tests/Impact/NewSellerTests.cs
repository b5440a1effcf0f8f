using System.Globalization;
using System.Text.Json;
using AngleSharp.Dom;
using Guildhall.Evidence;
using Guildhall.Modules.Impact;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Tests.Enrollment;
using Guildhall.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Guildhall.Tests.Impact;

/// <summary>Whether new sellers reach an amount sooner, and whether they stay, from the days the marketplace sent to the page: on sellers of whom the test knows what mentoring did.</summary>
public sealed class NewSellerTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static readonly (string, string)[] milestone = [("MilestoneAmount", "100"), ("MilestoneWithin", "90"), ("MilestoneUseful", "5")];
    static readonly (string, string)[] staying = [("StayingQuiet", "30"), ("StayingWithin", "100"), ("StayingUseful", "5")];

    [Fact]
    public async Task Reads_how_much_sooner_an_amount_is_reached_and_how_much_longer_they_stay()
    {
        var scene = await Given(new NewSellers { Pace = 2.5, Again = 4, Stay = 3 });
        await scene.Settles(others: [.. milestone, .. staying]);

        var page = await scene.Reads();
        var csv = await scene.Csv();

        Text(page, "#milestone-h").ShouldMatch(@"^New sellers with a mentor reach \$100 in sales \d+\.\d days sooner$");
        Text(page, "#staying-h").ShouldMatch(@"^New sellers with a mentor go quiet \d+\.\d days later$");
        foreach (var (id, name, unit) in new[] { ("milestone", "revenue milestone", "days sooner"), ("staying", "staying", "days later") })
        {
            Text(page, $"[aria-labelledby={id}-h] .gh-badge").ShouldBe("Some evidence");
            Text(page, $"[aria-labelledby={id}-h]").ShouldContain("70 mentored sellers compared with");
            page.QuerySelectorAll($"[aria-labelledby={id}-trust-h] .checks li").Length.ShouldBe(5);
            page.QuerySelectorAll($"[aria-labelledby={id}-others-h] li").Length.ShouldBe(3);
            var days = csv.Single(line => line[5] == name && line[7] == "effect");
            days[9].ShouldBe(unit);
            csv.Count(line => line[5] == name && line[7].StartsWith("settled: ", StringComparison.Ordinal)).ShouldBe(3);
            (Number(days[11]) > 0 && Number(days[11]) < Number(days[10]) && Number(days[10]) < Number(days[12])).ShouldBeTrue(string.Join(',', days));
            page.QuerySelectorAll($"[aria-labelledby={id}-reach-h] tbody tr").Length.ShouldBe(csv.Count(line => line[5] == name && line[7] == "not mentored"));
        }

        Text(page, "[aria-labelledby=milestone-h] p").ShouldMatch(@"^Of the first 90 days, the average mentee needed \d+\.\d days to reach \$100 in sales, and sellers like them \d+\.\d; whoever did not reach it counts as 90\.");
        Text(page, "[aria-labelledby=staying-h] p").ShouldMatch(@"^Of the first 100 days, the average mentee stayed for \d+\.\d days before going quiet, and sellers like them \d+\.\d; whoever did not go quiet counts as 100\.");
        // Who stays goes quiet more slowly.
        Number(csv.Single(line => line[5] == "staying" && line[7] == "pace of going quiet")[10]).ShouldBeLessThan(1);
        page.QuerySelector("#first-h").ShouldBeNull("first sales were not settled");
    }

    [Fact]
    public async Task A_milestone_of_one_sale_is_the_first_sale()
    {
        var scene = await Given(new NewSellers { Pace = 2 });
        await scene.Settles(firstSaleWithin: "60", firstSaleUseful: "3", others: [("MilestoneAmount", "25"), ("MilestoneWithin", "60"), ("MilestoneUseful", "3")]);
        await scene.Reads();
        var csv = await scene.Csv();

        var (first, amount) = (csv.Single(line => line[5] == "first sale" && line[7] == "effect"), csv.Single(line => line[5] == "revenue milestone" && line[7] == "effect"));
        amount[10..15].ShouldBe(first[10..15]);
    }

    [Theory]
    [InlineData(364, 12)]
    [InlineData(365, 11)]
    public async Task Asks_of_those_alone_whose_mentoring_began_in_their_first_year(int daysAfterSigningUp, int mentored)
    {
        // Of one the sign-up lies so many days back, with an order every four days ever since.
        var scene = await Given(new NewSellers { Mentees = 12, Others = 40, Again = 4 });
        await product.Database.ExecuteAsync($"""
            CREATE TEMP TABLE old ON COMMIT DROP AS SELECT e.id, e.seller_id FROM enrollment.participant e JOIN programs.program p ON p.id = e.program_id WHERE p.slug = '{scene.Program.Slug}' AND e.side = 'Mentee' ORDER BY e.id LIMIT 1;
            UPDATE mentorships.mentorship SET started_at = '2026-05-02 09:00+00' WHERE mentee_id = (SELECT id FROM old);
            UPDATE sellers.seller SET signed_up_on = date '2026-05-02' - {daysAfterSigningUp} WHERE id = (SELECT seller_id FROM old);
            DELETE FROM sellers.seller_day WHERE seller_id = (SELECT seller_id FROM old);
            INSERT INTO sellers.seller_day (seller_id, day, orders, revenue_minor_units) SELECT seller_id, date '2026-05-02' - {daysAfterSigningUp} + n, 1, 10 FROM old, generate_series(0, 420, 4) n;
            INSERT INTO sellers.seller_day (seller_id, day, orders, revenue_minor_units) SELECT id, date '2025-05-01' + n, 1, 10 FROM sellers.seller, generate_series(0, 30) n WHERE external_id = 'new-53'
            """);

        (await Gather(scene, new(Awaited.Quiet, 30, 3, 15))).Mentored.ShouldBe(mentored);
        (await Gather(scene, new(Awaited.Milestone, 30, 3, 10_000))).Mentored.ShouldBe(mentored);
    }

    [Fact]
    public async Task Watches_who_mentors_others_until_it_begins_to()
    {
        var scene = await Given(new NewSellers { Mentees = 12, Others = 40, Again = 4 });
        var before = await Gather(scene, new(Awaited.Quiet, 30, 3, 60));
        var another = await product.GivenOpenProgram();
        // A mentee, and one who was never mentored, mentor somebody in another program from 20 March on.
        await product.Database.ExecuteAsync($"""
            CREATE TEMP TABLE own ON COMMIT DROP AS SELECT e.id, e.seller_id, e.side FROM enrollment.participant e JOIN programs.program p ON p.id = e.program_id WHERE p.slug = '{scene.Program.Slug}';
            CREATE TEMP TABLE came ON COMMIT DROP AS
                SELECT s.id, EXISTS (SELECT FROM own WHERE own.seller_id = s.id) AS is_mentee FROM sellers.seller s
                WHERE s.signed_up_on BETWEEN '2026-02-12' AND '2026-02-28';
            CREATE TEMP TABLE later ON COMMIT DROP AS SELECT gen_random_uuid() AS id, one.id AS seller_id, row_number() OVER () AS n FROM (SELECT DISTINCT ON (is_mentee) id FROM came ORDER BY is_mentee, id) one;
            INSERT INTO enrollment.participant (id, program_id, seller_id, side, origin, joined_at, as_mentor) SELECT later.id, p.id, seller_id, 'Mentor', 'Stated', '2026-03-10', jsonb_build_object() FROM later JOIN programs.program p ON p.slug = '{another.Slug}';
            INSERT INTO mentorships.mentorship (id, program_id, mentee_id, mentor_id, program_version, state, started_at, ends_on, changes)
                SELECT gen_random_uuid(), p.id, m.id, later.id, 1, 'Active', '2026-03-20 09:00+00', '2026-12-01', 2 FROM later JOIN programs.program p ON p.slug = '{another.Slug}'
                JOIN (SELECT id, row_number() OVER (ORDER BY id) AS n FROM own WHERE side = 'Mentee' AND seller_id NOT IN (SELECT seller_id FROM later)) m ON m.n = later.n
            """);

        var study = await Gather(scene, new(Awaited.Quiet, 30, 3, 60));

        (study.Mentored, study.Sellers.Count).ShouldBe((12, before.Sellers.Count));
        var shorter = before.Sellers.Zip(study.Sellers).Where(one => one.First.Wait != one.Second.Wait).Select(one => one.Second).ToList();
        shorter.Select(seller => seller.Wait.MentoredFrom is not null).Order().ShouldBe([false, true]);
        shorter.ShouldAllBe(seller => !seller.Wait.Happened && seller.SignedUp + seller.Wait.End - 1 == new DateOnly(2026, 3, 20).DayNumber);
    }

    [Fact]
    public async Task Reads_sales_of_the_first_days_of_those_alone_who_came_with_the_mentees()
    {
        await Given(new NewSellers { Again = 4 });
        await product.Database.ExecuteAsync("ANALYZE sellers.seller, sellers.seller_day");
        await using var connection = await product.Database.Source.OpenConnectionAsync(Stop);
        await using var command = new NpgsqlCommand($"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) {SaleDaysSql.All}", connection);
        foreach (var (name, value) in new (string, object)[] { ("from", new DateOnly(2026, 2, 2)), ("to", new DateOnly(2026, 2, 4)), ("days", 100), ("through", new DateOnly(2026, 7, 31)) }) command.Parameters.Add(new(name, value));
        var plan = new List<string>();
        await using (var reader = await command.ExecuteReaderAsync(Stop))
            while (await reader.ReadAsync(Stop)) plan.Add(reader.GetString(0));

        // Neither the months before the first of them came, nor those after the hundredth day of the last.
        var read = plan.Where(line => line.Contains(" on seller_day_2", StringComparison.Ordinal) || line.Contains(" on seller_day_y2", StringComparison.Ordinal)).ToList();
        read.ShouldNotBeEmpty(string.Join('\n', plan));
        read.ShouldNotContain(line => line.Contains("2026_01", StringComparison.Ordinal) || line.Contains("2025", StringComparison.Ordinal) || line.Contains("2026_07", StringComparison.Ordinal), string.Join('\n', plan));
    }

    [Fact]
    public void Adds_sales_up_to_the_amount_and_says_how_far_somebody_is()
    {
        var seller = Came();
        SaleDay[] days = [Sold(3, 1, 40), Sold(5, 1, 60), Sold(9, 0, -30), Sold(12, 2, 130), Sold(20, 1, 500)];

        var ages = SellerAges.Milestone(seller, days, 200);

        (ages.HappenedAt, ages.KnownTo).ShouldBe((12, null));
        // A stage is about as many orders: none, one, two to four, five to eleven, twelve and more.
        ages.Stands!(2).ShouldBe(new Standing(0, 0));
        ages.Stands(4).ShouldBe(new Standing(1, 0.2));
        ages.Stands(5).ShouldBe(new Standing(2, 0.5));
        ages.Stands(11).ShouldBe(new Standing(2, 0.35));
        SellerAges.Milestone(seller, [Sold(3, 11, 40), Sold(5, 1, 60)], 200).Stands!(4).Stage.ShouldBe(3);
        SellerAges.Milestone(seller, [Sold(3, 11, 40), Sold(5, 1, 60)], 200).Stands!(5).Stage.ShouldBe(4);
        SellerAges.Milestone(seller, days, 900).ShouldSatisfyAllConditions(never => never.HappenedAt.ShouldBeNull(), never => never.KnownTo.ShouldBeNull());
        // Orders without their sales, or a day that says nothing, may hide the amount: nobody knows beyond the day before.
        SellerAges.Milestone(seller, [days[0], Sold(6, 1, null)], 200).KnownTo.ShouldBe(5);
        SellerAges.Milestone(seller, [days[0], Sold(6, null, null)], 200).KnownTo.ShouldBe(5);
    }

    [Fact]
    public void Goes_quiet_once_so_many_days_have_passed_without_an_order()
    {
        var seller = Came();

        SellerAges.Quiet(seller, [], 30).HappenedAt.ShouldBe(30, "who never sells is quiet on the thirtieth day");
        var ages = SellerAges.Quiet(seller, [Sold(10, 1, 5), Sold(40, 1, 5), Sold(71, 1, 5)], 30);
        ages.HappenedAt.ShouldBe(70, "the order of the day after comes too late");
        ages.Stands!(9).ShouldBe(new Standing(0, 0.3));
        ages.Stands(10).ShouldBe(new Standing(1, 0));
        ages.Stands(55).ShouldBe(new Standing(2, 0.5));
        SellerAges.Quiet(seller, [Sold(10, 1, 5), Sold(12, 0, -5)], 30).HappenedAt.ShouldBe(40, "what was paid back is no order");
        SellerAges.Quiet(seller, [Sold(10, 1, 5), Sold(20, null, null)], 30).ShouldSatisfyAllConditions(unknown => unknown.HappenedAt.ShouldBeNull(), unknown => unknown.KnownTo.ShouldBe(19));
        SellerAges.Quiet(seller, [Sold(10, 1, 5), Sold(50, null, null)], 30).HappenedAt.ShouldBe(40, "by then it was quiet");
    }

    [Theory]
    [InlineData("100", "", "5", "MilestoneWithin")]
    [InlineData("100", "90", "", "MilestoneUseful")]
    [InlineData("", "90", "5", "MilestoneAmount")]
    [InlineData("-3", "90", "5", "MilestoneAmount")]
    [InlineData("1.234", "90", "5", "MilestoneAmount")]
    [InlineData("<b>", "90", "5", "MilestoneAmount")]
    [InlineData("100", "900", "5", "MilestoneWithin")]
    [InlineData("100", "90", "90", "MilestoneUseful")]
    public Task Refuses_half_a_milestone(string amount, string within, string useful, string field) => Refuses([("MilestoneAmount", amount), ("MilestoneWithin", within), ("MilestoneUseful", useful)], field);

    [Theory]
    [InlineData("", "100", "5", "StayingQuiet")]
    [InlineData("30", "", "5", "StayingWithin")]
    [InlineData("51", "100", "5", "StayingQuiet")]
    [InlineData("3", "100", "5", "StayingQuiet")]
    [InlineData("30", "100", "0", "StayingUseful")]
    public Task Refuses_half_of_staying(string quiet, string within, string useful, string field) => Refuses([("StayingQuiet", quiet), ("StayingWithin", within), ("StayingUseful", useful)], field);

    [Fact]
    public async Task Stands_in_the_plan_with_what_was_before()
    {
        var scene = await Given(new NewSellers { Mentees = 0, Others = 2 });
        await scene.Settles(others: [.. milestone, .. staying]);
        await scene.Settles(others: staying);

        var page = await scene.Program.Manager.Page(scene.Root);

        var lines = page.QuerySelectorAll("[aria-labelledby=plan-h] li b").Select(line => line.TextContent).ToList();
        lines[0].ShouldBe("Changed: no revenue milestone looked at, before: sales of $100 within 90 days, 5 days sooner is worth having");
        lines[1].ShouldEndWith("gone quiet after 30 days without an order, within 100 days, 5 days later is worth having");
        var form = await scene.Program.Manager.Page($"{scene.Root}/plan");
        form.QuerySelector("#StayingQuiet")!.GetAttribute("value").ShouldBe("30");
        form.QuerySelector("#MilestoneAmount")!.GetAttribute("value").ShouldBeNullOrEmpty();
    }

    [Fact]
    public void Readings_from_when_first_sales_alone_were_read_say_what_they_said()
    {
        const string Stored = """{"verdict":"someEvidence","withinDays":60,"windowEndsOn":"2026-06-30","mentored":70,"mentees":70,"others":140,"firstSales":41,"daysSooner":{"value":6,"lower":2,"upper":10},"soonerByHalf":2,"soonerBesideOne":5,"line":[]}""";

        var found = JsonSerializer.Deserialize<FoundWait>(Stored, JsonColumns.Options)!;

        (found.What, found.Happened, found.DaysBetter, found.DaysByHalf, found.DaysBesideOne).ShouldBe((Awaited.FirstSale, 41, new FoundEffect(6, 2, 10), 2, 5));
        JsonSerializer.Serialize(found, JsonColumns.Options).ShouldContain("\"daysSooner\":{\"value\":6");
    }

    async Task Refuses((string, string)[] fields, string field)
    {
        var scene = await ImpactScene.Given(product, new() { Mentees = 0, Others = 0 });
        await GivenCurrency();

        var answer = await scene.Program.Manager.Post($"{scene.Root}/plan", [("seen", "0"), ("Outcome", "Sales"), ("WindowPeriods", "4"), ("UsefulPercent", "10"), .. fields]);

        answer.Page.QuerySelectorAll("[id$=-error]").Select(error => error.Id).ShouldBe([$"{field}-error"]);
        answer.Page.QuerySelector($".errsum a[href='#{field}']").ShouldNotBeNull();
        foreach (var (name, value) in fields) answer.Page.QuerySelector($"#{name}")!.GetAttribute("value").ShouldBe(value);
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM impact.reading_plan WHERE program_id = (SELECT id FROM programs.program WHERE slug = '{scene.Program.Slug}')")).ShouldBe(0);
    }

    async Task<ImpactScene> Given(NewSellers made)
    {
        var scene = await made.Given(product);
        await GivenCurrency();
        return scene;
    }

    Task GivenCurrency() => product.Database.ExecuteAsync("INSERT INTO platform.marketplace (id, name, currency_code, time_zone) VALUES (1, 'Market', 'USD', 'Etc/UTC') ON CONFLICT DO NOTHING");

    async Task<NewSellerStudy> Gather(ImpactScene scene, WaitTerms asked)
    {
        await using var scope = product.Services.CreateAsyncScope();
        var program = (await scope.ServiceProvider.GetRequiredService<ProgramLookup>().BySlug(scene.Program.Slug, Stop))!;
        return await scope.ServiceProvider.GetRequiredService<GatherNewSellers>().Of(program, asked, Stop);
    }

    static readonly DateOnly signedUp = new(2026, 3, 1);

    static SellerWhoCame Came() => new(Guid.Empty, "toys", "DE", signedUp, null, null);

    /// <summary>On a day of its age, from 1.</summary>
    static SaleDay Sold(int age, int? orders, long? revenue) => new(signedUp.AddDays(age - 1), orders, revenue);

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    static string Text(IParentNode page, string selector) => string.Join(' ', page.QuerySelector(selector)!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
