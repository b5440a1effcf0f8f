using System.Net;
using Guildhall.Matching;
using Guildhall.Modules.Pairing;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Pairing;

/// <summary>People of two programs: one mentor at a time, and a mentor's places once.</summary>
public sealed class TwoProgramsTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Gives_a_mentee_who_has_a_mentor_in_another_program_none_and_counts_that_mentors_places()
    {
        var first = await PairingScene.Given(product, mentees: 2, mentors: 1, places: 3);
        await first.GivenRun();
        (await first.Approve(1)).Location.ShouldNotBeNull();
        var second = await first.GivenThemInAnotherProgram(mentees: 2, mentors: 1, places: 3);
        await second.GivenMentees(3, 5);

        var run = await second.GivenRun();
        var (mentees, mentors) = ((await second.Manager.Get($"{second.Program.People}?side=mentee")).Words, (await second.Manager.Get($"{second.Program.People}?side=mentor")).Words);

        // One of three places is left, and two of five mentees have a mentor.
        run.Pairs.ShouldHaveSingleItem();
        run.Unmatched.Where(mentee => mentee.Rule == Rule.OneActiveMentor).Select(mentee => mentee.MenteeId).ShouldBe([first.Mentee(1), first.Mentee(2)]);
        mentees.Split("In another program").Length.ShouldBe(3);
        mentors.Split("In another program").Length.ShouldBe(2);
    }

    [Fact]
    public async Task Counts_a_mentee_who_has_a_mentor_in_another_program_apart_from_those_who_wait()
    {
        var first = await PairingScene.Given(product, mentees: 2, mentors: 1, places: 3);
        await first.GivenRun();
        await first.Approve(1);
        var second = await first.GivenThemInAnotherProgram(mentees: 2, mentors: 1, places: 3);
        await second.GivenMentees(3, 5);

        var before = await second.Manager.Page(second.Studio);
        await second.GivenRun();
        var draft = await second.Manager.Page(second.Studio);

        before.QuerySelector("main")!.TextContent.ShouldContain("3 mentees waiting, 2 more who have a mentor already, 1 mentor with 1 open place.");
        draft.QuerySelector("main")!.TextContent.ShouldContain("3 mentees waiting, 2 more who have a mentor already, 1 mentor with 1 open place.");
    }

    [Fact]
    public async Task Says_that_nobody_waits_where_all_have_a_mentor_and_offers_no_second_one()
    {
        var first = await PairingScene.Given(product, mentees: 2, mentors: 1, places: 3);
        await first.GivenRun();
        await first.Approve(1);
        var second = await first.GivenThemInAnotherProgram(mentees: 2, mentors: 1, places: 3);

        var refused = await second.Run();

        (refused.Status, refused.Words.Contains("Both mentees here have a mentor already, so nobody waits for one.")).ShouldBe((HttpStatusCode.UnprocessableEntity, true), refused.Words);
        refused.Page.QuerySelector("main form").ShouldBeNull();
        refused.Page.QuerySelector("a.gh-btn-1")!.TextContent.ShouldBe("Edit rules");
    }

    [Fact]
    public async Task Lists_mentees_with_whether_they_have_a_mentor()
    {
        var scene = await PairingScene.Given(product, mentees: 2, mentors: 1, places: 1);
        await scene.GivenRun();
        await scene.Approve(1);

        var people = await scene.Manager.Page($"{scene.Program.People}?side=mentee");

        people.QuerySelectorAll("thead th").Select(cell => cell.TextContent).ShouldBe(["Person", "Languages", "Free hours a week", "State"]);
        people.QuerySelectorAll("tbody td:last-child").Select(cell => cell.TextContent.Trim()).ShouldBe(["Has a mentor", "Waiting"], ignoreOrder: true);
    }

    [Fact]
    public async Task Lets_a_mentee_have_two_mentors_where_the_rule_is_off()
    {
        var first = await PairingScene.Given(product, mentees: 1, mentors: 1, places: 2);
        await first.GivenRun();
        await first.Approve(1);
        var second = await first.GivenThemInAnotherProgram(mentees: 1, mentors: 1, places: 2);
        await second.Steer(settings => settings with { Rules = [.. settings.Rules.Select(rule => rule.Rule == Rule.OneActiveMentor ? rule with { Strength = RuleStrength.Off } : rule)] });
        await second.GivenRun();

        (await second.Approve(1)).Location.ShouldNotBeNull();
        (await second.Approved()).ShouldBe(1);
    }

    [Fact]
    public async Task Refuses_a_mentee_who_was_approved_in_another_program_since_the_run()
    {
        var first = await PairingScene.Given(product, mentees: 1, mentors: 1, places: 2);
        var second = await first.GivenThemInAnotherProgram(mentees: 1, mentors: 1, places: 2);
        await first.GivenRun();
        await second.GivenRun();
        await first.Approve(1);

        var refused = await second.Approve(1);
        await first.Manager.Post($"{first.Studio}/1/undo");

        (refused.Status, refused.Words.Contains("Bo Lind was approved with a mentor in another program since this run was made. Nothing was approved.")).ShouldBe((HttpStatusCode.Conflict, true));
        (await second.Approve(1)).Location.ShouldNotBeNull();
    }

    [Fact]
    public async Task Lets_one_of_two_programs_have_a_person_when_both_approve_at_once()
    {
        for (var round = 0; round < 5; round++)
        {
            // The mentee is the same in even rounds, the one place in odd ones.
            var first = await PairingScene.Given(product, mentees: 2, mentors: 2, places: 1);
            var second = await first.GivenThemInAnotherProgram(mentees: 2, mentors: 2, places: 1);
            foreach (var scene in (PairingScene[])[first, second]) await scene.GivenRun();
            foreach (var (scene, mentee, mentor) in ((PairingScene, int, int)[])[(first, 1, 1), (second, round % 2 == 0 ? 1 : 2, round % 2 == 0 ? 2 : 1)])
            {
                (await scene.Keep(mentee, mentor)).Location.ShouldNotBeNull();
                await scene.GivenRun();
                await scene.Manager.Script($"{scene.Studio}/2/choose", ("ticked", StudioPairs.HtmlId(scene.Mentee(3 - mentee))));
            }

            var versions = (await first.Version(2), await second.Version(2));
            var answers = await Task.WhenAll(first.Manager.Post($"{first.Studio}/2/approve", ("version", versions.Item1)), second.Manager.Post($"{second.Studio}/2/approve", ("version", versions.Item2)));

            answers.Count(answer => answer.Location is not null).ShouldBe(1, string.Join(" | ", answers.Select(answer => answer.Words)));
            (await first.Approved() + await second.Approved()).ShouldBe(1);
        }
    }
}
