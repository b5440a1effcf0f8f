using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>Takes a shop that is erased out of its programs and takes back what it had applied for.</summary>
sealed class ForgetParticipation(GuildhallDb db, TimeProvider clock) : IForgetPeople
{
    public async Task<Refusal?> Forget(LeavingPerson person, CancellationToken stop)
    {
        if (person.Person.SellerId is not { } shop) return null;
        var now = clock.GetUtcNow();
        await db.Set<Application>().Where(a => a.SellerId == shop && (a.State == ApplicationState.Draft || a.State == ApplicationState.Sent || a.State == ApplicationState.Waiting))
            .ExecuteUpdateAsync(a => a.SetProperty(x => x.State, ApplicationState.Withdrawn).SetProperty(x => x.DecidedAt, now), stop);
        await db.Set<Participant>().Where(p => p.SellerId == shop).ExecuteUpdateAsync(p => p.SetProperty(x => x.LeftAt, now), stop);
        return null;
    }
}
