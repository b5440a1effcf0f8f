using System.Net;
using Guildhall.Modules.Programs;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Programs;

/// <summary>A program from draft to archive.</summary>
public sealed class LifeCycleTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Goes_from_draft_to_the_archive_and_back_by_forms_that_say_what_they_mean()
    {
        var scene = await GivenOpenProgram();

        var open = await scene.Manager.Get(State(scene));
        (await Move(scene, LifeStep.Close)).Location.ShouldBe(State(scene));
        var closed = await scene.Manager.Get(State(scene));
        (await Move(scene, LifeStep.Archive)).Location.ShouldBe("/manage?archive=true");
        var archived = await scene.Manager.Get(State(scene));
        (await Move(scene, LifeStep.Restore)).Location.ShouldBe(State(scene));
        (await Move(scene, LifeStep.Reopen)).Location.ShouldBe(State(scene));

        (open.Heading, closed.Heading, archived.Heading).ShouldBe(("First 90 Days is open", "First 90 Days is closed", "First 90 Days is in the archive"));
        open.Words.ShouldContain("Applications close, and nobody new can be brought in.");
        open.Words.ShouldContain("Nobody is written to.");
        closed.Words.ShouldContain("sellers can apply until the end of Thu 31 Dec 2026");
        archived.Words.ShouldContain("Nothing of it is deleted.");
        (await Facts(scene)).State.ShouldBe(ProgramState.Open);
    }

    [Fact]
    public async Task Refuses_steps_that_do_not_follow_and_changes_nothing()
    {
        var scene = await GivenOpenProgram();

        var early = await Move(scene, LifeStep.Archive);
        var reopened = await Move(scene, LifeStep.Reopen);
        var odd = await scene.Manager.Post(State(scene), ("Step", "9"), ("seen", await Seen(scene)));
        await Move(scene, LifeStep.Close);
        await Move(scene, LifeStep.Archive);
        var changed = await scene.Manager.Post($"/manage/{scene.Slug}/setup/stages", ("LengthWeeks", "9"), ("TrialWeeks", "2"), ("TouchpointsAWeek", "1"), ("SessionMinutes", "45"), ("seen", await Seen(scene)));

        (early.Status, early.Words.Contains("Close this program before you put it in the archive. Nothing was changed.")).ShouldBe((HttpStatusCode.Conflict, true));
        (reopened.Status, reopened.Words.Contains("Only a program that is closed can be opened again.")).ShouldBe((HttpStatusCode.Conflict, true));
        odd.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (changed.Status, changed.Words.Contains("This program is in the archive, where nothing of it changes.")).ShouldBe((HttpStatusCode.Conflict, true));
        (await Facts(scene)).Design.Structure.LengthWeeks.ShouldBe(13);
    }

    [Fact]
    public async Task Hides_the_archive_from_lists_and_the_switcher_and_keeps_its_pages()
    {
        var scene = await GivenOpenProgram();
        await scene.GivenSellers("kept");
        await scene.BringIn("mentee", $"id,name\n{scene.Id("kept")},Kept Person\n");
        await Move(scene, LifeStep.Close);
        var closed = await scene.Manager.Get("/manage");
        await Move(scene, LifeStep.Archive);

        var list = await scene.Manager.Get("/manage");
        var archive = await scene.Manager.Get("/manage?archive=true");
        var people = await scene.Manager.Get(scene.People);

        closed.Text.ShouldContain($"/manage/{scene.Slug}\"");
        list.Text.ShouldNotContain($"/manage/{scene.Slug}\"");
        list.Page.QuerySelector("a[href='/manage?archive=true']").ShouldNotBeNull();
        archive.Page.QuerySelectorAll("tbody a").Select(link => link.GetAttribute("href")).ShouldContain($"/manage/{scene.Slug}/setup/state");
        people.Words.ShouldContain("Kept Person");
    }

    [Fact]
    public async Task Puts_a_draft_away_and_brings_it_back_as_a_draft()
    {
        var scene = await ProgramScene.GivenProgram(product);

        (await Move(scene, LifeStep.Archive)).Location.ShouldNotBeNull();
        var publish = await scene.Manager.Post($"/manage/{scene.Slug}/setup/publish", ("seen", await Seen(scene)));
        (await Move(scene, LifeStep.Restore)).Location.ShouldNotBeNull();

        publish.Status.ShouldBe(HttpStatusCode.Conflict);
        (await Facts(scene)).State.ShouldBe(ProgramState.Draft);
    }

    [Fact]
    public async Task Takes_a_closed_program_off_the_front_page()
    {
        var scene = await GivenOpenProgram();
        await scene.Manager.Post($"/manage/{scene.Slug}/setup/front-page", ("OnFrontPage", "true"), ("seen", await Seen(scene)));
        var before = await Shown(scene);

        await Move(scene, LifeStep.Close);

        (before, await Shown(scene)).ShouldBe((true, false));
    }

    [Fact]
    public async Task Takes_nobody_new_when_it_is_closed_and_still_corrects_who_is_in()
    {
        var scene = await GivenOpenProgram();
        await scene.GivenSellers("in", "out");
        await scene.BringIn("mentee", $"id\n{scene.Id("in")}\n");
        await Move(scene, LifeStep.Close);
        var before = await scene.Everybody();

        var refused = await scene.BringIn("mentee", $"id,name\n{scene.Id("in")},Ana\n{scene.Id("out")},Bo\n");
        var unchanged = await scene.Everybody();
        var corrected = await scene.BringIn("mentee", $"id,name\n{scene.Id("in")},Ana\n");

        (refused.Status, refused.Words.Contains("is closed and takes nobody new. Nothing was changed.")).ShouldBe((HttpStatusCode.Conflict, true));
        unchanged.ShouldBe(before);
        corrected.Location.ShouldEndWith("added=0&updated=1");
    }

    [Fact]
    public async Task Tells_the_second_of_two_who_close_it_at_once()
    {
        var scene = await GivenOpenProgram();
        var seen = await Seen(scene);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => scene.Manager.Post(State(scene), ("Step", "Close"), ("seen", seen))));

        answers.Count(answer => answer.Location is not null).ShouldBe(1);
        answers.Count(answer => answer.Status == HttpStatusCode.Conflict).ShouldBe(5);
    }

    /// <summary>A file that comes in while the program is being closed is in before that, or not at all.</summary>
    [Fact]
    public async Task Decides_between_a_closing_and_a_file_that_comes_in_at_once()
    {
        for (var round = 0; round < 5; round++)
        {
            var scene = await GivenOpenProgram();
            await scene.GivenSellers("late");
            var seen = await Seen(scene);

            var closing = scene.Manager.Post(State(scene), ("Step", "Close"), ("seen", seen));
            var joining = scene.BringIn("mentee", $"id\n{scene.Id("late")}\n");
            await Task.WhenAll(closing, joining);

            (await closing).Location.ShouldNotBeNull();
            var inside = await product.Database.ScalarAsync<long>($"SELECT count(*) FROM enrollment.participant p JOIN programs.program g ON g.id = p.program_id WHERE g.slug = '{scene.Slug}'");
            inside.ShouldBe((await joining).Location is null ? 0 : 1);
        }
    }

    [Theory]
    [InlineData("2026-12-30T12:00Z", ProgramState.Open, true)]
    [InlineData("2027-01-01T04:59Z", ProgramState.Open, true)]
    [InlineData("2027-01-01T05:00Z", ProgramState.Open, false)]
    [InlineData("2027-01-04T04:59Z", ProgramState.Open, false)]
    [InlineData("2027-01-04T05:00Z", ProgramState.Running, false)]
    public void Runs_from_its_first_day_and_takes_applications_to_the_end_of_their_last_where_the_marketplace_is(string now, ProgramState state, bool takes)
    {
        const string newYork = "America/New_York";
        var at = DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture);
        var program = Modules.Programs.Program.Draft(new NewProgramForm("A", "B", new(2027, 1, 4), new(2026, 12, 31)), Guildhall.Platform.Actor.Product, DateTimeOffset.UnixEpoch.AddYears(56)).Value;
        program.Publish();

        var stands = program.StateOn(ProgramDays.Today(newYork, at));
        var facts = new ProgramFacts(program.Id, "a", "A", "B", stands, program.StartsOn, null, 1, program.Current.Design, program.ApplicationsCloseOn, ProgramDays.EndOf(program.ApplicationsCloseOn, newYork), null);

        stands.ShouldBe(state);
        facts.TakesApplications(at).ShouldBe(takes);
        (facts with { FiguresAsOf = new DateOnly(2026, 1, 1) }).TakesApplications(at).ShouldBeFalse("a program about the past takes none");
        (facts with { State = ProgramState.Draft }).TakesApplications(at).ShouldBeFalse();
        (facts with { State = ProgramState.Closed }).TakesApplications(at).ShouldBeFalse();
    }

    async Task<ProgramScene> GivenOpenProgram()
    {
        var scene = await ProgramScene.GivenProgram(product);
        (await scene.Manager.Post($"/manage/{scene.Slug}/setup/publish", ("seen", await Seen(scene)))).Location.ShouldNotBeNull();
        return scene;
    }

    async Task<Answer> Move(ProgramScene scene, LifeStep step) => await scene.Manager.Post(State(scene), ("Step", step.ToString()), ("seen", await Seen(scene)));

    static async Task<string> Seen(ProgramScene scene) => (await scene.Manager.Page($"/manage/{scene.Slug}/setup/name")).QuerySelector("input[name=seen]")!.GetAttribute("value")!;

    static string State(ProgramScene scene) => $"/manage/{scene.Slug}/setup/state";

    Task<bool> Shown(ProgramScene scene) => product.Database.ScalarAsync<bool>($"SELECT is_on_front_page FROM programs.program WHERE slug = '{scene.Slug}'");

    Task<ProgramFacts> Facts(ProgramScene scene) => product.Ask<ProgramLookup, ProgramFacts>(async programs => (await programs.BySlug(scene.Slug, Stop))!);
}
