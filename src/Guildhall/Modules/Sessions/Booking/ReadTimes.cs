using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Sessions;

/// <summary>Reads what decides when a pair can meet. Who asks while they hold the times of both (<see cref="BookingPairs.HoldTimes"/>) reads what nobody changes meanwhile.</summary>
sealed class ReadTimes(GuildhallDb db, EnrollmentLookup enrollment, ProgramLookup programs, OwnClock clock, TimeProvider time)
{
    /// <param name="minutes">How long they meet; null for as long as the program plans.</param>
    /// <param name="moved">A session whose own time doesn't stand in its way; null for a new one.</param>
    public async Task<Timetable> Of(StandingPair pair, int? minutes, Guid? moved, CancellationToken stop)
    {
        var (now, mentee, mentor) = (time.GetUtcNow(), pair.Mentee, pair.Mentor);
        Guid[] people = [mentee.SellerId, mentor.SellerId];
        var weeks = await enrollment.WeeksOf([mentee.ParticipantId, mentor.ParticipantId], stop);
        var program = await programs.ById(pair.ProgramId, stop) ?? throw new InvalidOperationException($"The program {pair.ProgramId} of a pair is gone, which no use case does.");
        var calendars = await db.Set<MentorCalendar>().AsNoTracking().Where(calendar => people.Contains(calendar.SellerId)).ToDictionaryAsync(calendar => calendar.SellerId, stop);
        // A pause may reach to the next session from before this moment.
        var sessions = (await db.Set<Busy>().Where(busy => people.Contains(busy.SellerId) && busy.UntilAt > now && busy.SessionId != moved).Select(busy => new { busy.SellerId, busy.FromAt, busy.UntilAt }).ToListAsync(stop))
            .ToLookup(busy => busy.SellerId, busy => new Occupied(busy.FromAt, busy.UntilAt));
        var today = DateOnly.FromDateTime(now.UtcDateTime).AddDays(-1);
        var off = await db.Set<TimeOff>().Where(off => off.SellerId == mentor.SellerId && off.LastDay >= today).Select(off => new DaysOff(off.FirstDay, off.LastDay)).ToListAsync(stop);
        // Of the week that today is in, the days before today count too.
        var since = now.AddDays(-8);
        var booked = await db.Set<Session>().Where(session => session.MentorSellerId == mentor.SellerId && session.State == SessionState.Booked && session.StartsAt > since && session.Id != moved).Select(session => session.LocalTime).ToListAsync(stop);
        var (menteeTimes, mentorTimes) = (await Person(mentee), await Person(mentor));
        // Whoever is there for everybody is there for no one alone.
        var dropIn = CalendarOf(mentor.SellerId) is { DropIn: { } weekly, JoinLink: { } link } ? new DropInTimes([.. weekly.Ahead(now, Timetable.DaysAhead, mentorTimes.Week.Zone, off)], link) : null;
        return new(
            menteeTimes, dropIn is null ? mentorTimes : mentorTimes with { Sessions = [.. mentorTimes.Sessions, .. dropIn.Ahead] }, minutes ?? program.Design.SessionMinutesOf(weeks.GetValueOrDefault(mentee.ParticipantId)?.Tier),
            CalendarOf(mentor.SellerId).MostAWeek, off, booked.CountBy(WallTime.MondayOf).ToDictionary())
        { DropIn = dropIn };

        MentorCalendar CalendarOf(Guid sellerId) => calendars.GetValueOrDefault(sellerId) ?? new MentorCalendar(sellerId);

        async Task<PersonTimes> Person(Member member)
        {
            var week = weeks.GetValueOrDefault(member.ParticipantId);
            var zone = (week?.TimeZone is { } said ? TimeZones.Find(said) : null) ?? await clock.OfShop(member.SellerId, stop);
            return new(FreeWeek.Of(week?.Hours, zone), CalendarOf(member.SellerId).Pause, [.. sessions[member.SellerId]]);
        }
    }
}
