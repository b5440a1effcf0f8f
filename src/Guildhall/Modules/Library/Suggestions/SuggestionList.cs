using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Library;

/// <summary>A suggestion as lists name it.</summary>
/// <param name="Slug">The article's, once there is one.</param>
public sealed record SuggestionRow(Guid Id, string Title, bool IsNew, string By, DateTimeOffset MadeAt, SuggestionState State, string? Reason, DateTimeOffset? DecidedAt, string? Slug);

/// <summary>A page of suggestions.</summary>
public sealed record SuggestionRows(IReadOnlyList<SuggestionRow> Rows, int Total, int Page)
{
    public const int Size = 50;
}

/// <summary>A suggestion beside what stands now.</summary>
/// <param name="Seen">Its edition, which a decision has to name; <paramref name="ArticleSeen"/> is the article's.</param>
/// <param name="HasMoved">The article was changed after the suggestion was written over it.</param>
public sealed record SuggestionView(
    Guid Id, uint Seen, uint ArticleSeen, Guid? ArticleId, bool IsNew, string By, DateTimeOffset MadeAt, string? Note, SuggestionState State, string? Reason, string? DecidedBy, DateTimeOffset? DecidedAt,
    ArticleKind Kind, Audience Audience, GrowthStage Stage, IReadOnlyList<string> Topics, string Title, string Summary, string Body,
    string TitleNow, string SummaryNow, string BodyNow, bool HasMoved, bool HasUnpublished);

/// <summary>Reads suggestions for editors, and each mentor's own for them.</summary>
sealed class SuggestionList(GuildhallDb db, LibraryNames names)
{
    const int ShownBesideArticle = 10;

    /// <summary>Those that nobody has decided, the oldest first; or those that were, the latest first.</summary>
    public Task<SuggestionRows> Of(bool isDecided, int page, CancellationToken stop)
    {
        var found = db.Set<Suggestion>().Where(suggestion => suggestion.State == SuggestionState.Waiting != isDecided);
        return Page(found, isDecided ? found.OrderByDescending(suggestion => suggestion.DecidedAt) : found.OrderBy(suggestion => suggestion.Id), page, stop);
    }

    /// <summary>What one person suggested, the latest first.</summary>
    public Task<SuggestionRows> By(Guid accountId, int page, CancellationToken stop)
    {
        var found = db.Set<Suggestion>().Where(suggestion => suggestion.MadeBy == accountId);
        return Page(found, found.OrderByDescending(suggestion => suggestion.Id), page, stop);
    }

    public async Task<SuggestionRows> WaitingFor(Guid articleId, CancellationToken stop)
    {
        var found = db.Set<Suggestion>().Where(suggestion => suggestion.ArticleId == articleId && suggestion.State == SuggestionState.Waiting);
        var rows = await Rows(found.OrderBy(suggestion => suggestion.Id).Take(ShownBesideArticle), stop);
        return new SuggestionRows(rows, rows.Count < ShownBesideArticle ? rows.Count : await found.CountAsync(stop), 1);
    }

    public async Task<SuggestionView?> One(Guid id, CancellationToken stop)
    {
        var found = await (
            from suggestion in db.Set<Suggestion>()
            where suggestion.Id == id
            join article in db.Set<Article>() on suggestion.ArticleId equals (Guid?)article.Id into articles
            from article in articles.DefaultIfEmpty()
            join version in db.Set<ArticleVersion>() on new { Id = (Guid?)article.Id, Number = (int?)article.LatestNumber } equals new { Id = (Guid?)version.ArticleId, Number = (int?)version.Number } into versions
            from version in versions.DefaultIfEmpty()
            select new { suggestion, article, version }).AsNoTracking().SingleOrDefaultAsync(stop);
        if (found is null) return null;

        var (one, nameOf) = (found.suggestion, await names.Of([found.suggestion.MadeBy, found.suggestion.DecidedBy], stop));
        return new SuggestionView(
            one.Id, one.RowVersion, found.article?.RowVersion ?? 0, one.ArticleId, one.BasedOn is null, nameOf(one.MadeBy), one.MadeAt, one.Note, one.State, one.Reason, one.DecidedBy is { } decider ? nameOf(decider) : null, one.DecidedAt,
            one.Kind, one.Audience, one.Stage, one.Topics, one.Title, one.Summary, one.Body,
            found.version?.Title ?? "", found.version?.Summary ?? "", found.version?.Body ?? "", one.BasedOn is not null && found.article?.LatestNumber != one.BasedOn, found.article is { } stored && stored.PublishedNumber != stored.LatestNumber);
    }

    async Task<SuggestionRows> Page(IQueryable<Suggestion> found, IQueryable<Suggestion> ordered, int page, CancellationToken stop)
    {
        var total = await found.CountAsync(stop);
        page = Math.Clamp(page, 1, Math.Max(1, (total + SuggestionRows.Size - 1) / SuggestionRows.Size));
        return new SuggestionRows(await Rows(ordered.Skip((page - 1) * SuggestionRows.Size).Take(SuggestionRows.Size), stop), total, page);
    }

    async Task<IReadOnlyList<SuggestionRow>> Rows(IQueryable<Suggestion> suggestions, CancellationToken stop)
    {
        var rows = await suggestions.Select(suggestion => new
        {
            suggestion.Id,
            suggestion.Title,
            suggestion.BasedOn,
            suggestion.MadeBy,
            suggestion.MadeAt,
            suggestion.State,
            suggestion.Reason,
            suggestion.DecidedAt,
            Slug = db.Set<Article>().Where(article => article.Id == suggestion.ArticleId).Select(article => article.Slug).FirstOrDefault(),
        }).ToListAsync(stop);
        var nameOf = await names.Of(rows.Select(row => (Guid?)row.MadeBy), stop);
        return [.. rows.Select(row => new SuggestionRow(row.Id, row.Title, row.BasedOn is null, nameOf(row.MadeBy), row.MadeAt, row.State, row.Reason, row.DecidedAt, row.Slug))];
    }
}
