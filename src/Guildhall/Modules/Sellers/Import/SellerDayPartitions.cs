using System.Globalization;
using Npgsql;

namespace Guildhall.Modules.Sellers;

/// <summary>Makes the months of the seller-days table, when rows of them first arrive.</summary>
static class SellerDayPartitions
{
    /// <summary>
    /// Makes the months that are missing. A table made aside and then attached keeps readers running; <c>CREATE TABLE … PARTITION OF</c> would lock
    /// the whole table against them. Two callers that first need one month at once fail on each other: an import calls it under its lock.
    /// </summary>
    public static async Task Ensure(NpgsqlConnection connection, IEnumerable<DateOnly> months, CancellationToken stop)
    {
        foreach (var month in months)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"sellers.seller_day_{month:yyyy_MM}");
            await connection.Execute($"""
                DO $$ BEGIN
                    IF to_regclass('{name}') IS NULL THEN
                        CREATE TABLE {name} (LIKE sellers.seller_day INCLUDING ALL);
                        ALTER TABLE sellers.seller_day ATTACH PARTITION {name} FOR VALUES FROM ('{month:yyyy-MM-dd}') TO ('{month.AddMonths(1):yyyy-MM-dd}');
                    END IF;
                END $$
                """, stop);
        }
    }
}
