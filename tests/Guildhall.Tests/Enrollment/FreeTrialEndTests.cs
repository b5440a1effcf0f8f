using System.Net;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Tests.Enrollment;

/// <summary>The days of a trial pass: tips, the mail before the session, and the end with what was done and what moved.</summary>
public sealed class FreeTrialEndTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Writes_the_day_before_the_session_once()
    {
        var scene = await TrialScene.Given(product);
        await scene.Started();
        var session = await scene.Posts(TimeSpan.FromHours(26));
        await scene.Does("choose", ("Session", $"{session}"));
        await scene.Works();
        var tooEarly = await scene.Subjects();

        product.Clock.Advance(TimeSpan.FromHours(3));
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => scene.Works()));

        tooEarly.ShouldNotContain("is soon");
        (await scene.Subjects()).Split("; ").Count(subject => subject == "Your session of First 90 Days is soon").ShouldBe(1);
    }

    [Fact]
    public async Task Opens_the_next_tip_when_one_is_done_or_its_day_has_come()
    {
        var scene = await TrialScene.Given(product);
        await scene.Started();

        (await scene.Does("tick", ("Tip", "1"))).Location.ShouldBe($"{scene.Page}?did=ticked");
        await scene.Does("tick", ("Tip", "1"));
        var two = await scene.Shop.Page(scene.Page);
        (await scene.Does("tick", ("Tip", "1"), ("Done", "false"))).Location.ShouldBe($"{scene.Page}?did=unticked");
        var one = await scene.Shop.Page(scene.Page);
        product.Clock.Advance(TimeSpan.FromDays(4));
        var later = await scene.Shop.Page(scene.Page);

        two.QuerySelectorAll("ul.steps button[role=checkbox]").Select(box => box.GetAttribute("aria-checked")).ShouldBe(["true", "false"]);
        one.QuerySelectorAll("ul.steps button[role=checkbox]").Length.ShouldBe(1);
        later.QuerySelectorAll("ul.steps button[role=checkbox]").Length.ShouldBe(2);
        later.QuerySelectorAll("ul.steps a[href^='/me/learn/']").Length.ShouldBe(2);
        (await scene.Does("tick", ("Tip", "9"))).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Ends_by_itself_once_and_sums_up_what_was_done_and_what_moved()
    {
        var scene = await TrialScene.Given(product);
        var today = DateOnly.FromDateTime(product.Clock.GetUtcNow().UtcDateTime);
        await product.Database.ExecuteAsync($"UPDATE sellers.seller SET signed_up_on = '{today.AddDays(-90):yyyy-MM-dd}' WHERE id = '{scene.SellerId}'");
        await Partitions(today);
        await Named();
        await scene.Started();
        var session = await scene.Posts(TimeSpan.FromDays(2));
        await scene.Does("choose", ("Session", $"{session}"));
        await scene.Does("tick", ("Tip", "1"));
        product.Clock.Advance(TimeSpan.FromDays(3));
        await Mark(scene, session, "yes");
        (await scene.Shop.Get(scene.Page)).Words.ShouldContain("You were there.", customMessage: "and somebody who looks in stays signed in");
        await scene.Sends(today.AddDays(-30), today.AddDays(-1), 1, 1_000);
        await scene.Sends(today, today.AddDays(13), 2, 2_500);

        product.Clock.Advance(TimeSpan.FromDays(12));
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => scene.Works()));

        (await scene.Stored("t.state, t.ended_on")).ShouldBe($"Ended, {today.AddDays(13):yyyy-MM-dd}");
        var over = await scene.Shop.Get(scene.Page);
        over.Heading.ShouldBe("Your trial of First 90 Days is over");
        over.Words.ShouldContain("You were at your session on");
        over.Words.ShouldContain("1 of 3 tips are done");
        Rows(over).ShouldBe(["Listings on sale | 5 | 6", "Orders | 14 | 28", "Revenue | $140 | $350", "Average review | 4.5 of 5, from 14 reviews | 4.5 of 5, from 14 reviews"]);
        over.Words.ShouldContain("Two weeks show nothing about cause: shops go up and down by themselves.");
        over.Page.QuerySelector($"a[href='/apply/{scene.Program.Slug}']")!.TextContent.ShouldBe("Apply for a mentor");
        (await scene.Subjects()).Split("; ").Count(subject => subject == "Your free trial of First 90 Days is over").ShouldBe(1);
        var letter = await scene.Letter("Your free trial of First 90 Days is over");
        letter.ShouldContain("Nothing is owed.");
        letter.ShouldContain("orders 28, before 14;");
        (await scene.Shop.Get("/me")).Words.ShouldContain("Your trial of First 90 Days is over");
    }

    [Fact]
    public async Task Says_not_known_where_figures_are_missing_or_late_and_never_zero()
    {
        var scene = await TrialScene.Given(product);
        var today = DateOnly.FromDateTime(product.Clock.GetUtcNow().UtcDateTime);
        await Partitions(today);
        await scene.Limits(5, 20);
        await scene.Started();
        await scene.Sends(today.AddDays(-30), today.AddDays(2), 1, 1_000);
        await scene.Posts(TimeSpan.FromDays(2));
        product.Clock.Advance(TimeSpan.FromDays(6));
        await scene.Works();

        var over = await scene.Shop.Get(scene.Page);

        Rows(over).Select(row => row.Split(" | ")[2]).Distinct().ShouldBe(["Not known"]);
        over.Words.ShouldNotContain(" 0 ");
        over.Words.ShouldContain("You had no session");
        over.Words.ShouldContain("What the trial days brought stands here once they reach");
        (await scene.Letter("Your free trial of First 90 Days is over")).ShouldContain("What moved: not known yet.");
    }

    [Fact]
    public async Task Refuses_what_comes_after_the_end_from_a_page_that_was_open()
    {
        var scene = await TrialScene.Given(product);
        await scene.Limits(5, 20);
        var session = await scene.Posts(TimeSpan.FromDays(2));
        await scene.Started();

        product.Clock.Advance(TimeSpan.FromDays(2) + TimeSpan.FromMinutes(2));
        var begun = await scene.Does("choose", ("Session", $"{session}"));
        product.Clock.Advance(TimeSpan.FromDays(4));
        var answers = new[] { await scene.Does("choose", ("Session", $"{session}")), await scene.Does("give"), await scene.Does("tick", ("Tip", "1")), await scene.Does("stop") };

        begun.Words.ShouldContain("This session has begun. Nothing was changed. Choose a time that lies ahead.");
        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.Conflict && answer.Words.Contains("What you did until then is kept, and nothing was changed now.", StringComparison.Ordinal));
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM enrollment.trial_tip tip JOIN enrollment.trial t ON t.id = tip.trial_id WHERE t.seller_id = '{scene.SellerId}' AND done_at IS NOT NULL")).ShouldBe(0);
    }

    [Fact]
    public async Task Lets_the_shop_end_it_earlier_and_frees_its_place()
    {
        var scene = await TrialScene.Given(product);
        await scene.Started();
        var session = await scene.Posts(TimeSpan.FromDays(5));
        await scene.Does("choose", ("Session", $"{session}"));
        product.Clock.Advance(TimeSpan.FromDays(2));

        var stopped = await scene.Does("stop");

        stopped.Location.ShouldBe($"{scene.Page}?did=stopped");
        (await scene.Stored("t.state, t.ended_on = t.starts_on + 2, t.session_id IS NULL")).ShouldBe("Stopped, t, t");
        (await scene.Shop.Get(stopped.Location!)).Words.ShouldContain("3 days before");
    }

    async Task Mark(TrialScene scene, Guid session, string came)
    {
        var trial = await product.Database.ScalarAsync<Guid>($"SELECT id FROM enrollment.trial WHERE seller_id = '{scene.SellerId}'");
        (await scene.Manager.Post($"{scene.Manage}/sessions/{session}", ("Do", "mark"), ($"came-{trial}", came))).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    async Task Partitions(DateOnly around)
    {
        await using var connection = await product.Database.Source.OpenConnectionAsync(Stop);
        await SellerDayPartitions.Ensure(connection, [.. Enumerable.Range(-2, 5).Select(new DateOnly(around.Year, around.Month, 1).AddMonths)], Stop);
    }

    async Task Named()
    {
        await using var db = product.Database.NewDb();
        if (await db.Set<Marketplace>().AnyAsync(Stop)) return;
        db.Add(Marketplace.Found("Feira", "USD", "Europe/London").Value);
        await db.SaveChangesAsync(Stop);
    }

    static IReadOnlyList<string> Rows(Answer page) => [.. page.Page.QuerySelectorAll("table tbody tr").Select(row => string.Join(" | ", row.Children.Select(cell => cell.TextContent.Trim())))];
}
