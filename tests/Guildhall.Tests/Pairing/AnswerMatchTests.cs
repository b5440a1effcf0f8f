using System.Net;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Pairing;
using Guildhall.Platform;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Pairing;

/// <summary>Both sides answer, the mentor first: signed, in time, once, and each only for their own shop.</summary>
public sealed class AnswerMatchTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Leads_a_mentor_to_the_coaching_method_before_their_first_mentee()
    {
        var scene = await MeetScene.GivenSigned(product);
        await product.Database.ExecuteAsync($"DELETE FROM enrollment.certification WHERE participant_id IN (SELECT id FROM enrollment.participant WHERE seller_id = '{scene.Mentor.SellerId}')");
        var page = await scene.MentorPage();

        var asked = await scene.Mentor.Browser.Post($"{page}/accept");
        var coaching = await scene.Mentor.Browser.Page(asked.Location!);

        asked.Location.ShouldBe($"/mentor/coaching/{scene.Scene.Program.Slug}?to={Uri.EscapeDataString($"{page}?did=coached")}");
        coaching.QuerySelector("input[name=to]")!.GetAttribute("value").ShouldBe($"{page}?did=coached");
        (await scene.Mentor.Browser.Get($"{page}?did=coached")).Words.ShouldContain("You told us how you would coach. Now accept Mina, if you want to.");
        (await scene.State()).ShouldBe("Approved");
        (await scene.Accept(scene.Mentor, Side.Mentor)).Refusal!.Code.ShouldBe(AnswerMatch.NotAsked);
    }

    [Fact]
    public async Task Stops_at_the_charter_and_completes_the_acceptance_once_it_is_signed()
    {
        var scene = await MeetScene.GivenAsked(product);
        await scene.Sign(scene.Mentor);
        await scene.MentorAccepts();
        var (shop, page) = (scene.Mentee.Browser, await scene.MenteePage());

        var stopped = await shop.Post($"{page}/accept");
        var charter = await shop.Page(stopped.Location!);
        var number = charter.QuerySelector("input[name=Number]")!.GetAttribute("value")!;
        var unticked = await shop.Post($"{page}/charter", ("Number", number));
        var before = (await scene.State(), await Signatures(scene.Mentee));
        var agreed = await shop.Post($"{page}/charter", ("Number", number), ("Agrees", "true"));

        stopped.Location.ShouldBe($"{page}/charter");
        charter.QuerySelector("main details summary")!.TextContent.ShouldBe("Open the charter");
        charter.QuerySelector("input[name=Agrees]")!.HasAttribute("checked").ShouldBeFalse();
        unticked.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        before.ShouldBe(("Approved", 0));
        agreed.Location.ShouldBe($"{page}?did=accepted");
        var paired = (await shop.Get(agreed.Location!)).Words;
        paired.ShouldContain("Accepted.");
        paired.ShouldContain("You have both accepted: Ruth is your mentor since");
        (await shop.Get($"{page}/charter")).Location.ShouldBe(page, "nothing is left to sign");
    }

    [Fact]
    public async Task Promises_no_acceptance_to_a_mentor_who_has_the_coaching_method_to_answer()
    {
        var scene = await MeetScene.GivenAsked(product);
        var page = $"{await scene.MentorPage()}/charter";

        (await scene.Mentor.Browser.Get(page)).Words.ShouldContain("Once you agree, Mina is accepted.");
        await product.Database.ExecuteAsync($"DELETE FROM enrollment.certification WHERE participant_id IN (SELECT id FROM enrollment.participant WHERE seller_id = '{scene.Mentor.SellerId}')");
        (await scene.Mentor.Browser.Get(page)).Words.ShouldContain("After it you tell us how you would coach, which takes about 3 minutes, and then accept Mina.");
    }

    [Fact]
    public async Task Makes_a_pair_of_two_acceptances_and_tells_who_was_first()
    {
        var scene = await MeetScene.GivenSigned(product);
        var (mentee, mentor) = (await scene.MenteePage(), await scene.MentorPage());

        await scene.Accepts(scene.Mentor, mentor);
        var first = (await scene.State(), (await scene.Mentee.Browser.Get(mentee)).Words);
        await scene.Accepts(scene.Mentee, mentee);
        await scene.Accepts(scene.Mentee, mentee);

        first.Item1.ShouldBe("Approved");
        first.Item2.ShouldContain("Ruth has accepted. It is for you to decide.");
        (await scene.State()).ShouldBe("Active");
        (await scene.Mentee.Browser.Get(mentee)).Heading.ShouldBe("Ruth Calloway is your mentor");
        (await scene.Mentor.Browser.Get(mentor)).Words.ShouldContain("You have both accepted: Mina is your mentee since 21 November 2026. The program starts on 4 January 2027. The first 2 weeks are a trial.");
        (await scene.SubjectsTo(scene.Mentor)).ShouldBe("Mina Farouk asks for a mentor | Mina Farouk has accepted");
        (await scene.MailsTo(scene.Mentee)).ShouldBe(1, "who accepted last knows it");
        (await scene.Mentor.Browser.Page("/mentor")).QuerySelector("[aria-labelledby=pairs-h]")!.TextContent.ShouldContain("Mina Farouk");
        (await scene.Pool()).ShouldBe((0, 0));
        var late = await scene.Mentee.Browser.Post($"{mentee}/decline", ("Reason", "NoTime"));
        (late.Status, late.Words.Contains("Both of you have accepted, so this pair stands.")).ShouldBe((HttpStatusCode.Conflict, true));
    }

    [Fact]
    public async Task Asks_again_for_a_newer_charter_and_accepts_nothing_under_one_published_meanwhile()
    {
        var scene = await MeetScene.GivenSigned(product);
        await scene.MentorAccepts();
        var page = await scene.MenteePage();
        await Publish("Be kind, and answer within two days.");
        var asked = await scene.Mentee.Browser.Post($"{page}/accept");
        var number = (await scene.Mentee.Browser.Page($"{page}/charter")).QuerySelector("input[name=Number]")!.GetAttribute("value")!;
        await Publish("Be kind, and answer within three days.");

        var late = await scene.Mentee.Browser.Post($"{page}/charter", ("Number", number), ("Agrees", "true"));
        var state = await scene.Accept(scene.Mentee, Side.Mentee);

        asked.Location.ShouldBe($"{page}/charter");
        late.Status.ShouldBe(HttpStatusCode.Conflict);
        late.Words.ShouldContain("The charter changed while you were on this page");
        late.Words.ShouldContain("Nothing was signed.");
        late.Words.ShouldContain("answer within three days");
        state.Refusal?.Code.ShouldBe(AnswerMatch.Unsigned, "whatever the page did");
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM pairing.proposal WHERE id = '{await scene.Pair()}' AND mentee_accepted_at IS NOT NULL")).ShouldBe(0);
        var now = (await scene.Mentee.Browser.Page($"{page}/charter")).QuerySelector("input[name=Number]")!.GetAttribute("value")!;
        (await scene.Mentee.Browser.Post($"{page}/charter", ("Number", now), ("Agrees", "true"))).Location.ShouldBe($"{page}?did=accepted");

        async Task Publish(string text)
        {
            var seen = (await scene.Scene.Manager.Page("/manage/charter")).QuerySelector("input[name=seen]")!.GetAttribute("value")!;
            (await scene.Scene.Manager.Post("/manage/charter", ("Text", $"## Rules {Guid.NewGuid()}\n\n{text}"), ("WhatChanged", "Answers"), ("seen", seen))).Location.ShouldBe("/manage/charter?did=published");
        }
    }

    [Fact]
    public async Task Releases_a_declined_pair_and_tells_the_reason_to_staff_alone()
    {
        var scene = await MeetScene.GivenSigned(product);
        var (mentee, mentor) = (await scene.MenteePage(), await scene.MentorPage());
        await scene.MentorAccepts();
        await scene.MailsAreSent();

        var without = await scene.Mentor.Browser.Post($"{mentor}/decline", ("Words", "I know <b>her</b> from the market"));
        var tooLong = await scene.Mentor.Browser.Post($"{mentor}/decline", ("Reason", "TooClose"), ("Words", new string('x', 501)));
        var declined = await scene.Mentor.Browser.Post($"{mentor}/decline", ("Reason", "TooClose"), ("Words", "I know <b>her</b> from the market"));

        without.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        without.Page.QuerySelector(".errsum a")!.TextContent.ShouldBe("Choose a reason. Nothing was declined yet.");
        without.Page.QuerySelector("textarea")!.TextContent.ShouldBe("I know <b>her</b> from the market");
        tooLong.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        declined.Location.ShouldBe(mentor);
        (await scene.Pool()).ShouldBe((1, 1));
        var told = await scene.Mentee.Browser.Get(mentee);
        told.Words.ShouldContain("Ruth is no longer free. We are finding someone else.");
        (told.Words + (await scene.Mentee.Browser.Get("/me")).Words).ShouldNotContain("market");
        told.Words.ShouldNotContain("compete");
        (await scene.SubjectsTo(scene.Mentee)).ShouldEndWith("Ruth Calloway is no longer free");
        (await product.Database.ScalarAsync<string>($"SELECT string_agg(body::text, '') FROM platform.outgoing_mail WHERE \"to\" = '{scene.Mentee.Email}'")).ShouldNotContain("market");
        (await scene.Mentor.Browser.Get(mentor)).Words.ShouldContain("Mina hears only that you are no longer free.");
        var listed = await scene.Scene.Manager.Page($"{scene.Pairs}?state=declined");
        listed.QuerySelector("main td.words")!.TextContent.ShouldContain("“Our shops compete, or are too close”, “I know <b>her</b> from the market”. The next best for Mina is being looked for.");
        while (await product.Ask<OfferNextBest, int>(offer => offer.Run(TestContext.Current.CancellationToken)) > 0) { }
        (await scene.Scene.Manager.Page($"{scene.Pairs}?state=declined")).QuerySelector("main td.words")!.TextContent.ShouldContain("Mina waits for the next run.");
        (await scene.Scene.Manager.Get(scene.Scene.Studio)).Words.ShouldContain("1 mentee of run 1 waits again, because a pair was not accepted or broke off. Run again to match the people of today.");
    }

    [Fact]
    public async Task Proposes_two_who_did_not_accept_each_other_not_again()
    {
        var scene = await MeetScene.GivenSigned(product);
        await scene.Mentor.Browser.Post($"{await scene.MentorPage()}/decline", ("Reason", "NoTime"));
        var alone = await scene.Scene.Run();
        await scene.Scene.Program.GivenSellers("mentor-2");
        await MeetScene.BringIn(scene.Scene, "mentor", "id,languages,time_zone,week_hours,capacity", [$"{scene.Scene.Mentor(2)},en:native,Europe/London,tue 14-17,1"]);
        var run = await scene.Scene.GivenRun();

        alone.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        alone.Words.ShouldContain("No pair that ended before");
        var pair = run.Pairs.ShouldHaveSingleItem();
        (pair.MenteeId, pair.MentorId).ShouldBe((scene.Mentee.ExternalId, scene.Scene.Mentor(2)));
    }

    [Fact]
    public async Task Releases_what_nobody_answered_in_time_and_tells_who_had_accepted()
    {
        var scene = await MeetScene.GivenSigned(product, mentees: 2);
        var mentor = await scene.MentorPage();
        await scene.MentorAccepts(1);
        await scene.MailsAreSent();
        var early = await scene.Expire();
        await Overdue(await scene.Pair(), await scene.Pair(1));

        // Over, and no node has looked yet.
        var (over, late) = (await scene.Mentor.Browser.Get(mentor), await scene.Mentor.Browser.Post($"{mentor}/accept"));
        var released = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => scene.Expire()));

        early.ShouldBe(0);
        over.Words.ShouldContain("The time to answer is over");
        (late.Status, late.Words.Contains("The time to answer is over. Nothing was changed.")).ShouldBe((HttpStatusCode.Conflict, true));
        released.Sum().ShouldBeLessThanOrEqualTo(2);
        (await scene.State(), await scene.State(1)).ShouldBe(("Expired", "Expired"));
        (await scene.Pool()).ShouldBe((2, 2));
        (await scene.MailsTo(scene.Mentee)).ShouldBe(0, "they were never asked");
        (await scene.SubjectsTo(scene.Mentees[1])).ShouldBe("Meet Ruth Calloway");
        (await scene.SubjectsTo(scene.Mentor)).ShouldEndWith("Bo Lind 1 did not answer in time");
        (await scene.Mentees[1].Browser.Get(await scene.MenteePage(1))).Words.ShouldContain("The time to answer ended on");
        (await scene.Mentor.Browser.Get(await scene.MentorPage(1))).Words.ShouldContain("Bo did not answer in time. Your place is free again.");
        var listed = (await scene.Scene.Manager.Get($"{scene.Pairs}?state=expired")).Words;
        listed.ShouldContain("Ruth did not answer by");
        listed.ShouldContain("Bo did not answer by");
    }

    [Fact]
    public async Task Gives_each_three_days_from_when_they_are_asked_with_their_own_zone()
    {
        var scene = await MeetScene.GivenSigned(product);
        var mentor = (await scene.Mentor.Browser.Get(await scene.MentorPage())).Words;
        var first = await product.Database.ScalarAsync<bool>($"SELECT reply_by - approved_at = interval '3 days 10 minutes' FROM pairing.proposal WHERE id = '{await scene.Pair()}'");
        product.Clock.Advance(TimeSpan.FromHours(5));
        await scene.MentorAccepts();

        var mentee = (await scene.Mentee.Browser.Get(await scene.MenteePage())).Words;

        first.ShouldBeTrue();
        mentor.ShouldMatch(@"Reply by [A-Z][a-z]{2} 2\d Nov at \d\d:\d\d, Lisbon time");
        mentee.ShouldMatch(@"Reply by [A-Z][a-z]{2} 2\d Nov at \d\d:\d\d, London time");
        (await product.Database.ScalarAsync<bool>($"SELECT reply_by - mentor_accepted_at = interval '3 days' FROM pairing.proposal WHERE id = '{await scene.Pair()}'")).ShouldBeTrue();
    }

    [Fact]
    public async Task Answers_for_somebody_elses_match_as_for_none()
    {
        var scene = await MeetScene.GivenSigned(product);
        var stranger = await MeetScene.GivenShop(product, "Ana Souza");
        var (id, none) = (await scene.Pair(), Guid.NewGuid());

        foreach (var (shop, root) in new[] { (stranger, "/me/match"), (stranger, "/mentor/requests"), (scene.Mentee, "/mentor/requests"), (scene.Mentor, "/me/match") })
        {
            var (foreign, unknown) = (await shop.Browser.Get($"{root}/{id}"), await shop.Browser.Get($"{root}/{none}"));
            foreign.Status.ShouldBe(HttpStatusCode.NotFound);
            (foreign.Words, foreign.Page.Title).ShouldBe((unknown.Words, unknown.Page.Title));
            (await shop.Browser.Post($"{root}/{id}/accept")).Status.ShouldBe(HttpStatusCode.NotFound);
            (await shop.Browser.Post($"{root}/{id}/decline", ("Reason", "NoTime"))).Status.ShouldBe(HttpStatusCode.NotFound);
            (await shop.Browser.Get($"{root}/{id}/charter")).Status.ShouldBe(HttpStatusCode.NotFound);
            (await shop.Browser.Post($"{root}/{id}/charter", ("Number", "1"), ("Agrees", "true"))).Status.ShouldBe(HttpStatusCode.NotFound);
        }

        (await scene.State()).ShouldBe("Approved");
    }

    [Theory]
    [InlineData("suspended_at = now()")]
    [InlineData("seller_id = NULL")]
    public async Task Takes_no_answer_of_somebody_whose_access_ended(string change)
    {
        var scene = await MeetScene.GivenSigned(product);
        await scene.MentorAccepts();
        await product.Database.ExecuteAsync($"UPDATE people.account SET {change} WHERE id = '{scene.Mentee.AccountId}'");

        // The session is still open: it follows within a minute.
        var accepted = await scene.Mentee.Browser.Post($"{await scene.MenteePage()}/accept");

        accepted.Status.ShouldBe(HttpStatusCode.NotFound);
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM pairing.proposal WHERE id = '{await scene.Pair()}' AND mentee_accepted_at IS NOT NULL")).ShouldBe(0);
    }

    [Fact]
    public async Task Keeps_one_answer_of_two_tabs_that_accept_and_decline_at_once()
    {
        for (var round = 0; round < 3; round++)
        {
            var scene = await MeetScene.GivenSigned(product);
            await scene.MentorAccepts();
            var page = await scene.MenteePage();

            var answers = await Task.WhenAll(scene.Mentee.Browser.Post($"{page}/accept"), scene.Mentee.Browser.Post($"{page}/decline", ("Reason", "NoTime")));

            answers.Count(answer => answer.Location is not null).ShouldBe(1);
            answers.Single(answer => answer.Location is null).Status.ShouldBe(HttpStatusCode.Conflict);
            (await scene.State()).ShouldBe(answers[0].Location is not null ? "Active" : "Declined");
        }
    }

    [Fact]
    public async Task Makes_one_pair_and_one_mentorship_of_several_tabs_at_once()
    {
        var scene = await MeetScene.GivenSigned(product);
        var (mentee, mentor) = (await scene.MenteePage(), await scene.MentorPage());

        var first = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => scene.Mentor.Browser.Post($"{mentor}/accept")));
        var second = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => scene.Mentee.Browser.Post($"{mentee}/accept")));

        first.Concat(second).ShouldAllBe(answer => answer.Location != null && answer.Location.EndsWith("?did=accepted", StringComparison.Ordinal));
        (await scene.State()).ShouldBe("Active");
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM mentorships.mentorship WHERE id = '{await scene.Pair()}' AND state = 'Trial'")).ShouldBe(1);
        (await scene.MailsTo(scene.Mentee) + await scene.MailsTo(scene.Mentor)).ShouldBe(3, "both were asked, and one told that the other has accepted");
    }

    [Fact]
    public async Task Decides_between_the_last_acceptance_and_a_managers_withdrawal()
    {
        for (var round = 0; round < 3; round++)
        {
            var scene = await MeetScene.GivenSigned(product);
            await scene.MentorAccepts();
            var page = await scene.MenteePage();

            var answers = await Task.WhenAll(scene.Mentee.Browser.Post($"{page}/accept"), scene.Scene.Manager.Post($"{scene.Pairs}/{await scene.Pair()}/withdraw"));

            answers.Count(answer => answer.Location is not null).ShouldBe(1);
            (await scene.State()).ShouldBe(answers[0].Location is not null ? "Active" : "Withdrawn");
            if (answers[0].Location is null) answers[0].Words.ShouldContain("The program’s team took this pair back");
            else answers[1].Words.ShouldContain("Both have accepted this pair meanwhile, so it stays.");
        }
    }

    [Fact]
    public async Task Gives_a_mentors_last_place_to_one_of_two_acceptances_at_once()
    {
        for (var round = 0; round < 3; round++)
        {
            var scene = await MeetScene.GivenSigned(product, mentees: 2);
            // They were asked about two, and have one place by now.
            await MeetScene.BringIn(scene.Scene, "mentor", "id,capacity", [$"{scene.Mentor.ExternalId},1"]);
            var pages = (await scene.MentorPage(), await scene.MentorPage(1));

            var answers = await Task.WhenAll(scene.Mentor.Browser.Post($"{pages.Item1}/accept"), scene.Mentor.Browser.Post($"{pages.Item2}/accept"));

            answers.Count(answer => answer.Location is not null).ShouldBe(1);
            answers.Single(answer => answer.Location is null).Words.ShouldContain("All your places are taken by mentees whom you accepted.");
            (await Accepted(scene, "mentor_accepted_at IS NOT NULL")).ShouldBe(1);
        }
    }

    [Fact]
    public async Task Keeps_the_places_that_a_mentor_accepted_with_fewer_later()
    {
        var scene = await MeetScene.GivenSigned(product, mentees: 2);
        await scene.MentorAccepts();
        await scene.MentorAccepts(1);
        await MeetScene.BringIn(scene.Scene, "mentor", "id,capacity", [$"{scene.Mentor.ExternalId},1"]);

        await scene.Accepts(scene.Mentee, await scene.MenteePage());
        await scene.Accepts(scene.Mentees[1], await scene.MenteePage(1));

        (await Accepted(scene, "state = 'Active'")).ShouldBe(2, "the mentor said yes to both");
    }

    [Fact]
    public async Task Changes_places_and_takes_a_break_on_the_page_that_declines()
    {
        var scene = await MeetScene.GivenSigned(product, mentees: 2, places: 4);
        var page = await scene.MentorPage();
        var form = (await scene.Mentor.Browser.Page(page)).QuerySelector("form[action$=decline]")!;

        var refused = await scene.Mentor.Browser.Post($"{page}/decline", ("Reason", "NoTime"), ("CapacitySeen", "4"), ("Capacity", "a lot"));
        var declined = await scene.Mentor.Browser.Post($"{page}/decline", ("Reason", "NoTime"), ("CapacitySeen", "4"), ("Capacity", "2"), ("Pause", "true"));

        form.QuerySelector("input[name=Capacity]")!.GetAttribute("value").ShouldBe("4");
        form.QuerySelector("input[name=Pause]")!.HasAttribute("checked").ShouldBeFalse();
        (refused.Status, refused.Words.Contains("Enter a whole number of mentees from 0 to 50. Nothing was declined yet.")).ShouldBe((HttpStatusCode.UnprocessableEntity, true));
        declined.Location.ShouldBe(page);
        (await product.Database.ScalarAsync<string>($"SELECT (as_mentor ->> 'capacity') || ' ' || (as_mentor ->> 'isOpenToNew') FROM enrollment.participant WHERE seller_id = '{scene.Mentor.SellerId}'")).ShouldBe("2 false");
        (await scene.State(1)).ShouldBe("Approved", "the other request stays");
        (await scene.Mentor.Browser.Page(await scene.MentorPage(1))).QuerySelectorAll("input[name=Pause]").ShouldBeEmpty();
    }

    Task Overdue(params Guid[] pairs) => product.Database.ExecuteAsync($"UPDATE pairing.proposal SET reply_by = '{product.Clock.GetUtcNow().AddSeconds(-1):O}' WHERE id IN ({string.Join(',', pairs.Select(id => $"'{id}'"))})");

    Task<long> Accepted(MeetScene scene, string where) =>
        product.Database.ScalarAsync<long>($"SELECT count(*) FROM pairing.proposal p JOIN enrollment.participant e ON e.id = p.mentor_id WHERE e.seller_id = '{scene.Mentor.SellerId}' AND {where}");

    Task<long> Signatures(Shop shop) => product.Database.ScalarAsync<long>($"SELECT count(*) FROM enrollment.charter_signature WHERE account_id = '{shop.AccountId}'");
}
