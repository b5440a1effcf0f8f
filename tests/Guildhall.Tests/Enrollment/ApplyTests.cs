using System.Net;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Enrollment;

/// <summary>A shop applies for a mentor: seven questions, and everything that can go wrong on the way.</summary>
public sealed class ApplyTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Leads_from_question_to_question_to_the_sent_application()
    {
        var program = (await product.GivenOpenProgram()).Slug;
        var (shop, _) = await product.GivenShop();

        (await shop.Get($"/apply/{program}")).Location.ShouldBe($"/apply/{program}/shop");
        string[] order = ["shop", "about", "help", "goal", "style", "times", "languages", "check"];
        foreach (var ((step, answer), next) in Applicants.Suggested.Zip(order.Skip(1)))
            (await shop.Post($"/apply/{program}/{step}", answer)).Location.ShouldBe($"/apply/{program}/{next}");
        var check = await shop.Page($"/apply/{program}/check");
        check.QuerySelector("dl.sum")!.TextContent.ShouldContain("Photos and listings, Setting prices");
        check.QuerySelector("dl.sum")!.TextContent.ShouldContain("Tuesday afternoon, Thursday morning (London)");
        var sent = await shop.Post($"/apply/{program}/check");

        sent.Location.ShouldBe($"/apply/{program}/done");
        (await shop.Get(sent.Location!)).Heading.ShouldBe("Your application is sent");
        (await shop.Get(sent.Location!)).Words.ShouldContain("until it is decided on: what you sell, help with, goal, how you work, free, languages.");
        (await shop.Get("/me")).Words.ShouldContain("Your application is being read. You will hear from us by 4 January 2027.");
        (await Stored("state")).ShouldContain("Sent");
    }

    [Fact]
    public async Task Shows_what_the_marketplace_knows_and_asks_none_of_it()
    {
        var program = (await product.GivenOpenProgram()).Slug;
        var (shop, _) = await product.GivenShop();

        var about = await shop.Page($"/apply/{program}/about");
        var times = await shop.Page($"/apply/{program}/times");
        var languages = await shop.Page($"/apply/{program}/languages");

        about.QuerySelectorAll("input:not([type=hidden])").ShouldBeEmpty();
        about.QuerySelector("dl.sum")!.TextContent.ShouldContain("22 October 2026");
        about.QuerySelector("dl.sum")!.TextContent.ShouldContain("Not known");
        times.QuerySelector("select[name=TimeZone] option[selected]")!.GetAttribute("value").ShouldBe("Europe/London");
        languages.QuerySelectorAll("input[checked]").Select(box => box.GetAttribute("value")).ShouldBe(["en", "tw"]);
    }

    [Fact]
    public async Task Keeps_what_was_answered_for_another_day()
    {
        var program = (await product.GivenOpenProgram()).Slug;
        var (shop, _) = await product.GivenShop();
        await shop.Answers(program, Applicants.Suggested.Take(3));

        (await shop.Get("/me")).Words.ShouldContain("You have begun to apply. Your answers are kept.");
        (await shop.Get($"/apply/{program}")).Location.ShouldBe($"/apply/{program}/goal");
        (await shop.Page($"/apply/{program}/help")).QuerySelectorAll("input[checked]").Length.ShouldBe(2);
    }

    public static TheoryData<string, (string, string)[], string> Refused => new()
    {
        { "shop", [], "Tick at least one thing that you sell." },
        { "help", [], "Pick at least one, or tick that you’re not sure yet." },
        { "help", [("Skills", "pricing"), ("Skills", "inventory"), ("Skills", "listing-optimization"), ("Skills", "policy-compliance")], "Pick up to 3. You ticked 4." },
        { "help", [("Skills", "no-such-skill")], "Pick at least one, or tick that you’re not sure yet." },
        { "help", [("Skills", "pricing"), ("Skills", "not-sure")], "Untick that you’re not sure yet, or leave it as the only one." },
        { "goal", [], "Choose how many orders a week, or that you don’t know yet." },
        { "goal", [("Target", "1e99")], "Choose how many orders a week, or that you don’t know yet." },
        { "style", [("Style", "2"), ("Contact", "1")], "Choose where you start." },
        { "times", [("Times", "tue-afternoon"), ("TimeZone", "Europe/London")], "Select at least 2 times when you are free." },
        { "times", [("Times", "tue-afternoon"), ("Times", "wed-morning"), ("TimeZone", "../../etc/passwd")], "Choose your time zone." },
        { "languages", [("Languages", "klingon")], "Tick at least one language." },
    };

    [Theory, MemberData(nameof(Refused))]
    public async Task Says_at_the_field_what_is_missing_and_keeps_the_rest(string step, (string, string)[] answer, string message)
    {
        var program = (await product.GivenOpenProgram()).Slug;
        var (shop, _) = await product.GivenShop();

        var refused = await shop.Post($"/apply/{program}/{step}", [.. answer, ("OwnWords", "kept")]);

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Page.QuerySelector(".errsum a")!.TextContent.ShouldBe(message);
        refused.Page.Title.ShouldStartWith("Error: ");
        refused.Page.QuerySelectorAll("input[checked]").Length.ShouldBe(answer.Count(field => field.Item2 != "no-such-skill" && field.Item1 is "Skills" or "Times" or "Contact"));
        (await shop.Get("/me")).Words.ShouldNotContain("You have begun to apply");
    }

    [Fact]
    public async Task Refuses_five_megabytes_of_words_and_keeps_the_page()
    {
        var program = (await product.GivenOpenProgram()).Slug;
        var (shop, _) = await product.GivenShop();

        var long1 = await shop.Post($"/apply/{program}/help", ("Skills", "pricing"), ("OwnWords", new string('a', 1_001)));
        var huge = await shop.Post($"/apply/{program}/help", ("Skills", "pricing"), ("OwnWords", new string('a', 5_000_000)));

        long1.Page.QuerySelector(".errsum a")!.TextContent.ShouldBe("Write up to 1,000 characters. This is 1,001.");
        long1.Page.QuerySelector("textarea")!.TextContent.Length.ShouldBe(1_001);
        huge.Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        huge.Heading.ShouldBe("This is too large");
        (await shop.Get("/me")).Words.ShouldNotContain("You have begun to apply");
    }

    [Fact]
    public async Task Shows_hostile_words_as_words()
    {
        var program = (await product.GivenOpenProgram()).Slug;
        var (shop, _) = await product.GivenShop("<script>alert(1)</script>");
        const string hostile = "<img src=x onerror=alert(1)>\r\nBcc: all@example.com\r\n=HYPERLINK(\"x\")";
        await shop.Answers(program, [.. Applicants.Suggested.Where(page => page.Step != "help"), ("help", [("Skills", "pricing"), ("OwnWords", hostile)])]);

        var check = await shop.Page($"/apply/{program}/check");

        check.QuerySelectorAll("main img, main script").ShouldBeEmpty();
        check.QuerySelector("dl.sum")!.TextContent.ShouldContain("<img src=x onerror=alert(1)>");
    }

    [Fact]
    public async Task Keeps_one_open_application_of_a_shop_whoever_starts_it_twice()
    {
        var program = (await product.GivenOpenProgram()).Slug;
        var (shop, sellerId) = await product.GivenShop();
        await shop.Get($"/apply/{program}/shop");

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => shop.Post($"/apply/{program}/shop", ("Categories", "home"))));

        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.Redirect || answer.Status == HttpStatusCode.Conflict);
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM enrollment.application WHERE seller_id = '{sellerId}'")).ShouldBe(1);
    }

    [Fact]
    public async Task Sends_an_application_once()
    {
        var program = (await product.GivenOpenProgram()).Slug;
        var (shop, sellerId) = await product.GivenShop();
        await shop.Answers(program);

        var sent = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => shop.Post($"/apply/{program}/check")));
        var again = await shop.Post($"/apply/{program}/check");

        sent.Count(answer => answer.Location == $"/apply/{program}/done").ShouldBeGreaterThan(0);
        again.Location.ShouldBe($"/apply/{program}/done");
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM enrollment.application WHERE seller_id = '{sellerId}' AND state = 'Sent'")).ShouldBe(1);
    }

    [Fact]
    public async Task Sends_nothing_while_a_question_is_open()
    {
        var program = (await product.GivenOpenProgram()).Slug;
        var (shop, _) = await product.GivenShop();
        await shop.Answers(program, Applicants.Suggested.Where(page => page.Step != "goal"));

        var refused = await shop.Post($"/apply/{program}/check");

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Page.QuerySelector(".errsum a")!.TextContent.ShouldBe("Answer “Goal” first.");
        refused.Page.QuerySelector(".errsum a")!.GetAttribute("href").ShouldBe("#goal");
    }

    [Fact]
    public async Task Says_at_once_that_a_shop_signed_up_too_long_ago()
    {
        var program = (await product.GivenOpenProgram()).Slug;
        var (shop, _) = await product.GivenShop(signedUpOn: new DateOnly(2026, 1, 5));

        var refused = await shop.Get($"/apply/{program}");
        var forced = await shop.Post($"/apply/{program}/shop", ("Categories", "home"));

        refused.Status.ShouldBe(HttpStatusCode.Conflict);
        refused.Words.ShouldContain("First 90 Days is for shops that signed up at most 180 days ago. Yours signed up on 5 January 2026, 320 days ago. You may make a good mentor.");
        refused.Page.QuerySelector("main .gh-btn-1")!.GetAttribute("href").ShouldBe($"/mentor/apply/{program}");
        forced.Status.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Keeps_the_answers_of_who_comes_after_the_last_day()
    {
        var program = (await product.GivenOpenProgram()).Slug;
        var (shop, sellerId) = await product.GivenShop();
        await shop.Answers(program);
        await product.Database.ExecuteAsync($"UPDATE programs.program SET applications_close_on = '2026-11-01' WHERE slug = '{program}'");

        var refused = await shop.Post($"/apply/{program}/check");

        refused.Status.ShouldBe(HttpStatusCode.Conflict);
        refused.Words.ShouldContain("closed on 1 November 2026. Your answers are kept, and nothing was sent.");
        var home = await shop.Get("/me");
        home.Words.ShouldContain("Applications closed on 1 November 2026, and yours was not sent. Your answers are kept.");
        home.Words.ShouldNotContain("Go on with your application");
        (await product.Database.ScalarAsync<string>($"SELECT state FROM enrollment.application WHERE seller_id = '{sellerId}'")).ShouldBe("Draft");
    }

    [Fact]
    public async Task Takes_an_application_back_and_lets_the_shop_apply_again()
    {
        var program = (await product.GivenOpenProgram()).Slug;
        var (shop, sellerId) = await product.GivenShop();
        await shop.Applies(program);

        (await shop.Post($"/apply/{program}/withdraw")).Location.ShouldBe($"/apply/{program}/done");
        (await shop.Get($"/apply/{program}/done")).Heading.ShouldBe("You took your application back");
        await shop.Applies(program);

        (await product.Database.ScalarAsync<string>($"SELECT string_agg(state, ', ' ORDER BY id) FROM enrollment.application WHERE seller_id = '{sellerId}'")).ShouldBe("Withdrawn, Sent");
    }

    [Fact]
    public async Task Shows_nobody_elses_application()
    {
        var program = (await product.GivenOpenProgram()).Slug;
        var (one, _) = await product.GivenShop();
        var (other, _) = await product.GivenShop("Bea Lund");
        await one.Applies(program);

        (await other.Get($"/apply/{program}/done")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await other.Post($"/apply/{program}/withdraw")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await other.Get("/me")).Words.ShouldNotContain("is being read");
    }

    [Fact]
    public async Task Lists_every_program_that_takes_applications_whichever_is_on_the_front_page()
    {
        var (one, other) = (await product.GivenOpenProgram(), await product.GivenOpenProgram());
        await product.Database.ExecuteAsync($"UPDATE programs.program SET applications_close_on = '2026-11-01' WHERE slug NOT IN ('{one.Slug}', '{other.Slug}')");
        var (shop, _) = await product.GivenShop();

        var choice = await shop.Page("/apply");
        var home = await shop.Page("/me");
        await product.Database.ExecuteAsync($"UPDATE programs.program SET applications_close_on = '2026-11-01' WHERE slug = '{one.Slug}'");
        var only = await shop.Get("/mentor/apply");
        await product.Database.ExecuteAsync($"UPDATE programs.program SET applications_close_on = '2026-11-01' WHERE slug = '{other.Slug}'");

        choice.QuerySelector("h1")!.TextContent.ShouldBe("Which program?");
        foreach (var slug in new[] { one.Slug, other.Slug })
        {
            choice.QuerySelector($"a[href='/apply/{slug}']").ShouldNotBeNull();
            home.QuerySelector($"a[href='/apply/{slug}']").ShouldNotBeNull();
        }

        only.Location.ShouldBe($"/mentor/apply/{other.Slug}");
        (await shop.Get("/apply")).Heading.ShouldBe("No program takes applications now");
    }

    [Fact]
    public async Task Takes_a_language_that_is_not_among_the_likely_ones()
    {
        var program = (await product.GivenOpenProgram()).Slug;
        var (shop, sellerId) = await product.GivenShop();

        var page = await shop.Page($"/apply/{program}/languages");
        (await shop.Post($"/apply/{program}/languages", ("Languages", "en"), ("OtherLanguage", "is"))).Location.ShouldNotBeNull();

        page.QuerySelector("select[name=OtherLanguage] option[value=is]")!.TextContent.ShouldBe("Icelandic");
        (await product.Database.ScalarAsync<string>($"SELECT answers ->> 'languages' FROM enrollment.application WHERE seller_id = '{sellerId}'")).ShouldBe("[\"en\", \"is\"]");
        (await shop.Page($"/apply/{program}/languages")).QuerySelectorAll("input[checked]").Select(box => box.GetAttribute("value")).ShouldBe(["en", "is"]);
    }

    [Fact]
    public async Task Says_to_who_has_no_account_how_to_get_one()
    {
        var program = (await product.GivenOpenProgram()).Slug;
        using var visitor = product.Visitor();

        var asked = await visitor.Get($"/apply/{program}");

        asked.Location.ShouldBe($"/sign-in?to=%2Fapply%2F{program}");
        (await visitor.Get(asked.Location!)).Words.ShouldContain("You apply with an account of your shop. No account yet? Type the email address");
        (await visitor.Get("/sign-in?to=%2Fmanage")).Words.ShouldNotContain("No account yet?");
    }

    [Fact]
    public async Task Says_how_many_times_are_needed_before_anybody_is_refused()
    {
        var program = (await product.GivenOpenProgram()).Slug;
        var (shop, _) = await product.GivenShop();

        (await shop.Page($"/apply/{program}/times")).QuerySelector("main .hint")!.TextContent.ShouldBe("Tick at least 2 times.");
        (await shop.Post($"/mentor/apply/{program}/hours", ("TimeZone", "Europe/London"), ("Places", "1"))).Page.QuerySelector(".errsum a")!.TextContent.ShouldBe("Select at least 1 time when you are free.");
    }

    [Fact]
    public async Task Asks_a_page_for_few_queries()
    {
        var program = (await product.GivenOpenProgram()).Slug;
        var (shop, _) = await product.GivenShop();

        (await QueryCount.Of(product.Database, () => shop.Get($"/apply/{program}/times"))).ShouldBeLessThanOrEqualTo(14);
    }

    Task<string> Stored(string column) => product.Database.ScalarAsync<string>($"SELECT string_agg({column}, ' ') FROM enrollment.application");
}
