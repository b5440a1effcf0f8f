using System.Net;
using Guildhall.Modules.Mentorships;
using Guildhall.Modules.Notices;
using Guildhall.Modules.Sessions;
using Guildhall.Platform.Mail;
using Guildhall.Tests.Sessions;
using Guildhall.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using OneMail = Guildhall.Platform.Mail.Mail;

namespace Guildhall.Tests.Notices;

/// <summary>What people choose to get by mail, and when.</summary>
public sealed class ChoiceTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Begin_with_the_digest_for_mentors_and_at_once_for_mentees()
    {
        var scene = await SessionScene.Given(product);

        var (mentor, mentee, manager) = (await scene.Mentor.Page(ChoiceRoutes.Path), await scene.Mentee.Page(ChoiceRoutes.Path), await (await product.Manager()).Page(ChoiceRoutes.Path));

        (Chosen(mentor, "messages"), Chosen(mentor, "nudge"), Chosen(mentor, "session-note"), Chosen(mentor, "session-reminder"), Chosen(mentor, "daily-digest")).ShouldBe(("digest", "digest", "digest", "at-once", "at-once"));
        (Chosen(mentee, "messages"), Chosen(mentee, "nudge"), Chosen(mentee, "session-reminder")).ShouldBe(("at-once", "at-once", "at-once"));
        manager.QuerySelectorAll("main select[name^=way-]").Select(field => field.Id).ShouldBe(["way-daily-digest"]);
        // What is about a time can’t wait until tomorrow, and what must come can’t be chosen.
        mentor.QuerySelectorAll("#way-session-reminder option").Select(option => option.GetAttribute("value")).ShouldBe(["at-once", "page"]);
        mentor.QuerySelector("#way-session").ShouldBeNull();
        mentor.QuerySelector("section[aria-labelledby=always-h]")!.TextContent.ShouldContain("Sessions that are booked, moved or cancelled");
        mentor.QuerySelector("section[aria-labelledby=always-h]")!.TextContent.ShouldNotContain("Messages that somebody reported");
        manager.QuerySelector("section[aria-labelledby=always-h]")!.TextContent.ShouldContain("Messages that somebody reported");
    }

    [Fact]
    public async Task Are_kept_whole_and_shown_again()
    {
        var scene = await SessionScene.Given(product);

        (await scene.Mentee.Post(ChoiceRoutes.Path, ("way-messages", "digest"), ("way-nudge", "page"), ("way-session", "page"), ("QuietFrom", "22:00"), ("QuietTo", "07:00"))).Location.ShouldBe($"{ChoiceRoutes.Path}?did=saved");

        var page = await scene.Mentee.Page($"{ChoiceRoutes.Path}?did=saved");
        (Chosen(page, "messages"), Chosen(page, "nudge"), Chosen(page, "session-note")).ShouldBe(("digest", "page", "at-once"));
        (page.QuerySelector("#QuietFrom option[selected]")!.GetAttribute("value"), page.QuerySelector("#QuietTo option[selected]")!.GetAttribute("value")).ShouldBe(("22:00", "07:00"));
        page.QuerySelector("section[aria-labelledby=quiet-h]")!.TextContent.ShouldContain("By the clocks of London");
        (await product.Database.ScalarAsync<long>("SELECT count(*) FROM platform.mail_opt_out WHERE kind_id = 'session'")).ShouldBe(0, "that always comes");
    }

    [Fact]
    public async Task Refuse_half_of_quiet_hours_and_then_keep_nothing()
    {
        var scene = await SessionScene.Given(product);

        var answer = await scene.Mentee.Post(ChoiceRoutes.Path, ("way-messages", "page"), ("QuietFrom", "22:00"), ("QuietTo", ""));

        (answer.Status, answer.Page.QuerySelector("#QuietFrom-error")!.TextContent).ShouldBe((HttpStatusCode.UnprocessableEntity, "Choose when quiet hours begin and when they end, or none."));
        Chosen(answer.Page, "messages").ShouldBe("page", "what was chosen stands in the form");
        Chosen(await scene.Mentee.Page(ChoiceRoutes.Path), "messages").ShouldBe("at-once");
    }

    [Fact]
    public async Task Are_the_same_thing_that_the_link_in_a_mail_changes()
    {
        var scene = await SessionScene.Given(product);
        await scene.Mentee.Post(ChoiceRoutes.Path, ("way-messages", "digest"));
        var link = product.Services.GetRequiredService<UnsubscribeLinks>().PathFor(OutgoingMail.Of(new OneMail(TellOfMessages.Kind, await AddressOf(scene.Pair.MenteeSeller), "Hello", []), "feira.example", scene.Now));
        using var program = product.Visitor();

        await program.PostForged(link, ("List-Unsubscribe", "One-Click"));
        var stopped = Chosen(await scene.Mentee.Page(ChoiceRoutes.Path), "messages");
        await scene.Mentee.Post(ChoiceRoutes.Path, ("way-messages", "at-once"));

        stopped.ShouldBe("page");
        (await program.Get(link)).Heading.ShouldBe("Stop these mails?");
    }

    [Theory]
    [InlineData("at-once", MailState.Sent)]
    [InlineData("digest", MailState.InDigest)]
    [InlineData("page", MailState.Skipped)]
    public async Task Count_for_a_mail_that_waits_already(string way, MailState state)
    {
        var scene = await SessionScene.Given(product);
        var address = await AddressOf(scene.Pair.MentorSeller);
        await scene.Mentor.Post(ChoiceRoutes.Path, ("way-messages", way));

        var id = await Told(TellOfMessages.Kind, address);

        (await StateOf(id)).ShouldBe(state);
        (await product.Database.ScalarAsync<long>($"SELECT count(digest_at) FROM platform.notice WHERE id = '{id}'")).ShouldBe(state == MailState.InDigest ? 1 : 0);
    }

    [Fact]
    public async Task Leave_people_in_peace_in_their_quiet_hours_but_for_what_cant_wait()
    {
        var scene = await SessionScene.Given(product);
        var address = await AddressOf(scene.Pair.MenteeSeller);
        // London, in winter: the clocks of the test’s own.
        var hour = new TimeOnly(scene.Now.Hour, 0);
        await scene.Mentee.Post(ChoiceRoutes.Path, ("QuietFrom", $"{hour:HH:mm}"), ("QuietTo", $"{hour.AddHours(2):HH:mm}"));
        var end = new DateTimeOffset(scene.Now.UtcDateTime.Date.AddHours(hour.Hour + 2), TimeSpan.Zero);

        var (waits, must) = (await Told(TellOfMessages.Kind, address), await Told(MentorshipMail.Kind, address));
        var soon = await Told(RemindOfSessions.Kind, address, usefulUntil: end.AddMinutes(-1));
        var later = await Told(RemindOfSessions.Kind, address, usefulUntil: end.AddMinutes(1));

        foreach (var (id, state) in new[] { (must, MailState.Sent), (soon, MailState.Sent), (waits, MailState.Waiting), (later, MailState.Waiting) })
        {
            (await StateOf(id)).ShouldBe(state);
            if (state == MailState.Waiting) (await product.Database.ScalarAsync<string>($"SELECT tries || ' ' || (next_try_at = '{end:O}') FROM platform.outgoing_mail WHERE id = '{id}'")).ShouldBe("0 true");
        }

        await scene.Mentee.Post(ChoiceRoutes.Path, ("QuietFrom", ""), ("QuietTo", ""));
        await Send();
        (await StateOf(waits)).ShouldBe(MailState.Sent, "there are no quiet hours any more");
    }

    [Fact]
    public async Task Tell_on_the_page_what_was_not_mailed()
    {
        var scene = await SessionScene.Given(product);
        await scene.Mentee.Post(ChoiceRoutes.Path, ("way-messages", "page"));
        await Told(TellOfMessages.Kind, await AddressOf(scene.Pair.MenteeSeller));

        (await scene.Mentee.Get("/notices")).Words.ShouldContain("Ruth wrote to you");
    }

    [Fact]
    public void Are_offered_for_what_stands_on_the_page_and_can_be_done_without()
    {
        var kinds = product.Services.GetServices<MailKind>().ToList();

        kinds.Select(kind => kind.Id).ShouldBeUnique();
        kinds.Where(kind => kind.CanWait).ShouldAllBe(kind => kind.For != Readers.Nobody && !kind.IsTransactional && !kind.IsDigest, "its notice is what the digest tells");
        kinds.Where(kind => kind.For == Readers.Nobody).Select(kind => kind.Id).Order().ShouldBe(["account-links", "invitation", "mentor-invitation", "test"]);
        kinds.Where(kind => kind.CanWait).Select(kind => kind.Id).Order().ShouldBe(["messages", "nudge", "session-note"]);
    }

    async Task<Guid> Told(MailKind kind, string address, DateTimeOffset? usefulUntil = null)
    {
        var id = await product.Ask<Guildhall.Platform.Database.GuildhallDb, Guid>(async db =>
        {
            var added = new Outbox(db, new MailSettings(), product.Clock).Add(new OneMail(kind, address, "Ruth wrote to you", ["Hello"]) { UsefulUntil = usefulUntil });
            await db.SaveChangesAsync(Stop);
            return added;
        });
        await Send();
        return id;
    }

    /// <summary>The product’s own worker may be at a mail meanwhile.</summary>
    async Task Send()
    {
        using var worker = ActivatorUtilities.CreateInstance<MailWorker>(product.Services);
        for (var tries = 0; tries < 100; tries++)
        {
            await worker.SendDue(Stop);
            if (await product.Database.ScalarAsync<long>("SELECT count(*) FROM platform.outgoing_mail WHERE state = 'Waiting' AND tries > 0") == 0) return;
            await Task.Delay(50, Stop);
        }
    }

    async Task<MailState> StateOf(Guid id) => Enum.Parse<MailState>(await product.Database.ScalarAsync<string>($"SELECT state FROM platform.outgoing_mail WHERE id = '{id}'"));

    Task<string> AddressOf(Guid seller) => product.Database.ScalarAsync<string>($"SELECT email FROM people.account WHERE seller_id = '{seller}'");

    static string? Chosen(AngleSharp.Dom.IDocument page, string kind) => page.QuerySelector($"#way-{kind} option[selected]")?.GetAttribute("value");
}
