using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Mentorships;

/// <summary>That a step of a shop's plan is done, and who says so: a person of the shop, its figures, or both.</summary>
sealed class StepMark
{
    public const int KeyLimit = 80;

    StepMark() { }

    public Guid SellerId { get; private set; }

    /// <summary>The step's key in the plan.</summary>
    public string StepKey { get; private set; } = "";
    public DateTimeOffset DoneAt { get; private set; }

    /// <summary>Who ticked it; null where only the figures did.</summary>
    public Guid? DoneBy { get; private set; }

    /// <summary>The day by which the shop's figures show it. What they once showed stays done: five listings were live, also when two are sold out since.</summary>
    public DateOnly? FiguresOn { get; private set; }

    public static void Map(EntityTypeBuilder<StepMark> mark)
    {
        // A step is done once, however often it is tapped and whichever comes first, a person or the figures.
        mark.HasKey(m => new { m.SellerId, m.StepKey });
        mark.BelongsToSeller(m => m.SellerId).NotPersonal(m => m.StepKey);
        mark.Property(m => m.StepKey).HasMaxLength(KeyLimit);
    }
}
