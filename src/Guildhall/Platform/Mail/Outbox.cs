using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Platform.Mail;

/// <summary>Where use cases leave mail. It is stored by the same save as what it tells of, and sent after that.</summary>
public sealed class Outbox(GuildhallDb db, MailSettings settings, TimeProvider clock)
{
    /// <param name="notBefore">The mail waits until then, so that it can be taken back; null for at once.</param>
    /// <returns>The mail's id, for who asks later what became of it.</returns>
    public Guid Add(Mail mail, DateTimeOffset? notBefore = null)
    {
        var outgoing = OutgoingMail.Of(mail, settings.MessageIdDomain, clock.GetUtcNow(), notBefore);
        db.Add(outgoing);
        return outgoing.Id;
    }

    /// <summary>Takes mails back that nobody has tried to send yet. Ask inside the transaction of what takes them back: until it ends no node sends them.</summary>
    /// <returns>How many were still here. The others are sent, or on their way.</returns>
    public Task<int> TakeBack(IReadOnlyCollection<Guid> ids, CancellationToken stop) =>
        db.Set<OutgoingMail>().Where(mail => ids.Contains(mail.Id) && mail.State == MailState.Waiting && mail.Tries == 0).ExecuteDeleteAsync(stop);

    /// <summary>Which of some addresses unsubscribed from a kind of mail.</summary>
    public async Task<IReadOnlySet<string>> Unwanted(MailKind kind, IReadOnlyCollection<string> addresses, CancellationToken stop)
    {
        List<string> keys = [.. addresses.Select(OutgoingMail.KeyOf).Distinct()];
        var unwanted = (await db.Set<MailOptOut>().Where(optOut => optOut.KindId == kind.Id && keys.Contains(optOut.AddressKey)).Select(optOut => optOut.AddressKey).ToListAsync(stop)).ToHashSet();
        return addresses.Where(address => unwanted.Contains(OutgoingMail.KeyOf(address))).ToHashSet();
    }

    /// <summary>What became of mails, by their ids; one that is not kept any more is left out.</summary>
    public async Task<IReadOnlyDictionary<Guid, MailFate>> Fates(IReadOnlyCollection<Guid> ids, CancellationToken stop) =>
        await db.Set<OutgoingMail>().Where(mail => ids.Contains(mail.Id))
            .Select(mail => new { mail.Id, mail.State, mail.NextTryAt, mail.SentAt, HasBody = mail.Body != null })
            // What a server took is deleted: who still has the text of a mail that went out had no server to give it to.
            .ToDictionaryAsync(mail => mail.Id, mail => new MailFate(mail.State, mail.NextTryAt, mail.SentAt, mail.State == MailState.Sent && mail.HasBody), stop);
}

/// <summary>Where a mail stands, for the page of what it tells of.</summary>
/// <param name="DueAt">While it waits: when it is tried next.</param>
/// <param name="WentNowhere">It was written, and no mail server is set that could have taken it.</param>
public sealed record MailFate(MailState State, DateTimeOffset DueAt, DateTimeOffset? SentAt, bool WentNowhere);
