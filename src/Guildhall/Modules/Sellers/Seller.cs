using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Sellers;

/// <summary>A merchant of the marketplace. Everything but the id is as the marketplace sent it; what it didn't send is not known.</summary>
sealed class Seller
{
    public Guid Id { get; init; }

    /// <summary>The marketplace's own id.</summary>
    public required string ExternalId { get; init; }
    public string? Name { get; set; }
    /// <summary>Where the marketplace writes to the owner. Whoever reads mail there may act for the shop, so it is shown to staff alone.</summary>
    public string? ContactEmail { get; set; }

    /// <summary>The same in capitals, as accounts are compared; made by the database.</summary>
    public string? NormalizedContactEmail { get; private set; }

    public string? City { get; set; }
    public string? Region { get; set; }
    public string? Country { get; set; }
    public string? TimeZone { get; set; }
    public DateOnly? SignedUpOn { get; set; }
    public string? Category { get; set; }
    public string[]? Categories { get; set; }
    public string[]? Languages { get; set; }
    public string[]? Channels { get; set; }
    public string[]? Brands { get; set; }
    public string[]? Suppliers { get; set; }
    public string? OperatorGroup { get; set; }
    public string? BusinessType { get; set; }

    public sealed class Table : IEntityTypeConfiguration<Seller>
    {
        public void Configure(EntityTypeBuilder<Seller> table)
        {
            table.ToTable("seller", SellersTables.Schema);
            table.HasIndex(seller => seller.ExternalId).IsUnique();
            table.Property(seller => seller.NormalizedContactEmail).HasComputedColumnSql("upper(contact_email)", stored: true);
            table.HasIndex(seller => seller.NormalizedContactEmail);
            table.HasIndex(seller => seller.Category).HasOperators("text_pattern_ops");
            // Categories stay with an erased shop: its figures are compared within them.
            table.BelongsToSeller(seller => seller.Id).Pseudonyms(seller => seller.ExternalId)
                .Personal(seller => seller.Name, seller => seller.ContactEmail, seller => seller.City, seller => seller.Region, seller => seller.Country, seller => seller.TimeZone, seller => seller.Languages, seller => seller.Channels,
                    seller => seller.Brands, seller => seller.Suppliers, seller => seller.OperatorGroup, seller => seller.BusinessType)
                // The address in capitals follows the address: the database makes it.
                .NotPersonal(seller => seller.NormalizedContactEmail, seller => seller.Category, seller => seller.Categories);
        }
    }
}
