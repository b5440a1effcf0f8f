using System.Globalization;

namespace Guildhall.Platform;

/// <summary>Hours in which somebody is left in peace, by their own clocks. They may go over midnight; the same hour twice is none at all.</summary>
/// <param name="TimeZone">IANA name.</param>
public sealed record QuietHours(TimeOnly From, TimeOnly To, string TimeZone)
{
    /// <summary>When these hours are over that hold at a moment, as the clocks on the wall go: where they leap over the end, it is when they land.</summary>
    /// <returns>Null when they don't hold.</returns>
    public DateTimeOffset? EndAfter(DateTimeOffset now)
    {
        if (From == To || TimeZones.Find(TimeZone) is not { } zone || !HoldAt(now, zone)) return null;
        var wall = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        var end = wall.Date + To.ToTimeSpan();
        if (end <= wall) end = end.AddDays(1);
        // The end by the clocks of now and by those of a day later, which differ on the days that clocks are changed: it is not before the earlier one.
        var first = new[] { zone.GetUtcOffset(now), zone.GetUtcOffset(now.AddDays(1)) }.Min(offset => new DateTimeOffset(end, offset)).ToUniversalTime();
        var at = first > now ? first : now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute)).AddMinutes(1);
        while (HoldAt(at, zone)) at = at.AddMinutes(1);
        return at;
    }

    bool HoldAt(DateTimeOffset moment, TimeZoneInfo zone)
    {
        var time = TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime);
        return From < To ? time >= From && time < To : time >= From || time < To;
    }

    public string Words => From == To ? "None" : string.Create(CultureInfo.InvariantCulture, $"{From:HH:mm} to {To:HH:mm}, {TimeZone.Split('/')[^1].Replace('_', ' ')} time");
}
