using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Library;

/// <summary>The 30/60/90-day plan in one of its versions.</summary>
/// <param name="Version">Keep it with a mentee: the plan they began stays theirs.</param>
/// <param name="Steps">By stage, in the order they are shown.</param>
public sealed record PlanFacts(int Version, string Title, string Summary, IReadOnlyList<PlanStep> Steps);

/// <summary>An article as a list names it.</summary>
public sealed record ArticleCard(string Slug, ArticleKind Kind, string Title, string Summary);

/// <summary>Who reads: each side is offered what is written for it.</summary>
public enum ReaderSide { Mentee, Mentor }

/// <summary>Answers other modules' questions about the library.</summary>
public sealed class LibraryLookup(GuildhallDb db, TimeProvider clock)
{
    /// <summary>The plan that is published and not past its review date; null while there is none, as when nobody has looked at it in time.</summary>
    public Task<PlanFacts?> CurrentPlan(CancellationToken stop) => Only(
        from article in db.Set<Article>().Offered(clock.Today())
        join version in db.Set<ArticleVersion>() on new { article.Id, Number = article.PublishedNumber } equals new { Id = version.ArticleId, Number = (int?)version.Number }
        where article.IsPlan
        select version, stop);

    /// <summary>The plan as it was in one of its versions, for those who began it then; null for a number that never was.</summary>
    public Task<PlanFacts?> Plan(int version, CancellationToken stop) => Only(
        from article in db.Set<Article>()
        join stored in db.Set<ArticleVersion>() on article.Id equals stored.ArticleId
        where article.IsPlan && stored.Number == version
        select stored, stop);

    /// <summary>What a side is offered, newest first: on one skill, for one stage, or all. Articles for any stage fit every stage.</summary>
    public async Task<IReadOnlyList<ArticleCard>> Offered(ReaderSide side, string? skillId, GrowthStage? stage, int atMost, CancellationToken stop)
    {
        var today = clock.Today();
        return await (
            from article in db.Set<Article>().Offered(today).ReadBy(side)
            where (skillId == null || article.Topics.Contains(skillId)) && (stage == null || article.Stage == GrowthStage.Any || article.Stage == stage)
            join version in db.Set<ArticleVersion>() on new { article.Id, Number = article.PublishedNumber } equals new { Id = version.ArticleId, Number = (int?)version.Number }
            orderby article.Id descending
            select new ArticleCard(article.Slug, article.Kind, version.Title, version.Summary)).Take(atMost).ToListAsync(stop);
    }

    /// <summary>Articles by slug, as far as a side is offered them; the others are left out.</summary>
    public async Task<IReadOnlyDictionary<string, ArticleCard>> BySlugs(ReaderSide side, IReadOnlyCollection<string> slugs, CancellationToken stop)
    {
        var today = clock.Today();
        return await (
            from article in db.Set<Article>().Offered(today).ReadBy(side)
            where slugs.Contains(article.Slug)
            join version in db.Set<ArticleVersion>() on new { article.Id, Number = article.PublishedNumber } equals new { Id = version.ArticleId, Number = (int?)version.Number }
            select new ArticleCard(article.Slug, article.Kind, version.Title, version.Summary)).ToDictionaryAsync(card => card.Slug, stop);
    }

    /// <summary>Where a side reads an article.</summary>
    public static string PathOf(ReaderSide side, string slug) => $"{Readers.Root(side)}/{slug}";

    static async Task<PlanFacts?> Only(IQueryable<ArticleVersion> versions, CancellationToken stop) =>
        await versions.AsNoTracking().SingleOrDefaultAsync(stop) is { Steps: { } steps } plan ? new PlanFacts(plan.Number, plan.Title, plan.Summary, steps.Items) : null;
}
