using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Database;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.People;

/// <summary>Keeps an administrator in the installation, and takes back what was offered for a shop that leaves.</summary>
sealed class ForgetAccess(GuildhallDb db, TimeProvider clock) : IForgetPeople
{
    public async Task<Refusal?> Forget(LeavingPerson person, CancellationToken stop)
    {
        await ChangeAccess.Lock(db, stop);
        var id = person.Person.AccountId;
        var administrators = db.Set<Account>().Where(one => one.SuspendedAt == null && one.Roles.Any(grant => grant.Role == Role.Administrator && grant.Programs == null));
        if (await administrators.AnyAsync(one => one.Id == id, stop) && !await administrators.AnyAsync(one => one.Id != id, stop))
            return Refusal.Conflict("last_administrator", "This is the only administrator who can sign in. Nothing was erased. Make somebody else administrator first.");
        if (person.Person.SellerId is { } shop)
        {
            var now = clock.GetUtcNow();
            await db.Set<Invitation>().Where(i => i.SellerId == shop && i.UsedAt == null && i.WithdrawnAt == null).ExecuteUpdateAsync(i => i.SetProperty(x => x.WithdrawnAt, now), stop);
        }

        return null;
    }
}
