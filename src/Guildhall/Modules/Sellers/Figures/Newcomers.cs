using Guildhall.Platform.Database;

namespace Guildhall.Modules.Sellers;

/// <summary>What newcomers are to reach, and which of them count.</summary>
/// <param name="Days">Within so many days of signing up; the day of signing up is 0.</param>
/// <param name="RevenueMinorUnits">So many sales; null asks for a first order that was not canceled.</param>
/// <param name="SignedUpWithinDays">Who signed up in so many days, the last of which lies far enough back for all to have had theirs.</param>
public sealed record NewcomerGoal(int Days, long? RevenueMinorUnits, int SignedUpWithinDays);

/// <summary>How many newcomers there were, and how many of them reached it.</summary>
public sealed record Newcomers(long Sellers, long Reached);

/// <summary>Counts newcomers by their first days. Of who signed up before the first day that was imported, the first days are not known.</summary>
static class NewcomersSql
{
    const string All = """
        WITH newcomer AS (
            SELECT id, signed_up_on FROM sellers.seller
            WHERE signed_up_on <= @as_of - @days AND signed_up_on > @as_of - @days - @within AND signed_up_on >= (SELECT min(day) FROM sellers.seller_day) AND NOT id = ANY(@except)),
        began AS (
            SELECT n.id,
                (SELECT sum(d.revenue_minor_units) FROM sellers.seller_day d WHERE d.seller_id = n.id AND d.day BETWEEN n.signed_up_on AND n.signed_up_on + @days) AS revenue,
                EXISTS (SELECT FROM sellers.seller_day d WHERE d.seller_id = n.id AND d.day BETWEEN n.signed_up_on AND n.signed_up_on + @days AND d.orders > coalesce(d.cancelled, 0)) AS has_sold
            FROM newcomer n)
        SELECT count(*), count(*) FILTER (WHERE CASE WHEN @revenue::bigint IS NULL THEN has_sold ELSE revenue >= @revenue END) FROM began
        """;

    /// <param name="asOf">The last day of which figures count.</param>
    /// <param name="except">Sellers who take part in a program.</param>
    public static async Task<Newcomers> Read(GuildhallDb db, NewcomerGoal goal, DateOnly asOf, IReadOnlyCollection<Guid> except, CancellationToken stop)
    {
        Newcomers? newcomers = null;
        await db.Read(All, reader => newcomers = new(reader.GetInt64(0), reader.GetInt64(1)), stop,
            new("as_of", asOf), new("days", goal.Days), new("within", goal.SignedUpWithinDays), new("revenue", NpgsqlTypes.NpgsqlDbType.Bigint) { Value = (object?)goal.RevenueMinorUnits ?? DBNull.Value }, new("except", except.ToArray()));
        return newcomers!;
    }
}
