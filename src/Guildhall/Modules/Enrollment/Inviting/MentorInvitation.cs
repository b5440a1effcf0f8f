using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Enrollment;

/// <summary>That somebody asked a shop to apply as a mentor of a program. One row for both, however often it is asked.</summary>
sealed class MentorInvitation
{
    /// <summary>Nobody is asked again before.</summary>
    public const int DaysBetween = 30;

    MentorInvitation() { }

    public MentorInvitation(Guid programId, Guid sellerId) => (ProgramId, SellerId) = (programId, sellerId);

    public Guid ProgramId { get; private set; }
    public Guid SellerId { get; private set; }

    /// <summary>The last time, and who asked then.</summary>
    public DateTimeOffset InvitedAt { get; private set; }
    public Guid InvitedBy { get; private set; }
    public int Times { get; private set; }

    public uint RowVersion { get; private set; }

    public static bool IsLately(DateTimeOffset invitedAt, DateTimeOffset now) => invitedAt.AddDays(DaysBetween) > now;

    public void Ask(Guid by, DateTimeOffset now) => (InvitedBy, InvitedAt, Times) = (by, now, Times + 1);

    public static void Map(EntityTypeBuilder<MentorInvitation> invitation)
    {
        // Two managers who ask one shop at once ask it once: the database refuses the second row.
        invitation.HasKey(i => new { i.ProgramId, i.SellerId });
        invitation.HasIndex(i => i.SellerId);
        invitation.HasIndex(i => i.InvitedAt);
        invitation.Property(i => i.RowVersion).IsRowVersion();
        // It holds ids and times alone. Nobody counts them, so they leave with the shop.
        invitation.BelongsToSeller(i => i.SellerId).LeavesWithItsOwner();
    }
}
