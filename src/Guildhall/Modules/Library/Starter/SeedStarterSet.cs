using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Library;

/// <summary>The mark that the starter set was put in: the table holds one row, and its key says so.</summary>
sealed record StarterSetMark(int Id, DateTimeOffset SeededAt)
{
    public static void Map(EntityTypeBuilder<StarterSetMark> mark)
    {
        mark.HasKey(m => m.Id);
        mark.Property(m => m.Id).ValueGeneratedNever();
    }
}

/// <summary>Fills the library of a new installation, once: what editors retired or changed since is not brought back.</summary>
sealed class SeedStarterSet(GuildhallDb db, TimeProvider clock)
{
    public async Task Run(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        // Of nodes that start at once, the first puts the mark in and the others wait for it, and then find it there.
        if (await db.Database.ExecuteSqlAsync($"INSERT INTO library.starter_set (id, seeded_at) VALUES (1, {now}) ON CONFLICT DO NOTHING", stop) == 0) return;

        foreach (var entry in StarterSet.All)
        {
            var article = Article.Start(entry.Details, entry.Text.Title, null, clock.Today().AddDays(Article.UsualReviewDays), clock.Today(), now, isPlan: entry.Steps is not null).Value;
            db.Add(article);
            db.Add(article.Revise(entry.Text, entry.Steps, Guid.Empty, null, now).Value);
            if (article.Publish().Refusal is { } refusal) throw new InvalidOperationException(refusal.Message);
        }

        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
    }
}

/// <summary>Looks when the product starts whether the library is still to be filled. The product serves without it, and tries again at the next start.</summary>
sealed class SeedAtStart(IServiceScopeFactory scopes, ILogger<SeedAtStart> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<SeedStarterSet>().Run(cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            log.LogError(failure, "The starter set of the library could not be put in; the next start tries again");
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
