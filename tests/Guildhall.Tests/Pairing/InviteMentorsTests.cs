using System.Net;
using AngleSharp.Dom;
using Guildhall.Modules.Sellers;
using Guildhall.Tests.Enrollment;
using Guildhall.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Tests.Pairing;

/// <summary>From the mentor finder to an invitation and on to the application, and what stands in the way of one.</summary>
public sealed class InviteMentorsTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    const string Search = "MinimumDaysSelling=100&ActiveWithinDays=30&RevenueWindowDays=90&TopRevenuePercent=100&MinimumReviewMean=4.5&MinimumReviews=1";

    [Fact]
    public async Task Invites_the_chosen_by_a_mail_that_leads_to_the_application_and_can_be_unsubscribed_from()
    {
        var (scene, ids) = await GivenGoodSellers(2, withAddress: true);
        var page = await scene.Manager.Page(Find(scene));

        var invited = await scene.Manager.Post(page.QuerySelector("form#invite")!.GetAttribute("action")!, ("invite", ids[0].ToString()));
        var after = await scene.Manager.Page(invited.Location!);

        page.QuerySelectorAll("input[name=invite]").Length.ShouldBe(2);
        page.QuerySelectorAll("input[name=invite][checked]").ShouldBeEmpty();
        after.QuerySelector(".gh-notice")!.TextContent.Trim().ShouldBe("1 seller was invited by mail.");
        after.QuerySelector("#RevenueWindowDays")!.GetAttribute("value").ShouldBe("90");
        after.QuerySelectorAll("input[name=invite]").Select(box => box.GetAttribute("value")).ShouldBe([ids[1].ToString()]);
        (State(after, "good-1"), State(after, "good-2")).ShouldBe(("Invited 21 Nov", ""));
        after.QuerySelectorAll("input[name=seller]").Length.ShouldBe(2, "who was invited can still be added directly");

        (await product.Database.ScalarAsync<string>($"SELECT address_key || ' ' || kind_id || ' ' || is_transactional FROM platform.outgoing_mail WHERE kind_id = 'mentor-invitation' AND address_key = '{Address(scene, "good-1")}'"))
            .ShouldBe($"{Address(scene, "good-1")} mentor-invitation false");
        var body = await product.Database.ScalarAsync<string>($"SELECT body::text FROM platform.outgoing_mail WHERE address_key = '{Address(scene, "good-1")}'");
        body.ShouldContain($"/mentor/apply/{scene.Slug}");
        body.ShouldContain("invites Shop good-1 to mentor newer sellers in First 90 Days");
        (await product.Database.ScalarAsync<string>($"SELECT times || ' by ' || a.display_name FROM enrollment.mentor_invitation i JOIN people.account a ON a.id = i.invited_by WHERE i.seller_id = '{ids[0]}'")).ShouldBe("1 by Dana Reyes");
        using var visitor = product.Visitor();
        (await visitor.Get($"/mentor/apply/{scene.Slug}")).Location.ShouldStartWith("/sign-in?to=%2Fmentor%2Fapply%2F");
    }

    [Fact]
    public async Task Says_of_each_who_is_not_invited_why_not()
    {
        var (scene, ids) = await GivenGoodSellers(4, withAddress: true);
        await product.Database.ExecuteAsync($"UPDATE sellers.seller SET contact_email = NULL WHERE id = '{ids[0]}'");
        (await scene.Manager.Post(Find(scene), ("seller", ids[1].ToString()))).Location.ShouldNotBeNull();
        await product.Database.ExecuteAsync($"INSERT INTO platform.mail_opt_out (address_key, kind_id, opted_out_at) VALUES ('{Address(scene, "good-3")}', 'mentor-invitation', now())");

        var page = await scene.Manager.Page(Find(scene));
        var answer = await Invite(scene, [.. ids.Select(id => id.ToString()), Guid.NewGuid().ToString(), "not an id' OR 1=1", ids[3].ToString()]);

        (State(page, "good-1"), State(page, "good-3"), State(page, "good-4")).ShouldBe(("No address known", "Wants no such mail", ""));
        (await scene.Manager.Page(answer.Location!)).QuerySelector(".gh-notice")!.TextContent.Trim().ShouldBe(
            "1 seller was invited by mail. Not invited: 1 takes part already, of 1 no address is known that is theirs alone, 1 wants no such mail, 2 are no sellers of this marketplace.");
        (await Mails(scene)).ShouldBe([Address(scene, "good-4")]);
    }

    [Fact]
    public async Task Writes_to_the_people_of_a_shop_and_not_to_an_address_that_leads_elsewhere()
    {
        var (scene, ids) = await GivenGoodSellers(4, withAddress: true);
        // An account for the first; the second’s address is somebody’s who acts for another shop; the others share one.
        await product.Another("Ruth Adler", $"ruth@{scene.Slug}.example", account => account.ActFor(ids[0]));
        await product.Another("Omar Vidal", Address(scene, "good-2"), account => account.ActFor(Guid.NewGuid()));
        await product.Database.ExecuteAsync($"UPDATE sellers.seller SET contact_email = 'Same@{scene.Slug}.example' WHERE id IN ('{ids[2]}', '{ids[3]}')");

        var answer = await Invite(scene, [.. ids.Select(id => id.ToString())]);

        (await scene.Manager.Page(answer.Location!)).QuerySelector(".gh-notice")!.TextContent.Trim().ShouldBe("1 seller was invited by mail. Not invited: of 3 no address is known that is theirs alone.");
        (await Mails(scene)).ShouldBe([$"ruth@{scene.Slug}.example"]);
    }

    [Fact]
    public async Task Asks_again_after_thirty_days_at_the_earliest_and_keeps_one_row()
    {
        var (scene, ids) = await GivenGoodSellers(1, withAddress: true);
        await Invite(scene, [ids[0].ToString()]);

        var soon = await Invite(scene, [ids[0].ToString()]);
        await product.Database.ExecuteAsync("UPDATE enrollment.mentor_invitation SET invited_at = invited_at - interval '30 days 1 hour'");
        var page = await scene.Manager.Page(Find(scene));
        var later = await Invite(scene, [ids[0].ToString()]);

        (await scene.Manager.Page(soon.Location!)).QuerySelector(".gh-notice.warn")!.TextContent.Trim().ShouldBe("Nobody was invited by mail. Not invited: 1 was invited less than 30 days ago.");
        page.QuerySelectorAll("input[name=invite]").Length.ShouldBe(1);
        State(page, "good-1").ShouldBe("Invited 22 Oct");
        later.Location.ShouldEndWith("?invited=1");
        (await product.Database.ScalarAsync<long>($"SELECT count(*) * 10 + max(times) FROM enrollment.mentor_invitation WHERE seller_id = '{ids[0]}'")).ShouldBe(12);
        (await Mails(scene)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Sends_one_mail_to_who_is_chosen_a_hundred_times()
    {
        var (scene, ids) = await GivenGoodSellers(1, withAddress: true);

        (await Invite(scene, [.. Enumerable.Repeat(ids[0].ToString(), 100)])).Location.ShouldEndWith("?invited=1");

        (await Mails(scene)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Sends_an_address_no_more_than_its_share_of_a_day_whichever_the_program()
    {
        var (scene, ids) = await GivenGoodSellers(1, withAddress: true);
        for (var i = 0; i < 5; i++) (await Invite(await product.GivenOpenProgram(), [ids[0].ToString()])).Location.ShouldEndWith("?invited=1");

        var sixth = await Invite(scene, [ids[0].ToString()]);

        (await scene.Manager.Page(sixth.Location!)).QuerySelector(".gh-notice")!.TextContent.Trim().ShouldBe("Nobody was invited by mail. Not invited: 1 was sent the most invitations that one address gets in a day.");
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM enrollment.mentor_invitation WHERE seller_id = '{ids[0]}'")).ShouldBe(5);
    }

    [Fact]
    public async Task Invites_once_whom_two_managers_invite_at_once()
    {
        var (scene, ids) = await GivenGoodSellers(3, withAddress: true);
        using var other = await product.AnotherManager("Rana Aziz", $"rana@{scene.Slug}.example");
        (string, string)[] chosen = [.. ids.Select(id => ("invite", id.ToString()))];

        var answers = await Task.WhenAll(scene.Manager.Post($"{Path(scene)}/invite", chosen), other.Post($"{Path(scene)}/invite", [.. chosen.Reverse()]));

        answers.Select(answer => answer.Location!.Split('?')[1]).ShouldBe(["InvitedLately=3&invited=0", "invited=3"], ignoreOrder: true);
        (await Mails(scene)).Count.ShouldBe(3);
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM enrollment.mentor_invitation i JOIN programs.program p ON p.id = i.program_id WHERE p.slug = '{scene.Slug}' AND i.times = 1")).ShouldBe(3);
    }

    [Fact]
    public async Task Refuses_a_second_row_of_a_program_and_a_shop()
    {
        var (scene, ids) = await GivenGoodSellers(1, withAddress: true);
        await Invite(scene, [ids[0].ToString()]);

        var refused = await Should.ThrowAsync<Npgsql.PostgresException>(product.Database.ExecuteAsync("INSERT INTO enrollment.mentor_invitation SELECT * FROM enrollment.mentor_invitation"));

        refused.SqlState.ShouldBe(Npgsql.PostgresErrorCodes.UniqueViolation);
    }

    [Fact]
    public async Task Invites_nobody_to_a_program_that_takes_no_applications()
    {
        var (scene, ids) = await GivenGoodSellers(1, withAddress: true);
        var draft = await ProgramScene.GivenProgram(product);
        await product.Database.ExecuteAsync($"UPDATE programs.program SET applications_close_on = '2026-11-20' WHERE slug = '{scene.Slug}'");

        var (toDraft, tooLate, missing) = (await Invite(draft, [ids[0].ToString()]), await Invite(scene, [ids[0].ToString()]), await scene.Manager.Post("/manage/nothing/mentors/find/invite", ("invite", ids[0].ToString())));

        (toDraft.Status, toDraft.Words.Contains("is a draft that nobody can apply to. Nobody was invited.")).ShouldBe((HttpStatusCode.Conflict, true));
        (tooLate.Status, tooLate.Words.Contains("takes no applications any more. Nobody was invited.")).ShouldBe((HttpStatusCode.Conflict, true));
        missing.Status.ShouldBe(HttpStatusCode.NotFound);
        (await scene.Manager.Page(Find(scene))).QuerySelectorAll("form#invite, input[name=invite]").ShouldBeEmpty();
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM enrollment.mentor_invitation WHERE seller_id = '{ids[0]}'")).ShouldBe(0);
    }

    [Fact]
    public async Task Asks_for_a_choice_and_keeps_the_search_where_nobody_or_too_many_are_chosen()
    {
        var (scene, _) = await GivenGoodSellers(1, withAddress: true);

        var nobody = await scene.Manager.Post($"{Path(scene)}/invite?{Search}");
        var many = await Invite(scene, [.. Enumerable.Range(0, 101).Select(_ => Guid.NewGuid().ToString())]);

        (nobody.Status, nobody.Words.Contains("Choose at least one seller to invite. Nobody was invited.")).ShouldBe((HttpStatusCode.UnprocessableEntity, true));
        nobody.Page.QuerySelector("#RevenueWindowDays")!.GetAttribute("value").ShouldBe("90");
        many.Words.ShouldContain("Choose up to 100 sellers to invite at a time. Nobody was invited.");
    }

    [Fact]
    public async Task Shows_reviewers_who_invited_a_shop_that_applied()
    {
        var (scene, ids) = await GivenGoodSellers(2, withAddress: true);
        await Invite(scene, [ids[0].ToString()]);
        var invited = await product.Another("Ruth Adler", $"ruth@{scene.Slug}.example", account => account.ActFor(ids[0]));
        var uninvited = await product.Another("Joel Lim", $"joel@{scene.Slug}.example", account => account.ActFor(ids[1]));
        await VettingTests.AppliesAsMentor(invited, scene.Slug, isSent: false);
        State(await scene.Manager.Page(Find(scene)), "good-1").ShouldBe("Invited 21 Nov", "a draft is nobody’s business but the shop’s");

        await VettingTests.AppliesAsMentor(invited, scene.Slug);
        await VettingTests.AppliesAsMentor(uninvited, scene.Slug);

        (await Application(scene, ids[0])).ShouldContain("Wants to mentor. Invited by Dana Reyes on 21 November 2026.");
        (await Application(scene, ids[1])).ShouldNotContain("Invited by");
        var page = await scene.Manager.Page(Find(scene));
        (State(page, "good-1"), State(page, "good-2")).ShouldBe(("Applied", "Applied"));
    }

    [Fact]
    public async Task Forgets_invitations_with_the_period_of_applications()
    {
        var (scene, ids) = await GivenGoodSellers(2, withAddress: true);
        await Invite(scene, [.. ids.Select(id => id.ToString())]);
        await product.Database.ExecuteAsync($"UPDATE enrollment.mentor_invitation SET invited_at = '2025-01-01' WHERE seller_id = '{ids[0]}'");

        var removed = await product.Ask<IEnumerable<Guildhall.Platform.Privacy.IKeepForAWhile>, int>(keepers => keepers.Single(keeper => keeper.Kind.Id == "applications").Remove(product.Clock.GetUtcNow().AddMonths(-12), TestContext.Current.CancellationToken));

        removed.ShouldBe(1);
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM enrollment.mentor_invitation WHERE seller_id IN ('{ids[0]}', '{ids[1]}')")).ShouldBe(1);
    }

    [Fact]
    public async Task Asks_as_many_questions_for_a_page_of_sellers_as_for_one()
    {
        var (one, _) = await GivenGoodSellers(1, withAddress: true);
        var few = await QueryCount.Of(product.Database, () => one.Manager.Get(Find(one)));
        var (many, _) = await GivenGoodSellers(9, withAddress: true);

        (await QueryCount.Of(product.Database, () => many.Manager.Get(Find(many)))).ShouldBe(few);
        few.ShouldBeLessThanOrEqualTo(22);
    }

    async Task<(ProgramScene Scene, List<Guid> Ids)> GivenGoodSellers(int count, bool withAddress)
    {
        // Earlier scenes' sellers would be found too.
        await product.Database.ExecuteAsync("DELETE FROM sellers.seller_day; DELETE FROM sellers.event");
        var scene = await product.GivenOpenProgram();
        var names = Enumerable.Range(1, count).Select(n => $"good-{n}").ToArray();
        await scene.GivenSellers(names);
        await using var db = product.Database.NewDb();
        var known = names.Select(scene.Id).ToList();
        var sellers = await db.Set<Seller>().Where(seller => known.Contains(seller.ExternalId)).OrderBy(seller => seller.ExternalId).ToListAsync(TestContext.Current.CancellationToken);
        var today = new DateOnly(2026, 11, 20);
        foreach (var seller in sellers)
        {
            if (withAddress) seller.ContactEmail = Address(scene, seller.Name!["Shop ".Length..]);
            db.Add(new SellerEvent { SellerId = seller.Id, ExternalId = "first", Kind = "order", HappenedOn = today.AddDays(-400) });
            db.Add(new SellerEvent { SellerId = seller.Id, ExternalId = "last", Kind = "order", HappenedOn = today, Status = "delivered", DeliveredOn = today, Review = 5 });
        }

        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return (scene, [.. sellers.Select(seller => seller.Id)]);
    }

    static Task<Answer> Invite(ProgramScene scene, IReadOnlyCollection<string> ids) => scene.Manager.Post($"{Path(scene)}/invite", [.. ids.Select(id => ("invite", id))]);

    static string Path(ProgramScene scene) => $"/manage/{scene.Slug}/mentors/find";

    static string Find(ProgramScene scene) => $"{Path(scene)}?{Search}";

    static string Address(ProgramScene scene, string name) => $"{name}@{scene.Slug}.example";

    /// <summary>What stands in place of the box, or below it.</summary>
    static string State(IDocument page, string name) => page.QuerySelectorAll("tbody tr").Single(row => row.QuerySelector("th b")!.TextContent == $"Shop {name}").Children[0].TextContent.Trim();

    async Task<string> Application(ProgramScene scene, Guid sellerId) =>
        (await scene.Manager.Get($"/manage/{scene.Slug}/applications/{await product.Database.ScalarAsync<Guid>($"SELECT id FROM enrollment.application WHERE seller_id = '{sellerId}'")}")).Words;

    /// <summary>To whom invitations of a scene went.</summary>
    async Task<List<string>> Mails(ProgramScene scene)
    {
        var all = await product.Database.ScalarAsync<string>($"SELECT coalesce(string_agg(address_key, ' ' ORDER BY address_key), '') FROM platform.outgoing_mail WHERE kind_id = 'mentor-invitation' AND address_key LIKE '%@{scene.Slug}.example'");
        return [.. all.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
    }
}
