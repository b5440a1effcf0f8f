using System.Net;
using Guildhall.Modules.Enrollment;
using Guildhall.Tests.Mentorships;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Enrollment;

/// <summary>Who takes part says themselves when they are free, in which languages, and for how many.</summary>
public sealed class OwnPlaceTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Shows_what_stands_and_keeps_hours_finer_than_the_parts_that_are_left_alone()
    {
        var scene = await MentorshipScene.Given(product);
        var path = $"/mentor/hours/{scene.Program.Slug}";

        var page = await scene.Mentor.Page(path);
        var saved = await Save(scene.Mentor, path, [("Times", "mon-morning"), ("Times", "wed-evening"), ("TimeZone", "Europe/Lisbon"), ("Languages", "en"), ("Style", "1"), ("Contact", "1"), ("Places", "2")]);

        page.QuerySelectorAll("input[name=Times][checked]").Select(box => box.GetAttribute("value")).ShouldBe(["mon-morning"], "Monday 9 to 12 is a part of the morning");
        page.QuerySelectorAll("input[name=Languages][checked]").Select(box => box.GetAttribute("value")).ShouldBe(["en"]);
        page.QuerySelector("#Places")!.GetAttribute("value").ShouldBe("5");
        saved.Location.ShouldBe($"{path}?did=saved");
        var said = await Said(scene.MentorSeller, "as_mentor");
        said.ShouldBe("Europe/Lisbon 2 native Stated 9,10,11,65,66,67,68", "the morning that was left alone is 9 to 12 still, and the language as fluent as it was");
        (await scene.Mentor.Get("/mentor/settings")).Words.ShouldContain("7 free hours a week, English, 2 mentees at once.");
    }

    [Fact]
    public async Task Takes_a_break_with_one_tap_and_a_second_tap_of_a_slow_page_changes_nothing()
    {
        var scene = await MentorshipScene.Given(product);
        var path = $"/mentor/hours/{scene.Program.Slug}/open";

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => scene.Mentor.Post(path, ("IsOpen", "false"), ("to", "/mentor"))));
        var home = (await scene.Mentor.Get("/mentor")).Words;
        await scene.Mentor.Post(path, ("IsOpen", "true"), ("to", "https://example.org/"));

        answers.ShouldAllBe(answer => answer.Location == "/mentor");
        home.ShouldContain("You are on a break. Nobody new is suggested to you.");
        (await product.Database.ScalarAsync<bool>($"SELECT coalesce((as_mentor ->> 'isOpenToNew')::boolean, true) FROM enrollment.participant WHERE seller_id = '{scene.MentorSeller}'")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("Times", "", "Select at least 2 times when you are free.")]
    [InlineData("TimeZone", "Mars/Olympus", "Choose your time zone.")]
    [InlineData("Languages", "tlh", "Tick at least one language.")]
    [InlineData("Style", "7", "Choose where you start.")]
    public async Task Says_what_is_lacking_and_keeps_what_was_ticked(string field, string value, string message)
    {
        var scene = await MentorshipScene.Given(product);
        var path = $"/me/hours/{scene.Program.Slug}";
        (string, string)[] said = [("Times", "tue-morning"), ("Times", "thu-evening"), ("TimeZone", "Europe/London"), ("Languages", "en"), ("Style", "0"), ("Contact", "1")];

        var refused = await Save(scene.Mentee, path, [.. said.Where(one => one.Item1 != field), (field, value)]);

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Page.QuerySelectorAll(".errsum a").Select(link => link.TextContent).ShouldContain(message);
        if (field != "Times") refused.Page.QuerySelectorAll("input[name=Times][checked]").Select(box => box.GetAttribute("value")).ShouldBe(["tue-morning", "thu-evening"]);
        (await Said(scene.MenteeSeller, "as_mentee")).ShouldStartWith("Europe/London  native");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("51")]
    [InlineData("two")]
    public async Task Takes_no_number_of_places_that_nobody_can_keep(string places)
    {
        var scene = await MentorshipScene.Given(product);

        var refused = await Save(scene.Mentor, $"/mentor/hours/{scene.Program.Slug}", [("Times", "mon-morning"), ("TimeZone", "Europe/Lisbon"), ("Languages", "en"), ("Style", "1"), ("Contact", "1"), ("Places", places)]);

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Page.QuerySelector("#Places")!.GetAttribute("value").ShouldBe(places);
    }

    [Fact]
    public async Task Tells_the_second_of_two_windows_and_keeps_what_they_ticked()
    {
        var scene = await MentorshipScene.Given(product);
        var path = $"/me/hours/{scene.Program.Slug}";
        (string, string)[] said = [("Times", "tue-morning"), ("Times", "thu-evening"), ("TimeZone", "Europe/London"), ("Languages", "en"), ("Style", "0"), ("Contact", "1")];
        var seen = await Seen(scene.Mentee, path);

        var first = await scene.Mentee.Post(path, [.. said, ("seen", seen)]);
        var second = await scene.Mentee.Post(path, [.. said.Append(("Times", "sun-evening")), ("seen", seen)]);

        first.Location.ShouldBe($"{path}?did=saved");
        second.Status.ShouldBe(HttpStatusCode.Conflict);
        second.Page.QuerySelectorAll("input[name=Times][checked]").Select(box => box.GetAttribute("value")).ShouldBe(["tue-morning", "thu-evening", "sun-evening"]);
        (await scene.Mentee.Post(path, [.. said.Append(("Times", "sun-evening")), ("seen", second.Page.QuerySelector("input[name=seen]")!.GetAttribute("value")!)])).Location.ShouldBe($"{path}?did=saved");
    }

    [Fact]
    public async Task Is_open_to_who_takes_part_and_on_their_own_side()
    {
        var scene = await MentorshipScene.Given(product);
        var stranger = await MentorshipScene.Given(product, "Bo Lind", "Sol Vega");

        foreach (var (person, path) in new[] { (scene.Mentee, $"/mentor/hours/{scene.Program.Slug}"), (scene.Mentor, $"/me/hours/{scene.Program.Slug}"), (stranger.Mentor, $"/mentor/hours/{scene.Program.Slug}"), (scene.Mentor, "/mentor/hours/no-such-program") })
            (await person.Get(path)).Status.ShouldBe(HttpStatusCode.NotFound, path);
        (await stranger.Mentor.Post($"/mentor/hours/{scene.Program.Slug}/open", ("IsOpen", "false"))).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData(null, "mon-morning", "8,9,10,11")]
    [InlineData("9,10", "mon-morning", "9,10")]
    [InlineData("9,10,23", "", "23")]
    [InlineData("9,10", "mon-morning mon-evening", "9,10,17,18,19,20")]
    public void Changes_the_hours_of_parts_that_were_ticked_or_cleared_and_no_others(string? before, string ticked, string after)
    {
        var hours = before is null ? null : new string([.. Enumerable.Range(0, 168).Select(hour => before.Split(',').Contains($"{hour}") ? '1' : '0')]);

        Free(WeekParts.Changed(hours, ticked.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ShouldBe(after);
    }

    static string Free(string hours) => string.Join(',', hours.Index().Where(hour => hour.Item == '1').Select(hour => hour.Index));

    static async Task<Answer> Save(Browser browser, string path, (string Name, string Value)[] fields) => await browser.Post(path, [.. fields, ("seen", await Seen(browser, path))]);

    static async Task<string> Seen(Browser browser, string path) => (await browser.Page(path)).QuerySelector("input[name=seen]")!.GetAttribute("value")!;

    async Task<string> Said(Guid sellerId, string side)
    {
        var said = await product.Database.ScalarAsync<string>(
            $"SELECT concat_ws(' ', {side} ->> 'timeZone', coalesce({side} ->> 'capacity', ''), {side} -> 'languages' -> 0 ->> 'level', origin, {side} ->> 'weekHours') FROM enrollment.participant WHERE seller_id = '{sellerId}'");
        var words = said.Split(' ');
        return string.Join(' ', [.. words[..^1], Free(words[^1])]);
    }
}
