using System.Text.Json;
using Guildhall.Platform;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Enrollment;

/// <summary>What a mentor's application is judged by. Results alone make no mentor: the wish to teach has its own line.</summary>
/// <param name="Id">Stable, kept with each review.</param>
/// <param name="Low">What 1 means.</param>
/// <param name="High">What 4 means.</param>
public sealed record RubricLine(string Id, string Name, string Low, string High);

public static class Rubric
{
    public const int Lowest = 1;
    public const int Highest = 4;

    public static readonly IReadOnlyList<RubricLine> Lines =
    [
        new("results", "Results in their own shop", "little to show, or falling", "steady sales and content buyers for a year"),
        new("teaching", "Wish to teach", "says nothing about others", "has helped others before, and says how"),
        new("skills", "Skills that new shops ask for", "none of those asked for", "several, shown by their figures"),
        new("time", "Time for it", "no hours a mentee could use", "regular hours, and no more places than they can carry"),
        new("interests", "Interests that could stand between", "would stand between them and most mentees", "none, or easily worked around"),
    ];
}

/// <summary>A score for each line of the rubric, by its id.</summary>
public sealed record ReviewScores(IReadOnlyDictionary<string, int> ByLine);

/// <summary>One reviewer's view of a mentor's application: a score a line, a recommendation and why. Each reviewer has one, and may change it until it is decided on.</summary>
sealed class VettingReview
{
    public const int NoteLimit = 2_000;
    public const string WhoReads = "Staff read it, and the shop where it asks for its data.";

    VettingReview() { }

    VettingReview(Guid applicationId, Actor by) => (ApplicationId, ReviewerId, ReviewerName) = (applicationId, by.AccountId, by.Name);

    public Guid ApplicationId { get; private set; }
    public Guid ReviewerId { get; private set; }
    public string ReviewerName { get; private set; } = "";
    public ReviewScores Scores { get; private set; } = new(new Dictionary<string, int>());
    public bool Recommends { get; private set; }
    public string Note { get; private set; } = "";
    public DateTimeOffset GivenAt { get; private set; }
    public uint RowVersion { get; private set; }

    public static VettingReview Of(Guid applicationId, Actor by) => new(applicationId, by);

    public Result<VettingReview> Say(IReadOnlyDictionary<string, int> scores, bool? recommends, string note, DateTimeOffset now)
    {
        note = note.Trim();
        if (Refusal.Together([
            .. Rubric.Lines.Where(line => !scores.TryGetValue(line.Id, out var score) || score is < Rubric.Lowest or > Rubric.Highest).Select(line => Refusal.Invalid("score", $"Choose {Rubric.Lowest} to {Rubric.Highest} for “{line.Name}”.", $"score-{line.Id}")),
            recommends is null ? Refusal.Invalid("recommendation", "Choose whether you would take them.", "Recommends") : null,
            note.Length is 0 or > NoteLimit ? Refusal.Invalid("note", $"Write why, in up to {NoteLimit:N0} characters. {WhoReads}", "Note") : null]) is { } problems)
        {
            return problems;
        }

        (Scores, Recommends, Note, GivenAt) = (new ReviewScores(scores), recommends!.Value, note, now);
        return this;
    }

    public static void Map(EntityTypeBuilder<VettingReview> review)
    {
        review.HasKey(r => new { r.ApplicationId, r.ReviewerId });
        review.Property(r => r.ReviewerName).HasMaxLength(Participant.NameLimit);
        review.Property(r => r.Note).HasMaxLength(NoteLimit);
        review.Property(r => r.RowVersion).IsRowVersion();
        review.Property(r => r.Scores).HasColumnType("jsonb").HasConversion(
            scores => JsonSerializer.Serialize(scores, JsonColumns.Options), json => JsonSerializer.Deserialize<ReviewScores>(json, JsonColumns.Options)!);
        review.BelongsThrough<VettingReview, Application>(r => r.ApplicationId).Personal(r => r.Scores, r => r.Note).PersonalOfAccount(r => r.ReviewerId, r => r.ReviewerName).ErasesTo(r => r.Scores, """{"byLine":{}}""");
    }
}
