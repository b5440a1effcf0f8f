using Guildhall.Evidence;
using Guildhall.Modules.Sellers;

namespace Guildhall.Modules.Impact;

/// <summary>When something happened to a seller, on the clock of its age: the day of signing up is 1.</summary>
/// <param name="HappenedAt">Null where it has not happened.</param>
/// <param name="KnownTo">The last age up to which every day says what is asked; null where all do.</param>
sealed record SellerAges(int? HappenedAt, int? KnownTo)
{
    /// <summary>How far it had come at an age; null where that plays no part. Sellers with about as many orders so far are of one stage: of two who are as far, the busier is there sooner, and stays longer.</summary>
    public Func<double, Standing>? Stands { get; init; }

    public static SellerAges FirstSale(SellerWhoCame seller) => new(AgeOf(seller, seller.FirstSaleOn), AgeOf(seller, seller.UnknownOn) - 1);

    /// <summary>The first day on which its sales since signing up add up to an amount.</summary>
    public static SellerAges Milestone(SellerWhoCame seller, IReadOnlyList<SaleDay> days, long amount)
    {
        var (ages, sold) = (new List<double>(), new List<(int Orders, long Sum)>());
        var so = (Orders: 0, Sum: 0L);
        foreach (var day in days)
        {
            var age = AgeOf(seller, day.Day)!.Value;
            if (day.Orders is null || (day.Orders > 0 && day.RevenueMinorUnits is null)) return new(null, age - 1) { Stands = Stands };
            so = (so.Orders + Math.Max(0, day.Orders.Value), so.Sum + (day.RevenueMinorUnits ?? 0));
            ages.Add(age);
            sold.Add(so);
            if (so.Sum >= amount) return new(age, null) { Stands = Stands };
        }

        return new(null, null) { Stands = Stands };

        Standing Stands(double age) => LastUpTo(ages, age) is >= 0 and var at ? new(StageOf(sold[at].Orders), sold[at].Sum / (double)amount) : default;
    }

    /// <summary>The first day on which so many have passed without an order.</summary>
    public static SellerAges Quiet(SellerWhoCame seller, IReadOnlyList<SaleDay> days, int quiet)
    {
        var (ages, orders) = (new List<double>(), new List<int>());
        var (last, sum) = (0, 0);
        foreach (var day in days)
        {
            var age = AgeOf(seller, day.Day)!.Value;
            if (age > last + quiet) break;
            if (day.Orders is null) return new(null, age - 1) { Stands = Stands };
            if (day.Orders <= 0) continue;
            ages.Add(last = age);
            orders.Add(sum += day.Orders.Value);
        }

        return new(last + quiet, null) { Stands = Stands };

        Standing Stands(double age) => LastUpTo(ages, age) is >= 0 and var at ? new(StageOf(orders[at]), (age - ages[at]) / quiet) : new(0, age / quiet);
    }

    static int StageOf(int orders) => orders switch { 0 => 0, 1 => 1, < 5 => 2, < 12 => 3, _ => 4 };

    static int? AgeOf(SellerWhoCame seller, DateOnly? day) => day?.DayNumber - seller.SignedUpOn.DayNumber + 1;

    static int LastUpTo(List<double> ages, double age) => ages.BinarySearch(age) is var at && at >= 0 ? at : ~at - 1;
}
