using Guildhall.Matching;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Programs;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Pairing;

/// <summary>
/// Holds a pair back between whom a conflict of interest came to stand after it was approved: nobody can accept it, and its time doesn't run. Once none stands any more, because the
/// interest was taken back or a waiver signed, who was to answer is asked anew. Looked at when an interest is declared or taken back, at each acceptance, and of held pairs every minute.
/// </summary>
sealed class HoldPairs(GuildhallDb db, ProgramLookup programs, EnrollmentLookup enrollment, PairConflicts conflicts, PairMail mail, TimeProvider clock) : IHearOfInterests
{
    const int AtOnce = 100;

    public async Task Changed(Guid sellerId, CancellationToken stop)
    {
        await db.LockPairs(stop);
        List<Guid> seats = [.. (await enrollment.ParticipationsOf(sellerId, stop)).Keys];
        foreach (var pair in await db.Set<Proposal>().Where(p => p.State == ProposalState.Approved && (seats.Contains(p.MenteeId) || seats.Contains(p.MentorId))).OrderBy(p => p.Id).ToListAsync(stop)) await Look(pair, stop);
        await db.SaveChangesAsync(stop);
    }

    /// <summary>Lets held pairs go on between which nothing stands any more.</summary>
    /// <returns>Always 0: who is still held is looked at again a minute later.</returns>
    public async Task<int> Run(CancellationToken stop)
    {
        var held = db.Set<Proposal>().Where(p => p.State == ProposalState.Approved && p.HeldAt != null);
        if (!await held.AnyAsync(stop)) return 0;

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.LockPairs(stop);
        foreach (var pair in await held.OrderBy(p => p.HeldAt).Take(AtOnce).ToListAsync(stop)) await Look(pair, stop);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return 0;
    }

    /// <summary>Holds the pair, or lets it go on, by what stands now. The caller has the lock, and saves.</summary>
    /// <returns>Whether it is held.</returns>
    public async Task<bool> Look(Proposal pair, CancellationToken stop)
    {
        var (program, now) = ((await programs.ById(pair.ProgramId, stop))!, clock.GetUtcNow());
        var conflict = await conflicts.Of(program, [(pair.MenteeId, pair.MentorId)], stop) is { Count: > 0 } found ? found.Values.First() : (Rule?)null;
        if (conflict is { } rule && pair.HeldAt is null)
        {
            pair.Hold(rule, now);
            // Whom nobody has told yet hears nothing while it is held.
            foreach (var side in new[] { Side.Mentee, Side.Mentor })
                if (await mail.TakeBack(pair, side, stop) is > 0 and var unsent && unsent == pair.MailsTo(side).Count) pair.WasNotTold(side);
        }
        else if (conflict is null && pair.HeldAt is not null)
        {
            pair.GoOn();
            if (pair.AskedAt is { } at && pair.MentorAcceptedAt is null) await mail.AskMentors(program, [pair], at > now ? at : now, stop);
            else if (pair.MentorAcceptedAt is not null) await mail.AskMentee(program, pair, now, stop);
        }

        return pair.HeldAt is not null;
    }
}
