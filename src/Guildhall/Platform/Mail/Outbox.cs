using Guildhall.Platform.Database;

namespace Guildhall.Platform.Mail;

/// <summary>Where use cases leave mail. It is stored by the same save as what it tells of, and sent after that.</summary>
public sealed class Outbox(GuildhallDb db, MailSettings settings, TimeProvider clock)
{
    public void Add(Mail mail) => db.Add(OutgoingMail.Of(mail, settings.MessageIdDomain, clock.GetUtcNow()));
}
