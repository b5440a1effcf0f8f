using System.Net;
using Guildhall.Modules.Mentorships;
using Guildhall.Modules.Pairing;
using Guildhall.Tests.Enrollment;
using Guildhall.Tests.Pairing;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Mentorships;

/// <summary>A mentorship from the second acceptance to its end: the trial with blind answers, pauses, somebody else, a hand-over, a review.</summary>
public sealed class MentorshipLifeTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Begins_a_trial_under_the_rules_of_the_day_and_keeps_them()
    {
        var scene = await Given();
        var id = await scene.Pair();
        var page = await scene.Mentee.Browser.Page($"/me/mentor/{id}");

        page.QuerySelector("[aria-labelledby=life-h] p")!.TextContent.ShouldBe("A trial until Sun 17 Jan 2027. Each of you says, without seeing the other’s answer, whether you go on. Who says nothing by then goes on.");
        (await State(id)).ShouldBe("Trial 1 1");
        (await product.Database.ScalarAsync<string>($"SELECT trial_ends_on || ' ' || ends_on FROM mentorships.mentorship WHERE id = '{id}'")).ShouldBe("2027-01-17 2027-04-04");
        (await scene.Mentee.Browser.Get("/me/mentor")).Location.ShouldBe($"/me/mentor/{id}");
    }

    [Fact]
    public async Task Keeps_an_answer_from_the_other_until_both_want_to_go_on()
    {
        var scene = await Given();
        var id = await scene.Pair();

        (await scene.Mentee.Browser.Post($"/me/mentor/{id}/keep")).Location.ShouldBe($"/me/mentor/{id}?did=kept");
        var seen = (await scene.Mentor.Browser.Get($"/mentor/mentees/{id}")).Words;
        var half = await State(id);
        (await scene.Mentor.Browser.Post($"/mentor/mentees/{id}/keep")).Location.ShouldBe($"/mentor/mentees/{id}?did=kept");

        seen.ShouldContain("Do you want to go on with Mina?");
        seen.ShouldNotContain("Mina said");
        half.ShouldBe("Trial 1 1");
        (await State(id)).ShouldBe("Active 2 2");
        (await Subjects(scene.Mentee)).ShouldBe("You and Ruth Calloway go on");
        (await Subjects(scene.Mentor)).ShouldBe("");
        // Pressed a second time, it says the same again.
        (await scene.Mentee.Browser.Post($"/me/mentor/{id}/keep")).Location.ShouldBe($"/me/mentor/{id}?did=kept");
        (await scene.Mentor.Browser.Post($"/mentor/mentees/{id}/keep")).Location.ShouldBe($"/mentor/mentees/{id}?did=kept");
        (await State(id)).ShouldBe("Active 2 2");
        (await Subjects(scene.Mentee)).ShouldBe("You and Ruth Calloway go on");
    }

    [Fact]
    public async Task Is_counted_once_a_line_and_by_the_same_words_on_overview_and_impact()
    {
        var scene = await GivenActive();
        var (id, program) = (await scene.Pair(), $"/manage/{scene.Scene.Program.Slug}");
        for (var time = 0; time < 2; time++)
            foreach (var deed in new[] { "pause", "resume" }) (await scene.Mentee.Browser.Post($"/me/mentor/{id}/{deed}")).Location.ShouldNotBeNull();
        await scene.Mentee.Browser.Post($"/me/mentor/{id}/pause");

        var overview = await scene.Scene.Manager.Page(program);
        var seen = (await scene.Scene.Manager.Page($"{program}/impact/plan")).QuerySelector("input[name=seen]")!.GetAttribute("value")!;
        await scene.Scene.Manager.Post($"{program}/impact/plan", ("seen", seen), ("Outcome", "Sales"), ("WindowPeriods", "4"), ("Compares", "category"), ("UsefulPercent", "10"));

        Spaced(overview.QuerySelector("[aria-labelledby=week-h]")!.TextContent).ShouldContain("Each pair once a line, however often it changed.");
        overview.QuerySelectorAll("[aria-labelledby=week-h] dt").Select(one => $"{one.TextContent}: {one.NextElementSibling!.TextContent.Trim()}").ShouldBe(["Began: 1", "Went on, after the trial or a pause: 1", "Paused: 1", "Finished: 0", "Ended before that: 0"]);
        overview.QuerySelectorAll("[aria-labelledby=stages-h] .gh-metric").Select(metric => Spaced(metric.TextContent)).ShouldContain(stage => stage.StartsWith("Went on after the trial") && stage.Contains('1') && stage.Contains("0 active now, 1 paused"));
        (await scene.Scene.Manager.Get($"{program}/impact")).Words.ShouldContain("1 mentee went on after the trial: that is what joining means here.");

        static string Spaced(string text) => string.Join(' ', text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Asks_once_before_somebody_stops_and_says_what_happens()
    {
        var scene = await GivenActive();
        var id = await scene.Pair();

        var card = await scene.Mentee.Browser.Page($"/me/mentor/{id}");
        var ask = await scene.Mentee.Browser.Page($"/me/mentor/{id}/leave");
        var (stillOn, mentors) = (await State(id), await scene.Mentor.Browser.Page($"/mentor/mentees/{id}/leave"));
        var left = await scene.Mentee.Browser.Post($"/me/mentor/{id}/leave");
        var after = await scene.Mentee.Browser.Get($"/me/mentor/{id}/leave");

        card.QuerySelector($"main form[action='/me/mentor/{id}/leave']").ShouldBeNull("one tap is too few");
        card.QuerySelector($"main a[href='/me/mentor/{id}/leave']")!.TextContent.ShouldBe("Stop taking part");
        ask.QuerySelector("h1")!.TextContent.ShouldBe("Stop taking part?");
        ask.QuerySelector("main")!.TextContent.ShouldContain("Your time with Ruth ends now. Ruth is told that you go on in another way, and no reason.");
        ask.QuerySelector($"main form[action='/me/mentor/{id}/leave'] button")!.TextContent.ShouldBe("Yes, stop taking part");
        ask.QuerySelector($"main a[href='/me/mentor/{id}']").ShouldNotBeNull();
        stillOn.ShouldBe("Active 2 2");
        mentors.QuerySelector("main")!.TextContent.ShouldContain("You get no new requests until you turn them on.");
        left.Location.ShouldBe($"/me/mentor/{id}?did=left");
        after.Location.ShouldBe($"/me/mentor/{id}");
        var people = await scene.Scene.Manager.Page($"/manage/{scene.Scene.Program.Slug}/people?side=mentee");
        people.QuerySelectorAll("tbody tr td:last-child").Select(cell => cell.TextContent.Trim()).ShouldBe(["Stopped"]);
    }

    [Fact]
    public async Task Goes_on_when_nobody_asked_for_somebody_else_by_the_end_of_the_trial()
    {
        var scene = await Given();
        var id = await scene.Pair();
        var early = await EndOverdue();
        await product.Database.ExecuteAsync($"UPDATE mentorships.mentorship SET trial_ends_on = '2026-11-01' WHERE id = '{id}'");

        var changed = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => EndOverdue()));

        early.ShouldBe(0);
        changed.Sum().ShouldBe(1);
        (await State(id)).ShouldBe("Active 2 2");
        (await Subjects(scene.Mentee)).ShouldBe("Your trial with Ruth Calloway is over, and you go on");
    }

    [Fact]
    public async Task Finds_somebody_else_in_four_taps_and_tells_the_mentor_a_neutral_line()
    {
        // What other tests of this class ended is seen to first.
        while (await product.Ask<OfferNextBest, int>(offer => offer.Run(Stop)) > 0) { }
        var scene = await Given();
        var (id, second) = (await scene.Pair(), await GivenSecondMentor(scene));
        var why = await scene.Mentee.Browser.Page($"/me/mentor/{id}/change");
        var choose = await scene.Mentee.Browser.Page($"/me/mentor/{id}/change?reason=Topics");
        var button = choose.QuerySelector("button[name=Mentor]")!;

        var asked = await scene.Mentee.Browser.Post($"/me/mentor/{id}/change", ("Reason", "Topics"), ("Mentor", button.GetAttribute("value")!), ("Words", "It is about <b>customs</b>"));

        why.QuerySelectorAll("input[name=reason]").Length.ShouldBe(5);
        button.TextContent.ShouldBe("Ask Second");
        choose.QuerySelectorAll("[aria-label='Other mentors'] section").Length.ShouldBe(1);
        choose.QuerySelectorAll("[aria-label='Other mentors'] li").Length.ShouldBe(3);
        button.GetAttribute("value").ShouldBe(second.ToString());
        asked.Location.ShouldBe($"/me/mentor/{id}?did=chosen");
        (await State(id)).ShouldBe("Ended 2 2");
        (await Subjects(scene.Mentor)).ShouldBe("Your time with Mina Farouk is over");
        (await product.Database.ScalarAsync<string>($"SELECT string_agg(body::text, '') FROM platform.outgoing_mail WHERE \"to\" = '{scene.Mentor.Email}' AND kind_id = 'mentorship'")).ShouldNotContain("customs");
        (await scene.Mentor.Browser.Get($"/mentor/mentees/{id}")).Words.ShouldContain("Mina goes on in another way. Your place is free again.");
        (await product.Database.ScalarAsync<string>($"SELECT state || ' ' || (mentee_accepted_at IS NOT NULL)::text FROM pairing.proposal WHERE mentor_id = '{second}'")).ShouldBe("Approved true");
        (await scene.Mentee.Browser.Get("/me")).Words.ShouldContain("You chose Second Mentor");
        var staff = (await scene.Scene.Manager.Get($"{scene.Pairs}/{id}")).Words;
        staff.ShouldContain("Asked for somebody else: “What I need is another topic”");
        staff.ShouldContain("It is about <b>customs</b>");
        // The two are not proposed again, and the pair needs nobody to be looked for any more.
        (await product.Ask<OfferNextBest, int>(offer => offer.Run(Stop))).ShouldBe(0);
    }

    [Fact]
    public async Task Changes_nothing_when_the_chosen_mentor_was_taken_meanwhile()
    {
        var scene = await Given();
        var (id, second) = (await scene.Pair(), await GivenSecondMentor(scene));
        await MeetScene.BringIn(scene.Scene, "mentor", "id,capacity", [$"{scene.Scene.Mentor(2)},0"]);

        var late = await scene.Mentee.Browser.Post($"/me/mentor/{id}/change", ("Reason", "Topics"), ("Mentor", second.ToString()));
        var unreadable = await scene.Mentee.Browser.Post($"/me/mentor/{id}/change", ("Reason", "7"), ("Words", new string('x', 501)));

        (late.Status, late.Words.Contains("The last place of this mentor was taken just now. Nothing was changed.")).ShouldBe((HttpStatusCode.Conflict, true));
        unreadable.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await State(id)).ShouldBe("Trial 1 1");
        (await scene.State()).ShouldBe("Active");
        (await Subjects(scene.Mentor)).ShouldBe("");
    }

    [Fact]
    public async Task Pauses_and_moves_the_last_day_by_as_long()
    {
        var scene = await GivenActive();
        var id = await scene.Pair();

        (await scene.Mentor.Browser.Post($"/mentor/mentees/{id}/pause")).Location.ShouldBe($"/mentor/mentees/{id}?did=paused");
        var twice = await scene.Mentor.Browser.Post($"/mentor/mentees/{id}/pause");
        var told = (await scene.Mentee.Browser.Get($"/me/mentor/{id}")).Words;
        await product.Database.ExecuteAsync($"UPDATE mentorships.mentorship SET paused_on = paused_on - 10 WHERE id = '{id}'");
        (await scene.Mentee.Browser.Post($"/me/mentor/{id}/resume")).Location.ShouldBe($"/me/mentor/{id}?did=resumed");

        twice.Words.ShouldContain("It is paused already. Nothing was changed.");
        twice.Words.Split("Nothing was changed.").Length.ShouldBe(2, "it is said once");
        told.ShouldContain("Nothing is due, and the last day, Sun 4 Apr 2027, moves by as long.");
        (await product.Database.ScalarAsync<string>($"SELECT ends_on::text FROM mentorships.mentorship WHERE id = '{id}'")).ShouldBe("2027-04-14");
        (await Subjects(scene.Mentee)).ShouldEndWith("Your mentorship with Ruth Calloway is paused");
        (await Subjects(scene.Mentor)).ShouldEndWith("Your mentorship with Mina Farouk goes on");
        (await State(id)).ShouldBe("Active 4 4");
    }

    [Fact]
    public async Task Hands_all_mentees_of_a_mentor_over_before_others_who_wait()
    {
        var scene = await Given(mentees: 2);
        await GivenSecondMentor(scene, places: 2);
        var id = await scene.Pair();
        var page = (await scene.Scene.Manager.Get($"{scene.Pairs}/{id}")).Words;

        (await scene.Scene.Manager.Post($"{scene.Pairs}/{id}/change", ("Change", "AllOfMentor"))).Location.ShouldBe($"{scene.Pairs}/{id}?did=changed");
        while (await product.Ask<OfferNextBest, int>(offer => offer.Run(Stop)) > 0) { }

        page.ShouldContain("Second Mentor of Shop mentor-2 would be next for Mina");
        page.ShouldContain("Ruth can’t go on at all: hand 2 mentees over");
        (await State(id), await State(await product.Database.ScalarAsync<Guid>($"SELECT id FROM mentorships.mentorship WHERE id <> '{id}' AND mentor_id = (SELECT mentor_id FROM mentorships.mentorship WHERE id = '{id}')"))).ShouldBe(("Ended 2 2", "Ended 2 2"));
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM pairing.proposal WHERE state = 'Approved' AND in_place_of IS NOT NULL AND mentor_id = (SELECT p.id FROM enrollment.participant p JOIN sellers.seller s ON s.id = p.seller_id WHERE s.external_id = '{scene.Scene.Mentor(2)}')")).ShouldBe(2);
        (await Subjects(scene.Mentee)).ShouldBe("Your time with Ruth Calloway is over");
        (await product.Database.ScalarAsync<bool>($"SELECT (as_mentor ->> 'isOpenToNew')::bool FROM enrollment.participant WHERE seller_id = '{scene.Mentor.SellerId}'")).ShouldBeFalse();
    }

    [Fact]
    public async Task Closes_with_a_review_each_and_a_line_of_thanks()
    {
        var scene = await GivenActive();
        var id = await scene.Pair();
        await product.Database.ExecuteAsync($"UPDATE mentorships.mentorship SET ends_on = '2026-11-25' WHERE id = '{id}'");
        var (mentee, mentor) = ($"/me/mentor/{id}", $"/mentor/mentees/{id}");

        var unread = await scene.Mentee.Browser.Post($"{mentee}/review", ("Again", "true"));
        var closed = await scene.Mentee.Browser.Post($"{mentee}/review", ("Reached", "Partly"), ("Again", "true"), ("Words", "Customs were hard"), ("Thanks", "Thank you, <i>Ruth</i>"));
        var thanked = await scene.Mentor.Browser.Page(mentor);
        var given = await scene.Mentor.Browser.Post($"{mentor}/review", ("Reached", "Yes"), ("Again", "false"));
        var twice = await scene.Mentor.Browser.Post($"{mentor}/review", ("Reached", "No"), ("Again", "true"));

        unread.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        unread.Page.QuerySelector("input[name=Again][value=true]")!.HasAttribute("checked").ShouldBeTrue("nothing is cleared");
        closed.Location.ShouldBe($"{mentee}?did=finished");
        thanked.QuerySelector("main")!.TextContent.ShouldContain("Thank you, <i>Ruth</i>");
        thanked.QuerySelector("main")!.TextContent.ShouldNotContain("Customs");
        given.Location.ShouldBe($"{mentor}?did=reviewed");
        twice.Status.ShouldBe(HttpStatusCode.Conflict);
        (await State(id)).ShouldBe("Finished 3 3");
        (await scene.State()).ShouldBe("Finished");
        (await scene.Pool()).ShouldBe((0, 1), "who finished waits for nobody, and the place is free");
        (await scene.Scene.Manager.Get(scene.Scene.Studio)).Words.ShouldNotContain("again, because");
        (await scene.Scene.Manager.Page($"/manage/{scene.Scene.Program.Slug}")).QuerySelector("h1")!.TextContent.ShouldBe("One pair, and it is over");
        (await scene.Scene.Manager.Page(scene.Pairs)).QuerySelector(".gh-tabs [aria-current]")!.TextContent.ShouldStartWith("Over");
        var staff = (await scene.Scene.Manager.Get($"{scene.Pairs}/{id}")).Words;
        staff.ShouldContain("Reached what they came for: partly. Would do it again: yes.");
        staff.ShouldContain("Customs were hard");
        staff.ShouldNotContain("Thank you, <i>");

        await product.Database.ExecuteAsync($"UPDATE programs.program SET starts_on = '2026-08-03' WHERE slug = '{scene.Scene.Program.Slug}'; UPDATE mentorships.mentorship SET started_at = '2026-08-03 12:00Z', ended_at = '2026-08-18 12:00Z' WHERE id = '{id}'");
        (await scene.Scene.Manager.Get($"{scene.Pairs}/{id}")).Words.ShouldContain("0, 0 (the newest last", Case.Sensitive, "weeks after its end are none of its weeks");
    }

    [Fact]
    public async Task Finishes_what_nobody_closed_two_weeks_after_its_last_day()
    {
        var scene = await GivenActive();
        var id = await scene.Pair();
        await product.Database.ExecuteAsync($"UPDATE mentorships.mentorship SET ends_on = '2026-11-01' WHERE id = '{id}'");

        (await EndOverdue()).ShouldBe(1);

        (await State(id)).ShouldBe("Finished 3 3");
        (await scene.State()).ShouldBe("Finished");
    }

    [Fact]
    public async Task Leaves_a_legal_state_and_one_change_when_opposite_things_are_done_at_once()
    {
        for (var round = 0; round < 5; round++)
        {
            var scene = await GivenActive();
            var id = await scene.Pair();

            var answers = await Task.WhenAll(
                scene.Mentee.Browser.Post($"/me/mentor/{id}/pause"), scene.Mentor.Browser.Post($"/mentor/mentees/{id}/leave"),
                scene.Mentor.Browser.Post($"/mentor/mentees/{id}/pause"), scene.Mentee.Browser.Post($"/me/mentor/{id}/leave"));

            answers.ShouldAllBe(answer => answer.Location != null || answer.Status == HttpStatusCode.Conflict);
            var done = answers.Count(answer => answer.Location is not null);
            (await State(id)).ShouldBe($"Ended {2 + done} {2 + done}", "an end is reached whatever came first, and every change that was answered is one event");
            (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM mentorships.mentorship_change WHERE mentorship_id = '{id}' AND state = 'Ended'")).ShouldBe(1);
            (await scene.State()).ShouldBeOneOf("Ended", "Finished");
        }
    }

    [Fact]
    public async Task Answers_for_somebody_elses_mentorship_as_for_none()
    {
        var scene = await Given();
        var (id, none) = (await scene.Pair(), Guid.NewGuid());
        var stranger = await MeetScene.GivenShop(product, "Ana Souza");
        var other = await MeetScene.GivenAsked(product);

        foreach (var (shop, root) in new[] { (stranger, "/me/mentor"), (stranger, "/mentor/mentees"), (scene.Mentee, "/mentor/mentees"), (scene.Mentor, "/me/mentor") })
        {
            var (foreign, unknown) = (await shop.Browser.Get($"{root}/{id}"), await shop.Browser.Get($"{root}/{none}"));
            foreign.Status.ShouldBe(HttpStatusCode.NotFound);
            (foreign.Words, foreign.Page.Title).ShouldBe((unknown.Words, unknown.Page.Title));
            foreach (var deed in new[] { "keep", "pause", "resume", "leave", "change", "review" })
                (await shop.Browser.Post($"{root}/{id}/{deed}", ("Reason", "Topics"), ("Reached", "Yes"), ("Again", "true"))).Status.ShouldBe(HttpStatusCode.NotFound);
        }

        (await scene.Scene.Manager.Get($"{other.Pairs}/{id}")).Status.ShouldBe(HttpStatusCode.NotFound, "it is of another program");
        (await scene.Scene.Manager.Post($"{other.Pairs}/{id}/change", ("Change", "MenteeLeft"))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await State(id)).ShouldBe("Trial 1 1");
    }

    async Task<MeetScene> Given(int mentees = 1)
    {
        var scene = await MeetScene.GivenSigned(product, mentees);
        for (var one = 0; one < mentees; one++) await scene.BothAccept(one);
        return scene;
    }

    async Task<MeetScene> GivenActive()
    {
        var scene = await Given();
        var id = await scene.Pair();
        await scene.Mentee.Browser.Post($"/me/mentor/{id}/keep");
        await scene.Mentor.Browser.Post($"/mentor/mentees/{id}/keep");
        (await State(id)).ShouldBe("Active 2 2");
        return scene;
    }

    async Task<Guid> GivenSecondMentor(MeetScene scene, int places = 1)
    {
        await scene.Scene.Program.GivenSellers("mentor-2");
        await MeetScene.BringIn(scene.Scene, "mentor", "id,name,languages,time_zone,week_hours,capacity", [$"{scene.Scene.Mentor(2)},Second Mentor,en:native,Europe/London,tue 14-17,{places}"]);
        return await product.Database.ScalarAsync<Guid>($"SELECT p.id FROM enrollment.participant p JOIN sellers.seller s ON s.id = p.seller_id WHERE s.external_id = '{scene.Scene.Mentor(2)}'");
    }

    [Fact]
    public async Task Tries_no_mentorship_over_and_over_that_can_not_be_ended()
    {
        var program = await product.GivenOpenProgram();
        await product.Database.ExecuteAsync($"""
            INSERT INTO mentorships.mentorship (id, program_id, mentee_id, mentor_id, program_version, state, started_at, ends_on, changes)
            SELECT gen_random_uuid(), p.id, gen_random_uuid(), gen_random_uuid(), 1, 'Active', '2026-02-01', '2026-05-01', 2 FROM programs.program p CROSS JOIN generate_series(1, {Guildhall.Modules.Mentorships.EndOverdue.AtOnce}) WHERE p.slug = '{program.Slug}'
            """);

        var changed = await EndOverdue();
        await product.Database.ExecuteAsync($"DELETE FROM mentorships.mentorship WHERE program_id = (SELECT id FROM programs.program WHERE slug = '{program.Slug}')");

        changed.ShouldBe(0, "no pair is known of them, and a full count would begin again at once");
    }

    Task<int> EndOverdue() => product.Ask<EndOverdue, int>(end => end.Run(Stop));

    /// <summary>Its state, how many changes it counts and how many are stored.</summary>
    Task<string> State(Guid id) => product.Database.ScalarAsync<string>($"SELECT state || ' ' || changes || ' ' || (SELECT count(*) FROM mentorships.mentorship_change WHERE mentorship_id = id) FROM mentorships.mentorship WHERE id = '{id}'");

    Task<string> Subjects(Shop shop) => product.Database.ScalarAsync<string>($"SELECT coalesce(string_agg(subject, ' | ' ORDER BY id), '') FROM platform.outgoing_mail WHERE \"to\" = '{shop.Email}' AND kind_id = 'mentorship'");
}
