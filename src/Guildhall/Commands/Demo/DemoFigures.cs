namespace Guildhall.Commands.Demo;

/// <summary>A shop's figures summed up as an applicant's file states them; null where the marketplace doesn't know.</summary>
/// <param name="BestOrdersPerWeek">The best eight weeks in a row.</param>
sealed record DemoFigures(
    int Listings, long MedianPriceCents, long LowPriceCents, long HighPriceCents, IReadOnlyList<(string Path, double Share)> Categories,
    double Photos, double DescriptionLength, double OrdersPerWeek, double BestOrdersPerWeek,
    int OrdersInHalfYear, int Reviews, double? ReviewMean, double? Conversion, double? OutOfStockShare, double? LateShare, double? ReturnShare, int PolicyPoints)
{
    public static DemoFigures Of(DemoMarketplace marketplace, DemoSeller seller)
    {
        var listings = marketplace.Listings(seller);
        var days = marketplace.History(seller).Days;
        var recent = Since(days, marketplace.AsOf, 90);
        var prices = listings.Select(listing => listing.PriceCents).Order().ToArray();
        var reviews = recent.Sum(day => day.Reviews);
        int orders = recent.Sum(day => day.Orders), dispatched = recent.Sum(day => day.DispatchKnown ?? 0);
        int visits = recent.Sum(day => day.Visits ?? 0), listed = recent.Sum(day => day.ListingsLive);
        return new DemoFigures(
            listings.Length, Quantile(prices, 0.5), Quantile(prices, 0.1), Quantile(prices, 0.9),
            [.. listings.GroupBy(listing => listing.Category.Path)
                .Select(group => (Path: group.Key, Share: Math.Round((double)group.Count() / listings.Length, 2)))
                .Where(part => part.Share > 0).OrderByDescending(part => part.Share).ThenBy(part => part.Path, StringComparer.Ordinal)],
            listings.Average(listing => listing.Photos), listings.Average(listing => listing.DescriptionLength),
            Math.Round(Since(days, marketplace.AsOf, 28).Sum(day => day.Orders) / 4.0, 2),
            BestEightWeeks(days),
            Since(days, marketplace.AsOf, 183).Sum(day => day.Orders),
            reviews, reviews == 0 ? null : (double)recent.Sum(day => day.ReviewStars) / reviews,
            seller.Known.Visits && visits >= 100 ? (double)orders / visits : null,
            seller.Known.Stock && listed > 0 ? (double)recent.Sum(day => day.ListingsOutOfStock ?? 0) / listed : null,
            dispatched >= 10 ? (double)recent.Sum(day => day.Late ?? 0) / dispatched : null,
            seller.Known.Returns && orders >= 10 ? (double)recent.Sum(day => day.Returned ?? 0) / orders : null,
            days.Count == 0 ? 0 : days[^1].PolicyPoints);
    }

    static List<DemoDay> Since(List<DemoDay> days, DateOnly asOf, int length)
    {
        var first = asOf.AddDays(-length);
        return days.FindAll(day => day.Day >= first);
    }

    static long Quantile(long[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))];

    static double BestEightWeeks(List<DemoDay> days)
    {
        const int window = 56;
        int best = 0, sum = 0, tail = 0;
        foreach (var day in days)
        {
            sum += day.Orders;
            while (days[tail].Day <= day.Day.AddDays(-window)) sum -= days[tail++].Orders;
            best = Math.Max(best, sum);
        }
        return Math.Round(best / 8.0, 2);
    }
}
