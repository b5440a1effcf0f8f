using System.Globalization;
using Guildhall.Platform.Privacy;

namespace Guildhall.Modules.Sellers;

/// <summary>The SQL of one import, put together from the columns that its mapping fills. Names come from <see cref="ImportKind"/>, never from a file.</summary>
sealed class StagingSql(Guid importId, ImportKind kind, ColumnMapping mapping)
{
    readonly string[] columns = [.. RowConversion.Mapped(kind, mapping).Select(column => column.DatabaseName)];
    readonly string[] keys = [.. kind.Columns.Where(column => column.IsKey && !(kind.BelongsToSellers && column.Name == "seller_id")).Select(column => column.DatabaseName)];

    public string Staging { get; } = $"sellers.import_{importId:N}";

    string Owner => kind.BelongsToSellers ? "seller_id uuid, external_seller_id text" : "new_id uuid";
    string OwnerNames => kind.BelongsToSellers ? "seller_id, external_seller_id" : "new_id";

    /// <summary>What makes a row unique in the table it goes to.</summary>
    IEnumerable<string> TargetKeys => kind.BelongsToSellers ? ["seller_id", .. keys] : keys;
    IEnumerable<string> StagingKeys => kind.BelongsToSellers ? ["seller_id", "external_seller_id", .. keys] : keys;
    IEnumerable<string> Figures => columns.Except(keys);

    /// <summary>Unlogged: its rows can be read again from the file, and the log would cost as much as the table.</summary>
    public string Create =>
        $"CREATE UNLOGGED TABLE IF NOT EXISTS {Staging} (line bigint NOT NULL, {Owner}, {string.Join(", ", RowConversion.Mapped(kind, mapping).Select(column => $"{column.DatabaseName} {column.DatabaseType}"))})";

    public string Drop => $"DROP TABLE IF EXISTS {Staging}";

    public string Copy => $"COPY {Staging} (line, {OwnerNames}, {Names(columns)}) FROM STDIN (FORMAT BINARY)";

    public string HasRepeatedKeys => $"SELECT EXISTS (SELECT FROM {Staging} GROUP BY {Names(StagingKeys)} HAVING count(*) > 1)";

    /// <summary>An event feed is delivered at least once: a row that repeats another word for word is the same event.</summary>
    public string DropRepeats => $"""
        DELETE FROM {Staging} WHERE line IN (
            SELECT line FROM (
                SELECT line, row_number() OVER (PARTITION BY {Names(StagingKeys.Union(columns))} ORDER BY line) AS nth FROM {Staging}) ranked
            WHERE nth > 1)
        """;

    /// <summary>Rejects every row of a key that came more than once: which of them is meant can't be known.</summary>
    public string RejectRepeatedKeys => $"""
        WITH dropped AS (
            DELETE FROM {Staging} s USING (
                SELECT line, min(nullif(other, line)) AS other FROM (
                    SELECT line, count(*) OVER same AS times, coalesce(lag(line) OVER same_in_order, lead(line) OVER same_in_order) AS other FROM {Staging}
                    WINDOW same AS (PARTITION BY {Names(StagingKeys)}), same_in_order AS (PARTITION BY {Names(StagingKeys)} ORDER BY line)) counted
                WHERE times > 1 GROUP BY line) repeated
            WHERE s.line = repeated.line
            RETURNING s.line, s.{keys[^1]} AS key, repeated.other)
        INSERT INTO sellers.import_reject (import_id, line, number, "column", code, value, other_line)
        SELECT DISTINCT ON (line) $1, line, 1, $2, 'repeated_key', left(key::text, 200), other FROM dropped
        """;

    // The rows of an erased shop find no seller: it goes by another reference now.
    string Erased => kind.BelongsToSellers
        ? $"seller_id IS NULL AND {ErasedReference.DigestOf("external_seller_id")} IN (SELECT digest FROM platform.erased_reference)"
        : $"{ErasedReference.DigestOf("external_id")} IN (SELECT digest FROM platform.erased_reference)";

    public string RejectErased => $"INSERT INTO sellers.import_reject (import_id, line, number, code) SELECT DISTINCT $1::uuid, line, 1, 'erased' FROM {Staging} WHERE {Erased} ON CONFLICT DO NOTHING";

    public string DropErased => $"DELETE FROM {Staging} WHERE {Erased}";

    /// <summary>Rows of sellers that the marketplace hasn't named yet, as far as the check knew.</summary>
    public string CountStrangers => $"SELECT count(*) FROM {Staging} WHERE seller_id IS NULL";

    public string CountStaged => $"SELECT count(*) FROM {Staging}";

    public string RepeatedKeyColumn => mapping.Columns[kind.Columns.Last(column => column.IsKey).Name];

    public string FindArrivedSellers => $"""
        UPDATE {Staging} s SET seller_id = seller.id, external_seller_id = NULL
        FROM sellers.seller seller WHERE s.seller_id IS NULL AND seller.external_id = s.external_seller_id
        """;

    public string Months => $"SELECT DISTINCT date_trunc('month', day)::date FROM {Staging} ORDER BY 1";

    public static string AnyRowsIn((DateOnly First, DateOnly Last) days) => $"SELECT EXISTS (SELECT FROM sellers.seller_day t WHERE true{InDays(days)})";

    /// <summary>Into months that hold nothing yet, without looking for what can't be there.</summary>
    public string InsertAll => $"INSERT INTO {kind.Table} (seller_id, {Names(columns)}) SELECT seller_id, {Names(columns)} FROM {Staging} WHERE seller_id IS NOT NULL";

    /// <summary>New and different rows, found by one join. An unchanged file ends here, having written nothing.</summary>
    public string FindDifferences((DateOnly First, DateOnly Last)? days) => $"""
        CREATE TEMPORARY TABLE difference ON COMMIT DROP AS
        SELECT s.*, t.{TargetKeys.First()} IS NULL AS is_new
        FROM {Staging} s LEFT JOIN {kind.Table} t ON {Same("s", "t", TargetKeys)}{InDays(days)}
        WHERE {(kind.BelongsToSellers ? "s.seller_id IS NOT NULL AND " : "")}(t.{TargetKeys.First()} IS NULL{Differs})
        """;

    string Differs => Figures.Any() ? $" OR ROW({Names(Figures.Select(name => "t." + name))}) IS DISTINCT FROM ROW({Names(Figures.Select(name => "s." + name))})" : "";

    /// <summary>Of whom days are written, and from which on; an event may move away from a day, which counts too. For days and events only.</summary>
    public string TellOfAll => $"INSERT INTO sellers.day_change (import_id, seller_id, first_day) SELECT $1, seller_id, min({kind.DayColumn}) FROM {Staging} WHERE seller_id IS NOT NULL GROUP BY seller_id";

    public string TellOfDifferent => $"""
        INSERT INTO sellers.day_change (import_id, seller_id, first_day)
        SELECT $1, d.seller_id, min(least(d.{kind.DayColumn}, t.{kind.DayColumn})) FROM difference d LEFT JOIN {kind.Table} t ON NOT d.is_new AND {Same("d", "t", TargetKeys)} GROUP BY d.seller_id
        """;

    public string InsertNew =>
        $"INSERT INTO {kind.Table} ({(kind.BelongsToSellers ? "seller_id" : "id")}, {Names(columns)}) SELECT {(kind.BelongsToSellers ? "seller_id" : "new_id")}, {Names(columns)} FROM difference WHERE is_new";

    public string? UpdateDifferent((DateOnly First, DateOnly Last)? days) => !Figures.Any() ? null : $"""
        UPDATE {kind.Table} t SET {string.Join(", ", Figures.Select(name => $"{name} = d.{name}"))}
        FROM difference d WHERE NOT d.is_new AND {Same("d", "t", TargetKeys)}{InDays(days)}
        """;

    public string KeepAside => $"""
        INSERT INTO {kind.AsideTable} (external_seller_id, {Names(columns)})
        SELECT external_seller_id, {Names(columns)} FROM {Staging} WHERE seller_id IS NULL
        ON CONFLICT (external_seller_id, {Names(keys)}) DO {(Figures.Any() ? "UPDATE SET " + string.Join(", ", Figures.Select(name => $"{name} = EXCLUDED.{name}")) : "NOTHING")}
        """;

    /// <summary>Gives the rows that waited for a seller to the seller, who has just arrived.</summary>
    public static string Attach(ImportKind kind)
    {
        var names = Names(kind.Columns.Where(column => column.Name != "seller_id").Select(column => column.DatabaseName));
        var told = kind.DayColumn is null ? "" : $"""
            , told AS (INSERT INTO sellers.day_change (import_id, seller_id, first_day) SELECT $1, seller_id, min({kind.DayColumn}) FROM arrived GROUP BY seller_id
                ON CONFLICT (import_id, seller_id) DO UPDATE SET first_day = least(day_change.first_day, EXCLUDED.first_day))
            """;
        return $"""
            WITH arrived AS (
                DELETE FROM {kind.AsideTable} aside USING sellers.seller seller WHERE seller.external_id = aside.external_seller_id
                RETURNING seller.id AS seller_id, aside.*){told}
            INSERT INTO {kind.Table} (seller_id, {names}) SELECT seller_id, {names} FROM arrived
            """;
    }

    static string Names(IEnumerable<string> names) => string.Join(", ", names);

    static string Same(string one, string other, IEnumerable<string> names) => string.Join(" AND ", names.Select(name => $"{one}.{name} = {other}.{name}"));

    /// <summary>Written as constants, so that the planner leaves out the months that the file doesn't touch.</summary>
    static string InDays((DateOnly First, DateOnly Last)? days) =>
        days is { } range ? string.Create(CultureInfo.InvariantCulture, $" AND t.day BETWEEN '{range.First:yyyy-MM-dd}' AND '{range.Last:yyyy-MM-dd}'") : "";
}
