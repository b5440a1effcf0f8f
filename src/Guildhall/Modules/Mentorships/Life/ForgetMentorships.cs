using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Pairing;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Mentorships;

/// <summary>Ends the mentorships of who is erased: their pairs end with it, and the other one is told.</summary>
sealed class ForgetMentorships(GuildhallDb db, EnrollmentLookup enrollment, MentorshipMail mail, TimeProvider clock) : IForgetPeople
{
    public async Task<Refusal?> Forget(LeavingPerson person, CancellationToken stop)
    {
        if (person.Person.SellerId is not { } shop) return null;
        var participants = (await enrollment.ParticipationsOf(shop, stop)).Keys.ToList();
        foreach (var mentorship in await db.Set<Mentorship>().Where(m => m.State != MentorshipState.Finished && m.State != MentorshipState.Ended && (participants.Contains(m.MenteeId) || participants.Contains(m.MentorId))).ToListAsync(stop))
        {
            var leaving = participants.Contains(mentorship.MentorId) ? Side.Mentor : Side.Mentee;
            db.Add(mentorship.End(leaving == Side.Mentor ? PairEnd.MentorLeft : PairEnd.MenteeLeft, leaving, null, clock.GetUtcNow()).Value);
            await mail.Ended(mentorship, leaving, stop);
        }

        await db.SaveChangesAsync(stop);
        return null;
    }
}
