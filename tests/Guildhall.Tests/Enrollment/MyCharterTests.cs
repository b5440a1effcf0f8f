using System.Net;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Enrollment;

/// <summary>Sellers sign the charter and declare interests, which the matcher then heeds.</summary>
public sealed class MyCharterTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Asks_who_takes_part_to_sign_and_keeps_version_and_date()
    {
        var scene = await product.GivenOpenProgram();
        var (shop, sellerId) = await product.GivenShop();
        await shop.Applies(scene.Slug);
        var id = await product.Database.ScalarAsync<string>($"SELECT id::text FROM enrollment.application WHERE seller_id = '{sellerId}'");
        await scene.Manager.Post($"/manage/{scene.Slug}/applications", ("include", id));

        (await shop.Get("/me")).Words.ShouldContain("Nobody takes part unsigned.");
        var unticked = await shop.Post("/me/charter", ("Number", await Number(shop)));
        var signed = await shop.Post("/me/charter", ("Number", await Number(shop)), ("Agrees", "true"));
        var again = await shop.Post("/me/charter", ("Number", await Number(shop, signed: true)), ("Agrees", "true"));

        unticked.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        signed.Location.ShouldBe("/me/charter?did=signed");
        again.Location.ShouldBe("/me/charter?did=signed");
        (await shop.Get("/me/charter")).Words.ShouldMatch(@"You signed version \d+ on 21 November 2026\.");
        (await shop.Get("/me")).Words.ShouldNotContain("Nobody takes part unsigned.");
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM enrollment.charter_signature WHERE seller_id = '{sellerId}'")).ShouldBe(1);
    }

    [Fact]
    public async Task Asks_again_for_a_new_version_and_signs_no_old_one()
    {
        var manager = await product.Manager();
        var (shop, _) = await product.GivenShop();
        var old = await Number(shop);
        await shop.Post("/me/charter", ("Number", old), ("Agrees", "true"));
        var seen = (await manager.Page("/manage/charter")).QuerySelector("input[name=seen]")!.GetAttribute("value")!;
        (await manager.Post("/manage/charter", ("Text", "## New\n\nBe kind, and answer within two days."), ("WhatChanged", "Answers within two days"), ("seen", seen))).Location.ShouldBe("/manage/charter?did=published");

        var late = await shop.Post("/me/charter", ("Number", old), ("Agrees", "true"));

        late.Status.ShouldBe(HttpStatusCode.Conflict);
        late.Words.ShouldContain("The charter changed while you were on this page");
        late.Words.ShouldContain("Be kind, and answer within two days.");
        late.Words.ShouldContain("asks you again.");
        late.Words.ShouldContain($"New in version {int.Parse(old, System.Globalization.CultureInfo.InvariantCulture) + 1}: Answers within two days.");
        (await shop.Get("/charter")).Words.ShouldContain(": Answers within two days.");
        (await shop.Post("/me/charter", ("Number", await Number(shop)), ("Agrees", "true"))).Location.ShouldBe("/me/charter?did=signed");
    }

    [Fact]
    public async Task Says_on_the_start_page_what_is_new_to_who_signed_an_earlier_version()
    {
        var scene = await product.GivenOpenProgram();
        var (shop, sellerId) = await product.GivenShop();
        await shop.Applies(scene.Slug);
        var id = await product.Database.ScalarAsync<string>($"SELECT id::text FROM enrollment.application WHERE seller_id = '{sellerId}'");
        await scene.Manager.Post($"/manage/{scene.Slug}/applications", ("include", id));
        var old = await Number(shop);
        await shop.Post("/me/charter", ("Number", old), ("Agrees", "true"));
        var seen = (await scene.Manager.Page("/manage/charter")).QuerySelector("input[name=seen]")!.GetAttribute("value")!;

        (await scene.Manager.Post("/manage/charter", ("Text", $"## New\n\nKeep quiet about {scene.Slug}."), ("WhatChanged", "Silence about others."), ("seen", seen))).Location.ShouldBe("/manage/charter?did=published");

        (await shop.Get("/me")).Words.ShouldContain($"The charter changed since you signed version {old}. New in version {await Number(shop)}: Silence about others. Read and sign the charter");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("999")]
    [InlineData("-1")]
    [InlineData("4294967295")]
    [InlineData("one")]
    public async Task Signs_no_version_that_does_not_hold(string number)
    {
        var (shop, sellerId) = await product.GivenShop();

        (await shop.Post("/me/charter", ("Number", number), ("Agrees", "true"))).Status.ShouldBe(HttpStatusCode.Conflict);

        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM enrollment.charter_signature WHERE seller_id = '{sellerId}'")).ShouldBe(0);
    }

    [Fact]
    public async Task Keeps_declared_stakes_out_of_the_match_while_they_hold()
    {
        var scene = await product.GivenOpenProgram();
        var (mentor, mentorSeller) = await product.GivenShop("Ruth Calloway");
        await scene.GivenSellers("mentee");
        await scene.BringIn("mentee", $"id,languages,week_hours\n{scene.Id("mentee")},en:native,mon 9-12\n");
        var external = await product.Database.ScalarAsync<string>($"SELECT external_id FROM sellers.seller WHERE id = '{mentorSeller}'");
        await scene.BringIn("mentor", $"id,capacity,languages,week_hours\n{external},2,en:native,mon 9-12\n");
        (await Pairs(scene)).ShouldBe(1);

        (await mentor.Post("/mentor/charter/declare", ("Kind", "Stake"), ("What", scene.Id("mentee")))).Location.ShouldBe("/mentor/charter?did=declared");
        (await Pairs(scene)).ShouldBe(0);
        await product.Database.ExecuteAsync($"UPDATE enrollment.disclosure SET expires_at = '2026-11-01' WHERE seller_id = '{mentorSeller}'");

        (await Pairs(scene)).ShouldBe(1, "a declaration that ended keeps nobody apart");
        (await mentor.Get("/mentor/charter")).Words.ShouldContain("declare it again if it still holds");
    }

    [Fact]
    public async Task Takes_back_only_what_one_declared_oneself()
    {
        var (one, sellerId) = await product.GivenShop("One");
        var (other, _) = await product.GivenShop("Other");
        await one.Post("/me/charter/declare", ("Kind", "BrandOwned"), ("What", "<b>Kiln</b>"));
        var id = await product.Database.ScalarAsync<Guid>($"SELECT id FROM enrollment.disclosure WHERE seller_id = '{sellerId}'");

        (await other.Post($"/me/charter/disclosures/{id}/withdraw")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await other.Get("/me/charter")).Words.ShouldContain("You have declared no conflicts.");
        (await one.Page("/me/charter")).QuerySelectorAll("main b b").ShouldBeEmpty();
        (await one.Post($"/me/charter/disclosures/{id}/withdraw")).Location.ShouldBe("/me/charter?did=withdrawn");
        (await one.Post($"/me/charter/disclosures/{id}/withdraw")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("", "Kiln", "Choose what kind of interest it is.")]
    [InlineData("99", "Kiln", "Choose what kind of interest it is.")]
    [InlineData("Stake", " ", "Enter what you declare, up to 200 characters.")]
    public async Task Says_what_a_declaration_lacks(string kind, string what, string message)
    {
        var (shop, _) = await product.GivenShop();

        var refused = await shop.Post("/me/charter/declare", ("Kind", kind), ("What", what));

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Page.QuerySelector(".errsum a")!.TextContent.ShouldBe(message);
    }

    static async Task<int> Pairs(ProgramScene scene)
    {
        var ran = await scene.Manager.Post($"{scene.Studio}/run");
        // A run without a pair says so in place.
        if (ran.Status == HttpStatusCode.UnprocessableEntity) return 0;
        return int.TryParse((await scene.Manager.Get(ran.Location!)).Heading.Split(' ')[0], out var pairs) ? pairs : 0;
    }

    static async Task<string> Number(Browser shop, bool signed = false) =>
        signed ? (await shop.Page("/me/charter")).QuerySelector("h2#text-h")!.TextContent.Split(' ')[^1] : (await shop.Page("/me/charter")).QuerySelector("input[name=Number]")!.GetAttribute("value")!;
}
