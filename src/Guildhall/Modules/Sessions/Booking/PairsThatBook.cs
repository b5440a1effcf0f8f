using Guildhall.Modules.Enrollment;
using Guildhall.Platform.Database;

namespace Guildhall.Modules.Sessions;

/// <summary>The one place that says which pairs may book a time: those that stand.</summary>
sealed class PairsThatBook(IKnowPairs pairs)
{
    /// <summary>More pairs than a person chooses between.</summary>
    const int MostShown = 50;

    /// <summary>The pair, when the shop is on that side of it; null for everybody else, and when the pair may not book.</summary>
    public async Task<StandingPair?> One(Guid pairId, Side side, Guid sellerId, CancellationToken stop) =>
        await pairs.One(pairId, sellerId, stop) is { } pair && pair.On(side).SellerId == sellerId ? pair : null;

    /// <summary>The newest first.</summary>
    public Task<IReadOnlyList<StandingPair>> Of(Side side, Guid sellerId, CancellationToken stop) =>
        side == Side.Mentee ? pairs.OfMentee(sellerId, stop) : pairs.OfMentor(sellerId, 0, MostShown, stop);
}

static class Sides
{
    public static Side Other(this Side side) => side == Side.Mentee ? Side.Mentor : Side.Mentee;

    public static Member On(this StandingPair pair, Side side) => side == Side.Mentee ? pair.Mentee : pair.Mentor;

    /// <summary>Holds the times of both until the transaction ends. In the order of their ids, so that of two bookings of overlapping people one waits and none is stuck.</summary>
    public static async Task HoldTimes(this GuildhallDb db, Guid one, Guid other, CancellationToken stop)
    {
        await db.LockUntilCommit($"sessions of {(one < other ? one : other)}", stop);
        await db.LockUntilCommit($"sessions of {(one < other ? other : one)}", stop);
    }
}
