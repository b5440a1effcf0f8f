using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Sellers;

/// <summary>The orders of a week: a shop’s own, and those of similar shops. Null is not known.</summary>
/// <param name="Peers">Null where fewer than ten similar shops are known.</param>
public sealed record PeerWeek(DateOnly EndsOn, long? Orders, PeerSpread? Peers);

/// <summary>The quarter of similar shops that sells least lies up to <paramref name="Low"/>, the quarter that sells most from <paramref name="High"/> on.</summary>
public sealed record PeerSpread(double Low, double Middle, double High);

/// <summary>A shop’s weeks beside those of similar shops, the oldest first.</summary>
/// <param name="Shops">How many similar shops there are; 0 where they are too few to say anything of.</param>
/// <param name="Branch">What they sell; null where there are none.</param>
/// <param name="IsNew">The shop opened within these weeks, and similar ones opened about when it did; else they were of its size before these weeks.</param>
public sealed record PeerWeeks(IReadOnlyList<PeerWeek> Weeks, int Shops, string? Branch, bool IsNew);

/// <summary>Reads what a shop and similar ones sold week by week. docs/guide/figures.md states who is similar.</summary>
static class PeerWeekSql
{
    /// <summary>A new shop is compared with those that opened so many days before or after it.</summary>
    public const int DaysApart = 45;

    /// <param name="asOf">The last day of the last week.</param>
    public static async Task<PeerWeeks> Of(GuildhallDb db, Guid sellerId, DateOnly asOf, int weeks, CancellationToken stop)
    {
        List<DateOnly> ends = [.. Enumerable.Range(0, weeks).Select(back => asOf.AddDays(-7 * (weeks - 1 - back)))];
        var (beginning, first) = (ends[0].AddDays(-7), ends[0].AddDays(-6));
        var openedOn = await db.Set<Seller>().Where(seller => seller.Id == sellerId).Select(seller => seller.SignedUpOn).SingleOrDefaultAsync(stop);
        var isNew = openedOn > beginning;
        var own = (await OrdersByPeriod.Read(db, [sellerId], first, 7, weeks, stop))[0];
        var before = isNew ? null : (await FourWeeksTo(db, [sellerId], beginning, stop))[0];

        if (isNew || before is not null)
        {
            await foreach (var (branch, shops) in SimilarShops.Of(db, sellerId, asOf, stop))
            {
                var alike = isNew ? await OpenedAbout(db, shops, openedOn!.Value, stop) : await OfSize(db, shops, before!.Value, beginning, stop);
                if (alike.Count < SimilarShops.Fewest) continue;
                var theirs = await OrdersByPeriod.Read(db, alike, first, 7, weeks, stop);
                List<PeerWeek> beside = [.. ends.Select((end, at) => new PeerWeek(end, own[at], Spread(theirs.Select(shop => shop[at]))))];
                if (beside[^1].Peers is not null) return new(beside, alike.Count, branch, isNew);
            }
        }

        return new([.. ends.Select((end, at) => new PeerWeek(end, own[at], null))], 0, null, isNew);
    }

    /// <summary>The orders of the four weeks up to a day; null is not known.</summary>
    static async Task<IReadOnlyList<long?>> FourWeeksTo(GuildhallDb db, IReadOnlyList<Guid> ids, DateOnly day, CancellationToken stop) => [.. (await OrdersByPeriod.Read(db, ids, day.AddDays(-27), 28, 1, stop)).Select(shop => shop[0])];

    static async Task<IReadOnlyList<Guid>> OpenedAbout(GuildhallDb db, IReadOnlyList<Guid> shops, DateOnly day, CancellationToken stop)
    {
        var (from, to) = (day.AddDays(-DaysApart), day.AddDays(DaysApart));
        return await db.Set<Seller>().Where(seller => shops.Contains(seller.Id) && seller.SignedUpOn >= from && seller.SignedUpOn <= to).Select(seller => seller.Id).ToListAsync(stop);
    }

    static async Task<IReadOnlyList<Guid>> OfSize(GuildhallDb db, IReadOnlyList<Guid> shops, long orders, DateOnly day, CancellationToken stop) =>
        [.. (await FourWeeksTo(db, shops, day, stop)).Zip(shops).Where(one => one.First is { } sold && SimilarShops.SizeOf(sold) == SimilarShops.SizeOf(orders)).Select(one => one.Second)];

    static PeerSpread? Spread(IEnumerable<long?> week)
    {
        double[] sorted = [.. week.OfType<long>().Select(orders => (double)orders).Order()];
        return sorted.Length < SimilarShops.Fewest ? null : new(Quantile(0.25), Quantile(0.5), Quantile(0.75));

        // Between two shops, in proportion (Hyndman and Fan 1996, definition 7).
        double Quantile(double share)
        {
            var at = share * (sorted.Length - 1);
            var below = (int)at;
            return below + 1 < sorted.Length ? sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
        }
    }
}
