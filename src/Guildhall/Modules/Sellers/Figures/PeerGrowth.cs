using Guildhall.Platform.Database;

namespace Guildhall.Modules.Sellers;

/// <summary>What the middle one of similar shops sold in a week, at the beginning and at the end of some weeks, each counted over four.</summary>
public sealed record PeerGrowth(int Shops, int Weeks, double From, double To);

/// <summary>
/// How shops like one grew: at home in the same category, or the nearest branch above it with shops enough, and about as large at the beginning. Only shops whose figures are known
/// for both ends count.
/// </summary>
static class PeerGrowths
{
    /// <summary>Of fewer nothing is said: the middle one of a handful is chance, and could be recognized.</summary>
    public const int FewestShops = 10;

    /// <summary>A branch with more of them is judged by as many, drawn by the random part of their ids. The middle of 400 lies within 5 percentiles of that of all, 19 times of 20.</summary>
    const int MostAsked = 400;

    /// <summary>Orders of four weeks up to which shops are of one size: none, 1 to 3, 4 to 30, more.</summary>
    static readonly long[] sizes = [0, 3, 30];

    /// <param name="ordersAWeek">What the shop itself sells: similar are those that were of its size.</param>
    public static async Task<PeerGrowth?> Of(GuildhallDb db, Guid sellerId, double ordersAWeek, DateOnly asOf, int weeks, CancellationToken stop)
    {
        var size = SizeOf(ordersAWeek * 4);
        var beginning = asOf.AddDays(-7 * weeks);
        if (!(await Homes.Of(db, [sellerId], asOf, stop)).TryGetValue(sellerId, out var home)) return null;
        for (var branch = home; branch is not null; branch = Homes.Parent(branch))
        {
            var peers = (await Homes.Within(db, [branch], asOf, stop)).Where(one => one.Key != sellerId && (one.Value == branch || one.Value.StartsWith($"{branch}/", StringComparison.Ordinal)))
                .Select(one => one.Key).OrderBy(Random).Take(MostAsked).ToList();
            if (peers.Count < FewestShops) continue;
            var figures = await StretchSql.Read(db, [.. peers.SelectMany(peer => new[] { SellerStretch.FourWeeksTo(peer, beginning), SellerStretch.FourWeeksTo(peer, asOf) })], stop);
            List<(long From, long To)> known =
            [
                .. Enumerable.Range(0, peers.Count).Select(at => (figures[2 * at].Orders, figures[(2 * at) + 1].Orders)).Where(one => one is (not null, not null)).Select(one => (one.Item1!.Value, one.Item2!.Value))
                    .Where(one => SizeOf(one.Item1) == size),
            ];
            if (known.Count >= FewestShops) return new(known.Count, weeks, Middle(known.Select(one => one.From)), Middle(known.Select(one => one.To)));
        }

        return null;
    }

    static int SizeOf(double orders) => sizes.Count(most => orders > most);

    static double Middle(IEnumerable<long> orders)
    {
        List<long> sorted = [.. orders.Order()];
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2.0 / 4;
    }

    static long Random(Guid id) => BitConverter.ToInt64(id.ToByteArray(), 8);
}
