namespace Guildhall.Modules.Sessions;

/// <summary>What stands in the way of a time. The later in this list, the nearer the time is to being free: a day is called by the best of its times.</summary>
public enum TimeStands
{
    /// <summary>Not both say that they are free then.</summary>
    NotShared,

    /// <summary>Sooner than sessions are booked, or later.</summary>
    OutOfReach,
    DayOff,
    WeekFull,
    Taken,
    Free,
}

/// <summary>A time at which a pair can meet.</summary>
/// <param name="Local">By the mentor's clocks.</param>
public sealed record FreeTime(DateTime Local, DateTimeOffset StartsAt);

/// <summary>A day of whoever looks, with its free times or what stands in their way.</summary>
public sealed record DayOfTimes(DateOnly Day, TimeStands Stands, IReadOnlyList<FreeTime> Times);

/// <summary>The times that a pair can choose from.</summary>
/// <param name="Best">At most three, by <see cref="Timetable.Best"/>.</param>
public sealed record OfferedTimes(IReadOnlyList<FreeTime> Best, IReadOnlyList<DayOfTimes> Days)
{
    /// <summary>What stands in the way on most of the days on which both are free at some hour; that they share none where there is no such day.</summary>
    public TimeStands Why => Days.Select(day => day.Stands).Where(stands => stands is not (TimeStands.NotShared or TimeStands.OutOfReach or TimeStands.Free)).GroupBy(stands => stands)
        .OrderByDescending(group => group.Count()).ThenBy(group => group.Key).Select(group => (TimeStands?)group.Key).FirstOrDefault() ?? (Days.Any(day => day.Stands == TimeStands.OutOfReach) ? TimeStands.OutOfReach : TimeStands.NotShared);
}

/// <summary>Days on which a mentor meets nobody, both ends included, by their own calendar.</summary>
public sealed record DaysOff(DateOnly From, DateOnly To)
{
    public bool Has(DateOnly day) => day >= From && day <= To;
}

/// <summary>A stretch in which somebody has a session; its end, widened by their pause after it, is not in it.</summary>
sealed record Occupied(DateTimeOffset From, DateTimeOffset Until)
{
    public bool Meets(DateTimeOffset from, DateTimeOffset until) => From < until && from < Until;
}

/// <summary>One of a pair: when they are free in a week, how long a pause they keep after a session, and when they have one, in whichever program and on whichever side.</summary>
sealed record PersonTimes(FreeWeek Week, TimeSpan Pause, IReadOnlyList<Occupied> Sessions)
{
    public TimeStands Stands(DateTimeOffset from, DateTimeOffset until) =>
        !Week.Covers(from, until) ? TimeStands.NotShared : Sessions.Any(session => session.Meets(from, until + Pause)) ? TimeStands.Taken : TimeStands.Free;
}

/// <summary>
/// Everything that decides when a pair can meet, and nothing else: no clock, no database. Weeks and days off go by the mentor's clocks, whose times are booked. The rules are in docs/methods/session-times.md.
/// </summary>
/// <param name="MostAWeek">Sessions that the mentor holds in a week at most, with all their mentees.</param>
/// <param name="BookedInWeek">How many they have by now, by the Monday of the week.</param>
sealed record Timetable(PersonTimes Mentee, PersonTimes Mentor, int LengthMinutes, int MostAWeek, IReadOnlyList<DaysOff> DaysOff, IReadOnlyDictionary<DateOnly, int> BookedInWeek)
{
    /// <summary>When the mentor is there without booking; null when they never are, or nobody knows where.</summary>
    public DropInTimes? DropIn { get; init; }

    /// <summary>When a session that is to be moved stands now: no other time.</summary>
    public DateTimeOffset? Standing { get; init; }

    /// <summary>Nobody is surprised by a session: the other one hears of it at least so long before.</summary>
    public static readonly TimeSpan Notice = TimeSpan.FromHours(12);

    /// <summary>How many days ahead there is to choose from.</summary>
    public const int DaysAhead = 14;

    const int Suggested = 3;

    // Times that people can remember: every half hour by the mentor's clocks, every quarter for what fits into one.
    TimeSpan Step => TimeSpan.FromMinutes(LengthMinutes <= 15 ? 15 : 30);

    static readonly TimeOnly usualFrom = new(8, 0), usualTo = new(20, 0);

    TimeSpan Length => TimeSpan.FromMinutes(LengthMinutes);

    public TimeStands Stands(DateTime local, DateTimeOffset now)
    {
        if (!WallTime.Exists(local, Mentor.Week.Zone)) return TimeStands.NotShared;
        var from = WallTime.Instant(local, Mentor.Week.Zone);
        var until = from + Length;
        var (mentee, mentor) = (Mentee.Stands(from, until), Mentor.Stands(from, until));
        if (mentee == TimeStands.NotShared || mentor == TimeStands.NotShared) return TimeStands.NotShared;
        if (from < now + Notice || from > now.AddDays(DaysAhead)) return TimeStands.OutOfReach;
        if (DaysOff.Any(off => off.Has(DateOnly.FromDateTime(local)) || off.Has(DateOnly.FromDateTime(WallTime.Of(until.AddTicks(-1), Mentor.Week.Zone))))) return TimeStands.DayOff;
        if (BookedInWeek.GetValueOrDefault(WallTime.MondayOf(local)) >= MostAWeek) return TimeStands.WeekFull;
        return from == Standing || mentee == TimeStands.Taken || mentor == TimeStands.Taken ? TimeStands.Taken : TimeStands.Free;
    }

    /// <summary>The time on the mentor's clocks that begins at an instant; null where none of the offered ones does.</summary>
    public DateTime? At(DateTimeOffset startsAt)
    {
        var local = WallTime.Of(startsAt, Mentor.Week.Zone);
        return local.Ticks % Step.Ticks == 0 && WallTime.Instant(local, Mentor.Week.Zone) == startsAt ? local : null;
    }

    /// <param name="reader">By whose days the times are laid out.</param>
    public OfferedTimes Offer(DateTimeOffset now, TimeZoneInfo reader)
    {
        List<(FreeTime Time, TimeStands Stands)> all = [];
        var (first, last) = (WallTime.Of(now, Mentor.Week.Zone).Date, WallTime.Of(now.AddDays(DaysAhead), Mentor.Week.Zone));
        for (var local = DateTime.SpecifyKind(first, DateTimeKind.Unspecified); local <= last; local += Step)
            if (WallTime.Exists(local, Mentor.Week.Zone)) all.Add((new FreeTime(local, WallTime.Instant(local, Mentor.Week.Zone)), Stands(local, now)));

        return new(
            Best([.. all.Where(one => one.Stands == TimeStands.Free).Select(one => one.Time)], reader),
            [.. all.Where(one => one.Time.StartsAt >= now).GroupBy(one => DateOnly.FromDateTime(WallTime.Of(one.Time.StartsAt, reader))).OrderBy(day => day.Key)
                .Select(day => new DayOfTimes(day.Key, day.Max(one => one.Stands), [.. day.Where(one => one.Stands == TimeStands.Free).Select(one => one.Time)]))]);
    }

    /// <summary>The soonest three, on three different days of the reader where there are so many, and first those between eight in the morning and eight in the evening for both.</summary>
    IReadOnlyList<FreeTime> Best(IReadOnlyList<FreeTime> free, TimeZoneInfo reader)
    {
        List<FreeTime> ordered = [.. free.OrderBy(time => IsUsual(time, Mentee.Week.Zone) && IsUsual(time, Mentor.Week.Zone) ? 0 : 1).ThenBy(time => time.StartsAt)];
        List<FreeTime> spread = [.. ordered.DistinctBy(time => WallTime.Of(time.StartsAt, reader).Date).Take(Suggested)];
        return [.. spread.Concat(ordered.Except(spread)).Take(Suggested).OrderBy(time => time.StartsAt)];
    }

    bool IsUsual(FreeTime time, TimeZoneInfo zone)
    {
        var (from, until) = (WallTime.Of(time.StartsAt, zone), WallTime.Of(time.StartsAt + Length, zone));
        return from.Date == until.Date && TimeOnly.FromDateTime(from) >= usualFrom && TimeOnly.FromDateTime(until) <= usualTo;
    }
}
