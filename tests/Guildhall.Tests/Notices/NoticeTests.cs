using System.Net;
using Guildhall.Modules.Governance;
using Guildhall.Modules.Notices;
using Guildhall.Platform;
using Guildhall.Platform.Mail;
using Guildhall.Platform.Privacy;
using Guildhall.Tests.Mentorships;
using Guildhall.Tests.Sessions;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Notices;

/// <summary>What people were told stands on their page, leads to where it happened, and goes when its person goes.</summary>
public sealed class NoticeTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Are_stored_with_what_they_tell_of_by_id_and_read_by_the_name_of_today()
    {
        var scene = await SessionScene.Given(product, mentee: "Wilhelmina Vantongeren");
        var session = await scene.GivenSession(scene.At(3));

        var stored = await product.Database.ScalarAsync<string>($"SELECT words FROM platform.notice WHERE href = '/mentor/sessions/{session}'");
        var told = Rows(await scene.Mentor.Page("/notices"))[0];
        await product.Database.ExecuteAsync($"UPDATE enrollment.participant SET person_name = 'Wilhelmina Strand' WHERE seller_id = '{scene.Pair.MenteeSeller}'");
        var renamed = Rows(await scene.Mentor.Page("/notices"))[0];

        (stored, told.Words, renamed.Words).ShouldBe(($"Session with {{name}} is booked: {When(scene, 3)}", $"Session with Wilhelmina Vantongeren is booked: {When(scene, 3)}", $"Session with Wilhelmina Strand is booked: {When(scene, 3)}"));
        (await scene.Mentor.Get(told.Href)).Location.ShouldBe($"/mentor/sessions/{session}");
    }

    [Fact]
    public async Task Are_counted_by_the_bell_until_they_are_opened_or_all_marked()
    {
        var scene = await SessionScene.Given(product);
        await product.Database.ExecuteAsync("UPDATE platform.notice SET read_at = now()");
        for (var day = 3; day < 6; day++) await scene.GivenSession(scene.At(day));
        var three = Bell(await scene.Mentor.Page("/mentor"));
        var list = await scene.Mentor.Page("/notices");

        (await scene.Mentor.Get(Rows(list)[1].Href)).Status.ShouldBe(HttpStatusCode.Redirect);
        var two = Bell(await scene.Mentor.Page("/mentor"));
        var upTo = list.QuerySelector("main input[name=UpTo]")!.GetAttribute("value")!;
        await scene.GivenSession(scene.At(6));
        (await scene.Mentor.Post("/notices/read", ("UpTo", upTo))).Location.ShouldBe("/notices");

        (three, two, Bell(await scene.Mentor.Page("/mentor"))).ShouldBe(("3", "2", "1"), "what came after the page was shown is unread");
        Rows(await scene.Mentor.Page("/notices")).Select(row => row.IsNew).ShouldBe([true, false, false, false]);
        Bell(await (await product.Manager()).Page("/manage")).ShouldBe("");
    }

    [Fact]
    public async Task Of_what_somebody_did_themselves_are_read_already_and_of_several_sessions_say_which()
    {
        var scene = await SessionScene.Given(product);
        await product.Database.ExecuteAsync("UPDATE platform.notice SET read_at = now()");
        for (var day = 3; day < 6; day++) await scene.GivenSession(scene.At(day));

        var (own, others) = (Rows(await scene.Mentee.Page("/notices")).Take(3).ToList(), Rows(await scene.Mentor.Page("/notices")).Take(3).ToList());

        Bell(await scene.Mentee.Page("/me")).ShouldBe("", "they booked themselves");
        own.ShouldAllBe(row => !row.IsNew);
        own.Select(row => row.Words).ShouldBe([.. new[] { 5, 4, 3 }.Select(day => $"Session with Ruth Calloway is booked: {When(scene, day, "Europe/London")}")], "on the clocks of who reads it");
        others.ShouldAllBe(row => row.IsNew);
        others.Select(row => row.Words).ShouldBe([.. new[] { 5, 4, 3 }.Select(day => $"Session with Amara Osei is booked: {When(scene, day)}")]);
    }

    [Fact]
    public async Task Are_not_found_by_anybody_else()
    {
        var scene = await SessionScene.Given(product);
        await scene.GivenSession(scene.At(3));
        var theirs = Rows(await scene.Mentor.Page("/notices"))[0].Href;

        (await scene.Mentee.Get(theirs)).Status.ShouldBe(HttpStatusCode.NotFound);
        await scene.Mentee.Post("/notices/read", ("UpTo", theirs["/notices/".Length..]));

        Rows(await scene.Mentor.Page("/notices"))[0].IsNew.ShouldBeTrue();
    }

    [Fact]
    public async Task Take_as_many_queries_for_a_full_page_as_for_one()
    {
        var scene = await SessionScene.Given(product);
        await scene.GivenSession(scene.At(3));
        var one = await QueryCount.Of(product.Database, () => scene.Mentor.Page("/notices"));
        await product.Database.ExecuteAsync($"INSERT INTO platform.notice (id, address_key, kind_id, words, about_id, href, at) SELECT gen_random_uuid(), address_key, kind_id, words, about_id, href, at FROM platform.notice, generate_series(1, 60) WHERE href LIKE '/mentor/sessions/%'");
        var full = await QueryCount.Of(product.Database, () => scene.Mentor.Page("/notices"));
        var page = await scene.Mentor.Page("/notices");

        full.ShouldBe(one);
        Rows(page).Count.ShouldBe(NoticeList.PageSize);
        var next = await scene.Mentor.Page(page.QuerySelector("main a[rel=next]")!.GetAttribute("href")!);
        Rows(await scene.Mentor.Page(next.QuerySelector("main a[rel=prev]")!.GetAttribute("href")!)).ShouldBe(Rows(page));
    }

    [Fact]
    public async Task Come_when_their_mail_is_due_and_are_taken_back_with_it()
    {
        var scene = await SessionScene.Given(product);
        var address = await AddressOf(scene.Pair.MentorSeller);
        Guid id = default;
        await product.Ask<Guildhall.Platform.Database.GuildhallDb, int>(async db =>
        {
            var outbox = new Outbox(db, new MailSettings(), product.Clock);
            id = outbox.Add(new Guildhall.Platform.Mail.Mail(new("later", "Later", IsTransactional: true) { For = Readers.Mentors }, address, "You are asked", ["Hello"]), product.Clock.GetUtcNow().AddMinutes(10));
            return await db.SaveChangesAsync(Stop);
        });
        var early = (await scene.Mentor.Get("/notices")).Words;

        (await product.Ask<Outbox, int>(outbox => outbox.TakeBack([id], Stop))).ShouldBe(1);

        early.ShouldNotContain("You are asked");
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM platform.notice WHERE id = '{id}'")).ShouldBe(0);
    }

    [Fact]
    public async Task Leave_with_their_person_and_hold_no_name_of_who_is_gone()
    {
        var scene = await SessionScene.Given(product, mentee: "Zephyrine Quill");
        await scene.GivenSession(scene.At(3));
        var (own, others) = (await AddressOf(scene.Pair.MenteeSeller), await AddressOf(scene.Pair.MentorSeller));
        var export = (await scene.Mentee.Get("/account/data/my-data.json")).Text;
        await scene.Mentee.Post(ChoiceRoutes.Path, ("way-messages", Way.InDigest), ("QuietFrom", "22:00"), ("QuietTo", "07:00"));
        var account = await product.Database.ScalarAsync<Guid>($"SELECT id FROM people.account WHERE seller_id = '{scene.Pair.MenteeSeller}'");
        await product.Ask<AskErasure, Refusal?>(ask => ask.Ask(new Actor(account, "x"), Stop));
        var request = await product.Database.ScalarAsync<Guid>($"SELECT id FROM governance.erasure_request WHERE account_id = '{account}'");

        (await product.Ask<CarryOutErasure, Refusal?>(carryOut => carryOut.Run(request, Actor.Product, Stop))).ShouldBeNull();

        export.ShouldContain("platform.notice");
        export.ShouldContain("Session with {name} is booked");
        foreach (var table in new[] { "platform.notice", "notices.mail_choice", "notices.quiet_time" })
            (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM {table} WHERE address_key = '{own}'")).ShouldBe(0, table);
        (await product.Database.ScalarAsync<long>("SELECT count(*) FROM platform.notice t WHERE strpos(t::text, 'Zephyrine') > 0")).ShouldBe(0);
        Rows(await scene.Mentor.Page("/notices")).Select(row => row.Words).ShouldBe([$"Session with Somebody who left is cancelled: {When(scene, 3)}", $"Session with Somebody who left is booked: {When(scene, 3)}"], others);
    }

    [Fact]
    public async Task Are_kept_for_a_while()
    {
        var scene = await SessionScene.Given(product);
        await product.Database.ExecuteAsync("DELETE FROM platform.notice");
        await scene.GivenSession(scene.At(3));
        await product.Database.ExecuteAsync("UPDATE platform.notice SET at = at - interval '1 year' WHERE href LIKE '/me/%'");

        var removed = await product.Ask<IEnumerable<IKeepForAWhile>, int>(all => all.OfType<KeepNotices>().Single().Remove(scene.Now.AddMonths(-6), Stop));

        (removed, await product.Database.ScalarAsync<long>("SELECT count(*) FROM platform.notice")).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Follow_their_person_to_a_new_address_with_what_they_chose()
    {
        var scene = await SessionScene.Given(product);
        await scene.GivenSession(scene.At(3));
        await scene.Mentor.Post(ChoiceRoutes.Path, ("way-messages", Way.AtOnce), ("way-session-reminder", Way.OnPage), ("QuietFrom", "22:00"), ("QuietTo", "07:00"));
        var (before, after) = (await AddressOf(scene.Pair.MentorSeller), $"moved-{Guid.NewGuid():N}@example.com");

        await scene.Mentor.Post("/account/email", ("NewEmail", after), ("EmailPassword", RunningProduct.Password));
        var link = await product.Database.ScalarAsync<string>($"SELECT body->'action'->>'href' FROM platform.outgoing_mail WHERE \"to\" = '{after}'");
        (await scene.Mentor.Post(link)).Location.ShouldBe("/account?did=address");

        Rows(await scene.Mentor.Page("/notices")).Select(row => row.Words).ShouldBe(["Your email address was changed", $"Session with Amara Osei is booked: {When(scene, 3)}"]);
        foreach (var table in new[] { "platform.notice", "platform.mail_opt_out", "notices.mail_choice", "notices.quiet_time" })
        {
            (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM {table} WHERE address_key = '{before}'")).ShouldBe(0, table);
            (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM {table} WHERE address_key = '{after}'")).ShouldBeGreaterThan(0, table);
        }
    }

    [Fact]
    public async Task Tell_those_who_run_the_program_of_a_reported_message_and_nobody_what_it_says()
    {
        var scene = await TalkScene.Given(product);
        await scene.MentorWrites("Something rude");
        var message = await product.Database.ScalarAsync<Guid>($"SELECT id FROM mentorships.message WHERE mentorship_id = '{scene.Id}'");

        await scene.Mentee.Browser.Post($"{scene.MenteePage}/report/{message}", ("Reason", "Unkind"));

        var row = Rows(await (await product.Manager()).Page("/notices")).First(one => one.Words.StartsWith("A message was reported in ", StringComparison.Ordinal));
        (await (await product.Manager()).Get(row.Href)).Location.ShouldBe(scene.Reports);
        (await product.Database.ScalarAsync<long>("SELECT count(*) FROM platform.outgoing_mail t WHERE kind_id = 'report' AND strpos(t::text, 'rude') > 0")).ShouldBe(0);
    }

    Task<string> AddressOf(Guid seller) => product.Database.ScalarAsync<string>($"SELECT email FROM people.account WHERE seller_id = '{seller}'");

    static string Bell(AngleSharp.Dom.IDocument page) => page.QuerySelector(".gh-topbar .gh-bell .waits")?.FirstChild?.TextContent ?? "";

    static List<(string Words, string Href, bool IsNew)> Rows(AngleSharp.Dom.IDocument page) =>
        [.. page.QuerySelectorAll(".notice-list li").Select(row => (row.QuerySelector("a")!.TextContent, row.QuerySelector("a")!.GetAttribute("href")!, row.ClassName == "new"))];

    static string When(SessionScene scene, int day, string zone = "America/Chicago") => TimeZoneInfo.ConvertTime(scene.At(day), TimeZoneInfo.FindSystemTimeZoneById(zone)).ToString("ddd d MMM, HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
