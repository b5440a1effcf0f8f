using System.Globalization;
using System.Runtime.CompilerServices;

namespace Guildhall.Evidence.Tests.RealData;

/// <summary>The estimators on real sellers whom nobody mentored: what they find where there is nothing, and where it was put in. docs/methods/olist-placebo.md holds the same figures.</summary>
public class OlistPlaceboTests
{
    const int Draws = 200;
    const double Injected = 0.20;
    const string From = "<!-- written by OlistPlaceboTests -->", To = "<!-- until here -->";

    [Fact]
    public void Sellers_wait_for_their_first_sale_as_the_data_says()
    {
        var waits = OlistSellers.Waits();

        // The data counts 53 who signed up after its last day and one who sold two days before signing: their times are below 0, which a lifetime can't be, so the clock begins a year earlier for everybody.
        var curve = SurvivalCurve.Of([.. waits.Select(wait => new Lifetime(365 + wait.Days, wait.Sold))]).Required;
        var sold = waits.Where(wait => wait.Sold).Select(wait => wait.Days).Order().ToList();

        (waits.Count, sold.Count).ShouldBe((842, 380));
        ((sold[189] + sold[190]) / 2.0).ShouldBe(44);
        Math.Round(1 - curve.At(365 + 30).Value, 3).ShouldBe(0.169);
        Math.Round(1 - curve.At(365 + 90).Value, 3).ShouldBe(0.439);
        curve.Quantile(0.5).ShouldBe(365 + 123);
    }

    [Fact]
    public void Estimates_find_what_the_page_says_and_no_more()
    {
        var sellers = OlistSellers.Read();
        var table = string.Join('\n',
        [
            $"{sellers.Count} sellers, {Draws} draws each.", "",
            "| “mentees” chosen | orders, from 2 months before | the months before warn | from 1 before | from 3 before | revenue |", "| --- | --- | --- | --- | --- | --- |",
            .. PretendRule.All.Select(rule =>
            {
                var usual = Orders(sellers, rule, anticipation: 1, injected: 0);
                return $"| {rule.Words} | {Found(usual)} | {Share(usual, draw => draw.IsWarnedOf)} | {Found(Orders(sellers, rule, anticipation: 0, injected: 0))} | {Found(Orders(sellers, rule, anticipation: 2, injected: 0))} | {Found(Money(sellers, rule, injected: 0))} |";
            }), "",
            "| 20% more, for those chosen by lot | put in | found on average | half an interval | intervals that hold it | intervals that exclude 0 |", "| --- | --- | --- | --- | --- | --- |",
            Recovered("orders a seller and 28 days", Orders(sellers, PretendRule.ByLot, anticipation: 1, Injected), "0.00"),
            Recovered("revenue, as the logarithm of the ratio", Money(sellers, PretendRule.ByLot, Injected), "0.000"), "",
            "| “mentees” chosen | value of an order | mark of a review |", "| --- | --- | --- |",
            .. PretendRule.All.Select(rule => $"| {rule.Words} | {Found(Average(sellers, rule, sellers.Revenue, sellers.Orders))} | {Found(Average(sellers, rule, sellers.Marks, sellers.Reviews))} |"),
        ]);

        Written(table).ShouldBe(table, "GUILDHALL_WRITE_DOCS=1 writes it anew");
        var byLot = Orders(sellers, PretendRule.ByLot, anticipation: 1, injected: 0);
        byLot.Count(one => one.ExcludesZero).ShouldBeInRange(0, 24, "chance alone makes more than 24 of 200 in one of 20,000 studies with intervals that keep their promise");
    }

    /// <summary>What one draw found.</summary>
    /// <param name="Truth">What was put in, in the unit of the effect.</param>
    /// <param name="IsWarnedOf">Whether the test of the months before joining says that the two moved differently then already.</param>
    sealed record Draw(Estimate Effect, double Truth, bool IsWarnedOf = false)
    {
        public bool ExcludesZero => !Effect.Interval().Contains(0);
    }

    static IReadOnlyList<Draw> Orders(OlistSellers sellers, PretendRule rule, int anticipation, double injected) => Repeat(draw =>
    {
        var joined = rule.Draw(sellers, draw);
        var (outcomes, added, cells) = (sellers.Orders.ToArray(), 0.0, 0);
        for (var at = 0; at < outcomes.Length; at++)
        {
            if (!IsAfter(joined, at)) continue;
            added += injected * outcomes[at];
            cells++;
            outcomes[at] *= 1 + injected;
        }

        var effects = GroupTimeEffects.Estimate(OutcomePanel.Of(OlistSellers.Periods, outcomes, joined).Required, new() { Anticipation = anticipation }).Required;
        return new(effects.Simple().Required.Effect, added / cells, effects.BeforeJoining().Value is { PValue: < 0.05 });
    });

    static IReadOnlyList<Draw> Money(OlistSellers sellers, PretendRule rule, double injected) => Repeat(draw =>
    {
        var joined = rule.Draw(sellers, draw);
        var amounts = sellers.Revenue.Select((amount, at) => IsAfter(joined, at) ? amount * (1 + injected) : amount).ToArray();
        return new(RatioInRatios.Estimate(MoneyPanel.Of(OlistSellers.Periods, amounts, joined).Required, seed: draw, stop: TestContext.Current.CancellationToken).Required.LogRatio, Math.Log(1 + injected));
    });

    static IReadOnlyList<Draw> Average(OlistSellers sellers, PretendRule rule, double[] sums, double[] counts) => Repeat(draw =>
    {
        var joined = rule.Draw(sellers, draw);
        return new(AverageInRatios.Estimate(MoneyPanel.Of(OlistSellers.Periods, sums, joined).Required, MoneyPanel.Of(OlistSellers.Periods, counts, joined).Required, seed: draw, stop: TestContext.Current.CancellationToken).Required.LogRatio, 0);
    });

    static IReadOnlyList<Draw> Repeat(Func<ulong, Draw> draw) => [.. Enumerable.Range(1, Draws).AsParallel().AsOrdered().Select(number => draw((ulong)number))];

    static bool IsAfter(int[] joined, int at) => joined[at / OlistSellers.Periods] is > 0 and var period && at % OlistSellers.Periods + 1 >= period;

    static string Share(IReadOnlyCollection<Draw> draws, Func<Draw, bool> which) => string.Create(CultureInfo.InvariantCulture, $"{draws.Count(which) * 100.0 / draws.Count:0.#}%");

    static string Found(IReadOnlyCollection<Draw> draws) => string.Create(CultureInfo.InvariantCulture, $"{Share(draws, draw => draw.ExcludesZero)}; {draws.Average(draw => draw.Effect.Value):+0.00;−0.00;0}");

    static string Recovered(string what, IReadOnlyCollection<Draw> draws, string format)
    {
        string Mean(Func<Draw, double> of) => draws.Average(of).ToString(format, CultureInfo.InvariantCulture);
        return $"| {what} | {Mean(draw => draw.Truth)} | {Mean(draw => draw.Effect.Value)} | ±{Mean(draw => draw.Effect.Interval().Width / 2)} | {Share(draws, draw => draw.Effect.Interval().Contains(draw.Truth))} | {Share(draws, draw => draw.ExcludesZero)} |";
    }

    static string Written(string table, [CallerFilePath] string here = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "methods", "olist-placebo.md");
        var page = File.ReadAllText(path);
        var (from, to) = (page.IndexOf(From, StringComparison.Ordinal) + From.Length, page.IndexOf(To, StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable("GUILDHALL_WRITE_DOCS") != "1") return page[from..to].Trim();
        File.WriteAllText(path, $"{page[..from]}\n{table}\n{page[to..]}");
        return table;
    }
}
