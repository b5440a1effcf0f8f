using Guildhall.Platform.Database;

namespace Guildhall.Modules.Sellers;

/// <summary>What the sellers of the marketplace sold in periods of four weeks, one after another.</summary>
/// <param name="WholePeriods">Of each period whether every day of it was imported, of whichever seller. Only there is a day without a row a day without a sale.</param>
/// <param name="Sellers">Those who were there on the first day and sold something in the first periods.</param>
public sealed record SellerPanel(IReadOnlyList<bool> WholePeriods, IReadOnlyList<PanelSeller> Sellers)
{
    public const int DaysAPeriod = 28;
}

/// <summary>An average over what a seller’s buyers did, in the order of the statement’s columns.</summary>
public enum PanelAverage
{
    /// <summary>Minor units of an order as it was placed, canceled or not.</summary>
    OrderValue,

    /// <summary>The mark of a review, 1 to 5.</summary>
    Review,

    /// <summary>Of the buyers who can be told apart, the share who had bought from the seller before.</summary>
    ReturningBuyers,

    /// <summary>Of the orders of which it is known, the share that came back.</summary>
    SentBack,

    /// <summary>Of the orders whose dispatch is known, the share that went out late.</summary>
    LateDispatch,
}

/// <summary>What averages are made of, as averages of few and of many don’t add up: a sum a period, and of how many things.</summary>
public sealed record AverageParts(double[] Sums, double[] Counts)
{
    internal AverageParts Slice(int first, int periods) => new(Sums[(first - 1)..(first - 1 + periods)], Counts[(first - 1)..(first - 1 + periods)]);
}

/// <summary>One seller of a panel.</summary>
/// <param name="Category">Its main category by the listings it had on the first day; null where none is known.</param>
/// <param name="Since">The day it signed up; where that is not known, the first day of which something is.</param>
/// <param name="RevenueMinorUnits">A number a period; null where a day of the period says nothing of it. Without any row it is 0, as of a seller who left.</param>
/// <param name="Orders">The same of orders that were not canceled.</param>
public sealed record PanelSeller(Guid Id, string? Category, string? Country, DateOnly Since, IReadOnlyList<long?> RevenueMinorUnits, IReadOnlyList<long?> Orders)
{
    /// <summary>Without those of which nothing is known of the seller.</summary>
    public required IReadOnlyDictionary<PanelAverage, AverageParts> Averages { get; init; }
}

/// <summary>
/// Reads a panel in one statement. The days of the span are read once, with as many rows held as there are sellers and periods, so it grows in proportion to them; whether a day was imported is one look into the index by day.
/// </summary>
static class PanelSql
{
    internal const string All = $"""
        WITH imported AS (
            SELECT n / 28 + 1 AS period, bool_and(EXISTS (SELECT FROM sellers.seller_day d WHERE d.day = @first + n AND d.orders IS NOT NULL AND d.revenue_minor_units IS NOT NULL)) AS is_whole
            FROM generate_series(0, 28 * @periods - 1) n GROUP BY 1),
        sold AS (
            SELECT seller_id, (day - @first) / 28 + 1 AS period,
                CASE WHEN bool_and(revenue_minor_units IS NOT NULL) THEN sum(revenue_minor_units)::bigint END AS revenue,
                CASE WHEN bool_and(orders IS NOT NULL) THEN sum(greatest(orders - coalesce(cancelled, 0), 0))::bigint END AS orders,
                ARRAY[sum(revenue_minor_units::double precision) FILTER (WHERE orders IS NOT NULL), sum(orders) FILTER (WHERE revenue_minor_units IS NOT NULL),
                    sum(review_mean * reviews), sum(reviews) FILTER (WHERE review_mean IS NOT NULL),
                    sum(returning_customers) FILTER (WHERE customers_known IS NOT NULL), sum(customers_known) FILTER (WHERE returning_customers IS NOT NULL),
                    sum(returned) FILTER (WHERE orders IS NOT NULL), sum(orders) FILTER (WHERE returned IS NOT NULL),
                    sum(late) FILTER (WHERE late_known IS NOT NULL), sum(late_known) FILTER (WHERE late IS NOT NULL)]::double precision[] AS parts
            FROM sellers.seller_day WHERE day >= @first AND day < @first + 28 * @periods GROUP BY 1, 2),
        trading AS (
            SELECT seller_id, array_agg(period) AS periods, array_agg(revenue) AS revenue, array_agg(orders) AS orders, array_agg(parts) AS parts
            FROM sold GROUP BY seller_id HAVING sum(orders) FILTER (WHERE period <= @selling_by) > 0),
        home AS (
            SELECT DISTINCT ON (seller_id) seller_id, category
            FROM (SELECT l.seller_id, l.category, count(*) AS listings FROM sellers.listing l WHERE l.category IS NOT NULL AND (l.listed_on IS NULL OR l.listed_on <= @first) GROUP BY 1, 2) offered
            ORDER BY seller_id, listings DESC, category),
        there AS (
            SELECT s.id, split_part(coalesce(h.category, s.category), '/', 1) AS category, s.country, coalesce(s.signed_up_on, (SELECT min(d.day) FROM sellers.seller_day d WHERE d.seller_id = s.id)) AS since, t.periods, t.revenue, t.orders, t.parts
            FROM trading t JOIN sellers.seller s ON s.id = t.seller_id LEFT JOIN home h ON h.seller_id = s.id)
        SELECT w.whole, there.id, nullif(there.category, '') AS category, there.country, there.since, there.periods, there.revenue, there.orders, there.parts
        FROM (SELECT array_agg(is_whole ORDER BY period) AS whole FROM imported) w LEFT JOIN there ON there.since <= @first
        """;

    /// <param name="sellingBy">Who sold nothing up to the end of this period is left out.</param>
    public static async Task<SellerPanel> Read(GuildhallDb db, DateOnly first, int periods, int sellingBy, CancellationToken stop)
    {
        bool[] whole = [];
        var sellers = new List<PanelSeller>();
        await db.Read(All, reader =>
        {
            if (whole.Length == 0) whole = reader.GetFieldValue<bool[]>(0);
            if (reader.IsDBNull(1)) return;
            var (at, revenue, orders) = (reader.GetFieldValue<int[]>(5), reader.GetFieldValue<long?[]>(6), reader.GetFieldValue<long?[]>(7));
            var (ofRevenue, ofOrders) = (new long?[periods], new long?[periods]);
            Array.Fill(ofRevenue, 0);
            Array.Fill(ofOrders, 0);
            for (var n = 0; n < at.Length; n++) (ofRevenue[at[n] - 1], ofOrders[at[n] - 1]) = (revenue[n], orders[n]);
            sellers.Add(new(reader.GetGuid(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetString(3), reader.GetFieldValue<DateOnly>(4), ofRevenue, ofOrders)
            {
                Averages = Averages(periods, at, reader.GetFieldValue<double?[,]>(8)),
            });
        }, stop, new("first", first), new("periods", periods), new("selling_by", sellingBy));
        // In one order whatever the plan of the query: lots that are drawn by a seed fall on the same sellers again.
        return new(whole, [.. sellers.OrderBy(seller => seller.Id)]);
    }

    /// <summary>Two columns an average, in their order.</summary>
    static Dictionary<PanelAverage, AverageParts> Averages(int periods, int[] at, double?[,] parts)
    {
        var known = new Dictionary<PanelAverage, AverageParts>();
        foreach (var average in Enum.GetValues<PanelAverage>())
        {
            var (sums, counts, column) = (new double[periods], new double[periods], 2 * (int)average);
            for (var n = 0; n < at.Length; n++) (sums[at[n] - 1], counts[at[n] - 1]) = (parts[n, column] ?? 0, parts[n, column + 1] ?? 0);
            if (counts.Any(count => count > 0)) known[average] = new(sums, counts);
        }

        return known;
    }
}
