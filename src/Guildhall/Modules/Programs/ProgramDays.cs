using System.Globalization;
using Guildhall.Platform;

namespace Guildhall.Modules.Programs;

/// <summary>The days that a program can be about, and when they begin and end where the marketplace is. A mistyped year outside them would break whatever counts weeks from it.</summary>
public static class ProgramDays
{
    public static readonly DateOnly First = new(2000, 1, 1);
    public static readonly DateOnly Last = new(2100, 12, 31);

    public static bool Has(DateOnly day) => day >= First && day <= Last;

    /// <param name="what">Which day is asked, as its refusal names it: "a first day".</param>
    public static string Outside(string what) => string.Create(CultureInfo.InvariantCulture, $"Choose {what} from {First:d MMM yyyy} to {Last:d MMM yyyy}.");

    /// <summary>The day it is in a zone; before the marketplace has one, in UTC.</summary>
    public static DateOnly Today(string? timeZone, DateTimeOffset now) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, Zone(timeZone)).DateTime);

    /// <summary>The instant at which a day is over in a zone.</summary>
    public static DateTimeOffset EndOf(DateOnly day, string? timeZone) => Instant(day.AddDays(1).ToDateTime(TimeOnly.MinValue), Zone(timeZone));

    /// <summary>The instant of a wall time. Of one that comes twice, when clocks go back, the first; one that is skipped, when they go forward, is read as so much after the skip.</summary>
    public static DateTimeOffset Instant(DateTime local, TimeZoneInfo zone) =>
        Instants(local, zone) is [var first, ..] ? first : At(local, zone.GetUtcOffset(DateTime.SpecifyKind(local, DateTimeKind.Utc).AddDays(-1)));

    /// <summary>The instants at which a zone's clocks show a wall time, the first first: none when it is skipped, two when it comes twice.</summary>
    // Asked from instants, each of which has one wall time. What .NET says of a wall time by itself is wrong for Dublin, whose winter is the time that is set apart: it takes the hour before the skip for skipped.
    public static IReadOnlyList<DateTimeOffset> Instants(DateTime local, TimeZoneInfo zone)
    {
        var near = DateTime.SpecifyKind(local, DateTimeKind.Utc);
        return [.. new[] { zone.GetUtcOffset(near.AddDays(-1)), zone.GetUtcOffset(near.AddDays(1)) }.Distinct().Select(offset => (At: At(local, offset), Offset: offset))
            .Where(one => zone.GetUtcOffset(one.At) == one.Offset).Select(one => one.At).Order()];
    }

    static DateTimeOffset At(DateTime local, TimeSpan offset) => new(DateTime.SpecifyKind(local - offset, DateTimeKind.Utc));

    static TimeZoneInfo Zone(string? name) => name is null ? TimeZoneInfo.Utc : TimeZones.Find(name) ?? TimeZoneInfo.Utc;
}
