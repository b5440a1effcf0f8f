using System.Net;
using Guildhall.Modules.Mentorships;
using Guildhall.Modules.Pairing;
using Guildhall.Modules.Sellers;
using Guildhall.Tests.Enrollment;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Mentorships;

/// <summary>What a mentor sees of a mentee: nothing until the mentee turns it on, each item by itself.</summary>
public sealed class SharingTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    /// <summary>What each item shows of the figures below, in characters that stand nowhere else on the pages of a mentor.</summary>
    static readonly IReadOnlyDictionary<string, string> shows = new Dictionary<string, string>
    {
        ["plan"] = "Have five listings live",
        ["orders"] = "7,431",
        ["sales"] = "$98,765",
        ["first_sale"] = "23 days",
        ["listings"] = ">613<",
        ["reviews"] = "4.7 of 5",
        ["returns"] = "3.1%",
        ["late"] = "6.7%",
        ["repeat"] = "12.3%",
    };

    public static TheoryData<string> Items => [.. SharedFigure.All.Select(figure => figure.Id)];

    [Fact]
    public void Is_told_apart_in_this_test_for_every_item_there_is() => shows.Keys.Order().ShouldBe(SharedFigure.All.Select(figure => figure.Id).Order());

    [Theory, MemberData(nameof(Items))]
    public async Task Shows_an_item_when_it_is_turned_on_and_no_other_anywhere(string item)
    {
        var scene = await MentorshipScene.Given(product);
        var pair = await scene.GivenPair();
        await GivenFigures(scene);

        var before = await EverythingTheMentorOpens(scene, pair);
        (await scene.Share(item)).Location.ShouldBe($"/me/settings?did=on#{item}");
        var shared = await EverythingTheMentorOpens(scene, pair);
        (await scene.Share(item, isOn: false)).Location.ShouldBe($"/me/settings?did=off#{item}");
        var after = await EverythingTheMentorOpens(scene, pair);

        shows.Where(one => before.Contains(one.Value, StringComparison.Ordinal)).Select(one => one.Key).ShouldBeEmpty();
        shows.Where(one => shared.Contains(one.Value, StringComparison.Ordinal)).Select(one => one.Key).ShouldBe([item]);
        shows.Where(one => after.Contains(one.Value, StringComparison.Ordinal)).Select(one => one.Key).ShouldBeEmpty();
        after.ShouldContain("Amara has not shared: ");
        after.Split("Amara has not shared: ")[1].Split(". Ask when you talk.")[0].ShouldContain(SharedFigure.Find(item)!.InASentence);
    }

    [Fact]
    public async Task Begins_with_nothing_turned_on_and_keeps_who_and_when()
    {
        var scene = await MentorshipScene.Given(product);

        (await scene.Mentee.Page("/me/settings")).QuerySelectorAll("[role=switch][aria-checked=true]").ShouldBeEmpty();
        await scene.Share("sales");
        await scene.Share("sales", isOn: false);
        await scene.Share("sales");

        var page = await scene.Mentee.Get("/me/settings");
        page.Page.QuerySelectorAll("[role=switch][aria-checked=true]").Select(one => one.Id).ShouldBe(["sales"]);
        page.Words.ShouldContain("on since 21 Nov 2026, 12:");
        page.Words.ShouldContain("by Amara Osei; off since 21 Nov 2026, 12:");
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM people.consent WHERE seller_id = '{scene.MenteeSeller}' AND purpose LIKE 'So that%'")).ShouldBe(2);
    }

    [Fact]
    public async Task Is_given_once_however_often_it_is_tapped_at_once()
    {
        var scene = await MentorshipScene.Given(product);
        await scene.Mentee.Page("/me/settings");

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => scene.Share("orders")));

        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM people.consent WHERE seller_id = '{scene.MenteeSeller}'")).ShouldBe(1);
    }

    [Fact]
    public async Task Does_not_count_consent_to_another_purpose()
    {
        var scene = await MentorshipScene.Given(product);
        var pair = await scene.GivenPair();
        await GivenFigures(scene);
        await scene.Share("orders");
        await product.Database.ExecuteAsync($"UPDATE people.consent SET purpose_version = 0, purpose = 'Something else' WHERE seller_id = '{scene.MenteeSeller}'");

        (await EverythingTheMentorOpens(scene, pair)).ShouldNotContain(shows["orders"]);
        (await scene.Mentee.Page("/me/settings")).QuerySelectorAll("[role=switch][aria-checked=true]").ShouldBeEmpty();
        await scene.Share("orders");
        (await EverythingTheMentorOpens(scene, pair)).ShouldContain(shows["orders"]);
    }

    [Fact]
    public async Task Says_not_known_of_a_shared_figure_that_nobody_sends()
    {
        var scene = await MentorshipScene.Given(product);
        var pair = await scene.GivenPair();
        await scene.Share("returns");

        (await scene.Mentor.Get($"/mentor/mentees/{pair}")).Words.ShouldMatch("Returns ?not known");
    }

    [Fact]
    public async Task Shows_a_mentee_to_their_own_mentor_alone()
    {
        var scene = await MentorshipScene.Given(product);
        var pair = await scene.GivenPair();
        var stranger = await MentorshipScene.Given(product, "Bo Lind", "Sol Vega");

        (await scene.Mentor.Get($"/mentor/mentees/{pair}")).Status.ShouldBe(HttpStatusCode.OK);
        (await stranger.Mentor.Get($"/mentor/mentees/{pair}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await scene.Mentee.Get($"/mentor/mentees/{pair}")).Status.ShouldBe(HttpStatusCode.NotFound, "a mentee is not their own mentor");
        (await stranger.Mentor.Get("/mentor/mentees")).Words.ShouldContain("You have no mentee yet");
        (await scene.Mentor.Get("/mentor/mentees")).Words.ShouldContain("Amara Osei");
    }

    [Fact]
    public async Task Shows_nobody_whose_pair_has_not_been_accepted_or_stands_no_more()
    {
        var scene = await MentorshipScene.Given(product);
        var pair = await scene.GivenPair();
        (await scene.Mentor.Get($"/mentor/mentees/{pair}")).Status.ShouldBe(HttpStatusCode.OK);

        await scene.Share("orders");
        foreach (var state in Enum.GetValues<ProposalState>().Where(state => state != ProposalState.Active))
        {
            await product.Database.ExecuteAsync($"UPDATE pairing.proposal SET state = '{state}' WHERE id = '{pair}'");
            (await scene.Mentor.Get($"/mentor/mentees/{pair}")).Page.QuerySelectorAll("#shared-h, #plan-h, #rest-h").ShouldBeEmpty($"{state}");
            (await scene.Mentor.Get("/mentor/mentees")).Words.ShouldContain("You have no mentee yet", Case.Insensitive, $"{state}");
        }
    }

    [Fact]
    public async Task Knows_no_item_that_is_not_offered()
    {
        var scene = await MentorshipScene.Given(product);

        foreach (var item in (string[])["everything", "SALES", "x'%20OR%20true"])
            (await scene.Share(item)).Status.ShouldBe(HttpStatusCode.NotFound, item);
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM people.consent WHERE seller_id = '{scene.MenteeSeller}'")).ShouldBe(0);
    }

    [Fact]
    public async Task Writes_names_out_as_text()
    {
        var scene = await MentorshipScene.Given(product, "<b id=x>Amara</b> Osei");
        var pair = await scene.GivenPair();

        foreach (var path in new[] { "/mentor", "/mentor/mentees", $"/mentor/mentees/{pair}", $"/mentor/agreement/{pair}" })
            (await scene.Mentor.Page(path)).QuerySelectorAll("#x").ShouldBeEmpty(path);
    }

    [Fact]
    public async Task Lists_mentees_with_the_same_number_of_queries_however_many_they_are()
    {
        var scene = await MentorshipScene.Given(product);
        await scene.GivenPair();
        var few = await QueryCount.Of(product.Database, () => scene.Mentor.Page("/mentor/mentees"));
        for (var more = 0; more < 3; more++)
        {
            var (_, seller) = await product.GivenShop($"Mentee {more}");
            await scene.TakeIn("mentee", seller, $"Mentee {more}");
            await scene.GivenPair(seller);
        }

        (await scene.Mentor.Page("/mentor/mentees")).QuerySelectorAll(".found > li").Length.ShouldBe(4);
        (await QueryCount.Of(product.Database, () => scene.Mentor.Page("/mentor/mentees"))).ShouldBe(few);
    }

    [Theory]
    [InlineData("/me/settings")]
    [InlineData("/mentor/settings")]
    public async Task Keeps_the_time_zone_that_a_person_chose(string path)
    {
        var (shop, _) = await product.GivenShop();

        var refused = await shop.Post($"{path}/time-zone", ("TimeZone", "Mars/Base"));
        var kept = await shop.Post($"{path}/time-zone", ("TimeZone", "Asia/Tokyo"));

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Words.ShouldContain("Choose a time zone from the list");
        kept.Location.ShouldBe($"{path}?did=zone");
        (await shop.Page(path)).QuerySelector("#TimeZone option[selected]")!.GetAttribute("value").ShouldBe("Asia/Tokyo");
    }

    static async Task<string> EverythingTheMentorOpens(MentorshipScene scene, Guid pair)
    {
        List<string> texts = [];
        foreach (var path in new[] { "/mentor", "/mentor/mentees", $"/mentor/mentees/{pair}", $"/mentor/agreement/{pair}", "/mentor/welcome", "/mentor/settings", "/mentor/charter" }) texts.Add((await scene.Mentor.Get(path)).Text);
        return string.Concat(texts);
    }

    /// <summary>Figures that read as <see cref="shows"/> says.</summary>
    async Task GivenFigures(MentorshipScene scene)
    {
        await scene.GivenFigures(ImportKind.Days, """
            seller_id,day,orders,revenue,returned,reviews,review_mean,late_known,late,customers_known,returning_customers
            {0},2026-11-15,7431,98765.00,231,100,4.7,1000,67,1000,123

            """);
        await product.Database.ExecuteAsync($"UPDATE sellers.seller SET signed_up_on = '2026-10-23' WHERE id = '{scene.MenteeSeller}'");
        await product.Database.ExecuteAsync($"INSERT INTO sellers.listing (seller_id, external_id, is_live, listed_on) SELECT '{scene.MenteeSeller}', n::text, true, '2026-11-01' FROM generate_series(1, 613) n");
        // The marketplace names its currency once; later classes of tests find it.
        await product.Database.ExecuteAsync("INSERT INTO platform.marketplace (id, name, currency_code, time_zone) VALUES (1, 'Harrow Lane', 'USD', 'America/New_York') ON CONFLICT (id) DO UPDATE SET currency_code = 'USD'");
    }
}
