using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Sellers;

/// <summary>A row that was not taken, and why: the first thing found wrong with it.</summary>
sealed class ImportReject
{
    public Guid ImportId { get; init; }
    public long Line { get; init; }
    public string? Column { get; init; }
    public required string Code { get; init; }
    public string? Value { get; init; }

    public sealed class Table : IEntityTypeConfiguration<ImportReject>
    {
        public void Configure(EntityTypeBuilder<ImportReject> table)
        {
            table.ToTable("import_reject", SellersTables.Schema);
            table.HasKey(reject => new { reject.ImportId, reject.Line });
            table.HasOne<Import>().WithMany().HasForeignKey(reject => reject.ImportId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
