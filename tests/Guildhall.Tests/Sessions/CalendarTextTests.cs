using System.Text;
using Guildhall.Modules.Sessions;
using Guildhall.Platform;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Sessions;

/// <summary>What calendar programs of others make of our calendars: the same instants, and no property that somebody typed.</summary>
public sealed class CalendarTextTests
{
    static readonly Uri page = new("https://mentors.example/me/sessions/1");

    static CalendarEntry Entry(DateTimeOffset at, string zone, string title = "Session with Ruth Calloway", string agenda = "", int minutes = 45, string? link = null) =>
        new(Guid.CreateVersion7(at), 0, at.AddDays(-3), at, at.AddMinutes(minutes), zone, IsCancelled: false, title, agenda, link, page);

    static string Text(params IReadOnlyCollection<CalendarEntry> entries) => CalendarText.Folded(SessionCalendar.Feed(entries, "Mentoring sessions"));

    [Theory]
    [InlineData(11)]
    public async Task Says_the_same_instants_as_three_readers_around_changes_of_clocks(int seed)
    {
        var random = new Random(seed);
        List<TimeZoneInfo> zones = [.. TimeZoneInfo.GetSystemTimeZones().Where(zone => zone.HasIanaId && zone.Id.Contains('/') && !zone.Id.StartsWith("Etc/", StringComparison.Ordinal)).OrderBy(zone => zone.Id, StringComparer.Ordinal)];
        Dictionary<string, List<DateTime>> changes = zones.ToDictionary(zone => zone.Id, zone => ZoneRules.Changes(zone, new DateTime(2026, 2, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(2028, 12, 1, 0, 0, 0, DateTimeKind.Utc)).ToList());
        List<TimeZoneInfo> changing = [.. zones.Where(zone => changes[zone.Id].Count > 0)];
        List<CalendarEntry> entries = [];

        const int Series = 520, Weeks = 4;
        for (var series = 0; series < Series; series++)
        {
            var zone = series % 5 == 0 ? zones[random.Next(zones.Count)] : changing[random.Next(changing.Count)];
            var own = changes[zone.Id];
            // A weekly session that keeps its wall time; of every second one in the hours around the change itself, where times are skipped or come twice.
            var middle = own.Count > 0 ? own[random.Next(own.Count)] : new DateTime(2027, 6, 1, 0, 0, 0, DateTimeKind.Utc);
            var wall = DateTime.SpecifyKind(middle + zone.GetUtcOffset(middle.AddMinutes(-1)), DateTimeKind.Unspecified) + (series % 2 == 0 ? TimeSpan.FromMinutes(15 * random.Next(-12, 13)) : TimeSpan.FromMinutes(30 * random.Next(-96, 97)));
            for (var week = -Weeks / 2; week < Weeks / 2; week++) entries.Add(Entry(WallTime.Instant(wall.AddDays(7 * week), zone), zone.Id, minutes: 15 * random.Next(1, 9)));
        }

        var text = Text(entries);
        var readers = await Task.WhenAll(ForeignCalendars.IcalJs(text), ForeignCalendars.Icalendar(text), ForeignCalendars.IcalendarByOwnZones(text));

        var ours = entries.Select(entry => $"{entry.Id} {entry.StartsAt.ToUnixTimeMilliseconds()} {entry.EndsAt.ToUnixTimeMilliseconds()}").ToHashSet();
        foreach (var (reader, events) in new[] { "ical.js", "icalendar, zones by name", "icalendar, zones of the calendar" }.Zip(readers))
        {
            events.Count.ShouldBe(Series * Weeks, reader);
            events.Where(one => !ours.Contains($"{one.Uid} {one.From} {one.Until}")).Select(one => $"{one} {entries.Single(entry => entry.Id.ToString() == one.Uid)}").Take(5).ShouldBeEmpty($"{reader}, seed {seed}");
        }

        var inZones = text.Split("DTSTART;TZID").Length - 1;
        TestContext.Current.SendDiagnosticMessage($"{entries.Count} sessions of {Series} weekly series in {entries.Select(entry => entry.TimeZone).Distinct().Count()} zones, {inZones} of them by wall time, in three readers: 0 differences (seed {seed})");
        (inZones, entries.Count - inZones).ShouldSatisfyAllConditions(counts => counts.Item1.ShouldBeGreaterThan(1500), counts => counts.Item2.ShouldBeGreaterThan(10, "times that come twice"));
    }

    [Fact]
    public async Task Would_notice_an_hour()
    {
        var entry = Entry(new(2027, 3, 29, 15, 0, 0, TimeSpan.Zero), "Europe/London");
        var wrong = Text(entry).Replace("TZOFFSETTO:+0100", "TZOFFSETTO:+0000", StringComparison.Ordinal);

        (await ForeignCalendars.IcalJs(Text(entry)))[0].From.ShouldBe(entry.StartsAt.ToUnixTimeMilliseconds());
        (await ForeignCalendars.IcalJs(wrong))[0].From.ShouldNotBe(entry.StartsAt.ToUnixTimeMilliseconds());
    }

    public static TheoryData<string> Hostile => new(
        "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:planted", "x\nATTENDEE:mailto:eve@example.com", "x\rX-EVIL:1", "x\u2028X-EVIL:1\u2029X-EVIL:2\u0085X-EVIL:3\vX-EVIL:4\fX-EVIL:5", "x\0\u0007\u001b[31m red",
        "\\n\\N\\;\\,\\\\ back", "semi;colon,comma:colon\"quote", "END:VCALENDAR", "🧶 wool for 👩🏽‍🏭 and \ud83d half", new string('a', 1000), string.Concat(Enumerable.Repeat("äß🧵", 300)), "RTL \u202e gnp.exe", "=1+2", "<script>alert(1)</script>", " leading and trailing ");

    [Theory, MemberData(nameof(Hostile))]
    public async Task Lets_no_text_become_a_property(string hostile)
    {
        var at = new DateTimeOffset(2027, 3, 9, 16, 0, 0, TimeSpan.Zero);
        var entry = Entry(at, "Europe/London", hostile, $"{hostile}\n{hostile}", link: "https://meet.example.com/a;b,c?d=e");
        var text = Text(entry);
        var harmless = (await ForeignCalendars.IcalJs(Text(Entry(at, "Europe/London", "a", "b", link: "https://meet.example.com/"))))[0];

        foreach (var line in text.Split("\r\n")) Encoding.UTF8.GetByteCount(line).ShouldBeLessThanOrEqualTo(CalendarText.LineLimit);
        text.Replace("\r\n", "").ShouldNotContain('\n');
        text.Replace("\r\n", "").ShouldNotContain('\r');
        foreach (var (isExact, events) in new[] { (true, await ForeignCalendars.IcalJs(text)), (false, await ForeignCalendars.Icalendar(text)) })
        {
            var read = events.ShouldHaveSingleItem();
            read.Properties.ShouldBe(harmless.Properties);
            (read.Parts, read.From).ShouldBe((0, at.ToUnixTimeMilliseconds()));
            // icalendar 4 takes a backslash before an n for a line break even where the backslash is escaped.
            if (isExact || !hostile.Contains('\\', StringComparison.Ordinal)) read.Summary.Trim().ShouldBe(AsRead(hostile).Trim());
        }
    }

    /// <summary>The text with every kind of line break as one, and without what can't be seen.</summary>
    static string AsRead(string text) => string.Concat(text.Replace("\r\n", "\n", StringComparison.Ordinal).EnumerateRunes().Select(letter => letter.Value switch
    {
        '\n' or '\r' or 0x2028 or 0x2029 or 0x85 or 0x0B or 0x0C => "\n",
        < 0x20 or (>= 0x7F and < 0xA0) => " ",
        _ => letter.ToString(),
    }));

    [Fact]
    public void Folds_at_75_octets_and_never_inside_a_character()
    {
        var lines = CalendarText.Folded([$"SUMMARY:{new string('a', 67)}🧶b"]).Split("\r\n");

        lines.ShouldBe([$"SUMMARY:{new string('a', 67)}", " 🧶b", ""]);
        CalendarText.Folded(["A:" + new string('b', 73)]).ShouldBe("A:" + new string('b', 73) + "\r\n");
    }

    [Fact]
    public void Names_its_zones_and_describes_every_change_of_their_clocks()
    {
        var lines = SessionCalendar.Feed([Entry(new(2027, 3, 9, 16, 0, 0, TimeSpan.Zero), "America/Chicago")], "Mentoring sessions");

        lines.ShouldContain("DTSTART;TZID=America/Chicago:20270309T100000");
        lines.ShouldContain("TZID:America/Chicago");
        lines.ShouldContain("REFRESH-INTERVAL;VALUE=DURATION:PT1H");
        // Spring and autumn of 2026, 2027 and 2028, and what held before.
        lines.Count(line => line is "BEGIN:STANDARD" or "BEGIN:DAYLIGHT").ShouldBe(7);
        var at = lines.ToList().IndexOf("DTSTART:20270314T020000");
        lines.Skip(at - 1).Take(5).ShouldBe(["BEGIN:DAYLIGHT", "DTSTART:20270314T020000", "TZOFFSETFROM:-0600", "TZOFFSETTO:-0500", "END:DAYLIGHT"]);
    }

    [Fact]
    public void Says_a_time_that_comes_twice_in_utc()
    {
        var lines = SessionCalendar.Feed([Entry(new(2027, 10, 31, 0, 30, 0, TimeSpan.Zero), "Europe/London")], "Mentoring sessions");

        lines.ShouldContain("DTSTART:20271031T003000Z");
        lines.ShouldNotContain("BEGIN:VTIMEZONE");
    }
}
