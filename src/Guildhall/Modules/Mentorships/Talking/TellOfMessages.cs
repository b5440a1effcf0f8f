using Guildhall.Modules.Enrollment;
using Guildhall.Modules.People;
using Guildhall.Platform.Database;
using Guildhall.Platform.Mail;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Mentorships;

/// <summary>
/// Tells by mail who was written to and has not looked: one mail a batch, never in their quiet hours, and not again within a day while they haven't looked since the last one. It
/// says who wrote and how many messages, and none of their words. Safe to repeat, and on several nodes at once: each takes threads that no other holds.
/// </summary>
sealed class TellOfMessages(GuildhallDb db, Outbox outbox, EnrollmentLookup enrollment, AccountLookup accounts, PairNames names, ReadAgreement agreements, TimeProvider clock)
{
    public static readonly MailKind Kind = new("messages", "Messages from your mentor or mentee", IsTransactional: false) { For = Readers.Mentees | Readers.Mentors, CanWait = true };

    public const int AtOnce = 50;

    static readonly TimeSpan betweenMails = TimeSpan.FromDays(1);

    public async Task RunAll(CancellationToken stop)
    {
        while (await Run(stop) == AtOnce) db.ChangeTracker.Clear();
    }

    /// <returns>How many sides were looked at; as many as <see cref="AtOnce"/> when there may be more.</returns>
    public async Task<int> Run(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var due = await db.Set<ThreadSide>().FromSql($"SELECT * FROM mentorships.thread_side WHERE tell_at <= {now} ORDER BY tell_at LIMIT {AtOnce} FOR UPDATE SKIP LOCKED").ToListAsync(stop);
        if (due.Count == 0) return 0;
        List<Guid> ids = [.. due.Select(side => side.MentorshipId).Distinct()];
        var mentorships = await db.Set<Mentorship>().AsNoTracking().Where(m => ids.Contains(m.Id)).ToDictionaryAsync(m => m.Id, stop);
        var members = await enrollment.MembersOf([.. mentorships.Values.SelectMany(m => new[] { m.MenteeId, m.MentorId })], stop);
        var called = await names.Of(members.Values, stop);
        var addresses = await accounts.AddressesOf([.. members.Values.Select(member => member.SellerId).Distinct()], stop);
        var agreed = await agreements.InForce(ids, stop);
        var waiting = await (
            from side in db.Set<ThreadSide>().Where(side => ids.Contains(side.MentorshipId))
            from message in db.Set<Message>().Where(message => message.MentorshipId == side.MentorshipId && message.Side != side.Side
                && (side.ReadUpTo == null || message.WrittenAt > side.ReadUpTo) && (side.ToldUpTo == null || message.WrittenAt > side.ToldUpTo))
            group message by new { side.MentorshipId, side.Side } into batch
            select new { batch.Key, Count = batch.Count(), Last = batch.Max(message => message.WrittenAt) })
            .ToDictionaryAsync(batch => (batch.Key.MentorshipId, batch.Key.Side), stop);

        foreach (var side in due)
        {
            var mentorship = mentorships[side.MentorshipId];
            if (side.PausedAt is not null || !waiting.TryGetValue((side.MentorshipId, side.Side), out var batch)
                || !members.TryGetValue(mentorship.Of(side.Side), out var own) || !members.TryGetValue(mentorship.Of(side.Side.Other()), out var other)) side.NothingToTell();
            else if (agreed.GetValueOrDefault(side.MentorshipId)?.QuietOf(side.Side).EndAfter(now) is { } quietUntil) side.TellLater(quietUntil);
            else if (side.HasNotLookedSinceTold && side.ToldAt + betweenMails is { } next && next > now) side.TellLater(next);
            else
            {
                var who = called(other);
                foreach (var address in addresses[own.SellerId])
                    outbox.Add(new Mail(Kind, address, $"{who.Name} wrote to you: {batch.Count:N0} {(batch.Count == 1 ? "message" : "messages")}", ["What they wrote stands in Guildhall, and not in this mail."], new Link("Read and answer", TalkRoutes.Path(side.Side, side.MentorshipId))) { About = new(other.ParticipantId, who.Name) });
                side.Told(batch.Last, now);
            }
        }

        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return due.Count;
    }
}
