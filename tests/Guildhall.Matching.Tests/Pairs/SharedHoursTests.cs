using static Guildhall.Matching.Tests.Pairs.People;

namespace Guildhall.Matching.Tests.Pairs;

public class SharedHoursTests
{
    // New York leaves daylight time on 1 November 2026, London on 25 October: for one week they are an hour closer.
    static readonly DateOnly October = new(2026, 10, 12);

    [Theory]
    [InlineData(2, 3, 3)]
    [InlineData(3, 2, 3)]
    [InlineData(6, 2, 3)]
    public void A_clock_change_inside_the_program_counts_by_its_leanest_week(int weeks, double fewest, double most)
    {
        var hours = Shared("America/New_York", "mon 9-12", "Europe/London", "mon 14-17", October, weeks);

        ((double)hours.Fewest(0, 0)).ShouldBe(fewest);
        hours.Most(0, 0).ShouldBe(most);
    }

    [Theory]
    [InlineData("mon-fri 9-10", "mon,tue,wed,thu,fri 9-10")]
    [InlineData("sat-mon,wed 9-10", "sat 9-10;sun,mon,wed 9-10")]
    [InlineData("tue-tue 9-10", "tue 9-10")]
    public void Days_can_be_said_from_one_to_another(string spans, string each) => WeekGrid.Parse(spans).ShouldBe(WeekGrid.Parse(each));

    [Theory]
    [InlineData("mon- 9-10")]
    [InlineData("mon-tue-wed 9-10")]
    [InlineData("mon-someday 9-10")]
    public void Days_that_cannot_be_read_are_refused(string spans) => Should.Throw<FormatException>(() => WeekGrid.Parse(spans)).Message.ShouldContain("mon-fri 18-20");

    [Fact]
    public void The_leanest_week_is_cautioned()
    {
        var settings = Defaults with { ProgramStart = October, ProgramWeeks = 6 };
        var mentee = Mentee() with { TimeZone = "America/New_York", WeekHours = WeekGrid.Parse("mon 9-13") };
        var mentor = Mentor() with { TimeZone = "Europe/London", WeekHours = WeekGrid.Parse("mon 14-18"), Languages = [new("en", LanguageLevel.Native)] };

        var caution = Prepared(mentee with { Languages = mentor.Languages }, mentor, settings).Run(TestContext.Current.CancellationToken).Pairs[0].Score.Caution!;

        caution.Kind.ShouldBe(CautionKind.RuleNotKnown, "the trade is not known, which comes first");
        var known = Prepared(mentee with { Languages = mentor.Languages, Categories = [new("a", 1)] }, mentor with { Categories = [new("b", 1)] }, settings);
        caution = known.Run(TestContext.Current.CancellationToken).Pairs[0].Score.Caution!;
        MatchWording.Sentence(caution, settings, "Ana", "Ruth").ShouldBe("A clock change takes shared hours from 4 to 3 a week.");
    }

    [Fact]
    public void Half_hour_zones_share_half_hours()
    {
        var hours = Shared("Asia/Kolkata", "mon 10-12", "UTC", "mon 5-7", October, 1);

        hours.Fewest(0, 0).ShouldBe(1.5f);
        hours.Most(0, 0).ShouldBe(1.5);
        hours.Days(0, 0, "Asia/Kolkata").ShouldBe(["monday"]);
    }

    // Lord Howe Island is 11 hours ahead until 4 April 2027, 2 in the morning, and 10 and a half from then on.
    [Theory]
    [InlineData("2027-03-29", 1)]
    [InlineData("2027-03-22", 2)]
    [InlineData("2027-03-22", 4)]
    public void A_clock_change_of_half_an_hour_counts_in_half_hours(string start, int weeks)
    {
        var hours = Shared("Australia/Lord_Howe", "sun 12-14", "UTC", "sun 1-3", DateOnly.Parse(start), weeks);

        hours.Fewest(0, 0).ShouldBe(1.5f);
        hours.Most(0, 0).ShouldBe(weeks == 1 ? 1.5 : 2);
    }

    [Fact]
    public void A_week_wraps_around_the_date_line() =>
        Shared("Pacific/Auckland", "mon 8-10", "Pacific/Honolulu", "sun 9-11", October, 1).Fewest(0, 0).ShouldBe(2);

    [Fact]
    public void The_start_of_the_program_may_be_any_day_of_the_week()
    {
        for (var day = 0; day < 7; day++)
            Shared("America/Sao_Paulo", "wed 9-12;sun 20-24", "America/Sao_Paulo", "wed 10-13;sun 22-24", October.AddDays(day), 4).Fewest(0, 0).ShouldBe(4);
    }

    [Fact]
    public void Neither_grid_nor_zone_alone_says_when_somebody_is_free()
    {
        var people = new SharedHours([Mentee() with { TimeZone = "UTC" }], [Mentor() with { TimeZone = "UTC", WeekHours = WeekGrid.Parse("mon 5-7") }], October, 1);

        people.AreKnown(0, 0).ShouldBeFalse();
        float.IsNaN(people.Fewest(0, 0)).ShouldBeTrue();
    }

    [Fact]
    public void The_days_are_named_in_the_mentees_time()
    {
        var hours = Shared("Pacific/Auckland", "tue 8-10;thu 8-12;sat 8-9", "UTC", "mon,tue,wed,thu,fri,sat,sun 0-24", October, 1);

        hours.Days(0, 0, "Pacific/Auckland").ShouldBe(["tuesday", "thursday", "saturday"]);
    }

    [Fact]
    public void The_days_are_those_of_the_two_asked_about()
    {
        MenteeProfile[] mentees = [Free(Mentee("e1"), ""), Free(Mentee("e2"), "mon-sun 9-11"), Free(Mentee("e3"), "wed 9-11")];
        MentorProfile[] mentors = [Free(Mentor("r1"), ""), Free(Mentor("r2"), "mon 9-10"), Free(Mentor("r3"), "mon-sun 10-12")];
        var hours = new SharedHours(mentees, mentors, October, 1);

        hours.Days(1, 2, "UTC").ShouldBe(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]);
        hours.Days(1, 1, "UTC").ShouldBe(["monday"]);
        hours.Days(2, 2, "UTC").ShouldBe(["wednesday"]);
        hours.Days(2, 1, "UTC").ShouldBeEmpty();
        (hours.Fewest(1, 2), hours.Fewest(1, 1), hours.Fewest(2, 2), hours.Fewest(2, 1), hours.Fewest(0, 2)).ShouldBe((7, 1, 1, 0, 0));

        static T Free<T>(T person, string spans) where T : Participant => person with { TimeZone = "UTC", WeekHours = WeekGrid.Parse(spans) };
    }

    [Theory]
    [InlineData("mon 9-12; tue,thu 18-20", 7)]
    [InlineData("sat 0-24", 24)]
    [InlineData(" mon  9-12 ;; tue 18-20; ", 5)]
    [InlineData("mon,tue,wed,thu,fri,sat,sun 23-24", 7)]
    [InlineData("", 0)]
    public void A_grid_is_read_from_words(string spans, int free)
    {
        var grid = WeekGrid.Parse(spans);

        WeekGrid.IsGrid(grid).ShouldBeTrue();
        grid.Count(c => c == '1').ShouldBe(free);
    }

    [Fact]
    public void A_grid_begins_on_monday_at_midnight()
    {
        WeekGrid.Parse("mon 0-1").IndexOf('1').ShouldBe(0);
        WeekGrid.Parse("sun 23-24").IndexOf('1').ShouldBe(167);
        Should.Throw<ArgumentNullException>(() => WeekGrid.Parse(null!)).ParamName.ShouldBe("spans");
    }

    [Theory]
    [InlineData("monday 9-12")]
    [InlineData("mon 12-9")]
    [InlineData("mon 9-25")]
    [InlineData("mon 9-9")]
    [InlineData("mon")]
    [InlineData("mon 9:30-12")]
    public void Spans_that_say_nothing_clear_are_refused(string spans) => Should.Throw<FormatException>(() => WeekGrid.Parse(spans));

    [Theory]
    [InlineData("Europe/Lisbon", "Australia/Sydney", "America/New_York", "America/Sao_Paulo")]
    [InlineData("Europe/Lisbon", "Australia/Lord_Howe", "Asia/Kolkata", "America/Sao_Paulo")]
    public void A_row_of_mentors_shares_what_each_shares_by_themselves(params string[] zones)
    {
        // Lisbon goes back an hour on 25 October and Sydney ahead on 4 October: their sum is the same before and after, their difference isn't.
        var chance = new Random(7);
        var mentees = zones.Select((zone, n) => Free(Mentee($"e{n}"), zone)).Append(Mentee("unknown")).ToArray();
        var mentors = Enumerable.Range(0, 30).Select(n => Free(Mentor($"r{n}"), zones[n % zones.Length])).Append(Mentor("unknown")).ToArray();
        var hours = new SharedHours(mentees, mentors, Autumn, 10);
        var (row, room) = (new float[mentors.Length], new int[mentors.Length]);

        for (var i = 0; i < mentees.Length; i++)
        {
            hours.Fewest(i, row, room);
            row.ShouldBe(Enumerable.Range(0, mentors.Length).Select(j => hours.Fewest(i, j)), $"mentee {i}");
        }

        T Free<T>(T person, string zone) where T : Participant =>
            person with { TimeZone = zone, WeekHours = new string([.. Enumerable.Range(0, WeekGrid.Hours).Select(_ => chance.Next(2) == 0 ? '0' : '1')]) };
    }

    static SharedHours Shared(string menteeZone, string menteeHours, string mentorZone, string mentorHours, DateOnly start, int weeks) => new(
        [Mentee() with { TimeZone = menteeZone, WeekHours = WeekGrid.Parse(menteeHours) }],
        [Mentor() with { TimeZone = mentorZone, WeekHours = WeekGrid.Parse(mentorHours) }],
        start,
        weeks);
}
