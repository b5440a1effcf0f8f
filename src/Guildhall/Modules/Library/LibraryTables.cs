using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Library;

/// <summary>The tables of Library: articles, their versions, votes, suggestions, and the mark that the starter set is in.</summary>
static class LibraryTables
{
    const string Schema = "library";

    public static void Map(ModelBuilder model)
    {
        model.Entity<Article>(article => { article.ToTable("article", Schema); Article.Map(article); });
        model.Entity<ArticleVersion>(version => { version.ToTable("article_version", Schema); ArticleVersion.Map(version); });
        model.Entity<UsefulVote>(vote => { vote.ToTable("useful_vote", Schema); UsefulVote.Map(vote); });
        model.Entity<Suggestion>(suggestion => { suggestion.ToTable("suggestion", Schema); Suggestion.Map(suggestion); });
        model.Entity<StarterSetMark>(mark => { mark.ToTable("starter_set", Schema, table => table.HasCheckConstraint("one_starter_set", "id = 1")); StarterSetMark.Map(mark); });
    }
}
