using System.Runtime.CompilerServices;
using Guildhall.Platform.Database;

namespace Guildhall.Modules.Sellers;

/// <summary>Who can be like a shop: those at home in the same category, then those in the branches above it.</summary>
static class SimilarShops
{
    /// <summary>Of fewer nothing is said: the middle one of a handful is chance, and could be recognized.</summary>
    public const int Fewest = 10;

    /// <summary>A branch with more of them is judged by as many, drawn by the random part of their ids. The middle of 400 lies within 5 percentiles of that of all, 19 times of 20.</summary>
    const int MostAsked = 400;

    /// <summary>Orders of four weeks up to which shops are of one size: none, 1 to 3, 4 to 30, more.</summary>
    static readonly long[] sizes = [0, 3, 30];

    public static int SizeOf(double ordersInFourWeeks) => sizes.Count(most => ordersInFourWeeks > most);

    /// <returns>The branches with shops enough, the nearest first; none for a shop whose category is not known.</returns>
    public static async IAsyncEnumerable<(string Branch, IReadOnlyList<Guid> Shops)> Of(GuildhallDb db, Guid sellerId, DateOnly asOf, [EnumeratorCancellation] CancellationToken stop)
    {
        if (!(await Homes.Of(db, [sellerId], asOf, stop)).TryGetValue(sellerId, out var home)) yield break;
        for (var branch = home; branch is not null; branch = Homes.Parent(branch))
        {
            List<Guid> shops =
            [
                .. (await Homes.Within(db, [branch], asOf, stop)).Where(one => one.Key != sellerId && (one.Value == branch || one.Value.StartsWith($"{branch}/", StringComparison.Ordinal)))
                    .Select(one => one.Key).OrderBy(Random).Take(MostAsked),
            ];
            if (shops.Count >= Fewest) yield return (branch, shops);
        }
    }

    static long Random(Guid id) => BitConverter.ToInt64(id.ToByteArray(), 8);
}
