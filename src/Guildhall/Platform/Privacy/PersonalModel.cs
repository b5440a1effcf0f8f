using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Guildhall.Platform.Privacy;

/// <summary>A mapped column with what it says of a person.</summary>
/// <param name="Class">Null where the mapping doesn't say.</param>
/// <param name="Owner">Whose it is where it isn't the row's owner's, as a condition.</param>
/// <param name="Blank">What stands in it instead, once its owner is erased.</param>
sealed record PersonalColumn(string Name, string Type, bool IsNullable, bool IsKey, bool NeedsClass, DataClass? Class, string? Owner, string? Blank);

/// <summary>A mapped table with whose its rows are.</summary>
/// <param name="Owner">The rows of one person, as a condition over @account, @seller and @address; null where rows belong to nobody.</param>
/// <param name="Leaves">Rows are removed with their owner.</param>
sealed record PersonalTable(string Name, string? Owner, bool Leaves, IReadOnlyList<PersonalColumn> Columns);

/// <summary>Reads out of the model of the database what is personal and whose, as the mappings say it.</summary>
static class PersonalModel
{
    static readonly string[] freeTypes = ["text", "character varying", "jsonb", "json", "bytea", "tsvector", "xml"];

    public static IReadOnlyList<PersonalTable> Of(IModel model) =>
        [.. model.GetEntityTypes().Where(entity => entity.GetTableName() is not null).OrderBy(entity => entity.GetSchemaQualifiedTableName(), StringComparer.Ordinal).Select(entity => new PersonalTable(
            entity.GetSchemaQualifiedTableName()!, OwnerOf(entity), entity.FindAnnotation(DataClasses.LeavesKey) is not null, [.. entity.GetProperties().Where(property => property.GetColumnName() != "xmin").Select(property => Column(entity, property))]))];

    static PersonalColumn Column(IEntityType entity, IProperty property)
    {
        var type = property.GetColumnType();
        var isEnum = (Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType).IsEnum;
        return new PersonalColumn(
            property.GetColumnName(), type, property.IsNullable, property.IsPrimaryKey(), !isEnum && freeTypes.Any(free => type.StartsWith(free, StringComparison.Ordinal)),
            property.FindAnnotation(DataClasses.ClassKey)?.Value is string said ? Enum.Parse<DataClass>(said) : null,
            property.FindAnnotation(DataClasses.ColumnOwnerKey)?.Value is string path ? Condition(entity, path) : null,
            property.FindAnnotation(DataClasses.BlankKey)?.Value as string);
    }

    static string? OwnerOf(IEntityType entity) => entity.FindAnnotation(DataClasses.OwnerKey)?.Value is string paths ? $"({string.Join(" OR ", paths.Split(';').Select(path => Condition(entity, path)))})" : null;

    static string Condition(IEntityType entity, string path)
    {
        var (owner, name) = (path[..path.LastIndexOf(':')], path[(path.LastIndexOf(':') + 1)..]);
        var column = Quoted(entity.FindProperty(name)!.GetColumnName());
        if (Enum.TryParse<Subject>(owner, out var subject))
        {
            return subject switch
            {
                Subject.Account => $"{column} = @account",
                Subject.Seller => $"{column} = @seller",
                _ => $"lower({column}) = @address",
            };
        }

        var through = entity.Model.FindEntityType(owner)!;
        return $"{column} IN (SELECT {Quoted(through.FindPrimaryKey()!.Properties.Single().GetColumnName())} FROM {through.GetSchemaQualifiedTableName()} WHERE {OwnerOf(through)})";
    }

    public static string Quoted(string name) => $"\"{name}\"";
}
