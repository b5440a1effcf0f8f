using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Library;

/// <summary>Keeps what a reader says of the version they read: one vote an account and version.</summary>
sealed class VoteUseful(GuildhallDb db, TimeProvider clock)
{
    public sealed record Input(ReaderSide Side, string Slug, int Number, bool IsUseful);

    public async Task<Result<int>> Run(Input input, Actor actor, CancellationToken stop)
    {
        var (now, today) = (clock.GetUtcNow(), clock.Today());
        if (await db.Set<Article>().Offered(today).ReadBy(input.Side).Where(a => a.Slug == input.Slug).Select(a => new { a.Id, a.PublishedNumber }).SingleOrDefaultAsync(stop) is not { } article) return Refusal.NotFound("article");
        if (article.PublishedNumber != input.Number) return Refusal.Conflict("other_version", "The text was changed while you read it. Your answer was not kept. Look at the new text, then say whether it was useful.");

        // Two clicks at once are one vote.
        return await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO library.useful_vote (article_id, number, account_id, is_useful, voted_at) VALUES ({article.Id}, {input.Number}, {actor.AccountId}, {input.IsUseful}, {now})
            ON CONFLICT (article_id, number, account_id) DO UPDATE SET is_useful = excluded.is_useful, voted_at = excluded.voted_at
            """, stop);
    }
}
