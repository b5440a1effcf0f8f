using System.Net;
using Guildhall.Modules.Mentorships;
using Guildhall.Modules.Sessions;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Sessions;

/// <summary>Writing a session down by the coaching method, the mentee's two questions, and who reads what of the answers.</summary>
public sealed class NotesTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Logs_a_session_from_the_mentors_start_page_in_one_form()
    {
        var scene = await SessionScene.Given(product);
        var id = await scene.GivenOver();
        var home = await scene.Mentor.Page("/mentor");
        var form = home.QuerySelector($"form[action='/mentor/sessions/{id}/note']")!;

        var saved = await scene.Mentor.Post($"/mentor/sessions/{id}/note", ("From", "home"), ("seenNote", "0"), ("Outcome", "Met"), ("Topics", "pricing"), ("Topics", "inventory"), ("NextStep", "Compare two couriers"), ("Private", "Seems tired"));

        form.QuerySelector("input[name=Outcome][checked]")!.GetAttribute("value").ShouldBe("Met");
        saved.Location.ShouldBe("/mentor?did=logged");
        (await scene.Mentor.Page("/mentor")).QuerySelectorAll($"form[action='/mentor/sessions/{id}/note']").ShouldBeEmpty();
        var mentee = (await scene.Mentee.Get($"/me/sessions/{id}")).Words;
        mentee.ShouldContain("CoveredPricing, Stock");
        mentee.ShouldContain("Next stepCompare two couriers");
        mentee.ShouldNotContain("tired");
        (await scene.Mentor.Get($"/mentor/sessions/{id}")).Words.ShouldContain("Seems tired");
        (await product.Database.ScalarAsync<string>($"SELECT outcome || ' ' || side FROM sessions.statement WHERE session_id = '{id}'")).ShouldBe("Met Mentor");
        (await scene.MailsTo(scene.Pair.MenteeSeller, "session-note")).ShouldBe("Ruth Calloway wrote down your session");
        (await product.Database.ScalarAsync<string>("SELECT string_agg(body::text, '') FROM platform.outgoing_mail WHERE kind_id = 'session-note'")).ShouldNotContain("courier");
    }

    [Fact]
    public async Task Is_written_once_by_who_went_back_and_saves_again()
    {
        var scene = await SessionScene.Given(product);
        var id = await scene.GivenOver();
        async Task<Answer> Save(string step, string topic) => await scene.Mentor.Post($"/mentor/sessions/{id}/note", ("seenNote", "0"), ("Topics", topic), ("NextStep", step));

        (await Save("Compare two couriers", "pricing")).Location.ShouldNotBeNull();
        var again = await Save("Compare two couriers", "pricing");
        var other = await Save("Compare three couriers", "pricing");

        again.Location.ShouldBe($"/mentor/sessions/{id}?did=note");
        other.Status.ShouldBe(HttpStatusCode.Conflict);
        other.Words.ShouldContain("You saved this session’s note before");
        other.Words.ShouldNotContain("The other one wrote something");
        (await product.Database.ScalarAsync<string>($"SELECT edition || ' ' || next_step FROM sessions.session_note WHERE session_id = '{id}'")).ShouldBe("1 Compare two couriers");
        (await scene.MailsTo(scene.Pair.MenteeSeller, "session-note")).ShouldBe("Ruth Calloway wrote down your session");
    }

    [Fact]
    public async Task Keeps_what_both_wrote_when_they_write_at_once()
    {
        var scene = await SessionScene.Given(product);
        var id = await scene.GivenOver();

        var answers = await Task.WhenAll(
            scene.Mentor.Post($"/mentor/sessions/{id}/note", ("seenNote", "0"), ("NextStep", "The mentor’s line")), scene.Mentee.Post($"/me/sessions/{id}/note", ("seenNote", "0"), ("NextStep", "The mentee’s line")));

        answers.Count(answer => answer.Location is not null).ShouldBe(1);
        var (won, lost) = answers[0].Location is not null ? ("mentor", answers[1]) : ("mentee", answers[0]);
        lost.Status.ShouldBe(HttpStatusCode.Conflict);
        lost.Words.ShouldContain($"The {won}’s line");
        lost.Page.QuerySelector("input[name=NextStep]")!.GetAttribute("value").ShouldBe($"The {(won == "mentor" ? "mentee" : "mentor")}’s line", "what was typed is not lost");
    }

    [Fact]
    public async Task Refuses_what_can_t_be_written_and_keeps_what_was_typed()
    {
        var scene = await SessionScene.Given(product);
        var (over, ahead) = (await scene.GivenOver(), await scene.GivenSession(scene.At(5)));

        var empty = await scene.Mentor.Post($"/mentor/sessions/{over}/note", ("seenNote", "0"));
        var tooLong = await scene.Mentor.Post($"/mentor/sessions/{over}/note", ("seenNote", "0"), ("NextStep", new string('x', 201)), ("Topics", "magic"));
        var early = await scene.Mentor.Post($"/mentor/sessions/{ahead}/note", ("seenNote", "0"), ("NextStep", "x"));
        var stranger = await SessionScene.Given(product);
        var foreign = await stranger.Mentor.Post($"/mentor/sessions/{over}/note", ("seenNote", "0"), ("NextStep", "x"));

        empty.Words.ShouldContain("Choose a topic, or write a line. Nothing was saved yet.");
        tooLong.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        tooLong.Page.QuerySelector("input[name=NextStep]")!.GetAttribute("value")!.Length.ShouldBe(201);
        early.Words.ShouldContain("This session has not begun. Nothing was saved.");
        foreign.Status.ShouldBe(HttpStatusCode.NotFound);
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM sessions.session_note WHERE session_id IN ('{over}', '{ahead}')")).ShouldBe(0);
    }

    [Fact]
    public async Task Asks_two_questions_once_and_says_before_who_reads_the_answers()
    {
        var scene = await SessionScene.Given(product);
        var id = await scene.GivenOver();
        await scene.Mentee.Post($"/me/sessions/{id}/outcome", ("Outcome", "Met"));
        var home = (await scene.Mentee.Get("/me")).Words;
        var page = await scene.Mentee.Page($"/me/sessions/{id}/feedback");

        var half = await scene.Mentee.Post($"/me/sessions/{id}/feedback", ("Useful", "Partly"));
        var sent = await scene.Mentee.Post($"/me/sessions/{id}/feedback", ("Useful", "Partly"), ("Fit", "No"), ("Behaviors", "one-step"), ("Behaviors", "invented"));
        var twice = await scene.Mentee.Post($"/me/sessions/{id}/feedback", ("Useful", "Yes"), ("Fit", "Yes"));

        home.ShouldContain("How was the session with Ruth?");
        page.QuerySelector("[aria-labelledby=reads-h]")!.TextContent.ShouldContain("once there are 5 answers from 2 people or more. Never who said it, and no grade.");
        page.QuerySelectorAll("input[checked]").ShouldBeEmpty();
        half.Words.ShouldContain("Choose whether you fit. Nothing was sent yet.");
        half.Page.QuerySelector("input[name=Useful][value=Partly]")!.HasAttribute("checked").ShouldBeTrue();
        sent.Location.ShouldBe($"/me/sessions/{id}?did=feedback");
        twice.Status.ShouldBe(HttpStatusCode.Conflict);
        (await product.Database.ScalarAsync<string>($"SELECT useful || ' ' || fit || ' ' || array_to_string(behaviors, ',') FROM sessions.feedback WHERE session_id = '{id}'")).ShouldBe("Partly No one-step");
        (await scene.Mentor.Post($"/me/sessions/{id}/feedback", ("Useful", "Yes"))).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Asks_nothing_of_a_session_that_was_cancelled_and_says_why()
    {
        var scene = await SessionScene.Given(product);
        var id = await scene.GivenSession(scene.At(3));
        await scene.Mentor.Post($"/mentor/sessions/{id}/cancel", ("seen", "0"), ("Words", ""));

        var told = await scene.Mentee.Post($"/me/sessions/{id}/feedback", ("Useful", "Yes"), ("Fit", "Yes"));

        told.Status.ShouldBe(HttpStatusCode.Conflict);
        told.Words.ShouldContain("This session was cancelled, so there is nothing to say of it. Nothing was sent.");
    }

    [Fact]
    public async Task Shows_a_mentor_behavior_from_enough_answers_on_and_never_who_said_it()
    {
        var scene = await SessionScene.Given(product);
        for (var one = 0; one < 4; one++) await Given(scene, ("Useful", "Yes"), ("Fit", "Yes"), ("Behaviors", "one-step"), ("Behaviors", one == 0 ? "too-much" : "listened"));
        var four = (await scene.Mentor.Get("/mentor")).Words;
        await Given(scene, ("Useful", "No"), ("Behaviors", "one-step"));
        var fiveOfOne = (await scene.Mentor.Get("/mentor")).Words;
        await product.Database.ExecuteAsync($"UPDATE sessions.feedback SET pair_id = gen_random_uuid() WHERE session_id = (SELECT session_id FROM sessions.feedback WHERE pair_id = '{scene.PairId}' ORDER BY given_at LIMIT 1)");

        var shown = (await scene.Mentor.Get("/mentor")).Words;

        four.ShouldNotContain("What your mentees say");
        fiveOfOne.ShouldNotContain("What your mentees say", Case.Sensitive, "of one mentee a mentor would know who said it");
        shown.ShouldContain("5 answers. Who said what is not shown.");
        shown.ShouldContain("Go on: You agreed one clear next step");
        shown.ShouldContain("5 of 5");
        shown.ShouldNotContain("too much at once", Case.Insensitive, "one answer alone says nothing");
        shown.ShouldNotContain("useful");
    }

    [Fact]
    public async Task Takes_a_remark_about_conduct_to_the_team_at_once_and_to_nobody_else()
    {
        var scene = await SessionScene.Given(product);
        var manager = scene.Pair.Program.Manager;
        var program = $"/manage/{scene.Pair.Program.Slug}";
        await Given(scene, ("Useful", "Yes"), ("Fit", "Yes"), ("Conduct", "He <b>shouted</b>"));
        var session = await product.Database.ScalarAsync<Guid>($"SELECT session_id FROM sessions.feedback WHERE pair_id = '{scene.PairId}'");

        var overview = await manager.Page(program);
        var pair = await manager.Page($"{program}/pairs/{scene.PairId}");
        var mentor = (await scene.Mentor.Get("/mentor")).Words + (await scene.Mentor.Get($"/mentor/sessions/{session}")).Words;
        var seen = await manager.Post($"{program}/pairs/{scene.PairId}/remarks", ("Session", $"{session}"));

        overview.QuerySelector("[aria-labelledby=needs-h] li p")!.TextContent.ShouldStartWith("A remark about how somebody behaved");
        pair.QuerySelector("[aria-labelledby=fb-h]")!.TextContent.ShouldContain("He <b>shouted</b>");
        mentor.ShouldNotContain("shouted");
        seen.Location.ShouldBe($"{program}/pairs/{scene.PairId}?did=seen-to");
        (await manager.Get(program)).Words.ShouldNotContain("A remark about");
        (await manager.Post($"{program}/pairs/{Guid.NewGuid()}/remarks", ("Session", $"{session}"))).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Counts_a_session_as_contact_when_both_say_that_they_met()
    {
        var scene = await SessionScene.Given(product);
        var id = await scene.GivenOver();

        var none = await Contacts();
        await scene.Mentor.Post($"/mentor/sessions/{id}/outcome", ("Outcome", "Met"));
        var one = await Contacts();
        await scene.Mentee.Post($"/me/sessions/{id}/outcome", ("Outcome", "Met"));

        (none, one, await Contacts()).ShouldBe((0, 0, 1));

        Task<int> Contacts() => product.Ask<IEnumerable<IKnowContacts>, int>(async parts =>
        {
            var count = 0;
            foreach (var part in parts) count += (await part.Since([scene.PairId], scene.Now.AddDays(-30), Stop)).Count;
            return count;
        });
    }

    [Fact]
    public async Task Books_nothing_while_paused()
    {
        var scene = await SessionScene.Given(product);
        await product.Database.ExecuteAsync($"UPDATE mentorships.mentorship SET state = 'Paused', paused_on = '2026-11-20' WHERE id = '{scene.PairId}'");

        var booked = await scene.Book(scene.At(3));
        booked.Status.ShouldBe(HttpStatusCode.Conflict);
        (await scene.Mentee.Get("/me")).Words.ShouldNotContain("Book your first session");
        foreach (var answer in new[] { booked, await scene.Mentee.Get($"/me/sessions/book?pair={scene.PairId}") })
        {
            answer.Words.ShouldContain("You and Ruth are paused");
            answer.Words.ShouldContain("Since Fri 20 Nov 2026.");
            answer.Page.QuerySelector($"main a[href='/me/mentor/{scene.PairId}']").ShouldNotBeNull("from there it goes on");
        }

        var stranger = await SessionScene.Given(product);
        (await stranger.Mentee.Get($"/me/sessions/book?pair={scene.PairId}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Offers_no_other_time_of_a_session_while_paused()
    {
        var scene = await SessionScene.Given(product);
        var id = await scene.GivenSession(scene.At(3));
        var before = (await scene.Mentee.Page("/me")).QuerySelector($"main a[href='/me/sessions/{id}/move']");
        await product.Database.ExecuteAsync($"UPDATE mentorships.mentorship SET state = 'Paused', paused_on = '2026-11-20' WHERE id = '{scene.PairId}'");

        before.ShouldNotBeNull();
        foreach (var (browser, root) in new[] { (scene.Mentee, "/me"), (scene.Mentor, "/mentor") })
        {
            var home = await browser.Page(root);
            home.QuerySelector($"main a[href='{root}/sessions/{id}/move']").ShouldBeNull();
            home.QuerySelector("[aria-labelledby=next-h]")!.TextContent.ShouldContain("You two are paused, so its time stands.");
            (await browser.Get($"{root}/sessions/{id}/move")).Words.ShouldContain("are paused");
        }
    }

    static async Task Given(SessionScene scene, params (string Name, string Value)[] answers)
    {
        var id = await scene.GivenOver();
        (await scene.Mentee.Post($"/me/sessions/{id}/feedback", answers)).Location.ShouldNotBeNull();
    }
}
