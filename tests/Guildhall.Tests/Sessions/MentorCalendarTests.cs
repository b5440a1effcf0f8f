using System.Net;
using Guildhall.Modules.Sessions;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Sessions;

/// <summary>What a mentor says of when they can be booked.</summary>
public sealed class MentorCalendarTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Shows_the_weekly_hours_and_where_they_are_changed()
    {
        var scene = await SessionScene.Given(product, mentorFree: "mon 9-12; mon 17-21; thu 8-9");

        var page = await scene.Mentor.Page("/mentor/calendar");

        page.QuerySelectorAll(".week-hours li").Select(day => day.TextContent).ShouldBe(["Monday 9 to 12 and 17 to 21", "Thursday 8 to 9"]);
        page.QuerySelector(".week-hours a")!.GetAttribute("href").ShouldBe($"/mentor/hours/{scene.Pair.Program.Slug}");
        page.Body!.TextContent.ShouldContain("By the clocks of Chicago.");
    }

    [Fact]
    public async Task Keeps_pause_limit_link_and_days_off()
    {
        var scene = await SessionScene.Given(product);
        var day = $"{scene.At(6):yyyy-MM-dd}";

        await scene.Mentor.Post("/mentor/calendar/limits", ("PauseMinutes", "15"), ("MostAWeek", "3"), ("JoinLink", "https://meet.example.com/ruth"));
        for (var tap = 0; tap < 2; tap++) (await scene.Mentor.Post("/mentor/calendar/days-off", ("From", day), ("To", ""))).Location.ShouldBe("/mentor/calendar?did=off");
        var page = await scene.Mentor.Page("/mentor/calendar");
        var id = page.QuerySelector("form.off input[name=id]")!.GetAttribute("value")!;

        page.QuerySelector("#PauseMinutes")!.GetAttribute("value").ShouldBe("15");
        page.QuerySelector("#MostAWeek")!.GetAttribute("value").ShouldBe("3");
        page.QuerySelector("#JoinLink")!.GetAttribute("value").ShouldBe("https://meet.example.com/ruth");
        page.QuerySelectorAll("form.off span:not(.visually-hidden)").Select(off => off.TextContent).ShouldBe([$"{scene.At(6):ddd d MMM}"]);
        // Nobody else's are removed.
        await scene.Mentee.Post("/mentor/calendar/days-off/remove", ("id", id));
        (await scene.Mentor.Page("/mentor/calendar")).QuerySelectorAll("form.off").Length.ShouldBe(1);
        await scene.Mentor.Post("/mentor/calendar/days-off/remove", ("id", id));
        (await scene.Mentor.Page("/mentor/calendar")).QuerySelectorAll("form.off").Length.ShouldBe(0);
    }

    [Fact]
    public async Task Tells_mentees_when_and_where_they_may_drop_in_and_books_nobody_then()
    {
        var scene = await SessionScene.Given(product);
        var at = scene.At(4);
        var clocks = TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById("America/Chicago"));
        (string, string)[] hour = [("DropInDay", $"{clocks.DayOfWeek}"), ("DropInFrom", $"{clocks:HH:mm}"), ("DropInMinutes", "60")];
        var book = $"/me/sessions/book?pair={scene.PairId}";

        var nowhere = await scene.Mentor.Post("/mentor/calendar/drop-in", hour);
        await scene.Mentor.Post("/mentor/calendar/limits", ("PauseMinutes", "0"), ("MostAWeek", "9"), ("JoinLink", "https://meet.example.com/ruth"));
        var saved = await scene.Mentor.Post("/mentor/calendar/drop-in", hour);
        var told = (await scene.Mentee.Page(book)).QuerySelector("[aria-labelledby=drop-h]")!;
        var taken = await scene.Book(at.AddMinutes(30));
        var calendar = await scene.Mentor.Page("/mentor/calendar");
        await scene.Mentor.Post("/mentor/calendar/days-off", ("From", $"{clocks:yyyy-MM-dd}"), ("To", ""));
        var away = (await scene.Mentee.Page(book)).QuerySelector("[aria-labelledby=drop-h]")!;
        await scene.Mentor.Post("/mentor/calendar/limits", ("PauseMinutes", "0"), ("MostAWeek", "9"), ("JoinLink", ""));
        var unknown = await scene.Mentee.Page(book);

        nowhere.Page.QuerySelector(".errsum")!.TextContent.ShouldContain("Save above where you usually meet first");
        saved.Location.ShouldBe("/mentor/calendar?did=drop-in");
        told.TextContent.ShouldContain($"Next: {at:ddd d MMM yyyy}, 15:00 to 16:00, your time (London).");
        told.QuerySelector("a")!.GetAttribute("href").ShouldBe("https://meet.example.com/ruth");
        taken.Status.ShouldBe(HttpStatusCode.Conflict);
        (calendar.QuerySelector("#DropInDay option[selected]")!.GetAttribute("value"), calendar.QuerySelector("#DropInFrom")!.GetAttribute("value")).ShouldBe(($"{clocks.DayOfWeek}", "09:00"));
        away.TextContent.ShouldContain($"Next: {at.AddDays(7):ddd d MMM yyyy}, 15:00");
        unknown.QuerySelector("[aria-labelledby=drop-h]").ShouldBeNull("where, nobody knows");
    }

    [Fact]
    public async Task Takes_a_drop_in_time_away_again_and_no_other_than_it_offers()
    {
        var scene = await SessionScene.Given(product);
        await scene.Mentor.Post("/mentor/calendar/limits", ("PauseMinutes", "0"), ("MostAWeek", "9"), ("JoinLink", "https://meet.example.com/ruth"));
        (string, string)[] good = [("DropInDay", "Tuesday"), ("DropInFrom", "16:00"), ("DropInMinutes", "60")];
        await scene.Mentor.Post("/mentor/calendar/drop-in", good);

        foreach (var (field, value) in new[] { ("DropInDay", "9"), ("DropInDay", "Someday"), ("DropInFrom", "25:00"), ("DropInFrom", ""), ("DropInMinutes", "7"), ("DropInMinutes", "-60") })
            (await scene.Mentor.Post("/mentor/calendar/drop-in", [.. good.Where(one => one.Item1 != field), (field, value)])).Page.QuerySelector(".errsum a")!.GetAttribute("href").ShouldBe($"#{field}");
        var kept = await scene.Mentor.Page("/mentor/calendar");
        await scene.Mentor.Post("/mentor/calendar/drop-in", ("DropInDay", ""), ("DropInFrom", "16:00"), ("DropInMinutes", "60"));

        kept.QuerySelector("#DropInDay option[selected]")!.GetAttribute("value").ShouldBe("Tuesday");
        (await scene.Mentor.Page("/mentor/calendar")).QuerySelector("#DropInDay option[selected]")!.GetAttribute("value").ShouldBe("");
    }

    [Fact]
    public void Drops_in_by_the_mentors_clocks_through_their_changes()
    {
        var (zone, sunday) = (TimeZoneInfo.FindSystemTimeZoneById("America/Chicago"), DropIn.Of(DayOfWeek.Sunday, new(2, 30), 30));

        // On 14 March 2027 the clocks skip this time; before it stands six hours behind, after it five.
        sunday.Ahead(new(2027, 3, 6, 0, 0, 0, TimeSpan.Zero), 21, zone, []).Select(one => one.From.UtcDateTime).ShouldBe([new(2027, 3, 7, 8, 30, 0), new(2027, 3, 21, 7, 30, 0)]);
        (sunday.Day, sunday.From, sunday.MinuteOfWeek).ShouldBe((DayOfWeek.Sunday, new TimeOnly(2, 30), (6 * 24 * 60) + 150));
        // One that runs still counts.
        DropIn.Of(DayOfWeek.Monday, new(10, 0), 60).Ahead(new(2027, 1, 4, 16, 30, 0, TimeSpan.Zero), 1, zone, []).Count().ShouldBe(1);
    }

    [Theory]
    [InlineData("limits", "PauseMinutes", "121", "Enter a pause of 0 to 120 minutes.")]
    [InlineData("limits", "PauseMinutes", "a lot", "Enter the pause as a whole number, in digits.")]
    [InlineData("limits", "MostAWeek", "0", "Enter between 1 and 40 sessions a week. To meet nobody for a while, enter days off.")]
    [InlineData("days-off", "From", "2026-11-01", "Choose a first day that is not over.")]
    [InlineData("days-off", "To", "2026-11-30", "Choose a last day that is not before the first.")]
    [InlineData("days-off", "To", "2029-01-01", "Choose a last day within a year of the first.")]
    public async Task Says_what_can_not_be_kept(string form, string field, string value, string message)
    {
        var scene = await SessionScene.Given(product);
        (string, string)[] good = form == "limits" ? [("PauseMinutes", "0"), ("MostAWeek", "5"), ("JoinLink", "")] : [("From", "2026-12-20"), ("To", "2026-12-24")];

        var refused = await scene.Mentor.Post($"/mentor/calendar/{form}", [.. good.Where(one => one.Item1 != field), (field, value)]);

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Page.QuerySelectorAll(".errsum a").Select(link => link.TextContent).ShouldBe([message]);
    }

    [Fact]
    public void Puts_a_week_of_hours_into_words()
    {
        MentorCalendarPages.DaysOf(null).ShouldBeEmpty();
        MentorCalendarPages.DaysOf(new string('0', 168)).ShouldBeEmpty();
        MentorCalendarPages.DaysOf(Guildhall.Matching.WeekGrid.Parse("sun 0-24")).ShouldBe(["Sunday 0 to 24"]);
    }
}
