using Guildhall.Modules.Enrollment;
using Guildhall.Modules.People;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Mentorships;

/// <summary>A thread that somebody is about to change, held until the transaction ends.</summary>
/// <param name="Refusal">Why nothing can be written in it; null when it can.</param>
sealed record HeldThread(Mentorship Mentorship, ThreadSide Own, ThreadSide Other, Refusal? Refusal);

/// <summary>Opens a thread for somebody who is in it, inside the transaction that changes it.</summary>
sealed class OpenThread(GuildhallDb db, EnrollmentLookup enrollment, AccountLookup accounts)
{
    /// <returns>Null for who isn't in it.</returns>
    public async Task<HeldThread?> Of(Guid mentorshipId, Side side, ShopActor shop, CancellationToken stop)
    {
        // Shared: several may write, and who ends the mentorship waits for them, or they for the end.
        var found = await db.Set<Mentorship>().FromSql($"SELECT * FROM mentorships.mentorship WHERE id = {mentorshipId} FOR SHARE").AsNoTracking().ToListAsync(stop);
        if (found is not [var mentorship]) return null;
        var members = await enrollment.MembersOf([mentorship.MenteeId, mentorship.MentorId], stop);
        if (members.GetValueOrDefault(mentorship.Of(side))?.SellerId != shop.SellerId || !await accounts.KeepActingFor(shop.AccountId, shop.SellerId, stop)) return null;
        var (own, other) = await ThreadSide.Lock(db, mentorshipId, side, stop);
        return new(mentorship, own, other,
            !members.ContainsKey(mentorship.Of(other.Side)) ? Refusal.Conflict("left", "The other one takes no part any more, so nothing can be sent. Nothing was sent.")
            : own.PausedAt is not null ? Refusal.Conflict("paused", "You paused messages. Let them go on first; your words are below. Nothing was sent.")
            : other.PausedAt is not null ? Refusal.Conflict("paused", "Messages are paused. Nothing was sent; your words are below.")
            : mentorship.IsOver && (own.KeepsAt is null || other.KeepsAt is null) ? Refusal.Conflict("over", "The mentorship is over, and both of you have to want to go on writing. Nothing was sent; your words are below.") : null);
    }
}
