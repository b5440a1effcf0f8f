using System.Security.Cryptography;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Guildhall.Platform.Privacy;

/// <summary>Somebody who is being erased.</summary>
/// <param name="Person">With the shop where it goes with them.</param>
/// <param name="Shop">The shop they act for, also where it stays.</param>
/// <param name="Names">What they are called in documents about many: their name, their address, the shop's names.</param>
/// <param name="References">What tells the shop's rows apart: the marketplace's id.</param>
/// <param name="Salt">Known while they are erased and never again: digests made with it lead nowhere.</param>
sealed record LeavingPerson(Person Person, Guid? Shop, string DisplayName, IReadOnlyList<string> Names, IReadOnlyList<string> References, byte[] Salt)
{
    public const string Nobody = "somebody";

    /// <summary>What stands for a reference from now on.</summary>
    public string Opaque(string reference) => $"erased-{Convert.ToHexStringLower(SHA256.HashData([.. Salt, .. System.Text.Encoding.UTF8.GetBytes(reference)]))[..24]}";
}

/// <summary>A module that knows of people where no column of the model says so, or that has something to end first. Asked inside the transaction of an erasure, before the columns are blanked.</summary>
interface IForgetPeople
{
    /// <returns>Why it can't be now, or null.</returns>
    Task<Refusal?> Forget(LeavingPerson person, CancellationToken stop);
}

/// <summary>Takes one person out of every table by what the mappings say: rows that leave are removed, personal columns blanked, ids of the marketplace replaced, names in documents about many taken out.</summary>
sealed class PersonalErasure(GuildhallDb db, IEnumerable<IForgetPeople> modules)
{
    /// <summary>Shorter names are parts of too many words to look for them inside longer texts.</summary>
    const int ShortestName = 3;

    public async Task<Refusal?> Run(LeavingPerson person, CancellationToken stop)
    {
        if (db.Database.CurrentTransaction is null) throw new InvalidOperationException("A person is erased in one transaction, or not at all.");
        foreach (var module in modules) if (await module.Forget(person, stop) is { } refusal) return refusal;

        var tables = PersonalModel.Of(db.Model);
        foreach (var table in tables) await BlankColumns(table, person, stop);
        foreach (var table in tables) await TakeOutMentions(table, person, stop);
        // Rows through which others are found leave last, and what points to a row before the row.
        foreach (var table in Leaving()) await Execute($"DELETE FROM {table.Name} WHERE {table.Owner}", person, stop);
        return null;
    }

    IEnumerable<PersonalTable> Leaving()
    {
        var named = PersonalModel.Of(db.Model).Where(table => table is { Leaves: true, Owner: not null }).ToDictionary(table => table.Name);
        HashSet<string> done = [];
        var entities = db.Model.GetEntityTypes().Where(entity => entity.GetSchemaQualifiedTableName() is { } name && named.ContainsKey(name)).ToList();
        while (done.Count < named.Count)
        {
            var free = entities.First(entity => !done.Contains(entity.GetSchemaQualifiedTableName()!) && entity.GetReferencingForeignKeys().All(key => !named.ContainsKey(key.DeclaringEntityType.GetSchemaQualifiedTableName()!) || key.DeclaringEntityType == entity || done.Contains(key.DeclaringEntityType.GetSchemaQualifiedTableName()!)));
            done.Add(free.GetSchemaQualifiedTableName()!);
            yield return named[free.GetSchemaQualifiedTableName()!];
        }
    }

    async Task BlankColumns(PersonalTable table, LeavingPerson person, CancellationToken stop)
    {
        foreach (var group in table.Columns.Where(column => column.Class is DataClass.Personal or DataClass.Secret or DataClass.Pseudonym).GroupBy(column => column.Owner ?? table.Owner))
        {
            if (group.Key is not { } owner || (table.Leaves && owner == table.Owner)) continue;
            await Execute($"UPDATE {table.Name} SET {string.Join(", ", group.Select(Blanked))} WHERE {owner}", person, stop);
        }

        // The shop stays with who else acts for it, but not under the name of who leaves.
        if (person.Shop is { } shop && person.Person.SellerId is null && table.Owner is { } rows)
        {
            foreach (var column in table.Columns.Where(column => column is { Class: DataClass.Personal, Owner: null } && IsText(column)))
            {
                await Execute(
                    $"UPDATE {table.Name} SET {PersonalModel.Quoted(column.Name)} = {(column.IsNullable ? "NULL" : "''")} WHERE {rows} AND {PersonalModel.Quoted(column.Name)} = ANY (@names)",
                    person with { Person = person.Person with { SellerId = shop } }, stop);
            }
        }
    }

    static string Blanked(PersonalColumn column)
    {
        var name = PersonalModel.Quoted(column.Name);
        if (column.Class == DataClass.Pseudonym) return $"{name} = 'erased-' || left(encode(sha256(@salt || convert_to({name}, 'UTF8')), 'hex'), 24)";
        if (column.Blank is { } blank) return $"{name} = CASE WHEN {name} IS NULL THEN NULL ELSE '{blank.Replace("'", "''", StringComparison.Ordinal)}'::{column.Type} END";
        if (column.IsNullable) return $"{name} = NULL";
        return column.Type switch
        {
            "jsonb" or "json" => $"{name} = '{{}}'",
            "text[]" => $"{name} = '{{}}'",
            _ => $"{name} = ''",
        };
    }

    async Task TakeOutMentions(PersonalTable table, LeavingPerson person, CancellationToken stop)
    {
        foreach (var column in table.Columns.Where(column => column.Class == DataClass.Mention && column.Type != "bytea"))
        {
            foreach (var reference in person.References) await Replace(table, column, reference, person.Opaque(reference), isWhole: true, stop);
            foreach (var name in person.Names) await Replace(table, column, name, LeavingPerson.Nobody, isWhole: false, stop);
        }
    }

    async Task Replace(PersonalTable table, PersonalColumn column, string old, string replacement, bool isWhole, CancellationToken stop)
    {
        if (!isWhole && old.Length < ShortestName) return;
        var name = PersonalModel.Quoted(column.Name);
        var sql = column.Type switch
        {
            "text[]" => $"UPDATE {table.Name} SET {name} = array_replace({name}, @old, @new) WHERE {name} @> ARRAY[@old]",
            "jsonb" when isWhole => $"UPDATE {table.Name} SET {name} = replace({name}::text, to_jsonb(@old::text)::text, to_jsonb(@new::text)::text)::jsonb WHERE strpos({name}::text, to_jsonb(@old::text)::text) > 0",
            "jsonb" => $"UPDATE {table.Name} SET {name} = replace({name}::text, trim(both '\"' from to_jsonb(@old::text)::text), @new)::jsonb WHERE strpos({name}::text, trim(both '\"' from to_jsonb(@old::text)::text)) > 0",
            _ when isWhole => $"UPDATE {table.Name} SET {name} = @new WHERE {name} = @old",
            _ => $"UPDATE {table.Name} SET {name} = replace({name}, @old, @new) WHERE strpos({name}, @old) > 0",
        };
        await db.Database.ExecuteSqlRawAsync(sql, [new NpgsqlParameter("old", old), new NpgsqlParameter("new", replacement)], stop);
    }

    async Task Execute(string sql, LeavingPerson person, CancellationToken stop) =>
        await db.Database.ExecuteSqlRawAsync(sql.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal), [.. person.Person.Parameters, new NpgsqlParameter("salt", person.Salt), new NpgsqlParameter("names", person.Names.ToArray())], stop);

    static bool IsText(PersonalColumn column) => column.Type == "text" || column.Type.StartsWith("character varying", StringComparison.Ordinal);
}
