namespace Guildhall.Modules.Library;

/// <summary>The two sides that read, and where; staff read what either side does.</summary>
static class Readers
{
    /// <summary>The address that texts link to: it leads on to the page of whoever follows it.</summary>
    public const string Anybody = "/learn";

    public static string Root(ReaderSide? side) => side switch { ReaderSide.Mentee => "/me/learn", ReaderSide.Mentor => "/mentor/playbooks", _ => Anybody };

    public static IQueryable<Article> ReadBy(this IQueryable<Article> articles, ReaderSide? side)
    {
        if (side is null) return articles;
        var theirs = side == ReaderSide.Mentee ? Audience.Mentee : Audience.Mentor;
        return articles.Where(article => article.Audience == Audience.Both || article.Audience == theirs);
    }
}
