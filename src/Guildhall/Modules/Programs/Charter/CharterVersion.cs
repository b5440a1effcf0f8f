using Guildhall.Platform;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Programs;

/// <summary>The rules that everybody signs, as they were published once. Its text never changes: another text is another version.</summary>
sealed class CharterVersion
{
    public const int TextLimit = 20_000;
    public const int LineLimit = 300;

    CharterVersion() { }

    CharterVersion(int number, string text, string whatChanged, Actor by, DateTimeOffset now) =>
        (Number, Text, WhatChanged, PublishedBy, PublishedAt) = (number, text, whatChanged, by.AccountId, now);

    public int Number { get; private set; }

    /// <summary>Headings behind "## ", list items behind "- ", and paragraphs.</summary>
    public string Text { get; private set; } = "";

    /// <summary>What is new against the version before, in one line.</summary>
    public string WhatChanged { get; private set; } = "";

    public DateTimeOffset PublishedAt { get; private set; }
    public Guid PublishedBy { get; private set; }

    /// <summary>When it stopped holding by being taken back; null for one that was never.</summary>
    public DateTimeOffset? WithdrawnAt { get; private set; }

    public Guid? WithdrawnBy { get; private set; }
    public string? WithdrawnReason { get; private set; }

    public static Result<CharterVersion> Publish(int number, string text, string whatChanged, Actor by, DateTimeOffset now)
    {
        text = Plain(text);
        return Refusal.Together(
            text.Length is 0 or > TextLimit ? Refusal.Invalid("charter_text", $"Enter the text of the charter, up to {TextLimit:N0} characters.", "Text") : null,
            LineProblem(whatChanged, "what_changed", "Enter what is new in this version, in one line", "WhatChanged")) is { } problems
            ? problems
            : new CharterVersion(number, text, whatChanged, by, now);
    }

    public Result<CharterVersion> Withdraw(string reason, Actor by, DateTimeOffset now)
    {
        if (LineProblem(reason, "reason", "Enter why this version is withdrawn, in one line", "Reason") is { } problem) return problem;
        (WithdrawnAt, WithdrawnBy, WithdrawnReason) = (now, by.AccountId, reason);
        return this;
    }

    /// <summary>A text without the line ends of one system and the blanks around it, so that the same words are the same text.</summary>
    public static string Plain(string text) => text.ReplaceLineEndings("\n").Trim();

    static Refusal? LineProblem(string line, string code, string ask, string field) =>
        line.Length is 0 or > LineLimit || line.AsSpan().ContainsAny('\r', '\n') ? Refusal.Invalid(code, $"{ask} of up to {LineLimit} characters.", field) : null;

    public static void Map(EntityTypeBuilder<CharterVersion> version)
    {
        // Of two that are published at once the number lets one in.
        version.HasKey(v => v.Number);
        version.Property(v => v.Number).ValueGeneratedNever();
        version.Property(v => v.WhatChanged).HasMaxLength(LineLimit);
        version.Property(v => v.WithdrawnReason).HasMaxLength(LineLimit);
        version.NotPersonal(v => v.Text, v => v.WhatChanged, v => v.WithdrawnReason);
    }
}
