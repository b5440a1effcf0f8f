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
