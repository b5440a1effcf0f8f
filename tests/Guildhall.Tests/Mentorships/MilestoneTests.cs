using System.Globalization;
using System.Net;
using System.Text;
using Guildhall.Modules.Mentorships;
using Guildhall.Modules.Sellers;
using Guildhall.Tests.Sellers;
using Guildhall.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Guildhall.Tests.Mentorships;

/// <summary>What a mentee wants to have reached: worked out from figures, changed with a reason, reached by an import, and shown to the mentor as far as it is shared.</summary>
public sealed class MilestoneTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    static readonly DateOnly lastDay = new(2026, 11, 20);

    static int shops;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Is_worked_out_from_the_baseline_and_the_growth_of_similar_shops_and_says_how()
    {
        var scene = await GivenFigures(peers: 12);

        await WorkOut();

        var card = (await scene.Mentee.Browser.Page(Mentee(scene))).QuerySelector("[aria-labelledby=milestone-h]")!;
        card.QuerySelector("h2")!.TextContent.ShouldBe("Milestone: 3 orders a week by Sun 4 Apr 2027");
        card.TextContent.ShouldContain("12 similar shops, the middle one, went from 2 to 5 orders a week in 13 weeks. Yours: from 1 to 3.");
        card.TextContent.ShouldContain("Now: 1 order a week in the four weeks to 20 Nov 2026");
        card.TextContent.ShouldContain("The program’s goal: First sale, sooner: within 14 days.");
    }

    [Theory]
    [InlineData(1, 2, 5, 3)]
    [InlineData(4, 4, 4, 5)]
    [InlineData(4, 4, 2, 5)]
    [InlineData(0, 0, 1.5, 2)]
    [InlineData(0, 0, 0, 1)]
    [InlineData(2.5, 0, 1, 4)]
    [InlineData(1, 2, 6, 3)]
    [InlineData(90_000, 1, 100, 100_000)]
    public void Aims_at_the_growth_of_the_middle_one_and_at_one_order_more_at_least(double from, double peersFrom, double peersTo, int target) =>
        MentorshipMilestone.TargetOf(from, new PeerGrowth(12, 13, peersFrom, peersTo)).ShouldBe(target);

    [Fact]
    public async Task Is_not_known_where_too_few_are_alike_and_never_zero()
    {
        var scene = await GivenFigures(peers: 9, category: "toys/kites");

        await WorkOut();

        var card = (await scene.Mentee.Browser.Page(Mentee(scene))).QuerySelector("[aria-labelledby=milestone-h]")!;
        card.QuerySelector("h2")!.TextContent.ShouldBe("Milestone: not known");
        card.TextContent.ShouldContain("Yours at the beginning: 1 order a week. How similar shops grew is not known.");
        card.TextContent.ShouldContain("The program’s goal: First sale, sooner: within 14 days.");
        (await Stored(scene)).ShouldBe("1: from 1 to - since -");
    }

    [Fact]
    public async Task Is_not_known_before_the_first_figures_and_comes_with_them()
    {
        var scene = await TalkScene.Given(product);
        await WorkOut();
        var before = await Stored(scene);

        await Import(scene, 12, $"books/{Guid.NewGuid():N}");
        await WorkOut();

        before.ShouldBe("1: from - to - since -");
        (await Stored(scene)).ShouldBe("1: from - to - since - | 2: from 1 to 3 since -", "without a baseline, what was sold before it began counts");
    }

    [Fact]
    public async Task Starts_from_the_baseline_where_there_is_one()
    {
        var scene = await TalkScene.Given(product);
        await Import(scene, 12, $"books/{Guid.NewGuid():N}");
        await Days(scene.Mentee.ExternalId, lastDay.AddDays(-27), lastDay, _ => 1);
        // Frozen when they came in, before any figure was known: this is what a shop that came in later has.
        await product.Database.ExecuteAsync($$"""
            ALTER TABLE enrollment.baseline DISABLE TRIGGER frozen;
            UPDATE enrollment.baseline SET as_of = '{{lastDay.AddDays(-28):yyyy-MM-dd}}', figures = '{"asOf":"{{lastDay.AddDays(-28):yyyy-MM-dd}}","orders":12}' WHERE participant_id = (SELECT mentee_id FROM mentorships.mentorship WHERE id = '{{scene.Id}}');
            ALTER TABLE enrollment.baseline ENABLE TRIGGER frozen
            """);
        await product.Database.ExecuteAsync($"DELETE FROM mentorships.milestone WHERE mentorship_id = '{scene.Id}'");

        await WorkOut();

        (await Stored(scene)).ShouldBe("1: from 1 to 3 since -");
    }

    [Fact]
    public async Task Is_worked_out_once_on_two_nodes()
    {
        var scene = await GivenFigures(peers: 12);
        await using var other = product.AnotherNode();

        await Task.WhenAll(Enumerable.Range(0, 6).Select(async at =>
        {
            await using var scope = (at % 2 == 0 ? product.Services : other.Services).CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<WorkOutMilestones>().Run(true, Stop);
        }));

        (await Stored(scene)).ShouldBe("1: from 1 to 3 since -");
    }

    [Fact]
    public async Task Is_reached_on_a_day_by_an_import_and_stays_reached()
    {
        var scene = await GivenFigures(peers: 12);
        await WorkOut();
        await Check();
        var before = await Stored(scene);

        await Days(scene.Mentee.ExternalId, new(2026, 11, 21), new(2026, 11, 28), _ => 2);
        await Task.WhenAll(Check(), Check());
        var reached = await Stored(scene);
        await Days(scene.Mentee.ExternalId, new(2026, 11, 21), new(2026, 11, 28), _ => 0);
        await Check();

        // The other tests’ figures end before.
        var page = await scene.Mentee.Browser.Page(Mentee(scene));
        var after = await Stored(scene);
        await product.Database.ExecuteAsync($"DELETE FROM sellers.seller_day WHERE day > '{lastDay:yyyy-MM-dd}'");
        before.ShouldBe("1: from 1 to 3 since -");
        reached.ShouldBe("1: from 1 to 3 since 2026-11-28");
        after.ShouldBe(reached);
        page.QuerySelector("[aria-labelledby=milestone-h]")!.TextContent.ShouldContain("Reached: the figures to Sat 28 Nov 2026 show it.");
    }

    [Fact]
    public async Task Is_changed_with_a_reason_that_both_read()
    {
        var scene = await GivenFigures(peers: 12);
        await WorkOut();
        await scene.Mentee.Browser.Post("/me/settings/share/orders", ("Share", "true"));

        var unsaid = await Change(scene.Mentor.Browser, Mentor(scene), "5", "", 1);
        var changed = await Change(scene.Mentor.Browser, Mentor(scene), "5", "The fair in <i>March</i>", 1);
        var late = await Change(scene.Mentee.Browser, Mentee(scene), "2", "Less stock", 1);

        unsaid.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        unsaid.Page.QuerySelector("#Reason-error")!.TextContent.ShouldStartWith("Say why");
        changed.Location.ShouldBe($"{Mentor(scene)}/milestone?did=changed");
        (late.Status, late.Page.QuerySelector("#Target")!.GetAttribute("value")).ShouldBe((HttpStatusCode.Conflict, "2"));
        foreach (var page in new[] { await scene.Mentee.Browser.Page($"{Mentee(scene)}/milestone"), await scene.Mentor.Browser.Page($"{Mentor(scene)}/milestone") })
        {
            page.QuerySelector("[aria-labelledby=past-h]")!.TextContent.ShouldContain("“The fair in <i>March</i>”");
            page.QuerySelectorAll("[aria-labelledby=past-h] b").Length.ShouldBe(2);
            page.QuerySelector("#milestone-h")!.TextContent.ShouldStartWith("Milestone: 5 orders a week");
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("2.5")]
    [InlineData("many")]
    [InlineData("99999999999")]
    public async Task Takes_a_whole_number_of_orders(string target)
    {
        var scene = await GivenFigures(peers: 12);
        await WorkOut();

        var refused = await Change(scene.Mentee.Browser, Mentee(scene), target, "Because", 1);

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Page.QuerySelector("#Target-error")!.TextContent.ShouldBe("Enter how many orders a week, from 1 to 100,000. Nothing was changed.");
        refused.Page.QuerySelector("#Reason")!.TextContent.Trim().ShouldBe("Because");
    }

    [Fact]
    public async Task Shows_a_mentor_nothing_of_it_that_is_not_shared()
    {
        var scene = await GivenFigures(peers: 12);
        await WorkOut();
        var pages = new[] { Mentor(scene), $"{Mentor(scene)}/milestone" };

        foreach (var page in pages)
        {
            var card = (await scene.Mentor.Browser.Page(page)).QuerySelector("[aria-labelledby=milestone-h]")!.TextContent;
            card.ShouldContain("orders are not shared with you. You can ask.");
            card.ShouldNotContain("a week");
        }

        var refused = await Change(scene.Mentor.Browser, Mentor(scene), "5", "I can guess", 1);
        await scene.Mentee.Browser.Post("/me/settings/share/orders", ("Share", "true"));

        refused.Status.ShouldBe(HttpStatusCode.Conflict);
        refused.Words.ShouldNotContain("a week");
        (await scene.Mentor.Browser.Page(Mentor(scene))).QuerySelector("[aria-labelledby=milestone-h]")!.TextContent.ShouldContain("Mina’s: from 1 to 3.");
    }

    [Fact]
    public async Task Answers_for_somebody_elses_as_for_none()
    {
        var (scene, stranger) = (await TalkScene.Given(product), await TalkScene.Given(product));

        foreach (var (shop, root) in new[] { (stranger.Mentee, Mentee(scene)), (stranger.Mentor, Mentor(scene)), (scene.Mentor, Mentee(scene)), (scene.Mentee, Mentor(scene)) })
        {
            (await shop.Browser.Get($"{root}/milestone")).Status.ShouldBe(HttpStatusCode.NotFound);
            (await Change(shop.Browser, root, "5", "Why not", 1)).Status.ShouldBe(HttpStatusCode.NotFound);
        }
    }

    static string Mentee(TalkScene scene) => $"/me/mentor/{scene.Id}";

    static string Mentor(TalkScene scene) => $"/mentor/mentees/{scene.Id}";

    static Task<Answer> Change(Browser by, string root, string target, string reason, int seen) => by.Post($"{root}/milestone", ("Target", target), ("Reason", reason), ("seen", $"{seen}"));

    async Task<bool> WorkOut() => await product.Ask<WorkOutMilestones, bool>(async work => { await work.Run(figuresAreNew: true, Stop); return true; });

    async Task<bool> Check() => await product.Ask<CheckMilestones, bool>(async check => { await check.Run(Stop); return true; });

    /// <summary>A mentorship of a shop with one order a week, among shops that went from two to five.</summary>
    async Task<TalkScene> GivenFigures(int peers, string? category = null)
    {
        var scene = await TalkScene.Given(product);
        await Import(scene, peers, category ?? $"books/{Guid.NewGuid():N}");
        // Whoever looked already found nothing known.
        await product.Database.ExecuteAsync($"DELETE FROM mentorships.milestone WHERE mentorship_id = '{scene.Id}'");
        return scene;
    }

    async Task Import(TalkScene scene, int peers, string category)
    {
        await product.Database.ExecuteAsync($"UPDATE sellers.seller SET category = '{category}', signed_up_on = '2026-01-01' WHERE id = '{scene.Mentee.SellerId}'");
        var days = new StringBuilder("seller_id,day,orders\n");
        Rows(days, scene.Mentee.ExternalId, lastDay.AddDays(-130), lastDay, day => day.DayOfWeek == DayOfWeek.Monday ? 1 : 0);
        await using (var db = product.Database.NewDb())
        {
            for (var n = 0; n < peers; n++)
            {
                var id = $"peer-{Interlocked.Increment(ref shops)}";
                db.Add(new Seller { ExternalId = id, Name = id, Category = category, SignedUpOn = new DateOnly(2026, 1, 1) });
                Rows(days, id, lastDay.AddDays(-130), lastDay, day => day < lastDay.AddDays(-60) ? day.DayOfWeek is DayOfWeek.Monday or DayOfWeek.Friday ? 1 : 0 : day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0 : 1);
            }

            await db.SaveChangesAsync(Stop);
        }

        await Import(days.ToString());
    }

    async Task Days(string id, DateOnly from, DateOnly to, Func<DateOnly, int> orders)
    {
        var days = new StringBuilder("seller_id,day,orders\n");
        Rows(days, id, from, to, orders);
        await Import(days.ToString());
    }

    async Task Import(string text)
    {
        using var import = new ImportScene(product.Database);
        (await import.Import(ImportKind.Days, import.File(Guid.NewGuid().ToString("N"), text), currency: "USD")).Refusal.ShouldBeNull();
    }

    static void Rows(StringBuilder days, string id, DateOnly from, DateOnly to, Func<DateOnly, int> orders)
    {
        for (var day = from; day <= to; day = day.AddDays(1)) days.Append(CultureInfo.InvariantCulture, $"{id},{day:yyyy-MM-dd},{orders(day)}\n");
    }

    Task<string> Stored(TalkScene scene) => product.Database.ScalarAsync<string>(
        $"SELECT string_agg(number || ': from ' || coalesce(\"from\"::text, '-') || ' to ' || coalesce(target::text, '-') || ' since ' || coalesce(reached_on::text, '-'), ' | ' ORDER BY number) FROM mentorships.milestone WHERE mentorship_id = '{scene.Id}'");
}
