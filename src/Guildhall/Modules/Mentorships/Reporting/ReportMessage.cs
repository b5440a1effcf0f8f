using Guildhall.Modules.Enrollment;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Mentorships;

/// <summary>Brings a message of the other one before the program's team. Reported again it is the same report.</summary>
sealed class ReportMessage(GuildhallDb db, OpenThread threads, TimeProvider clock)
{
    public async Task<Refusal?> Run(Guid mentorshipId, Guid messageId, Side side, ShopActor shop, ReportReason reason, string? words, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await threads.Of(mentorshipId, side, shop, stop) is null || await One(mentorshipId, messageId, side, stop) is not { } message) return Refusal.NotFound("message");
        // The thread is held, so nothing is written and nobody else of this side reports it meanwhile.
        if (await db.Set<MessageReport>().AnyAsync(report => report.MessageId == messageId && report.Side == side, stop)) return null;
        var writtenUpTo = await db.Set<Message>().Where(m => m.MentorshipId == mentorshipId).MaxAsync(m => m.WrittenAt, stop);
        db.Add(new MessageReport(message, side, shop.AccountId, reason, words, writtenUpTo, clock.GetUtcNow()));
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return null;
    }

    /// <summary>A message that this side may report: one of the other's.</summary>
    public Task<Message?> One(Guid mentorshipId, Guid messageId, Side side, CancellationToken stop) =>
        db.Set<Message>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == messageId && m.MentorshipId == mentorshipId && m.Side != side, stop);
}
