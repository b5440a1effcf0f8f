using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Sellers;

/// <summary>One thing wrong with a row that was not taken. A row has one for each of its cells at fault, up to <see cref="RowConversion.MostProblems"/>.</summary>
sealed class ImportReject
{
    public Guid ImportId { get; init; }
    public long Line { get; init; }

    /// <summary>From 1 within the row.</summary>
    public short Number { get; init; }
    public string? Column { get; init; }
    public required string Code { get; init; }
    public string? Value { get; init; }

    /// <summary>Of a row whose key came more than once, a line with the same key.</summary>
    public long? OtherLine { get; init; }

    public sealed class Table : IEntityTypeConfiguration<ImportReject>
    {
        public void Configure(EntityTypeBuilder<ImportReject> table)
        {
            table.ToTable("import_reject", SellersTables.Schema);
            table.HasKey(reject => new { reject.ImportId, reject.Line, reject.Number });
            table.HasOne<Import>().WithMany().HasForeignKey(reject => reject.ImportId).OnDelete(DeleteBehavior.Cascade);
            table.Mentions(reject => reject.Value).NotPersonal(reject => reject.Column, reject => reject.Code);
        }
    }
}
