using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;
using NpgsqlTypes;

namespace Guildhall.Modules.Library;

/// <summary>Which articles an editor looks at.</summary>
/// <param name="Show">Every one, or only those in a state or past their review date.</param>
public sealed record ArticleSearch(string Words, ArticleKind? Kind, string Show)
{
    public const string Overdue = "overdue";

    public static ArticleSearch Of(string? words, string? kind, string? show) => new(
        ReaderSearch.Shortened(words), Enum.TryParse<ArticleKind>(kind, out var known) && Enum.IsDefined(known) ? known : null, show is Overdue or "draft" or "published" or "retired" ? show : "");
}

/// <summary>One article as the editors' list shows it, by its latest version.</summary>
public sealed record ArticleRow(
    Guid Id, ArticleKind Kind, string Title, Audience Audience, string? Owner, DateOnly ReviewBy, bool IsOverdue, string State, int Versions, bool HasUnpublished, int Useful, int Votes, int Waiting);

/// <summary>A page of the library, for its editors.</summary>
/// <param name="Overdue">Published articles past their review date, whatever is searched for.</param>
/// <param name="Waiting">Suggestions that nobody has decided.</param>
public sealed record ArticleRows(IReadOnlyList<ArticleRow> Rows, int Total, int Page, int Overdue, int Waiting)
{
    public const int Size = 50;
}

/// <summary>Lists every article for its editors: three queries and one for the names of owners, however many there are.</summary>
sealed class ArticleList(GuildhallDb db, LibraryNames names, TimeProvider clock)
{
    public async Task<ArticleRows> Of(ArticleSearch search, int page, CancellationToken stop)
    {
        var (today, words, kind, show) = (clock.Today(), search.Words, search.Kind, search.Show);
        var found =
            from article in db.Set<Article>()
            join version in db.Set<ArticleVersion>() on new { article.Id, Number = article.LatestNumber } equals new { Id = version.ArticleId, version.Number }
            where (kind == null || article.Kind == kind) && (show == "" || (show == ArticleSearch.Overdue && article.State == ArticleState.Published && article.ReviewBy < today)
                || (show == "draft" && article.State == ArticleState.Draft) || (show == "published" && article.State == ArticleState.Published) || (show == "retired" && article.State == ArticleState.Retired))
            select new { article, version };
        if (words.Length > 0) found = found.Where(one => EF.Property<NpgsqlTsVector>(one.version, ArticleVersion.SearchColumn).Matches(EF.Functions.WebSearchToTsQuery("english", words)));

        var counts = await db.Set<Article>().GroupBy(_ => 1).Select(all => new
        {
            Overdue = all.Count(article => article.State == ArticleState.Published && article.ReviewBy < today),
            Waiting = db.Set<Suggestion>().Count(suggestion => suggestion.State == SuggestionState.Waiting),
        }).SingleOrDefaultAsync(stop);
        var total = await found.CountAsync(stop);
        page = Math.Clamp(page, 1, Math.Max(1, (total + ArticleRows.Size - 1) / ArticleRows.Size));
        var ordered = words.Length > 0
            ? found.OrderByDescending(one => EF.Property<NpgsqlTsVector>(one.version, ArticleVersion.SearchColumn).RankCoverDensity(EF.Functions.WebSearchToTsQuery("english", words))).ThenBy(one => one.version.Title)
            : found.OrderBy(one => one.version.Title);
        var rows = await ordered.ThenBy(one => one.article.Id).Skip((page - 1) * ArticleRows.Size).Take(ArticleRows.Size).Select(one => new
        {
            one.article.Id,
            one.article.Kind,
            one.article.Audience,
            one.article.OwnerId,
            one.article.ReviewBy,
            one.article.State,
            one.article.LatestNumber,
            one.article.PublishedNumber,
            one.version.Title,
            Votes = db.Set<UsefulVote>().Count(vote => vote.ArticleId == one.article.Id && vote.Number == one.article.PublishedNumber),
            Useful = db.Set<UsefulVote>().Count(vote => vote.ArticleId == one.article.Id && vote.Number == one.article.PublishedNumber && vote.IsUseful),
            Waiting = db.Set<Suggestion>().Count(suggestion => suggestion.ArticleId == one.article.Id && suggestion.State == SuggestionState.Waiting),
        }).ToListAsync(stop);
        var nameOf = await names.Of(rows.Select(row => row.OwnerId), stop);
        return new ArticleRows([.. rows.Select(row => new ArticleRow(
            row.Id, row.Kind, row.Title, row.Audience, row.OwnerId is { } owner ? nameOf(owner) : null, row.ReviewBy, row.State == ArticleState.Published && row.ReviewBy < today,
            row.State.ToString(), row.LatestNumber, row.PublishedNumber is not null && row.PublishedNumber != row.LatestNumber, row.Useful, row.Votes, row.Waiting))],
            total, page, counts?.Overdue ?? 0, counts?.Waiting ?? 0);
    }
}
