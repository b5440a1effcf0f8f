using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Sessions;

/// <summary>That somebody was reminded of a session so many hours before it. Of a session that is moved they are reminded anew.</summary>
sealed class Reminder
{
    Reminder() { }

    public Guid SessionId { get; private set; }
    public Guid SellerId { get; private set; }
    public int HoursBefore { get; private set; }

    /// <summary>The time that they were reminded of.</summary>
    public DateTimeOffset StartsAt { get; private set; }
    public DateTimeOffset SentAt { get; private set; }

    public static void Map(EntityTypeBuilder<Reminder> reminder)
    {
        reminder.HasKey(r => new { r.SessionId, r.SellerId, r.HoursBefore, r.StartsAt });
        reminder.HasOne<Session>().WithMany().HasForeignKey(r => r.SessionId).OnDelete(DeleteBehavior.Cascade);
        reminder.BelongsToSeller(r => r.SellerId).LeavesWithItsOwner();
    }
}
