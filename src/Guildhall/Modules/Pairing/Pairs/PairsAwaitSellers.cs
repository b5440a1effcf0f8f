using Guildhall.Modules.Enrollment;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Pairing;

/// <summary>Lists the pairs that wait for a seller, or that they wait for, on their start page. Those that stand the page names by itself.</summary>
sealed class PairsAwaitSellers(GuildhallDb db, EnrollmentLookup enrollment, PairPeople people, OwnClock own, TimeProvider clock) : IAwaitSellers
{
    // A mentor has fewer places than that, and each pair holds one.
    const int Most = 50;

    public async Task<IReadOnlyList<AwaitsSeller>> Of(SellerSeat seat, CancellationToken stop)
    {
        var side = seat.Side;
        var seats = await enrollment.ParticipationsOf(seat.Shop.SellerId, side, stop);
        if (seats.Count == 0) return [];
        var now = clock.GetUtcNow();
        var seen = db.Set<Proposal>().AsNoTracking().SeenFrom(side, now).Where(p => p.State == ProposalState.Approved && (p.HeldAt != null || p.ReplyBy > now));
        var pairs = await (side == Side.Mentee ? seen.Where(p => seats.Contains(p.MenteeId)) : seen.Where(p => seats.Contains(p.MentorId))).OrderBy(p => p.ReplyBy).Take(Most).ToListAsync(stop);
        if (pairs.Count == 0) return [];
        var named = await people.Of([.. pairs.Select(pair => pair.Of(side.Other())).Distinct()], stop);
        var zone = await own.Of(seat.Shop, stop);
        return [.. pairs.OrderBy(pair => pair.AcceptedAt(side) is null && pair.HeldAt is null ? 0 : 1).Select(pair => Line(pair, named[pair.Of(side.Other())]))];

        AwaitsSeller Line(Proposal pair, PairPerson other)
        {
            var href = MatchPaths.Of(side, pair.Id);
            if (pair.HeldAt is not null) return new(pair.ProgramId, $"{other.Person}: on hold", $"{other.Shop.TrimEnd('.')}. The program’s team looks at this pair first.", new Link($"See {other.FirstName}", href), NeedsThem: false);
            var by = When.Deadline(pair.ReplyBy!.Value, zone);
            if (pair.AcceptedAt(side) is not null) return new(pair.ProgramId, side == Side.Mentee ? $"You chose {other.Person}" : $"You accepted {other.Person}", $"{other.Shop.TrimEnd('.')}. {other.FirstName} has until {by} to answer.", new Link($"See {other.FirstName}", href), NeedsThem: false);
            return side == Side.Mentee
                ? new(pair.ProgramId, $"We found a mentor for you: {other.Person}", $"{other.Shop.TrimEnd('.')}. Reply by {by}.", new Link($"Meet {other.FirstName}", href), NeedsThem: true)
                : new(pair.ProgramId, $"{other.Person} asks for a mentor", $"{other.Shop.TrimEnd('.')}. Reply by {by}.", new Link($"See {other.FirstName}’s request", href), NeedsThem: true);
        }
    }
}
