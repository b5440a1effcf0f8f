using System.Net;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Enrollment;

/// <summary>A shop applies to mentor, is reviewed, and is taken in or declined.</summary>
public sealed class VettingTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    static readonly IReadOnlyList<(string Step, (string, string)[] Answer)> answers =
    [
        ("skills", [("Skills", "pricing"), ("Skills", "inventory"), ("Skills", "customer-service"), ("OwnWords", "I taught two neighbors.")]),
        ("style", [("Style", "-1"), ("Contact", "0")]),
        ("hours", [("Times", "mon-evening"), ("Times", "sat-morning"), ("TimeZone", "Europe/London"), ("Places", "3")]),
        ("languages", [("Languages", "en")]),
        ("interests", [("Interests", "some"), ("Brands", "Kiln & Co, Blue Jug"), ("Stakes", "Pot Shop"), ("Competing", ""), ("Biases", "")]),
    ];

    static readonly (string, string)[] review = [("score-results", "4"), ("score-teaching", "3"), ("score-skills", "3"), ("score-time", "2"), ("score-interests", "4"), ("Recommends", "yes"), ("Note", "Calm and clear.")];

    [Fact]
    public async Task Makes_a_mentor_of_who_is_reviewed_and_accepted()
    {
        var (scene, shop, sellerId, page) = await GivenSent();

        var early = await scene.Manager.Post(page, ("seen", Seen(await scene.Manager.Page(page))), ("Decision", "accept"));
        (await scene.Manager.Post($"{page}/review", review)).Status.ShouldBe(HttpStatusCode.Redirect);
        var accepted = await scene.Manager.Post(page, ("seen", Seen(await scene.Manager.Page(page))), ("Decision", "accept"));

        early.Status.ShouldBe(HttpStatusCode.Conflict);
        early.Words.ShouldContain("A mentor is accepted after a review, and there are 0. Nothing was changed.");
        accepted.Status.ShouldBe(HttpStatusCode.Redirect);
        (await shop.Get("/mentor")).Words.ShouldContain("You are a mentor.");
        (await shop.Get("/me")).Words.ShouldContain($"You are a mentor in First 90 Days, {await product.Database.ScalarAsync<string>($"SELECT cohort FROM programs.program WHERE slug = '{scene.Slug}'")}: go to your mentor’s page");
        var profile = await product.Database.ScalarAsync<string>($"SELECT as_mentor::text FROM enrollment.participant WHERE seller_id = '{sellerId}'");
        profile.ShouldContain("\"capacity\": 3");
        profile.ShouldContain("pricing");
        (await product.Database.ScalarAsync<string>($"SELECT string_agg(kind || ' ' || what, '; ' ORDER BY kind, what) FROM enrollment.disclosure WHERE seller_id = '{sellerId}'")).ShouldBe("BrandOwned Blue Jug; BrandOwned Kiln & Co; Stake Pot Shop");
    }

    [Fact]
    public async Task Hides_another_review_until_ones_own_is_given()
    {
        var (scene, _, _, page) = await GivenSent();
        using var second = await product.AnotherManager("Ola Berg", $"ola-{scene.Slug}@example.com");
        await scene.Manager.Post($"{page}/review", review);

        (await second.Get(page)).Words.ShouldNotContain("Calm and clear.");
        (await second.Get(page)).Words.ShouldContain("1 of 1 given. Others’ show once yours is given.");
        await second.Post($"{page}/review", [.. review.Where(field => field.Item1 != "Note"), ("Note", "Agreed.")]);
        (await second.Get(page)).Words.ShouldContain("Calm and clear.");
    }

    [Fact]
    public async Task Says_which_lines_of_a_review_are_open_and_keeps_the_rest()
    {
        var (scene, _, _, page) = await GivenSent();

        var refused = await scene.Manager.Post($"{page}/review", ("score-results", "9"), ("score-teaching", "3"), ("Note", "So far."));

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Page.QuerySelectorAll(".errsum a").Select(link => link.TextContent).ShouldBe([
            "Choose 1 to 4 for “Results in their own shop”.", "Choose 1 to 4 for “Skills that new shops ask for”.", "Choose 1 to 4 for “Time for it”.", "Choose 1 to 4 for “Interests that could stand between”.", "Choose whether you would take them."], ignoreOrder: true);
        refused.Page.QuerySelector("textarea[name=Note]")!.TextContent.ShouldBe("So far.");
        (await product.Database.ScalarAsync<long>("SELECT count(*) FROM enrollment.vetting_review WHERE note = 'So far.'")).ShouldBe(0);
    }

    [Fact]
    public async Task Looks_a_second_time_by_somebody_else_at_what_was_declined()
    {
        var (scene, shop, _, page) = await GivenSent();
        await scene.Manager.Post(page, ("seen", Seen(await scene.Manager.Page(page))), ("Decision", "decline"), ("Reason", "Too few months."));
        using var other = await product.AnotherManager("Uma Sen", $"uma-{scene.Slug}@example.com");

        (await shop.Get($"/mentor/apply/{scene.Slug}/done")).Words.ShouldContain("Too few months.");
        (await shop.Post($"/mentor/apply/{scene.Slug}/appeal", ("Appeal", "I sold elsewhere for six years."))).Location.ShouldBe($"/mentor/apply/{scene.Slug}/done");
        var waits = await shop.Get($"/mentor/apply/{scene.Slug}/done");
        waits.Heading.ShouldBe("A second look is asked for");
        waits.Words.ShouldContain("with what you wrote: “I sold elsewhere for six years.”");
        (await shop.Get("/mentor")).Words.ShouldContain("Your application is looked at a second time, by somebody else.");
        (await scene.Manager.Page($"/manage/{scene.Slug}/applications")).QuerySelector("main tbody .gh-badge")!.TextContent.ShouldBe("Second look");
        var same = await scene.Manager.Post(page, ("seen", Seen(await scene.Manager.Page(page))), ("Decision", "decline"), ("Reason", "Still."));
        await other.Post(page, ("seen", Seen(await other.Page(page))), ("Decision", "decline"), ("Reason", "We looked again."));
        var again = await shop.Post($"/mentor/apply/{scene.Slug}/appeal", ("Appeal", "Once more."));

        same.Status.ShouldBe(HttpStatusCode.Conflict);
        same.Words.ShouldContain("You declined this application before. Somebody else decides on the appeal.");
        again.Status.ShouldBe(HttpStatusCode.Conflict);
        (await shop.Get($"/mentor/apply/{scene.Slug}/done")).Words.ShouldContain("We looked again.");
    }

    [Fact]
    public async Task Leads_a_shop_that_only_mentors_to_the_mentors_pages()
    {
        var (scene, shop, sellerId, _) = await GivenSent();
        var email = await product.Database.ScalarAsync<string>($"SELECT email FROM people.account WHERE seller_id = '{sellerId}'");
        using var again = product.Visitor();

        (await again.SignIn(email, RunningProduct.Password)).Location.ShouldBe("/mentor");
        (await again.Page("/account")).QuerySelector(".gh-tabbar a")!.GetAttribute("href").ShouldBe("/mentor");
        (await shop.Page($"/mentor/apply/{scene.Slug}/done")).QuerySelector("a.back")!.GetAttribute("href").ShouldBe("/mentor");
        var (both, other) = (await product.GivenOpenProgram(), product.Visitor());
        await product.Database.ExecuteAsync($"UPDATE sellers.seller SET signed_up_on = '2026-11-01' WHERE id = '{sellerId}'");
        await again.Applies(both.Slug);
        (await other.SignIn(email, RunningProduct.Password)).Location.ShouldBe("/me", "they look for a mentor too");
        other.Dispose();
    }

    [Fact]
    public async Task Counts_its_questions_the_same_on_every_page()
    {
        var scene = await product.GivenOpenProgram();
        var (shop, _) = await product.GivenShop("Mentor to be");

        (await shop.Get("/mentor")).Words.ShouldContain("Five questions, about 5 minutes.");
        (await shop.Get($"/mentor/apply/{scene.Slug}/skills")).Words.ShouldContain("Question 1 of 5");
    }

    [Fact]
    public async Task Suggests_no_strength_to_a_shop_whose_figures_show_none_and_tells_reviewers_what_is_asked()
    {
        var (scene, shop, sellerId, page) = await GivenSent();
        await product.Database.ExecuteAsync($"""
            CREATE TABLE IF NOT EXISTS sellers.seller_day_2026_11 PARTITION OF sellers.seller_day FOR VALUES FROM ('2026-11-01') TO ('2026-12-01');
            INSERT INTO sellers.seller_day (seller_id, day, orders) VALUES ('{sellerId}', '2026-11-01', 2);
            """);

        var asked = await shop.Get($"/mentor/apply/{scene.Slug}/skills");
        var read = await scene.Manager.Page(page);
        var listed = await scene.Manager.Page($"/manage/{scene.Slug}/applications");

        asked.Words.ShouldNotContain("Your figures speak for it");
        read.QuerySelectorAll("[aria-labelledby=figures-h] .gh-notice li").Select(line => line.TextContent).ShouldBe(["Its first order was 0 days ago; 270 are asked.", "0 reviews are known; 5 are asked."]);
        listed.QuerySelector("main tbody .gh-badge")!.TextContent.ShouldBe("Against 2 of the criteria");
    }

    [Fact]
    public async Task Says_of_a_review_who_reads_it()
    {
        var (scene, _, _, page) = await GivenSent();

        (await scene.Manager.Page(page)).GetElementById("Note-hint")!.TextContent.ShouldBe("Staff read it, and the shop where it asks for its data.");
    }

    [Fact]
    public async Task Keeps_a_shop_on_one_side_of_a_program()
    {
        var (scene, shop, _, _) = await GivenSent();

        var asMentee = await shop.Get($"/apply/{scene.Slug}");

        asMentee.Status.ShouldBe(HttpStatusCode.Conflict);
        asMentee.Words.ShouldContain("Your shop has an application to First 90 Days as mentor.");
    }

    public static TheoryData<string, (string, string)[], string> Refused => new()
    {
        { "skills", [], "Tick at least one thing that you can teach." },
        { "hours", [("Times", "mon-evening"), ("TimeZone", "Europe/London"), ("Places", "51")], "Enter from 1 to 50 mentees at once." },
        { "interests", [], "Choose whether you have something to declare." },
        { "interests", [("Interests", "none"), ("Brands", "Kiln")], "Choose that you have something to declare, or clear the lines below." },
        { "interests", [("Interests", "some")], "Fill in at least one of the lines below, or choose that you have nothing to declare." },
    };

    [Theory, MemberData(nameof(Refused))]
    public async Task Says_at_the_field_what_is_missing(string step, (string, string)[] answer, string message)
    {
        var scene = await product.GivenOpenProgram();
        var (shop, _) = await product.GivenShop("Mentor to be");

        var refused = await shop.Post($"/mentor/apply/{scene.Slug}/{step}", answer);

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Page.QuerySelector(".errsum a")!.TextContent.ShouldBe(message);
    }

    [Fact]
    public async Task Waits_for_two_people_where_the_program_asks_for_two()
    {
        var (scene, _, _, page) = await GivenSent();
        await GivenTwoReviewers(scene);
        using var second = await product.AnotherManager("Ola Berg", $"ola2-{scene.Slug}@example.com");

        await scene.Manager.Post($"{page}/review", review);
        await scene.Manager.Post($"{page}/review", review);
        var early = await scene.Manager.Post(page, ("seen", Seen(await scene.Manager.Page(page))), ("Decision", "accept"));
        await second.Post($"{page}/review", review);
        var accepted = await scene.Manager.Post(page, ("seen", Seen(await scene.Manager.Page(page))), ("Decision", "accept"));

        early.Status.ShouldBe(HttpStatusCode.Conflict);
        early.Words.ShouldContain("A mentor is accepted after 2 reviews by different people, and there is 1. Nothing was changed. Ask somebody else for theirs.");
        accepted.Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Asks_a_mentor_about_the_coaching_method_until_every_answer_is_right()
    {
        var (scene, shop, sellerId, page) = await GivenSent();
        await scene.Manager.Post($"{page}/review", review);
        await scene.Manager.Post(page, ("seen", Seen(await scene.Manager.Page(page))), ("Decision", "accept"));
        var coaching = $"/mentor/coaching/{scene.Slug}";
        (await shop.Get("/mentor")).Words.ShouldContain("5 situations, about 3 minutes.");
        var form = await shop.Page(coaching);

        var open = await shop.Post(coaching, [.. Answered(form, everyRight: true).Skip(1)]);
        var wrong = await shop.Post(coaching, Answered(form, everyRight: false));
        var right = await shop.Post(coaching, Answered(form, everyRight: true));

        open.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        wrong.Page.QuerySelectorAll(".errsum a").ShouldHaveSingleItem().TextContent.ShouldStartWith("The method does something else here");
        right.Location.ShouldBe(coaching);
        (await shop.Get(coaching)).Words.ShouldContain("All 5 are right");
        (await shop.Get("/mentor")).Words.ShouldNotContain("5 situations");
        (await product.Database.ScalarAsync<int>($"SELECT tries FROM enrollment.certification c JOIN enrollment.participant p ON p.id = c.participant_id WHERE p.seller_id = '{sellerId}'")).ShouldBe(2);
        var person = await product.Database.ScalarAsync<string>($"SELECT id::text FROM enrollment.participant WHERE seller_id = '{sellerId}'");
        (await scene.Manager.Get($"/manage/{scene.Slug}/people/{person}")).Words.ShouldContain("Answered the situations of the coaching method on");
    }

    [Fact]
    public async Task Ends_the_day_after_three_tries_that_are_not_right_also_of_many_at_once()
    {
        var (scene, shop, sellerId, page) = await GivenSent();
        await scene.Manager.Post($"{page}/review", review);
        await scene.Manager.Post(page, ("seen", Seen(await scene.Manager.Page(page))), ("Decision", "accept"));
        var coaching = $"/mentor/coaching/{scene.Slug}";
        var form = await shop.Page(coaching);
        Task<int> tries() => product.Database.ScalarAsync<int>($"SELECT tries FROM enrollment.certification c JOIN enrollment.participant p ON p.id = c.participant_id WHERE p.seller_id = '{sellerId}'");

        var wrong = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => shop.Post(coaching, Answered(form, everyRight: false))));
        var right = await shop.Post(coaching, Answered(form, everyRight: true));

        wrong.Count(answer => answer.Status == HttpStatusCode.UnprocessableEntity).ShouldBe(3);
        wrong.Where(answer => answer.Status == HttpStatusCode.Conflict).Count(answer => answer.Words.Contains("this one was not looked at", StringComparison.Ordinal)).ShouldBe(3);
        right.Status.ShouldBe(HttpStatusCode.Conflict);
        (await tries()).ShouldBe(3);
        (await shop.Get(coaching)).Words.ShouldContain("The next one is open from tomorrow on.");
        (await shop.Page(coaching)).QuerySelectorAll(".opts").ShouldBeEmpty();
        await product.Database.ExecuteAsync($"UPDATE enrollment.certification SET wrong_on = wrong_on - 1 WHERE participant_id IN (SELECT id FROM enrollment.participant WHERE seller_id = '{sellerId}')");
        (await shop.Post(coaching, Answered(form, everyRight: false))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await shop.Post(coaching, Answered(form, everyRight: true))).Location.ShouldBe(coaching);
        (await tries()).ShouldBe(5);
    }

    [Fact]
    public async Task Counts_no_answers_to_situations_that_changed_meanwhile_and_asks_strangers_nothing()
    {
        var (scene, shop, _, page) = await GivenSent();
        (await shop.Get($"/mentor/coaching/{scene.Slug}")).Status.ShouldBe(HttpStatusCode.NotFound, "they are no mentor yet");
        await scene.Manager.Post($"{page}/review", review);
        await scene.Manager.Post(page, ("seen", Seen(await scene.Manager.Page(page))), ("Decision", "accept"));
        var answered = Answered(await shop.Page($"/mentor/coaching/{scene.Slug}"), everyRight: true);
        await product.Database.ExecuteAsync($"""
            UPDATE programs.program_version SET design = jsonb_set(design, ARRAY['coaching', 'cases', '0', 'situation'], '"Something else happened."')
            WHERE program_id = (SELECT id FROM programs.program WHERE slug = '{scene.Slug}')
            """);

        var late = await shop.Post($"/mentor/coaching/{scene.Slug}", answered);

        late.Status.ShouldBe(HttpStatusCode.Conflict);
        late.Words.ShouldContain("Nothing was counted.");
        late.Words.ShouldContain("Something else happened.");
    }

    async Task GivenTwoReviewers(ProgramScene scene)
    {
        var who = $"/manage/{scene.Slug}/setup/who";
        var form = await scene.Manager.Page(who);
        (string, string)[] fields = [.. form.QuerySelectorAll("main input").OfType<AngleSharp.Html.Dom.IHtmlInputElement>().Where(input => input.Type is "text" or "hidden" && input.Name is not (null or "__RequestVerificationToken")).Select(input => (input.Name!, input.Value))];
        (await scene.Manager.Post(who, [.. fields, ("Reviewers", "2"), ("AsksAboutCoaching", "true")])).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    static (string, string)[] Answered(AngleSharp.Dom.IDocument form, bool everyRight)
    {
        var cases = Guildhall.Modules.Programs.CoachingMethod.FirstNinetyDays.Cases;
        return [
            .. cases.Select((one, at) => ($"case-{at + 1}", Place(one, everyRight || at > 0 ? one.Right : one.Wrong[0]))),
            ("Method", form.QuerySelector("input[name=Method]")!.GetAttribute("value")!)];

        string Place(Guildhall.Modules.Programs.MethodCase one, string answer) => form.QuerySelectorAll(".opts label").Single(label => label.TextContent.Trim() == answer).QuerySelector("input")!.GetAttribute("value")!;
    }

    /// <summary>Every question answered, and sent unless it stays a draft.</summary>
    internal static async Task AppliesAsMentor(Browser shop, string program, bool isSent = true)
    {
        foreach (var (step, answer) in answers) (await shop.Post($"/mentor/apply/{program}/{step}", answer)).Location.ShouldNotBeNull(step);
        if (isSent) (await shop.Post($"/mentor/apply/{program}/check", ("Agrees", "true"), ("Number", "1"))).Location.ShouldBe($"/mentor/apply/{program}/done");
    }

    async Task<(ProgramScene Scene, Browser Shop, Guid SellerId, string Page)> GivenSent()
    {
        var scene = await product.GivenOpenProgram();
        var (shop, sellerId) = await product.GivenShop("Ruth Calloway", new DateOnly(2020, 1, 1));
        await AppliesAsMentor(shop, scene.Slug);
        var id = await product.Database.ScalarAsync<string>($"SELECT id::text FROM enrollment.application WHERE seller_id = '{sellerId}'");
        return (scene, shop, sellerId, $"/manage/{scene.Slug}/applications/{id}");
    }

    static string Seen(AngleSharp.Dom.IDocument page) => page.QuerySelector("input[name=seen]")!.GetAttribute("value")!;
}
