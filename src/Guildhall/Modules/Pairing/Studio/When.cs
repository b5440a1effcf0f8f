using System.Globalization;
using Guildhall.Platform;

namespace Guildhall.Modules.Pairing;

/// <summary>Says when something was, as people say it: "today at 09:42", "on Tue 17 Nov at 16:05".</summary>
static class When
{
    static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");

    public static string Said(DateTimeOffset at, DateTimeOffset now, TimeZoneInfo zone)
    {
        var (there, today) = (TimeZoneInfo.ConvertTime(at, zone), TimeZoneInfo.ConvertTime(now, zone).Date);
        var day = there.Date == today ? "today" : there.Date == today.AddDays(-1) ? "yesterday" : there.ToString(there.Year == today.Year ? "'on' ddd d MMM" : "'on' ddd d MMM yyyy", English);
        return $"{day} at {there.ToString("HH:mm", English)}";
    }

    /// <summary>"Tue 24 Nov at 14:10, London time": a moment that is still to come, with its zone.</summary>
    public static string Deadline(DateTimeOffset at, TimeZoneInfo zone) =>
        string.Create(English, $"{TimeZoneInfo.ConvertTime(at, zone):ddd d MMM 'at' HH:mm}, {City(zone)} time");

    /// <summary>"17 November 2026".</summary>
    public static string Day(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString("d MMMM yyyy", English);

    /// <summary>A person's zone, or another where theirs is not known.</summary>
    public static TimeZoneInfo ZoneOr(string? own, TimeZoneInfo usual) => own is not null && TimeZones.Find(own) is { } known ? known : usual;

    public static string City(TimeZoneInfo zone) => zone.Id[(zone.Id.LastIndexOf('/') + 1)..].Replace('_', ' ');
}
