using Guildhall.Modules.People;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>Calls participants as they call themselves. Of several people of a shop only who takes part is called otherwise.</summary>
sealed class FollowNames(GuildhallDb db) : IFollowNames
{
    public Task Follow(Guid sellerId, string from, string to, CancellationToken stop) =>
        db.Set<Participant>().Where(p => p.SellerId == sellerId && p.PersonName == from).ExecuteUpdateAsync(set => set.SetProperty(p => p.PersonName, to), stop);
}
