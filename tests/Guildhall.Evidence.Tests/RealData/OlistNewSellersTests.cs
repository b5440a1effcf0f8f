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
        // Nobody who waits for a first sale has sold, so there is nothing to ask of it.
        var found = awaited.Select(one => (one.Words, ByLot: Repeat(one, 0.125, 0.125, true), Sold: one == awaited[0] ? [] : Repeat(one, 0.4, 0.06, true), Blind: one == awaited[0] ? [] : Repeat(one, 0.4, 0.06, false))).ToList();
        var table = string.Join('\n',
        [
            $"{sellers.Count} sellers, {Draws} draws each.", "",
            "| of the 60 days after | by lot, one in eight | mostly who had sold by that day | the same, not asking how far they were |", "| --- | --- | --- | --- |",
            .. found.Select(one => $"| {one.Words} | {Told(one.ByLot)} | {Told(one.Sold)} | {Told(one.Blind)} |"),
        ]);

        Written(table).ShouldBe(table, "GUILDHALL_WRITE_DOCS=1 writes it anew");
        foreach (var one in found) one.ByLot.Count(estimate => !estimate.Interval().Contains(0)).ShouldBeInRange(0, 24, $"{one.Words}: chance alone makes more than 24 of 200 in one of 20,000 studies with intervals that keep their promise");
    }

    /// <summary>What is waited for, of real sellers.</summary>
    /// <param name="Ends">By seller, the age at which it happened or the data ends.</param>
    /// <param name="Stands">How far a seller is at an age; its stage is whether it has sold.</param>
    sealed record Awaiting(string Words, bool IsBetterLater, IReadOnlyList<(double Age, bool Happened)> Ends, double[] SignedUp, Func<int, double, Standing> Stands)
    {
        public static Awaiting FirstSale(IReadOnlyList<(List<(int Age, double Revenue)> Sales, int LastAge)> sellers) => new(
            "first sale, days sooner", false, [.. sellers.Select(one => one.Sales.Count > 0 ? (one.Sales[0].Age, true) : ((double)one.LastAge, false))], SignedUpOf(sellers), (_, _) => default);

        /// <summary>Whoever signed up later is younger when the data ends.</summary>
        static double[] SignedUpOf(IReadOnlyList<(List<(int Age, double Revenue)> Sales, int LastAge)> sellers) => [.. sellers.Select(one => -(double)one.LastAge)];

        public static Awaiting Amount(IReadOnlyList<(List<(int Age, double Revenue)> Sales, int LastAge)> sellers)
        {
            double SoldBy(int seller, double age) => sellers[seller].Sales.TakeWhile(sale => sale.Age <= age).Sum(sale => sale.Revenue);
            return new(
                $"sales of {Milestone} reais, days sooner", false,
                [.. sellers.Select((one, i) => one.Sales.Where(sale => SoldBy(i, sale.Age) >= Milestone).Select(sale => ((double)sale.Age, true)).DefaultIfEmpty((one.LastAge, false)).First())], SignedUpOf(sellers),
                (i, age) => SoldBy(i, age) / Milestone is var share ? new(share <= 0 ? 0 : share < 0.5 ? 1 : 2, share) : default);
        }

        public static Awaiting GoneQuiet(IReadOnlyList<(List<(int Age, double Revenue)> Sales, int LastAge)> sellers)
        {
            return new(
                $"quiet for {Quiet} days, days later", true, [.. sellers.Select(one => EndOf(one.Sales, one.LastAge))], SignedUpOf(sellers),
                (i, age) => sellers[i].Sales.TakeWhile(sale => sale.Age <= age).LastOrDefault() is { Age: > 0 } last ? new(1, (age - last.Age) / Quiet) : new(0, age / Quiet));

            static (double, bool) EndOf(List<(int Age, double Revenue)> sales, int lastAge)
            {
                var last = 0;
                foreach (var (age, _) in sales)
                {
                    if (age > last + Quiet) break;
                    last = age;
                }

                return last + Quiet <= lastAge ? (last + Quiet, true) : (lastAge, false);
            }
        }
    }

    static IReadOnlyList<Estimate> Repeat(Awaiting awaited, double ofSold, double ofOthers, bool asksHowFar) => [.. Enumerable.Range(1, Draws).AsParallel().AsOrdered().Select(draw => Found(awaited, ofSold, ofOthers, asksHowFar, (ulong)draw)).OfType<Estimate>()];

    static Estimate? Found(Awaiting awaited, double ofSold, double ofOthers, bool asksHowFar, ulong draw)
    {
        var random = new SplitMix(draw);
        Lifetime[] waits = [.. awaited.Ends.Select((end, i) =>
        {
            var (begins, lot) = (5 + random.Below(31), random.Uniform());
            return new Lifetime(end.Age, end.Happened) { MentoredFrom = lot < (awaited.Stands(i, begins).Stage > 0 ? ofSold : ofOthers) ? begins : null };
        })];
        var sooner = RiskSetMatching.Match(waits, awaited.SignedUp, horizon: 60, controls: 5, standing: asksHowFar ? awaited.Stands : null).Value?.Sooner;
        return awaited.IsBetterLater && sooner is { } estimate ? estimate with { Value = -estimate.Value } : sooner;
    }

    static string Told(IReadOnlyCollection<Estimate> found) => found.Count == 0 ? "" :
        string.Create(CultureInfo.InvariantCulture, $"{found.Count(one => !one.Interval().Contains(0)) * 100.0 / found.Count:0.#}%; {found.Average(one => one.Value):+0.0;−0.0;0}; ±{found.Average(one => one.Interval().Width / 2):0.0}");

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
