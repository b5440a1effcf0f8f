using System.Net;
using Guildhall.Platform.Mail;
using Guildhall.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Guildhall.Tests.Pairing;

/// <summary>The mentors of approved pairs are asked once the approval can't be undone any more, and not before; their mentees once they accept.</summary>
public sealed class AskPairsTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Tells_the_owner_that_the_marketplace_knows_where_nobody_can_sign_in_yet()
    {
        var scene = await MeetScene.GivenSigned(product);
        await product.Database.ExecuteAsync($"""
            UPDATE people.account SET seller_id = NULL WHERE id = '{scene.Mentee.AccountId}';
            UPDATE sellers.seller SET contact_email = 'owner-{scene.Mentee.ExternalId}@example.com' WHERE id = '{scene.Mentee.SellerId}'
            """);

        await scene.MentorAccepts();

        (await product.Database.ScalarAsync<string>($"SELECT string_agg(\"to\", ' ') FROM platform.outgoing_mail WHERE kind_id = 'match' AND subject = 'Meet Ruth Calloway' AND \"to\" LIKE 'owner-%'"))
            .ShouldBe($"owner-{scene.Mentee.ExternalId}@example.com");
        (await scene.MailsTo(scene.Mentee)).ShouldBe(0);
    }

    [Fact]
    public async Task Tells_nobody_of_what_can_still_be_undone_and_takes_the_mails_back_with_it()
    {
        var scene = await MeetScene.GivenApproved(product);
        var (mentee, mentor) = (await scene.MenteePage(), await scene.MentorPage());
        var due = await product.Database.ScalarAsync<double>($"SELECT extract(epoch FROM min(m.next_try_at) - min(p.approved_at))::float8 FROM platform.outgoing_mail m, pairing.proposal p WHERE p.id = '{await scene.Pair()}' AND m.id = ANY (p.mentee_mails || p.mentor_mails)");
        product.Clock.Advance(TimeSpan.FromMinutes(9.5));

        var early = (await scene.Mentee.Browser.Get(mentee), await scene.Mentor.Browser.Get(mentor), await scene.Mentor.Browser.Post($"{mentor}/accept"));
        var home = (await scene.Mentor.Browser.Get("/mentor")).Words;
        (await scene.Scene.Manager.Post($"{scene.Scene.Studio}/1/undo")).Location.ShouldNotBeNull();
        var undone = (await scene.MailsTo(scene.Mentee), await scene.MailsTo(scene.Mentor));
        product.Clock.Advance(TimeSpan.FromMinutes(1));

        due.ShouldBe(600, 0.001);
        (early.Item1.Status, early.Item2.Status, early.Item3.Status).ShouldBe((HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound));
        home.ShouldNotContain("Mina");
        undone.ShouldBe((0, 0));
        (await scene.Mentor.Browser.Get(mentor)).Status.ShouldBe(HttpStatusCode.NotFound, "what was undone was never sent");
        (await scene.Scene.Manager.Get($"{scene.Pairs}?state=withdrawn")).Words.ShouldContain("No pair was withdrawn");
    }

    [Fact]
    public async Task Asks_the_mentor_and_then_the_mentee_by_mail_and_on_their_start_pages()
    {
        var scene = await MeetScene.GivenSigned(product);
        var early = (await scene.MailsTo(scene.Mentee), await scene.Mentee.Browser.Get(await scene.MenteePage()), (await scene.Mentee.Browser.Get("/me")).Words);
        var mentor = await scene.Mentor.Browser.Page("/mentor");
        await scene.MentorAccepts();

        early.Item1.ShouldBe(0, "a mentee is asked about a mentor who said yes");
        early.Item2.Status.ShouldBe(HttpStatusCode.NotFound);
        early.Item3.ShouldNotContain("Ruth");
        (await scene.SubjectsTo(scene.Mentee)).ShouldBe("Meet Ruth Calloway");
        (await scene.SubjectsTo(scene.Mentor)).ShouldBe("Mina Farouk asks for a mentor");
        (await Link(scene.Mentee)).ShouldBe($"Meet Ruth {await scene.MenteePage()}");
        (await Link(scene.Mentor)).ShouldBe($"See Mina’s request {await scene.MentorPage()}");
        var me = await scene.Mentee.Browser.Page("/me");
        me.QuerySelector("main a.gh-btn-1")!.TextContent.ShouldBe("Meet Ruth");
        mentor.QuerySelector("main a.gh-btn-1")!.TextContent.ShouldBe("See Mina’s request");
        mentor.QuerySelector("main .gh-card h2")!.TextContent.ShouldBe("Mina Farouk asks for a mentor");
        (await scene.Mentee.Browser.Page(me.QuerySelector("main a.gh-btn-1")!.GetAttribute("href")!)).QuerySelector("h1")!.TextContent.ShouldBe("Meet Ruth Calloway");

        Task<string> Link(Shop shop) => product.Database.ScalarAsync<string>($"SELECT (body -> 'action' ->> 'label') || ' ' || (body -> 'action' ->> 'href') FROM platform.outgoing_mail WHERE \"to\" = '{shop.Email}' AND kind_id = 'match'");
    }

    [Fact]
    public async Task Undoes_nothing_when_a_mail_is_on_its_way_already()
    {
        var scene = await MeetScene.GivenApproved(product, mentees: 2);
        await product.Database.ExecuteAsync($"UPDATE platform.outgoing_mail SET tries = 1 WHERE id = (SELECT id FROM platform.outgoing_mail WHERE \"to\" = '{scene.Mentor.Email}' AND kind_id = 'match' LIMIT 1)");

        var undo = await scene.Scene.Manager.Post($"{scene.Scene.Studio}/1/undo");

        undo.Status.ShouldBe(HttpStatusCode.Conflict);
        undo.Words.ShouldContain("The ten minutes to undo are over. The pairs stay approved.");
        (await scene.Scene.Approved()).ShouldBe(2);
        (await scene.MailsTo(scene.Mentor)).ShouldBe(2, "what was about to be taken back is still there");
    }

    [Fact]
    public async Task Says_who_could_not_be_told_and_asks_them_on_their_page_once_they_can_sign_in()
    {
        var scene = await PairingScene.Given(product, mentees: 1, mentors: 1, places: 1);
        await scene.GivenRun();
        await scene.Approve(1);
        product.Clock.Advance(TimeSpan.FromMinutes(10));

        var listed = (await scene.Manager.Get($"/manage/{scene.Program.Slug}/pairs")).Words;

        listed.Split("Not told: no address").Length.ShouldBe(2);
        listed.ShouldContain("Told when Mentor accepts");
        listed.ShouldContain("Invite its owner from the seller’s page");
        var sellerId = await product.Database.ScalarAsync<Guid>($"SELECT id FROM sellers.seller WHERE external_id = '{scene.Mentor(1)}'");
        using var owner = await product.Another("Mentor 1", $"{scene.Mentor(1)}@example.com", account => account.ActFor(sellerId));
        (await owner.Get("/mentor")).Words.ShouldContain("Bo Lind asks for a mentor");
    }

    [Fact]
    public async Task Asks_nobody_of_a_program_about_the_past()
    {
        var scene = await PairingScene.Given(product, mentees: 1, mentors: 1, places: 1);
        await product.Database.ExecuteAsync($"UPDATE programs.program SET figures_as_of = '2026-06-01' WHERE slug = '{scene.Program.Slug}'");
        await scene.GivenRun();
        await scene.Approve(1);
        product.Clock.Advance(TimeSpan.FromMinutes(10));

        (await scene.Manager.Get(scene.Studio)).Words.ShouldContain("The program is about the past, so nobody is asked.");
        (await scene.Manager.Get($"/manage/{scene.Program.Slug}/pairs")).Words.ShouldContain("Not sent");
    }

    [Fact]
    public async Task Lets_no_name_into_a_header_or_the_page()
    {
        const string Hostile = "Mina\r\nBcc: all@example.com <script>alert(1)</script>";
        var scene = await MeetScene.GivenAsked(product, menteeName: Hostile);
        await product.Database.ExecuteAsync($"UPDATE sellers.seller SET name = '<script>alert(2)</script>' WHERE id = '{scene.Mentee.SellerId}'");

        var subject = await scene.SubjectsTo(scene.Mentor);
        var page = await scene.Mentor.Browser.Page(await scene.MentorPage());
        var listed = await scene.Scene.Manager.Page(scene.Pairs);

        subject.ShouldBe("Mina Bcc: all@example.com <script>alert(1)</script> asks for a mentor");
        foreach (var shown in new[] { page, listed })
        {
            shown.QuerySelectorAll("main script").ShouldBeEmpty();
            shown.QuerySelector("main")!.TextContent.ShouldContain("<script>alert(2)</script>");
        }

        await using var scope = product.Services.CreateAsyncScope();
        await using var db = product.Database.NewDb();
        var mail = db.Set<OutgoingMail>().Single(one => one.To == scene.Mentor.Email && one.KindId == "match");
        using var message = scope.ServiceProvider.GetRequiredService<MailTemplate>().Message(mail, mail.Body!, "Feira");
        message.Bcc.ShouldBeEmpty();
        message.Subject.ShouldNotContain('\n');
        scope.ServiceProvider.GetRequiredService<MailTemplate>().Text(mail, mail.Body!, "Feira").ShouldNotContain("\nBcc:");
    }
}
