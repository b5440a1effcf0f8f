using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Library;

/// <summary>One reader's answer to "Was this useful?" about one version. They may change it.</summary>
sealed record UsefulVote(Guid ArticleId, int Number, Guid AccountId, bool IsUseful, DateTimeOffset VotedAt)
{
    public static void Map(EntityTypeBuilder<UsefulVote> vote)
    {
        vote.HasKey(v => new { v.ArticleId, v.Number, v.AccountId });
        vote.HasOne<ArticleVersion>().WithMany().HasForeignKey(v => new { v.ArticleId, v.Number });
        vote.BelongsToAccount(v => v.AccountId);
    }
}
