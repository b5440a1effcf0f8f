using Guildhall.Modules.Enrollment;
using Guildhall.Modules.People;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Mail;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Mentorships;

/// <summary>Brings a message of the other one before the program's team. Reported again it is the same report.</summary>
sealed class ReportMessage(GuildhallDb db, OpenThread threads, ProgramLookup programs, AccountLookup accounts, Outbox outbox, TimeProvider clock)
{
    public static readonly MailKind Kind = new("report", "Messages that somebody reported", IsTransactional: true) { For = Readers.Team };

    public async Task<Refusal?> Run(Guid mentorshipId, Guid messageId, Side side, ShopActor shop, ReportReason reason, string? words, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await threads.Of(mentorshipId, side, shop, stop) is not { } thread || await One(mentorshipId, messageId, side, stop) is not { } message) return Refusal.NotFound("message");
        // The thread is held, so nothing is written and nobody else of this side reports it meanwhile.
        if (await db.Set<MessageReport>().AnyAsync(report => report.MessageId == messageId && report.Side == side, stop)) return null;
        var writtenUpTo = await db.Set<Message>().Where(m => m.MentorshipId == mentorshipId).MaxAsync(m => m.WrittenAt, stop);
        db.Add(new MessageReport(message, side, shop.AccountId, reason, words, writtenUpTo, clock.GetUtcNow()));
        await TellTeam(thread.Mentorship.ProgramId, stop);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return null;
    }

    /// <summary>Who reported whom, and what was written, stands on the page alone.</summary>
    async Task TellTeam(Guid programId, CancellationToken stop)
    {
        if (await programs.ById(programId, stop) is not { } program) return;
        foreach (var address in await accounts.TeamOf(program.Slug, stop))
            outbox.Add(new Mail(Kind, address, $"A message was reported in {program.Name}", ["Somebody in a mentorship reported a message of the other one. Read it with the messages around it, and decide what to do."], new Link("Open the reports", ReportRoutes.Root.Replace("{program}", program.Slug, StringComparison.Ordinal))));
    }

    /// <summary>A message that this side may report: one of the other's.</summary>
    public Task<Message?> One(Guid mentorshipId, Guid messageId, Side side, CancellationToken stop) =>
        db.Set<Message>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == messageId && m.MentorshipId == mentorshipId && m.Side != side, stop);
}
