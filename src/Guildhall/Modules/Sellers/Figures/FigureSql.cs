namespace Guildhall.Modules.Sellers;

/// <summary>
/// The SQL behind the figures. Each part reads only what was known at the end of <c>@as_of</c>, and "the last N days" are the N days that end on
/// it. docs/guide/figures.md states every definition.
/// </summary>
static class FigureSql
{
    /// <summary>Sellers' order days, from daily figures and from events, whichever the marketplace sends.</summary>
    const string OrderDays = """
        order_day AS (
            SELECT seller_id, day FROM sellers.seller_day WHERE orders > 0 AND day <= @as_of
            UNION ALL
            SELECT seller_id, happened_on FROM sellers.event WHERE (kind IS NULL OR kind = 'order') AND happened_on <= @as_of),
        selling AS (SELECT seller_id, min(day) AS first_order_on, max(day) AS last_order_on FROM order_day GROUP BY seller_id)
        """;

    /// <summary>Reviews of delivered orders. Where the day of delivery is known, it must not lie ahead; where it isn't, the order's day decides.</summary>
    const string Reviews = """
        review AS (
            SELECT seller_id, avg(review) AS review_mean, count(*) AS reviews, stddev_samp(review) AS review_spread
            FROM sellers.event
            WHERE review IS NOT NULL AND happened_on <= @as_of AND (lower(status) = 'delivered' OR delivered_on IS NOT NULL) AND (delivered_on IS NULL OR delivered_on <= @as_of)
            GROUP BY seller_id)
        """;

    /// <summary>A listing is known from the day it was first seen; one without that day, from the beginning.</summary>
    const string KnownListings = "l.is_live IS DISTINCT FROM false AND (l.listed_on IS NULL OR l.listed_on <= @as_of)";

    public const string LastDay = "SELECT greatest((SELECT max(day) FROM sellers.seller_day), (SELECT max(happened_on) FROM sellers.event))";

    public const string Trade = $"""
        WITH picked_day AS (
            SELECT seller_id, day, orders, revenue_minor_units FROM sellers.seller_day WHERE seller_id = ANY(@ids) AND day <= @as_of),
        order_day AS (
            SELECT seller_id, day FROM picked_day WHERE orders > 0
            UNION ALL
            SELECT seller_id, happened_on FROM sellers.event WHERE seller_id = ANY(@ids) AND (kind IS NULL OR kind = 'order') AND happened_on <= @as_of),
        selling AS (SELECT seller_id, min(day) AS first_order_on, max(day) AS last_order_on FROM order_day GROUP BY seller_id),
        traded AS (
            SELECT seller_id, min(day) AS first_day,
                coalesce(sum(revenue_minor_units) FILTER (WHERE day > @as_of - 180), CASE WHEN count(revenue_minor_units) > 0 THEN 0 END)::bigint AS revenue,
                coalesce(sum(orders) FILTER (WHERE day > @as_of - 28), CASE WHEN count(orders) > 0 THEN 0 END)::bigint AS orders_28,
                coalesce(sum(orders) FILTER (WHERE day > @as_of - 56 AND day <= @as_of - 28), 0)::bigint AS orders_28_before
            FROM picked_day GROUP BY seller_id),
        best AS (
            SELECT seller_id, max(orders_28)::bigint AS orders_28 FROM (
                SELECT seller_id, sum(orders) OVER (PARTITION BY seller_id ORDER BY day RANGE BETWEEN interval '27 days' PRECEDING AND CURRENT ROW) AS orders_28 FROM picked_day) rolling
            GROUP BY seller_id),
        reviewed AS (
            SELECT seller_id, avg(review) AS review_mean, count(*) AS reviews FROM sellers.event
            WHERE seller_id = ANY(@ids) AND review IS NOT NULL AND happened_on <= @as_of AND (lower(status) = 'delivered' OR delivered_on IS NOT NULL) AND (delivered_on IS NULL OR delivered_on <= @as_of)
            GROUP BY seller_id)
        SELECT s.id, s.signed_up_on, s.country, s.region, s.city, s.channels, s.brands, s.operator_group, s.category,
            g.first_order_on, g.last_order_on, t.first_day, t.revenue, t.orders_28, t.orders_28_before, b.orders_28, r.review_mean, coalesce(r.reviews, 0)
        FROM sellers.seller s
            LEFT JOIN selling g ON g.seller_id = s.id LEFT JOIN traded t ON t.seller_id = s.id
            LEFT JOIN best b ON b.seller_id = s.id LEFT JOIN reviewed r ON r.seller_id = s.id
        WHERE s.id = ANY(@ids)
        """;

    public const string Prices = $"""
        SELECT l.seller_id, count(*), percentile_disc(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY l.price_minor_units)
        FROM sellers.listing l WHERE l.seller_id = ANY(@ids) AND {KnownListings} GROUP BY l.seller_id
        """;

    public const string Categories = $"""
        SELECT l.seller_id, l.category, count(*)::double precision / sum(count(*)) OVER (PARTITION BY l.seller_id)
        FROM sellers.listing l WHERE l.seller_id = ANY(@ids) AND l.category IS NOT NULL AND {KnownListings}
        GROUP BY l.seller_id, l.category ORDER BY l.seller_id, 3 DESC, 2
        """;

    /// <summary>Those active, the top share of them by revenue, and of these the ones who have sold long enough and are reviewed well.</summary>
    public const string Mentors = $"""
        WITH {OrderDays}, {Reviews},
        active AS (SELECT * FROM selling WHERE last_order_on > @as_of - @active_within),
        earned AS (
            SELECT a.seller_id, a.first_order_on, coalesce(sum(d.revenue_minor_units), 0)::bigint AS revenue
            FROM active a LEFT JOIN sellers.seller_day d ON d.seller_id = a.seller_id AND d.day <= @as_of AND d.day > @as_of - @revenue_window
            GROUP BY a.seller_id, a.first_order_on),
        ranked AS (SELECT *, rank() OVER (ORDER BY revenue DESC) AS place, count(*) OVER () AS sellers FROM earned),
        found AS (
            SELECT k.seller_id, k.first_order_on, k.revenue, r.review_mean, r.reviews
            FROM ranked k JOIN review r ON r.seller_id = k.seller_id
            WHERE k.place <= ceil(k.sellers * @top_share) AND k.first_order_on <= @as_of - @days_selling AND r.review_mean >= @review_mean AND r.reviews >= @reviews)
        {Page}
        """;

    public const string NewSellers = $"""
        WITH {OrderDays}, {Reviews},
        found AS (
            SELECT g.seller_id, g.first_order_on, coalesce((
                SELECT sum(d.revenue_minor_units) FROM sellers.seller_day d WHERE d.seller_id = g.seller_id AND d.day <= @as_of AND d.day > @as_of - 180), 0)::bigint AS revenue,
                r.review_mean, coalesce(r.reviews, 0) AS reviews
            FROM selling g LEFT JOIN review r ON r.seller_id = g.seller_id
            WHERE g.first_order_on BETWEEN @from AND @to)
        {Page}
        """;

    const string Page = """
        SELECT s.id, s.external_id, s.name, s.city, s.region, s.country, s.category, f.first_order_on, f.revenue, f.review_mean, f.reviews, count(*) OVER ()
        FROM found f JOIN sellers.seller s ON s.id = f.seller_id ORDER BY f.revenue DESC, s.external_id OFFSET @skip LIMIT @take
        """;

    /// <summary>
    /// Every figure a pain is judged by, of every seller with a category, ranked among the narrowest branch of its category that has peers enough: 0 is the
    /// best, 1 the worst. Figures that rest on too little aren't ranked and don't count as peers.
    /// The category is that of most listings known that day; what the marketplace says of the seller counts where no listing says it, because it may have
    /// been computed later: on 1 June 2018, 56 of 895 sellers of a real marketplace sold mostly something else than it said three months after.
    /// </summary>
    public const string Pains = $"""
        WITH {Reviews},
        last_90 AS (
            SELECT seller_id, sum(views)::double precision AS views, sum(visits)::double precision AS visits, sum(orders) FILTER (WHERE visits IS NOT NULL)::double precision AS orders_of_visits,
                sum(listings_live)::double precision AS live, sum(listings_live) FILTER (WHERE views IS NOT NULL)::double precision AS live_of_views,
                sum(listings_out_of_stock)::double precision AS out_of_stock, sum(orders) FILTER (WHERE returned IS NOT NULL)::double precision AS orders_of_returns,
                sum(returned)::double precision AS returned, sum(late_known)::double precision AS late_known, sum(late)::double precision AS late
            FROM sellers.seller_day WHERE day <= @as_of AND day > @as_of - 90 GROUP BY seller_id),
        known_listing AS (
            SELECT l.seller_id, coalesce(l.category, s.category) AS category, l.price_minor_units::double precision AS price
            FROM sellers.listing l JOIN sellers.seller s ON s.id = l.seller_id WHERE l.price_minor_units > 0 AND {KnownListings}),
        middle_price AS (SELECT category, percentile_cont(0.5) WITHIN GROUP (ORDER BY price) AS price FROM known_listing WHERE category IS NOT NULL GROUP BY category HAVING count(*) >= 20),
        price_index AS (SELECT l.seller_id, percentile_cont(0.5) WITHIN GROUP (ORDER BY l.price / m.price) AS index FROM known_listing l JOIN middle_price m USING (category) GROUP BY l.seller_id),
        figure AS (
            SELECT d.seller_id, f.kind, f.value, f.badness FROM last_90 d CROSS JOIN LATERAL (VALUES
                ('low_visibility', d.views / nullif(d.live_of_views, 0), -d.views / nullif(d.live_of_views, 0)),
                ('slow_conversion', CASE WHEN d.visits >= 100 THEN d.orders_of_visits / d.visits END, CASE WHEN d.visits >= 100 THEN -d.orders_of_visits / d.visits END),
                ('stock_outs', d.out_of_stock / nullif(d.live, 0), d.out_of_stock / nullif(d.live, 0)),
                ('high_returns', CASE WHEN d.orders_of_returns >= 20 THEN d.returned / d.orders_of_returns END, CASE WHEN d.orders_of_returns >= 20 THEN d.returned / d.orders_of_returns END),
                ('late_dispatch', CASE WHEN d.late_known >= 10 THEN d.late / d.late_known END, CASE WHEN d.late_known >= 10 THEN d.late / d.late_known END)) f(kind, value, badness)
            UNION ALL SELECT seller_id, 'inconsistent_reviews', review_spread, review_spread FROM review WHERE reviews >= 5
            UNION ALL SELECT seller_id, 'uncompetitive_prices', index, index FROM price_index),
        home AS (
            SELECT DISTINCT ON (seller_id) seller_id, category
            FROM (SELECT l.seller_id, l.category, count(*) AS listings FROM sellers.listing l WHERE l.category IS NOT NULL AND {KnownListings} GROUP BY l.seller_id, l.category) counted
            ORDER BY seller_id, listings DESC, category),
        branch AS (
            SELECT s.id AS seller_id, array_to_string(p.parts[1:depth], '/') AS branch, depth
            FROM sellers.seller s LEFT JOIN home h ON h.seller_id = s.id CROSS JOIN LATERAL (SELECT string_to_array(coalesce(h.category, s.category), '/') AS parts) p
                CROSS JOIN LATERAL generate_series(1, cardinality(p.parts)) depth),
        ranked AS (
            SELECT f.seller_id, b.branch, b.depth, f.kind, f.value, percent_rank() OVER among AS place, count(*) OVER (PARTITION BY b.branch, f.kind) AS peers
            FROM figure f JOIN branch b USING (seller_id)
            WHERE f.value IS NOT NULL
            WINDOW among AS (PARTITION BY b.branch, f.kind ORDER BY f.badness)),
        narrowest AS (
            SELECT DISTINCT ON (seller_id, kind) * FROM ranked
            WHERE seller_id = ANY(@ids) AND peers > @minimum_peers ORDER BY seller_id, kind, depth DESC)
        SELECT n.seller_id, n.kind, n.value, n.place, n.peers, (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY r.value) FROM ranked r WHERE r.branch = n.branch AND r.kind = n.kind)
        FROM narrowest n
        WHERE n.place > @worse_than
        ORDER BY n.seller_id, n.place DESC, n.kind
        """;
}
