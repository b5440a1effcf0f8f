using Guildhall.Modules.People;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>Tells on which side of programs a shop is: it takes part, has an application that is not over, or was asked to apply.</summary>
sealed class ShopSides(GuildhallDb db) : IKnowMentors
{
    public async Task<bool> OnlyMentors(Guid sellerId, CancellationToken stop)
    {
        var here = await db.Set<Participant>().Where(p => p.SellerId == sellerId).Select(p => p.Side).Distinct().ToListAsync(stop);
        var applied = await db.Set<Application>().Where(a => a.SellerId == sellerId && a.State != ApplicationState.Declined && a.State != ApplicationState.Withdrawn).Select(a => a.Side).Distinct().ToListAsync(stop);
        if (here.Contains(Side.Mentee) || applied.Contains(Side.Mentee)) return false;
        return here.Count + applied.Count > 0 || await db.Set<MentorInvitation>().AnyAsync(invitation => invitation.SellerId == sellerId, stop);
    }
}
