using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Sellers;

/// <summary>A megabyte of a file that was uploaded. Kept in the database, the one place that every node reads (decision 0009).</summary>
sealed class ImportChunk
{
    public const int Size = 1 << 20;

    public Guid ImportId { get; init; }
    public int Number { get; init; }
    public required byte[] Bytes { get; init; }

    public sealed class Table : IEntityTypeConfiguration<ImportChunk>
    {
        public void Configure(EntityTypeBuilder<ImportChunk> table)
        {
            table.ToTable("import_chunk", SellersTables.Schema);
            table.HasKey(chunk => new { chunk.ImportId, chunk.Number });
            table.HasOne<Import>().WithMany().HasForeignKey(chunk => chunk.ImportId).OnDelete(DeleteBehavior.Cascade);
            table.Mentions(chunk => chunk.Bytes);
        }
    }
}
