using Guildhall.Matching;
using Guildhall.Modules.Programs;

namespace Guildhall.Modules.Sessions;

/// <summary>When a person is free in an ordinary week, by the clocks of their own zone.</summary>
/// <param name="Hours">168 characters from Monday 00:00, '1' free and '0' not (<see cref="WeekGrid"/>).</param>
sealed record FreeWeek(string Hours, TimeZoneInfo Zone)
{
    // Times begin on a half hour of somebody's clocks, and no zone's offset is finer than a quarter of an hour: an hour of anybody's week begins on one of these steps or between none.
    static readonly TimeSpan step = TimeSpan.FromMinutes(15);

    public static FreeWeek Of(string? hours, TimeZoneInfo zone) => new(WeekGrid.IsGrid(hours) ? hours! : new string('0', WeekGrid.Hours), zone);

    /// <summary>Whether they are free all through a stretch of time. From an instant every clock shows one time, so skipped and doubled hours need no care.</summary>
    public bool Covers(DateTimeOffset from, DateTimeOffset until)
    {
        for (var at = from; at < until; at += step)
        {
            var local = TimeZoneInfo.ConvertTime(at, Zone);
            if (Hours[(((int)local.DayOfWeek + 6) % 7 * 24) + local.Hour] != '1') return false;
        }

        return true;
    }
}

/// <summary>Wall times and the instants they stand for. The rule is of iCalendar (RFC 5545, 3.3.5): a time that comes twice is the first of the two, one that is skipped is read by the clocks of before the skip.</summary>
static class WallTime
{
    public static DateTimeOffset Instant(DateTime local, TimeZoneInfo zone) => ProgramDays.Instant(local, zone);

    public static DateTime Of(DateTimeOffset at, TimeZoneInfo zone) => DateTime.SpecifyKind(TimeZoneInfo.ConvertTime(at, zone).DateTime, DateTimeKind.Unspecified);

    /// <summary>Whether the clocks show this time at all on that day.</summary>
    public static bool Exists(DateTime local, TimeZoneInfo zone) => ProgramDays.Instants(local, zone).Count > 0;

    /// <summary>Whether the clocks show it a second time that day.</summary>
    public static bool ComesTwice(DateTime local, TimeZoneInfo zone) => ProgramDays.Instants(local, zone).Count > 1;

    /// <summary>The Monday of the week that a day is in.</summary>
    public static DateOnly MondayOf(DateTime local) => DateOnly.FromDateTime(local).AddDays(-(((int)local.DayOfWeek + 6) % 7));
}
