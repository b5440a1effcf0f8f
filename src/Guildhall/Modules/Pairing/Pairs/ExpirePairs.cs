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

    public async Task RunAll(CancellationToken stop)
    {
        while (await Run(stop) == AtOnce) db.ChangeTracker.Clear();
        while (await Remind(stop) == AtOnce) db.ChangeTracker.Clear();
    }

    /// <returns>How many were released; as many as <see cref="AtOnce"/> when there may be more.</returns>
    public async Task<int> Run(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        // Who is held back can't answer, so their time doesn't run.
        var overdue = db.Set<Proposal>().Where(p => p.State == ProposalState.Approved && p.HeldAt == null && p.ReplyBy <= now);
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
        var waiting = db.Set<Proposal>().Where(p => p.State == ProposalState.Approved && p.HeldAt == null && p.RemindedAt == null && p.ReplyBy > now && p.ReplyBy <= soon);
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
