using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;
using NpgsqlTypes;

namespace Guildhall.Modules.Library;

/// <summary>What a reader looks for.</summary>
/// <param name="Words">As people type them into any search; empty shows all.</param>
/// <param name="Topic">The id of a skill; empty is every one.</param>
public sealed record ReaderSearch(string Words, ArticleKind? Kind, string Topic)
{
    /// <summary>More is no search.</summary>
    public const int WordsLimit = 200;

    public static ReaderSearch Of(string? words, string? kind, string? topic) => new(
        Shortened(words), Enum.TryParse<ArticleKind>(kind, out var known) && Enum.IsDefined(known) ? known : null, topic ?? "");

    internal static string Shortened(string? words) => (words?.Trim() ?? "") is var trimmed && trimmed.Length > WordsLimit ? trimmed[..WordsLimit] : trimmed;

    public bool IsNarrowed => Words.Length > 0 || Kind is not null || Topic.Length > 0;
}

/// <summary>One article as a reader's list shows it.</summary>
public sealed record ReaderRow(string Slug, ArticleKind Kind, GrowthStage Stage, IReadOnlyList<string> Topics, string Title, string Summary);

/// <summary>A page of what a reader is offered.</summary>
public sealed record ReaderRows(IReadOnlyList<ReaderRow> Rows, int Total, int Page)
{
    public const int Size = 50;
}

/// <summary>An article as somebody reads it.</summary>
/// <param name="Vote">What they said of this version; null when nothing.</param>
/// <param name="MayBeImproved">A change of it can be suggested; the plan's steps are changed by its editors.</param>
public sealed record ReaderArticle(
    Guid Id, string Slug, ArticleKind Kind, GrowthStage Stage, IReadOnlyList<string> Topics, int Number, string Title, string Summary, string Body, IReadOnlyList<PlanStep> Steps, DateTimeOffset ChangedAt, bool? Vote, bool MayBeImproved);

/// <summary>Reads what a side is offered: the published version of what is not past its review date.</summary>
sealed class ReaderList(GuildhallDb db, TimeProvider clock)
{
    public async Task<ReaderRows> Of(ReaderSide? side, ReaderSearch search, int page, CancellationToken stop)
    {
        var (today, words, kind, topic) = (clock.Today(), search.Words, search.Kind, search.Topic);
        var found =
            from article in db.Set<Article>().Offered(today).ReadBy(side)
            join version in db.Set<ArticleVersion>() on new { article.Id, Number = article.PublishedNumber } equals new { Id = version.ArticleId, Number = (int?)version.Number }
            where (kind == null || article.Kind == kind) && (topic == "" || article.Topics.Contains(topic))
            select new { article, version };
        if (words.Length > 0) found = found.Where(one => EF.Property<NpgsqlTsVector>(one.version, ArticleVersion.SearchColumn).Matches(EF.Functions.WebSearchToTsQuery("english", words)));
        var total = await found.CountAsync(stop);
        page = Math.Clamp(page, 1, Math.Max(1, (total + ReaderRows.Size - 1) / ReaderRows.Size));
        var ordered = words.Length > 0
            ? found.OrderByDescending(one => EF.Property<NpgsqlTsVector>(one.version, ArticleVersion.SearchColumn).RankCoverDensity(EF.Functions.WebSearchToTsQuery("english", words))).ThenBy(one => one.version.Title)
            : found.OrderBy(one => one.version.Title);
        var rows = await ordered.ThenBy(one => one.article.Id).Skip((page - 1) * ReaderRows.Size).Take(ReaderRows.Size)
            .Select(one => new ReaderRow(one.article.Slug, one.article.Kind, one.article.Stage, one.article.Topics, one.version.Title, one.version.Summary)).ToListAsync(stop);
        return new ReaderRows(rows, total, page);
    }

    public async Task<ReaderArticle?> One(ReaderSide? side, string slug, Guid accountId, CancellationToken stop)
    {
        var today = clock.Today();
        return await (
            from article in db.Set<Article>().Offered(today).ReadBy(side)
            where article.Slug == slug
            join version in db.Set<ArticleVersion>() on new { article.Id, Number = article.PublishedNumber } equals new { Id = version.ArticleId, Number = (int?)version.Number }
            select new { article, version, Vote = db.Set<UsefulVote>().Where(v => v.ArticleId == article.Id && v.Number == version.Number && v.AccountId == accountId).Select(v => (bool?)v.IsUseful).FirstOrDefault() })
            .AsNoTracking().SingleOrDefaultAsync(stop) is { } one
            ? new ReaderArticle(
                one.article.Id, one.article.Slug, one.article.Kind, one.article.Stage, one.article.Topics, one.version.Number, one.version.Title, one.version.Summary, one.version.Body,
                one.version.Steps?.Items ?? [], one.version.ChangedAt, one.Vote, !one.article.IsPlan)
            : null;
    }

    /// <summary>Whether there is such an article that is only waiting to be looked at again.</summary>
    public Task<bool> IsBeingReviewed(ReaderSide? side, string slug, CancellationToken stop)
    {
        var today = clock.Today();
        return db.Set<Article>().ReadBy(side).AnyAsync(article => article.Slug == slug && article.State == ArticleState.Published && article.ReviewBy < today, stop);
    }
}
