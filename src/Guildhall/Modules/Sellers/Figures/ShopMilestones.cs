using System.Runtime.InteropServices;
using Guildhall.Platform.Database;
using Npgsql;

namespace Guildhall.Modules.Sellers;

/// <summary>How many of something a shop had by a day, and since when it had one and five.</summary>
/// <param name="Count">At least so many, where some days are not known; null when nothing is known.</param>
/// <param name="FirstOn">Null while there is none, and where its day is not known.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Milestone(long? Count, DateOnly? FirstOn, DateOnly? FifthOn);

/// <summary>What a shop has reached by the end of a day, since it began.</summary>
/// <param name="Listings">Listings on sale.</param>
/// <param name="Orders">Orders that were not canceled.</param>
/// <param name="Reviews">Reviews of delivered orders.</param>
/// <param name="WeeksWithOrder">In how many of the last four weeks there was an order; null when that is not known.</param>
public sealed record ShopMilestones(DateOnly AsOf, Milestone Listings, Milestone Orders, Milestone Reviews, int? WeeksWithOrder);

/// <summary>Reads what sellers have reached in one query. It reads the whole history of each, so it is asked about one, or a batch at a time.</summary>
static class MilestoneSql
{
    const string LastFourWeeks = "day > @as_of - 28";

    /// <summary>Daily figures and events are two accounts of the same orders: the one that knows more counts, and they are never added up.</summary>
    internal static readonly string All = $"""
        WITH picked_day AS (
            SELECT *, sum(kept) OVER so_far AS kept_so_far, sum(reviews) OVER so_far AS reviews_so_far
            FROM (
                SELECT seller_id, day, orders, CASE WHEN orders IS NOT NULL THEN greatest(orders - coalesce(cancelled, 0), 0) END AS kept, reviews, listings_live
                FROM sellers.seller_day WHERE seller_id = ANY(@ids) AND day <= @as_of) days
            WINDOW so_far AS (PARTITION BY seller_id ORDER BY day)),
        by_day AS (
            SELECT seller_id,
                {FigureSql.Known("kept", "true", "count(kept) > 0")} AS orders, min(day) FILTER (WHERE kept_so_far >= 1) AS first_order_on, min(day) FILTER (WHERE kept_so_far >= 5) AS fifth_order_on,
                {FigureSql.Known("reviews", "true", "count(reviews) > 0")} AS reviews, min(day) FILTER (WHERE reviews_so_far >= 1) AS first_review_on, min(day) FILTER (WHERE reviews_so_far >= 5) AS fifth_review_on,
                count(DISTINCT (@as_of - day) / 7) FILTER (WHERE kept > 0 AND {LastFourWeeks}) AS weeks,
                count(orders) > 0 AND bool_or(orders IS NULL) FILTER (WHERE {LastFourWeeks}) IS NOT TRUE AS weeks_known,
                (array_agg(listings_live ORDER BY day DESC) FILTER (WHERE listings_live IS NOT NULL))[1] AS listings
            FROM picked_day GROUP BY seller_id),
        by_order AS (
            SELECT seller_id, count(*) AS orders, min(day) AS first_on, min(day) FILTER (WHERE number = 5) AS fifth_on, count(DISTINCT (@as_of - day) / 7) FILTER (WHERE {LastFourWeeks}) AS weeks
            FROM (
                SELECT seller_id, happened_on AS day, row_number() OVER (PARTITION BY seller_id ORDER BY happened_on) AS number
                FROM sellers.event WHERE seller_id = ANY(@ids) AND {FigureSql.IsOrder} AND happened_on <= @as_of AND lower(coalesce(status, '')) NOT IN ('canceled', 'cancelled')) orders
            GROUP BY seller_id),
        by_review AS (
            SELECT seller_id, count(*) AS reviews, min(day) AS first_on, min(day) FILTER (WHERE number = 5) AS fifth_on
            FROM (
                SELECT seller_id, coalesce(delivered_on, happened_on) AS day, row_number() OVER (PARTITION BY seller_id ORDER BY coalesce(delivered_on, happened_on)) AS number
                FROM sellers.event WHERE seller_id = ANY(@ids) AND {FigureSql.IsReviewed}) reviews
            GROUP BY seller_id),
        listed AS (
            SELECT seller_id, count(*) AS listings, min(listed_on) FILTER (WHERE number = 1) AS first_on, min(listed_on) FILTER (WHERE number = 5) AS fifth_on
            FROM (
                SELECT l.seller_id, l.listed_on, row_number() OVER (PARTITION BY l.seller_id ORDER BY l.listed_on NULLS FIRST) AS number
                FROM sellers.listing l WHERE l.seller_id = ANY(@ids) AND {FigureSql.KnownListings}) live
            GROUP BY seller_id)
        SELECT s.id,
            coalesce(l.listings, d.listings::bigint), l.first_on, l.fifth_on,
            greatest(d.orders, o.orders), least(d.first_order_on, o.first_on), least(d.fifth_order_on, o.fifth_on),
            greatest(d.reviews, r.reviews), least(d.first_review_on, r.first_on), least(d.fifth_review_on, r.fifth_on),
            CASE WHEN greatest(d.weeks, o.weeks) = 4 OR d.weeks_known OR (d.seller_id IS NULL AND o.seller_id IS NOT NULL) THEN greatest(d.weeks, o.weeks)::int END
        FROM sellers.seller s
            LEFT JOIN by_day d ON d.seller_id = s.id LEFT JOIN by_order o ON o.seller_id = s.id
            LEFT JOIN by_review r ON r.seller_id = s.id LEFT JOIN listed l ON l.seller_id = s.id
        WHERE s.id = ANY(@ids)
        """;

    public static async Task<IReadOnlyDictionary<Guid, ShopMilestones>> Read(GuildhallDb db, IReadOnlyCollection<Guid> ids, DateOnly asOf, CancellationToken stop)
    {
        var reached = new Dictionary<Guid, ShopMilestones>();
        await db.Read(All, reader => reached.Add(reader.GetGuid(0), new(asOf, At(reader, 1), At(reader, 4), At(reader, 7), reader.IsDBNull(10) ? null : reader.GetInt32(10))), stop, new("ids", ids.ToArray()), new("as_of", asOf));
        return reached;
    }

    static Milestone At(NpgsqlDataReader reader, int column) => new(reader.IsDBNull(column) ? null : reader.GetInt64(column), Day(reader, column + 1), Day(reader, column + 2));

    static DateOnly? Day(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateOnly>(column);
}
