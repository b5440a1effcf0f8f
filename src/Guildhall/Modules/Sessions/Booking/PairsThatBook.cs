using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Mentorships;
using Guildhall.Platform.Database;

namespace Guildhall.Modules.Sessions;

/// <summary>The one place that says which pairs may book a time: those that stand and are not paused.</summary>
sealed class PairsThatBook(IKnowPairs pairs, MentorshipLookup mentorships)
{
    /// <summary>More pairs than a person chooses between.</summary>
    const int MostShown = 50;

    /// <summary>The pair, when the shop is on that side of it; null for everybody else, and when the pair may not book.</summary>
    public async Task<StandingPair?> One(Guid pairId, Side side, Guid sellerId, CancellationToken stop) =>
        await pairs.One(pairId, sellerId, stop) is { } pair && pair.On(side).SellerId == sellerId && (await mentorships.Paused([pairId], stop)).Count == 0 ? pair : null;

    /// <summary>A pair that stands and would book if it were not paused, and since when it is; null for everybody else.</summary>
    public async Task<(StandingPair Pair, DateOnly Since)?> Paused(Guid pairId, Side side, Guid sellerId, CancellationToken stop) =>
        await pairs.One(pairId, sellerId, stop) is { } pair && pair.On(side).SellerId == sellerId && await mentorships.PausedOn(pairId, stop) is { } since ? (pair, since) : null;

    /// <summary>Whether a pair is paused, of whom a session is known to be theirs.</summary>
    public async Task<bool> IsPaused(Guid pairId, CancellationToken stop) => (await mentorships.Paused([pairId], stop)).Count > 0;

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<StandingPair>> Of(Side side, Guid sellerId, CancellationToken stop)
    {
        var standing = side == Side.Mentee ? await pairs.OfMentee(sellerId, stop) : await pairs.OfMentor(sellerId, 0, MostShown, stop);
        var paused = await mentorships.Paused([.. standing.Select(pair => pair.Id)], stop);
        return paused.Count == 0 ? standing : [.. standing.Where(pair => !paused.Contains(pair.Id))];
    }
}

static class BookingPairs
{
    public static Member On(this StandingPair pair, Side side) => side == Side.Mentee ? pair.Mentee : pair.Mentor;

    /// <summary>Holds the times of both until the transaction ends. In the order of their ids, so that of two bookings of overlapping people one waits and none is stuck.</summary>
    public static async Task HoldTimes(this GuildhallDb db, Guid one, Guid other, CancellationToken stop)
    {
        await db.HoldTimes(one < other ? one : other, stop);
        await db.HoldTimes(one < other ? other : one, stop);
    }

    /// <summary>Holds the times of one person: none of their sessions is booked, moved or cancelled meanwhile, because that needs both people's.</summary>
    public static Task HoldTimes(this GuildhallDb db, Guid one, CancellationToken stop) => db.LockUntilCommit($"sessions of {one}", stop);
}
