using Guildhall.Platform.Database;

namespace Guildhall.Modules.Sellers;

/// <summary>Reads the orders of many shops over periods that follow each other, as <see cref="StretchSql"/> reads those of a stretch: the days of a shop are scanned once, whatever the number of periods.</summary>
static class OrdersByPeriod
{
    static readonly string All = $"""
        WITH span (first_day, last_day) AS ({FigureSql.Span}),
        period AS (SELECT n AS at, @first + n * @days AS day_from, @first + n * @days + @days - 1 AS day_to FROM generate_series(0, @count - 1) n),
        shop AS (
            SELECT a.place, s.id, s.signed_up_on,
                (SELECT d.day FROM sellers.seller_day d WHERE d.seller_id = s.id AND d.day <= @last AND d.orders IS NOT NULL ORDER BY d.day LIMIT 1) AS days_since,
                (SELECT min(happened_on) FROM sellers.event e WHERE e.seller_id = s.id) AS events_since
            FROM unnest(@ids) WITH ORDINALITY AS a(id, place) JOIN sellers.seller s USING (id)),
        daily AS (
            SELECT seller_id, (day - @first) / @days AS at, sum(greatest(orders - coalesce(cancelled, 0), 0)) AS orders, bool_or(orders IS NULL) AS has_gap
            FROM sellers.seller_day WHERE seller_id = ANY (@ids) AND day BETWEEN @first AND @last GROUP BY 1, 2),
        event AS (
            SELECT seller_id, (happened_on - @first) / @days AS at, count(*) FILTER (WHERE {FigureSql.IsOrder} AND lower(coalesce(status, '')) NOT IN ('canceled', 'cancelled')) AS orders
            FROM sellers.event WHERE seller_id = ANY (@ids) AND happened_on BETWEEN @first AND @last GROUP BY 1, 2)
        SELECT shop.place - 1, period.at, greatest(
            CASE WHEN daily.orders > 0 THEN daily.orders WHEN daily.has_gap THEN NULL WHEN shop.days_since <= period.day_to THEN 0 END,
            CASE WHEN shop.events_since <= period.day_to THEN coalesce(event.orders, 0) END)::bigint
        FROM shop JOIN period ON shop.signed_up_on IS NULL OR shop.signed_up_on <= period.day_from
            JOIN span ON span.first_day <= period.day_from AND span.last_day >= period.day_to
            LEFT JOIN daily ON daily.seller_id = shop.id AND daily.at = period.at
            LEFT JOIN event ON event.seller_id = shop.id AND event.at = period.at
        """;

    /// <param name="first">The first day of the first period.</param>
    /// <param name="days">How long each is.</param>
    /// <returns>By shop, in the order asked, its orders by period, the oldest first; null is not known.</returns>
    public static async Task<IReadOnlyList<long?[]>> Read(GuildhallDb db, IReadOnlyList<Guid> ids, DateOnly first, int days, int count, CancellationToken stop)
    {
        List<long?[]> orders = [.. ids.Select(_ => new long?[count])];
        await db.Read(All, reader => orders[(int)reader.GetInt64(0)][reader.GetInt32(1)] = reader.IsDBNull(2) ? null : reader.GetInt64(2), stop,
            new("ids", ids.ToArray()), new("first", first), new("last", first.AddDays((days * count) - 1)), new("days", days), new("count", count));
        return orders;
    }
}
