using Guildhall.Modules.Enrollment;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Mentorships;

/// <summary>Whether somebody reached what they came for.</summary>
public enum Reached { Yes, Partly, No }

/// <summary>What one side says of a mentorship that came to its end: to the program's team, and a line of thanks to the other.</summary>
sealed class MentorshipReview
{
    public const int WordsLimit = 1000;

    MentorshipReview() { }

    public MentorshipReview(Guid mentorshipId, Side side, Guid accountId, Reached reached, bool again, string? words, string? thanks, DateTimeOffset now) =>
        (MentorshipId, Side, AccountId, Reached, Again, Words, Thanks, GivenAt) = (mentorshipId, side, accountId, reached, again, words, thanks, now);

    public Guid MentorshipId { get; private set; }
    public Side Side { get; private set; }
    public Guid AccountId { get; private set; }
    public Reached Reached { get; private set; }

    /// <summary>Would do it again.</summary>
    public bool Again { get; private set; }

    /// <summary>For the program's team.</summary>
    public string? Words { get; private set; }

    /// <summary>For the other of the two.</summary>
    public string? Thanks { get; private set; }
    public DateTimeOffset GivenAt { get; private set; }

    public static void Map(EntityTypeBuilder<MentorshipReview> review)
    {
        // One a side: of two tabs the database takes the first.
        review.HasKey(r => new { r.MentorshipId, r.Side });
        review.HasOne<Mentorship>().WithMany().HasForeignKey(r => r.MentorshipId);
        review.Property(r => r.Words).HasMaxLength(WordsLimit);
        review.Property(r => r.Thanks).HasMaxLength(WordsLimit);
        review.PersonalOfAccount(r => r.AccountId, r => r.Words, r => r.Thanks);
    }
}
