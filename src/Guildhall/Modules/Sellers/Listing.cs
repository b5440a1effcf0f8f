using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Sellers;

/// <summary>One offer of a seller, as last sent.</summary>
sealed class Listing
{
    public Guid SellerId { get; init; }
    public required string ExternalId { get; init; }
    public string? Title { get; set; }
    public string? Category { get; set; }
    public string? Brand { get; set; }
    public long? PriceMinorUnits { get; set; }
    public long? LowestPriceMinorUnits { get; set; }
    public long? HighestPriceMinorUnits { get; set; }
    public int? ItemsSold { get; set; }
    public DateOnly? ListedOn { get; set; }
    public DateOnly? LastSoldOn { get; set; }
    public int? StockUnits { get; set; }
    public int? Photos { get; set; }
    public int? TitleLength { get; set; }
    public int? DescriptionLength { get; set; }
    public bool? IsLive { get; set; }

    public sealed class Table : IEntityTypeConfiguration<Listing>
    {
        public void Configure(EntityTypeBuilder<Listing> table)
        {
            table.ToTable("listing", SellersTables.Schema);
            table.HasKey(listing => new { listing.SellerId, listing.ExternalId });
            // Of letters as they are: a branch of the categories is one range of it.
            table.HasIndex(listing => listing.Category).HasOperators("text_pattern_ops");
            table.BelongsToSeller(listing => listing.SellerId).Pseudonyms(listing => listing.ExternalId).Personal(listing => listing.Title, listing => listing.Brand).NotPersonal(listing => listing.Category);
        }
    }
}
