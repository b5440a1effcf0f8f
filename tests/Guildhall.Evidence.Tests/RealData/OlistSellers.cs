using System.Globalization;
using Guildhall.Evidence.Numerics;
using Guildhall.Tests.Sellers;

namespace Guildhall.Evidence.Tests.RealData;

/// <summary>New sellers of the real marketplace in 2018 over eight periods of 28 days from 1 January on, none of whom was ever mentored. Read in place.</summary>
/// <param name="Orders">Sellers × periods, the periods of a seller one after another; so the next.</param>
/// <param name="Reviews">How many reviews there are of a period's orders, and <paramref name="Marks"/> what they add up to.</param>
/// <param name="IsPaulista">Whether a seller is in the state of São Paulo, known before anything was sold.</param>
sealed record OlistSellers(double[] Orders, double[] Revenue, double[] Reviews, double[] Marks, bool[] IsPaulista)
{
    public const int Periods = 8;

    const int PeriodDays = 28;

    /// <summary>Their first order lies in the first three periods, so that everybody has a time before the earliest made-up date.</summary>
    const int PeriodsOfFirstOrder = 3;

    static readonly DateOnly from = new(2018, 1, 1);

    public int Count => IsPaulista.Length;

    public static OlistSellers Read()
    {
        var sellers = Table("sellers.csv");
        var chosen = sellers.Where(row => Day(row["first_order_date"]) is { } day && PeriodOf(day) is >= 1 and <= PeriodsOfFirstOrder).OrderBy(row => row["seller_id"], StringComparer.Ordinal).ToList();
        var places = chosen.Select((row, at) => (Id: row["seller_id"], at)).ToDictionary(seller => seller.Id, seller => seller.at, StringComparer.Ordinal);
        double[] orders = new double[chosen.Count * Periods], revenue = new double[orders.Length], reviews = new double[orders.Length], marks = new double[orders.Length];
        foreach (var row in Table("seller_days.csv"))
        {
            if (!places.TryGetValue(row["seller_id"], out var place) || PeriodOf(Day(row["date"])!.Value) is not (>= 1 and <= Periods and var period)) continue;
            orders[place * Periods + period - 1] += Number(row["orders"]);
            revenue[place * Periods + period - 1] += Number(row["revenue"]);
            if (row["review_mean"].Length == 0) continue;
            reviews[place * Periods + period - 1] += Number(row["reviews"]);
            marks[place * Periods + period - 1] += Number(row["reviews"]) * Number(row["review_mean"]);
        }

        return new(orders, revenue, reviews, marks, [.. chosen.Select(row => row["state"] == "SP")]);
    }

    /// <summary>The days from signing up to the first sale of everybody who signed up, or to the last day of the data, as the data's own description counts them.</summary>
    public static IReadOnlyList<(int Days, bool Sold)> Waits()
    {
        var last = new DateOnly(2018, 8, 29);
        return [.. Table("sellers.csv").Where(row => row["won_date"].Length > 0).Select(row => (Signed: Day(row["won_date"])!.Value, First: Day(row["first_order_date"]))).Select(seller => ((seller.First ?? last).DayNumber - seller.Signed.DayNumber, seller.First is not null))];
    }

    /// <summary>Everybody who signed up and had not sold before: on which days of its age, from 1, it had orders that were not canceled and for how much, and on which the data ends.</summary>
    public static IReadOnlyList<(List<(int Age, int Orders, double Revenue)> Sales, int LastAge)> NewSellers()
    {
        var last = new DateOnly(2018, 8, 29);
        var signed = Table("sellers.csv").Where(row => row["won_date"].Length > 0).ToDictionary(row => row["seller_id"], row => Day(row["won_date"])!.Value, StringComparer.Ordinal);
        var sales = signed.Keys.ToDictionary(id => id, _ => new List<(int Age, int Orders, double Revenue)>(), StringComparer.Ordinal);
        foreach (var row in Table("seller_days.csv"))
            if (signed.TryGetValue(row["seller_id"], out var day) && Number(row["orders"]) > Number(row["cancelled"])) sales[row["seller_id"]].Add((Day(row["date"])!.Value.DayNumber - day.DayNumber + 1, (int)(Number(row["orders"]) - Number(row["cancelled"])), Number(row["revenue"])));
        return [.. signed.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => (Sales: sales[one.Key].OrderBy(sale => sale.Age).ToList(), LastAge: last.DayNumber - one.Value.DayNumber + 1)).Where(one => one.LastAge >= 1 && !one.Sales.Exists(sale => sale.Age < 1))];
    }

    public double OrdersOf(int seller, int period) => Orders[seller * Periods + period - 1];

    static int PeriodOf(DateOnly day) => (int)Math.Floor((day.DayNumber - from.DayNumber) / (double)PeriodDays) + 1;

    static DateOnly? Day(string text) => text.Length == 0 ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    static IEnumerable<IReadOnlyDictionary<string, string>> Table(string name)
    {
        using var lines = File.ReadLines(RealMarketplace.File(name)).GetEnumerator();
        lines.MoveNext();
        var columns = lines.Current.Split(',');
        while (lines.MoveNext())
        {
            // A few names of towns have a comma, between quotes.
            var fields = lines.Current.Split('"').SelectMany((part, at) => at % 2 == 1 ? [part.Replace(",", " ", StringComparison.Ordinal)] : new[] { part });
            yield return columns.Zip(string.Concat(fields).Split(',')).ToDictionary(field => field.First, field => field.Second, StringComparer.Ordinal);
        }
    }
}

/// <summary>A way to pretend that some of them were mentored.</summary>
/// <param name="Chance">How probable it is that a seller joins in a period.</param>
sealed record PretendRule(string Words, Func<OlistSellers, int, int, double> Chance)
{
    const int First = 5, Last = 7;

    public static readonly PretendRule ByLot = new("by lot, one in four", (_, _, _) => 0.25);

    public static readonly IReadOnlyList<PretendRule> All =
    [
        ByLot,
        new("mostly sellers in the state of São Paulo", (sellers, seller, _) => sellers.IsPaulista[seller] ? 0.35 : 0.08),
        new("mostly after a worse month than the one before", (sellers, seller, period) => sellers.OrdersOf(seller, period - 1) < sellers.OrdersOf(seller, period - 2) ? 0.55 : 0.05),
        new("mostly those who sold at least 5 times in the month that effects are measured from", (sellers, seller, period) => sellers.OrdersOf(seller, period - 2) >= 5 ? 0.7 : 0.1),
    ];

    /// <summary>The made-up period of joining of each seller, 0 for never.</summary>
    public int[] Draw(OlistSellers sellers, ulong seed)
    {
        var random = new SplitMix(seed);
        return [.. Enumerable.Range(0, sellers.Count).Select(seller =>
        {
            var (period, draw) = (First + random.Below(Last - First + 1), random.Uniform());
            return draw < Chance(sellers, seller, period) ? period : 0;
        })];
    }
}
