using Guildhall.Platform.Database;

namespace Guildhall.Modules.Sellers;

/// <summary>Sellers like one seller: at home in the same category, about as long on the marketplace, about as large.</summary>
/// <param name="Age">How long since the first order: under 3 months, 3 to 12, over a year, none yet, or not known; in words.</param>
/// <param name="Size">Orders of the last 90 days: none, 1 to 9, 10 to 99, 100 or more, or not known; in words.</param>
/// <param name="Others">How many other sellers there are.</param>
/// <param name="MiddleOrders">The orders of the middle one of the others, over the last 90 days; null where none is known.</param>
/// <param name="MiddleRevenueMinorUnits">The revenue of the middle one of the others, over the last 90 days; null where none is known.</param>
/// <param name="OwnOrders">This seller's orders of the last 90 days; null when not known.</param>
public sealed record PeerGroup(string Category, string Age, string Size, int Others, double? MiddleOrders, long? MiddleRevenueMinorUnits, long? OwnOrders, long? OwnRevenueMinorUnits);

/// <summary>Computes the peer group of a seller from the figures known on a day.</summary>
sealed class PeerGroups(GuildhallDb db)
{
    // The key of seller_day finds the last 90 days of those at home in one category.
    static readonly string Sql = $"""
        WITH peer AS (SELECT unnest(@peers) AS id),
        sold AS (
            SELECT p.id,
                least(
                    (SELECT min(d.day) FROM sellers.seller_day d WHERE d.seller_id = p.id AND d.orders > 0 AND d.day <= @as_of),
                    (SELECT min(e.happened_on) FROM sellers.event e WHERE e.seller_id = p.id AND {FigureSql.IsOrder} AND e.happened_on <= @as_of)) AS first_order_on,
                {FigureSql.EverKnown("orders", "p.id")} AS has_days,
                (SELECT {FigureSql.Known("d.orders", "true", FigureSql.EverKnown("orders", "p.id"))} FROM sellers.seller_day d WHERE d.seller_id = p.id AND d.day <= @as_of AND d.day > @as_of - 90) AS orders,
                (SELECT {FigureSql.Known("d.revenue_minor_units", "true", FigureSql.EverKnown("revenue_minor_units", "p.id"))} FROM sellers.seller_day d WHERE d.seller_id = p.id AND d.day <= @as_of AND d.day > @as_of - 90) AS revenue
            FROM peer p),
        banded AS (
            SELECT *,
                CASE WHEN first_order_on IS NULL AND NOT has_days THEN 'age not known' WHEN first_order_on IS NULL THEN 'no order yet' WHEN first_order_on > @as_of - 91 THEN 'selling for under 3 months' WHEN first_order_on > @as_of - 365 THEN 'selling for 3 to 12 months' ELSE 'selling for over a year' END AS age,
                CASE WHEN orders IS NULL THEN 'orders not known' WHEN orders = 0 THEN 'no orders in 90 days' WHEN orders < 10 THEN '1 to 9 orders in 90 days' WHEN orders < 100 THEN '10 to 99 orders in 90 days' ELSE '100 or more orders in 90 days' END AS size
            FROM sold)
        SELECT b.age, b.size, count(o.id), percentile_cont(0.5) WITHIN GROUP (ORDER BY o.orders), percentile_disc(0.5) WITHIN GROUP (ORDER BY o.revenue), b.orders, b.revenue
        FROM banded b LEFT JOIN banded o ON o.age = b.age AND o.size = b.size AND o.id <> b.id
        WHERE b.id = @id
        GROUP BY b.age, b.size, b.orders, b.revenue
        """;

    /// <returns>Null for a seller whose category is not known: then nobody is known to be like it.</returns>
    public async Task<PeerGroup?> Of(Guid sellerId, DateOnly asOf, CancellationToken stop)
    {
        if (!(await Homes.Of(db, [sellerId], asOf, stop)).TryGetValue(sellerId, out var category)) return null;
        var peers = (await Homes.Within(db, [category], asOf, stop)).Where(seller => seller.Value == category).Select(seller => seller.Key).ToArray();
        PeerGroup? group = null;
        await db.Read(Sql, reader =>
        {
            group = new(category, reader.GetString(0), reader.GetString(1), (int)reader.GetInt64(2), reader.IsDBNull(3) ? null : reader.GetDouble(3), Whole(4), Whole(5), Whole(6));

            long? Whole(int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);
        }, stop, new("id", sellerId), new("peers", peers), new("as_of", asOf));
        return group;
    }
}
