using System.Globalization;
using Guildhall.Modules.Enrollment;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Sessions;

/// <summary>Moves a session to another time or cancels it. Either side may; of two who change it at once, one does, and the other sees what became of it.</summary>
sealed class ChangeSession(GuildhallDb db, PairsThatBook pairs, ReadTimes read, TellOfSession tell, TimeProvider clock)
{
    static readonly Refusal changedMeanwhile = Refusal.Conflict("changed_meanwhile", "The time of this session was changed while you were on this page. Nothing was changed by you. What stands here now holds.");

    /// <param name="seen">The version that the page showed.</param>
    public Task<Result<Guid>> Move(Guid id, Side side, ShopActor shop, uint seen, DateTimeOffset startsAt, CancellationToken stop) => Change(id, side, shop, seen, SessionDeed.Moved, "", async (session, now) =>
    {
        if (session.Closed(now) is { } closed) return closed;
        if (await pairs.One(session.PairId, side, shop.SellerId, stop) is not { } pair) return Refusal.Conflict("pair_ended", "This pair has ended, so its sessions can’t be moved. Nothing was changed. You can cancel this one.");
        var times = await read.Of(pair, session.LengthMinutes, session.Id, stop);
        if (times.At(startsAt) is not { } local || startsAt == session.StartsAt || times.Stands(local, now) != TimeStands.Free) return BookSession.Gone;
        if (session.Move(local, times.Mentor.Week.Zone.Id, times.LengthMinutes, now) is { } refused) return refused;
        db.AddRange(Busy.Of(session, times.Mentee.Pause, times.Mentor.Pause));
        return null;
    }, stop);

    /// <param name="words">What the other one is told; may be empty.</param>
    public async Task<Result<Guid>> Cancel(Guid id, Side side, ShopActor shop, uint seen, string words, CancellationToken stop)
    {
        words = words.ReplaceLineEndings("\n").Trim();
        if (words.Length > Session.WordsLimit) return Refusal.Invalid("words", string.Create(CultureInfo.InvariantCulture, $"Write at most {Session.WordsLimit} characters. There are {words.Length}."), "Words");
        return await Change(id, side, shop, seen, SessionDeed.Cancelled, words, (session, now) => Task.FromResult(session.Cancel(now)), stop);
    }

    async Task<Result<Guid>> Change(Guid id, Side side, ShopActor shop, uint seen, SessionDeed deed, string words, Func<Session, DateTimeOffset, Task<Refusal?>> change, CancellationToken stop)
    {
        var people = await db.Set<Session>().Where(session => session.Id == id).Select(session => new { session.MenteeSellerId, session.MentorSellerId }).SingleOrDefaultAsync(stop);
        if (people is null || (side == Side.Mentee ? people.MenteeSellerId : people.MentorSellerId) != shop.SellerId) return Refusal.NotFound("session");

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.HoldTimes(people.MenteeSellerId, people.MentorSellerId, stop);
        var session = await db.Set<Session>().SingleAsync(one => one.Id == id, stop);
        if (session.Version != seen) return changedMeanwhile;
        var now = clock.GetUtcNow();
        if (await change(session, now) is { } refusal)
        {
            db.ChangeTracker.Clear();
            return refusal;
        }

        await db.Set<Busy>().Where(busy => busy.SessionId == id).ExecuteDeleteAsync(stop);
        db.Add(new SessionChange(session, deed, side, shop.AccountId, words, now));
        await tell.Of(session, deed, side, shop.AccountId, words.Length > 0, stop);
        try
        {
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateException lost) when (lost.IsLostRace() || lost.Overlaps())
        {
            db.ChangeTracker.Clear();
            return lost.Overlaps() ? BookSession.Gone : changedMeanwhile;
        }

        await transaction.CommitAsync(stop);
        return id;
    }
}
