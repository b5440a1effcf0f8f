using System.Globalization;
using System.Runtime.CompilerServices;
using Guildhall.Evidence.Numerics;

namespace Guildhall.Evidence.Tests.RealData;

/// <summary>What is found among the real marketplace's new sellers, of whom nobody was mentored: whether their first sale is sooner, whether they reach an amount sooner, whether they stay. docs/methods/new-sellers.md holds the same figures.</summary>
public class OlistNewSellersTests
{
    const int Draws = 200;
    const double Milestone = 500, Quiet = 45;
    const string From = "<!-- written by OlistNewSellersTests -->", To = "<!-- until here -->";

    [Fact]
    public void Nothing_is_found_beyond_what_the_page_says()
    {
        var sellers = OlistSellers.NewSellers();
        Awaiting[] awaited = [Awaiting.FirstSale(sellers), Awaiting.Amount(sellers), Awaiting.GoneQuiet(sellers)];
        var found = awaited.Select(one => (one.Words, ByLot: Repeat(one, ChosenBy.Lot, asksHowFar: true), Busy: Repeat(one, ChosenBy.Orders, asksHowFar: true), Blind: Repeat(one, ChosenBy.Orders, asksHowFar: false))).ToList();
        var table = string.Join('\n',
        [
            $"{sellers.Count} sellers, {Draws} draws each.", "",
            "| of the 60 days after | by lot, one in eight | mostly who had many orders by that day | the same, not asking how far they were |", "| --- | --- | --- | --- |",
            .. found.Select(one => $"| {one.Words} | {Told(one.ByLot)} | {Told(one.Busy)} | {Told(one.Blind)} |"),
        ]);

        Written(table).ShouldBe(table, "GUILDHALL_WRITE_DOCS=1 writes it anew");
        foreach (var (words, draws) in found.SelectMany(one => new[] { (one.Words, one.ByLot), (one.Words, one.Busy) })) draws.OfType<Estimate>().Count(estimate => !estimate.Interval().Contains(0)).ShouldBeInRange(0, 24, $"{words}: chance alone makes more than 24 of 200 in one of 20,000 studies with intervals that keep their promise");
    }

    /// <summary>What is waited for, of real sellers.</summary>
    /// <param name="Ends">By seller, the age at which it happened or the data ends.</param>
    /// <param name="Stands">How far a seller is at an age; its stage is how many orders it has had, as in a reading.</param>
    sealed record Awaiting(string Words, bool IsBetterLater, IReadOnlyList<(double Age, bool Happened)> Ends, double[] SignedUp, Func<int, double, Standing> Stands, Func<int, double, int> Orders)
    {
        public static Awaiting FirstSale(IReadOnlyList<(List<(int Age, int Orders, double Revenue)> Sales, int LastAge)> sellers) => new(
            "first sale, days sooner", false, [.. sellers.Select(one => one.Sales.Count > 0 ? (one.Sales[0].Age, true) : ((double)one.LastAge, false))], SignedUpOf(sellers), (_, _) => default, OrdersOf(sellers));

        /// <summary>Whoever signed up later is younger when the data ends.</summary>
        static double[] SignedUpOf(IReadOnlyList<(List<(int Age, int Orders, double Revenue)> Sales, int LastAge)> sellers) => [.. sellers.Select(one => -(double)one.LastAge)];

        static Func<int, double, int> OrdersOf(IReadOnlyList<(List<(int Age, int Orders, double Revenue)> Sales, int LastAge)> sellers) => (i, age) => sellers[i].Sales.TakeWhile(sale => sale.Age <= age).Sum(sale => sale.Orders);

        static int ClassOf(int orders) => orders switch { 0 => 0, 1 => 1, < 5 => 2, < 12 => 3, _ => 4 };

        public static Awaiting Amount(IReadOnlyList<(List<(int Age, int Orders, double Revenue)> Sales, int LastAge)> sellers)
        {
            double SoldBy(int seller, double age) => sellers[seller].Sales.TakeWhile(sale => sale.Age <= age).Sum(sale => sale.Revenue);
            return new(
                $"sales of {Milestone} reais, days sooner", false,
                [.. sellers.Select((one, i) => one.Sales.Where(sale => SoldBy(i, sale.Age) >= Milestone).Select(sale => ((double)sale.Age, true)).DefaultIfEmpty((one.LastAge, false)).First())], SignedUpOf(sellers),
                (i, age) => SoldBy(i, age) / Milestone is var share ? new(ClassOf(OrdersOf(sellers)(i, age)), share) : default, OrdersOf(sellers));
        }

        public static Awaiting GoneQuiet(IReadOnlyList<(List<(int Age, int Orders, double Revenue)> Sales, int LastAge)> sellers)
        {
            return new(
                $"quiet for {Quiet} days, days later", true, [.. sellers.Select(one => EndOf(one.Sales, one.LastAge))], SignedUpOf(sellers),
                (i, age) => sellers[i].Sales.TakeWhile(sale => sale.Age <= age).LastOrDefault() is { Age: > 0 } last ? new(ClassOf(OrdersOf(sellers)(i, age)), (age - last.Age) / Quiet) : new(0, age / Quiet), OrdersOf(sellers));

            static (double, bool) EndOf(List<(int Age, int Orders, double Revenue)> sales, int lastAge)
            {
                var last = 0;
                foreach (var (age, _, _) in sales)
                {
                    if (age > last + Quiet) break;
                    last = age;
                }

                return last + Quiet <= lastAge ? (last + Quiet, true) : (lastAge, false);
            }
        }
    }

    enum ChosenBy
    {
        /// <summary>One in eight, between the fifth and the thirty-fifth day of their age.</summary>
        Lot,

        /// <summary>Between the twentieth and the ninetieth day: four of five of those with five orders and more by then, two of five with three or four, one of twenty with fewer.</summary>
        Orders,
    }

    /// <summary>One draw each; null where the two sides differ in when they came, or in how far they were, by more than a reading accepts, so it would show no number.</summary>
    static IReadOnlyList<Estimate?> Repeat(Awaiting awaited, ChosenBy rule, bool asksHowFar) => [.. Enumerable.Range(1, Draws).AsParallel().AsOrdered().Select(draw => Found(awaited, rule, asksHowFar, (ulong)draw))];

    static Estimate? Found(Awaiting awaited, ChosenBy rule, bool asksHowFar, ulong draw)
    {
        var random = new SplitMix(draw);
        Lifetime[] waits = [.. awaited.Ends.Select((end, i) =>
        {
            var (begins, lot) = (rule == ChosenBy.Lot ? 5 + random.Below(31) : 20 + random.Below(71), random.Uniform());
            var chance = rule == ChosenBy.Lot ? 0.125 : awaited.Orders(i, begins) switch { >= 5 => 0.8, >= 3 => 0.4, _ => 0.05 };
            return new Lifetime(end.Age, end.Happened) { MentoredFrom = lot < chance ? begins : null };
        })];
        if (RiskSetMatching.Match(waits, awaited.SignedUp, horizon: 60, controls: 5, standing: asksHowFar ? awaited.Stands : null).Value is not { } found) return null;
        if (asksHowFar && !IsBalanced(awaited, waits, found)) return null;
        return awaited.IsBetterLater ? found.Sooner with { Value = -found.Sooner.Value } : found.Sooner;
    }

    static bool IsBalanced(Awaiting awaited, Lifetime[] waits, RiskSetMatching found)
    {
        List<(double SignedUp, double Progress, bool IsMentee, double Weight)> rows = [];
        foreach (var (i, controls) in found.ControlsOf.Index().Where(one => one.Item.Count > 0))
        {
            rows.Add((awaited.SignedUp[i], awaited.Stands(i, waits[i].MentoredFrom!.Value).Progress, true, 1));
            rows.AddRange(controls.Select(j => (awaited.SignedUp[j], awaited.Stands(j, waits[i].MentoredFrom!.Value).Progress, false, 1.0 / controls.Count)));
        }

        var balance = Balance.Of([.. rows.Select(row => row.IsMentee)], new(["signed up", "progress"], [[.. rows.Select(row => row.SignedUp)], [.. rows.Select(row => row.Progress)]]), [.. rows.Select(row => row.Weight)]).Value;
        return balance is not null && balance.Covariates.All(one => Math.Abs(one.StandardisedDifference) <= Balance.LargestDifference);
    }

    static string Told(IReadOnlyCollection<Estimate?> draws)
    {
        var found = draws.OfType<Estimate>().ToList();
        return string.Create(CultureInfo.InvariantCulture, $"{found.Count(one => !one.Interval().Contains(0)) * 100.0 / found.Count:0.#}%; {found.Average(one => one.Value):+0.0;−0.0;0}; ±{found.Average(one => one.Interval().Width / 2):0.0}{(found.Count < draws.Count ? string.Create(CultureInfo.InvariantCulture, $"; no number in {(draws.Count - found.Count) * 100.0 / draws.Count:0.#}%") : "")}");
    }

    static string Written(string table, [CallerFilePath] string here = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "methods", "new-sellers.md");
        var page = File.ReadAllText(path);
        var (from, to) = (page.IndexOf(From, StringComparison.Ordinal) + From.Length, page.IndexOf(To, StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable("GUILDHALL_WRITE_DOCS") != "1") return page[from..to].Trim();
        File.WriteAllText(path, $"{page[..from]}\n{table}\n{page[to..]}");
        return table;
    }
}
