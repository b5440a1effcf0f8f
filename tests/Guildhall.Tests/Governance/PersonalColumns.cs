using System.Globalization;
using Guildhall.Platform.Privacy;
using Guildhall.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Guildhall.Tests.Governance;

/// <summary>Rows of one person in every table that holds something personal, each personal column filled with a word that stands nowhere else. Made from the model, so that a table that comes later is filled too.</summary>
sealed class PersonalColumns(DatabaseFixture database, string mark)
{
    static int keys;

    int number;

    /// <summary>The words that an export must hold.</summary>
    public List<string> Exported { get; } = [];

    /// <summary>Everything that an erasure must take away; secrets too.</summary>
    public List<string> All { get; } = [];

    public Guid AccountId { get; } = Guid.CreateVersion7();
    public Guid SellerId { get; } = Guid.CreateVersion7();
    Guid ApplicationId { get; } = Guid.CreateVersion7();
    Guid TrialId { get; } = Guid.CreateVersion7();
    Guid SessionId { get; } = Guid.CreateVersion7();
    List<Guid> Participants { get; } = [];
    public string Address { get; private set; } = "";
    public string Reference { get; private set; } = "";

    public async Task Fill()
    {
        Address = Word("address");
        await using var db = database.NewDb();
        await using var connection = await database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var entities = db.Model.GetEntityTypes().Where(entity => entity.GetTableName() is not null).OrderBy(entity => entity.ShortName() is "Account" or "Seller" or "Application" or "Participant" or "Session" ? 0 : 1).ToList();
        foreach (var table in entities.Join(PersonalModel.Of(db.Model), entity => entity.GetSchemaQualifiedTableName(), table => table.Name, (entity, table) => (Entity: entity, Table: table)))
        {
            // Answered and removed within seconds by a worker of the product.
            if (table.Entity.ShortName() == "LinkRequest") continue;
            if (table.Table.Owner is null && table.Table.Columns.All(column => column.Owner is null)) continue;
            // Who takes part is on one side: each of the two profiles needs a row of its own.
            var isTwice = table.Entity.ShortName() == "Participant";
            for (var side = 0; side < (isTwice ? 2 : 1); side++) await Insert(connection, table.Entity.ShortName(), table.Table, side);
        }
    }

    async Task Insert(NpgsqlConnection connection, string entity, PersonalTable table, int side)
    {
        var id = entity switch { "Account" => AccountId, "Seller" => SellerId, "Application" => ApplicationId, "Trial" => TrialId, "Session" => SessionId, _ => Guid.CreateVersion7() };
        if (entity == "Participant") Participants.Add(id);
        await using var command = new NpgsqlCommand { Connection = connection };
        List<string> names = [];
        foreach (var column in table.Columns)
        {
            if (entity == "Participant" && column.Name == (side == 0 ? "as_mentor" : "as_mentee")) continue;
            if (Value(entity, column, id) is not { } value) continue;
            names.Add(column.Name);
            command.Parameters.Add(new NpgsqlParameter { Value = value, DataTypeName = column.Type.Contains('(') ? column.Type[..column.Type.IndexOf('(')] : column.Type });
        }

        if (table.Name == "people.account_passkey")
        {
            // What its owner called it; the rest is a secret.
            var name = Word("name");
            Exported.Add(name);
            All.Add(name);
            names.Add("data");
            command.Parameters.Add(new NpgsqlParameter { Value = $$"""{"Name":"{{name}}"}""", DataTypeName = "jsonb" });
        }

        command.CommandText = $"INSERT INTO {table.Name} ({string.Join(", ", names.Select(name => $"\"{name}\""))}) VALUES ({string.Join(", ", names.Select((_, at) => $"${at + 1}"))})";
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    object? Value(string entity, PersonalColumn column, Guid id)
    {
        // The frozen one is the first, and comes from no import.
        if (entity == "Baseline" && column.Name == "version") return 1;
        if (column.Type == "uuid")
        {
            return column.Name switch
            {
                "id" => id,
                "account_id" or "user_id" or "reviewer_id" or "made_by" or "done_by" or "given_by" or "proposed_by" or "declined_by_account_id" => AccountId,
                "seller_id" or "mentee_seller_id" => SellerId,
                "application_id" => ApplicationId,
                "trial_id" => TrialId,
                "participant_id" => Participants[0],
                _ when column.IsNullable => null,
                "session_id" => SessionId,
                _ => Guid.CreateVersion7(),
            };
        }

        if (column.NeedsClass && column.Class is DataClass.Personal or DataClass.Pseudonym or DataClass.Secret)
        {
            // What belongs to an address is found by it; accounts and their mails have the same.
            var word = column.Name is "address_key" or "normalized_email" or "email" or "to" or "normalized_user_name" or "user_name" ? Address : Word(column.Name);
            if (column.Name.StartsWith("normalized", StringComparison.Ordinal)) word = word.ToUpperInvariant();
            // As the product keeps it.
            if (column.Name == "address_key") word = word.ToLowerInvariant();
            if (entity == "Seller" && column.Name == "external_id") Reference = word;
            if (column.Class != DataClass.Secret) Exported.Add(word);
            All.Add(word);
            return column.Type switch
            {
                "jsonb" => column.Name switch
                {
                    "scores" => "{\"byLine\":{\"" + word + "\":3}}",
                    "as_mentor" => $$"""{"id":"{{word}}","capacity":2}""",
                    "as_mentee" => $$"""{"id":"{{word}}"}""",
                    "body" => $$"""{"paragraphs":["{{word}}"]}""",
                    _ => $$"""{"ownWords":"{{word}}"}""",
                },
                "text[]" => new[] { word },
                "bytea" => System.Text.Encoding.UTF8.GetBytes(word),
                _ => word,
            };
        }

        if (column.IsNullable) return null;
        return column.Type switch
        {
            "timestamp with time zone" => DateTimeOffset.UtcNow,
            "timestamp without time zone" => new DateTime(2026, 11, 3),
            "date" => new DateOnly(2026, 11, 3),
            "time without time zone" => new TimeOnly(21, 0),
            "boolean" => false,
            "integer" => column.IsKey ? Interlocked.Increment(ref keys) : 1,
            "bigint" => 1L,
            "smallint" => (short)1,
            "double precision" => 1.0,
            "jsonb" => """{"all":[]}""",
            "text[]" => Array.Empty<string>(),
            "uuid[]" => Array.Empty<Guid>(),
            "bytea" => new byte[] { 1 },
            _ => column.Name switch { "side" or "proposed_from" => "Mentee", "purpose" => "SignIn", "deed" => "Booked", "outcome" => "Met", "state" => entity == "Session" ? "Cancelled" : entity is "OutgoingMail" or "Suggestion" ? "Waiting" : entity == "ErasureRequest" ? "TakenBack" : "Declined", "kind" => entity == "Disclosure" ? "Stake" : "Playbook", "stage" => "Any", "audience" => "Both", "origin" => "Stated", "role" => "Sponsor", _ => "word" },
        };
    }

    string Word(string column) => string.Create(CultureInfo.InvariantCulture, $"{mark}{column.Replace("_", "")}{++number}");
}
