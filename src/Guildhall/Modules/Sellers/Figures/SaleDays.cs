using Guildhall.Platform.Database;
using Npgsql;

namespace Guildhall.Modules.Sellers;

/// <summary>A day of a seller with orders or sales, or of which orders are not known.</summary>
/// <param name="Orders">Without those that were canceled; null where not known.</param>
/// <param name="RevenueMinorUnits">Null where not known; below zero where more was paid back than sold.</param>
public sealed record SaleDay(DateOnly Day, int? Orders, long? RevenueMinorUnits);

/// <summary>Reads on which of their first days sellers sold: one look a seller, into those days alone.</summary>
static class SaleDaysSql
{
    internal const string All = """
        SELECT s.id, d.day, d.orders - coalesce(d.cancelled, 0), d.revenue_minor_units
        FROM sellers.seller s
        JOIN sellers.seller_day d ON d.seller_id = s.id AND d.day >= s.signed_up_on AND d.day < s.signed_up_on + @days AND d.day BETWEEN @from AND least(@through, @to + @days)
        WHERE s.signed_up_on BETWEEN @from AND @to AND (d.orders IS NULL OR d.orders > coalesce(d.cancelled, 0) OR coalesce(d.revenue_minor_units, 0) <> 0)
        ORDER BY s.id, d.day
        """;

    public static async Task<IReadOnlyDictionary<Guid, IReadOnlyList<SaleDay>>> Read(GuildhallDb db, DateOnly from, DateOnly to, int days, DateOnly through, CancellationToken stop)
    {
        var sellers = new Dictionary<Guid, IReadOnlyList<SaleDay>>();
        var (seller, own) = (Guid.Empty, new List<SaleDay>());
        await db.Read(All, reader =>
        {
            if (reader.GetGuid(0) is var id && id != seller) sellers.Add(seller = id, own = []);
            own.Add(new(reader.GetFieldValue<DateOnly>(1), reader.IsDBNull(2) ? null : reader.GetInt32(2), reader.IsDBNull(3) ? null : reader.GetInt64(3)));
        }, stop, new NpgsqlParameter("from", from), new("to", to), new("days", days), new("through", through));
        return sellers;
    }
}
