using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Platform.Mail;

/// <summary>
/// What somebody was told, as their page of notices shows it: stored with the mail that tells the same, and whether or not that goes out. It belongs to an address, as the mail does.
/// </summary>
sealed class PersonalNotice
{
    /// <summary>Stands in the words for the name of whom they are about.</summary>
    public const string Name = "{name}";

    PersonalNotice() { }

    /// <summary>The same as its mail’s.</summary>
    public Guid Id { get; private set; }

    public string AddressKey { get; private set; } = "";

    public string KindId { get; private set; } = "";

    /// <summary>The subject of the mail, with <see cref="Name"/> where it calls somebody by name.</summary>
    public string Words { get; private set; } = "";

    /// <summary>The participant whom they are about. An id, so that nobody is found here once they are erased.</summary>
    public Guid? AboutId { get; private set; }

    /// <summary>Where the thing is: a path on this site.</summary>
    public string Href { get; private set; } = "";

    /// <summary>When it is shown from.</summary>
    public DateTimeOffset At { get; private set; }

    public DateTimeOffset? ReadAt { get; private set; }

    /// <summary>The time of the digest that it waits for; null when it waits for none.</summary>
    public DateTimeOffset? DigestAt { get; private set; }

    public static PersonalNotice Of(Mail mail, OutgoingMail outgoing) => new()
    {
        Id = outgoing.Id,
        AddressKey = outgoing.AddressKey,
        KindId = outgoing.KindId,
        Words = mail.About is { } about ? outgoing.Subject.Replace(MailWords.OnOneLine(about.Name), Name, StringComparison.Ordinal) : outgoing.Subject,
        AboutId = mail.About?.ParticipantId,
        Href = mail.Action?.Href ?? "/",
        At = outgoing.NextTryAt,
        ReadAt = mail.IsOwnDeed ? outgoing.CreatedAt : null,
    };

    /// <summary>Who read it needs no digest that says so.</summary>
    public void WaitForDigest(DateTimeOffset at) => DigestAt = ReadAt is null ? at : null;

    public static void Map(EntityTypeBuilder<PersonalNotice> notice)
    {
        notice.ToTable("notice", "platform");
        notice.HasIndex(n => new { n.AddressKey, n.Id });
        notice.HasIndex(n => new { n.AddressKey, n.At }).HasFilter("read_at IS NULL");
        notice.HasIndex(n => new { n.DigestAt, n.AddressKey }).HasFilter("digest_at IS NOT NULL");
        notice.HasIndex(n => n.At);
        notice.Property(n => n.Words).HasMaxLength(OutgoingMail.SubjectLimit + Name.Length);
        notice.BelongsToAddress(n => n.AddressKey).LeavesWithItsOwner().Personal(n => n.AddressKey, n => n.Words).NotPersonal(n => n.KindId, n => n.Href);
    }
}
