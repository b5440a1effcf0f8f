namespace Guildhall.Modules.Library;

/// <summary>The day that review dates are compared with.</summary>
static class ReviewDays
{
    // Everywhere the same: on the review date itself an article is still offered, so a few hours of zones decide nothing.
    public static DateOnly Today(this TimeProvider clock) => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    /// <summary>Published, and not past its review date: what readers and onboarding are offered.</summary>
    public static IQueryable<Article> Offered(this IQueryable<Article> articles, DateOnly today) => articles.Where(article => article.State == ArticleState.Published && article.ReviewBy >= today);
}
