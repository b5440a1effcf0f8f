using Guildhall.Platform.Database;
using Npgsql;

namespace Guildhall.Modules.Sellers;

/// <summary>Some days of a shop, both ends included.</summary>
public sealed record SellerStretch(Guid SellerId, DateOnly From, DateOnly To)
{
    /// <summary>Four whole weeks: what is sold in a week is counted over them.</summary>
    public static SellerStretch FourWeeksTo(Guid sellerId, DateOnly day) => new(sellerId, day.AddDays(-27), day);
}

/// <summary>What a shop did over some days. Null is not known, never zero: also where the figures don't reach over all of the days, or the shop was not there on all of them.</summary>
/// <param name="Listings">On sale at the end of the last day.</param>
/// <param name="Orders">That were not canceled.</param>
/// <param name="Reviews">How many the mean rests on; 0 where it is known that there was none.</param>
public sealed record StretchFigures(SellerStretch Stretch, long? Listings, long? Orders, long? RevenueMinorUnits, long? Reviews, double? ReviewMean);

/// <summary>Reads the figures of stretches in one query, each with only what its days say. docs/guide/figures.md states the definitions.</summary>
static class StretchSql
{
    const string Within = "day BETWEEN a.day_from AND a.day_to";

    static string Ever(string column) => $"EXISTS (SELECT FROM sellers.seller_day e WHERE e.seller_id = a.seller_id AND e.day <= a.day_to AND e.{column} IS NOT NULL)";

    /// <summary>Daily figures and events are two accounts of the same orders and reviews: the one that knows more counts, and they are never added up.</summary>
    static readonly string All = $"""
        WITH span (first_day, last_day) AS ({FigureSql.Span})
        SELECT a.at,
            CASE WHEN EXISTS (SELECT FROM sellers.seller_day l WHERE l.seller_id = a.seller_id AND l.listings_live IS NOT NULL)
                THEN (SELECT l.listings_live FROM sellers.seller_day l WHERE l.seller_id = a.seller_id AND l.day BETWEEN a.day_from AND a.day_to AND l.listings_live IS NOT NULL ORDER BY l.day DESC LIMIT 1)::bigint
                ELSE (SELECT count(*) FILTER (WHERE l.listed_on <= a.day_to) FROM sellers.listing l WHERE l.seller_id = a.seller_id AND l.is_live IS DISTINCT FROM false HAVING count(*) > 0 AND bool_and(l.listed_on IS NOT NULL)) END AS listings,
            greatest(d.orders, e.orders), d.revenue,
            greatest(d.reviews, e.reviews), CASE WHEN coalesce(e.reviews, 0) > coalesce(d.reviews, 0) THEN e.review_mean ELSE coalesce(d.review_mean, e.review_mean) END
        FROM unnest(@ids, @froms, @tos) WITH ORDINALITY AS a(seller_id, day_from, day_to, at)
            JOIN sellers.seller s ON s.id = a.seller_id AND (s.signed_up_on IS NULL OR s.signed_up_on <= a.day_from)
            JOIN span ON span.first_day <= a.day_from AND span.last_day >= a.day_to
            CROSS JOIN LATERAL (
                SELECT {FigureSql.Known("kept", "true", Ever("orders"))} AS orders, {FigureSql.Known("revenue_minor_units", "true", Ever("revenue_minor_units"))} AS revenue,
                    {FigureSql.Known("reviews", "true", Ever("reviews"))} AS reviews, sum(review_mean * reviews) / nullif(sum(reviews) FILTER (WHERE review_mean IS NOT NULL), 0) AS review_mean
                FROM (SELECT day, CASE WHEN orders IS NOT NULL THEN greatest(orders - coalesce(cancelled, 0), 0) END AS kept, revenue_minor_units, reviews, review_mean FROM sellers.seller_day WHERE seller_id = a.seller_id AND {Within}) days) d
            LEFT JOIN LATERAL (
                SELECT count(*) FILTER (WHERE {FigureSql.IsOrder} AND happened_on BETWEEN a.day_from AND a.day_to AND lower(coalesce(status, '')) NOT IN ('canceled', 'cancelled')) AS orders,
                    CASE WHEN count(review) > 0 THEN count(review) FILTER (WHERE {Reviewed}) END AS reviews, avg(review) FILTER (WHERE {Reviewed}) AS review_mean
                FROM sellers.event WHERE seller_id = a.seller_id AND happened_on <= a.day_to HAVING count(*) > 0) e ON true
        """;

    const string Reviewed = "coalesce(delivered_on, happened_on) BETWEEN a.day_from AND a.day_to AND (lower(status) = 'delivered' OR delivered_on IS NOT NULL)";

    public static async Task<IReadOnlyList<StretchFigures>> Read(GuildhallDb db, IReadOnlyList<SellerStretch> asked, CancellationToken stop)
    {
        StretchFigures[] figures = [.. asked.Select(stretch => new StretchFigures(stretch, null, null, null, null, null))];
        await db.Read(All, reader =>
        {
            var at = (int)reader.GetInt64(0) - 1;
            figures[at] = new StretchFigures(asked[at], Whole(reader, 1), Whole(reader, 2), Whole(reader, 3), Whole(reader, 4), reader.IsDBNull(5) ? null : reader.GetDouble(5));
        }, stop, new("ids", asked.Select(stretch => stretch.SellerId).ToArray()), new("froms", asked.Select(stretch => stretch.From).ToArray()), new("tos", asked.Select(stretch => stretch.To).ToArray()));
        return figures;
    }

    static long? Whole(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);
}
