using System.Security.Claims;
using Guildhall.Modules.Enrollment;
using Guildhall.Platform.Access;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Mentorships;

/// <summary>How many messages wait to be read, beside the place where they are.</summary>
sealed class MessagesInRail(GuildhallDb db, EnrollmentLookup enrollment) : ICountForRail
{
    public async Task<int> Of(Place place, ClaimsPrincipal person, string? program, CancellationToken stop)
    {
        var side = place.Area == Area.Me ? Side.Mentee : Side.Mentor;
        if (place.Path != TalkRoutes.Root(side) || person.SellerId() is not { } shop || await enrollment.ParticipationsOf(shop, side, stop) is not [_, ..] seats) return 0;
        var ids = await db.Set<Mentorship>().Where(m => seats.Contains(side == Side.Mentee ? m.MenteeId : m.MentorId)).Select(m => m.Id).ToListAsync(stop);
        return await db.Unread(ids, side).CountAsync(stop);
    }
}
