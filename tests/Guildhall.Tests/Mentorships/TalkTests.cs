using System.Net;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Governance;
using Guildhall.Modules.Mentorships;
using Guildhall.Platform;
using Guildhall.Tests.Pairing;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Mentorships;

/// <summary>What the two of a mentorship write to each other: nothing is lost, nothing is there twice, and nobody else reads it.</summary>
public sealed class TalkTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Begins_with_three_openers_and_shows_each_what_the_other_wrote()
    {
        var scene = await TalkScene.Given(product);
        var empty = await scene.Mentee.Browser.Page(scene.MenteePage);
        var opened = await scene.Mentee.Browser.Page($"{scene.MenteePage}?say=2");

        var sent = await scene.MenteeWrites("Hello Ruth.\r\nWhat first?\r\n\r\nMina");
        var read = await scene.Mentor.Browser.Page(scene.MentorPage);
        await scene.MentorWrites("The photos.");
        var both = await scene.Mentee.Browser.Page(scene.MenteePage);

        empty.QuerySelector("#first-h")!.TextContent.ShouldBe("Say hello to Ruth. Two lines is plenty.");
        empty.QuerySelectorAll("[aria-labelledby=first-h] li").Length.ShouldBe(3);
        opened.QuerySelector("textarea")!.TextContent.Trim().ShouldBe("Hello Ruth, thank you for your time. When does a first talk suit you?");
        sent.Location.ShouldBe($"{scene.MenteePage}?did=sent");
        read.QuerySelector(".said")!.InnerHtml.ShouldBe("<p dir=\"auto\">Hello Ruth.<br>What first?</p><p dir=\"auto\">Mina</p>");
        TalkScene.Said(both).ShouldBe(["Hello Ruth.What first?Mina", "The photos."]);
        both.QuerySelectorAll(".talk > li").Select(one => one.ClassList.Contains("own")).ShouldBe([true, false]);
        both.QuerySelector("#first-h").ShouldBeNull();
    }

    [Fact]
    public async Task Is_there_once_when_the_same_form_is_sent_twenty_times_at_once()
    {
        var scene = await TalkScene.Given(product);
        var key = Guid.CreateVersion7();
        await scene.Mentee.Browser.Page(scene.MenteePage);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => scene.MenteeWrites("Did this arrive?", key)));

        answers.ShouldAllBe(answer => answer.Location == $"{scene.MenteePage}?did=sent");
        (await scene.Stored()).ShouldBe(1);
        var ids = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => product.Ask<SendMessage, Result<Guid>>(send => send.Run(scene.Id, Side.Mentee, scene.Mentee.Actor, new MessageDraft(key, "Did this arrive?", null, null), Stop))));
        ids.Select(id => id.Value).Distinct().Single().ShouldBe(await product.Database.ScalarAsync<Guid>($"SELECT id FROM mentorships.message WHERE mentorship_id = '{scene.Id}'"), "the second answer is the first’s");
    }

    [Fact]
    public async Task Refuses_other_words_under_the_same_key_and_keeps_them_to_be_sent_again()
    {
        var scene = await TalkScene.Given(product);
        var key = Guid.CreateVersion7();
        await scene.MenteeWrites("The first", key);

        var refused = await scene.MenteeWrites("The second", key);
        var fresh = refused.Page.QuerySelector("input[name=Key]")!.GetAttribute("value")!;
        await scene.MenteeWrites("The second", Guid.Parse(fresh));

        refused.Status.ShouldBe(HttpStatusCode.Conflict);
        refused.Page.QuerySelector("textarea")!.TextContent.Trim().ShouldBe("The second");
        refused.Page.QuerySelector("form.write button[type=submit]")!.TextContent.ShouldBe("Send again");
        refused.Page.QuerySelector("[data-unsent]")!.HasAttribute("hidden").ShouldBeFalse();
        fresh.ShouldNotBe(key.ToString());
        TalkScene.Said(await scene.Mentor.Browser.Page(scene.MentorPage)).ShouldBe(["The first", "The second"]);
    }

    [Fact]
    public async Task Takes_the_key_of_one_for_nothing_with_the_other()
    {
        var scene = await TalkScene.Given(product);
        var key = Guid.CreateVersion7();

        await Task.WhenAll(scene.MenteeWrites("Mine", key), scene.MentorWrites("Yours", key));

        (await scene.Stored()).ShouldBe(2);
    }

    [Fact]
    public async Task Keeps_one_order_whoever_writes_at_once()
    {
        var scene = await TalkScene.Given(product);
        await Task.WhenAll(scene.Mentee.Browser.Page("/me"), scene.Mentor.Browser.Page("/mentor"));

        await Task.WhenAll(Enumerable.Range(0, 10).SelectMany(n => new[] { scene.MenteeWrites($"Mentee {n}"), scene.MentorWrites($"Mentor {n}") }));

        (await scene.Stored()).ShouldBe(20);
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM (SELECT written_at, lag(written_at) OVER (ORDER BY id) AS before FROM mentorships.message WHERE mentorship_id = '{scene.Id}') m WHERE written_at <= before")).ShouldBe(0, "ids and times go the same way, and no two are the same");
        TalkScene.Said(await scene.Mentee.Browser.Page(scene.MenteePage)).ShouldBe(TalkScene.Said(await scene.Mentor.Browser.Page(scene.MentorPage)));
    }

    [Fact]
    public async Task Shows_the_newest_and_leads_to_all_that_came_before_without_a_gap()
    {
        var scene = await TalkScene.Given(product);
        await scene.GivenMany(75, Side.Mentor);

        List<string> read = [];
        var page = await scene.Mentee.Browser.Page(scene.MenteePage);
        read.InsertRange(0, TalkScene.Said(page));
        var first = read.Count;
        while (page.QuerySelectorAll("#thread a").FirstOrDefault(link => link.TextContent == "Earlier messages") is { } earlier)
        {
            page = await scene.Mentee.Browser.Page(earlier.GetAttribute("href")!);
            read.InsertRange(0, TalkScene.Said(page));
            await scene.MentorWrites("Written meanwhile");
        }

        first.ShouldBe(ReadThread.PageSize);
        read.ShouldBe([.. Enumerable.Range(1, 75).Select(n => $"Message {n}")]);
        page.QuerySelector("#thread")!.HasAttribute("hx-get").ShouldBeFalse("what is past doesn’t change");
    }

    [Fact]
    public async Task Asks_the_database_as_often_for_two_messages_as_for_two_hundred()
    {
        var (few, many) = (await TalkScene.Given(product), await TalkScene.Given(product));
        await few.GivenMany(2, Side.Mentor);
        await many.GivenMany(200, Side.Mentor);

        async Task<int> Queries(TalkScene scene) => await QueryCount.Of(product.Database, () => scene.Mentee.Browser.Page(scene.MenteePage));

        (await Queries(many)).ShouldBe(await Queries(few));
    }

    [Fact]
    public async Task Counts_in_the_rail_what_waits_to_be_read_until_it_was_shown()
    {
        var scene = await TalkScene.Given(product);
        await scene.MenteeWrites("One");
        await scene.MenteeWrites("Two");
        static string? waits(AngleSharp.Dom.IDocument page) => page.QuerySelector("nav[aria-label=Main] a[href='/mentor/messages'] .waits")?.TextContent;

        var before = await scene.Mentor.Browser.Page("/mentor");
        var own = await scene.Mentee.Browser.Page("/me");
        await scene.Mentor.Browser.Page($"{scene.MentorPage}?before={Guid.CreateVersion7()}");
        var earlier = await scene.Mentor.Browser.Page("/mentor");
        var shown = await scene.Mentor.Browser.Page(scene.MentorPage);
        await scene.MenteeWrites("Three");

        waits(before).ShouldBe("2 need you");
        before.QuerySelector("[aria-labelledby=pairs-h]")!.TextContent.ShouldContain("Message Mina. 2 not read yet");
        own.QuerySelector("nav .waits").ShouldBeNull();
        waits(earlier).ShouldBe("2 need you", "an earlier page shows nothing new");
        waits(shown).ShouldBeNull();
        waits(await scene.Mentor.Browser.Page("/mentor")).ShouldBe("1 needs you");
    }

    [Fact]
    public async Task Lists_several_threads_and_opens_the_only_one_at_once()
    {
        var meet = await MeetScene.GivenSigned(product, mentees: 2);
        await meet.BothAccept(0);
        await meet.BothAccept(1);
        var second = new TalkScene(product, meet, await meet.Pair(1));
        await meet.Mentees[1].Browser.Post(second.MenteePage, ("Key", $"{Guid.NewGuid()}"), ("Text", "Hello"));

        var list = await meet.Mentor.Browser.Page("/mentor/messages");

        list.QuerySelectorAll(".found a").Select(link => link.GetAttribute("href")).ShouldBe([second.MentorPage, $"/mentor/messages/{await meet.Pair()}"]);
        list.QuerySelector(".found li")!.TextContent.ShouldContain("1 not read yet");
        (await meet.Mentee.Browser.Get("/me/messages")).Location.ShouldBe($"/me/messages/{await meet.Pair()}");
        (await (await MeetScene.GivenShop(product, "Ana Souza")).Browser.Page("/me/messages")).QuerySelector("h2")!.TextContent.ShouldBe("Nobody to write to yet");
    }

    [Fact]
    public async Task Is_led_to_from_the_start_page_the_mentor_and_the_mentee()
    {
        var scene = await TalkScene.Given(product);

        foreach (var (shop, page, thread) in new[]
        {
            (scene.Mentee, "/me", scene.MenteePage), (scene.Mentee, $"/me/mentor/{scene.Id}", scene.MenteePage), (scene.Mentor, "/mentor", scene.MentorPage), (scene.Mentor, $"/mentor/mentees/{scene.Id}", scene.MentorPage),
        })
            (await shop.Browser.Page(page)).QuerySelector($"main a[href='{thread}']").ShouldNotBeNull(page);
    }

    [Fact]
    public async Task Answers_the_script_with_the_part_that_changed()
    {
        var scene = await TalkScene.Given(product);
        await scene.MentorWrites("Hello");
        var page = await scene.Mentee.Browser.Page(scene.MenteePage);
        var again = page.QuerySelector("#thread")!.GetAttribute("hx-get")!;

        var nothing = await LookAgain(scene.Mentee.Browser, again);
        await scene.MentorWrites("Are you there?");
        var news = await LookAgain(scene.Mentee.Browser, again);
        var sent = await scene.Mentee.Browser.Script(scene.MenteePage, ("Key", $"{Guid.NewGuid()}"), ("Text", "Yes"));
        var empty = await scene.Mentee.Browser.Script(scene.MenteePage, ("Key", $"{Guid.NewGuid()}"), ("Text", "  "), ("Link", "https://example.com/a"));

        nothing.Status.ShouldBe(HttpStatusCode.NoContent);
        news.Text.ShouldStartWith("<div id=\"thread\"");
        news.Page.QuerySelector("#status")!.TextContent.ShouldBe("Ruth wrote.");
        news.Text.ShouldNotContain("<textarea");
        (sent.Status, sent.Page.QuerySelector("textarea")!.TextContent.Trim(), sent.Page.QuerySelector("#status")!.TextContent).ShouldBe((HttpStatusCode.OK, "", "Sent."));
        sent.Text.TrimStart().ShouldStartWith("<div id=\"talk\"");
        empty.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        empty.Page.QuerySelector("#Text-error")!.TextContent.ShouldBe("Write something. Nothing was sent.");
        empty.Page.QuerySelector("#Link")!.GetAttribute("value").ShouldBe("https://example.com/a", "nothing is cleared");
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM mentorships.message WHERE mentorship_id = '{scene.Id}'")).ShouldBe(3);
    }

    [Theory]
    [InlineData("See https://example.com/a?b=1&c=2, then (https://example.com/d).", "https://example.com/a?b=1&c=2 https://example.com/d")]
    [InlineData("http://example.com javascript:alert(1) data:text/html,x ftp://example.com //example.com", "")]
    [InlineData("https://bank.example@evil.example/ https://user:pw@evil.example", "")]
    [InlineData("https://exa\"onmouseover=alert(1)x=\".example/", "")]
    [InlineData("[click](https://example.com) <a href='https://example.com/x'>y</a>", "https://example.com/ https://example.com/x")]
    [InlineData("HTTPS://EXAMPLE.COM/UP", "https://example.com/UP")]
    public void Makes_links_of_what_leads_over_TLS_where_it_says(string text, string links)
    {
        var html = MessageText.ToHtml(text).Value;
        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(html);

        string.Join(' ', page.QuerySelectorAll("a").Select(link => link.GetAttribute("href"))).ShouldBe(links);
        page.QuerySelectorAll("a").ShouldAllBe(link => link.GetAttribute("rel") == "noopener noreferrer nofollow" && link.Attributes.Length == 2);
        page.Body!.TextContent.ShouldBe(text);
        page.QuerySelectorAll("p, a").Length.ShouldBe(page.Body!.QuerySelectorAll("*").Length);
    }

    [Theory]
    [InlineData("<script>alert(1)</script><img src=x onerror=alert(1)>")]
    [InlineData("\" onfocus=alert(1) autofocus x=\"")]
    [InlineData("</textarea><script>alert(1)</script>")]
    [InlineData("{{7*7}} @Model %00 ${jndi:ldap://x} '; DROP TABLE mentorships.message; --")]
    public async Task Shows_hostile_words_as_words_wherever_they_stand(string hostile)
    {
        var scene = await TalkScene.Given(product);

        await scene.MenteeWrites(hostile);
        var tooLong = await scene.MenteeWrites(hostile + new string('x', Message.TextLimit));
        var id = await product.Database.ScalarAsync<Guid>($"SELECT id FROM mentorships.message WHERE mentorship_id = '{scene.Id}'");
        await scene.Mentor.Browser.Post($"{scene.MentorPage}/report/{id}", ("Reason", "Unkind"), ("Words", hostile));
        var report = await product.Database.ScalarAsync<Guid>($"SELECT id FROM mentorships.message_report WHERE message_id = '{id}'");

        foreach (var page in new[]
        {
            await scene.Mentee.Browser.Page(scene.MenteePage), await scene.Mentor.Browser.Page(scene.MentorPage), await scene.Mentor.Browser.Page($"{scene.MentorPage}/report/{id}"), await scene.Meet.Scene.Manager.Page($"{scene.Reports}/{report}"), tooLong.Page,
        })
        {
            page.QuerySelectorAll("main script, main img, main [onfocus], main [onerror]").ShouldBeEmpty();
            page.QuerySelector("main")!.TextContent.ShouldContain(hostile);
        }
    }

    [Fact]
    public async Task Takes_out_what_can_not_be_seen()
    {
        var scene = await TalkScene.Given(product);

        await scene.MenteeWrites("Bell \u0007 and\u001b escape\r\n\tindented");

        (await product.Database.ScalarAsync<string>($"SELECT text FROM mentorships.message WHERE mentorship_id = '{scene.Id}'")).ShouldBe("Bell  and escape\n\tindented");
    }

    [Fact]
    public async Task Takes_2000_characters_and_says_of_a_longer_text_by_how_much()
    {
        var scene = await TalkScene.Given(product);

        var longest = await scene.MenteeWrites(string.Concat(Enumerable.Repeat("ab\r\n", 666)) + "ab");
        var longer = await scene.MenteeWrites(new string('x', Message.TextLimit + 7));

        longest.Location.ShouldNotBeNull("a line end is one character");
        longer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        longer.Page.QuerySelector("#Text-error")!.TextContent.ShouldBe("Shorten it by 7 characters: a message has 2,000 at most. Nothing was sent.");
        longer.Page.QuerySelector("textarea")!.TextContent.Trim().Length.ShouldBe(Message.TextLimit + 7);
        (await scene.Stored()).ShouldBe(1);
    }

    [Fact]
    public async Task Refuses_a_body_of_five_megabytes_unread()
    {
        var scene = await TalkScene.Given(product);

        var refused = await scene.MenteeWrites(new string('x', 5 * 1024 * 1024));

        refused.Status.ShouldBeOneOf(HttpStatusCode.BadRequest, HttpStatusCode.RequestEntityTooLarge);
        refused.Bytes.Length.ShouldBeLessThan(100_000);
        (await scene.Stored()).ShouldBe(0);
    }

    [Fact]
    public async Task Takes_thirty_messages_an_hour_of_one_person_and_says_so()
    {
        var scene = await TalkScene.Given(product);
        await scene.Mentee.Browser.Page("/me");
        var key = Guid.CreateVersion7();
        await scene.MenteeWrites("First", key);

        var answers = await Task.WhenAll(Enumerable.Range(1, SendMessage.MostAnHour + 4).Select(n => scene.MenteeWrites($"More {n}")));
        var repeated = await scene.MenteeWrites("First", key);
        var other = await scene.MentorWrites("Slowly!");

        answers.Count(answer => answer.Location is not null).ShouldBe(SendMessage.MostAnHour - 1);
        var refused = answers.First(answer => answer.Location is null);
        (refused.Status, refused.Words.Contains("You wrote 30 messages within an hour, which is the most. This one was not sent; your words are below.")).ShouldBe((HttpStatusCode.Conflict, true));
        repeated.Location.ShouldNotBeNull("what was sent is sent");
        other.Location.ShouldNotBeNull();
        (await scene.Stored()).ShouldBe(SendMessage.MostAnHour + 1);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("http://example.com")]
    [InlineData("/me/plan")]
    [InlineData("mailto:a@example.com")]
    [InlineData("https://bank.example@evil.example/")]
    public async Task Attaches_no_address_that_does_not_lead_over_TLS_where_it_says(string link)
    {
        var scene = await TalkScene.Given(product);

        var refused = await scene.MenteeWrites("Look", null, ("Link", link));

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Page.QuerySelector("#Link-error")!.TextContent.ShouldStartWith("Enter an address that begins with https://");
    }

    [Fact]
    public async Task Attaches_an_address_and_an_article_of_the_library()
    {
        var scene = await TalkScene.Given(product);
        var slug = (await scene.Mentor.Browser.Page(scene.MentorPage)).QuerySelectorAll("#Article option").Select(option => option.GetAttribute("value")!).First(value => value.Length > 0);

        await scene.MentorWrites("Five minutes for this, and tell me what you think.", null, ("Link", "https://shop.example/listing/7"), ("Article", slug));
        var foreign = await scene.MentorWrites("And this", null, ("Article", "no-such-article"));

        var message = (await scene.Mentor.Browser.Page(scene.MentorPage)).QuerySelector(".talk li")!;
        message.QuerySelector("a[href='https://shop.example/listing/7']").ShouldNotBeNull();
        message.QuerySelector($"a[href='/mentor/playbooks/{slug}']").ShouldNotBeNull();
        foreign.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Pauses_either_way_until_who_paused_lets_it_go_on()
    {
        var scene = await TalkScene.Given(product);
        await scene.MentorWrites("Before");

        (await scene.Mentee.Browser.Post($"{scene.MenteePage}/pause")).Location.ShouldBe($"{scene.MenteePage}?did=paused");
        var (own, other) = (await scene.MenteeWrites("Mine"), await scene.MentorWrites("Yours"));
        await scene.Mentor.Browser.Post($"{scene.MentorPage}/resume");
        var told = (await scene.Mentor.Browser.Get(scene.MentorPage)).Words;
        var staff = (await scene.Meet.Scene.Manager.Get($"{scene.Meet.Pairs}/{scene.Id}")).Words;
        await scene.Mentee.Browser.Post($"{scene.MenteePage}/resume");
        var after = await scene.MentorWrites("After");

        (own.Status, other.Status).ShouldBe((HttpStatusCode.Conflict, HttpStatusCode.Conflict));
        other.Words.ShouldContain("Messages are paused. Nothing was sent; your words are below.");
        other.Words.ShouldContain("Yours");
        told.ShouldContain("Nothing can be sent for now. What was written stays.");
        told.ShouldNotContain("Mina paused");
        staff.ShouldContain("paused by Mina since");
        after.Location.ShouldNotBeNull();
        (await scene.Stored()).ShouldBe(2);
    }

    [Fact]
    public async Task Lets_no_message_by_a_pause_that_came_first()
    {
        var scene = await TalkScene.Given(product);
        await Task.WhenAll(scene.Mentee.Browser.Page("/me"), scene.Mentor.Browser.Page("/mentor"));

        for (var round = 0; round < 5; round++)
        {
            var answers = await Task.WhenAll([scene.Mentee.Browser.Post($"{scene.MenteePage}/pause"), .. Enumerable.Range(0, 4).Select(n => scene.MentorWrites($"Round {round} {n}"))]);
            answers.ShouldAllBe(answer => answer.Location != null || answer.Status == HttpStatusCode.Conflict);
            (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM mentorships.message WHERE mentorship_id = '{scene.Id}' AND text LIKE 'Round {round} %'")).ShouldBe(answers.Skip(1).Count(answer => answer.Location is not null));
            (await scene.MentorWrites("Too late")).Status.ShouldBe(HttpStatusCode.Conflict);
            await scene.Mentee.Browser.Post($"{scene.MenteePage}/resume");
        }
    }

    [Fact]
    public async Task Ends_with_the_mentorship_unless_both_want_to_go_on_writing()
    {
        var scene = await TalkScene.Given(product);
        await scene.MenteeWrites("While it lasts");
        await scene.Mentee.Browser.Post($"/me/mentor/{scene.Id}/leave");

        var over = await scene.MentorWrites("Late");
        await scene.Mentor.Browser.Post($"{scene.MentorPage}/keep");
        var half = await scene.MenteeWrites("Not yet");
        var asked = (await scene.Mentee.Browser.Get(scene.MenteePage)).Words;
        await scene.Mentee.Browser.Post($"{scene.MenteePage}/keep");
        var both = await scene.MenteeWrites("Still here");
        await scene.Mentor.Browser.Post($"{scene.MentorPage}/close");
        var closed = await scene.MenteeWrites("Again");

        over.Status.ShouldBe(HttpStatusCode.Conflict);
        over.Words.ShouldContain("Late");
        half.Status.ShouldBe(HttpStatusCode.Conflict);
        asked.ShouldContain("If both of you want to, you can go on writing, without anything being due.");
        both.Location.ShouldNotBeNull();
        closed.Status.ShouldBe(HttpStatusCode.Conflict);
        TalkScene.Said(await scene.Mentor.Browser.Page(scene.MentorPage)).ShouldBe(["While it lasts", "Still here"], "what was written stays to be read");
    }

    [Fact]
    public async Task Keeps_when_each_wrote_and_answered_and_since_when_somebody_waits()
    {
        var scene = await TalkScene.Given(product);
        await scene.MenteeWrites("A question");
        product.Clock.Advance(TimeSpan.FromHours(2));
        await scene.MenteeWrites("Another");
        product.Clock.Advance(TimeSpan.FromHours(1));
        await scene.MentorWrites("An answer");
        await scene.MentorWrites("And a question");

        var contact = (await product.Ask<TalkLookup, IReadOnlyDictionary<Guid, LastContact>>(talk => talk.LastContact([scene.Id, Guid.NewGuid()], Stop))).Single().Value;
        var answers = (await product.Ask<TalkLookup, IReadOnlyDictionary<(Guid, Side), AnswerTimes>>(talk => talk.AnswersOf([scene.Id], Stop))).Single();

        contact.MenteeWaitsSince.ShouldBeNull();
        contact.MentorWaitsSince!.Value.ShouldBeGreaterThan(contact.ByMentee!.Value);
        contact.ByMentor!.Value.ShouldBeGreaterThan(contact.MentorWaitsSince.Value);
        (answers.Key, answers.Value.Answers, Math.Round(answers.Value.MeanHours, 1)).ShouldBe(((scene.Id, Side.Mentor), 1, 3.0));
    }

    [Fact]
    public async Task Answers_for_somebody_elses_thread_as_for_none()
    {
        var scene = await TalkScene.Given(product);
        await scene.MenteeWrites("Private");
        var message = await product.Database.ScalarAsync<Guid>($"SELECT id FROM mentorships.message WHERE mentorship_id = '{scene.Id}'");
        var (stranger, none) = (await MeetScene.GivenShop(product, "Ana Souza"), Guid.NewGuid());

        foreach (var (shop, root) in new[] { (stranger, "/me/messages"), (stranger, "/mentor/messages"), (scene.Mentee, "/mentor/messages"), (scene.Mentor, "/me/messages") })
        {
            var (foreign, unknown) = (await shop.Browser.Get($"{root}/{scene.Id}"), await shop.Browser.Get($"{root}/{none}"));
            foreign.Status.ShouldBe(HttpStatusCode.NotFound);
            foreign.Words.ShouldBe(unknown.Words);
            (await LookAgain(shop.Browser, $"{root}/{scene.Id}")).Status.ShouldBe(HttpStatusCode.NotFound);
            (await shop.Browser.Get($"{root}/{scene.Id}/report/{message}")).Status.ShouldBe(HttpStatusCode.NotFound);
            foreach (var deed in new[] { "", "/pause", "/resume", "/keep", "/close", $"/report/{message}" })
                (await shop.Browser.Post($"{root}/{scene.Id}{deed}", ("Key", $"{Guid.NewGuid()}"), ("Text", "Let me in"), ("Reason", "Unkind"))).Status.ShouldBe(HttpStatusCode.NotFound, deed);
        }

        (await scene.Stored()).ShouldBe(1);
        (await product.Database.ScalarAsync<long>("SELECT count(*) FROM mentorships.message WHERE text = 'Let me in'")).ShouldBe(0);
    }

    [Fact]
    public async Task Leaves_a_blank_to_the_other_where_somebody_was_erased()
    {
        var scene = await TalkScene.Given(product);
        await scene.MenteeWrites("Words of mine", null, ("Link", "https://example.com/mine"));
        await scene.MentorWrites("Words that stay");
        await product.Ask<AskErasure, Refusal?>(ask => ask.Ask(new Actor(scene.Mentee.AccountId, "Mina"), Stop));
        var request = await product.Database.ScalarAsync<Guid>($"SELECT id FROM governance.erasure_request WHERE account_id = '{scene.Mentee.AccountId}'");
        (await product.Ask<CarryOutErasure, Refusal?>(carryOut => carryOut.Run(request, Actor.Product, Stop))).ShouldBeNull();

        var page = await scene.Mentor.Browser.Get(scene.MentorPage);

        page.Words.ShouldContain("Somebody who left wrote this. It was deleted with them.");
        page.Words.ShouldContain("Words that stay");
        page.Words.ShouldNotContain("example.com/mine");
        (await scene.MentorWrites("Are you there?")).Status.ShouldBe(HttpStatusCode.Conflict);
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM mentorships.message WHERE account_id = '{scene.Mentee.AccountId}' AND text IS NULL AND link IS NULL")).ShouldBe(1);
    }

    static Task<Answer> LookAgain(Browser browser, string path) => browser.Send(new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "HX-Request", "true" } } });
}
