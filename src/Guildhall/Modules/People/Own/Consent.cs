using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.People;

/// <summary>That a shop lets one thing of it be seen, from one moment to another: who said so, and what for. Given again is a further row; none is ever removed.</summary>
sealed class Consent
{
    public const int ItemLimit = 40;
    public const int PurposeLimit = 300;

    Consent() { }

    public Guid Id { get; private set; }

    /// <summary>The shop whose own it is. Whoever acts for it speaks for all of it.</summary>
    public Guid SellerId { get; private set; }

    /// <summary>What may be seen, by a name that its owner gave it.</summary>
    public string Item { get; private set; } = "";

    /// <summary>Which wording of the purpose was agreed to. Another purpose asks again.</summary>
    public int PurposeVersion { get; private set; }

    /// <summary>That wording, as it was read.</summary>
    public string Purpose { get; private set; } = "";

    public Guid GivenBy { get; private set; }
    public DateTimeOffset GivenAt { get; private set; }
    public Guid? TakenBackBy { get; private set; }
    public DateTimeOffset? TakenBackAt { get; private set; }

    public static void Map(EntityTypeBuilder<Consent> consent)
    {
        consent.Property(c => c.Item).HasMaxLength(ItemLimit);
        consent.Property(c => c.Purpose).HasMaxLength(PurposeLimit);
        // At most one holds at a time, however often a button is tapped.
        consent.HasIndex(c => new { c.SellerId, c.Item }).IsUnique().HasFilter("taken_back_at IS NULL");
        consent.HasIndex(c => new { c.SellerId, c.GivenAt });
        consent.BelongsToSeller(c => c.SellerId).NotPersonal(c => c.Item, c => c.Purpose);
    }
}
