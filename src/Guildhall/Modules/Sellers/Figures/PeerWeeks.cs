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
        var beginning = ends[0].AddDays(-7);
        var openedOn = await db.Set<Seller>().Where(seller => seller.Id == sellerId).Select(seller => seller.SignedUpOn).SingleOrDefaultAsync(stop);
        var isNew = openedOn > beginning;
        var own = await StretchSql.Read(db, [SellerStretch.FourWeeksTo(sellerId, beginning), .. ends.Select(end => Week(sellerId, end))], stop);
        var ownWeeks = own.Skip(1).Select(week => week.Orders).ToList();

        if (isNew || own[0].Orders is not null)
        {
            await foreach (var (branch, shops) in SimilarShops.Of(db, sellerId, asOf, stop))
            {
                var alike = isNew ? await OpenedAbout(db, shops, openedOn!.Value, stop) : await OfSize(db, shops, own[0].Orders!.Value, beginning, stop);
                if (alike.Count < SimilarShops.Fewest) continue;
                var theirs = await StretchSql.Read(db, [.. ends.SelectMany(end => alike.Select(shop => Week(shop, end)))], stop);
                List<PeerWeek> beside = [.. ends.Select((end, at) => new PeerWeek(end, ownWeeks[at], Spread(theirs.Skip(at * alike.Count).Take(alike.Count))))];
                if (beside[^1].Peers is not null) return new(beside, alike.Count, branch, isNew);
            }
        }

        return new([.. ends.Select((end, at) => new PeerWeek(end, ownWeeks[at], null))], 0, null, isNew);
    }

    static SellerStretch Week(Guid sellerId, DateOnly end) => new(sellerId, end.AddDays(-6), end);

    static async Task<IReadOnlyList<Guid>> OpenedAbout(GuildhallDb db, IReadOnlyList<Guid> shops, DateOnly day, CancellationToken stop)
    {
        var (from, to) = (day.AddDays(-DaysApart), day.AddDays(DaysApart));
        return await db.Set<Seller>().Where(seller => shops.Contains(seller.Id) && seller.SignedUpOn >= from && seller.SignedUpOn <= to).Select(seller => seller.Id).ToListAsync(stop);
    }

    static async Task<IReadOnlyList<Guid>> OfSize(GuildhallDb db, IReadOnlyList<Guid> shops, long orders, DateOnly day, CancellationToken stop) =>
        [.. (await StretchSql.Read(db, [.. shops.Select(shop => SellerStretch.FourWeeksTo(shop, day))], stop)).Where(shop => shop.Orders is { } sold && SimilarShops.SizeOf(sold) == SimilarShops.SizeOf(orders)).Select(shop => shop.Stretch.SellerId)];

    static PeerSpread? Spread(IEnumerable<StretchFigures> week)
    {
        double[] sorted = [.. week.Select(shop => shop.Orders).OfType<long>().Select(orders => (double)orders).Order()];
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
