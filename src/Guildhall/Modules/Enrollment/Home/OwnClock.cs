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
    // Every part of a page asks for it, so it is read once.
    (ShopActor Shop, TimeZoneInfo Zone)? asked;

    public async Task<TimeZoneInfo> Of(ShopActor shop, CancellationToken stop)
    {
        if (asked is not { } before || before.Shop != shop) asked = (shop, Zone(await preferences.TimeZone(shop.AccountId, stop)) ?? await OfShop(shop.SellerId, stop));
        return asked.Value.Zone;
    }

    /// <summary>The same of a shop, whoever acts for it.</summary>
    public async Task<TimeZoneInfo> OfShop(Guid sellerId, CancellationToken stop) => (await OfShops([sellerId], stop)).GetValueOrDefault(sellerId) ?? await OfMarketplace(stop);

    /// <summary>The same of many accounts, by account id, in as few queries as for one.</summary>
    /// <param name="shops">The shop of each account; null for who has none.</param>
    public async Task<IReadOnlyDictionary<Guid, TimeZoneInfo>> OfAccounts(IReadOnlyDictionary<Guid, Guid?> shops, CancellationToken stop)
    {
        var zones = (await preferences.TimeZonesOf([.. shops.Keys], stop)).Where(chosen => TimeZones.Has(chosen.Value)).ToDictionary(chosen => chosen.Key, chosen => Zone(chosen.Value)!);
        var ofShops = await OfShops([.. shops.Where(shop => !zones.ContainsKey(shop.Key)).Select(shop => shop.Value).OfType<Guid>().Distinct()], stop);
        TimeZoneInfo? usual = null;
        foreach (var (account, shop) in shops)
            if (!zones.ContainsKey(account)) zones[account] = (shop is { } own ? ofShops.GetValueOrDefault(own) : null) ?? (usual ??= await OfMarketplace(stop));
        return zones;
    }

    /// <summary>What is known of shops; the others are left out.</summary>
    async Task<Dictionary<Guid, TimeZoneInfo>> OfShops(IReadOnlyCollection<Guid> sellerIds, CancellationToken stop)
    {
        Dictionary<Guid, TimeZoneInfo> zones = [];
        if (sellerIds.Count == 0) return zones;
        var newest = await db.Set<Participant>().AsNoTracking().Where(p => sellerIds.Contains(p.SellerId) && !db.Set<Participant>().Any(later => later.SellerId == p.SellerId && later.JoinedAt > p.JoinedAt)).OrderBy(p => p.Id).ToListAsync(stop);
        foreach (var seat in newest) if (Zone(seat.Profile.TimeZone) is { } said) zones.TryAdd(seat.SellerId, said);
        List<Guid> silent = [.. sellerIds.Where(id => !zones.ContainsKey(id))];
        if (silent.Count > 0) foreach (var (id, facts) in await sellers.Facts(silent, stop)) if (Zone(facts.TimeZone) is { } known) zones[id] = known;
        return zones;
    }

    async Task<TimeZoneInfo> OfMarketplace(CancellationToken stop) => Zone(await db.Set<Marketplace>().Select(marketplace => marketplace.TimeZone).SingleOrDefaultAsync(stop)) ?? TimeZoneInfo.Utc;

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
