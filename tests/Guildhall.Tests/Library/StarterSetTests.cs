using Guildhall.Modules.Library;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Library;

/// <summary>What a new installation's library holds, and that it is put in once.</summary>
public sealed class StarterSetTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public void Has_a_playbook_of_a_readable_length_for_every_skill_that_ends_in_practice()
    {
        var playbooks = StarterSet.All.Where(entry => entry.Details.Kind == ArticleKind.Playbook).ToList();

        playbooks.SelectMany(entry => entry.Details.Topics).Order().ShouldBe(Skill.All.Select(skill => skill.Id).Order());
        foreach (var (_, text, _) in playbooks)
        {
            text.Body.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length.ShouldBeInRange(300, 500, text.Title);
            text.Body.Split('\n').Last(line => line.StartsWith('#')).ShouldBe("## Practice on your own shop", text.Title);
        }

        StarterSet.All.Count(entry => entry.Details is { Kind: ArticleKind.Guide, Audience: Audience.Mentor }).ShouldBe(1);
        StarterSet.All.Count(entry => entry.Details is { Kind: ArticleKind.Guide, Audience: Audience.Mentee }).ShouldBe(1);
    }

    [Fact]
    public void Says_nothing_that_studies_show_and_links_only_to_what_is_there()
    {
        var slugs = StarterSet.All.Select(entry => Slugs.From(entry.Text.Title)).ToList();
        foreach (var (_, text, steps) in StarterSet.All)
        {
            var all = string.Join('\n', [text.Summary, text.Body, .. (steps?.Items ?? []).SelectMany(step => new[] { step.Why, step.HowTo })]);
            foreach (var claim in (string[])["%", "studies", "research", "percent", "scientific"]) all.ShouldNotContain(claim, Case.Insensitive, text.Title);
            foreach (var link in all.Split("](/learn/").Skip(1)) slugs.ShouldContain(link.Split(')')[0]);
            text.Problem(mayBeEmpty: true).ShouldBeNull(text.Title);
        }

        slugs.ShouldBeUnique();
    }

    [Fact]
    public void Has_a_plan_of_three_stages_of_which_steps_tick_themselves()
    {
        var steps = StarterPlan.Steps.Items;

        steps.Count.ShouldBeInRange(11, 14);
        steps.Count(step => step.CompletesWhen is not null).ShouldBeGreaterThanOrEqualTo(5);
        steps.Select(step => step.Key).ShouldBeUnique();
        steps.Select(step => step.DueDay).ShouldBeInOrder();
        steps.Select(step => step.Stage).Distinct().ShouldBe(Enum.GetValues<PlanStage>());
        foreach (var step in steps) step.Problem().ShouldBeNull(step.Title);
        steps.Select(step => step.Playbook).OfType<string>().Except(StarterSet.All.Select(entry => Slugs.From(entry.Text.Title))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Is_put_in_once_by_nodes_that_start_at_the_same_time()
    {
        await product.Database.ExecuteAsync("DELETE FROM library.useful_vote; DELETE FROM library.suggestion; DELETE FROM library.article; DELETE FROM library.starter_set");

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Seed()));

        (await Counted()).ShouldBe($"{StarterSet.All.Count} {StarterSet.All.Count} {StarterSet.All.Count}");
    }

    [Fact]
    public async Task Does_not_bring_back_what_editors_changed()
    {
        await product.Database.ExecuteAsync("UPDATE library.article SET state = 'Retired' WHERE slug = 'answer-buyers-well'");

        await Seed();

        (await product.Database.ScalarAsync<string>("SELECT state FROM library.article WHERE slug = 'answer-buyers-well'")).ShouldBe("Retired");
        await product.Database.ExecuteAsync("UPDATE library.article SET state = 'Published' WHERE slug = 'answer-buyers-well'");
    }

    [Fact]
    public async Task Is_read_by_both_sides_with_nobody_as_owner_yet()
    {
        var scene = await LibraryScene.Given(product);
        using var seller = await scene.GivenSeller();

        foreach (var slug in (string[])["your-first-session", "listings-that-get-found", "your-first-90-days"]) (await seller.Get($"/me/learn/{slug}")).Page.QuerySelector("h1").ShouldNotBeNull(slug);
        (await seller.Get("/mentor/playbooks/the-mentoring-playbook")).Heading.ShouldBe("The mentoring playbook");
        var row = (await scene.Editor.Page("/manage/playbooks?q=mentoring")).QuerySelectorAll("tbody tr").Single(row => row.TextContent.Contains("The mentoring playbook"));

        row.TextContent.ShouldContain("Nobody yet");
        (await scene.Editor.Get(row.QuerySelector("a")!.GetAttribute("href")!)).Words.ShouldContain("Version 1 Readers see this Guildhall starter set");
    }

    Task<int> Seed() => product.Ask<SeedStarterSet, int>(async seed =>
    {
        await seed.Run(TestContext.Current.CancellationToken);
        return 0;
    });

    Task<string> Counted() => product.Database.ScalarAsync<string>("SELECT (SELECT count(*) FROM library.article) || ' ' || (SELECT count(*) FROM library.article_version) || ' ' || (SELECT count(*) FROM library.article WHERE state = 'Published' AND owner_id IS NULL)");
}
