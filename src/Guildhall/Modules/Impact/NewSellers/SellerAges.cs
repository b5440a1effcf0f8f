using Guildhall.Evidence;
using Guildhall.Modules.Sellers;

namespace Guildhall.Modules.Impact;

/// <summary>When something happened to a seller, on the clock of its age: the day of signing up is 1.</summary>
/// <param name="HappenedAt">Null where it has not happened.</param>
/// <param name="KnownTo">The last age up to which every day says what is asked; null where all do.</param>
sealed record SellerAges(int? HappenedAt, int? KnownTo)
{
    /// <summary>How far it had come at an age; null where that plays no part.</summary>
    public Func<double, Standing>? Stands { get; init; }

    public static SellerAges FirstSale(SellerWhoCame seller) => new(AgeOf(seller, seller.FirstSaleOn), AgeOf(seller, seller.UnknownOn) - 1);

    /// <summary>The first day on which its sales since signing up add up to an amount.</summary>
    public static SellerAges Milestone(SellerWhoCame seller, IReadOnlyList<SaleDay> days, long amount)
    {
        var (ages, sums, sum) = (new List<double>(), new List<double>(), 0L);
        foreach (var day in days)
        {
            var age = AgeOf(seller, day.Day)!.Value;
            if (day.Orders is null || (day.Orders > 0 && day.RevenueMinorUnits is null)) return new(null, age - 1) { Stands = Stands };
            sum += day.RevenueMinorUnits ?? 0;
            ages.Add(age);
            sums.Add(sum);
            if (sum >= amount) return new(age, null) { Stands = Stands };
        }

        return new(null, null) { Stands = Stands };

        // Below half of the amount and above it are stages: who is half there is not laid beside who has just begun.
        Standing Stands(double age)
        {
            var at = LastUpTo(ages, age);
            var share = at < 0 ? 0 : sums[at] / amount;
            return new(share <= 0 ? 0 : share < 0.5 ? 1 : 2, share);
        }
    }

    /// <summary>The first day on which so many have passed without an order.</summary>
    public static SellerAges Quiet(SellerWhoCame seller, IReadOnlyList<SaleDay> days, int quiet)
    {
        var ages = new List<double>();
        var last = 0;
        foreach (var day in days)
        {
            var age = AgeOf(seller, day.Day)!.Value;
            if (age > last + quiet) break;
            if (day.Orders is null) return new(null, age - 1) { Stands = Stands };
            if (day.Orders <= 0) continue;
            ages.Add(last = age);
        }

        return new(last + quiet, null) { Stands = Stands };

        Standing Stands(double age) => LastUpTo(ages, age) is >= 0 and var at ? new(1, (age - ages[at]) / quiet) : new(0, age / quiet);
    }

    static int? AgeOf(SellerWhoCame seller, DateOnly? day) => day?.DayNumber - seller.SignedUpOn.DayNumber + 1;

    static int LastUpTo(List<double> ages, double age) => ages.BinarySearch(age) is var at && at >= 0 ? at : ~at - 1;
}
