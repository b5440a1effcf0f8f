using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Platform;

/// <summary>The zone in which the marketplace's days begin and end, and which people are told times in of whom none is known.</summary>
sealed class MarketplaceZone(GuildhallDb db, TimeProvider clock)
{
    public async Task<TimeZoneInfo> Of(CancellationToken stop) =>
        await db.Set<Marketplace>().Select(m => m.TimeZone).SingleOrDefaultAsync(stop) is { } id ? TimeZoneInfo.FindSystemTimeZoneById(id) : TimeZoneInfo.Utc;

    public async Task<DateOnly> Today(CancellationToken stop) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), await Of(stop)).DateTime);
}
