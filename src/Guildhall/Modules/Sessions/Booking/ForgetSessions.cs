using System.Linq.Expressions;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Pairing;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Events;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Sessions;

/// <summary>Cancels sessions that are ahead, so that the other one has the time back and their calendar knows. Inside the transaction that is open, in which the caller has taken hold of the times of one of the two at least, and saves.</summary>
sealed class CancelAhead(GuildhallDb db, TellOfSession tell, TimeProvider clock)
{
    /// <param name="which">Which of the sessions that are ahead.</param>
    /// <param name="by">The side that did it; null where it ends with the pair.</param>
    public async Task Run(Expression<Func<Session, bool>> which, Func<Session, Side?> by, Guid accountId, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        foreach (var session in await db.Set<Session>().Where(which).Where(session => session.State == SessionState.Booked && session.StartsAt > now).OrderBy(session => session.Id).ToListAsync(stop))
        {
            if (session.Cancel(now) is not null) continue;
            await db.Set<Busy>().Where(busy => busy.SessionId == session.Id).ExecuteDeleteAsync(stop);
            db.Add(new SessionChange(session, SessionDeed.Cancelled, by(session), accountId, "", now));
            await tell.Of(session, SessionDeed.Cancelled, by(session), accountId, hasWords: false, stop);
        }
    }
}

/// <summary>Cancels what a shop that is erased had booked.</summary>
sealed class ForgetSessions(GuildhallDb db, CancelAhead cancel) : IForgetPeople
{
    public async Task<Refusal?> Forget(LeavingPerson person, CancellationToken stop)
    {
        if (person.Person.SellerId is not { } shop) return null;
        await db.HoldTimes(shop, stop);
        await cancel.Run(session => session.MenteeSellerId == shop || session.MentorSellerId == shop, session => session.SideOf(shop), person.Person.AccountId, stop);
        await db.SaveChangesAsync(stop);
        return null;
    }
}

/// <summary>Cancels what is still booked of a pair that stands no more.</summary>
sealed class WhenPairEnded(GuildhallDb db, CancelAhead cancel) : IHandle<PairEnded>
{
    public async Task Handle(PairEnded happened, CancellationToken stop)
    {
        await db.HoldTimes(happened.MenteeSellerId, happened.MentorSellerId, stop);
        await cancel.Run(session => session.PairId == happened.ProposalId, _ => null, Guid.Empty, stop);
    }
}
