using System.Net;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Pairing;

/// <summary>The manager's list of pairs: where each stands, who was told, and taking one back.</summary>
public sealed class PairListTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Lists_pairs_by_where_they_stand()
    {
        var scene = await MeetScene.GivenSigned(product, mentees: 5);
        await scene.MentorAccepts(1);
        await scene.BothAccept(2);
        await scene.MentorAccepts(3);
        await scene.Mentees[3].Browser.Post($"{await scene.MenteePage(3)}/decline", ("Reason", "OtherHelp"));
        await scene.Scene.Manager.Post($"{scene.Pairs}/{await scene.Pair(4)}/withdraw");

        var page = await scene.Scene.Manager.Page(scene.Pairs);

        page.QuerySelector("h1")!.TextContent.ShouldBe("1 active pair, 2 waiting");
        page.QuerySelectorAll(".gh-tabs a").Select(tab => string.Join(' ', tab.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
            .ShouldBe(["Waiting for mentors1", "Waiting for mentees1", "Active1", "Declined1", "Expired0", "Withdrawn1", "Over0"]);
        foreach (var (state, person, badge, more) in ((string, string, string, string)[])
        [
            ("waitingformentors", "Mina Farouk", "Waiting for Ruth", "Reply by"),
            ("waitingformentees", "Bo Lind 1", "Waiting for Bo", "Reply by"),
            ("active", "Bo Lind 2", "Active", "Both accepted, today at"),
            ("declined", "Bo Lind 3", "Declined", "By Bo today at"),
            ("withdrawn", "Bo Lind 4", "Withdrawn", "Withdrawn today at"),
        ])
        {
            var listed = await scene.Scene.Manager.Page($"{scene.Pairs}?state={state}");
            var row = listed.QuerySelectorAll("main tbody tr").ShouldHaveSingleItem();
            row.QuerySelector("th b")!.TextContent.ShouldBe(person);
            row.QuerySelector(".gh-badge")!.TextContent.ShouldBe(badge);
            row.QuerySelector("td.words small")!.TextContent.ShouldStartWith(more);
            row.QuerySelectorAll("form").Length.ShouldBe(state.StartsWith("waiting", StringComparison.Ordinal) ? 1 : 0);
        }

        (await scene.Scene.Manager.Get($"{scene.Pairs}?state=expired")).Words.ShouldContain("No pair expired");
        (await scene.Scene.Manager.Get($"{scene.Pairs}?state=7")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Says_who_was_told_and_when()
    {
        var scene = await MeetScene.GivenApproved(product);
        var before = (await scene.Scene.Manager.Get(scene.Pairs)).Words;
        product.Clock.Advance(TimeSpan.FromMinutes(10));
        await Sent(scene);

        var nowhere = (await scene.Scene.Manager.Get(scene.Pairs)).Words;
        await scene.Sign(scene.Mentor);
        await scene.MentorAccepts();
        await Sent(scene);
        // What a server took is not kept.
        await product.Database.ExecuteAsync($"UPDATE platform.outgoing_mail SET body = NULL WHERE \"to\" = '{scene.Mentee.Email}'");
        await product.Database.ExecuteAsync($"UPDATE platform.outgoing_mail SET state = 'Refused', sent_at = NULL WHERE \"to\" = '{scene.Mentor.Email}'");
        var after = (await scene.Scene.Manager.Get($"{scene.Pairs}?state=waitingformentees")).Words;

        before.ShouldContain("Not sent yet");
        before.ShouldContain("if the mail server takes it");
        nowhere.ShouldContain("and no mail server is set");
        after.ShouldMatch(@"Told today at \d\d:\d\d");
        after.ShouldContain("Not told: the mail was not taken");
    }

    [Fact]
    public async Task Says_of_who_was_not_told_by_mail_what_holds_now()
    {
        var scene = await MeetScene.GivenAsked(product);
        await product.Database.ExecuteAsync($"UPDATE pairing.proposal SET mentor_mails = '{{}}' WHERE id = '{await scene.Pair()}'");

        var there = (await scene.Scene.Manager.Get(scene.Pairs)).Words;
        await scene.Sign(scene.Mentor);
        await scene.MentorAccepts();
        var answered = (await scene.Scene.Manager.Get($"{scene.Pairs}?state=waitingformentees")).Words;

        there.ShouldContain("Could not be told by mail; it stands on their start page");
        there.ShouldNotContain("Nobody can sign in for a shop without an address.");
        answered.ShouldContain("Answered on their page, without a mail");
    }

    [Fact]
    public async Task Shows_before_the_approval_who_can_not_be_told_by_mail()
    {
        var scene = await PairingScene.Given(product, mentees: 1, mentors: 1, places: 1);
        await scene.GivenRun();
        var mentor = await product.Database.ScalarAsync<Guid>($"SELECT id FROM sellers.seller WHERE external_id = '{scene.Mentor(1)}'");
        await product.Database.ExecuteAsync($"UPDATE sellers.seller SET contact_email = 'owner-{mentor}@example.com' WHERE external_id = '{scene.Mentee(1)}'");

        var page = await scene.Manager.Page($"{scene.Studio}/1/send");

        var untold = page.QuerySelector("[aria-labelledby=untold-h]")!;
        untold.TextContent.ShouldContain("1 person can’t be told by mail");
        untold.QuerySelectorAll("a").Select(link => (link.TextContent, link.GetAttribute("href"))).ShouldBe([($"Mentor 1, Shop mentor-1", $"/manage/sellers/{mentor}#invite-h")]);
    }

    [Fact]
    public async Task Withdraws_a_waiting_pair_once_and_tells_only_who_knew_of_it()
    {
        var scene = await MeetScene.GivenApproved(product, mentees: 2);
        var (early, told) = (await scene.Pair(), await scene.Pair(1));

        (await scene.Scene.Manager.Post($"{scene.Pairs}/{early}/withdraw")).Location.ShouldBe($"{scene.Pairs}?did=withdrawn");
        product.Clock.Advance(TimeSpan.FromMinutes(10));
        foreach (var shop in new[] { scene.Mentor, scene.Mentees[1] }) await scene.Sign(shop);
        await scene.MentorAccepts(1);
        await Sent(scene, scene.Mentees[1]);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => scene.Scene.Manager.Post($"{scene.Pairs}/{told}/withdraw")));

        (await scene.MailsTo(scene.Mentee)).ShouldBe(0, "nobody had told them of it");
        (await scene.Mentee.Browser.Get(await scene.MenteePage())).Status.ShouldBe(HttpStatusCode.NotFound);
        answers.Count(answer => answer.Location is not null).ShouldBe(1);
        answers.Count(answer => answer.Status == HttpStatusCode.Conflict && answer.Words.Contains("This pair ended meanwhile. Nothing was changed.")).ShouldBe(3);
        (await scene.SubjectsTo(scene.Mentees[1])).ShouldBe("Meet Ruth Calloway | Ruth Calloway is no longer free");
        (await scene.SubjectsTo(scene.Mentor)).ShouldBe("Bo Lind 1 asks for a mentor | Bo Lind 1 is no longer free");
        (await scene.Pool()).ShouldBe((2, 2));
        var again = await scene.Scene.GivenRun();
        again.Pairs.Count.ShouldBe(2, "who were kept apart by staff alone may be proposed again");
    }

    [Fact]
    public async Task Withdraws_no_pair_of_another_program_or_none()
    {
        var (scene, other) = (await MeetScene.GivenAsked(product), await MeetScene.GivenAsked(product));

        (await scene.Scene.Manager.Post($"{scene.Pairs}/{await other.Pair()}/withdraw")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await scene.Scene.Manager.Post($"{scene.Pairs}/{Guid.NewGuid()}/withdraw")).Status.ShouldBe(HttpStatusCode.NotFound);

        (await other.State()).ShouldBe("Approved");
    }

    [Fact]
    public async Task Shows_fifty_a_page_with_as_many_queries_for_fifty_as_for_two()
    {
        var (few, many) = (await PairingScene.Given(product, mentees: 2, mentors: 1, places: 2), await PairingScene.Given(product, mentees: 60, mentors: 12, places: 5));
        foreach (var scene in new[] { few, many })
        {
            await scene.GivenRun();
            await scene.Approve(1);
        }

        var (first, second) = (await many.Manager.Page(Pairs(many)), await many.Manager.Page($"{Pairs(many)}?state=waitingformentors&page=2"));
        var forFew = await QueryCount.Of(product.Database, () => few.Manager.Get(Pairs(few)));
        var forMany = await QueryCount.Of(product.Database, () => many.Manager.Get(Pairs(many)));

        first.QuerySelectorAll("main tbody tr").Length.ShouldBe(50);
        first.QuerySelector(".gh-foot")!.TextContent.ShouldContain("1 to 50 of 60");
        first.QuerySelector("a[rel=next]")!.GetAttribute("href").ShouldBe($"{Pairs(many)}?state=waitingformentors&page=2");
        second.QuerySelectorAll("main tbody tr").Length.ShouldBe(10);
        forMany.ShouldBe(forFew);
        forMany.ShouldBeLessThanOrEqualTo(14);

        static string Pairs(PairingScene scene) => $"/manage/{scene.Program.Slug}/pairs";
    }

    /// <summary>The product's own worker looks every two seconds.</summary>
    async Task Sent(MeetScene scene, Shop? to = null)
    {
        var who = to ?? scene.Mentee;
        for (var tries = 0; tries < 300; tries++)
        {
            if (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM platform.outgoing_mail WHERE \"to\" IN ('{who.Email}', '{scene.Mentor.Email}') AND kind_id = 'match' AND state = 'Waiting'") == 0) return;
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException("The mails were not sent.");
    }
}
