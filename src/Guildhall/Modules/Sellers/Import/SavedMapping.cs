using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Sellers;

/// <summary>A column mapping kept under a name, for the next file of the same make.</summary>
sealed class SavedMapping
{
    public const int LongestName = 80;

    public required string Kind { get; init; }
    public required string Name { get; init; }
    public required string Mapping { get; set; }
    public DateTimeOffset SavedAt { get; set; }

    public sealed class Table : IEntityTypeConfiguration<SavedMapping>
    {
        public void Configure(EntityTypeBuilder<SavedMapping> table)
        {
            table.ToTable("mapping", SellersTables.Schema);
            table.HasKey(mapping => new { mapping.Kind, mapping.Name });
            table.Property(mapping => mapping.Name).HasMaxLength(LongestName);
            table.Property(mapping => mapping.Mapping).HasColumnType("jsonb");
            table.NotPersonal(mapping => mapping.Kind, mapping => mapping.Name, mapping => mapping.Mapping);
        }
    }
}
