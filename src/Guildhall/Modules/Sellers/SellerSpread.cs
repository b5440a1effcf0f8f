using Guildhall.Platform.Database;

namespace Guildhall.Modules.Sellers;

/// <summary>What sellers are told apart by where something is counted over all of them.</summary>
public enum SellerGrouping { Category, Region }

/// <summary>How many sellers of one group stand under one label.</summary>
/// <param name="Group">A main category, or a region with its country; null where it is not known.</param>
/// <param name="Label">What the asker put the sellers under.</param>
public sealed record SpreadCount(SellerGrouping By, string? Group, string Label, int Count);

/// <summary>Counts sellers under labels by main category, which is that of most of their listings or what the marketplace says of them, and by region.</summary>
static class SellerSpread
{
    const string Sql = """
        SELECT kind.is_region, kind.name, asked.label, count(*)
        FROM unnest(@ids, @labels) asked(id, label)
        LEFT JOIN sellers.seller s ON s.id = asked.id
        LEFT JOIN LATERAL (
            SELECT l.category FROM sellers.listing l WHERE l.seller_id = s.id AND l.category IS NOT NULL
            GROUP BY l.category ORDER BY count(*) DESC, l.category LIMIT 1) home ON true
        CROSS JOIN LATERAL (VALUES
            (false, nullif(split_part(coalesce(home.category, s.category), '/', 1), '')),
            (true, nullif(concat_ws(', ', s.region, s.country), ''))) kind(is_region, name)
        GROUP BY 1, 2, 3
        """;

    public static async Task<IReadOnlyList<SpreadCount>> Read(GuildhallDb db, IReadOnlyCollection<(Guid SellerId, string Label)> labelled, CancellationToken stop)
    {
        var counts = new List<SpreadCount>();
        await db.Read(Sql, reader => counts.Add(new(reader.GetBoolean(0) ? SellerGrouping.Region : SellerGrouping.Category, reader.IsDBNull(1) ? null : reader.GetString(1), reader.GetString(2), (int)reader.GetInt64(3))), stop,
            new("ids", labelled.Select(one => one.SellerId).ToArray()), new("labels", labelled.Select(one => one.Label).ToArray()));
        return counts;
    }
}
