using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Mail;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Notices;

/// <summary>Writes an administrator a mail, to see whether it arrives.</summary>
sealed class SendTestMail(GuildhallDb db, Outbox outbox, MailLimit limit)
{
    public static readonly MailKind Kind = new("test", "Test mail", IsTransactional: true) { MostADay = 20 };

    public async Task<Result<Guid>> Run(string to, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await limit.Reached(Kind, to, stop) is { } refusal) return refusal;
        outbox.Add(new Mail(Kind, to, "A test mail", ["You asked Guildhall for this mail, to see whether it arrives. It did."], new Link("Look at the list of mails", MailPages.Path)));
        var id = db.ChangeTracker.Entries<OutgoingMail>().Single().Entity.Id;
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return id;
    }
}
