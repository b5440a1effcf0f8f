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
        var same = await scene.Manager.Post(page, ("seen", Seen(await scene.Manager.Page(page))), ("Decision", "decline"), ("Reason", "Still."));
        await other.Post(page, ("seen", Seen(await other.Page(page))), ("Decision", "decline"), ("Reason", "We looked again."));
        var again = await shop.Post($"/mentor/apply/{scene.Slug}/appeal", ("Appeal", "Once more."));

        same.Status.ShouldBe(HttpStatusCode.Conflict);
        same.Words.ShouldContain("You declined this application before. Somebody else decides on the appeal.");
        again.Status.ShouldBe(HttpStatusCode.Conflict);
        (await shop.Get($"/mentor/apply/{scene.Slug}/done")).Words.ShouldContain("We looked again.");
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

    async Task<(ProgramScene Scene, Browser Shop, Guid SellerId, string Page)> GivenSent()
    {
        var scene = await product.GivenOpenProgram();
        var (shop, sellerId) = await product.GivenShop("Ruth Calloway", new DateOnly(2020, 1, 1));
        foreach (var (step, answer) in answers) (await shop.Post($"/mentor/apply/{scene.Slug}/{step}", answer)).Location.ShouldNotBeNull(step);
        (await shop.Post($"/mentor/apply/{scene.Slug}/check", ("Agrees", "true"), ("Number", "1"))).Location.ShouldBe($"/mentor/apply/{scene.Slug}/done");
        var id = await product.Database.ScalarAsync<string>($"SELECT id::text FROM enrollment.application WHERE seller_id = '{sellerId}'");
        return (scene, shop, sellerId, $"/manage/{scene.Slug}/applications/{id}");
    }

    static string Seen(AngleSharp.Dom.IDocument page) => page.QuerySelector("input[name=seen]")!.GetAttribute("value")!;
}
