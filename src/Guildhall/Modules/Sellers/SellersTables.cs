using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Sellers;

/// <summary>This module's part of the database.</summary>
static class SellersTables
{
    public const string Schema = "sellers";

    public static void Map(ModelBuilder model)
    {
        model.ApplyConfiguration(new Seller.Table());
        model.ApplyConfiguration(new Listing.Table());
        model.ApplyConfiguration(new SellerEvent.Table());
        model.ApplyConfiguration(new SellerDay.Table());
        model.ApplyConfiguration(new Import.Table());
        model.ApplyConfiguration(new DayChange.Table());
        model.ApplyConfiguration(new ImportChunk.Table());
        model.ApplyConfiguration(new ImportReject.Table());
        model.ApplyConfiguration(new SavedMapping.Table());
    }
}
