using Guildhall.Platform.Database;
using Npgsql;

namespace Guildhall.Modules.Sellers;

/// <summary>A seller from the day it signed up to its first order.</summary>
/// <param name="Category">The first part of the category of its first listing, or as the marketplace named it; null where none is known.</param>
/// <param name="FirstSaleOn">The first day with an order that was not canceled; null while there is none.</param>
/// <param name="UnknownOn">The first day, before any such order, that says nothing of orders; null where every day does.</param>
public sealed record SellerWhoCame(Guid Id, string? Category, string? Country, DateOnly SignedUpOn, DateOnly? FirstSaleOn, DateOnly? UnknownOn);

/// <summary>Reads how long sellers waited for their first order: one look a seller into its days, in order, up to the first that decides.</summary>
static class SellersWhoCameSql
{
    internal const string Came = """
        SELECT s.id, nullif(split_part(coalesce(home.category, s.category, ''), '/', 1), ''), s.country, s.signed_up_on, day.day, day.is_known
        FROM sellers.seller s
        LEFT JOIN LATERAL (SELECT l.category FROM sellers.listing l WHERE l.seller_id = s.id AND l.category IS NOT NULL ORDER BY l.listed_on, l.external_id LIMIT 1) home ON true
        LEFT JOIN LATERAL (
            SELECT d.day, d.orders IS NOT NULL AS is_known FROM sellers.seller_day d
            WHERE d.seller_id = s.id AND d.day <= @through AND (d.orders IS NULL OR d.orders > coalesce(d.cancelled, 0)) ORDER BY d.day LIMIT 1) day ON true
        WHERE s.signed_up_on BETWEEN (SELECT min(day) FROM sellers.seller_day) AND @through ORDER BY s.id
        """;

    internal const string FirstGap = """
        SELECT min(@from + n) FROM generate_series(0, @through - @from) n
        WHERE NOT EXISTS (SELECT FROM sellers.seller_day d WHERE d.day = @from + n AND d.orders IS NOT NULL)
        """;

    public static async Task<IReadOnlyList<SellerWhoCame>> Read(GuildhallDb db, DateOnly through, CancellationToken stop)
    {
        var sellers = new List<SellerWhoCame>();
        await db.Read(Came, reader =>
        {
            DateOnly? day = reader.IsDBNull(4) ? null : reader.GetFieldValue<DateOnly>(4);
            var isKnown = day is null || reader.GetBoolean(5);
            sellers.Add(new(reader.GetGuid(0), reader.IsDBNull(1) ? null : reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetFieldValue<DateOnly>(3), isKnown ? day : null, isKnown ? null : day));
        }, stop, new NpgsqlParameter("through", through));
        return sellers;
    }

    public static async Task<DateOnly?> Gap(GuildhallDb db, DateOnly from, DateOnly through, CancellationToken stop)
    {
        DateOnly? gap = null;
        await db.Read(FirstGap, reader => gap = reader.IsDBNull(0) ? null : reader.GetFieldValue<DateOnly>(0), stop, new("from", from), new("through", through));
        return gap;
    }
}
