using System.Text.Json;
using Guildhall.Platform;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NpgsqlTypes;

namespace Guildhall.Modules.Library;

/// <summary>What an article said from one change to the next. It is never changed itself.</summary>
sealed class ArticleVersion
{
    public const int NoteLimit = 300;

    /// <summary>The column of the words that a search looks in, made by the database.</summary>
    public const string SearchColumn = "Search";

    ArticleVersion() { }

    internal ArticleVersion(Guid articleId, int number, ArticleText text, PlanSteps? steps, Guid changedBy, string? note, DateTimeOffset now) =>
        (ArticleId, Number, Title, Summary, Body, Steps, ChangedBy, Note, ChangedAt) = (articleId, number, text.Title, text.Summary, text.Body, steps, changedBy, note, now);

    public Guid ArticleId { get; private set; }
    public int Number { get; private set; }
    public string Title { get; private set; } = "";
    public string Summary { get; private set; } = "";
    public string Body { get; private set; } = "";

    /// <summary>The steps of the plan; null for every other article.</summary>
    public PlanSteps? Steps { get; private set; }

    /// <summary>An account; none for the starter set.</summary>
    public Guid ChangedBy { get; private set; }

    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>What was changed and why, where somebody said so.</summary>
    public string? Note { get; private set; }

    public ArticleText Text => new(Title, Summary, Body);

    public static Refusal? NoteProblem(string? note) =>
        note?.Trim().Length > NoteLimit ? Refusal.Invalid("note", $"Shorten what you changed to {NoteLimit} characters.", nameof(Note)) : null;

    public static void Map(EntityTypeBuilder<ArticleVersion> version)
    {
        // Of two people who change an article at once, the second finds the number taken.
        version.HasKey(v => new { v.ArticleId, v.Number });
        version.HasOne<Article>().WithMany().HasForeignKey(v => v.ArticleId);
        version.Ignore(v => v.Text);
        version.Property(v => v.Title).HasMaxLength(ArticleText.TitleLimit);
        version.Property(v => v.Summary).HasMaxLength(ArticleText.SummaryLimit);
        version.Property(v => v.Body).HasMaxLength(ArticleText.BodyLimit);
        version.Property(v => v.Note).HasMaxLength(NoteLimit);
        version.Property(v => v.Steps).HasColumnType("jsonb").HasConversion(
            steps => JsonSerializer.Serialize(steps, JsonColumns.Options), json => JsonSerializer.Deserialize<PlanSteps>(json, JsonColumns.Options));
        // A word in the title counts more than one in the summary, and that more than one in the text.
        version.Property<NpgsqlTsVector>(SearchColumn).HasComputedColumnSql(
            "setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', summary), 'B') || setweight(to_tsvector('english', body), 'C') || setweight(to_tsvector('english', coalesce(steps, '[]')), 'C')",
            stored: true);
        version.HasIndex(SearchColumn).HasMethod("gin");
        version.NotPersonal(v => v.Title, v => v.Summary, v => v.Body, v => v.Note, v => v.Steps).NotPersonal(SearchColumn);
    }
}
