using Guildhall.Modules.Enrollment;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Mentorships;

/// <summary>Something that one of a mentorship does next, by a day. Either of the two writes it down; whose it is ticks it.</summary>
sealed class ActionItem
{
    public const int TextLimit = 200;

    ActionItem() { }

    public ActionItem(Guid mentorshipId, Guid key, Side owner, string text, DateOnly dueOn, Guid accountId, DateTimeOffset now) =>
        (Id, MentorshipId, Key, Owner, Text, DueOn, AccountId, AddedAt) = (Guid.CreateVersion7(now), mentorshipId, key, owner, text, dueOn, accountId, now);

    public Guid Id { get; private set; }
    public Guid MentorshipId { get; private set; }

    /// <summary>Of the form it was typed into: a form that is sent again is the same item.</summary>
    public Guid Key { get; private set; }

    /// <summary>The side that does it.</summary>
    public Side Owner { get; private set; }

    /// <summary>Null once who wrote it was erased.</summary>
    public string? Text { get; private set; }
    public DateOnly DueOn { get; private set; }

    /// <summary>Who wrote it down.</summary>
    public Guid AccountId { get; private set; }
    public DateTimeOffset AddedAt { get; private set; }
    public DateTimeOffset? DoneAt { get; private set; }

    /// <summary>A second tap changes nothing.</summary>
    public void Tick(bool isDone, DateTimeOffset now) => DoneAt = isDone ? DoneAt ?? now : null;

    public static void Map(EntityTypeBuilder<ActionItem> item)
    {
        item.Property(i => i.Id).ValueGeneratedNever();
        item.HasOne<Mentorship>().WithMany().HasForeignKey(i => i.MentorshipId);
        item.HasIndex(i => new { i.MentorshipId, i.AccountId, i.Key }).IsUnique();
        item.Property(i => i.Text).HasMaxLength(TextLimit);
        item.PersonalOfAccount(i => i.AccountId, i => i.Text);
    }
}
