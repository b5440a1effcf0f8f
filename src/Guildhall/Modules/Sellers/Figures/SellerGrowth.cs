using Guildhall.Platform.Database;

namespace Guildhall.Modules.Sellers;

/// <summary>The orders of a seller before and after a period of four weeks began, each counted over three such periods.</summary>
/// <param name="Period">Which period, counted from 0 on the day that was asked from.</param>
/// <param name="Category">Its main category by the listings it had when the counting begins; null where none is known.</param>
/// <param name="Before">Orders of the fourth to second period before this one, more than 0. The one just before is left out.</param>
/// <param name="After">Orders of this period and the two that follow.</param>
public sealed record SellerGrowth(Guid SellerId, int Period, string? Category, long Before, long After)
{
    public const int DaysAPeriod = SellerPanel.DaysAPeriod;

    /// <summary>Periods that lie before: three that count, and the one that is left out because sellers may join after a bad month.</summary>
    public const int PeriodsBefore = 4;

    public const int PeriodsAfter = 3;
}

/// <summary>
/// Reads how all sellers grew around some periods in one statement: the days are read once and summed by seller and period, and each sum is counted for the periods that it lies around. A period counts when every day around it was imported, of whichever seller; only there
/// is a day without a row a day without a sale. A seller counts who was there when the counting begins and sold something before.
/// </summary>
static class GrowthSql
{
    internal const string All = """
        WITH imported AS (
            SELECT n / 28 AS period, bool_and(EXISTS (SELECT FROM sellers.seller_day d WHERE d.day = @first + n AND d.orders IS NOT NULL)) AS is_whole
            FROM generate_series(0, 28 * @periods - 1) n GROUP BY 1),
        asked AS (
            SELECT joined, @first + 28 * (joined - 4) AS begins FROM unnest(@joined) joined
            WHERE (SELECT bool_and(i.is_whole) FROM imported i WHERE i.period BETWEEN joined - 4 AND joined + 2 AND i.period <> joined - 1)),
        sold AS (
            SELECT seller_id, (day - @first) / 28 AS period, CASE WHEN bool_and(orders IS NOT NULL) THEN sum(greatest(orders - coalesce(cancelled, 0), 0)) END AS orders
            FROM sellers.seller_day WHERE day >= @first AND day < @first + 28 * @periods GROUP BY 1, 2),
        grown AS (
            SELECT s.seller_id, a.joined, a.begins, (sum(s.orders) FILTER (WHERE s.period < a.joined - 1))::bigint AS before, (coalesce(sum(s.orders) FILTER (WHERE s.period >= a.joined), 0))::bigint AS after
            FROM sold s JOIN asked a ON s.period BETWEEN a.joined - 4 AND a.joined + 2 AND s.period <> a.joined - 1
            GROUP BY 1, 2, 3 HAVING bool_and(s.orders IS NOT NULL) AND sum(s.orders) FILTER (WHERE s.period < a.joined - 1) > 0),
        home AS (
            SELECT DISTINCT ON (joined, seller_id) joined, seller_id, category
            FROM (SELECT a.joined, l.seller_id, l.category, count(*) AS listings FROM sellers.listing l JOIN asked a ON l.listed_on IS NULL OR l.listed_on <= a.begins WHERE l.category IS NOT NULL GROUP BY 1, 2, 3) offered
            ORDER BY joined, seller_id, listings DESC, category)
        SELECT g.seller_id, g.joined, nullif(split_part(coalesce(h.category, s.category), '/', 1), ''), g.before, g.after
        FROM grown g JOIN sellers.seller s ON s.id = g.seller_id LEFT JOIN home h ON h.joined = g.joined AND h.seller_id = g.seller_id
        WHERE coalesce(s.signed_up_on, (SELECT min(d.day) FROM sellers.seller_day d WHERE d.seller_id = s.id)) <= g.begins
        """;

    public static async Task<IReadOnlyList<SellerGrowth>> Read(GuildhallDb db, DateOnly first, IReadOnlyCollection<int> periods, CancellationToken stop)
    {
        var grown = new List<SellerGrowth>();
        if (periods.Count == 0) return grown;
        await db.Read(All, reader => grown.Add(new(reader.GetGuid(0), reader.GetInt32(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetInt64(3), reader.GetInt64(4))), stop,
            new("first", first), new("periods", periods.Max() + SellerGrowth.PeriodsAfter), new("joined", periods.ToArray()));
        return grown;
    }
}
