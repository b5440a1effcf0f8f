using System.Globalization;
using Guildhall.Modules.People;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>Whose clocks a person reads times by: the zone they chose, else what they said when they applied, else the shop's, else the marketplace's.</summary>
public sealed class OwnClock(GuildhallDb db, OwnPreferences preferences, SellerLookup sellers)
{
    public async Task<TimeZoneInfo> Of(ShopActor shop, CancellationToken stop) =>
        Zone(await preferences.TimeZone(shop.AccountId, stop)) ?? await OfShop(shop.SellerId, stop);

    /// <summary>The same of a shop, whoever acts for it.</summary>
    public async Task<TimeZoneInfo> OfShop(Guid sellerId, CancellationToken stop)
    {
        foreach (var seat in await db.Set<Participant>().AsNoTracking().Where(p => p.SellerId == sellerId).OrderByDescending(p => p.JoinedAt).Take(1).ToListAsync(stop))
            if (Zone(seat.Profile.TimeZone) is { } said) return said;
        return Zone((await sellers.Facts([sellerId], stop)).GetValueOrDefault(sellerId)?.TimeZone)
            ?? Zone(await db.Set<Marketplace>().Select(marketplace => marketplace.TimeZone).SingleOrDefaultAsync(stop)) ?? TimeZoneInfo.Utc;
    }

    /// <summary>"Tue 5 Jan 2027, 20:30 to 21:30, your time (London)".</summary>
    internal static string Words(DateTimeOffset startsAt, int lengthMinutes, TimeZoneInfo zone)
    {
        var (from, to) = (TimeZoneInfo.ConvertTime(startsAt, zone), TimeZoneInfo.ConvertTime(startsAt.AddMinutes(lengthMinutes), zone));
        return string.Create(CultureInfo.CurrentCulture, $"{from:ddd d MMM yyyy, HH:mm} to {to:HH:mm}, your time ({Name(zone)})");
    }

    /// <summary>"London": how a zone is named beside a time.</summary>
    public static string Name(TimeZoneInfo zone) => zone.Id.Split('/')[^1].Replace('_', ' ');

    static TimeZoneInfo? Zone(string? name) => name is null ? null : TimeZones.Find(name);
}
