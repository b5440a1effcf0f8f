using Guildhall.Modules.Enrollment;
using Guildhall.Modules.People;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Guildhall.Modules.Pairing;

/// <summary>
/// A seller accepts or declines a pair: first the mentor, then the mentee. One answer at a time, under the lock that approvals take: of two tabs, of both sides, and of a seller and a manager who takes the pair
/// back, the second finds what the first decided.
/// </summary>
sealed class AnswerMatch(
    GuildhallDb db, ProgramLookup programs, EnrollmentLookup enrollment, MentorPlaces places, AccountLookup accounts, SignCharter charter, HoldPairs hold, PairMail mail, PairEvents events, IEnumerable<IHearOfPairs> listeners, TimeProvider clock)
{
    public const string Unsigned = "unsigned";
    public const string NotAsked = "coaching_not_answered";

    static readonly Refusal meanwhile = Refusal.Conflict("changed_meanwhile", "Somebody else answered at the same moment. What stands below is how it is now.");

    public async Task<Result<Proposal>> Accept(Guid id, Side side, ShopActor shop, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await Find(id, side, shop, stop) is not { } pair) return Refusal.NotFound("match");
        if (pair.HasAccepted(side)) return pair;
        if (pair.Closed(clock.GetUtcNow()) is { } closed) return closed;
        if (!await charter.KeepSigned(shop.AccountId, stop)) return Refusal.Conflict(Unsigned, "Nobody takes part unsigned. Nothing was accepted yet: read the charter that holds now, and agree to it.");
        var program = (await programs.ById(pair.ProgramId, stop))!;
        if (side == Side.Mentor && await enrollment.MustCertify(program, pair.MentorId, stop))
            return Refusal.Conflict(NotAsked, "Nothing was accepted yet: tell us first how you would coach, which takes about 3 minutes.");
        if (side == Side.Mentor && await NoPlace(pair, stop) is { } full) return full;
        if (await hold.Look(pair, stop)) return (await Store(pair, transaction, stop)).Refusal ?? Proposal.Held;
        var now = clock.GetUtcNow();
        if (pair.Accept(side, shop.AccountId, now).Refusal is { } late) return late;
        if (pair.State == ProposalState.Approved) await mail.AskMentee(program, pair, now, stop);
        else
        {
            await mail.BothAccepted(pair, side.Other(), stop);
            await events.Accepted(pair, stop);
            foreach (var listener in listeners) await listener.Accepted(new AcceptedPair(pair.Id, pair.MenteeId, pair.MentorId, now), program, stop);
        }

        return await Store(pair, transaction, stop);
    }

    /// <param name="change">What a mentor changes with it: fewer places, or a break.</param>
    public async Task<Result<Proposal>> Decline(Guid id, Side side, ShopActor shop, DeclineReason reason, string? words, PlacesChange? change, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await Find(id, side, shop, stop) is not { } pair) return Refusal.NotFound("match");
        if (pair.Decline(side, shop.AccountId, reason, words, clock.GetUtcNow()).Refusal is { } closed) return closed;
        if (change is not null && side == Side.Mentor && (await places.Change(pair.MentorId, change, stop)).Refusal is { } refused) return refused;
        await mail.TakeBack(pair, side, stop);
        await mail.Ended(pair, side.Other(), stop);
        await events.Ended([pair], side == Side.Mentee ? PairEnding.MenteeDeclined : PairEnding.MentorDeclined, stop);
        return await Store(pair, transaction, stop);
    }

    /// <summary>The pair, if it is this shop's on this side, both were asked, and the person still acts for the shop.</summary>
    async Task<Proposal?> Find(Guid id, Side side, ShopActor shop, CancellationToken stop)
    {
        await db.LockPairs(stop);
        var now = clock.GetUtcNow();
        if (await db.Set<Proposal>().SeenFrom(side, now).SingleOrDefaultAsync(p => p.Id == id, stop) is not { } pair) return null;
        return (await enrollment.SellersOf([pair.Of(side)], stop)).GetValueOrDefault(pair.Of(side)) == shop.SellerId && await accounts.KeepActingFor(shop.AccountId, shop.SellerId, stop) ? pair : null;
    }

    /// <summary>A mentor may have fewer places than when they were asked: the last one goes to the pair that they accept first, in whichever program.</summary>
    async Task<Refusal?> NoPlace(Proposal pair, CancellationToken stop)
    {
        var mentor = (await enrollment.SellersOf([pair.MentorId], stop))[pair.MentorId];
        var everywhere = await enrollment.ParticipationsOf(mentor, Side.Mentor, stop);
        var taken = await db.Set<Proposal>().Where(Proposal.HoldsPlaces).CountAsync(p => p.Id != pair.Id && everywhere.Contains(p.MentorId) && p.MentorAcceptedAt != null, stop);
        return taken < await enrollment.PlacesOf(pair.MentorId, stop) ? null
            : Refusal.Conflict("no_place", "All your places are taken by mentees whom you accepted. Nothing was accepted. Decline this one, or give yourself one more place first.");
    }

    async Task<Result<Proposal>> Store(Proposal pair, IDbContextTransaction transaction, CancellationToken stop)
    {
        try
        {
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateException refused) when (refused.IsLostRace())
        {
            return meanwhile;
        }

        await transaction.CommitAsync(stop);
        return pair;
    }
}

/// <summary>Which pairs the people in them may know of.</summary>
static class SeenPairs
{
    /// <summary>Asked by now, and not taken or held back before that.</summary>
    public static IQueryable<Proposal> SeenFrom(this IQueryable<Proposal> pairs, Side side, DateTimeOffset now) => side == Side.Mentor
        ? pairs.Where(p => p.AskedAt <= now && (p.HeldAt == null || p.HeldAt >= p.AskedAt) && (p.State != ProposalState.Withdrawn || p.DecidedAt >= p.AskedAt))
        : pairs.Where(p => p.MenteeAskedAt <= now && (p.State != ProposalState.Withdrawn || p.DecidedAt >= p.MenteeAskedAt));
}
