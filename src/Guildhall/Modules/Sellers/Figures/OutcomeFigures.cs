using Guildhall.Platform.Database;
using Npgsql;

namespace Guildhall.Modules.Sellers;

/// <summary>What programs are judged by, of one seller at the end of a day, with only what was known then. Null is not known, never zero.</summary>
/// <param name="DaysToFirstSale">From sign-up to the first order; of a seller without an order yet, null.</param>
/// <param name="Orders">Of the last 90 days, as are the shares.</param>
/// <param name="RevenueMinorUnits">Of the last 365 days.</param>
/// <param name="ReturnShare">Of those orders, how many came back: 0 to 1.</param>
/// <param name="ReviewMean">Of the reviews of those days, 1 to 5.</param>
/// <param name="LateShare">Of the orders whose dispatch is known, how many left late: 0 to 1.</param>
/// <param name="RepeatShare">Of the buyers who can be told apart, how many had bought before: 0 to 1.</param>
public sealed record OutcomeFigures(
    DateOnly AsOf, int? DaysToFirstSale, long? Orders, long? RevenueMinorUnits, double? ReturnShare, double? ReviewMean, double? LateShare, double? RepeatShare, int? Listings)
{
    /// <summary>Nothing is known: a seller without history, whose baseline is "none".</summary>
    public bool IsNone => (DaysToFirstSale, Orders, RevenueMinorUnits, ReturnShare, ReviewMean, LateShare, RepeatShare, Listings) is (null, null, null, null, null, null, null, null);
}

/// <summary>Reads the outcome figures of some sellers in one query.</summary>
static class OutcomeSql
{
    // One join over the days of all: of a few sellers the planner walks the index, of thousands it reads the months once. A subquery a seller took four times as long for 10,000 of them (41 s, 10 s).
    static readonly string All = $"""
        WITH asked AS (SELECT * FROM unnest(@ids, @days) AS one(id, as_of)),
        traded AS (
            SELECT a.id, a.as_of,
                sum(orders) FILTER (WHERE day > a.as_of - 90)::bigint AS orders,
                sum(revenue_minor_units)::bigint AS revenue,
                sum(returned) FILTER (WHERE day > a.as_of - 90)::double precision / nullif(sum(orders) FILTER (WHERE day > a.as_of - 90 AND returned IS NOT NULL), 0) AS return_share,
                sum(review_mean * reviews) FILTER (WHERE day > a.as_of - 90) / nullif(sum(reviews) FILTER (WHERE day > a.as_of - 90 AND review_mean IS NOT NULL), 0) AS review_mean,
                sum(late) FILTER (WHERE day > a.as_of - 90)::double precision / nullif(sum(late_known) FILTER (WHERE day > a.as_of - 90 AND late IS NOT NULL), 0) AS late_share,
                sum(returning_customers) FILTER (WHERE day > a.as_of - 90)::double precision / nullif(sum(customers_known) FILTER (WHERE day > a.as_of - 90 AND returning_customers IS NOT NULL), 0) AS repeat_share
            FROM asked a JOIN sellers.seller_day d ON d.seller_id = a.id AND d.day <= a.as_of AND d.day > a.as_of - 365 AND d.day <= @last AND d.day > @first - 365
            GROUP BY a.id, a.as_of)
        SELECT s.id, asked.as_of,
            (SELECT least(
                (SELECT min(d.day) FROM sellers.seller_day d WHERE d.seller_id = s.id AND d.orders > 0 AND d.day <= asked.as_of),
                (SELECT min(e.happened_on) FROM sellers.event e WHERE e.seller_id = s.id AND {FigureSql.IsOrder} AND e.happened_on <= asked.as_of)) - s.signed_up_on),
            t.orders, t.revenue, t.return_share, t.review_mean, t.late_share, t.repeat_share,
            (SELECT count(*)::int FROM sellers.listing l WHERE l.seller_id = s.id AND l.is_live IS DISTINCT FROM false AND (l.listed_on IS NULL OR l.listed_on <= asked.as_of) HAVING count(*) > 0)
        FROM asked JOIN sellers.seller s ON s.id = asked.id LEFT JOIN traded t ON t.id = asked.id AND t.as_of = asked.as_of
        """;

    public static async Task<IReadOnlyDictionary<Guid, OutcomeFigures>> Read(GuildhallDb db, IReadOnlyCollection<Guid> ids, DateOnly asOf, CancellationToken stop) =>
        (await Read(db, [.. ids.Distinct().Select(id => (id, asOf))], stop)).ToDictionary(one => one.Key.SellerId, one => one.Value);

    public static async Task<IReadOnlyDictionary<(Guid SellerId, DateOnly AsOf), OutcomeFigures>> Read(GuildhallDb db, IReadOnlyCollection<(Guid SellerId, DateOnly AsOf)> asked, CancellationToken stop)
    {
        var figures = new Dictionary<(Guid, DateOnly), OutcomeFigures>();
        if (asked.Count == 0) return figures;
        await db.Read(All, reader =>
        {
            var asOf = reader.GetFieldValue<DateOnly>(1);
            figures.Add((reader.GetGuid(0), asOf), new(asOf, Whole(reader, 2), Long(reader, 3), Long(reader, 4), Share(reader, 5), Share(reader, 6), Share(reader, 7), Share(reader, 8), Whole(reader, 9)));
        }, stop, new("ids", asked.Select(one => one.SellerId).ToArray()), new("days", asked.Select(one => one.AsOf).ToArray()),
            new("first", asked.Min(one => one.AsOf)), new("last", asked.Max(one => one.AsOf)));
        return figures;
    }

    static int? Whole(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt32(column);
    static long? Long(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);
    static double? Share(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetDouble(column);
}
