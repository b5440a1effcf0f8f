using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Sellers;

/// <summary>
/// A seller's figures for one day. A day without a row is a day of which the marketplace sent nothing. The table is partitioned by month, which
/// EF Core has no word for: the SQL of a migration makes it, and <see cref="SellerDayPartitions"/> its months.
/// </summary>
sealed class SellerDay
{
    public Guid SellerId { get; init; }
    public DateOnly Day { get; init; }
    public int? Orders { get; set; }
    public int? Items { get; set; }
    public long? RevenueMinorUnits { get; set; }
    public long? FreightMinorUnits { get; set; }
    public int? Cancelled { get; set; }
    public int? Undelivered { get; set; }
    public int? Returned { get; set; }
    public int? Reviews { get; set; }
    public double? ReviewMean { get; set; }
    public int? LateKnown { get; set; }
    public int? Late { get; set; }
    public int? CustomersKnown { get; set; }
    public int? ReturningCustomers { get; set; }
    public int? Views { get; set; }
    public int? Visits { get; set; }
    public int? ListingsLive { get; set; }
    public int? ListingsOutOfStock { get; set; }
    public int? StockUnits { get; set; }
    public int? PolicyPoints { get; set; }

    public sealed class Table : IEntityTypeConfiguration<SellerDay>
    {
        public void Configure(EntityTypeBuilder<SellerDay> table)
        {
            table.ToTable("seller_day", SellersTables.Schema, options => options.ExcludeFromMigrations());
            table.HasKey(row => new { row.SellerId, row.Day });
            table.BelongsToSeller(row => row.SellerId);
        }
    }
}
