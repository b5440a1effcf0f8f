using System.Globalization;
using System.Net;
using Guildhall.Modules.Sessions;
using Guildhall.Platform.Database;
using Guildhall.Platform.Mail;
using Guildhall.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Guildhall.Tests.Sessions;

/// <summary>The secret address of a person's sessions, and the invitations that mails carry.</summary>
public sealed class CalendarFeedTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static async Task<string> Make(Browser person, string root = "/me/sessions") =>
        new Uri((await person.Post($"{root}/feed")).Page.QuerySelector("#Address")!.GetAttribute("value")!).AbsolutePath;

    [Fact]
    public async Task Shows_a_persons_own_sessions_without_signing_in_and_without_cookies()
    {
        var scene = await SessionScene.Given(product);
        var id = await scene.GivenSession(scene.At(3), "Prices, and more; of them");
        var off = await scene.GivenSession(scene.At(4));
        await scene.Mentee.Post($"/me/sessions/{off}/cancel", ("seen", "0"));
        var stranger = await SessionScene.Given(product, mentee: "Bo Lind", mentor: "Sol Vega");
        await stranger.GivenSession(scene.At(3));
        var path = await Make(scene.Mentee);
        using var program = product.Visitor();

        var answer = await program.Get(path);
        var events = await ForeignCalendars.Icalendar(answer.Text);

        (answer.Status, answer.Headers["Content-Type"]).ShouldBe((HttpStatusCode.OK, "text/calendar; charset=utf-8"));
        answer.Headers["Cache-Control"].ShouldContain("private");
        answer.Headers.Keys.ShouldNotContain("Set-Cookie");
        var read = events.ShouldHaveSingleItem();
        (read.Uid, read.From, read.Sequence, read.Summary).ShouldBe(($"{id}", scene.At(3).ToUnixTimeMilliseconds(), 0, "Session with Ruth Calloway"));
        read.Description.ShouldStartWith("Prices, and more; of them\n");
        (await program.Get(await Make(scene.Mentor, "/mentor/sessions"))).Text.ShouldContain("SUMMARY:Session with Amara Osei");
    }

    [Fact]
    public async Task Is_not_found_once_it_was_taken_back_replaced_or_its_person_left()
    {
        var scene = await SessionScene.Given(product);
        using var program = product.Visitor();
        var first = await Make(scene.Mentee);
        var second = await Make(scene.Mentee);
        async Task<HttpStatusCode> status(string path) => (await program.Get(path)).Status;

        (await status(first), await status(second), await status("/calendar/x.ics")).ShouldBe((HttpStatusCode.NotFound, HttpStatusCode.OK, HttpStatusCode.NotFound));
        (await product.Database.ScalarAsync<bool>($"SELECT EXISTS (SELECT FROM sessions.calendar_feed f WHERE position(convert_to('{second["/calendar/".Length..^4]}', 'UTF8') IN f.token_hash) > 0)")).ShouldBeFalse();
        await scene.Mentee.Post("/me/sessions/feed/stop");
        (await status(second)).ShouldBe(HttpStatusCode.NotFound);
        var third = await Make(scene.Mentee);
        await product.Database.ExecuteAsync($"UPDATE people.account SET suspended_at = now() WHERE seller_id = '{scene.Pair.MenteeSeller}'");
        (await status(third)).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Sends_nothing_again_that_did_not_change()
    {
        var scene = await SessionScene.Given(product);
        var id = await scene.GivenSession(scene.At(3));
        var path = await Make(scene.Mentor, "/mentor/sessions");
        using var program = product.Visitor();
        var tag = (await program.Get(path)).Headers["ETag"];

        var same = await program.Send(new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "If-None-Match", tag } } });
        await scene.Mentee.Post($"/me/sessions/{id}/agenda", ("edition", "0"), ("Agenda", "Prices"));
        var changed = await program.Send(new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "If-None-Match", tag } } });

        (same.Status, same.Bytes.Length).ShouldBe((HttpStatusCode.NotModified, 0));
        (changed.Status, changed.Headers["ETag"] == tag).ShouldBe((HttpStatusCode.OK, false));
    }

    [Fact]
    public async Task Is_read_by_vdirsyncer_and_shown_by_khal()
    {
        var scene = await SessionScene.Given(product);
        var at = new DateTimeOffset(2026, 11, 26, 16, 30, 0, TimeSpan.Zero);
        await scene.GivenSession(at, "Prices\nStock");
        var path = await Make(scene.Mentee);
        var folder = Directory.CreateTempSubdirectory("guildhall-khal-").FullName;
        try
        {
            await File.WriteAllTextAsync($"{folder}/vdirsyncer", $"""
                [general]
                status_path = "{folder}/status/"
                [pair sessions]
                a = "feed"
                b = "files"
                collections = null
                [storage feed]
                type = "http"
                url = "{new Uri(product.Address, path)}"
                [storage files]
                type = "filesystem"
                path = "{folder}/sessions/"
                fileext = ".ics"
                """, Stop);
            await File.WriteAllTextAsync($"{folder}/khal", $"""
                [calendars]
                [[sessions]]
                path = {folder}/sessions
                [locale]
                local_timezone = Europe/London
                default_timezone = Europe/London
                timeformat = %H:%M
                dateformat = %Y-%m-%d
                longdateformat = %Y-%m-%d
                datetimeformat = %Y-%m-%d %H:%M
                longdatetimeformat = %Y-%m-%d %H:%M
                [sqlite]
                path = {folder}/khal.db
                """, Stop);
            Directory.CreateDirectory($"{folder}/sessions");
            Dictionary<string, string> home = new() { ["HOME"] = folder, ["LC_ALL"] = "C.UTF-8" };

            await ForeignCalendars.Run("vdirsyncer", home, "-c", $"{folder}/vdirsyncer", "discover", "sessions");
            await ForeignCalendars.Run("vdirsyncer", home, "-c", $"{folder}/vdirsyncer", "sync");
            var shown = await ForeignCalendars.Run("khal", home, "-c", $"{folder}/khal", "list", "--format", "{start-date} {start-time} {end-time} {title}", "--day-format", "", "2026-11-20", "20d");

            shown.Trim().ShouldBe("2026-11-26 16:30 17:15 Session with Ruth Calloway");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Goes_with_the_mails_as_invitation_change_and_end()
    {
        var scene = await SessionScene.Given(product);
        var id = await scene.GivenSession(scene.At(3), "Secret topics");
        await scene.Mentee.Post($"/me/sessions/{id}/move", ("seen", "0"), ("at", SessionScene.InAddress(scene.At(5))));
        await scene.Mentor.Post($"/mentor/sessions/{id}/cancel", ("seen", "1"), ("Words", "Secret words"));

        var mails = await Written(scene.Pair.MenteeSeller);

        mails.Select(mail => mail.Method).ShouldBe(["REQUEST", "REQUEST", "CANCEL"]);
        foreach (var (mail, sequence) in mails.Select((mail, sequence) => (mail, sequence)))
        {
            mail.Parts.ShouldBe(["text/plain", "text/html", "text/calendar"]);
            var read = (await ForeignCalendars.IcalJs(mail.Calendar)).ShouldHaveSingleItem();
            (read.Uid, read.Sequence, read.From).ShouldBe(($"{id}", sequence, scene.At(sequence == 0 ? 3 : 5).ToUnixTimeMilliseconds()));
            mail.Calendar.ShouldContain($"METHOD:{mail.Method}");
            mail.Calendar.ShouldContain("ORGANIZER:mailto:guildhall@localhost");
            mail.Calendar.Split("mailto:").Length.ShouldBe(3, "nobody reads the address of the other one");
            mail.Whole.ShouldNotContain("Secret");
        }

        mails[2].Calendar.ShouldContain("STATUS:CANCELLED");
    }

    [Fact]
    public async Task Cannot_be_broken_out_of_by_a_name()
    {
        var scene = await SessionScene.Given(product, mentor: "Ruth\u2028BEGIN:VEVENT, \"Calloway\"; 🧶");
        await scene.GivenSession(scene.At(3));

        var mail = (await Written(scene.Pair.MenteeSeller)).ShouldHaveSingleItem();

        var read = (await ForeignCalendars.IcalJs(mail.Calendar)).ShouldHaveSingleItem();
        read.Summary.ShouldContain("BEGIN:VEVENT, \"Calloway\"; 🧶");
        read.Properties.ShouldBe(["attendee", "description", "dtend", "dtstamp", "dtstart", "last-modified", "organizer", "sequence", "status", "summary", "uid", "url"]);
    }

    sealed record WrittenMail(string Method, List<string> Parts, string Calendar, string Whole);

    /// <summary>The mails to the people of a shop, as a foreign program reads them from files.</summary>
    async Task<List<WrittenMail>> Written(Guid sellerId)
    {
        await using var scope = product.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<GuildhallDb>();
        var address = await product.Database.ScalarAsync<string>($"SELECT email FROM people.account WHERE seller_id = '{sellerId}'");
        var template = scope.ServiceProvider.GetRequiredService<MailTemplate>();
        var folder = Directory.CreateTempSubdirectory("guildhall-mails-").FullName;
        List<WrittenMail> written = [];
        try
        {
            foreach (var mail in await db.Set<OutgoingMail>().AsNoTracking().Where(mail => mail.To == address && mail.KindId == "session").OrderBy(mail => mail.Id).ToListAsync(Stop))
            {
                using var message = template.Message(mail, mail.Body!, "Harrow Lane");
                (await new FolderDelivery(folder).Deliver(message, mail.Id)).Verdict.ShouldBe(MailVerdict.Taken);
                var file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{mail.Id}.eml"));
                var parts = await ForeignCalendars.MailParts(file);
                parts.GetProperty("type").GetString().ShouldBe("multipart/alternative");
                written.Add(new(parts.GetProperty("method").GetString()!, [.. parts.GetProperty("parts").EnumerateArray().Select(part => part.GetString()!)], parts.GetProperty("calendar").GetString()!, string.Join('\n', mail.Body!.Paragraphs) + parts.GetProperty("calendar")));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return written;
    }
}
