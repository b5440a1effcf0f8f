using System.Net;
using Guildhall.Modules.Sessions;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Sessions;

/// <summary>A time is found, booked, prepared, moved and cancelled.</summary>
public sealed class BookSessionTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Is_two_taps_from_the_start_page()
    {
        var scene = await SessionScene.Given(product, "mon-sun 9-20", "mon-sun 9-18");

        var home = await scene.Mentee.Page("/me");
        var times = home.QuerySelectorAll("[aria-labelledby=book-h] .times a").Select(link => link.GetAttribute("href")!).ToList();
        var look = await scene.Mentee.Page(times[0]);
        var form = look.QuerySelector("main form[action='/me/sessions/book']")!;
        var booked = await scene.Mentee.Post("/me/sessions/book", [.. form.QuerySelectorAll("input[type=hidden]").Where(field => field.GetAttribute("name") != "__RequestVerificationToken").Select(field => (field.GetAttribute("name")!, field.GetAttribute("value")!))]);

        home.QuerySelector("#book-h")!.TextContent.ShouldBe("Book your first session");
        times.Count.ShouldBe(3);
        form.QuerySelector("button")!.TextContent.ShouldBe("Confirm");
        booked.Location.ShouldStartWith("/me/sessions/");
        (await scene.Mentee.Get(booked.Location!)).Words.ShouldContain("Booked. Ruth knows, and both of you have a mail for your calendars.");
        (await scene.Mentee.Page("/me")).QuerySelector("#next-h")!.TextContent.ShouldBe("Ruth Calloway");
        (await scene.Mentor.Page("/mentor")).QuerySelector("#next-h")!.TextContent.ShouldBe("Amara Osei");
    }

    [Fact]
    public async Task Shows_the_time_on_the_clocks_of_both()
    {
        var scene = await SessionScene.Given(product);
        var id = await scene.GivenSession(new(2026, 11, 24, 15, 0, 0, TimeSpan.Zero), "Three mugs that nobody buys\n\n  Delivery <b>prices</b>  ");

        var mentee = await scene.Mentee.Get($"/me/sessions/{id}");
        var mentor = await scene.Mentor.Get($"/mentor/sessions/{id}");
        var stored = await scene.Session(id);

        mentee.Words.ShouldContain("Tue 24 Nov 2026, 15:00 to 15:45, your time (London). 09:00 for Ruth (Chicago).");
        mentor.Words.ShouldContain("Tue 24 Nov 2026, 09:00 to 09:45, your time (Chicago). 15:00 for Amara (London).");
        mentee.Page.QuerySelectorAll(".agenda li").Select(topic => topic.TextContent).ShouldBe(["Three mugs that nobody buys", "Delivery <b>prices</b>"]);
        (stored.LocalTime, stored.TimeZone, stored.LengthMinutes, stored.Version).ShouldBe((new DateTime(2026, 11, 24, 9, 0, 0), "America/Chicago", 45, 0));
        (await scene.Mentee.Get("/me/sessions")).Words.ShouldContain("Session with Ruth Calloway, Tue 24 Nov 2026, 15:00 to 15:45, your time (London)");
    }

    [Fact]
    public async Task Offers_what_is_left_to_whoever_comes_second()
    {
        var scene = await SessionScene.Given(product);
        await scene.GivenSession(scene.At(3));
        var other = await SessionScene.Given(product, mentee: "Bo Lind", mentor: "Sol Vega");
        // The same mentor in a further program.
        var id = await product.Database.ScalarAsync<string>($"SELECT external_id FROM sellers.seller WHERE id = '{scene.Pair.MentorSeller}'");
        await product.Database.ExecuteAsync($"UPDATE enrollment.participant SET seller_id = '{scene.Pair.MentorSeller}' WHERE seller_id = '{other.Pair.MentorSeller}'");

        var gone = await other.Book(other.At(3));
        var look = await other.Mentee.Get($"/me/sessions/book?pair={other.PairId}&at={SessionScene.InAddress(other.At(3))}");

        id.ShouldNotBeNull();
        gone.Status.ShouldBe(HttpStatusCode.Conflict);
        gone.Words.ShouldContain("That time has just gone. The next three are:");
        gone.Page.QuerySelectorAll("[aria-labelledby=best-h] .times a").Length.ShouldBe(3);
        look.Words.ShouldContain("That time has just gone.");
        (await other.Book(other.At(3).AddHours(1))).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Books_once_however_often_it_is_tapped()
    {
        var scene = await SessionScene.Given(product);
        await scene.Mentee.Page("/me");

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => scene.Book(scene.At(4))));

        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.Redirect);
        answers.Select(answer => answer.Location).Distinct().Count().ShouldBe(1);
        (await scene.MailsTo(scene.Pair.MentorSeller)).ShouldBe($"Session with Amara Osei is booked: {InChicago(scene.At(4))}");
    }

    [Fact]
    public async Task Takes_a_quarter_of_an_hour_for_one_question()
    {
        var scene = await SessionScene.Given(product);
        var whole = await scene.GivenSession(scene.At(3));
        var ask = (await scene.Mentee.Page($"/me/sessions/book?pair={scene.PairId}")).QuerySelectorAll("main a").Single(link => link.TextContent == "Only one question? Book 15 minutes").GetAttribute("href")!;
        var times = await scene.Mentee.Page(ask);
        var quarter = times.QuerySelectorAll(".by-day .times a").Select(link => link.GetAttribute("href")!).First(href => href.EndsWith($"at={SessionScene.InAddress(scene.At(3).AddMinutes(60))}", StringComparison.Ordinal));
        var form = (await scene.Mentee.Page(quarter)).QuerySelector("main form[action='/me/sessions/book']")!;

        var booked = await scene.Mentee.Post("/me/sessions/book", [.. form.QuerySelectorAll("input[type=hidden]").Where(field => field.GetAttribute("name") != "__RequestVerificationToken").Select(field => (field.GetAttribute("name")!, field.GetAttribute("value")!)), ("Agenda", "Is 4.90 too much for delivery?")]);
        var id = Guid.Parse(booked.Location.ShouldNotBeNull(booked.Words)["/me/sessions/".Length..][..36]);
        var over = await scene.Mentee.Post("/me/sessions/book", ("pair", $"{scene.PairId}"), ("short", "true"), ("at", SessionScene.InAddress(scene.At(3).AddMinutes(15))));
        var moved = await scene.Mentor.Post($"/mentor/sessions/{id}/move", ("seen", "0"), ("at", SessionScene.InAddress(scene.At(4).AddMinutes(15))));

        times.QuerySelector("h1")!.TextContent.ShouldBe("Book 15 minutes with Ruth");
        over.Status.ShouldBe(HttpStatusCode.Conflict, "the other session is still on");
        moved.Location.ShouldBe($"/mentor/sessions/{id}?did=moved");
        ((await scene.Session(id)).LengthMinutes, (await scene.Session(whole)).LengthMinutes).ShouldBe((15, 45));
        (await scene.Mentee.Get($"/me/sessions/{id}")).Words.ShouldContain("15:15 to 15:30");
    }

    [Fact]
    public async Task Says_that_something_else_was_booked_then_and_keeps_the_topics()
    {
        var scene = await SessionScene.Given(product);
        (await scene.Mentee.Post("/me/sessions/book", ("pair", $"{scene.PairId}"), ("short", "true"), ("at", SessionScene.InAddress(scene.At(3))))).Status.ShouldBe(HttpStatusCode.Redirect);

        var whole = await scene.Book(scene.At(3), "Three mugs <b>\nPrices");

        whole.Status.ShouldBe(HttpStatusCode.Conflict);
        whole.Words.ShouldContain("You two have booked 15 minutes at that time already.");
        whole.Page.QuerySelectorAll("[aria-labelledby=typed-h] li").Select(topic => topic.TextContent).ShouldBe(["Three mugs <b>", "Prices"]);
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM sessions.session WHERE pair_id = '{scene.PairId}'")).ShouldBe(1);
    }

    [Fact]
    public async Task Is_not_moved_to_where_it_is()
    {
        var scene = await SessionScene.Given(product);
        var id = await scene.GivenSession(scene.At(3));
        var own = SessionScene.InAddress(scene.At(3));

        var times = await scene.Mentee.Page($"/me/sessions/{id}/move");
        var same = await scene.Mentee.Get($"/me/sessions/{id}/move?at={own}");

        times.QuerySelectorAll(".times a").Count(link => link.GetAttribute("href")!.EndsWith(own, StringComparison.Ordinal)).ShouldBe(0);
        same.Words.ShouldContain("That is when it is already.");
    }

    [Fact]
    public async Task Takes_nothing_that_is_not_offered()
    {
        var scene = await SessionScene.Given(product, mentorFree: "mon-sun 8-12");

        foreach (var at in new[] { scene.Now.AddHours(1), scene.At(20), scene.At(3, 3), scene.At(3).AddMinutes(7), scene.At(-1) })
            (await scene.Book(at)).Status.ShouldBe(HttpStatusCode.Conflict, $"{at:O}");
        foreach (var at in new[] { "", "tomorrow", "99991231T2359Z" }) (await scene.Mentee.Post("/me/sessions/book", ("pair", $"{scene.PairId}"), ("at", at))).Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.Conflict);
        (await scene.Mentee.Post("/me/sessions/book", ("pair", $"{scene.PairId}"), ("at", SessionScene.InAddress(scene.At(3))), ("Agenda", new string('a', 2001)))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM sessions.session WHERE pair_id = '{scene.PairId}'")).ShouldBe(0);
    }

    [Fact]
    public async Task Keeps_the_mentors_limit_pause_and_days_off()
    {
        var scene = await SessionScene.Given(product);
        var monday = scene.At(2);
        (await scene.Mentor.Post("/mentor/calendar/limits", ("PauseMinutes", "30"), ("MostAWeek", "2"), ("JoinLink", "https://meet.example.com/ruth"))).Location.ShouldBe("/mentor/calendar?did=limits");
        await scene.Mentor.Post("/mentor/calendar/days-off", ("From", $"{monday.AddDays(8):yyyy-MM-dd}"), ("To", $"{monday.AddDays(9):yyyy-MM-dd}"));
        var first = await scene.GivenSession(monday);

        (await scene.Book(monday.AddHours(1))).Status.ShouldBe(HttpStatusCode.Conflict, "the pause reaches into it");
        (await scene.Book(monday.AddMinutes(-60))).Status.ShouldBe(HttpStatusCode.Conflict, "it would end 15 minutes before");
        (await scene.Book(monday.AddMinutes(90))).Status.ShouldBe(HttpStatusCode.Redirect);
        (await scene.Book(monday.AddDays(2))).Status.ShouldBe(HttpStatusCode.Conflict, "two a week");
        var page = (await scene.Mentee.Get($"/me/sessions/book?pair={scene.PairId}")).Words;

        page.ShouldContain("Ruth’s week is full");
        page.ShouldContain("Ruth has the day off");
        (await scene.Session(first)).JoinLink.ShouldBe("https://meet.example.com/ruth");
        (await scene.Book(monday.AddDays(8))).Status.ShouldBe(HttpStatusCode.Conflict, "a day off");
        (await scene.Book(monday.AddDays(7))).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Says_so_when_there_is_no_time_at_all()
    {
        var scene = await SessionScene.Given(product, "mon 9-12", "mon 9-12");

        (await scene.Mentee.Get($"/me/sessions/book?pair={scene.PairId}")).Words.ShouldContain("There is no hour when you are both free. More hours in your week make more times that suit both of you.");
        (await scene.Mentee.Get("/me")).Words.ShouldContain("No free times in the next 14 days. There is no hour when you are both free. More hours in your week make more times that suit both of you. See your hours");
    }

    [Fact]
    public async Task Says_that_days_off_are_the_reason_and_doesn_t_ask_for_more_hours()
    {
        var scene = await SessionScene.Given(product);
        var today = DateOnly.FromDateTime(scene.Now.UtcDateTime);
        await product.Database.ExecuteAsync($"INSERT INTO sessions.time_off (id, seller_id, first_day, last_day) VALUES (gen_random_uuid(), '{scene.Pair.MentorSeller}', '{today:O}', '{today.AddDays(20):O}')");

        foreach (var words in new[] { (await scene.Mentee.Get($"/me/sessions/book?pair={scene.PairId}")).Words, (await scene.Mentee.Get("/me")).Words })
        {
            words.ShouldContain("Ruth has days off on the days when you are both free.");
            words.ShouldNotContain("More hours in your week");
        }

        (await scene.Mentor.Get($"/mentor/sessions/book?pair={scene.PairId}")).Words.ShouldContain("You have days off on the days when you are both free.");
    }

    [Fact]
    public async Task Is_moved_by_either_side_and_both_are_told()
    {
        var scene = await SessionScene.Given(product);
        var id = await scene.GivenSession(scene.At(3));

        var look = await scene.Mentor.Page($"/mentor/sessions/{id}/move?at={SessionScene.InAddress(scene.At(5))}");
        var moved = await scene.Mentor.Post($"/mentor/sessions/{id}/move", ("seen", "0"), ("at", SessionScene.InAddress(scene.At(5))));
        var late = await scene.Mentee.Post($"/me/sessions/{id}/move", ("seen", "0"), ("at", SessionScene.InAddress(scene.At(6))));

        look.QuerySelector("main form button")!.TextContent.ShouldBe("Move it and tell Amara");
        moved.Location.ShouldBe($"/mentor/sessions/{id}?did=moved");
        late.Status.ShouldBe(HttpStatusCode.Conflict);
        late.Words.ShouldContain("The time of this session was changed while you were on this page.");
        (await scene.Changes(id)).ShouldBe("0 Booked Mentee, 1 Moved Mentor");
        (await scene.MailsTo(scene.Pair.MenteeSeller)).ShouldBe($"Session with Ruth Calloway is booked: {InLondon(scene.At(3))} | Session with Ruth Calloway has another time: {InLondon(scene.At(5))}");
        (await scene.Mentee.Get($"/me/sessions/{id}")).Words.ShouldContain("Ruth Calloway moved it to");
        // The old time is free again, and the new one is not.
        (await scene.Book(scene.At(3))).Status.ShouldBe(HttpStatusCode.Redirect);
        (await scene.Book(scene.At(5).AddMinutes(30))).Status.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Is_cancelled_with_a_few_words_and_its_time_is_free_again()
    {
        var scene = await SessionScene.Given(product);
        var id = await scene.GivenSession(scene.At(3));

        var cancelled = await scene.Mentee.Post($"/me/sessions/{id}/cancel", ("seen", "0"), ("Words", "A <i>fair</i> that day"));
        var again = await scene.Mentor.Post($"/mentor/sessions/{id}/cancel", ("seen", "1"));

        cancelled.Location.ShouldBe($"/me/sessions/{id}?did=cancelled");
        again.Status.ShouldBe(HttpStatusCode.Conflict);
        (await scene.Mentor.Get($"/mentor/sessions/{id}")).Words.ShouldContain("Amara Osei cancelled it. “A <i>fair</i> that day”");
        (await scene.MailsTo(scene.Pair.MentorSeller)).ShouldBe($"Session with Amara Osei is booked: {InChicago(scene.At(3))} | Session with Amara Osei is cancelled: {InChicago(scene.At(3))}");
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM sessions.busy WHERE session_id = '{id}'")).ShouldBe(0);
        (await scene.Book(scene.At(3))).Status.ShouldBe(HttpStatusCode.Redirect);
        (await scene.Mentee.Post($"/me/sessions/{id}/agenda", ("edition", "0"), ("Agenda", "x"))).Status.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Has_an_agenda_in_which_nobody_writes_over_the_other()
    {
        var scene = await SessionScene.Given(product);
        var id = await scene.GivenSession(scene.At(3), "Prices");

        (await scene.Mentor.Post($"/mentor/sessions/{id}/agenda", ("edition", "0"), ("Agenda", "Prices\r\nStock for December"))).Location.ShouldBe($"/mentor/sessions/{id}?did=agenda");
        var late = await scene.Mentee.Post($"/me/sessions/{id}/agenda", ("edition", "0"), ("Agenda", "Prices\nReturns"));

        late.Status.ShouldBe(HttpStatusCode.Conflict);
        late.Words.ShouldContain("The other one changed the agenda while you were on this page.");
        late.Page.QuerySelectorAll(".agenda li").Select(topic => topic.TextContent).ShouldBe(["Prices", "Stock for December"]);
        late.Page.QuerySelector("#Agenda")!.TextContent.Trim().ShouldBe("Prices\nReturns");
        (await scene.Mentee.Post($"/me/sessions/{id}/agenda", ("edition", "1"), ("Agenda", "Prices\nStock for December\nReturns"))).Status.ShouldBe(HttpStatusCode.Redirect);
        (await scene.Session(id)).ShouldSatisfyAllConditions(session => session.AgendaEdition.ShouldBe(2), session => session.Version.ShouldBe(0));
    }

    [Fact]
    public async Task Opens_its_link_ten_minutes_before()
    {
        var scene = await SessionScene.Given(product);
        var id = await scene.GivenSession(scene.At(3));
        (await scene.Mentee.Post($"/me/sessions/{id}/link", ("JoinLink", "https://meet.example.com/a?b=c&d=\"e"))).Location.ShouldBe($"/me/sessions/{id}?did=link");
        async Task<int> joins(int minutesBefore)
        {
            await product.Database.ExecuteAsync($"UPDATE sessions.session SET starts_at = '{scene.Now.AddMinutes(minutesBefore):O}', ends_at = '{scene.Now.AddMinutes(minutesBefore + 45):O}' WHERE id = '{id}'");
            return (await scene.Mentor.Page($"/mentor/sessions/{id}")).QuerySelectorAll("main a[rel='noopener noreferrer']").Length;
        }

        (await joins(11)).ShouldBe(0);
        (await joins(9)).ShouldBe(1);
        (await joins(-40)).ShouldBe(1);
        (await joins(-46)).ShouldBe(0);
    }

    [Theory]
    [InlineData("http://meet.example.com/a")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://user:secret@meet.example.com/")]
    [InlineData("https://")]
    [InlineData("meet.example.com")]
    public async Task Refuses_a_link_that_is_none(string link)
    {
        var scene = await SessionScene.Given(product);
        var id = await scene.GivenSession(scene.At(3));

        (await scene.Mentee.Post($"/me/sessions/{id}/link", ("JoinLink", link))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await scene.Mentor.Post("/mentor/calendar/limits", ("PauseMinutes", "0"), ("MostAWeek", "5"), ("JoinLink", link))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await scene.Mentee.Post($"/me/sessions/{id}/link", ("JoinLink", "https://meet.example.com/" + new string('a', 500)))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await scene.Session(id)).JoinLink.ShouldBeNull();
    }

    [Fact]
    public async Task Is_open_to_the_two_alone_and_to_each_on_their_own_side()
    {
        var scene = await SessionScene.Given(product);
        var id = await scene.GivenSession(scene.At(3));
        var stranger = await SessionScene.Given(product, mentee: "Bo Lind", mentor: "Sol Vega");
        var manager = await product.Manager();

        foreach (var (person, root) in new[] { (stranger.Mentee, "/me/sessions"), (stranger.Mentor, "/mentor/sessions"), (scene.Mentee, "/mentor/sessions"), (scene.Mentor, "/me/sessions") })
        {
            foreach (var path in new[] { "", "/move" }) (await person.Get($"{root}/{id}{path}")).Status.ShouldBe(HttpStatusCode.NotFound);
            foreach (var path in new[] { "/move", "/cancel", "/agenda", "/link", "/outcome" })
                (await person.Post($"{root}/{id}{path}", ("seen", "0"), ("edition", "0"), ("Outcome", "Met"), ("JoinLink", "https://a.example.com/"), ("at", SessionScene.InAddress(scene.At(5))))).Status.ShouldBe(HttpStatusCode.NotFound, $"{root} {path}");
            (await person.Get($"{root}/book?pair={scene.PairId}")).Status.ShouldBe(HttpStatusCode.NotFound);
            (await person.Post($"{root}/book", ("pair", $"{scene.PairId}"), ("at", SessionScene.InAddress(scene.At(5))))).Status.ShouldBe(HttpStatusCode.NotFound);
        }

        (await manager.Get($"/me/sessions/{id}")).Location.ShouldStartWith("/no-access");
        (await scene.Changes(id)).ShouldBe("0 Booked Mentee");
    }

    [Fact]
    public async Task Stays_readable_and_can_be_cancelled_when_the_pair_has_ended()
    {
        var scene = await SessionScene.Given(product);
        var id = await scene.GivenSession(scene.At(3));
        await product.Database.ExecuteAsync($"UPDATE pairing.proposal SET state = 'Withdrawn' WHERE id = '{scene.PairId}'");

        (await scene.Mentee.Get($"/me/sessions/{id}")).Status.ShouldBe(HttpStatusCode.OK);
        (await scene.Book(scene.At(4))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await scene.Mentor.Post($"/mentor/sessions/{id}/cancel", ("seen", "0"))).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Is_listed_with_as_many_questions_for_many_sessions_as_for_one()
    {
        var scene = await SessionScene.Given(product);
        await scene.Mentor.Post("/mentor/calendar/limits", ("PauseMinutes", "0"), ("MostAWeek", "40"));
        await scene.GivenSession(scene.At(3));
        await scene.GivenOver();
        var one = await Count("/me/sessions");
        var (home, session) = (await Count("/me"), await Count($"/me/sessions/{await scene.GivenSession(scene.At(4))}"));
        for (var day = 5; day < 12; day++) await scene.GivenSession(scene.At(day));
        await scene.GivenOver();

        (await Count("/me/sessions")).ShouldBe(one);
        (await Count("/me")).ShouldBe(home);
        one.ShouldBeLessThanOrEqualTo(18);
        session.ShouldBeLessThanOrEqualTo(36);
        (await Count($"/me/sessions/book?pair={scene.PairId}")).ShouldBeLessThanOrEqualTo(22);

        Task<int> Count(string path) => QueryCount.Of(product.Database, async () => await scene.Mentee.Page(path));
    }

    static string InChicago(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById("America/Chicago")).ToString("ddd d MMM, HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    static string InLondon(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById("Europe/London")).ToString("ddd d MMM, HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
