using AngleSharp.Dom;
using Guildhall.Modules.Impact;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Impact;

/// <summary>Whether a program has paid for itself: the sum, and who may say so.</summary>
public sealed class PaidBackTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    static readonly Findings found = new() { Verdict = Guildhall.Evidence.VerdictKind.SomeEvidence, WindowEndsOn = new(2026, 10, 1), Mentored = 210, Mentees = 190, Controls = 600, Amount = new(31_667, 17_500, 45_833) };
    static readonly ReadingTerms terms = new(StudyOutcome.Sales, 6, true, true, true, 10);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Is_added_sales_times_the_fee_over_the_cost_a_mentee()
    {
        var paid = PaidBack.Of(found, terms, Cost(2_800_000, 13.5m), "USD")!;

        paid.AddedSales.Value.ShouldBe(6 * 31_667, 1e-6);
        paid.Fees.Value.ShouldBe(25_650.27, 1e-6);
        paid.CostMinorUnits.ShouldBe(13_333.333, 1e-3);
        (Math.Round(paid.PerUnit.Value, 2), Math.Round(paid.PerUnit.Lower, 2), Math.Round(paid.PerUnit.Upper, 2)).ShouldBe((1.92, 1.06, 2.78));
        paid.Headline.ShouldBe("Each $1 spent brought back $1.92 in fees");
    }

    [Theory]
    [InlineData(17_000, 45_000, "Too uncertain to say whether it has paid for itself")]
    [InlineData(-2_000, 9_000, "It has not paid for itself: each $1 spent brought back $0.48 in fees")]
    public void Says_that_it_paid_back_only_where_the_whole_interval_does(double lower, double upper, string headline)
    {
        var amount = new FoundEffect(headline.Contains("0.48", StringComparison.Ordinal) ? 7_900 : 30_000, lower, upper);

        PaidBack.Of(found with { Amount = amount }, terms, Cost(2_800_000, headline.Contains("0.48", StringComparison.Ordinal) ? 13.5m : 12), "USD")!.Headline.ShouldBe(headline);
    }

    [Fact]
    public void Is_not_known_without_money_without_a_cost_and_without_an_estimate()
    {
        PaidBack.Of(found, terms, null, "USD").ShouldBeNull();
        PaidBack.Of(found, terms with { Outcome = StudyOutcome.Orders }, Cost(100, 1), "USD").ShouldBeNull();
        PaidBack.Of(found with { Amount = null }, terms, Cost(100, 1), "USD").ShouldBeNull();
    }

    [Fact]
    public async Task Asks_what_it_cost_and_says_what_came_back()
    {
        var scene = await ImpactScene.Given(product, new() { Effect = 0.3 });
        await product.Database.ExecuteAsync("INSERT INTO platform.marketplace (id, name, currency_code, time_zone) VALUES (1, 'Market', 'USD', 'Etc/UTC') ON CONFLICT DO NOTHING");
        await scene.Settles();

        var asked = await scene.Reads();
        var saved = await scene.Program.Manager.Post($"{scene.Root}/cost", ("seen", "0"), ("Cost", "500"), ("Fee", "12.5"));
        var page = await scene.Program.Manager.Page(scene.Root);
        var late = await scene.Program.Manager.Post($"{scene.Root}/cost", ("seen", "0"), ("Cost", "900"), ("Fee", "12.5"));

        asked.QuerySelector("#paid-h")!.TextContent.ShouldBe("Did it pay for itself?");
        saved.Location.ShouldBe($"{scene.Root}?did=cost");
        page.QuerySelectorAll("[aria-labelledby=paid-h] tbody tr").Length.ShouldBe(3);
        page.QuerySelector("[aria-labelledby=paid-h] tbody")!.TextContent.ShouldContain("Cost: $500 for 64 mentees");
        late.Status.ShouldBe(System.Net.HttpStatusCode.Conflict);
        (await product.Database.ScalarAsync<long>($"SELECT max(c.cost_minor_units) FROM impact.program_cost c JOIN programs.program p ON p.id = c.program_id WHERE p.slug = '{scene.Program.Slug}'")).ShouldBe(50_000);
    }

    [Theory]
    [InlineData("", "12", "Cost")]
    [InlineData("-5", "12", "Cost")]
    [InlineData("=1+1", "12", "Cost")]
    [InlineData("500", "0", "Fee")]
    [InlineData("500", "101", "Fee")]
    public async Task Refuses_a_cost_that_says_nothing(string cost, string fee, string field)
    {
        var scene = await ImpactScene.Given(product, new() { Mentees = 2, Others = 2 });
        await product.Database.ExecuteAsync("INSERT INTO platform.marketplace (id, name, currency_code, time_zone) VALUES (1, 'Market', 'USD', 'Etc/UTC') ON CONFLICT DO NOTHING");

        var answer = await scene.Program.Manager.Post($"{scene.Root}/cost", ("seen", "0"), ("Cost", cost), ("Fee", fee));

        answer.Page.QuerySelector($"#{field}-error").ShouldNotBeNull();
        (await product.Database.ScalarAsync<long>("SELECT count(*) FROM impact.program_cost WHERE cost_minor_units < 1")).ShouldBe(0);
    }

    static ProgramCost Cost(long minorUnits, decimal fee) => new(Guid.NewGuid(), 1, minorUnits, fee, Guid.NewGuid(), DateTimeOffset.UnixEpoch);
}
