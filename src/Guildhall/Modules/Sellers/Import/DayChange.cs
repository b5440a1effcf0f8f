using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Sellers;

/// <summary>A seller of whom an import wrote days or events, until every module that asks was told: written with the rows themselves, so that none is missed.</summary>
sealed class DayChange
{
    public Guid ImportId { get; init; }
    public Guid SellerId { get; init; }

    /// <summary>The earliest day that was written, or stood there before.</summary>
    public DateOnly FirstDay { get; init; }

    public sealed class Table : IEntityTypeConfiguration<DayChange>
    {
        public void Configure(EntityTypeBuilder<DayChange> table)
        {
            table.ToTable("day_change", SellersTables.Schema);
            table.HasKey(change => new { change.ImportId, change.SellerId });
            table.BelongsToSeller(change => change.SellerId).LeavesWithItsOwner();
        }
    }
}
