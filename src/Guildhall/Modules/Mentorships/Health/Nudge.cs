using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Mentorships;

/// <summary>Somebody wrote to both of a mentorship that they are not in contact: the product by itself, or the program's team.</summary>
/// <param name="AccountId">Who of the team; null for the product.</param>
sealed record Nudge(Guid Id, Guid MentorshipId, DateTimeOffset SentAt, DateOnly SentOn, Guid? AccountId)
{
    public static void Map(EntityTypeBuilder<Nudge> nudge)
    {
        nudge.HasOne<Mentorship>().WithMany().HasForeignKey(n => n.MentorshipId);
        // Not twice a day, whoever writes: of two nodes, or of two managers, the database takes the first.
        nudge.HasIndex(n => new { n.MentorshipId, n.SentOn }).IsUnique();
    }
}
