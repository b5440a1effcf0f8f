using System.Globalization;
using System.Text;
using System.Text.Json;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Guildhall.Platform.Privacy;

/// <summary>A person as the tables know them.</summary>
/// <param name="SellerId">The shop they act for; null for staff without one, and where the shop stays because somebody else acts for it.</param>
sealed record Person(Guid AccountId, Guid? SellerId, string Email)
{
    public NpgsqlParameter[] Parameters => [new("account", AccountId), new("seller", NpgsqlTypes.NpgsqlDbType.Uuid) { Value = (object?)SellerId ?? DBNull.Value }, new("address", Email.Trim().ToLowerInvariant())];
}

/// <summary>What of a person stands inside documents that are about many.</summary>
interface IFindInDocuments
{
    /// <summary>Named parts for their export.</summary>
    IAsyncEnumerable<(string Name, string Json)> PartsOf(Person person, CancellationToken stop);
}

/// <summary>Everything that the tables hold of one person and nothing of others, as JSON, written as it is read.</summary>
sealed class PersonalExport(GuildhallDb db, IEnumerable<IFindInDocuments> documents, TimeProvider clock)
{
    const string About = "Everything this installation holds of you. Each table lists its rows; “fields” says of each name what kind of value stands there. What opens your account (the hash of your password) is left out, and so is what belongs to others.";

    public async Task Write(Person person, Stream output, CancellationToken stop)
    {
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await db.Database.OpenConnectionAsync(stop);
        try
        {
            // One moment of the database, so that a row which moves while it is read is in it once.
            await using var transaction = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, stop);
            await using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
            json.WriteStartObject();
            json.WriteString("format", "guildhall-personal-data");
            json.WriteNumber("version", 1);
            json.WriteString("madeAt", clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            json.WriteString("about", About);
            json.WriteStartArray("tables");
            foreach (var (table, owner, columns) in Parts()) await WriteTable(json, connection, table, owner, columns, person, stop);
            json.WriteEndArray();
            json.WriteStartArray("documents");
            foreach (var holder in documents)
            {
                await foreach (var (name, part) in holder.PartsOf(person, stop))
                {
                    json.WriteStartObject();
                    json.WriteString("name", name);
                    json.WritePropertyName("part");
                    json.WriteRawValue(part);
                    json.WriteEndObject();
                }
            }

            json.WriteEndArray();
            json.WriteEndObject();
            await json.FlushAsync(stop);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>A person's own rows, and the columns about them in rows of others.</summary>
    IEnumerable<(PersonalTable Table, string Owner, IReadOnlyList<PersonalColumn> Columns)> Parts()
    {
        foreach (var table in PersonalModel.Of(db.Model))
        {
            if (table.Owner is { } owner) yield return (table, owner, [.. table.Columns.Where(column => column.Owner is null && column.Class is not (DataClass.Secret or DataClass.Mention))]);
            foreach (var others in table.Columns.Where(column => column.Owner is not null).GroupBy(column => column.Owner!))
                yield return (table, others.Key, [.. table.Columns.Where(column => column.IsKey && column.Class is null or DataClass.NotPersonal), .. others.Where(column => !column.IsKey)]);
        }
    }

    static async Task WriteTable(Utf8JsonWriter json, NpgsqlConnection connection, PersonalTable table, string owner, IReadOnlyList<PersonalColumn> columns, Person person, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(
            $"SELECT row_to_json(own)::text FROM (SELECT {string.Join(", ", columns.Select(column => PersonalModel.Quoted(column.Name)))} FROM {table.Name} WHERE {owner}) own", connection);
        command.Parameters.AddRange(person.Parameters);
        await using var reader = await command.ExecuteReaderAsync(stop);
        var isOpen = false;
        while (await reader.ReadAsync(stop))
        {
            if (!isOpen) Begin(json, table, columns);
            isOpen = true;
            json.WriteRawValue(reader.GetString(0));
            if (json.BytesPending > 1 << 16) await json.FlushAsync(stop);
        }

        if (!isOpen) return;
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void Begin(Utf8JsonWriter json, PersonalTable table, IReadOnlyList<PersonalColumn> columns)
    {
        json.WriteStartObject();
        json.WriteString("name", table.Name);
        json.WriteStartObject("fields");
        foreach (var column in columns) json.WriteString(column.Name, Meaning(column));
        json.WriteEndObject();
        json.WriteStartArray("rows");
    }

    static string Meaning(PersonalColumn column)
    {
        var words = new StringBuilder(column.Name.Replace('_', ' '));
        words.Append(column.Type switch
        {
            "uuid" => ": an id of this installation",
            "timestamp with time zone" => ": a moment, with its zone",
            "date" => ": a day",
            "time without time zone" => ": a time of day",
            "boolean" => ": true or false",
            "jsonb" => ": an object, as it was given",
            _ when column.Name.EndsWith("_minor_units", StringComparison.Ordinal) => ": an amount in the smallest unit of the marketplace’s currency",
            "bigint" or "integer" or "smallint" or "double precision" => ": a number",
            _ => ": text",
        });
        return words.Append(column.IsNullable ? "; null is not known or not there" : "").ToString();
    }
}
