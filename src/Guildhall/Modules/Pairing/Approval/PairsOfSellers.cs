using Guildhall.Modules.Enrollment;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Pairing;

/// <summary>Tells the pages of mentors and mentees which pairs stand: those that both sides accepted.</summary>
sealed class PairsOfSellers(GuildhallDb db, EnrollmentLookup enrollment) : IKnowPairs
{
    const int MostOfAMentee = 20;

    public async Task<IReadOnlyList<StandingPair>> OfMentor(Guid mentorSellerId, int skip, int take, CancellationToken stop)
    {
        var seats = await SeatsOf(mentorSellerId, Side.Mentor, stop);
        return seats.Count == 0 ? [] : await Named(Standing.Where(p => seats.Contains(p.MentorId)).OrderByDescending(p => p.Id).Skip(skip).Take(take), stop);
    }

    public async Task<IReadOnlyList<StandingPair>> OfMentee(Guid menteeSellerId, CancellationToken stop)
    {
        var seats = await SeatsOf(menteeSellerId, Side.Mentee, stop);
        return seats.Count == 0 ? [] : await Named(Standing.Where(p => seats.Contains(p.MenteeId)).OrderByDescending(p => p.Id).Take(MostOfAMentee), stop);
    }

    public async Task<IReadOnlySet<Guid>> ProgramsOver(Guid menteeSellerId, CancellationToken stop)
    {
        var seats = await SeatsOf(menteeSellerId, Side.Mentee, stop);
        return seats.Count == 0 ? new HashSet<Guid>() : (await db.Set<Proposal>().Where(p => seats.Contains(p.MenteeId) && (p.State == ProposalState.Finished || p.EndedBecause == PairEnd.MenteeLeft)).Select(p => p.ProgramId).Distinct().ToListAsync(stop)).ToHashSet();
    }

    public async Task<StandingPair?> One(Guid pairId, Guid sellerId, CancellationToken stop) =>
        (await Named(Standing.Where(p => p.Id == pairId), stop)) is [var pair] && (pair.Mentee.SellerId == sellerId || pair.Mentor.SellerId == sellerId) ? pair : null;

    IQueryable<Proposal> Standing => db.Set<Proposal>().AsNoTracking().Where(p => p.State == ProposalState.Active);

    async Task<List<Guid>> SeatsOf(Guid sellerId, Side side, CancellationToken stop) => [.. (await enrollment.SeatsOf(sellerId, stop)).Where(seat => seat.Side == side).Select(seat => seat.ParticipantId)];

    async Task<IReadOnlyList<StandingPair>> Named(IQueryable<Proposal> proposals, CancellationToken stop)
    {
        var pairs = await proposals.Select(p => new { p.Id, p.ProgramId, p.MenteeId, p.MentorId }).ToListAsync(stop);
        if (pairs.Count == 0) return [];
        var members = await enrollment.MembersOf([.. pairs.SelectMany(pair => new[] { pair.MenteeId, pair.MentorId }).Distinct()], stop);
        return [.. pairs.Where(pair => members.ContainsKey(pair.MenteeId) && members.ContainsKey(pair.MentorId)).Select(pair => new StandingPair(pair.Id, pair.ProgramId, members[pair.MenteeId], members[pair.MentorId]))];
    }
}
