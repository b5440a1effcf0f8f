using System.Net;
using Guildhall.Matching;
using Guildhall.Modules.Pairing;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Pairing;

/// <summary>Approving a run: once, of those who are still there, within the places that are left, and back for ten minutes.</summary>
public sealed class ApproveRunTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Stores_the_pairs_of_twenty_approvals_at_once_once()
    {
        var scene = await PairingScene.Given(product, mentees: 4, mentors: 2, places: 2);
        await scene.GivenRun();
        var version = await scene.Version(1);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => scene.Manager.Post($"{scene.Studio}/1/approve", ("version", version))));

        answers.Count(answer => answer.Location == $"{scene.Studio}/1?did=approved").ShouldBe(1);
        answers.Count(answer => answer.Status == HttpStatusCode.Conflict).ShouldBe(19, string.Join(" | ", answers.Select(answer => $"{(int)answer.Status} {answer.Location}").Order()));
        answers.Count(answer => answer.Words.Contains("This run is already approved. Its pairs are stored, and nothing was done twice.")).ShouldBe(19);
        (await scene.Approved()).ShouldBe(4);
    }

    [Fact]
    public async Task Tells_the_second_of_two_approvers_that_it_is_already_approved()
    {
        // Every place is taken by the first: who counted places before knowing of the approval would speak of those.
        var scene = await PairingScene.Given(product, mentees: 2, mentors: 1, places: 2);
        using var other = await product.AnotherManager("Omar Haddad", "omar@example.com");
        await scene.GivenRun();
        for (var round = 0; round < 25; round++)
        {
            var version = await scene.Version(1);

            var answers = await Task.WhenAll(scene.Manager.Post($"{scene.Studio}/1/approve", ("version", version)), other.Post($"{scene.Studio}/1/approve", ("version", version)));

            var second = answers.Where(answer => answer.Location is null).ShouldHaveSingleItem();
            second.Words.ShouldContain("This run is already approved.", customMessage: $"round {round}");
            (await scene.Approved()).ShouldBe(2);
            (await scene.Manager.Post($"{scene.Studio}/1/undo")).Location.ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task Counts_who_still_waits_after_an_approval()
    {
        var scene = await PairingScene.Given(product, mentees: 5, mentors: 2, places: 2);
        await scene.GivenRun();

        var draft = (await scene.Manager.Get($"{scene.Studio}/1")).Words;
        await scene.Approve(1);
        var approved = (await scene.Manager.Get($"{scene.Studio}/1")).Words;
        await scene.GivenRunWithMorePlaces();
        var older = (await scene.Manager.Get($"{scene.Studio}/1")).Words;

        draft.ShouldContain("5 mentees waiting, 2 mentors with 4 open places.");
        approved.ShouldContain("1 mentee still waiting, 2 mentors with 0 open places.");
        older.ShouldContain("5 mentees at the time, 2 mentors with 4 open places.");
    }

    [Fact]
    public async Task Says_of_the_next_run_who_was_approved_and_not_that_they_moved_or_were_released()
    {
        var scene = await PairingScene.Given(product, mentees: 5, mentors: 2, places: 2);
        await scene.GivenRun();
        await scene.Keep(1, 1);
        await scene.GivenRun();
        await scene.Approve(2);

        await scene.GivenRunWithMorePlaces();

        var next = (await scene.Manager.Get($"{scene.Studio}/3")).Words;
        next.ShouldContain("4 mentees of run 2 are not in run 3: approved since, or no longer in the program.");
        next.ShouldNotContain("was released");
        var history = (await scene.Manager.Get($"{scene.Studio}/runs")).Words;
        history.ShouldContain("1 mentee instead of 5; 3 mentors instead of 2");
        history.ShouldNotContain("was released");
    }

    [Fact]
    public async Task Offers_no_approval_of_a_run_that_is_approved_or_no_longer_the_newest()
    {
        var scene = await PairingScene.Given(product, mentees: 2, mentors: 2, places: 4);
        await scene.GivenRun();
        await scene.GivenRun();
        var open = await scene.Manager.Page($"{scene.Studio}/2/send");
        await scene.Approve(2);

        var (older, approved) = (await scene.Manager.Page($"{scene.Studio}/1/send"), await scene.Manager.Page($"{scene.Studio}/2/send"));

        open.QuerySelector("form[action$='/2/approve'] button")!.TextContent.ShouldBe("Approve 2 pairs");
        foreach (var (page, title, why, label, href) in ((AngleSharp.Dom.IDocument, string, string, string, string)[])
        [
            (older, "Run 1 is no longer the newest", "Run 2 is, and only the newest can be approved. To go back to this one, use its settings again under All runs.", "See run 2", scene.Studio),
            (approved, "2 pairs are approved already", "by Dana Reyes. Nobody has been told yet: mentors are asked today at", "See run 2", $"{scene.Studio}/2"),
        ])
        {
            page.QuerySelector("main form").ShouldBeNull();
            page.QuerySelector("h1")!.TextContent.ShouldBe(title);
            page.QuerySelector("main")!.TextContent.ShouldContain(why);
            page.QuerySelectorAll("a.gh-btn-1").ShouldHaveSingleItem().ShouldSatisfyAllConditions(link => link.TextContent.ShouldBe(label), link => link.GetAttribute("href").ShouldBe(href));
        }
    }

    [Fact]
    public async Task Keeps_a_tick_at_once_and_says_so()
    {
        var scene = await PairingScene.Given(product, mentees: 3, mentors: 1, places: 3);
        await scene.GivenRun();
        var boxes = (await scene.Manager.Page($"{scene.Studio}/1")).QuerySelectorAll("input[name=include]").Select(box => box.GetAttribute("value")!).ToList();

        var kept = await scene.Manager.Script($"{scene.Studio}/1/choose", [.. boxes.Select(box => ("ticked", box)), .. boxes.Skip(1).Select(box => ("include", box))]);
        var again = await scene.Manager.Page($"{scene.Studio}/1");
        await scene.Approve(1);
        var tooLate = await scene.Manager.Script($"{scene.Studio}/1/choose", ("ticked", boxes[0]), ("include", boxes[0]));

        kept.Words.ShouldBe("Saved: 2 of 3 pairs ticked.2 pairs");
        again.QuerySelectorAll("input[name=include]").Select(box => box.HasAttribute("checked")).ShouldBe([false, true, true]);
        again.QuerySelector("#included")!.TextContent.ShouldBe("2 pairs");
        (await scene.Approved()).ShouldBe(2);
        (tooLate.Status, tooLate.Words).ShouldBe((HttpStatusCode.Conflict, "This run is already approved. Undo that first to choose other pairs."));
    }

    [Fact]
    public async Task Keeps_all_of_several_ticks_at_once()
    {
        var scene = await PairingScene.Given(product, mentees: 6, mentors: 1, places: 6);
        await scene.GivenRun();

        var answers = await Task.WhenAll(Enumerable.Range(1, 6).Select(mentee => scene.Manager.Script($"{scene.Studio}/1/choose", ("ticked", StudioPairs.HtmlId(scene.Mentee(mentee))))));

        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.OK);
        (await scene.Manager.Get($"{scene.Studio}/1/send")).Words.ShouldContain("6 left out");
    }

    [Fact]
    public async Task Keeps_the_ticks_of_two_managers_who_look_at_the_same_list()
    {
        var scene = await PairingScene.Given(product, mentees: 4, mentors: 1, places: 4);
        await scene.GivenRun();
        using var other = await product.AnotherManager("Ines Roth", "ines@example.com");
        var (mine, theirs) = (await scene.Manager.Page($"{scene.Studio}/1"), await other.Page($"{scene.Studio}/1"));

        var first = await scene.Manager.Script($"{scene.Studio}/1/choose", Sent(mine, without: [1]));
        var second = await other.Script($"{scene.Studio}/1/choose", Sent(theirs, without: [2]));
        var sent = await other.Post($"{scene.Studio}/1/send", Sent(theirs, without: [2, 3]));

        first.Words.ShouldStartWith("Saved: 3 of 4 pairs ticked.");
        second.Words.ShouldStartWith("Saved: 2 of 4 pairs ticked.");
        (await other.Page(sent.Location.ShouldNotBeNull(sent.Words))).QuerySelector("h1")!.TextContent.ShouldBe("Last look at 1 pair");
        first.Page.QuerySelectorAll("[hx-swap-oob][name=unticked]").ShouldHaveSingleItem().GetAttribute("value").ShouldBe(StudioPairs.HtmlId(scene.Mentee(1)));

        // What a browser would send of the list, with some boxes unticked.
        (string, string)[] Sent(AngleSharp.Dom.IDocument page, int[] without) => [.. page.QuerySelectorAll("input[form=weights]")
            .Where(box => box.GetAttribute("type") == "hidden" || box.HasAttribute("checked") && !without.Any(mentee => box.GetAttribute("value") == StudioPairs.HtmlId(scene.Mentee(mentee))))
            .Select(box => (box.GetAttribute("name")!, box.GetAttribute("value")!))];
    }

    [Fact]
    public async Task Takes_matched_mentees_and_their_mentors_places_out_of_the_next_run()
    {
        var scene = await PairingScene.Given(product, mentees: 3, mentors: 2, places: 1);
        var first = await scene.GivenRun();
        await scene.Keep(1, 1);
        await scene.GivenRun();
        (await scene.Approve(2)).Location.ShouldNotBeNull();
        await scene.Program.GivenSellers("mentor-3");
        await scene.Program.BringIn("mentor", $"id,capacity,languages,time_zone,week_hours\n{scene.Mentor(3)},1,en:native,Europe/Lisbon,mon 9-12\n");

        var next = await scene.GivenRun();

        first.Pairs.Count.ShouldBe(2);
        next.Summary.Mentees.ShouldBe(1);
        next.Pairs.ShouldHaveSingleItem().MentorId.ShouldBe(scene.Mentor(3), "the other mentors have no place left, and the pin of a matched mentee stands in nobody's way");
    }

    [Fact]
    public async Task Refuses_pairs_of_a_mentor_who_has_fewer_places_now()
    {
        var scene = await PairingScene.Given(product, mentees: 2, mentors: 1, places: 2);
        await scene.GivenRun();
        (await scene.Program.BringIn("mentor", $"id,capacity\n{scene.Mentor(1)},1\n")).Location.ShouldNotBeNull();

        var refused = await scene.Approve(1);

        (refused.Status, refused.Words.Contains("Some of these mentors have fewer places now than when this run was made. Nothing was approved.")).ShouldBe((HttpStatusCode.Conflict, true));
        (await scene.Approved()).ShouldBe(0);
    }

    [Fact]
    public async Task Lets_one_of_two_runs_for_one_place_through_when_both_are_approved_at_once()
    {
        for (var round = 0; round < 3; round++)
        {
            var scene = await PairingScene.Given(product, mentees: 2, mentors: 1, places: 1);
            var first = (await scene.GivenRun()).Pairs.Single().MenteeId;
            await scene.Keep(first == scene.Mentee(1) ? 2 : 1, 1);
            await scene.GivenRun();
            var versions = (await scene.Version(1), await scene.Version(2));

            var answers = await Task.WhenAll(scene.Manager.Post($"{scene.Studio}/1/approve", ("version", versions.Item1)), scene.Manager.Post($"{scene.Studio}/2/approve", ("version", versions.Item2)));

            answers.Count(answer => answer.Location is not null).ShouldBe(1);
            (await scene.Approved()).ShouldBe(1);
        }
    }

    [Fact]
    public async Task Refuses_a_run_that_a_newer_one_replaced()
    {
        var scene = await PairingScene.Given(product, mentees: 2, mentors: 2, places: 4);
        await scene.GivenRun();
        await scene.GivenRun();

        var older = await scene.Approve(1);
        var newer = await scene.Approve(2);

        (older.Status, older.Words.Contains("There is a newer run of this program. Nothing was approved.")).ShouldBe((HttpStatusCode.Conflict, true));
        newer.Location.ShouldNotBeNull();
        (await scene.Approved()).ShouldBe(2);
    }

    [Fact]
    public async Task Refuses_when_somebody_left_since()
    {
        var scene = await PairingScene.Given(product, mentees: 2, mentors: 1, places: 2);
        await scene.GivenRun();
        var version = await scene.Version(1);
        var person = (await scene.Manager.Page($"{scene.Program.People}?side=mentee")).QuerySelector("tbody tr a")!.GetAttribute("href")!;
        var seen = (await scene.Manager.Page(person)).QuerySelector("input[name=seen]")!.GetAttribute("value")!;
        (await scene.Manager.Post($"{person}/remove", ("seen", seen))).Location.ShouldNotBeNull();

        var lastLook = await scene.Manager.Get($"{scene.Studio}/1/send");
        var refused = await scene.Manager.Post($"{scene.Studio}/1/approve", ("version", version));

        lastLook.Heading.ShouldBe("Run again first");
        lastLook.Words.ShouldContain("left the program since this run was made, so nobody can be approved from it. Nobody was told.");
        lastLook.Page.QuerySelectorAll("main form[action$=approve]").ShouldBeEmpty();
        (refused.Status, refused.Words.Contains("Somebody in this run has left the program since. Nothing was approved.")).ShouldBe((HttpStatusCode.Conflict, true));
        (await scene.Approved()).ShouldBe(0);
    }

    [Theory]
    [InlineData("mentee", "mentor")]
    [InlineData("mentor", "mentee")]
    public async Task Refuses_when_somebody_left_and_came_back_on_the_other_side(string side, string otherSide)
    {
        var scene = await PairingScene.Given(product, mentees: 1, mentors: 1, places: 1);
        await scene.GivenRun();
        var version = await scene.Version(1);
        var person = (await scene.Manager.Page($"{scene.Program.People}?side={side}")).QuerySelector("tbody tr a")!.GetAttribute("href")!;
        var seen = (await scene.Manager.Page(person)).QuerySelector("input[name=seen]")!.GetAttribute("value")!;
        (await scene.Manager.Post($"{person}/remove", ("seen", seen))).Location.ShouldNotBeNull();
        (await scene.Program.BringIn(otherSide, $"id{(otherSide == "mentor" ? ",capacity" : "")}\n{scene.Program.Id($"{side}-1")}{(otherSide == "mentor" ? ",1" : "")}\n")).Location.ShouldNotBeNull();

        var refused = await scene.Manager.Post($"{scene.Studio}/1/approve", ("version", version));

        (refused.Status, refused.Words.Contains("Somebody in this run has left the program since. Nothing was approved.")).ShouldBe((HttpStatusCode.Conflict, true), refused.Words);
        (await scene.Approved()).ShouldBe(0);
    }

    [Fact]
    public async Task Refuses_pairs_of_a_mentor_who_takes_nobody_new_since()
    {
        var scene = await PairingScene.Given(product, mentees: 1, mentors: 1, places: 1);
        await scene.GivenRun();
        (await scene.Program.BringIn("mentor", $"id,capacity,is_open_to_new\n{scene.Mentor(1)},1,false\n")).Location.ShouldNotBeNull();

        var refused = await scene.Approve(1);

        (refused.Status, refused.Words.Contains("Mentor 1 takes nobody new since this run was made. Nothing was approved. Run the matching again.")).ShouldBe((HttpStatusCode.Conflict, true), refused.Words);
        (await scene.Approved()).ShouldBe(0);
    }

    [Fact]
    public async Task Refuses_a_pair_whose_waiver_was_taken_back_since()
    {
        var scene = await PairingScene.Given(product, mentees: 1, mentors: 1, places: 1);
        await scene.Program.BringIn("mentee", $"id,languages,time_zone,week_hours,brands\n{scene.Mentee(1)},en:native,Europe/Lisbon,mon 9-12,Acme\n");
        await scene.Program.BringIn("mentor", $"id,languages,time_zone,week_hours,capacity,brands\n{scene.Mentor(1)},en:fluent,Europe/Lisbon,mon 9-12,1,Acme\n");
        await scene.Steer(settings => settings with { Waivers = [new Waiver(scene.Mentee(1), scene.Mentor(1), Rule.SharedBrand, "Both know", new DateOnly(2027, 12, 31))] });
        await scene.GivenRun();
        await scene.Steer(settings => settings with { Waivers = [] });

        var refused = await scene.Approve(1);

        (refused.Status, refused.Words.Contains("The waiver for Bo Lind with Mentor 1 was taken back since this run was made. Nothing was approved. Run the matching again, or leave this pair out.")).ShouldBe((HttpStatusCode.Conflict, true), refused.Words);
        (await scene.Approved()).ShouldBe(0);
    }

    [Fact]
    public async Task Leaves_unticked_pairs_out_and_counts_only_pairs_of_the_run()
    {
        var scene = await PairingScene.Given(product, mentees: 3, mentors: 1, places: 3);
        await scene.GivenRun();
        var stale = await scene.Version(1);
        string Tick(int mentee) => StudioPairs.HtmlId(scene.Mentee(mentee));

        var chosen = await scene.Manager.Post(
            $"{scene.Studio}/1/send", ("ticked", Tick(1)), ("ticked", Tick(2)), ("ticked", StudioPairs.HtmlId("stranger")), ("ticked", "no hex"), ("include", Tick(2)));
        var send = await scene.Manager.Get(chosen.Location!);
        var onStaleLook = await scene.Manager.Post($"{scene.Studio}/1/approve", ("version", stale));
        var approved = await scene.Approve(1);

        send.Words.ShouldContain("2 pairs");
        onStaleLook.Status.ShouldBe(HttpStatusCode.Conflict);
        approved.Location.ShouldNotBeNull();
        (await scene.Approved()).ShouldBe(2);
    }

    [Fact]
    public async Task Goes_back_within_ten_minutes_and_not_after()
    {
        var scene = await PairingScene.Given(product, mentees: 2, mentors: 1, places: 2);
        await scene.GivenRun();
        await scene.Approve(1);
        product.Clock.Advance(TimeSpan.FromMinutes(9.5));

        var inTime = await scene.Manager.Post($"{scene.Studio}/1/undo");
        var takenBack = await scene.Approved();
        var twice = await scene.Manager.Post($"{scene.Studio}/1/undo");
        await scene.Approve(1);
        product.Clock.Advance(TimeSpan.FromMinutes(10.5));
        var late = await scene.Manager.Post($"{scene.Studio}/1/undo");

        inTime.Location.ShouldBe($"{scene.Studio}/1?did=undone");
        takenBack.ShouldBe(0);
        (twice.Status, twice.Words.Contains("This run is a draft, so there is nothing to undo.")).ShouldBe((HttpStatusCode.Conflict, true));
        (late.Status, late.Words.Contains("The ten minutes to undo are over. The pairs stay approved.")).ShouldBe((HttpStatusCode.Conflict, true));
        (await scene.Approved()).ShouldBe(2);
    }

    [Fact]
    public async Task Says_who_waits_again_when_an_approval_is_taken_back_under_a_newer_run()
    {
        var scene = await PairingScene.Given(product, mentees: 5, mentors: 1, places: 3);
        await scene.GivenRun();
        await scene.Approve(1);
        await scene.GivenRunWithMorePlaces();
        var before = (await scene.Manager.Get(scene.Studio)).Words;

        await scene.Manager.Post($"{scene.Studio}/1/undo");
        var after = (await scene.Manager.Get(scene.Studio)).Words;
        await scene.GivenRun();
        var again = (await scene.Manager.Get(scene.Studio)).Words;

        before.ShouldContain("2 mentees waiting, 2 mentors with 5 open places.");
        before.ShouldNotContain("Run again to match the people of today.");
        after.ShouldContain("2 mentees at the time, 2 mentors with 5 open places.");
        after.ShouldContain("3 mentees wait who are not in run 2. Run again to match the people of today.");
        again.ShouldContain("5 mentees waiting, 2 mentors with 8 open places.");
        again.ShouldNotContain("Run again to match the people of today.");
    }

    [Fact]
    public async Task Says_who_came_and_left_since_the_newest_run_and_nothing_of_that_on_an_earlier_one()
    {
        var scene = await PairingScene.Given(product, mentees: 3, mentors: 2, places: 1);
        await scene.GivenRun();
        await scene.GivenRun();
        await scene.GivenMentees(4, 4);
        await scene.GivenMentors(3, 4, 1);
        await product.Database.ExecuteAsync($"DELETE FROM enrollment.participant WHERE seller_id IN (SELECT id FROM sellers.seller WHERE external_id IN ('{scene.Mentee(3)}', '{scene.Mentor(2)}'))");

        var (newest, earlier) = ((await scene.Manager.Get(scene.Studio)).Words, (await scene.Manager.Get($"{scene.Studio}/1")).Words);

        newest.ShouldContain("1 mentee waits who is not in run 2, 1 mentee of it waits no more, 2 mentors are new and 1 mentor of it left. Run again to match the people of today.");
        earlier.ShouldNotContain("Run again to match the people of today.");
    }

    [Fact]
    public async Task Approves_nothing_under_rules_that_were_changed_since_the_run()
    {
        var scene = await PairingScene.Given(product, mentees: 2, mentors: 1, places: 2);
        await scene.GivenRun();
        var seen = await scene.Version(1);
        await scene.Steer(settings => settings with { Rules = [.. settings.Rules.Where(rule => rule.Rule != Rule.MinimumScore), new RuleSetting(Rule.MinimumScore, RuleStrength.Required, 90)] });

        var studio = await scene.Manager.Get(scene.Studio);
        var review = await scene.Manager.Post($"{scene.Studio}/1/send");
        var lastLook = await scene.Manager.Get($"{scene.Studio}/1/send");
        var approved = await scene.Manager.Post($"{scene.Studio}/1/approve", ("version", seen));

        studio.Words.ShouldContain("Since run 1: the rule “A lowest fit” is now on and the lowest fit went from 40 to 90. Run again to match by it.");
        (review.Status, review.Words.Contains("The rules were changed since run 1. Run again before you review its pairs. Your ticks are saved.")).ShouldBe((HttpStatusCode.Conflict, true));
        lastLook.Page.QuerySelector("h1")!.TextContent.ShouldBe("Run again first");
        (approved.Status, approved.Words.Contains("The rules, or something else that runs go by, were changed since this run was made. Nothing was approved. Run the matching again.")).ShouldBe((HttpStatusCode.Conflict, true));
        (await scene.Approved()).ShouldBe(0);
    }

    [Fact]
    public async Task Says_that_an_approval_can_be_undone_only_while_it_can()
    {
        var scene = await PairingScene.Given(product, mentees: 1, mentors: 1, places: 1);
        await scene.GivenRun();
        var address = (await scene.Approve(1)).Location!;

        var soon = (await scene.Manager.Get(address)).Words;
        product.Clock.Advance(TimeSpan.FromMinutes(10.5));
        var late = (await scene.Manager.Get(address)).Words;

        soon.ShouldContain("You can undo this for 10 minutes.");
        late.ShouldNotContain("You can undo this for 10 minutes.");
    }

    [Fact]
    public async Task Says_which_people_differ_between_two_runs()
    {
        var scene = await PairingScene.Given(product, mentees: 2, mentors: 1, places: 1);
        await scene.GivenRun();
        await scene.GivenMentors(2, 3, 1);
        await scene.GivenRun();

        (await scene.Manager.Get(scene.Studio)).Words.ShouldContain("2 mentors of run 2 were not in run 1.");
    }

    [Fact]
    public async Task Ends_in_one_lawful_state_when_approval_and_undo_meet()
    {
        var scene = await PairingScene.Given(product, mentees: 2, mentors: 1, places: 2);
        await scene.GivenRun();
        for (var round = 0; round < 5; round++)
        {
            var version = await scene.Version(1);
            await Task.WhenAll(Enumerable.Range(0, 4).SelectMany(_ => new[] { scene.Manager.Post($"{scene.Studio}/1/approve", ("version", version)), scene.Manager.Post($"{scene.Studio}/1/undo") }));

            var state = await product.Database.ScalarAsync<string>($"SELECT r.state FROM pairing.match_run r JOIN programs.program p ON p.id = r.program_id WHERE p.slug = '{scene.Program.Slug}'");
            (await scene.Approved()).ShouldBe(state == "Approved" ? 2 : 0);
            if (state == "Approved") await scene.Manager.Post($"{scene.Studio}/1/undo");
        }
    }
}
