using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Guildhall.Tests.Impact;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Programs;

/// <summary>What a program could prove, as its manager reads it before it begins.</summary>
public sealed class PlanningTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Asks_for_three_months_of_figures_first()
    {
        var scene = await ProgramScene.GivenProgram(product);
        await product.Database.ExecuteAsync("TRUNCATE sellers.seller_day; DELETE FROM sellers.seller");

        var page = await scene.Manager.Page($"/manage/{scene.Slug}/plan");

        page.QuerySelector(".gh-empty h2")!.TextContent.ShouldBe("Import three months of figures first");
        page.QuerySelectorAll("table").Length.ShouldBe(0);
    }

    [Fact]
    public async Task Names_the_smallest_effect_by_outcome_and_how_many_mentees_each_takes()
    {
        var scene = await GivenMarket();

        var few = await scene.Program.Manager.Page($"/manage/{scene.Program.Slug}/plan?mentees=30&useful=10");
        var many = await scene.Program.Manager.Page($"/manage/{scene.Program.Slug}/plan?mentees=150&useful=10");

        (Share(few, "Sales"), Share(few, "Orders")).ShouldSatisfyAllConditions(
            shares => shares.Item1.ShouldBeInRange(4, 20), shares => shares.Item2.ShouldBeInRange(4, 25));
        Share(many, "Sales").ShouldBeLessThan(Share(few, "Sales"));
        Cells(few, "Sales")[2].ShouldBe("270", "the mentees to come are among the 300 sellers there are");
        int.Parse(Cells(few, "Sales")[1], CultureInfo.InvariantCulture).ShouldBeGreaterThanOrEqualTo(30);
        // How much a listing's score moves is in no figure that the marketplace sends.
        Cells(few, "Better listings")[..3].ShouldBe(["Not known", "Not known", "Not known"]);
        Row(few, "A revenue milestone, sooner").TextContent.ShouldContain("the goal names no amount yet");
    }

    [Fact]
    public async Task Counts_newcomers_who_sold_in_their_first_days()
    {
        var scene = await GivenMarket();
        var last = await product.Database.ScalarAsync<DateOnly>("SELECT max(day) FROM sellers.seller_day");
        // A hundred signed up thirty days before the last; 40 sold in their first two weeks, 20 later, and of these 10 orders were canceled.
        await product.Database.ExecuteAsync($"""
            INSERT INTO sellers.seller (id, external_id, name, signed_up_on) SELECT gen_random_uuid(), 'new-' || n, 'New ' || n, date '{last:yyyy-MM-dd}' - 30 FROM generate_series(1, 100) n;
            INSERT INTO sellers.seller_day (seller_id, day, orders, cancelled, revenue_minor_units)
            SELECT id, CASE WHEN substr(external_id, 5)::int <= 50 THEN signed_up_on + 14 ELSE signed_up_on + 15 END, 1, CASE WHEN substr(external_id, 5)::int BETWEEN 41 AND 50 THEN 1 END, 900
            FROM sellers.seller WHERE external_id LIKE 'new-%' AND substr(external_id, 5)::int <= 70
            """);

        var page = await scene.Program.Manager.Page($"/manage/{scene.Program.Slug}/plan?mentees=30");

        Row(page, "First sale, sooner").TextContent.ShouldContain("within 14 days: 40 sellers of 100 newcomers");
        Cells(page, "First sale, sooner")[0].ShouldMatch(@"^\d+% more: \d+% of sellers instead of 40%$");
        Cells(page, "First sale, sooner")[2].ShouldBe("70");
    }

    [Fact]
    public async Task Leads_a_draft_to_its_goal()
    {
        await GivenMarket();
        var draft = await ProgramScene.GivenProgram(product);

        var page = await draft.Manager.Page($"/manage/{draft.Slug}/plan");
        var link = Row(page, "Sales").QuerySelector("a")!;
        var goal = await draft.Manager.Page(link.GetAttribute("href")!);

        link.TextContent.ShouldStartWith("Use this outcome");
        Row(page, "First sale, sooner").QuerySelector("a")!.TextContent.ShouldStartWith("The goal now");
        goal.QuerySelector("input[name=Outcome][checked]")!.GetAttribute("value").ShouldBe("first_year_revenue");
        goal.QuerySelector("input[name=Target]")!.GetAttribute("value").ShouldBe("10");
        goal.QuerySelectorAll("input[name=Guardrails][checked]").Length.ShouldBe(3, "what was settled before stays");
        goal.QuerySelector($"a[href='/manage/{draft.Slug}/plan']").ShouldNotBeNull();
    }

    [Fact]
    public async Task Offers_no_goal_once_the_program_is_open()
    {
        var scene = await GivenMarket();

        var page = await scene.Program.Manager.Page($"/manage/{scene.Program.Slug}/plan");

        page.QuerySelectorAll("tbody a").Length.ShouldBe(0);
        page.QuerySelector("input[name=mentees]")!.GetAttribute("value").ShouldBe("30");
        page.Body!.TextContent.ShouldContain("Nobody waits yet");
        (await scene.Program.Manager.Page(scene.Root)).QuerySelector($"a[href='/manage/{scene.Program.Slug}/plan']").ShouldNotBeNull();
    }

    [Theory]
    [InlineData("mentees=0", "Enter between 1 and 1,000,000 mentees.")]
    [InlineData("mentees=many", "Enter how many mentees you expect as a whole number, in digits.")]
    [InlineData("useful=0", "Enter a percentage above 0 and up to 200.")]
    public async Task Refuses_a_number_that_means_nothing(string query, string words)
    {
        var scene = await GivenMarket();

        var answer = await scene.Program.Manager.Get($"/manage/{scene.Program.Slug}/plan?{query}");

        answer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        answer.Words.ShouldContain(words);
    }

    [Fact]
    public async Task Says_that_nothing_is_shown_beside_too_few_sellers()
    {
        var scene = await GivenMarket(others: 80);

        var page = await scene.Program.Manager.Page($"/manage/{scene.Program.Slug}/plan?mentees=25");

        Cells(page, "Sales")[..2].ShouldBe(["Too few to compare with", "Too few to compare with"]);
        page.QuerySelector(".gh-notice")!.TextContent.ShouldContain("Under 30 mentees no result is shown");
    }

    [Fact]
    public async Task Takes_as_many_queries_for_a_large_market_as_for_a_small_one()
    {
        var scene = await GivenMarket(others: 70);
        var path = $"/manage/{scene.Program.Slug}/plan";
        var few = await QueryCount.Of(product.Database, () => scene.Program.Manager.Page(path));

        var larger = await GivenMarket(others: 400);
        (await QueryCount.Of(product.Database, () => larger.Program.Manager.Page($"/manage/{larger.Program.Slug}/plan"))).ShouldBe(few);
    }

    Task<ImpactScene> GivenMarket(int others = 300) => ImpactScene.Given(product, new() { Mentees = 0, Others = others });

    static IElement Row(IDocument page, string outcome) => page.QuerySelectorAll("tbody tr").Single(row => row.QuerySelector("th")!.FirstChild!.TextContent == outcome);

    static string[] Cells(IDocument page, string outcome) => [.. Row(page, outcome).QuerySelectorAll("td").Select(cell => cell.TextContent.Trim())];

    static int Share(IDocument page, string outcome) => int.Parse(Regex.Match(Cells(page, outcome)[0], @"^(\d+)% more$").Groups[1].Value, CultureInfo.InvariantCulture);
}
