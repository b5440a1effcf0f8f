using Guildhall.Modules.Enrollment;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Pairing;

/// <summary>A manager takes one pair back that not both have accepted: mentee and place are free again, and who was told hears that it ended.</summary>
sealed class WithdrawPair(GuildhallDb db, PairMail mail, PairEvents events, TimeProvider clock)
{
    public async Task<Result<Proposal>> Run(Guid programId, Guid id, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.LockPairs(stop);
        // What was undone with its run is not a pair that anybody lists.
        if (await db.Set<Proposal>().SingleOrDefaultAsync(p => p.Id == id && p.ProgramId == programId && (p.State != ProposalState.Withdrawn || p.DecidedAt != null), stop) is not { } pair) return Refusal.NotFound("pair");
        if (pair.Withdraw(clock.GetUtcNow()).Refusal is { } refusal) return refusal;
        foreach (var side in new[] { Side.Mentee, Side.Mentor }) await mail.Ended(pair, side, stop);
        await events.Ended([pair], PairEnding.TakenBack, stop);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return pair;
    }
}
