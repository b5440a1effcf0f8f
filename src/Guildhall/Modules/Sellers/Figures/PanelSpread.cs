using Guildhall.Platform.Database;

namespace Guildhall.Modules.Sellers;

/// <summary>How sellers without a mentor changed over some periods of four weeks.</summary>
/// <param name="WholePeriods">Of each period whether every day of it was imported, as in <see cref="SellerPanel"/>.</param>
/// <param name="Sales">A period before, on average, and a period after, in minor units.</param>
/// <param name="Orders">The last period to compare with, and a period after on average.</param>
public sealed record PanelSpread(IReadOnlyList<bool> WholePeriods, ChangeSums Sales, ChangeSums Orders);

/// <summary>What each of some sellers had a period before and a period after, added up.</summary>
/// <param name="Products">A seller's before times after.</param>
public sealed record ChangeSums(long Sellers, double Before, double After, double BeforeSquares, double AfterSquares, double Products);

/// <summary>Adds up in the database what <see cref="PanelSql"/> reads, so that a page that plans holds two rows of numbers and no seller. Who has a day that says nothing, or was paid back more than they sold, is left out, as in a reading of results.</summary>
static class PanelSpreadSql
{
    const string All = $"""
        WITH panel AS ({PanelSql.All}),
        seller AS (
            SELECT panel.id,
                coalesce(sum(p.revenue) FILTER (WHERE p.period <= @before), 0)::double precision / @before AS sales_before,
                coalesce(sum(p.revenue) FILTER (WHERE p.period > @before + 1), 0)::double precision / @after AS sales_after,
                coalesce(sum(p.orders) FILTER (WHERE p.period = @before), 0)::double precision AS orders_before,
                coalesce(sum(p.orders) FILTER (WHERE p.period > @before + 1), 0)::double precision / @after AS orders_after
            FROM panel CROSS JOIN unnest(panel.periods, panel.revenue, panel.orders) AS p(period, revenue, orders)
            WHERE NOT panel.id = ANY(@except)
            GROUP BY panel.id HAVING bool_and(p.revenue IS NOT NULL AND p.revenue >= 0 AND p.orders IS NOT NULL))
        SELECT (SELECT whole FROM panel LIMIT 1), count(*),
            coalesce(sum(sales_before), 0), coalesce(sum(sales_after), 0), coalesce(sum(sales_before ^ 2), 0), coalesce(sum(sales_after ^ 2), 0), coalesce(sum(sales_before * sales_after), 0),
            coalesce(sum(orders_before), 0), coalesce(sum(orders_after), 0), coalesce(sum(orders_before ^ 2), 0), coalesce(sum(orders_after ^ 2), 0), coalesce(sum(orders_before * orders_after), 0)
        FROM seller
        """;

    /// <inheritdoc cref="SellerLookup.Spread"/>
    public static async Task<PanelSpread> Read(GuildhallDb db, DateOnly first, int before, int after, IReadOnlyCollection<Guid> except, CancellationToken stop)
    {
        PanelSpread? spread = null;
        await db.Read(All, reader =>
        {
            ChangeSums Sums(int from) => new(reader.GetInt64(1), reader.GetDouble(from), reader.GetDouble(from + 1), reader.GetDouble(from + 2), reader.GetDouble(from + 3), reader.GetDouble(from + 4));
            spread = new(reader.GetFieldValue<bool[]>(0), Sums(2), Sums(7));
        }, stop, new("first", first), new("periods", before + 1 + after), new("selling_by", before + 1), new("before", before), new("after", after), new("except", except.ToArray()));
        return spread!;
    }
}
