using System.Globalization;
using Guildhall.Modules.Enrollment;

namespace Guildhall.Modules.Sessions;

/// <summary>Times and outcomes of sessions as people read them.</summary>
public static class SessionWords
{
    /// <summary>"Tue 17 Nov".</summary>
    public static string Day(DateOnly day) => day.ToString("ddd d MMM", CultureInfo.CurrentCulture);

    /// <summary>"16:00".</summary>
    public static string Hour(DateTimeOffset at, TimeZoneInfo zone) => WallTime.Of(at, zone).ToString("HH:mm", CultureInfo.CurrentCulture);

    /// <summary>"Tue 17 Nov, 16:00".</summary>
    public static string DayAndHour(DateTimeOffset at, TimeZoneInfo zone) => WallTime.Of(at, zone).ToString("ddd d MMM, HH:mm", CultureInfo.CurrentCulture);

    /// <summary>"16:00 to 16:45, your time (London)".</summary>
    public static string Hours(DateTimeOffset startsAt, int minutes, TimeZoneInfo zone) => $"{Hour(startsAt, zone)} to {Hour(startsAt.AddMinutes(minutes), zone)}, your time ({OwnClock.Name(zone)})";

    /// <summary>"Tue 17 Nov 2026, 16:00 to 16:45, your time (London)".</summary>
    public static string Own(DateTimeOffset startsAt, int minutes, TimeZoneInfo zone) => $"{WallTime.Of(startsAt, zone).ToString("ddd d MMM yyyy", CultureInfo.CurrentCulture)}, {Hours(startsAt, minutes, zone)}";

    /// <summary>"10:00 for Ruth (Chicago)", with the day where it is another one there; null where both clocks show the same.</summary>
    public static string? Theirs(DateTimeOffset startsAt, string firstName, TimeZoneInfo zone, TimeZoneInfo own)
    {
        var (theirs, ours) = (WallTime.Of(startsAt, zone), WallTime.Of(startsAt, own));
        return theirs == ours ? null : $"{theirs.ToString(theirs.Date == ours.Date ? "HH:mm" : "ddd d MMM, HH:mm", CultureInfo.CurrentCulture)} for {firstName} ({OwnClock.Name(zone)})";
    }

    /// <summary>Where the attendance stands, as one of the two reads it.</summary>
    /// <param name="other">The first name of the other one.</param>
    public static string Of(Attendance attendance, Side side, string other) => attendance.State switch
    {
        AttendanceState.Booked => "Booked",
        AttendanceState.Cancelled => "Cancelled",
        AttendanceState.Unconfirmed => "Nobody has said yet whether you met",
        AttendanceState.NobodyConfirmed => "Nobody said whether you met",
        AttendanceState.Held => "You met. Both of you say so",
        AttendanceState.MenteeMissed => side == Side.Mentee ? "You did not come. Both of you say so" : $"{other} did not come. Both of you say so",
        AttendanceState.MentorMissed => side == Side.Mentor ? "You did not come. Both of you say so" : $"{other} did not come. Both of you say so",
        AttendanceState.Disputed => $"You say: {Of(attendance.Says(side)!.Value, side, other)}. {other} says: {Of(attendance.Says(side.Other())!.Value, side, other)}. Each of you can correct it for {Attendance.Window.Days} days after the session",
        _ => attendance.Says(side) is { } mine ? $"You say: {Of(mine, side, other)}. {other} has not said anything" : $"{other} says: {Of(attendance.Says(side.Other())!.Value, side, other)}. You have not said anything",
    };

    public static string Of(Outcome outcome, Side side, string other) => outcome switch
    {
        Outcome.Met => "you met",
        Outcome.MenteeMissing => side == Side.Mentee ? "you did not come" : $"{other} did not come",
        _ => side == Side.Mentor ? "you did not come" : $"{other} did not come",
    };

    /// <summary>Why no day has a time, and what would make one.</summary>
    /// <param name="why">What stands in the way on most days.</param>
    public static string WhyNone(TimeStands why, Side side, string mentor)
    {
        var isMentor = side == Side.Mentor;
        return why switch
        {
            TimeStands.DayOff => isMentor ? "You have days off on the days when you are both free." : $"{mentor} has days off on the days when you are both free. More hours of yours would not change that. Times come back with the days after.",
            TimeStands.WeekFull => isMentor ? "Your weeks are full: you hold as many sessions as you said at most." : $"{mentor}’s weeks are full. A time comes free when a session is cancelled, or with the next week.",
            TimeStands.Taken => "All times when you are both free are taken.",
            TimeStands.OutOfReach => $"The times when you are both free are sooner than sessions are booked: {Timetable.Notice.TotalHours:0} hours ahead at least. Others come with the next days.",
            _ => "There is no hour when you are both free. More hours in your week make more times that suit both of you.",
        };
    }

    /// <summary>Why a day has no time.</summary>
    public static string Of(TimeStands stands, string mentor) => stands switch
    {
        TimeStands.NotShared => "No time when you are both free",
        TimeStands.OutOfReach => $"Sessions are booked {Timetable.Notice.TotalHours:0} hours to {Timetable.DaysAhead} days ahead",
        TimeStands.DayOff => $"{mentor} has the day off",
        TimeStands.WeekFull => $"{mentor}’s week is full",
        _ => "All times are taken",
    };
}
