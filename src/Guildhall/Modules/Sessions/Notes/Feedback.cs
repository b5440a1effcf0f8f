using Guildhall.Modules.Enrollment;
using Guildhall.Platform;
using Guildhall.Platform.Privacy;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Sessions;

/// <summary>Whether a session was useful to the mentee.</summary>
public enum Useful { Yes, Partly, No }

/// <summary>Whether the two fit, as the mentee feels it. Only the program's team reads it.</summary>
public enum Fit { Yes, NotSure, No }

/// <summary>What a mentee says of a session: two questions, what the mentor did, and, if need be, a remark about conduct that goes to the program's team at once. It is given once and not changed: the mentor may have read it by then.</summary>
sealed class Feedback
{
    public const int WordsLimit = 1000;

    /// <summary>The second question is asked after so many first sessions of a pair.</summary>
    public const int SessionsAboutFit = 3;

    Feedback() { }

    public Feedback(Session session, Guid accountId, Useful useful, Fit? fit, IEnumerable<string> behaviors, string? conduct, DateTimeOffset now) =>
        (SessionId, PairId, MentorId, AccountId, Useful, Fit, Behaviors, Conduct, GivenAt) = (session.Id, session.PairId, session.MentorId, accountId, useful, fit, [.. behaviors], conduct, now);

    public Guid SessionId { get; private set; }
    public Guid PairId { get; private set; }
    public Guid MentorId { get; private set; }
    public Guid AccountId { get; private set; }
    public Useful Useful { get; private set; }

    /// <summary>Null where it was not asked or not answered.</summary>
    public Fit? Fit { get; private set; }

    /// <summary>Keys of <see cref="Behavior.All"/>.</summary>
    public List<string> Behaviors { get; private set; } = [];

    /// <summary>A remark about conduct, for the program's team alone.</summary>
    public string? Conduct { get; private set; }

    /// <summary>When the team saw to the remark; null while it has not, and where there is none.</summary>
    public DateTimeOffset? ConductSeenToAt { get; private set; }
    public Guid? ConductSeenToBy { get; private set; }
    public DateTimeOffset GivenAt { get; private set; }

    public void SeeTo(Guid accountId, DateTimeOffset now) => (ConductSeenToAt, ConductSeenToBy) = (ConductSeenToAt ?? now, ConductSeenToBy ?? accountId);

    public static void Map(EntityTypeBuilder<Feedback> feedback)
    {
        // Once a session: of two tabs the database takes the first.
        feedback.HasKey(f => f.SessionId);
        feedback.HasOne<Session>().WithOne().HasForeignKey<Feedback>(f => f.SessionId).OnDelete(DeleteBehavior.Cascade);
        feedback.HasIndex(f => f.MentorId);
        feedback.HasIndex(f => f.PairId);
        feedback.Property(f => f.Conduct).HasMaxLength(WordsLimit);
        feedback.PersonalOfAccount(f => f.AccountId, f => f.Conduct).NotPersonal(f => f.Behaviors);
    }
}

/// <summary>Something that a mentor does or doesn't do in a session: what they can go on with, or do otherwise. Never a grade.</summary>
/// <param name="Helped">Whether it helped.</param>
/// <param name="ToMentor">The same as the mentor reads it.</param>
public sealed record Behavior(string Key, bool Helped, string Label, string ToMentor)
{
    public static readonly IReadOnlyList<Behavior> All =
    [
        new("looked-at-figures", true, "Looked at my figures with me", "You looked at the figures together"),
        new("listened", true, "Let me say first what I tried", "You let them say first what they tried"),
        new("one-step", true, "We agreed one clear next step", "You agreed one clear next step"),
        new("came-prepared", true, "Knew what we had agreed last time", "You knew what was agreed last time"),
        new("too-much", false, "It was too much at once", "It was too much at once"),
        new("no-step", false, "I did not know what to do next", "They did not know what to do next"),
        new("talked-over", false, "I had little room to speak", "They had little room to speak"),
        new("ran-out", false, "We ran out of time", "You ran out of time"),
    ];

    public static IReadOnlyList<Choice> Choices { get; } = [.. All.Select(one => new Choice(one.Key, one.Label))];
}
