using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Enrollment;

/// <summary>That a person agreed to a version of the charter, and when. A new version asks again; what was signed stays.</summary>
sealed class CharterSignature
{
    CharterSignature() { }

    public CharterSignature(Guid accountId, Guid sellerId, string name, int charterNumber, DateTimeOffset now) =>
        (AccountId, SellerId, Name, CharterNumber, SignedAt) = (accountId, sellerId, name, charterNumber, now);

    public Guid AccountId { get; private set; }
    public Guid SellerId { get; private set; }

    /// <summary>As they were called when they signed.</summary>
    public string Name { get; private set; } = "";
    public int CharterNumber { get; private set; }
    public DateTimeOffset SignedAt { get; private set; }

    public static void Map(EntityTypeBuilder<CharterSignature> signature)
    {
        // One signature of a person under a version: signing twice in two windows is signing once.
        signature.HasKey(s => new { s.AccountId, s.CharterNumber });
        signature.HasIndex(s => new { s.SellerId, s.CharterNumber });
        signature.Property(s => s.Name).HasMaxLength(Participant.NameLimit);
        signature.BelongsToAccount(s => s.AccountId).Personal(s => s.Name);
    }
}
