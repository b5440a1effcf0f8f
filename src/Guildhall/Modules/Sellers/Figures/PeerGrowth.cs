using Guildhall.Platform.Database;

namespace Guildhall.Modules.Sellers;

/// <summary>What the middle one of similar shops sold in a week, at the beginning and at the end of some weeks, each counted over four.</summary>
public sealed record PeerGrowth(int Shops, int Weeks, double From, double To);

/// <summary>How shops like one grew that were about as large at the beginning. Only shops whose figures are known for both ends count.</summary>
static class PeerGrowths
{
    /// <param name="ordersAWeek">What the shop itself sells: similar are those that were of its size.</param>
    public static async Task<PeerGrowth?> Of(GuildhallDb db, Guid sellerId, double ordersAWeek, DateOnly asOf, int weeks, CancellationToken stop)
    {
        var size = SimilarShops.SizeOf(ordersAWeek * 4);
        var beginning = asOf.AddDays(-7 * weeks);
        await foreach (var (_, peers) in SimilarShops.Of(db, sellerId, asOf, stop))
        {
            var figures = await StretchSql.Read(db, [.. peers.SelectMany(peer => new[] { SellerStretch.FourWeeksTo(peer, beginning), SellerStretch.FourWeeksTo(peer, asOf) })], stop);
            List<(long From, long To)> known =
            [
                .. Enumerable.Range(0, peers.Count).Select(at => (figures[2 * at].Orders, figures[(2 * at) + 1].Orders)).Where(one => one is (not null, not null)).Select(one => (one.Item1!.Value, one.Item2!.Value))
                    .Where(one => SimilarShops.SizeOf(one.Item1) == size),
            ];
            if (known.Count >= SimilarShops.Fewest) return new(known.Count, weeks, Middle(known.Select(one => one.From)), Middle(known.Select(one => one.To)));
        }

        return null;
    }

    static double Middle(IEnumerable<long> orders)
    {
        List<long> sorted = [.. orders.Order()];
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2.0 / 4;
    }
}
