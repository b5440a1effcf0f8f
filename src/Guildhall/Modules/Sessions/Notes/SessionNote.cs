using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Sessions;

/// <summary>What was written down of a session, by the coaching method: what was covered, tried and seen in the figures, and the one next step. Both read it, and both may write in it.</summary>
sealed class SessionNote
{
    public const int WordsLimit = 1000;

    /// <summary>One line: a next step is one thing.</summary>
    public const int StepLimit = 200;

    SessionNote() { }

    public SessionNote(Guid sessionId) => SessionId = sessionId;

    public Guid SessionId { get; private set; }

    /// <summary>Ids of <see cref="Skill.All"/>.</summary>
    public List<string> Topics { get; private set; } = [];
    public string Tried { get; private set; } = "";
    public string Figures { get; private set; } = "";

    /// <summary>What the mentee does until next time; empty where nothing was agreed.</summary>
    public string NextStep { get; private set; } = "";

    /// <summary>The side that wrote last.</summary>
    public Side WrittenFrom { get; private set; }
    public DateTimeOffset WrittenAt { get; private set; }

    /// <summary>Goes up with each change. Of two who write at once, the second is shown what the first wrote.</summary>
    public int Edition { get; private set; }

    public Result<SessionNote> Write(NoteWords words, Side side, DateTimeOffset now)
    {
        if (Refusal.Together(
            words.Topics.Any(topic => Skill.Find(topic) is null) ? Refusal.Invalid("topics", "Choose topics from the list. Nothing was saved yet.", "Topics") : null,
            TooLong(words.Tried, WordsLimit, "Tried"), TooLong(words.Figures, WordsLimit, "Figures"), TooLong(words.NextStep, StepLimit, "NextStep"),
            words.IsEmpty ? Refusal.Invalid("empty", "Choose a topic, or write a line. Nothing was saved yet.", "NextStep") : null) is { } refusal) return refusal;
        (Topics, Tried, Figures, NextStep) = ([.. Skill.All.Select(skill => skill.Id).Intersect(words.Topics)], words.Tried, words.Figures, words.NextStep);
        (WrittenFrom, WrittenAt, Edition) = (side, now, Edition + 1);
        return this;
    }

    public bool Says(NoteWords words) => (Tried, Figures, NextStep) == (words.Tried, words.Figures, words.NextStep) && Topics.ToHashSet().SetEquals(words.Topics);

    internal static Refusal? TooLong(string text, int limit, string field) => text.Length > limit ? Refusal.Invalid("too_long", $"Write up to {limit} characters. Nothing was saved yet.", field) : null;

    public static void Map(EntityTypeBuilder<SessionNote> note)
    {
        note.HasKey(n => n.SessionId);
        note.HasOne<Session>().WithOne().HasForeignKey<SessionNote>(n => n.SessionId).OnDelete(DeleteBehavior.Cascade);
        note.Property(n => n.Tried).HasMaxLength(WordsLimit);
        note.Property(n => n.Figures).HasMaxLength(WordsLimit);
        note.Property(n => n.NextStep).HasMaxLength(StepLimit);
        note.Property(n => n.Edition).IsConcurrencyToken();
        // Both wrote it and both read it, as the session's topics.
        note.BelongsThrough<SessionNote, Session>(n => n.SessionId).Personal(n => n.Tried, n => n.Figures, n => n.NextStep).NotPersonal(n => n.Topics);
    }
}

/// <summary>What somebody writes down of a session.</summary>
sealed record NoteWords(IReadOnlyList<string> Topics, string Tried, string Figures, string NextStep)
{
    public bool IsEmpty => Topics.Count == 0 && Tried.Length + Figures.Length + NextStep.Length == 0;
}

/// <summary>What one side keeps of a session for itself. The other one never reads it, and nobody of the program’s team does without a recorded ground.</summary>
sealed class PrivateNote
{
    PrivateNote() { }

    public Guid SessionId { get; private set; }
    public Side Side { get; private set; }
    public Guid AccountId { get; private set; }
    public string Words { get; private set; } = "";
    public DateTimeOffset WrittenAt { get; private set; }

    public static void Map(EntityTypeBuilder<PrivateNote> note)
    {
        note.HasKey(n => new { n.SessionId, n.Side });
        note.HasOne<Session>().WithMany().HasForeignKey(n => n.SessionId).OnDelete(DeleteBehavior.Cascade);
        note.Property(n => n.Words).HasMaxLength(SessionNote.WordsLimit);
        note.PersonalOfAccount(n => n.AccountId, n => n.Words);
    }
}
