using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Platform.Mail;

/// <summary>Where use cases leave what people are told. Mail and notice are stored by the same save as what they tell of; the mail is sent after that.</summary>
public sealed class Outbox(GuildhallDb db, MailSettings settings, TimeProvider clock)
{
    /// <param name="notBefore">The mail waits until then, so that it can be taken back; null for at once.</param>
    /// <returns>The mail's id, for who asks later what became of it.</returns>
    public Guid Add(Mail mail, DateTimeOffset? notBefore = null)
    {
        var outgoing = OutgoingMail.Of(mail, settings.MessageIdDomain, clock.GetUtcNow(), notBefore);
        db.Add(outgoing);
        if (mail.Kind is { For: not Readers.Nobody, IsDigest: false }) db.Add(PersonalNotice.Of(mail, outgoing));
        return outgoing.Id;
    }

    /// <summary>Takes mails back that nobody has tried to send yet, and their notices. Ask inside the transaction of what takes them back: until it ends no node sends them.</summary>
    /// <returns>How many were still here. The others are sent, or on their way.</returns>
    public async Task<int> TakeBack(IReadOnlyCollection<Guid> ids, CancellationToken stop)
    {
        if (ids.Count == 0) return 0;
        Guid[] asked = [.. ids];
        var taken = await db.Database.SqlQuery<Guid>($"DELETE FROM platform.outgoing_mail WHERE id = ANY ({asked}) AND state = 'Waiting' AND tries = 0 RETURNING id AS \"Value\"").ToListAsync(stop);
        await db.Set<PersonalNotice>().Where(notice => taken.Contains(notice.Id)).ExecuteDeleteAsync(stop);
        return taken.Count;
    }

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
