using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Platform.Mail;

/// <summary>Keeps an address from being flooded: so many mails of a kind in 24 hours, and no more. A use case asks it before it adds the mail.</summary>
/// <remarks>
/// Ask inside the transaction that stores the mail. The question takes a lock on kind and address until that ends, so of two at once the second counts what the first added.
/// </remarks>
public sealed class MailLimit(GuildhallDb db, TimeProvider clock)
{
    /// <returns>What to tell the person who wanted to send one more; null when one more may go.</returns>
    public async Task<Refusal?> Reached(MailKind kind, string to, CancellationToken stop)
    {
        if (db.Database.CurrentTransaction is null) throw new InvalidOperationException("The limit of mails is asked inside the transaction that stores the mail: the lock it takes ends with it.");
        var (key, since) = (OutgoingMail.KeyOf(to), clock.GetUtcNow().AddDays(-1));
        await db.LockUntilCommit($"mail {kind.Id} {key}", stop);
        var stored = await db.Set<OutgoingMail>().CountAsync(mail => mail.AddressKey == key && mail.KindId == kind.Id && mail.CreatedAt > since, stop);
        var added = db.ChangeTracker.Entries<OutgoingMail>().Count(entry => entry.State == EntityState.Added && entry.Entity.AddressKey == key && entry.Entity.KindId == kind.Id);
        return stored + added < kind.MostADay
            ? null
            : Refusal.Conflict("mail_limit", $"{to.Trim()} was sent {kind.MostADay} mails of this kind within a day, which is the most. Nothing was sent or changed. Try again tomorrow.");
    }
}
