using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Library;

/// <summary>One version in the list of an article's versions.</summary>
public sealed record VersionRow(int Number, string By, DateTimeOffset At, string? Note, bool IsPublished);

/// <summary>An article as its editors see it, by its latest version.</summary>
/// <param name="Seen">The edition that a change has to name.</param>
/// <param name="IsMine">The person who looks is its owner.</param>
/// <param name="Published">The version that readers see; null before the first.</param>
/// <param name="IsOverdue">Published, and past its review date: nobody is offered it.</param>
/// <param name="VersionsPage">Which page of the versions is shown, from 1.</param>
public sealed record ArticleView(
    Guid Id, uint Seen, string Slug, ArticleKind Kind, IReadOnlyList<string> Topics, GrowthStage Stage, Audience Audience, string? Owner, bool IsMine, DateOnly ReviewBy, bool IsOverdue,
    string State, bool IsPlan, int Latest, int? Published, string Title, string Summary, string Body, IReadOnlyList<PlanStep> Steps, int Useful, int Votes,
    IReadOnlyList<VersionRow> Versions, int VersionsPage, IReadOnlyList<SuggestionRow> Waiting, int WaitingTotal, DateOnly Today)
{
    public const int VersionsShown = 20;

    public bool IsPublished => State == nameof(ArticleState.Published);
    public bool IsRetired => State == nameof(ArticleState.Retired);
    public bool HasUnpublished => Published is not null && Published != Latest;

    /// <summary>A playbook ends in something to do on one's own listings.</summary>
    public bool LacksPractice => Kind == ArticleKind.Playbook && !Body.Split('\n').Any(line => line.StartsWith('#') && line.Contains("practice", StringComparison.OrdinalIgnoreCase));
}

/// <summary>One earlier version, to read and to bring back.</summary>
public sealed record VersionView(Guid ArticleId, uint Seen, int Number, int Latest, string By, DateTimeOffset At, string? Note, string Title, string Summary, string Body, IReadOnlyList<PlanStep> Steps, string LatestTitle);

/// <summary>Fills the editors' page of an article and of one of its versions.</summary>
sealed class ReadArticle(GuildhallDb db, LibraryNames names, SuggestionList suggestions, TimeProvider clock)
{
    public async Task<ArticleView?> Of(Guid id, int versionsPage, Actor actor, CancellationToken stop)
    {
        if (await Find(id, stop) is not var (article, latest)) return null;

        versionsPage = Math.Clamp(versionsPage, 1, Math.Max(1, (article.LatestNumber + ArticleView.VersionsShown - 1) / ArticleView.VersionsShown));
        var versions = await db.Set<ArticleVersion>().Where(version => version.ArticleId == id).OrderByDescending(version => version.Number)
            .Skip((versionsPage - 1) * ArticleView.VersionsShown).Take(ArticleView.VersionsShown)
            .Select(version => new { version.Number, version.ChangedBy, version.ChangedAt, version.Note }).ToListAsync(stop);
        var votes = await db.Set<UsefulVote>().Where(vote => vote.ArticleId == id && vote.Number == article.PublishedNumber)
            .GroupBy(_ => 1).Select(all => new { Useful = all.Count(vote => vote.IsUseful), Total = all.Count() }).SingleOrDefaultAsync(stop);
        var waiting = await suggestions.WaitingFor(id, stop);
        var nameOf = await names.Of(versions.Select(version => (Guid?)version.ChangedBy).Append(article.OwnerId), stop);
        return new ArticleView(
            article.Id, article.RowVersion, article.Slug, article.Kind, article.Topics, article.Stage, article.Audience, article.OwnerId is { } owner ? nameOf(owner) : null, article.OwnerId == actor.AccountId,
            article.ReviewBy, article.State == ArticleState.Published && article.ReviewBy < clock.Today(), article.State.ToString(), article.IsPlan, article.LatestNumber, article.PublishedNumber,
            latest.Title, latest.Summary, latest.Body, latest.Steps?.Items ?? [], votes?.Useful ?? 0, votes?.Total ?? 0,
            [.. versions.Select(version => new VersionRow(version.Number, nameOf(version.ChangedBy), version.ChangedAt, version.Note, version.Number == article.PublishedNumber))], versionsPage,
            waiting.Rows, waiting.Total, clock.Today());
    }

    public async Task<VersionView?> Version(Guid id, int number, CancellationToken stop)
    {
        if (await Find(id, stop) is not var (article, latest)) return null;
        if (await db.Set<ArticleVersion>().AsNoTracking().SingleOrDefaultAsync(version => version.ArticleId == id && version.Number == number, stop) is not { } version) return null;
        var nameOf = await names.Of([version.ChangedBy], stop);
        return new VersionView(id, article.RowVersion, number, article.LatestNumber, nameOf(version.ChangedBy), version.ChangedAt, version.Note, version.Title, version.Summary, version.Body, version.Steps?.Items ?? [], latest.Title);
    }

    /// <summary>Articles that a step of the plan can point to, by title.</summary>
    public async Task<IReadOnlyList<(string Slug, string Title)>> Titles(CancellationToken stop) =>
        [.. (await (
            from article in db.Set<Article>()
            where !article.IsPlan && article.State != ArticleState.Retired
            join version in db.Set<ArticleVersion>() on new { article.Id, Number = article.LatestNumber } equals new { Id = version.ArticleId, version.Number }
            orderby version.Title
            select new { article.Slug, version.Title }).Take(500).ToListAsync(stop)).Select(one => (one.Slug, one.Title))];

    async Task<(Article Article, ArticleVersion Latest)?> Find(Guid id, CancellationToken stop) => await (
        from article in db.Set<Article>()
        where article.Id == id
        join version in db.Set<ArticleVersion>() on new { article.Id, Number = article.LatestNumber } equals new { Id = version.ArticleId, version.Number }
        select new { article, version }).AsNoTracking().SingleOrDefaultAsync(stop) is { } found ? (found.article, found.version) : null;
}
