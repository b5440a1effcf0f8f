using System.Net;
using Guildhall.Modules.Programs;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Programs;

/// <summary>The first meeting of a cohort.</summary>
public sealed class WelcomeSessionTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    static readonly (string Name, string Value)[] Form = [("WelcomeOn", "2027-01-05"), ("WelcomeAt", "17:30"), ("TimeZone", "America/Sao_Paulo"), ("LengthMinutes", "60"), ("JoinLink", "https://meet.example.com/a?b=c")];

    [Fact]
    public async Task Is_kept_as_the_wall_time_of_its_zone_and_told_as_an_instant()
    {
        var scene = await ProgramScene.GivenProgram(product);

        var saved = await Save(scene, Form);
        var facts = await Facts(scene);
        var shown = (await scene.Manager.Get($"/manage/{scene.Slug}/setup/publish")).Words;

        saved.Location.ShouldBe($"/manage/{scene.Slug}/setup/publish");
        facts.Welcome.ShouldBe(new WelcomeSession(new DateTime(2027, 1, 5, 17, 30, 0), "America/Sao_Paulo", 60, "https://meet.example.com/a?b=c"));
        facts.Welcome!.StartsAt.ShouldBe(new DateTimeOffset(2027, 1, 5, 20, 30, 0, TimeSpan.Zero));
        shown.ShouldContain("Tue 5 Jan 2027, 17:30, America/Sao Paulo, 60 minutes; with a join link");
        facts.Version.ShouldBe(1);
    }

    [Fact]
    public async Task Makes_no_version_of_the_rules_and_can_be_taken_out_again()
    {
        var scene = await ProgramScene.GivenProgram(product);
        await scene.Manager.Post($"/manage/{scene.Slug}/setup/publish", ("seen", await Seen(scene)));

        (await Save(scene, Form)).Location.ShouldNotBeNull();
        var planned = await Facts(scene);
        (await Save(scene, With(With(Form, "WelcomeOn", ""), "WelcomeAt", ""))).Location.ShouldNotBeNull();
        var taken = await Facts(scene);

        (planned.Version, planned.Welcome is not null, taken.Version, taken.Welcome).ShouldBe((1, true, 1, null));
    }

    [Theory]
    [InlineData("WelcomeOn", "", "Enter the day as year, month and day, such as 2027-01-04.")]
    [InlineData("WelcomeAt", "half past", "Enter the time as hours and minutes, such as 17:30.")]
    [InlineData("WelcomeOn", "2026-11-01", "Choose a time that is not over yet.")]
    [InlineData("WelcomeOn", "9999-12-31", "Choose a day from 1 Jan 2000 to 31 Dec 2100.")]
    [InlineData("TimeZone", "Mars/Base", "Choose a time zone from the list, such as America/New_York.")]
    [InlineData("LengthMinutes", "9", "Enter a length of 10 to 480 minutes.")]
    [InlineData("JoinLink", "http://meet.example.com", "Enter the join link as an address that begins with https://")]
    [InlineData("JoinLink", "javascript:alert(1)", "Enter the join link as an address that begins with https://")]
    [InlineData("JoinLink", "https://somebody:secret@meet.example.com", "Enter the join link as an address that begins with https://")]
    public async Task Is_refused_in_its_own_words_with_what_was_typed(string field, string value, string words)
    {
        var scene = await ProgramScene.GivenProgram(product);

        var refused = await Save(scene, With(Form, field, value));

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Words.ShouldContain(words);
        refused.Page.QuerySelector("#LengthMinutes")!.GetAttribute("value").ShouldBe(field == "LengthMinutes" ? value : "60");
        (await Facts(scene)).Welcome.ShouldBeNull();
    }

    [Fact]
    public void Knows_the_hour_that_is_skipped_and_takes_the_first_of_one_that_comes_twice()
    {
        var skipped = new WelcomeSession(new DateTime(2027, 3, 28, 2, 30, 0), "Europe/Berlin", 60, null);
        var twice = new WelcomeSession(new DateTime(2027, 10, 31, 2, 30, 0), "Europe/Berlin", 60, null);

        skipped.Problems(DateTimeOffset.UnixEpoch).Select(problem => problem.Code).ShouldBe(["welcome_skipped"]);
        twice.Problems(DateTimeOffset.UnixEpoch).ShouldBeEmpty();
        twice.StartsAt.ShouldBe(new DateTimeOffset(2027, 10, 31, 0, 30, 0, TimeSpan.Zero));
    }

    async Task<Answer> Save(ProgramScene scene, (string, string)[] fields) => await scene.Manager.Post($"/manage/{scene.Slug}/setup/welcome", [.. fields, ("seen", await Seen(scene))]);

    static async Task<string> Seen(ProgramScene scene) => (await scene.Manager.Page($"/manage/{scene.Slug}/setup/welcome")).QuerySelector("input[name=seen]")!.GetAttribute("value")!;

    static (string Name, string Value)[] With((string Name, string Value)[] fields, string name, string value) => Array.ConvertAll(fields, field => field.Name == name ? (name, value) : field);

    Task<ProgramFacts> Facts(ProgramScene scene) => product.Ask<ProgramLookup, ProgramFacts>(async programs => (await programs.BySlug(scene.Slug, TestContext.Current.CancellationToken))!);
}
