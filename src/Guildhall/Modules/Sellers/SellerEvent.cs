using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Sellers;

/// <summary>Something that happened to a seller, mostly an order. An order that several sellers share is an event of each.</summary>
sealed class SellerEvent
{
    public Guid SellerId { get; init; }
    public required string ExternalId { get; init; }
    public DateOnly HappenedOn { get; set; }

    /// <summary>Not filled means an order.</summary>
    public string? Kind { get; set; }
    public string? Status { get; set; }
    public int? Items { get; set; }
    public long? RevenueMinorUnits { get; set; }
    public long? FreightMinorUnits { get; set; }
    public double? Review { get; set; }
    public bool? IsLate { get; set; }
    public DateOnly? DispatchBy { get; set; }
    public DateOnly? PromisedOn { get; set; }
    public DateOnly? DeliveredOn { get; set; }
    public string? CustomerId { get; set; }

    public sealed class Table : IEntityTypeConfiguration<SellerEvent>
    {
        public void Configure(EntityTypeBuilder<SellerEvent> table)
        {
            table.ToTable("event", SellersTables.Schema);
            table.HasKey(happening => new { happening.SellerId, happening.ExternalId });
            table.HasIndex(happening => happening.HappenedOn);
            table.BelongsToSeller(happening => happening.SellerId).Pseudonyms(happening => happening.ExternalId, happening => happening.CustomerId).NotPersonal(happening => happening.Kind, happening => happening.Status);
        }
    }
}
