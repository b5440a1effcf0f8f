using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Pairing;

/// <summary>The marketplace's time zone, for people of whom none is known.</summary>
sealed class MarketplaceZone(GuildhallDb db)
{
    public async Task<TimeZoneInfo> Of(CancellationToken stop) =>
        await db.Set<Marketplace>().Select(m => m.TimeZone).SingleOrDefaultAsync(stop) is { } id ? TimeZoneInfo.FindSystemTimeZoneById(id) : TimeZoneInfo.Utc;
}
