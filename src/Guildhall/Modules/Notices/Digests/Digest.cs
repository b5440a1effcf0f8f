using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Notices;

/// <summary>That somebody’s digest of a day was made. The key lets no second one of that day be, whichever node makes it.</summary>
/// <param name="Day">By their own clocks.</param>
sealed record Digest(string AddressKey, DateOnly Day, DateTimeOffset MadeAt)
{
    public const int Hour = 8;

    /// <summary>The next time that clocks show 8:00.</summary>
    public static DateTimeOffset MorningAfter(DateTimeOffset now, TimeZoneInfo zone)
    {
        // Over today’s, or over that of a day that a country left out, it is the next day’s.
        for (var morning = TimeZoneInfo.ConvertTime(now, zone).Date.AddHours(Hour); ; morning = morning.AddDays(1))
            if (new DateTimeOffset(morning, zone.GetUtcOffset(morning)).ToUniversalTime() is var at && at > now) return at;
    }

    public static void Map(EntityTypeBuilder<Digest> digest)
    {
        digest.ToTable("digest", "notices").HasKey(d => new { d.AddressKey, d.Day });
        digest.HasIndex(d => d.Day);
        digest.BelongsToAddress(d => d.AddressKey).LeavesWithItsOwner().Personal(d => d.AddressKey);
    }
}
