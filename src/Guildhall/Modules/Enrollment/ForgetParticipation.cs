using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>Takes a shop that is erased out of its programs and takes back what it had applied for or was trying.</summary>
sealed class ForgetParticipation(GuildhallDb db, TimeProvider clock) : IForgetPeople
{
    public async Task<Refusal?> Forget(LeavingPerson person, CancellationToken stop)
    {
        if (person.Person.SellerId is not { } shop) return null;
        var now = clock.GetUtcNow();
        await db.Set<Application>().Where(a => a.SellerId == shop && (a.State == ApplicationState.Draft || a.State == ApplicationState.Sent || a.State == ApplicationState.Waiting))
            .ExecuteUpdateAsync(a => a.SetProperty(x => x.State, ApplicationState.Withdrawn).SetProperty(x => x.DecidedAt, now), stop);
        await db.Set<Participant>().Where(p => p.SellerId == shop).ExecuteUpdateAsync(p => p.SetProperty(x => x.LeftAt, now), stop);
        // The trial stays counted, without its person; a place in a session that is yet to come is somebody else's again.
        await db.Set<Trial>().Where(t => t.SellerId == shop && t.SessionId != null && db.Set<TrialSession>().Any(s => s.Id == t.SessionId && s.StartsAt > now))
            .ExecuteUpdateAsync(t => t.SetProperty(x => x.SessionId, (Guid?)null).SetProperty(x => x.ChosenAt, (DateTimeOffset?)null), stop);
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        await db.Set<Trial>().Where(t => t.SellerId == shop && t.State == TrialState.Running)
            .ExecuteUpdateAsync(t => t.SetProperty(x => x.State, TrialState.Stopped).SetProperty(x => x.EndedAt, now).SetProperty(x => x.EndedOn, x => today < x.EndsOn ? today : x.EndsOn), stop);
        return null;
    }
}
