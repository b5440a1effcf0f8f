using Guildhall.Modules.Enrollment;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Sessions;

/// <summary>Cancels what a shop that is erased had booked, so that the other one has the time back and their calendar knows.</summary>
sealed class ForgetSessions(GuildhallDb db, TellOfSession tell, TimeProvider clock) : IForgetPeople
{
    public async Task<Refusal?> Forget(LeavingPerson person, CancellationToken stop)
    {
        if (person.Person.SellerId is not { } shop) return null;
        var now = clock.GetUtcNow();
        var ahead = await db.Set<Session>().Where(session => (session.MenteeSellerId == shop || session.MentorSellerId == shop) && session.State == SessionState.Booked && session.StartsAt > now).OrderBy(session => session.Id).ToListAsync(stop);
        foreach (var session in ahead)
        {
            await db.HoldTimes(session.MenteeSellerId, session.MentorSellerId, stop);
            await db.Entry(session).ReloadAsync(stop);
            if (session.Cancel(now) is not null) continue;
            var side = session.SideOf(shop)!.Value;
            await db.Set<Busy>().Where(busy => busy.SessionId == session.Id).ExecuteDeleteAsync(stop);
            db.Add(new SessionChange(session, SessionDeed.Cancelled, side, person.Person.AccountId, "", now));
            await tell.Of(session, SessionDeed.Cancelled, side, hasWords: false, stop);
        }

        await db.SaveChangesAsync(stop);
        return null;
    }
}
