using System.Globalization;
using System.Net;
using Guildhall.Platform.Access;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Enrollment;

/// <summary>Staff post sessions for those who try a program, see who tries it, and mark who came.</summary>
public sealed class ManageTrialsTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Says_where_the_first_trial_and_the_first_session_come_from()
    {
        var scene = await TrialScene.Given(product);

        var trials = await scene.Manager.Get(scene.Manage);
        var sessions = await scene.Manager.Get($"{scene.Manage}/sessions");

        trials.Heading.ShouldBe("No free trial is running");
        trials.Words.ShouldContain("Nobody tries it at the moment");
        sessions.Words.ShouldContain("No session is posted");
        (await scene.Manager.Get($"/manage/{scene.Program.Slug}/setup/publish")).Words.ShouldContain("14 days, one session and tips; at most 20 at the same time");
    }

    public static TheoryData<string, string, string, string> Unreadable => new()
    {
        { "SessionOn", "tomorrow", "SessionOn", "Enter the day as year, month and day, such as 2027-01-04." },
        { "SessionAt", "25:99", "SessionAt", "Enter the time as hours and minutes, such as 17:30." },
        { "SessionOn", "2020-01-01", "SessionAt", "Choose a time that is not over yet." },
        { "SessionOn", "2099-01-01", "SessionOn", "Choose a day of the coming year." },
        { "TimeZone", "../../etc/passwd", "TimeZone", "Choose a time zone from the list, such as America/New_York." },
        { "LengthMinutes", "9", "LengthMinutes", "Enter a length of 10 to 480 minutes." },
        { "Places", "0", "Places", "Enter between 1 and 100 places." },
        { "Places", "many", "Places", "Enter the places as a whole number, in digits." },
        { "JoinLink", "javascript:alert(1)", "JoinLink", "Enter the join link as an address that begins with https://, of up to 500 characters." },
        { "JoinLink", "", "JoinLink", "Enter the join link as an address that begins with https://, of up to 500 characters." },
    };

    [Theory, MemberData(nameof(Unreadable))]
    public async Task Says_at_the_field_what_is_wrong_and_keeps_the_rest(string field, string value, string at, string message)
    {
        var scene = await TrialScene.Given(product);
        var day = product.Clock.GetUtcNow().AddDays(3);
        Dictionary<string, string> form = new()
        {
            ["SessionOn"] = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["SessionAt"] = "17:30",
            ["TimeZone"] = "Europe/London",
            ["LengthMinutes"] = "45",
            ["Places"] = "4",
            ["JoinLink"] = "https://meet.example.com/x",
        };
        form[field] = value;

        var refused = await scene.Manager.Post($"{scene.Manage}/sessions", [.. form.Select(pair => (pair.Key, pair.Value))]);

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Page.QuerySelector($"#{at}-error")!.TextContent.ShouldBe(message);
        refused.Page.QuerySelector(".errsum a")!.TextContent.ShouldBe(message);
        if (field != "SessionAt") refused.Page.QuerySelector("#SessionAt")!.GetAttribute("value").ShouldBe("17:30");
    }

    [Fact]
    public async Task Posts_a_session_once_however_often_the_form_is_sent()
    {
        var scene = await TrialScene.Given(product);
        var at = product.Clock.GetUtcNow().AddDays(3);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => scene.PostsForm(at, "4")));

        answers.Count(answer => answer.Status == HttpStatusCode.Redirect).ShouldBe(1);
        answers.Where(answer => answer.Status != HttpStatusCode.Redirect).ShouldAllBe(answer => answer.Status == HttpStatusCode.Conflict && answer.Words.Contains("nothing was posted twice", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Marks_who_came_and_presumes_nothing()
    {
        var scene = await TrialScene.Given(product);
        var session = await scene.Posts(TimeSpan.FromHours(2));
        var (second, third) = (await scene.Another("Second Shop"), await scene.Another("Third Shop"));
        foreach (var one in (TrialScene[])[scene, second, third])
        {
            await one.Started();
            (await one.Does("choose", ("Session", $"{session}"))).Status.ShouldBe(HttpStatusCode.Redirect);
        }

        var page = $"{scene.Manage}/sessions/{session}";
        var early = await scene.Manager.Post(page, ("Do", "mark"), ($"came-{await Id(scene)}", "yes"));
        product.Clock.Advance(TimeSpan.FromHours(4));
        var unmarked = await scene.Manager.Get(page);
        var marked = await scene.Manager.Post(page, ("Do", "mark"), ($"came-{await Id(scene)}", "yes"), ($"came-{await Id(second)}", "no"), ($"came-{await Id(third)}", "unknown"), ($"came-{Guid.NewGuid()}", "yes"));

        early.Words.ShouldContain("This session has not begun yet. Mark who came once it has. Nothing was changed.");
        unmarked.Page.QuerySelectorAll("select[name^=came] option[selected]").Select(option => option.TextContent).Distinct().ShouldBe(["Not marked"]);
        marked.Location.ShouldBe($"{page}?did=marked");
        (await scene.Manager.Get($"{scene.Manage}/sessions?state=past")).Words.ShouldContain("1 came, 1 did not 1 not marked");
        (await scene.Shop.Get(scene.Page)).Words.ShouldContain("You were there.");
        (await second.Shop.Get(scene.Page)).Words.ShouldContain("You were not there.");
        (await third.Shop.Get(scene.Page)).Words.ShouldContain("It is over. Who came is not marked yet.");
        (await scene.Manager.Get(scene.Manage)).Words.ShouldContain("Did not come");
        (await scene.Does("give")).Words.ShouldContain("Your session has begun, so the place stays yours.");
        (await product.Database.ScalarAsync<string>($"SELECT string_agg(array_to_string(codes, ','), ';' ORDER BY codes) FROM platform.audit_entry WHERE verb = 'Changed' AND subject_id IN ('{scene.SellerId}', '{second.SellerId}', '{third.SellerId}')")).ShouldBe("trial,came;trial,did-not-come");

        await scene.Manager.Post(page, ("Do", "mark"), ($"came-{await Id(scene)}", "unknown"));
        (await scene.Stored("t.came IS NULL")).ShouldBe("t", "a mark can be taken back");
    }

    [Fact]
    public async Task Opens_to_a_facilitator_of_the_program_and_to_no_other_staff()
    {
        var scene = await TrialScene.Given(product);
        using var facilitator = await product.Another("Fay Cil", "fay@example.com", account => account.Grant(Role.Facilitator, product.Clock.GetUtcNow(), [scene.Program.Slug]));
        using var auditor = await product.Another("Aud It", "aud@example.com", Role.Auditor);
        var other = await TrialScene.Given(product, "Other Shop");

        (await facilitator.Get(scene.Manage)).Status.ShouldBe(HttpStatusCode.OK);
        (await facilitator.Get("/manage")).Page.QuerySelector($"a[href='{scene.Manage}']").ShouldNotBeNull();
        var landing = (await facilitator.Page("/manage")).QuerySelectorAll("main a").Select(link => link.GetAttribute("href")!).Distinct().ToList();
        landing.ShouldContain("/learn");
        foreach (var href in landing) (await facilitator.Get(href)).Status.ShouldBe(HttpStatusCode.OK, href);
        using var reader = await product.Another("Aud Itor", "reader@example.com", Role.Auditor);
        foreach (var link in (await reader.Page("/manage")).QuerySelectorAll("main a")) (await reader.Get(link.GetAttribute("href")!)).Status.ShouldBe(HttpStatusCode.OK, link.TextContent);
        (await facilitator.Get(other.Manage)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await auditor.Get(scene.Manage)).Location.ShouldStartWith("/no-access");
        (await scene.Shop.Get(scene.Manage)).Location.ShouldStartWith("/no-access");
    }

    [Fact]
    public async Task Lists_trials_and_sessions_a_page_at_a_time_in_as_many_queries_for_many_as_for_few()
    {
        var scene = await TrialScene.Given(product);
        await scene.Limits(14, 100);
        await scene.Started();
        await scene.Posts(TimeSpan.FromDays(2));
        var (trialsOfFew, sessionsOfFew) = (await Queries(scene.Manage), await Queries($"{scene.Manage}/sessions"));

        await product.Database.ExecuteAsync($"""
            WITH shop AS (INSERT INTO sellers.seller (id, external_id, name) SELECT gen_random_uuid(), 'many-' || n, 'Shop ' || n FROM generate_series(1, 60) n RETURNING id)
            INSERT INTO enrollment.trial (id, program_id, seller_id, account_id, person_name, state, started_at, starts_on, ends_on, ends_at)
            SELECT gen_random_uuid(), t.program_id, shop.id, t.account_id, 'Person', 'Running', t.started_at, t.starts_on, t.ends_on, t.ends_at FROM shop, enrollment.trial t WHERE t.seller_id = '{scene.SellerId}';
            INSERT INTO enrollment.trial_session (id, program_id, host_id, local_time, time_zone, starts_at, length_minutes, join_link, places, posted_at)
            SELECT gen_random_uuid(), s.program_id, s.host_id, s.local_time, s.time_zone, s.starts_at + n * interval '1 hour', 45, s.join_link, 4, s.posted_at FROM enrollment.trial_session s, generate_series(1, 60) n WHERE s.program_id = (SELECT program_id FROM enrollment.trial WHERE seller_id = '{scene.SellerId}')
            """);

        var first = await scene.Manager.Get(scene.Manage);
        first.Heading.ShouldBe("61 free trials are running");
        first.Page.QuerySelectorAll("tbody tr").Length.ShouldBe(50);
        (await scene.Manager.Get($"{scene.Manage}?page=2")).Page.QuerySelectorAll("tbody tr").Length.ShouldBe(11);
        (await scene.Manager.Get($"{scene.Manage}/sessions?page=2")).Page.QuerySelectorAll("tbody tr").Length.ShouldBe(11);
        (await scene.Manager.Get($"{scene.Manage}?page=99999999999")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await Queries(scene.Manage)).ShouldBe(trialsOfFew);
        (await Queries($"{scene.Manage}/sessions")).ShouldBe(sessionsOfFew);

        Task<int> Queries(string path) => QueryCount.Of(product.Database, () => scene.Manager.Page(path));
    }

    [Fact]
    public async Task Keeps_what_was_typed_of_the_trials_rules_and_makes_a_version_of_them()
    {
        var scene = await TrialScene.Given(product);
        var page = $"/manage/{scene.Program.Slug}/setup/free-trial";
        var seen = (await scene.Manager.Page(page)).QuerySelector("input[name=seen]")!.GetAttribute("value")!;

        var refused = await scene.Manager.Post(page, ("seen", seen), ("IsOffered", "true"), ("Days", "2"), ("MostAtOnce", "lots"));
        await scene.Limits(10, 5);

        refused.Page.QuerySelectorAll(".errsum a").Select(problem => problem.TextContent).ShouldBe(["Enter between 3 and 60 days for the free trial.", "Enter how many trials run at the same time as a whole number, in digits."]);
        refused.Page.QuerySelector("#MostAtOnce")!.GetAttribute("value").ShouldBe("lots");
        (await scene.Manager.Get($"/manage/{scene.Program.Slug}/setup/versions")).Words.ShouldContain("The length of a free trial changed from 14 days to 10 days.");
    }

    Task<Guid> Id(TrialScene scene) => product.Database.ScalarAsync<Guid>($"SELECT id FROM enrollment.trial WHERE seller_id = '{scene.SellerId}'");
}
