using System.Globalization;
using Guildhall.Platform;

namespace Guildhall.Tests.Platform;

/// <summary>When quiet hours are over, by the clocks of whoever has them.</summary>
public sealed class QuietHoursTests
{
    [Theory]
    [InlineData("21:00", "08:00", "Europe/London", "2026-11-24T20:59:59Z", null)]
    [InlineData("21:00", "08:00", "Europe/London", "2026-11-24T21:00:00Z", "2026-11-25T08:00:00Z")]
    [InlineData("21:00", "08:00", "Europe/London", "2026-11-25T07:59:59Z", "2026-11-25T08:00:00Z")]
    [InlineData("21:00", "08:00", "Europe/London", "2026-11-25T08:00:00Z", null)]
    [InlineData("12:00", "14:00", "Europe/London", "2026-11-24T12:30:00Z", "2026-11-24T14:00:00Z")]
    [InlineData("12:00", "14:00", "America/Chicago", "2026-11-24T12:30:00Z", null)]
    [InlineData("21:00", "08:00", "America/Chicago", "2026-11-25T04:00:00Z", "2026-11-25T14:00:00Z")]
    [InlineData("21:00", "08:00", "Asia/Kathmandu", "2026-11-24T20:00:00Z", "2026-11-25T02:15:00Z")]
    [InlineData("00:00", "00:00", "Europe/London", "2026-11-24T03:00:00Z", null)]
    [InlineData("08:00", "00:00", "Europe/London", "2026-11-24T23:59:00Z", "2026-11-25T00:00:00Z")]
    [InlineData("21:00", "08:00", "No/Where", "2026-11-24T23:00:00Z", null)]
    public void Are_over_at_the_end_that_both_agreed(string from, string to, string zone, string now, string? end) => End(from, to, zone, now).ShouldBe(end);

    // London's clocks go from 01:00 to 02:00 on 28 March 2027 and from 02:00 back to 01:00 on 31 October 2027.
    [Theory]
    [InlineData("21:00", "08:00", "2027-03-27T23:00:00Z", "2027-03-28T07:00:00Z")]
    [InlineData("21:00", "01:30", "2027-03-28T00:30:00Z", "2027-03-28T01:00:00Z")]
    [InlineData("01:15", "08:00", "2027-03-28T00:59:00Z", null)]
    [InlineData("01:15", "08:00", "2027-03-28T01:00:00Z", "2027-03-28T07:00:00Z")]
    [InlineData("21:00", "08:00", "2027-10-30T22:00:00Z", "2027-10-31T08:00:00Z")]
    [InlineData("21:00", "01:30", "2027-10-31T00:10:00Z", "2027-10-31T00:30:00Z")]
    [InlineData("21:00", "01:30", "2027-10-31T00:45:00Z", null)]
    [InlineData("21:00", "01:30", "2027-10-31T01:10:00Z", "2027-10-31T01:30:00Z")]
    public void Go_by_the_clocks_on_the_wall_when_they_are_changed(string from, string to, string now, string? end) => End(from, to, "Europe/London", now).ShouldBe(end);

    [Fact]
    public void Are_never_over_at_a_time_that_is_quiet_itself()
    {
        string[] zones = ["Europe/London", "America/Sao_Paulo", "Australia/Lord_Howe", "America/St_Johns", "Africa/Casablanca", "Asia/Tehran"];
        var asked = 0;
        foreach (var zone in zones)
            foreach (var (from, to) in new[] { ("21:00", "08:00"), ("22:30", "01:30"), ("01:10", "01:50"), ("00:30", "02:30"), ("09:00", "17:00") })
                for (var now = new DateTimeOffset(2027, 3, 1, 0, 7, 0, TimeSpan.Zero); now.Year == 2027; now = now.AddMinutes(97))
                {
                    if (new QuietHours(Time(from), Time(to), zone).EndAfter(now) is not { } end) continue;
                    asked++;
                    end.ShouldBeGreaterThan(now);
                    (end - now).ShouldBeLessThan(TimeSpan.FromHours(26));
                    new QuietHours(Time(from), Time(to), zone).EndAfter(end).ShouldBeNull($"{zone} {from}–{to} {now:O}");
                }

        asked.ShouldBeGreaterThan(10_000);
    }

    static string? End(string from, string to, string zone, string now) =>
        new QuietHours(Time(from), Time(to), zone).EndAfter(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture))?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    static TimeOnly Time(string text) => TimeOnly.Parse(text, CultureInfo.InvariantCulture);
}
