using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Enrollment;

/// <summary>What a participant was told last of their cohort's welcome session.</summary>
sealed class WelcomeNotice
{
    WelcomeNotice() { }

    public Guid ParticipantId { get; private set; }

    /// <summary>The time that they were told; null where they were told that there is none any more.</summary>
    public DateTimeOffset? StartsAt { get; private set; }
    public DateTimeOffset ToldAt { get; private set; }

    public static void Map(EntityTypeBuilder<WelcomeNotice> notice)
    {
        notice.HasKey(n => n.ParticipantId);
        notice.BelongsThrough<WelcomeNotice, Participant>(n => n.ParticipantId);
        notice.HasOne<Participant>().WithOne().HasForeignKey<WelcomeNotice>(n => n.ParticipantId).OnDelete(DeleteBehavior.Cascade);
    }
}
