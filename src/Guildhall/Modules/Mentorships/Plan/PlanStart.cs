using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Mentorships;

/// <summary>That a shop began the plan, and which version of it: that one stays theirs, whatever editors change later. A shop has one plan, however many programs it is in.</summary>
sealed class PlanStart
{
    PlanStart() { }

    public Guid SellerId { get; private set; }
    public int Version { get; private set; }
    public DateTimeOffset StartedAt { get; private set; }

    public static void Map(EntityTypeBuilder<PlanStart> start)
    {
        start.HasKey(s => s.SellerId);
        start.BelongsToSeller(s => s.SellerId);
    }
}
