namespace Guildhall.Modules.Sellers;

/// <summary>
/// The SQL behind the figures. Each part reads only what was known at the end of <c>@as_of</c>, and "the last N days" are the N days that end on
/// it. docs/guide/figures.md states every definition.
/// </summary>
static class FigureSql
{
    /// <summary>The first and last order of some sellers, from daily figures and from events, whichever the marketplace sends.</summary>
    const string Selling = $"""
        order_day AS (
            SELECT seller_id, day FROM sellers.seller_day WHERE {Picked} AND orders > 0 AND day <= @as_of
            UNION ALL
            SELECT seller_id, happened_on FROM sellers.event WHERE {Picked} AND {IsOrder} AND happened_on <= @as_of),
        selling AS (SELECT seller_id, min(day) AS first_order_on, max(day) AS last_order_on FROM order_day GROUP BY seller_id)
        """;

    public const string IsOrder = "(kind IS NULL OR kind = 'order')";

    public const string IsReviewed = "review IS NOT NULL AND happened_on <= @as_of AND (lower(status) = 'delivered' OR delivered_on IS NOT NULL) AND (delivered_on IS NULL OR delivered_on <= @as_of)";

    /// <summary>Reviews of delivered orders. Where the day of delivery is known, it must not lie ahead; where it isn't, the order's day decides.</summary>
    static string Reviewed(string which) => $"""
        review AS (
            SELECT seller_id, avg(review) AS review_mean, count(*) AS reviews, stddev_samp(review) AS review_spread
            FROM sellers.event
            WHERE {which} AND {IsReviewed}
            GROUP BY seller_id)
        """;

    /// <summary>
    /// What a column comes to over the days of a window. A day whose cell is empty adds nothing to those known; that they come to nothing is said only where no
    /// cell of the window is empty, and of a window without rows only where the column was ever known.
    /// </summary>
    public static string Known(string column, string window, string wasEverKnown) => $"""
        (CASE WHEN sum({column}) FILTER (WHERE {window}) > 0 THEN sum({column}) FILTER (WHERE {window})
            WHEN bool_or({column} IS NULL) FILTER (WHERE {window}) THEN NULL WHEN {wasEverKnown} THEN 0 END)::bigint
        """;

    public static string EverKnown(string column, string seller) => $"EXISTS (SELECT FROM sellers.seller_day e WHERE e.seller_id = {seller} AND e.day <= @as_of AND e.{column} IS NOT NULL)";

    const string Picked = "seller_id = ANY(@ids)";

    /// <summary>A listing is known from the day it was first seen; one without that day, from the beginning.</summary>
    public const string KnownListings = "l.is_live IS DISTINCT FROM false AND (l.listed_on IS NULL OR l.listed_on <= @as_of)";

    /// <summary>A price is the middle of all sales where it changed, so one that may hold later sales isn't known.</summary>
    const string KnownPrice = "CASE WHEN l.last_sold_on IS NULL OR l.last_sold_on <= @as_of OR l.lowest_price_minor_units = l.highest_price_minor_units THEN l.price_minor_units END";

    public const string Span = """
        SELECT least((SELECT min(day) FROM sellers.seller_day), (SELECT min(happened_on) FROM sellers.event)), greatest((SELECT max(day) FROM sellers.seller_day), (SELECT max(happened_on) FROM sellers.event))
        """;

    public const string LastDay = "SELECT greatest((SELECT max(day) FROM sellers.seller_day), (SELECT max(happened_on) FROM sellers.event))";

    /// <summary>
    /// The category a seller is at home in: that of most listings known that day. What the marketplace says of the seller counts where no listing says
    /// it, because it may have been computed later: on 1 June 2018, 56 of 895 sellers of a real marketplace sold mostly something else than it said three months after.
    /// </summary>
    const string Home = $"""
        coalesce((
            SELECT l.category FROM sellers.listing l WHERE l.seller_id = s.id AND l.category IS NOT NULL AND {KnownListings}
            GROUP BY l.category ORDER BY count(*) DESC, l.category LIMIT 1), s.category)
        """;

    // OFFSET 0 keeps a home from being worked out a second time for the condition.
    public const string Homes = $"SELECT id, home FROM (SELECT s.id, {Home} AS home FROM sellers.seller s WHERE s.id = ANY(@ids) OFFSET 0) placed WHERE home IS NOT NULL";

    /// <summary>Everybody who offers something in some branches of the categories, or is said to belong there, with the home. In the order of letters, '0' is next to '/': a branch is one range of the index.</summary>
    public const string HomesWithin = $"""
        WITH offering AS (
            SELECT l.seller_id FROM unnest(@branches) branch JOIN sellers.listing l
                ON l.category ~>=~ branch AND l.category ~<~ (branch || '0') AND (l.category = branch OR starts_with(l.category, branch || '/'))
            UNION
            SELECT s.id FROM unnest(@branches) branch JOIN sellers.seller s
                ON s.category ~>=~ branch AND s.category ~<~ (branch || '0') AND (s.category = branch OR starts_with(s.category, branch || '/')))
        SELECT id, home FROM (SELECT s.id, {Home} AS home FROM offering o JOIN sellers.seller s ON s.id = o.seller_id OFFSET 0) placed WHERE home IS NOT NULL
        """;

    public static readonly string Trade = $"""
        WITH {Selling}, {Reviewed(Picked)},
        picked_day AS (
            SELECT seller_id, day, orders, revenue_minor_units FROM sellers.seller_day WHERE {Picked} AND day <= @as_of),
        traded AS (
            SELECT seller_id, min(day) AS first_day,
                {Known("revenue_minor_units", "day > @as_of - 180", "count(revenue_minor_units) > 0")} AS revenue,
                {Known("orders", "day > @as_of - 28", "count(orders) > 0")} AS orders_28,
                coalesce(sum(orders) FILTER (WHERE day > @as_of - 56 AND day <= @as_of - 28), 0)::bigint AS orders_28_before
            FROM picked_day GROUP BY seller_id),
        best AS (
            SELECT seller_id, (CASE WHEN max(orders_28) > 0 OR bool_and(orders IS NOT NULL) THEN max(orders_28) END)::bigint AS orders_28 FROM (
                SELECT seller_id, orders, sum(orders) OVER (PARTITION BY seller_id ORDER BY day RANGE BETWEEN interval '27 days' PRECEDING AND CURRENT ROW) AS orders_28 FROM picked_day) rolling
            GROUP BY seller_id)
        SELECT s.id, s.signed_up_on, s.country, s.region, s.city, s.channels, s.brands, s.operator_group, s.category,
            g.first_order_on, g.last_order_on, t.first_day, t.revenue, t.orders_28, t.orders_28_before, b.orders_28, r.review_mean, coalesce(r.reviews, 0), s.suppliers
        FROM sellers.seller s
            LEFT JOIN selling g ON g.seller_id = s.id LEFT JOIN traded t ON t.seller_id = s.id
            LEFT JOIN best b ON b.seller_id = s.id LEFT JOIN review r ON r.seller_id = s.id
        WHERE s.id = ANY(@ids)
        """;

    public const string Prices = $"""
        SELECT l.seller_id, count(*), percentile_disc(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY {KnownPrice})
        FROM sellers.listing l WHERE l.seller_id = ANY(@ids) AND {KnownListings} GROUP BY l.seller_id
        """;

    public const string Categories = $"""
        SELECT l.seller_id, l.category, count(*)::double precision / sum(count(*)) OVER (PARTITION BY l.seller_id)
        FROM sellers.listing l WHERE l.seller_id = ANY(@ids) AND l.category IS NOT NULL AND {KnownListings}
        GROUP BY l.seller_id, l.category ORDER BY l.seller_id, 3 DESC, 2
        """;

    /// <summary>
    /// Those active, the top share of them by revenue, and of these the ones who have sold long enough and are reviewed well. The days are read once for both
    /// questions: two readings and their join took three times as long for 100,000 sellers. The whole history is read of the few who are left by then.
    /// Where nobody's policy points were sent these four weeks, the marketplace doesn't send them, and nobody is left out for it. One row without a seller says how many are, where nobody is found.
    /// </summary>
    public static readonly string Mentors = $"""
        WITH traded AS (
            SELECT seller_id, sum(revenue_minor_units) FILTER (WHERE day > @as_of - @revenue_window)::bigint AS revenue,
                bool_or(revenue_minor_units IS NULL) FILTER (WHERE day > @as_of - @revenue_window) AS has_empty, bool_or(orders > 0 AND day > @as_of - @active_within) AS has_days
            FROM sellers.seller_day WHERE day <= @as_of AND day > @as_of - greatest(@revenue_window, @active_within) GROUP BY seller_id),
        ordered AS (SELECT DISTINCT seller_id, true AS has_events FROM sellers.event WHERE {IsOrder} AND happened_on <= @as_of AND happened_on > @as_of - @active_within),
        active AS (SELECT seller_id, revenue, has_empty FROM traded FULL JOIN ordered USING (seller_id) WHERE has_days OR has_events),
        earned AS (SELECT seller_id, CASE WHEN revenue > 0 THEN revenue WHEN has_empty THEN NULL WHEN {EverKnown("revenue_minor_units", "active.seller_id")} THEN 0 END AS revenue FROM active),
        ranked AS (SELECT *, rank() OVER (ORDER BY revenue DESC NULLS LAST) AS place, count(revenue) OVER () AS sellers FROM earned),
        top AS MATERIALIZED (SELECT seller_id, revenue FROM ranked WHERE @top_share = 1 OR (revenue IS NOT NULL AND place <= ceil(sellers * @top_share))),
        {Reviewed("seller_id IN (SELECT seller_id FROM top)")},
        praised AS MATERIALIZED (
            SELECT t.seller_id, t.revenue, r.review_mean, r.reviews FROM top t JOIN review r USING (seller_id) WHERE r.review_mean >= @review_mean AND r.reviews >= @reviews),
        since AS MATERIALIZED (
            SELECT p.*, least(
                (SELECT min(day) FROM sellers.seller_day d WHERE d.seller_id = p.seller_id AND orders > 0 AND day <= @as_of),
                (SELECT min(happened_on) FROM sellers.event e WHERE e.seller_id = p.seller_id AND {IsOrder} AND happened_on <= @as_of)) AS first_order_on
            FROM praised p),
        judged AS MATERIALIZED (
            SELECT *, CASE
                WHEN @with_policy_points OR NOT EXISTS (SELECT FROM sellers.seller_day WHERE {LastFourWeeks} AND policy_points IS NOT NULL) THEN 0
                ELSE (SELECT policy_points FROM sellers.seller_day d WHERE d.seller_id = since.seller_id AND {LastFourWeeks} AND policy_points IS NOT NULL ORDER BY day DESC LIMIT 1)
                END AS policy_points
            FROM since WHERE first_order_on <= @as_of - @days_selling),
        found AS (SELECT * FROM judged WHERE policy_points = 0)
        {PageWith("(SELECT count(*) FROM judged WHERE policy_points IS NULL)")}
        """;

    /// <summary>Who had an order between two days and none before: the days between are read, and of those found there whether anything came earlier.</summary>
    public static readonly string NewSellers = $"""
        WITH order_day AS (
            SELECT seller_id, day FROM sellers.seller_day WHERE orders > 0 AND day BETWEEN @from AND least(@to, @as_of)
            UNION ALL
            SELECT seller_id, happened_on FROM sellers.event WHERE {IsOrder} AND happened_on BETWEEN @from AND least(@to, @as_of)),
        begun AS (SELECT seller_id, min(day) AS first_order_on FROM order_day GROUP BY seller_id),
        fresh AS MATERIALIZED (
            SELECT * FROM begun b
            WHERE NOT EXISTS (SELECT FROM sellers.seller_day d WHERE d.seller_id = b.seller_id AND d.orders > 0 AND d.day < @from)
                AND NOT EXISTS (SELECT FROM sellers.event e WHERE e.seller_id = b.seller_id AND {IsOrder} AND e.happened_on < @from)),
        {Reviewed("seller_id IN (SELECT seller_id FROM fresh)")},
        found AS (
            SELECT g.seller_id, g.first_order_on, (
                SELECT {Known("d.revenue_minor_units", "true", EverKnown("revenue_minor_units", "g.seller_id"))} FROM sellers.seller_day d WHERE d.seller_id = g.seller_id AND d.day <= @as_of AND d.day > @as_of - 180) AS revenue,
                r.review_mean, coalesce(r.reviews, 0) AS reviews
            FROM fresh g LEFT JOIN review r ON r.seller_id = g.seller_id)
        {Page}
        """;

    const string LastFourWeeks = "day <= @as_of AND day > @as_of - 28";

    static string Page => PageWith("0::bigint");

    /// <param name="leftOut">How many were left out because nobody knows enough of them.</param>
    static string PageWith(string leftOut) => $"""
        SELECT s.id, s.external_id, s.name, s.city, s.region, s.country, s.category, f.first_order_on, f.revenue, f.review_mean, f.reviews, count(s.id) OVER (), s.signed_up_on, l.left_out
        FROM (SELECT {leftOut} AS left_out) l LEFT JOIN (found f JOIN sellers.seller s ON s.id = f.seller_id) ON true ORDER BY f.revenue DESC NULLS LAST, s.external_id OFFSET @skip LIMIT @take
        """;

    /// <summary>
    /// Every figure a pain is judged by, of everybody at home in some branches of the categories, ranked within the branch: 0 is the best, 1 the worst.
    /// Figures that rest on too little aren't ranked and don't count as peers. Who is at home where comes in: <c>@peers</c> with <c>@homes</c>, the branch
    /// of each; <c>@ids</c> with <c>@branches</c> are those asked about. Whoever only offers something there adds to its middle prices.
    /// </summary>
    public static readonly string Standings = $"""
        WITH {Reviewed("seller_id = ANY(@peers)")},
        asked AS (SELECT seller_id, branch FROM unnest(@ids, @branches) AS a(seller_id, branch)),
        peer AS (SELECT seller_id, branch FROM unnest(@peers, @homes) AS p(seller_id, branch)),
        last_90 AS (
            SELECT seller_id, sum(views)::double precision AS views, sum(visits)::double precision AS visits, sum(orders) FILTER (WHERE visits IS NOT NULL)::double precision AS orders_of_visits,
                sum(listings_live)::double precision AS live, sum(listings_live) FILTER (WHERE views IS NOT NULL)::double precision AS live_of_views,
                sum(listings_out_of_stock)::double precision AS out_of_stock, sum(orders) FILTER (WHERE returned IS NOT NULL)::double precision AS orders_of_returns,
                sum(returned)::double precision AS returned, sum(late_known)::double precision AS late_known, sum(late)::double precision AS late
            FROM sellers.seller_day WHERE seller_id = ANY(@peers) AND day <= @as_of AND day > @as_of - 90 GROUP BY seller_id),
        known_listing AS (
            SELECT l.seller_id, coalesce(l.category, s.category) AS category, ({KnownPrice})::double precision AS price
            FROM sellers.listing l JOIN sellers.seller s ON s.id = l.seller_id WHERE l.seller_id = ANY(@offering) AND ({KnownPrice}) > 0 AND {KnownListings}),
        branch_category AS (
            SELECT b.branch, c.category FROM (SELECT DISTINCT branch FROM asked) b JOIN (SELECT DISTINCT category FROM known_listing) c ON c.category = b.branch OR starts_with(c.category, b.branch || '/')),
        middle_price AS (
            SELECT category, percentile_cont(0.5) WITHIN GROUP (ORDER BY price) AS price FROM known_listing WHERE category IN (SELECT category FROM branch_category) GROUP BY category HAVING count(*) >= 20),
        price_index AS (
            SELECT b.branch, l.seller_id, percentile_cont(0.5) WITHIN GROUP (ORDER BY l.price / m.price) AS index
            FROM known_listing l JOIN middle_price m USING (category) JOIN branch_category b USING (category) GROUP BY b.branch, l.seller_id),
        figure AS (
            SELECT d.seller_id, f.kind, f.value, f.badness FROM last_90 d CROSS JOIN LATERAL (VALUES
                ('low_visibility', d.views / nullif(d.live_of_views, 0), -d.views / nullif(d.live_of_views, 0)),
                ('slow_conversion', CASE WHEN d.visits >= 100 THEN d.orders_of_visits / d.visits END, CASE WHEN d.visits >= 100 THEN -d.orders_of_visits / d.visits END),
                ('stock_outs', d.out_of_stock / nullif(d.live, 0), d.out_of_stock / nullif(d.live, 0)),
                ('high_returns', CASE WHEN d.orders_of_returns >= 20 THEN d.returned / d.orders_of_returns END, CASE WHEN d.orders_of_returns >= 20 THEN d.returned / d.orders_of_returns END),
                ('late_dispatch', CASE WHEN d.late_known >= 10 THEN d.late / d.late_known END, CASE WHEN d.late_known >= 10 THEN d.late / d.late_known END)) f(kind, value, badness)
            UNION ALL SELECT seller_id, 'inconsistent_reviews', review_spread, review_spread FROM review WHERE reviews >= 5),
        among AS (
            SELECT p.branch, f.seller_id, f.kind, f.value, f.badness FROM figure f JOIN peer p USING (seller_id) WHERE f.value IS NOT NULL
            UNION ALL SELECT i.branch, i.seller_id, 'uncompetitive_prices', i.index, i.index FROM price_index i JOIN peer p USING (seller_id, branch)),
        ranked AS (SELECT *, percent_rank() OVER (PARTITION BY branch, kind ORDER BY badness) AS place FROM among),
        middle AS (SELECT branch, kind, count(*) AS peers, percentile_cont(0.5) WITHIN GROUP (ORDER BY value) AS value FROM among GROUP BY branch, kind)
        SELECT r.seller_id, r.kind, r.value, r.place, m.peers, m.value
        FROM asked a JOIN ranked r USING (seller_id, branch) JOIN middle m USING (branch, kind)
        """;
}
