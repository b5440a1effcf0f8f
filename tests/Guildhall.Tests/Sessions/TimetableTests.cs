using Guildhall.Matching;
using Guildhall.Modules.Sessions;
using Guildhall.Tests.Platform.Ui;

namespace Guildhall.Tests.Sessions;

/// <summary>When a pair can meet, by the rules of docs/methods/session-times.md.</summary>
public sealed class TimetableTests
{
    static readonly TimeZoneInfo london = TimeZoneInfo.FindSystemTimeZoneById("Europe/London"), chicago = TimeZoneInfo.FindSystemTimeZoneById("America/Chicago");

    // Friday 5 March 2027, noon in London. On 14 March Chicago goes forward, on 28 March London.
    static readonly DateTimeOffset noon = new(2027, 3, 5, 12, 0, 0, TimeSpan.Zero);

    static Timetable Given(string mentee = "mon-fri 16-19", string mentor = "tue,thu 10-13", int minutes = 45, int pause = 0, int most = 5, DaysOff[]? off = null, Occupied[]? mentees = null, Occupied[]? mentors = null, Dictionary<DateOnly, int>? booked = null) => new(
        new PersonTimes(FreeWeek.Of(WeekGrid.Parse(mentee), london), TimeSpan.Zero, mentees ?? []),
        new PersonTimes(FreeWeek.Of(WeekGrid.Parse(mentor), chicago), TimeSpan.FromMinutes(pause), mentors ?? []), minutes, most, off ?? [], booked ?? []);

    static List<string> Times(Timetable timetable, TimeZoneInfo? reader = null) =>
        [.. timetable.Offer(noon, reader ?? london).Days.SelectMany(day => day.Times).Select(time => $"{WallTime.Of(time.StartsAt, reader ?? london):ddd d HH:mm}")];

    [Fact]
    public void Works_the_example_of_the_method_page()
    {
        var offered = Given().Offer(noon, london);

        var lines = offered.Days.Where(day => day.Times.Count > 0).Select(day => $"| {WallTime.Of(day.Times[0].StartsAt, london):ddd d MMM} | {string.Join(", ", day.Times.Select(time => $"{WallTime.Of(time.StartsAt, london):HH:mm}"))} | {string.Join(", ", day.Times.Select(time => $"{time.Local:HH:mm}"))} |").ToList();
        lines.Count.ShouldBe(4);
        var page = Sources.Read("docs/methods/session-times.md");
        foreach (var line in lines) page.ShouldContain(line);
        page.ShouldContain(string.Join("; ", offered.Best.Select(time => $"{WallTime.Of(time.StartsAt, london):ddd d MMM HH:mm}")));
    }

    [Fact]
    public void Keeps_what_both_said_by_their_own_clocks_when_one_of_them_changes_theirs()
    {
        // London 16 to 19 is Chicago 10 to 13; after Chicago went forward it is 11 to 14.
        Times(Given()).ShouldBe([
            "Tue 9 16:00", "Tue 9 16:30", "Tue 9 17:00", "Tue 9 17:30", "Tue 9 18:00", "Thu 11 16:00", "Thu 11 16:30", "Thu 11 17:00", "Thu 11 17:30", "Thu 11 18:00",
            "Tue 16 16:00", "Tue 16 16:30", "Tue 16 17:00", "Thu 18 16:00", "Thu 18 16:30", "Thu 18 17:00"]);
    }

    [Fact]
    public void Fits_the_whole_length_into_the_free_hours_of_both()
    {
        Times(Given(mentor: "tue 10-11", minutes: 60)).ShouldBe(["Tue 9 16:00"]);
        Times(Given(mentor: "tue 10-11", minutes: 90)).ShouldBeEmpty();
        Times(Given(mentor: "tue 10-11", minutes: 20)).ShouldBe(["Tue 9 16:00", "Tue 9 16:30"]);
    }

    [Fact]
    public void Leaves_out_what_is_taken_on_either_side_with_the_mentors_pause_before_and_after()
    {
        var session = new Occupied(At(9, 17, 0), At(9, 17, 45));
        var withPause = session with { Until = session.Until.AddMinutes(15) };

        Times(Given(mentor: "tue 10-13", mentees: [session])).ShouldBe(["Tue 9 16:00", "Tue 9 18:00", "Tue 16 16:00", "Tue 16 16:30", "Tue 16 17:00"]);
        // What ends at 16:45 leaves the pause of 15 minutes before, and what begins at 18:00 the one after.
        Times(Given(mentor: "tue 10-13", pause: 15, mentors: [withPause])).ShouldBe(["Tue 9 16:00", "Tue 9 18:00", "Tue 16 16:00", "Tue 16 16:30", "Tue 16 17:00"]);
        Times(Given(mentor: "tue 10-13", pause: 30, mentors: [session with { Until = session.Until.AddMinutes(30) }])).ShouldBe(["Tue 16 16:00", "Tue 16 16:30", "Tue 16 17:00"]);
    }

    [Fact]
    public void Says_of_a_day_without_a_time_what_stands_in_the_way()
    {
        var days = Given(
            off: [new DaysOff(new DateOnly(2027, 3, 11), new DateOnly(2027, 3, 11))], mentees: [new Occupied(At(9, 16, 0), At(9, 19, 0))],
            booked: new() { [new DateOnly(2027, 3, 15)] = 5 }).Offer(noon, london).Days.ToDictionary(day => day.Day.Day, day => day.Stands);

        days.ShouldSatisfyAllConditions(
            () => days[5].ShouldBe(TimeStands.NotShared), () => days[8].ShouldBe(TimeStands.NotShared), () => days[9].ShouldBe(TimeStands.Taken),
            () => days[11].ShouldBe(TimeStands.DayOff), () => days[16].ShouldBe(TimeStands.WeekFull), () => days[18].ShouldBe(TimeStands.WeekFull));
        days.Count.ShouldBe(15);
    }

    [Fact]
    public void Counts_weeks_from_monday_on_the_mentors_clocks()
    {
        WallTime.MondayOf(new DateTime(2027, 3, 14, 23, 30, 0)).ShouldBe(new DateOnly(2027, 3, 8));
        WallTime.MondayOf(new DateTime(2027, 3, 15, 0, 0, 0)).ShouldBe(new DateOnly(2027, 3, 15));
        Times(Given(booked: new() { [new DateOnly(2027, 3, 8)] = 5 })).ShouldAllBe(time => time.StartsWith("Tue 16", StringComparison.Ordinal) || time.StartsWith("Thu 18", StringComparison.Ordinal));
    }

    [Fact]
    public void Offers_nothing_sooner_than_half_a_day_and_nothing_later_than_two_weeks()
    {
        var all = Given(mentee: "mon-sun 0-24", mentor: "mon-sun 0-24").Offer(noon, london).Days.SelectMany(day => day.Times).ToList();

        all[0].StartsAt.ShouldBe(noon.AddHours(12));
        all[^1].StartsAt.ShouldBe(noon.AddDays(14));
        // Every half hour, but for the hour that Chicago skips there is nothing to offer: its instants are those of the hour after.
        all.Count.ShouldBe((14 * 48) - 24 + 1);
        all.Select(time => time.StartsAt).ShouldBeUnique();
    }

    [Fact]
    public void Suggests_the_soonest_on_three_days_and_at_usual_hours_first()
    {
        string[] best(Timetable timetable) => [.. timetable.Offer(noon, london).Best.Select(time => $"{WallTime.Of(time.StartsAt, london):ddd d HH:mm}")];

        best(Given()).ShouldBe(["Tue 9 16:00", "Thu 11 16:00", "Tue 16 16:00"]);
        best(Given(mentor: "tue 10-13")).ShouldBe(["Tue 9 16:00", "Tue 9 16:30", "Tue 16 16:00"]);
        // At 3 in the morning in Chicago somebody may be free, and it is still suggested last.
        best(Given(mentee: "mon-sun 0-24", mentor: "sat-sun 3-5; mon-wed 9-10")).ShouldBe(["Mon 8 15:00", "Tue 9 15:00", "Wed 10 15:00"]);
        best(Given(mentee: "sat 8-20", mentor: "tue 8-20")).ShouldBeEmpty();
    }

    [Fact]
    public void Knows_the_first_of_two_equal_times_and_reads_a_skipped_one_by_the_clocks_of_before()
    {
        var twice = new DateTime(2027, 10, 31, 1, 30, 0);
        var skipped = new DateTime(2027, 3, 28, 1, 30, 0);

        WallTime.Instant(twice, london).ShouldBe(new DateTimeOffset(2027, 10, 31, 0, 30, 0, TimeSpan.Zero));
        (WallTime.Exists(twice, london), WallTime.ComesTwice(twice, london)).ShouldBe((true, true));
        WallTime.Instant(skipped, london).ShouldBe(new DateTimeOffset(2027, 3, 28, 1, 30, 0, TimeSpan.Zero));
        WallTime.Exists(skipped, london).ShouldBeFalse();
    }

    [Fact]
    public void Reads_every_wall_time_around_every_change_of_clocks_by_one_rule()
    {
        var compared = 0;
        foreach (var zone in TimeZoneInfo.GetSystemTimeZones().Where(zone => zone.HasIanaId && zone.Id.Contains('/')))
        {
            foreach (var change in ZoneRules.Changes(zone, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(2029, 1, 1, 0, 0, 0, DateTimeKind.Utc)))
            {
                for (var minutes = -180; minutes <= 180; minutes += 15)
                {
                    var local = DateTime.SpecifyKind(change + zone.GetUtcOffset(change.AddMinutes(-1)) + TimeSpan.FromMinutes(minutes), DateTimeKind.Unspecified);
                    WallTime.Instant(local, zone).ShouldBe(First(local, zone), $"{zone.Id} {local:O}");
                    compared++;
                }
            }
        }

        compared.ShouldBeGreaterThan(15_000);
    }

    /// <summary>RFC 5545, 3.3.5, from nothing but how UTC becomes wall time: the first instant that shows it, else as by the clocks of a day before.</summary>
    static DateTimeOffset First(DateTime local, TimeZoneInfo zone)
    {
        for (var minutes = -16 * 60; minutes <= 16 * 60; minutes += 15)
        {
            var at = DateTime.SpecifyKind(local, DateTimeKind.Utc).AddMinutes(minutes);
            if (at + zone.GetUtcOffset(at) == local) return new DateTimeOffset(at, TimeSpan.Zero);
        }

        return new DateTimeOffset(DateTime.SpecifyKind(local - zone.GetUtcOffset(DateTime.SpecifyKind(local, DateTimeKind.Utc).AddDays(-1)), DateTimeKind.Utc), TimeSpan.Zero);
    }

    static DateTimeOffset At(int day, int hour, int minute) => new(2027, 3, day, hour, minute, 0, TimeSpan.Zero);
}
