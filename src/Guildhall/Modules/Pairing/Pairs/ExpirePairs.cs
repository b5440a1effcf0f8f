using Guildhall.Modules.Enrollment;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Pairing;

/// <summary>Releases pairs whose time to answer is over: both sides wait for the next run, and who had accepted is told.</summary>
sealed class ExpirePairs(GuildhallDb db, PairMail mail, TimeProvider clock)
{
    public const int AtOnce = 100;

    /// <returns>How many were released; as many as <see cref="AtOnce"/> when there may be more.</returns>
    public async Task<int> Run(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var overdue = db.Set<Proposal>().Where(p => p.State == ProposalState.Approved && p.ReplyBy <= now);
        // Mostly there are none, and nobody has to wait for the lock.
        if (!await overdue.AnyAsync(stop)) return 0;

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.LockPairs(stop);
        var pairs = await overdue.OrderBy(p => p.ReplyBy).Take(AtOnce).ToListAsync(stop);
        foreach (var pair in pairs)
        {
            pair.Expire(now);
            foreach (var side in new[] { Side.Mentee, Side.Mentor })
            {
                if (pair.AcceptedAt(side) is null) await mail.TakeBack(pair, side, stop);
                else await mail.Ended(pair, side, stop);
            }
        }

        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return pairs.Count;
    }
}

/// <summary>Looks once a minute, on every node, for pairs whose time is over. Whichever node comes first releases them.</summary>
sealed class PairsWorker(IServiceScopeFactory scopes, ILogger<PairsWorker> log) : BackgroundService
{
    static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await RunOnce(stoppingToken);
                }
                catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
                {
                    log.LogError(failure, "Pairs whose time is over could not be looked for; that is tried again in {Seconds} s", LookEvery.TotalSeconds);
                }
            }
        }
        // Whatever a shutdown brings with it, such as a connection closed in the middle: an exception that leaves here is reported as a crash.
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    async Task RunOnce(CancellationToken stop)
    {
        var released = ExpirePairs.AtOnce;
        while (released == ExpirePairs.AtOnce)
        {
            await using var scope = scopes.CreateAsyncScope();
            released = await scope.ServiceProvider.GetRequiredService<ExpirePairs>().Run(stop);
        }
    }
}
