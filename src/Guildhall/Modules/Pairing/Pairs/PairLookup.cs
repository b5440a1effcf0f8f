using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Pairing;

/// <summary>Answers other modules' questions about pairs.</summary>
public sealed class PairLookup(GuildhallDb db)
{
    /// <summary>How many pairs of a program wait for an answer.</summary>
    public Task<int> Waiting(Guid programId, CancellationToken stop) => db.Set<Proposal>().CountAsync(p => p.ProgramId == programId && p.State == ProposalState.Approved, stop);

    /// <summary>How many wait for somebody who could not be told, because no address of their shop is known.</summary>
    public Task<int> Untold(Guid programId, DateTimeOffset now, CancellationToken stop) => db.Set<Proposal>().CountAsync(p => p.ProgramId == programId && p.State == ProposalState.Approved && p.HeldAt == null
        && ((p.AskedAt <= now && p.MentorAcceptedAt == null && p.MentorMails.Count == 0) || (p.MenteeAskedAt <= now && p.MentorAcceptedAt != null && p.MenteeMails.Count == 0)), stop);

    /// <summary>How many pairs of each of some programs stand, accepted by both sides; a program without one is left out.</summary>
    public async Task<IReadOnlyDictionary<Guid, int>> Accepted(IReadOnlyCollection<Guid> programIds, CancellationToken stop) =>
        await db.Set<Proposal>().Where(p => programIds.Contains(p.ProgramId) && p.State == ProposalState.Active).GroupBy(p => p.ProgramId).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, stop);
}
