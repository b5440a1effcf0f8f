using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace Guildhall.Platform.Database;

/// <summary>Names every table, column, key and index in snake_case, so that SQL needs no quotes.</summary>
sealed class SnakeCaseNames : IModelFinalizingConvention
{
    public void ProcessModelFinalizing(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context)
    {
        // A convention yields to names given by hand, ASP.NET Core Identity's among them; the mutable interfaces don't.
        foreach (var entity in ((IMutableModel)modelBuilder.Metadata).GetEntityTypes())
        {
            if (entity.GetTableName() is not { } table)
                continue;
            entity.SetTableName(SnakeCase(table));
            RenameColumns(entity, StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value);

            foreach (var key in entity.GetKeys())
                key.SetName(SnakeCase(key.GetName()));
            foreach (var foreignKey in entity.GetForeignKeys())
                foreignKey.SetConstraintName(SnakeCase(foreignKey.GetConstraintName()));
            foreach (var index in entity.GetIndexes())
                index.SetDatabaseName(SnakeCase(index.GetDatabaseName()));
        }
    }

    static void RenameColumns(IMutableTypeBase type, StoreObjectIdentifier table)
    {
        if (type.IsMappedToJson())
        {
            type.SetContainerColumnName(SnakeCase(type.GetContainerColumnName()));
            return;
        }
        foreach (var property in type.GetProperties())
        {
            // xmin is PostgreSQL's own column: an explicit name would make the migration try to create it.
            if (property.GetColumnName(table) is { } column && column != "xmin")
                property.SetColumnName(SnakeCase(column));
        }
        foreach (var complex in type.GetComplexProperties())
            RenameColumns(complex.ComplexType, table);
    }

    static string? SnakeCase(string? name) => name is null ? null : JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
