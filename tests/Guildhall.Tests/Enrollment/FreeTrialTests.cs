using System.Net;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Enrollment;

/// <summary>A shop tries a program before it applies: the one tap, the session, and who comes first.</summary>
public sealed class FreeTrialTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Starts_with_one_tap_and_says_until_when_and_that_nothing_is_owed()
    {
        var scene = await TrialScene.Given(product);
        await OnFrontPage(scene);

        var home = await scene.Shop.Page("/me");
        var offer = home.QuerySelector($"form[action='{scene.Page}']")!;
        offer.QuerySelector("button")!.TextContent.ShouldBe("Try it free until 4 December");
        home.Body!.TextContent.ShouldContain("One session, a tip every few days, nothing owed.");
        var started = await scene.Shop.Post(scene.Page, [.. offer.QuerySelectorAll("input[type=hidden]").Select(field => (field.GetAttribute("name")!, field.GetAttribute("value")!)).Where(field => !field.Item1.StartsWith("__", StringComparison.Ordinal))]);

        var page = await scene.Shop.Get(started.Location!);
        page.Words.ShouldContain("Until Fri 4 Dec 2026, 14 days with today. Then it ends by itself, and nothing is owed.");
        page.Words.ShouldContain("No session is posted yet that lies in the days of your trial. You get a mail when there is one.");
        page.Page.QuerySelectorAll("ul.steps > li").Length.ShouldBe(3);
        page.Page.QuerySelectorAll("ul.steps button[role=checkbox]").Length.ShouldBe(1, "a tip each few days");
        (await scene.Stored("t.state, t.starts_on, t.ends_on, t.ends_at AT TIME ZONE 'UTC'")).ShouldBe("Running, 2026-11-21, 2026-12-04, 2026-12-05 00:00:00");
        (await scene.Subjects()).ShouldBe("Your free trial of First 90 Days");
        (await scene.Letter("Your free trial of First 90 Days")).ShouldContain("It runs from Sat 21 Nov 2026 to Fri 4 Dec 2026 and then ends by itself.");
        (await scene.Shop.Get("/me")).Words.ShouldContain("Your trial of First 90 Days, until Fri 4 Dec");
    }

    [Fact]
    public async Task Is_offered_where_the_application_starts_and_while_one_waits()
    {
        var scene = await TrialScene.Given(product);

        var first = await scene.Shop.Get($"/apply/{scene.Program.Slug}/shop");
        await scene.Shop.Applies(scene.Program.Slug);
        var id = await product.Database.ScalarAsync<Guid>($"SELECT id FROM enrollment.application WHERE seller_id = '{scene.SellerId}'");
        var page = $"/manage/{scene.Program.Slug}/applications/{id}";
        var seen = (await scene.Manager.Page(page)).QuerySelector("input[name=seen]")!.GetAttribute("value")!;
        (await scene.Manager.Post(page, ("Decision", "wait"), ("seen", seen))).Status.ShouldBe(HttpStatusCode.Redirect);
        var waiting = await scene.Shop.Get($"/apply/{scene.Program.Slug}/done");
        await scene.Started();
        var trying = await scene.Shop.Get($"/apply/{scene.Program.Slug}/done");

        first.Page.QuerySelector($"form[action='{scene.Page}'] button")!.TextContent.ShouldBe("Try it free until 4 December");
        (await scene.Shop.Get($"/apply/{scene.Program.Slug}/help")).Page.QuerySelector($"form[action='{scene.Page}']").ShouldBeNull("only where it starts");
        waiting.Page.QuerySelector($"form[action='{scene.Page}'] button")!.TextContent.ShouldBe("Try it free until 4 December");
        waiting.Page.QuerySelector("a[href='/me/learn']")!.TextContent.ShouldBe("Open the library");
        waiting.Page.QuerySelectorAll("dl.sum a[href^='/me/learn/']").Length.ShouldBe(3);
        trying.Page.QuerySelector($"a[href='{scene.Page}']")!.TextContent.ShouldBe("Go to your trial");
        (await scene.Shop.Get(scene.Page)).Words.ShouldContain("Your application stands as it is");
    }

    [Fact]
    public async Task Comes_once_for_a_shop_and_a_program_however_often_it_is_tapped()
    {
        var scene = await TrialScene.Given(product);
        await scene.Shop.Get(scene.Page);

        var taps = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => scene.Does("start")));
        await scene.Does("stop");
        var again = await scene.Does("start");

        taps.ShouldAllBe(answer => answer.Location == $"{scene.Page}?did=started");
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM enrollment.trial WHERE seller_id = '{scene.SellerId}'")).ShouldBe(1);
        (await scene.Subjects()).ShouldBe("Your free trial of First 90 Days; Your free trial of First 90 Days is over");
        (await scene.Shop.Get(again.Location!)).Heading.ShouldBe("Your trial of First 90 Days is over");
    }

    [Fact]
    public async Task Never_runs_more_at_once_than_the_program_says()
    {
        var scene = await TrialScene.Given(product);
        await scene.Limits(14, 3);
        var shops = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => scene.Another($"Rival {number}")));
        foreach (var shop in shops) await shop.Shop.Get(shop.Page);

        var answers = await Task.WhenAll(shops.Select(shop => shop.Does("start")));

        answers.Count(answer => answer.Status == HttpStatusCode.Redirect).ShouldBe(3);
        answers.Where(answer => answer.Status != HttpStatusCode.Redirect).ShouldAllBe(answer => answer.Status == HttpStatusCode.Conflict);
        answers.First(answer => answer.Status == HttpStatusCode.Conflict).Words.ShouldContain("All 3 free trials are taken at the moment. The next one is free after 4 December.");
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM enrollment.trial t JOIN programs.program p ON p.id = t.program_id WHERE p.slug = '{scene.Program.Slug}'")).ShouldBe(3);

        var winner = shops[Array.FindIndex(answers, answer => answer.Status == HttpStatusCode.Redirect)];
        await winner.Does("stop");
        (await scene.Does("start")).Status.ShouldBe(HttpStatusCode.Redirect, "one that ended makes room");
    }

    [Fact]
    public async Task Gives_the_last_place_of_a_session_to_one_of_those_who_tap_at_once()
    {
        var scene = await TrialScene.Given(product);
        var session = await scene.Posts(TimeSpan.FromDays(3), places: 2);
        var shops = await Task.WhenAll(Enumerable.Range(0, 6).Select(number => scene.Another($"Early {number}")));
        foreach (var shop in shops) await shop.Started();

        var answers = await Task.WhenAll(shops.Select(shop => shop.Does("choose", ("Session", $"{session}"))));

        answers.Count(answer => answer.Location == $"{scene.Page}?did=chosen").ShouldBe(2);
        answers.First(answer => answer.Status == HttpStatusCode.Conflict).Words.ShouldContain("The last of 2 places in this session has just gone. Nothing was changed.");
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM enrollment.trial WHERE session_id = '{session}'")).ShouldBe(2);
        var lucky = shops[Array.FindIndex(answers, answer => answer.Status == HttpStatusCode.Redirect)];
        var unlucky = shops[Array.FindIndex(answers, answer => answer.Status == HttpStatusCode.Conflict)];
        await lucky.Does("give");
        (await unlucky.Does("choose", ("Session", $"{session}"))).Status.ShouldBe(HttpStatusCode.Redirect, "a place that was given back is there for somebody else");
    }

    [Fact]
    public async Task Keeps_a_place_with_one_tap_moves_it_and_shows_the_time_on_the_shops_own_clocks()
    {
        var scene = await TrialScene.Given(product);
        await scene.Started();
        var first = await scene.Posts(TimeSpan.FromDays(2));
        var second = await scene.Posts(TimeSpan.FromDays(4));

        var choices = await scene.Shop.Page(scene.Page);
        await scene.Does("choose", ("Session", $"{first}"));
        var chosen = await scene.Shop.Get(scene.Page);
        await scene.Does("choose", ("Session", $"{second}"));

        choices.QuerySelectorAll("input[name=Session]").Select(field => field.GetAttribute("value")).ShouldBe([$"{first}", $"{second}"]);
        choices.Body!.TextContent.ShouldContain("With Dana Reyes. 3 places left");
        chosen.Words.ShouldContain("A place is kept for you.");
        chosen.Words.ShouldMatch("Mon 23 Nov 2026, 1[2-4]:[0-5][0-9] to 1[2-5]:[0-5][0-9], your time \\(London\\)");
        chosen.Page.QuerySelector("a[href='https://meet.example.com/try']").ShouldNotBeNull();
        (await scene.Stored("t.session_id")).ShouldBe($"{second}");
        (await scene.Subjects()).ShouldBe("Your free trial of First 90 Days; There is a session for your trial of First 90 Days", "one mail while there is a time to choose");
    }

    [Fact]
    public async Task Sets_who_had_a_place_free_when_the_session_is_called_off()
    {
        var scene = await TrialScene.Given(product);
        await scene.Started();
        var session = await scene.Posts(TimeSpan.FromDays(2));
        await scene.Does("choose", ("Session", $"{session}"));

        var off = await scene.Manager.Post($"{scene.Manage}/sessions/{session}", ("Do", "off"));
        var twice = await scene.Manager.Post($"{scene.Manage}/sessions/{session}", ("Do", "off"));
        var late = await scene.Does("choose", ("Session", $"{session}"));

        off.Location.ShouldBe($"{scene.Manage}/sessions?did=off");
        twice.Status.ShouldBe(HttpStatusCode.Conflict);
        late.Words.ShouldContain("This session was called off while you were on this page. Nothing was changed.");
        (await scene.Stored("t.session_id IS NULL")).ShouldBe("t");
        (await scene.Subjects()).ShouldEndWith("Your session of First 90 Days is off");
    }

    [Fact]
    public async Task Keeps_a_session_after_the_last_day_out_of_reach()
    {
        var scene = await TrialScene.Given(product);
        await scene.Started();
        var session = await scene.Posts(TimeSpan.FromDays(20));

        var page = await scene.Shop.Get(scene.Page);
        var forced = await scene.Does("choose", ("Session", $"{session}"));

        page.Page.QuerySelectorAll("input[name=Session]").ShouldBeEmpty();
        forced.Status.ShouldBe(HttpStatusCode.Conflict);
        forced.Words.ShouldContain("This session is after the last day of your trial");
        (await scene.Subjects()).ShouldNotContain("There is a session");
    }

    [Fact]
    public async Task Is_not_there_for_who_may_not_try()
    {
        var scene = await TrialScene.Given(product);
        var (old, oldId) = await product.GivenShop("Old Hand", new DateOnly(2020, 1, 1));
        var (member, memberId) = await product.GivenShop("Mem Ber");
        await product.Database.ExecuteAsync($"""INSERT INTO enrollment.participant (id, program_id, seller_id, side, origin, joined_at, as_mentee) SELECT gen_random_uuid(), id, '{memberId}', 'Mentee', 'Stated', now(), '{"{\"id\":\"x\"}"}' FROM programs.program WHERE slug = '{scene.Program.Slug}'""");
        var draft = await ProgramScene.GivenProgram(product);

        (await old.Post(scene.Page, ("Do", "start"))).Words.ShouldContain("is for shops that signed up at most 180 days ago. Yours signed up on 1 January 2020");
        (await member.Post(scene.Page, ("Do", "start"))).Words.ShouldContain("There is nothing left to try.");
        (await scene.Shop.Get($"/me/trial/{draft.Slug}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await scene.Shop.Get("/me/trial/no-such-program")).Status.ShouldBe(HttpStatusCode.NotFound);
        await scene.Limits(14, 20, isOffered: false);
        (await scene.Does("start")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM enrollment.trial WHERE seller_id IN ('{oldId}', '{memberId}', '{scene.SellerId}')")).ShouldBe(0);
    }

    [Fact]
    public async Task Shows_nobody_the_trial_of_another_shop_nor_lets_them_touch_it()
    {
        var scene = await TrialScene.Given(product);
        await scene.Started();
        var elsewhere = await TrialScene.Given(product, "Else Where");
        var foreignSession = await elsewhere.Posts(TimeSpan.FromDays(2));
        var stranger = await scene.Another("Stran Ger");

        (await stranger.Shop.Get(scene.Page)).Words.ShouldContain("Try First 90 Days free");
        (await stranger.Does("tick", ("Tip", "1"))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.Does("stop")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await scene.Does("choose", ("Session", $"{foreignSession}"))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await scene.Manager.Get($"{scene.Manage}/sessions/{foreignSession}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await scene.Manager.Post($"{scene.Manage}/sessions/{foreignSession}", ("Do", "off"))).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Refuses_a_trial_that_became_shorter_while_the_page_was_open()
    {
        var scene = await TrialScene.Given(product);
        var until = (await scene.Shop.Page(scene.Page)).QuerySelector("input[name=Until]")!.GetAttribute("value")!;
        await scene.Limits(7, 20);

        var refused = await scene.Does("start", ("Until", until));

        refused.Status.ShouldBe(HttpStatusCode.Conflict);
        refused.Words.ShouldContain("The trial became shorter while you were on this page: it would run until");
    }

    async Task OnFrontPage(TrialScene scene)
    {
        var page = $"/manage/{scene.Program.Slug}/setup/publish";
        var seen = (await scene.Manager.Page(page)).QuerySelector("input[name=seen]")!.GetAttribute("value")!;
        (await scene.Manager.Post($"/manage/{scene.Program.Slug}/setup/front-page", ("seen", seen), ("OnFrontPage", "true"))).Status.ShouldBe(HttpStatusCode.Redirect);
    }
}
