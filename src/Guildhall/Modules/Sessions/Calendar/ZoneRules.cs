using System.Globalization;
using Guildhall.Platform;

namespace Guildhall.Modules.Sessions;

/// <summary>A time zone as iCalendar writes it (RFC 5545, 3.6.5): every change of its clocks in the years that are used, one by one, so that programs without the zone's name agree on every instant.</summary>
static class ZoneRules
{
    public static IReadOnlyList<string> Lines(TimeZoneInfo zone, int firstYear, int lastYear)
    {
        // A year more at both ends: a program may look before and after what it shows.
        var (from, until) = (new DateTime(firstYear - 1, 1, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(lastYear + 2, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var offset = zone.GetUtcOffset(from);
        List<string> lines = ["BEGIN:VTIMEZONE", $"TZID:{zone.Id}", .. Part(zone, from, offset, offset)];
        foreach (var at in Changes(zone, from, until))
        {
            var next = zone.GetUtcOffset(at);
            lines.AddRange(Part(zone, at, offset, next));
            offset = next;
        }

        return [.. lines, "END:VTIMEZONE"];
    }

    /// <summary>The instants at which the clocks change, to the minute.</summary>
    public static IEnumerable<DateTime> Changes(TimeZoneInfo zone, DateTime from, DateTime until)
    {
        // No zone has changed its clocks twice within a day since 1970.
        for (var day = from; day < until; day = day.AddDays(1))
        {
            if (zone.GetUtcOffset(day) == zone.GetUtcOffset(day.AddDays(1))) continue;
            var (before, after) = (0, 24 * 60);
            while (after - before > 1)
            {
                var middle = (before + after) / 2;
                if (zone.GetUtcOffset(day.AddMinutes(middle)) == zone.GetUtcOffset(day)) before = middle;
                else after = middle;
            }

            yield return day.AddMinutes(after);
        }
    }

    static string[] Part(TimeZoneInfo zone, DateTime at, TimeSpan before, TimeSpan after)
    {
        var kind = zone.IsDaylightSavingTime(at) ? "DAYLIGHT" : "STANDARD";
        return [$"BEGIN:{kind}", $"DTSTART:{CalendarText.Local(at + before)}", $"TZOFFSETFROM:{Offset(before)}", $"TZOFFSETTO:{Offset(after)}", $"END:{kind}"];
    }

    static string Offset(TimeSpan offset) => (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString("hhmm", CultureInfo.InvariantCulture);
}
