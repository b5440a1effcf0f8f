using System.Net;
using Guildhall.Modules.Enrollment;
using Guildhall.Tests.Pairing;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Mentorships;

/// <summary>A message that is reported is before the program's team at once, with those around it and no others, and who reads it is put down.</summary>
public sealed class ReportTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Brings_a_message_and_those_around_it_before_the_team()
    {
        var scene = await TalkScene.Given(product);
        await scene.GivenMany(20, Side.Mentor);
        var message = await IdOf(scene, "Message 12");
        var link = (await scene.Mentee.Browser.Page(scene.MenteePage)).QuerySelector($"#m-{message:N} a")!.GetAttribute("href")!;
        var asked = (await scene.Mentee.Browser.Get(link)).Words;

        var reported = await scene.Mentee.Browser.Post(link, ("Reason", "Pressure"), ("Words", "It is the third time"));
        await scene.MentorWrites("Written after the report");
        var list = await scene.Meet.Scene.Manager.Page(scene.Reports);
        var page = await scene.Meet.Scene.Manager.Page($"{scene.Reports}/{await ReportId(message)}");

        asked.ShouldContain("The program’s team reads this message, the 5 before it and the 5 after it, and nothing else.");
        reported.Location.ShouldBe($"{scene.MenteePage}?did=reported");
        list.QuerySelector("h1")!.TextContent.ShouldBe("1 report to decide");
        list.QuerySelector("nav[aria-label=Main] a[href$='/reports'] .waits")!.TextContent.ShouldBe("1 needs you");
        list.QuerySelector("tbody tr")!.TextContent.ShouldContain("I am pressed to do something");
        list.QuerySelector("main")!.TextContent.ShouldNotContain("Message 12");
        TalkScene.Said(page).ShouldBe([.. Enumerable.Range(7, 11).Select(n => $"Message {n}")]);
        page.QuerySelectorAll(".talk .about .said").Single().TextContent.ShouldBe("Message 12");
        page.QuerySelector("main")!.TextContent.ShouldContain("It is the third time");
        (await scene.Mentee.Browser.Get(scene.MenteePage)).Words.ShouldContain("You reported this. The program’s team reads it.");
        (await scene.Mentor.Browser.Get(scene.MentorPage)).Words.ShouldNotContain("eported this");
    }

    [Fact]
    public async Task Does_not_read_on_after_the_report()
    {
        var scene = await TalkScene.Given(product);
        await scene.MentorWrites("Reported");
        var message = await IdOf(scene, "Reported");
        await Report(scene, message);
        await scene.MentorWrites("Written later");

        var page = await scene.Meet.Scene.Manager.Page($"{scene.Reports}/{await ReportId(message)}");

        TalkScene.Said(page).ShouldBe(["Reported"]);
    }

    [Fact]
    public async Task Puts_down_for_both_who_read_it_and_no_word_of_it()
    {
        var scene = await TalkScene.Given(product);
        await scene.MentorWrites("Unheard-of words");
        var message = await IdOf(scene, "Unheard-of words");
        await Report(scene, message);
        await scene.Meet.Scene.Manager.Page(scene.Reports);
        var before = await Seen(scene);

        await scene.Meet.Scene.Manager.Page($"{scene.Reports}/{await ReportId(message)}");

        before.ShouldBe("", "the list shows nothing that was written");
        (await Seen(scene)).ShouldBe("{messages,report} {messages,report}");
        (await product.Database.ScalarAsync<string>("SELECT string_agg(e::text, ' ') FROM platform.audit_entry e")).ShouldNotContain("nheard");
    }

    [Fact]
    public async Task Is_decided_once_and_who_reported_sees_that_it_was()
    {
        var scene = await TalkScene.Given(product);
        await scene.MentorWrites("Hm");
        var message = await IdOf(scene, "Hm");
        await Report(scene, message);
        var page = $"{scene.Reports}/{await ReportId(message)}";
        var manager = scene.Meet.Scene.Manager;

        var nothing = await manager.Post(page);
        var answers = await Task.WhenAll(manager.Post(page, ("Decision", "NothingToDo")), manager.Post(page, ("Decision", "NothingToDo")));

        nothing.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        answers.Select(answer => answer.Status).Order().ShouldBe([HttpStatusCode.Redirect, HttpStatusCode.Conflict]);
        (await manager.Get(page)).Words.ShouldContain("Nothing to do, ");
        (await manager.Page($"{scene.Reports}?state=decided")).QuerySelector("tbody tr")!.TextContent.ShouldContain("Nothing to do");
        (await scene.Mentee.Browser.Get(scene.MenteePage)).Words.ShouldContain("You reported this, and the program’s team has decided.");
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM platform.audit_entry WHERE verb = 'Decided' AND codes @> ARRAY['report','nothing-to-do'] AND subject_id IN ('{scene.Mentee.SellerId}', '{scene.Mentor.SellerId}')")).ShouldBe(2);
    }

    [Fact]
    public async Task Leads_to_the_pair_that_is_to_be_ended()
    {
        var scene = await TalkScene.Given(product);
        await scene.MentorWrites("Hm");
        var message = await IdOf(scene, "Hm");
        await Report(scene, message);

        var page = await scene.Meet.Scene.Manager.Page((await scene.Meet.Scene.Manager.Post($"{scene.Reports}/{await ReportId(message)}", ("Decision", "EndedPair"))).Location!);

        page.QuerySelector($"main a[href='{scene.Meet.Pairs}/{scene.Id}']").ShouldNotBeNull();
    }

    [Fact]
    public async Task Is_one_report_however_often_it_is_sent_and_none_of_ones_own_words()
    {
        var scene = await TalkScene.Given(product);
        await scene.MentorWrites("Theirs");
        await scene.MenteeWrites("Mine");
        var (theirs, mine) = (await IdOf(scene, "Theirs"), await IdOf(scene, "Mine"));
        await scene.Mentee.Browser.Page("/me");

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => scene.Mentee.Browser.Post($"{scene.MenteePage}/report/{theirs}", ("Reason", "Selling"))));
        var own = await scene.Mentee.Browser.Post($"{scene.MenteePage}/report/{mine}", ("Reason", "Selling"));
        var unread = await scene.Mentee.Browser.Post($"{scene.MenteePage}/report/{theirs}", ("Reason", "7"), ("Words", new string('x', 501)));

        answers.ShouldAllBe(answer => answer.Location == $"{scene.MenteePage}?did=reported");
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM mentorships.message_report WHERE mentorship_id = '{scene.Id}'")).ShouldBe(1);
        own.Status.ShouldBe(HttpStatusCode.NotFound);
        unread.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        unread.Page.QuerySelectorAll(".errsum a").Length.ShouldBe(2);
    }

    [Fact]
    public async Task Is_not_found_in_another_program()
    {
        var (scene, other) = (await TalkScene.Given(product), await MeetScene.GivenAsked(product));
        await scene.MentorWrites("Hm");
        var message = await IdOf(scene, "Hm");
        await Report(scene, message);
        var id = await ReportId(message);
        var foreign = $"/manage/{other.Scene.Program.Slug}/reports";

        (await scene.Meet.Scene.Manager.Get($"{foreign}/{id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await scene.Meet.Scene.Manager.Post($"{foreign}/{id}", ("Decision", "NothingToDo"))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await scene.Meet.Scene.Manager.Page(foreign)).QuerySelector("h1")!.TextContent.ShouldBe("No report to decide");
        (await Seen(scene)).ShouldBe("");
    }

    Task<Guid> IdOf(TalkScene scene, string text) => product.Database.ScalarAsync<Guid>($"SELECT id FROM mentorships.message WHERE mentorship_id = '{scene.Id}' AND text = '{text}'");

    Task<Guid> ReportId(Guid message) => product.Database.ScalarAsync<Guid>($"SELECT id FROM mentorships.message_report WHERE message_id = '{message}'");

    static async Task Report(TalkScene scene, Guid message) => (await scene.Mentee.Browser.Post($"{scene.MenteePage}/report/{message}", ("Reason", "Other"))).Location.ShouldNotBeNull();

    Task<string> Seen(TalkScene scene) => product.Database.ScalarAsync<string>(
        $"SELECT coalesce(string_agg(codes::text, ' '), '') FROM platform.audit_entry WHERE verb = 'Seen' AND subject_id IN ('{scene.Mentee.SellerId}', '{scene.Mentor.SellerId}') AND 'messages' = ANY (codes)");
}
