using Guildhall.Modules.Enrollment;
using Guildhall.Platform.Privacy;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Mentorships;

/// <summary>Why somebody reports a message.</summary>
public enum ReportReason { Unkind, Pressure, Selling, Private, Other }

/// <summary>What a program's team decided on a report.</summary>
public enum ReportDecision { NothingToDo, SpokenWithBoth, EndedPair }

/// <summary>One of a mentorship asks the program's team to read a message of the other. With it they read the messages around it, and no others.</summary>
sealed class MessageReport
{
    public const int WordsLimit = 500;

    /// <summary>So many before the message and so many after it are read with it.</summary>
    public const int ReadAround = 5;

    MessageReport() { }

    public MessageReport(Message message, Side side, Guid accountId, ReportReason reason, string? words, DateTimeOffset writtenUpTo, DateTimeOffset now)
    {
        (Id, MentorshipId, MessageId, Side, AccountId) = (Guid.CreateVersion7(now), message.MentorshipId, message.Id, side, accountId);
        (Reason, Words, WrittenUpTo, ReportedAt) = (reason, string.IsNullOrWhiteSpace(words) ? null : words.Trim(), writtenUpTo, now);
    }

    public Guid Id { get; private set; }
    public Guid MentorshipId { get; private set; }
    public Guid MessageId { get; private set; }

    /// <summary>The side that reports.</summary>
    public Side Side { get; private set; }
    public Guid AccountId { get; private set; }
    public ReportReason Reason { get; private set; }

    /// <summary>For the program's team.</summary>
    public string? Words { get; private set; }

    /// <summary>What was written later than this is not read with it: nobody had agreed to that.</summary>
    public DateTimeOffset WrittenUpTo { get; private set; }
    public DateTimeOffset ReportedAt { get; private set; }

    public ReportDecision? Decision { get; private set; }
    public Guid? DecidedBy { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }

    public static IReadOnlyList<Choice> Reasons { get; } = [.. Enum.GetValues<ReportReason>().Select(reason => new Choice(reason.ToString(), Of(reason)))];

    public static string Of(ReportReason reason) => reason switch
    {
        ReportReason.Unkind => "It is unkind or threatening",
        ReportReason.Pressure => "I am pressed to do something",
        ReportReason.Selling => "They try to sell me something",
        ReportReason.Private => "It asks for what is private, or shares it",
        _ => "Something else",
    };

    public static string Of(ReportDecision decision) => decision switch { ReportDecision.NothingToDo => "Nothing to do", ReportDecision.SpokenWithBoth => "Spoken with both", _ => "Ended the pair" };

    public static void Map(EntityTypeBuilder<MessageReport> report)
    {
        report.Property(r => r.Id).ValueGeneratedNever();
        report.HasOne<Mentorship>().WithMany().HasForeignKey(r => r.MentorshipId);
        report.HasOne<Message>().WithMany().HasForeignKey(r => r.MessageId);
        // A side reports a message once, however often the button is pressed.
        report.HasIndex(r => new { r.MessageId, r.Side }).IsUnique();
        report.HasIndex(r => r.MentorshipId);
        report.Property(r => r.Words).HasMaxLength(WordsLimit);
        report.PersonalOfAccount(r => r.AccountId, r => r.Words);
    }
}
