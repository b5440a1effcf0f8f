using System.Globalization;
using Guildhall.Platform;

namespace Guildhall.Modules.Sessions;

/// <summary>A time each week at which a mentor is there for all of their mentees without booking, by the mentor's clocks.</summary>
/// <param name="MinuteOfWeek">From Monday 00:00, below <see cref="WeekMinutes"/>.</param>
public sealed record DropIn(int MinuteOfWeek, int Minutes)
{
    public const int WeekMinutes = 7 * 24 * 60;

    public static readonly IReadOnlyList<int> Lengths = [30, 45, 60, 90, 120];

    public static DropIn Of(DayOfWeek day, TimeOnly from, int minutes) => new((((int)day + 6) % 7 * 24 * 60) + (from.Hour * 60) + from.Minute, minutes);

    public DayOfWeek Day => (DayOfWeek)(((MinuteOfWeek / (24 * 60)) + 1) % 7);

    public TimeOnly From => new(MinuteOfWeek / 60 % 24, MinuteOfWeek % 60);

    /// <summary>Those that are not over and begin within some days, but for those on days off, and any that the clocks skip.</summary>
    internal IEnumerable<Occupied> Ahead(DateTimeOffset now, int days, TimeZoneInfo zone, IReadOnlyCollection<DaysOff> off)
    {
        var monday = WallTime.MondayOf(WallTime.Of(now, zone));
        for (var week = -1; week <= (days / 7) + 1; week++)
        {
            var local = monday.AddDays(7 * week).ToDateTime(TimeOnly.MinValue).AddMinutes(MinuteOfWeek);
            if (!WallTime.Exists(local, zone) || off.Any(one => one.Has(DateOnly.FromDateTime(local)))) continue;
            var from = WallTime.Instant(local, zone);
            if (from.AddMinutes(Minutes) > now && from <= now.AddDays(days)) yield return new(from, from.AddMinutes(Minutes));
        }
    }
}

/// <summary>When a mentor is next there without booking, and where.</summary>
sealed record DropInTimes(IReadOnlyList<Occupied> Ahead, string Link);
