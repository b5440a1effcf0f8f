using System.Text.Json;
using Guildhall.Platform.Jobs;
using Guildhall.Platform.Privacy;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Platform.Mail;

/// <summary>Where a mail stands.</summary>
public enum MailState
{
    Waiting,
    Sent,
    /// <summary>Its reader had unsubscribed from its kind.</summary>
    Skipped,
    /// <summary>Its reader has it with the digest instead.</summary>
    InDigest,
    /// <summary>The mail server said no for good.</summary>
    Refused,
    /// <summary>Nobody took it for about three days.</summary>
    GaveUp,
}

/// <summary>What a mail says, kept until it is sent.</summary>
sealed record MailBody(IReadOnlyList<string> Paragraphs, Link? Action, CalendarPart? Calendar = null);

/// <summary>A mail on its way out: stored with the effect it tells of, tried until a mail server takes it, refuses it, or nobody answers for days.</summary>
sealed class OutgoingMail
{
    /// <summary>With the waits between them, about three days.</summary>
    public const int MostTries = 20;

    public const int AnswerLimit = 500;

    /// <summary>Far below the 998 characters that a line of a header may have (RFC 5322, 2.1.1).</summary>
    public const int SubjectLimit = 200;

    OutgoingMail() { }

    public Guid Id { get; private set; }

    public string KindId { get; private set; } = "";

    public bool IsTransactional { get; private set; }

    public string To { get; private set; } = "";

    /// <summary>The address as <see cref="MailOptOut"/> and <see cref="MailLimit"/> compare it.</summary>
    public string AddressKey { get; private set; } = "";

    public string Subject { get; private set; } = "";

    /// <summary>Null once a server took the mail: what it says may let its reader in.</summary>
    public MailBody? Body { get; private set; }

    /// <summary>The same at every try, so that a reader's program knows a second copy for what it is (RFC 5322, 3.6.4).</summary>
    public string MessageId { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset NextTryAt { get; private set; }

    /// <summary>Counted when a try begins, so that it also tells apart who holds the mail: the note of an earlier try finds another number.</summary>
    public int Tries { get; private set; }

    public MailState State { get; private set; }

    public string? LastAnswer { get; private set; }

    public DateTimeOffset? SentAt { get; private set; }

    /// <inheritdoc cref="Mail.UsefulUntil"/>
    public DateTimeOffset? UsefulUntil { get; private set; }

    public bool CanBeSentAgain => State is (MailState.Refused or MailState.GaveUp) && Body is not null;

    public static Refusal MovedOn => Refusal.Conflict("mail_moved_on", "This mail isn’t one that was refused or given up, or somebody has sent it again already. Open it to see where it stands.");

    /// <param name="notBefore">When it is due; null for at once.</param>
    public static OutgoingMail Of(Mail mail, string messageIdDomain, DateTimeOffset now, DateTimeOffset? notBefore = null)
    {
        var (id, to) = (Guid.CreateVersion7(now), MailWords.OnOneLine(mail.To));
        return new()
        {
            Id = id,
            KindId = mail.Kind.Id,
            IsTransactional = mail.Kind.IsTransactional,
            To = to,
            AddressKey = KeyOf(to),
            Subject = MailWords.Cut(MailWords.OnOneLine(mail.Subject), SubjectLimit),
            Body = new([.. mail.Paragraphs.Select(MailWords.OnLines)], mail.Action is { } action ? new Link(MailWords.OnOneLine(action.Label), action.Href) : null, mail.Calendar),
            MessageId = $"<{id:N}@{messageIdDomain}>",
            CreatedAt = now,
            NextTryAt = notBefore ?? now,
            UsefulUntil = mail.UsefulUntil,
        };
    }

    /// <summary>Two spellings of one address are one address.</summary>
    public static string KeyOf(string address) => address.Trim().ToLowerInvariant();

    /// <summary>Notes what came of a try.</summary>
    /// <param name="keepBody">Nobody but this installation has the mail: it must stay readable here.</param>
    public void Note(MailAnswer answer, bool keepBody, double chance, DateTimeOffset now)
    {
        LastAnswer = MailWords.Cut(MailWords.OnOneLine(answer.Words), AnswerLimit);
        switch (answer.Verdict)
        {
            case MailVerdict.Taken:
                (State, SentAt) = (MailState.Sent, now);
                if (!keepBody) Body = null;
                break;
            case MailVerdict.Refused:
                State = MailState.Refused;
                break;
            case MailVerdict.Later or MailVerdict.Unreachable when Tries >= MostTries:
                State = MailState.GaveUp;
                break;
            default:
                NextTryAt = now + Backoff.After(Tries, chance);
                break;
        }
    }

    public void Skip() => (State, Body) = (MailState.Skipped, null);

    /// <summary>Puts it off, as if nobody had tried it now. What would be too late by then is not put off.</summary>
    public bool PutOff(DateTimeOffset until)
    {
        if (UsefulUntil <= until) return false;
        (NextTryAt, Tries) = (until, Tries - 1);
        return true;
    }

    public void LeaveToDigest() => (State, Body) = (MailState.InDigest, null);

    /// <summary>Begins anew with a mail that was given up.</summary>
    public Refusal? SendAgain(DateTimeOffset now)
    {
        if (!CanBeSentAgain) return MovedOn;
        (State, Tries, NextTryAt) = (MailState.Waiting, 0, now);
        return null;
    }

    public static void Map(EntityTypeBuilder<OutgoingMail> mail)
    {
        mail.ToTable("outgoing_mail", "platform");
        mail.Property(m => m.Body).HasColumnType("jsonb").HasConversion(
            body => JsonSerializer.Serialize(body, JsonColumns.Options), json => JsonSerializer.Deserialize<MailBody>(json, JsonColumns.Options));
        mail.Property(m => m.LastAnswer).HasMaxLength(AnswerLimit);
        // Of two who change one mail at once, the second finds another number of tries, or another state.
        mail.Property(m => m.Tries).IsConcurrencyToken();
        mail.Property(m => m.State).IsConcurrencyToken();
        mail.HasIndex(m => m.NextTryAt).HasFilter("state = 'Waiting'");
        mail.HasIndex(m => new { m.AddressKey, m.KindId, m.CreatedAt });
        mail.HasIndex(m => new { m.State, m.Id });
        mail.Ignore(m => m.CanBeSentAgain);
        mail.BelongsToAddress(m => m.AddressKey).LeavesWithItsOwner().Personal(m => m.To, m => m.AddressKey, m => m.Subject, m => m.Body, m => m.LastAnswer).NotPersonal(m => m.KindId, m => m.MessageId);
    }
}

/// <summary>Somebody doesn’t want mails of one kind.</summary>
sealed record MailOptOut(string AddressKey, string KindId, DateTimeOffset OptedOutAt)
{
    public static void Map(EntityTypeBuilder<MailOptOut> optOut)
    {
        optOut.ToTable("mail_opt_out", "platform").HasKey(o => new { o.AddressKey, o.KindId });
        optOut.BelongsToAddress(o => o.AddressKey).LeavesWithItsOwner().Personal(o => o.AddressKey).NotPersonal(o => o.KindId);
    }
}
