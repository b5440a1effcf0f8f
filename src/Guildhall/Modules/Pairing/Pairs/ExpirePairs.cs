using Guildhall.Modules.Enrollment;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Pairing;

/// <summary>Reminds who has not answered a day before the time is over, and releases pairs whose time is over: who had accepted is told. A mentor who lets two requests pass in a row is asked no more until they say so.</summary>
sealed class ExpirePairs(GuildhallDb db, PairMail mail, PairEvents events, MentorPlaces places, TimeProvider clock)
{
    public const int AtOnce = 100;

    /// <summary>How long before the time is over.</summary>
    public static readonly TimeSpan RemindBefore = TimeSpan.FromDays(1);

    /// <summary>So many requests in a row without an answer, and a mentor is asked no more.</summary>
    public const int SilencesInARow = 2;

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

        await events.Ended(pairs, PairEnding.NoAnswer, stop);
        await db.SaveChangesAsync(stop);
        foreach (var pair in pairs.Where(pair => pair.MentorWasSilent).DistinctBy(pair => pair.MentorId))
            if (await IsSilent(pair.MentorId, stop) && (await places.Change(pair.MentorId, new PlacesChange(IsOpen: false), stop)).Succeeded(out var changed, out _) && changed.WasOpen) await mail.StoppedAsking(pair, stop);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return pairs.Count;
    }

    /// <summary>Whether the last requests of a mentor all went by without a word of theirs.</summary>
    async Task<bool> IsSilent(Guid mentorId, CancellationToken stop)
    {
        var last = await db.Set<Proposal>().AsNoTracking().Where(p => p.MentorId == mentorId && (p.MentorAcceptedAt != null || p.State == ProposalState.Declined || p.State == ProposalState.Expired))
            .OrderByDescending(p => p.AskedAt).Take(SilencesInARow).ToListAsync(stop);
        return last.Count == SilencesInARow && last.TrueForAll(pair => pair.MentorWasSilent);
    }

    /// <returns>How many were reminded; as many as <see cref="AtOnce"/> when there may be more.</returns>
    public async Task<int> Remind(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var soon = now + RemindBefore;
        var waiting = db.Set<Proposal>().Where(p => p.State == ProposalState.Approved && p.RemindedAt == null && p.ReplyBy > now && p.ReplyBy <= soon);
        if (!await waiting.AnyAsync(stop)) return 0;

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.LockPairs(stop);
        var pairs = await waiting.OrderBy(p => p.ReplyBy).Take(AtOnce).ToListAsync(stop);
        foreach (var pair in pairs)
        {
            pair.Remind(now);
            if (pair.Asks is { } side) await mail.Remind(pair, side, stop);
        }

        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return pairs.Count;
    }
}

/// <summary>Looks once a minute, on every node, for pairs whose time is over or nearly so, and for mentees who are owed somebody else. Whichever node comes first sees to them.</summary>
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
        await Until<ExpirePairs>(ExpirePairs.AtOnce, expire => expire.Run(stop));
        await Until<ExpirePairs>(ExpirePairs.AtOnce, expire => expire.Remind(stop));
        await Until<OfferNextBest>(1, offer => offer.Run(stop));
    }

    async Task Until<T>(int atOnce, Func<T, Task<int>> run) where T : notnull
    {
        var done = atOnce;
        while (done == atOnce)
        {
            await using var scope = scopes.CreateAsyncScope();
            done = await run(scope.ServiceProvider.GetRequiredService<T>());
        }
    }
}
