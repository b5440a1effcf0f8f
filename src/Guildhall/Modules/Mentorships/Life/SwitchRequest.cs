using Guildhall.Modules.Enrollment;
using Guildhall.Platform.Privacy;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Mentorships;

/// <summary>Why somebody would rather work with somebody else.</summary>
public enum SwitchReason { Times, Topics, WayOfWorking, NoContact, Other }

/// <summary>Somebody asked for somebody else. The program's team reads why; the other of the two never does.</summary>
sealed class SwitchRequest
{
    public const int WordsLimit = 500;

    SwitchRequest() { }

    public SwitchRequest(Guid mentorshipId, Side side, Guid accountId, SwitchReason reason, string? words, DateTimeOffset now) =>
        (MentorshipId, Side, AccountId, Reason, Words, AskedAt) = (mentorshipId, side, accountId, reason, string.IsNullOrWhiteSpace(words) ? null : words.Trim(), now);

    public Guid MentorshipId { get; private set; }
    public Side Side { get; private set; }
    public Guid AccountId { get; private set; }
    public SwitchReason Reason { get; private set; }
    public string? Words { get; private set; }
    public DateTimeOffset AskedAt { get; private set; }

    public static IReadOnlyList<Choice> Reasons { get; } = [.. Enum.GetValues<SwitchReason>().Select(reason => new Choice(reason.ToString(), Of(reason)))];

    public static string Of(SwitchReason reason) => reason switch
    {
        SwitchReason.Times => "We find no times",
        SwitchReason.Topics => "What I need is another topic",
        SwitchReason.WayOfWorking => "We work in different ways",
        SwitchReason.NoContact => "I hear too little",
        _ => "Something else",
    };

    public static void Map(EntityTypeBuilder<SwitchRequest> request)
    {
        // A mentorship ends once, so there is one.
        request.HasKey(r => r.MentorshipId);
        request.HasOne<Mentorship>().WithOne().HasForeignKey<SwitchRequest>(r => r.MentorshipId);
        request.Property(r => r.Words).HasMaxLength(WordsLimit);
        request.PersonalOfAccount(r => r.AccountId, r => r.Words);
    }
}
