using System.Net;
using Guildhall.Tests.Support;
using Npgsql;

namespace Guildhall.Tests.Enrollment;

/// <summary>A manager decides on applications; what is accepted takes part, with its baseline frozen.</summary>
public sealed class DecideApplicationTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Takes_a_shop_in_with_what_it_said_and_its_baseline()
    {
        var (scene, shop, sellerId, id) = await GivenSent();
        await product.Database.ExecuteAsync($"INSERT INTO sellers.event (seller_id, external_id, happened_on, kind) VALUES ('{sellerId}', 'o1', '2026-11-01', 'order')");

        var accepted = await Decide(scene, id, ("Decision", "accept"), ("Tier", "Standard"));

        accepted.Location.ShouldBe($"{Queue(scene)}?did=accepted");
        (await scene.Manager.Get(accepted.Location!)).Words.ShouldContain("Accepted. They are among the people of the program now.");
        (await shop.Get("/me")).Words.ShouldContain("You are in.");
        var profile = await product.Database.ScalarAsync<string>($"SELECT as_mentee::text FROM enrollment.participant WHERE seller_id = '{sellerId}'");
        profile.ShouldContain("listing-optimization");
        profile.ShouldContain("\"tier\": \"standard\"");
        profile.ShouldContain("\"timeZone\": \"Europe/London\"");
        (await product.Database.ScalarAsync<int>($"SELECT (figures ->> 'daysToFirstSale')::int FROM enrollment.baseline b JOIN enrollment.participant p ON p.id = b.participant_id WHERE p.seller_id = '{sellerId}'")).ShouldBe(10);
    }

    [Fact]
    public async Task Keeps_none_and_not_zero_as_the_baseline_of_a_shop_without_history()
    {
        var (scene, _, sellerId, id) = await GivenSent();
        await product.Database.ExecuteAsync($"UPDATE sellers.seller SET signed_up_on = NULL WHERE id = '{sellerId}'");

        await Decide(scene, id, ("Decision", "accept"), ("Tier", "Standard"));

        (await product.Database.ScalarAsync<bool>($"SELECT figures IS NULL FROM enrollment.baseline b JOIN enrollment.participant p ON p.id = b.participant_id WHERE p.seller_id = '{sellerId}'")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("UPDATE enrollment.baseline SET figures = '{}'")]
    [InlineData("DELETE FROM enrollment.baseline")]
    [InlineData("TRUNCATE enrollment.baseline")]
    public async Task Lets_nobody_change_a_frozen_baseline(string sql)
    {
        var (scene, _, _, id) = await GivenSent();
        await Decide(scene, id, ("Decision", "accept"), ("Tier", "Standard"));

        var refused = await Should.ThrowAsync<PostgresException>(product.Database.ExecuteAsync(sql));

        refused.MessageText.ShouldBe("A baseline is frozen when a shop joins. A correction is a further version.");
    }

    [Fact]
    public async Task Asks_why_another_level_of_help_is_given()
    {
        var (scene, _, sellerId, id) = await GivenSent();

        var refused = await Decide(scene, id, ("Decision", "accept"), ("Tier", "Intensive"));
        var given = await Decide(scene, id, ("Decision", "accept"), ("Tier", "Intensive"), ("TierReason", "She relaunches in spring."));

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Page.QuerySelector(".errsum a")!.TextContent.ShouldBe("Enter why it is Intensive and not Standard, which the figures speak for.");
        given.Status.ShouldBe(HttpStatusCode.Redirect);
        (await product.Database.ScalarAsync<string>($"SELECT proposed_tier || ', ' || tier || ', ' || tier_reason FROM enrollment.application WHERE seller_id = '{sellerId}'")).ShouldBe("Standard, Intensive, She relaunches in spring.");
    }

    [Fact]
    public async Task Declines_with_a_reason_that_the_shop_reads()
    {
        var (scene, shop, _, id) = await GivenSent();

        var unexplained = await Decide(scene, id, ("Decision", "decline"), ("Reason", " "));
        await Decide(scene, id, ("Decision", "decline"), ("Reason", "Photos <b>first</b>: add five to each listing."));

        unexplained.Page.QuerySelector(".errsum a")!.TextContent.ShouldBe("Enter the reason. It is sent to the shop.");
        var done = await shop.Get($"/apply/{scene.Slug}/done");
        done.Words.ShouldContain("Photos <b>first</b>: add five to each listing.");
        done.Page.QuerySelectorAll("main b").ShouldBeEmpty();
        (await shop.Get($"/apply/{scene.Slug}")).Location.ShouldBe($"/apply/{scene.Slug}/shop", "who was declined may apply again");
    }

    [Fact]
    public async Task Gives_a_place_on_the_waiting_list_with_a_position()
    {
        var scene = await product.GivenOpenProgram();
        var shops = new List<(Browser Shop, string Id)>();
        for (var i = 0; i < 3; i++)
        {
            var (shop, sellerId) = await product.GivenShop($"Waiting {i}");
            await shop.Applies(scene.Slug);
            shops.Add((shop, await IdOf(sellerId)));
        }

        foreach (var (_, id) in shops) (await Decide(scene, id, ("Decision", "wait"))).Location.ShouldBe($"{Queue(scene)}?did=waiting");

        (await shops[2].Shop.Get("/me")).Words.ShouldContain("You are number 3 on the waiting list. How long it takes is not known: no mentor is open to new mentees at the moment.");
        (await scene.Manager.Get($"{Queue(scene)}/{shops[2].Id}")).Words.ShouldContain("Number 3 on the waiting list. No mentor is open to new mentees at the moment.");
        // Who is in and has no mentor stands before the list, and not on it.
        await scene.GivenSellers("inside");
        (await scene.BringIn("mentee", $"id\n{scene.Id("inside")}\n")).Location.ShouldNotBeNull();
        (await shops[2].Shop.Get("/me")).Words.ShouldContain("You are number 3 on the waiting list.");
        await shops[0].Shop.Post($"/apply/{scene.Slug}/withdraw");
        (await shops[2].Shop.Get("/me")).Words.ShouldContain("You are number 2 on the waiting list.");
    }

    [Fact]
    public async Task Takes_nobody_in_once_the_program_is_closed()
    {
        var (scene, _, sellerId, id) = await GivenSent();
        var seen = (await scene.Manager.Page($"/manage/{scene.Slug}/setup/name")).QuerySelector("input[name=seen]")!.GetAttribute("value")!;
        (await scene.Manager.Post($"/manage/{scene.Slug}/setup/state", ("Step", "Close"), ("seen", seen))).Location.ShouldNotBeNull();

        var refused = await Decide(scene, id, ("Decision", "accept"), ("Tier", "Standard"));
        var (late, _) = await product.GivenShop();
        var tooLate = await late.Get($"/apply/{scene.Slug}");

        refused.Status.ShouldBe(HttpStatusCode.Conflict);
        refused.Words.ShouldContain("is closed and takes nobody new. Nothing was changed.");
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM enrollment.participant WHERE seller_id = '{sellerId}'")).ShouldBe(0);
        tooLate.Words.ShouldContain("are closed.");
    }

    [Fact]
    public async Task Tells_the_second_of_two_who_decide_at_once()
    {
        var (scene, _, sellerId, id) = await GivenSent();
        using var other = await product.AnotherManager("Rana Aziz", $"rana-{id}@example.com");
        string[] seen = [Seen(await scene.Manager.Page($"{Queue(scene)}/{id}")), Seen(await other.Page($"{Queue(scene)}/{id}"))];

        var answers = await Task.WhenAll(
            scene.Manager.Post($"{Queue(scene)}/{id}", ("seen", seen[0]), ("Decision", "accept"), ("Tier", "Standard")),
            other.Post($"{Queue(scene)}/{id}", ("seen", seen[1]), ("Decision", "decline"), ("Reason", "No place.")));

        answers.Count(answer => answer.Status == HttpStatusCode.Redirect).ShouldBe(1);
        var told = answers.Single(answer => answer.Status == HttpStatusCode.Conflict);
        told.Words.ShouldMatch("Somebody else decided on this application|This application is (accepted|declined) by now");
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM enrollment.participant WHERE seller_id = '{sellerId}'"))
            .ShouldBe(answers[0].Status == HttpStatusCode.Redirect ? 1 : 0);
    }

    [Fact]
    public async Task Accepts_those_ticked_and_says_how_many_could_not_be()
    {
        var scene = await product.GivenOpenProgram();
        List<string> ids = [];
        for (var i = 0; i < 3; i++)
        {
            var (shop, sellerId) = await product.GivenShop($"Bulk {i}");
            await shop.Applies(scene.Slug);
            ids.Add(await IdOf(sellerId));
            if (i == 2) await shop.Post($"/apply/{scene.Slug}/withdraw");
        }

        var accepted = await scene.Manager.Post(Queue(scene), [.. ids.Select(id => ("include", id)), ("include", "not an id")]);

        accepted.Location.ShouldBe($"{Queue(scene)}?did=2&not=1");
        (await scene.Manager.Get(accepted.Location!)).Words.ShouldContain("2 accepted. 1 could not be: open each to read why.");
        (await scene.Manager.Post(Queue(scene))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Lets_nobody_decide_on_their_own_application()
    {
        var scene = await product.GivenOpenProgram();
        var (_, sellerId) = await product.GivenShop("Shop of a manager");
        using var both = await product.Another("Mina Both", $"both-{scene.Slug}@example.com", account =>
        {
            account.ActFor(sellerId);
            account.Grant(Guildhall.Platform.Access.Role.Manager, product.Clock.GetUtcNow());
        });
        await both.Applies(scene.Slug);
        var id = await IdOf(sellerId);

        var refused = await both.Post($"{Queue(scene)}/{id}", ("seen", Seen(await both.Page($"{Queue(scene)}/{id}"))), ("Decision", "accept"), ("Tier", "Standard"));

        refused.Status.ShouldBe(HttpStatusCode.Conflict);
        refused.Words.ShouldContain("Nobody decides on their own application.");
    }

    [Fact]
    public async Task Finds_no_application_of_another_program_and_no_draft()
    {
        var (scene, _, _, id) = await GivenSent();
        var other = await product.GivenOpenProgram();
        var (drafting, drafter) = await product.GivenShop();
        await drafting.Answers(scene.Slug, Applicants.Suggested.Take(2));

        (await scene.Manager.Get($"{Queue(other)}/{id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await scene.Manager.Get($"{Queue(scene)}/{await IdOf(drafter)}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await scene.Manager.Post($"{Queue(other)}/{id}", ("Decision", "accept"), ("seen", "0"))).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Asks_the_queue_for_as_many_queries_whatever_its_length()
    {
        var scene = await product.GivenOpenProgram();
        for (var i = 0; i < 4; i++)
        {
            var (shop, _) = await product.GivenShop($"Counted {i}");
            await shop.Applies(scene.Slug);
        }

        (await QueryCount.Of(product.Database, () => scene.Manager.Get(Queue(scene)))).ShouldBeLessThanOrEqualTo(14);
    }

    async Task<(ProgramScene Scene, Browser Shop, Guid SellerId, string Id)> GivenSent()
    {
        var scene = await product.GivenOpenProgram();
        var (shop, sellerId) = await product.GivenShop();
        await shop.Applies(scene.Slug);
        return (scene, shop, sellerId, await IdOf(sellerId));
    }

    static async Task<Answer> Decide(ProgramScene scene, string id, params (string, string)[] fields) =>
        await scene.Manager.Post($"{Queue(scene)}/{id}", [("seen", Seen(await scene.Manager.Page($"{Queue(scene)}/{id}"))), .. fields]);

    Task<string> IdOf(Guid sellerId) => product.Database.ScalarAsync<string>($"SELECT id::text FROM enrollment.application WHERE seller_id = '{sellerId}' ORDER BY id DESC LIMIT 1");

    static string Seen(AngleSharp.Dom.IDocument page) => page.QuerySelector("input[name=seen]")!.GetAttribute("value")!;

    static string Queue(ProgramScene scene) => $"/manage/{scene.Slug}/applications";
}
