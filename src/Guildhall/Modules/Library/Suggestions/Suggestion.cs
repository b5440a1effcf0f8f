using Guildhall.Platform;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Library;

/// <summary>Where a suggestion stands.</summary>
public enum SuggestionState { Waiting, Approved, Declined }

/// <summary>What a mentor would have an article say, or a whole new one. Readers see nothing of it until an editor approves.</summary>
sealed class Suggestion
{
    public const int ReasonLimit = 500;

    Suggestion() { }

    Suggestion(Guid? articleId, int? basedOn, ArticleDetails details, ArticleText text, string? note, Guid by, DateTimeOffset now)
    {
        Id = Guid.CreateVersion7(now);
        (ArticleId, BasedOn, Title, Summary, Body, Note, MadeBy, MadeAt) = (articleId, basedOn, text.Title, text.Summary, text.Body, string.IsNullOrWhiteSpace(note) ? null : note.Trim(), by, now);
        (Kind, Stage, Audience, Topics) = (details.Kind, details.Stage, details.Audience, [.. details.Topics]);
    }

    public Guid Id { get; private set; }

    /// <summary>The article it would change; null for a new one, until there is one.</summary>
    public Guid? ArticleId { get; private set; }

    /// <summary>The version it was written over; null for a new article.</summary>
    public int? BasedOn { get; private set; }

    public ArticleKind Kind { get; private set; }
    public List<string> Topics { get; private set; } = [];
    public GrowthStage Stage { get; private set; }
    public Audience Audience { get; private set; }
    public string Title { get; private set; } = "";
    public string Summary { get; private set; } = "";
    public string Body { get; private set; } = "";

    /// <summary>What they say of it to the editor.</summary>
    public string? Note { get; private set; }

    public Guid MadeBy { get; private set; }
    public DateTimeOffset MadeAt { get; private set; }
    public SuggestionState State { get; private set; }

    /// <summary>Why it was declined, in words for whoever made it.</summary>
    public string? Reason { get; private set; }

    public Guid? DecidedBy { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public uint RowVersion { get; private set; }

    public ArticleText Text => new(Title, Summary, Body);
    public ArticleDetails Details => new(Kind, Topics, Stage, Audience);

    /// <summary>Another text for an article.</summary>
    public static Result<Suggestion> Of(Article article, ArticleVersion over, ArticleText text, string? note, Guid by, DateTimeOffset now)
    {
        text = text.Tidy();
        if (Refusal.Together(text.Problem(), ArticleVersion.NoteProblem(note)) is { } problem) return problem;
        if (text == over.Text) return Refusal.Invalid("same_text", "Change something first: the text is as it was. Nothing was sent.", nameof(Body));
        return new Suggestion(article.Id, over.Number, new ArticleDetails(article.Kind, article.Topics, article.Stage, article.Audience), text, note, by, now);
    }

    /// <summary>A new article.</summary>
    public static Result<Suggestion> OfNew(ArticleDetails details, ArticleText text, string? note, Guid by, DateOnly today, DateTimeOffset now)
    {
        text = text.Tidy();
        var article = Article.Start(details, text.Title, null, today.AddDays(Article.UsualReviewDays), today, now);
        return Refusal.Together(article.Refusal, text.Problem(), ArticleVersion.NoteProblem(note)) is { } problem ? problem : new Suggestion(null, null, details, text, note, by, now);
    }

    public Result<Suggestion> Approve(Guid articleId, Guid by, DateTimeOffset now)
    {
        if (State != SuggestionState.Waiting) return Decided;
        (ArticleId, State, DecidedBy, DecidedAt) = (articleId, SuggestionState.Approved, by, now);
        return this;
    }

    public Result<Suggestion> Decline(string reason, Guid by, DateTimeOffset now)
    {
        if (State != SuggestionState.Waiting) return Decided;
        reason = reason.Trim();
        if (reason.Length is 0 or > ReasonLimit) return Refusal.Invalid("reason", $"Enter the reason in up to {ReasonLimit} characters: whoever made the suggestion reads it. Nothing was decided.", nameof(Reason));
        (State, Reason, DecidedBy, DecidedAt) = (SuggestionState.Declined, reason, by, now);
        return this;
    }

    internal static Refusal Decided { get; } = Refusal.Conflict("decided", "Somebody else decided about this suggestion already. Their decision stands and yours was not kept.");

    public static void Map(EntityTypeBuilder<Suggestion> suggestion)
    {
        suggestion.HasOne<Article>().WithMany().HasForeignKey(s => s.ArticleId);
        suggestion.HasIndex(s => s.State);
        suggestion.HasIndex(s => new { s.MadeBy, s.Id });
        suggestion.Ignore(s => s.Text).Ignore(s => s.Details);
        suggestion.Property(s => s.Title).HasMaxLength(ArticleText.TitleLimit);
        suggestion.Property(s => s.Summary).HasMaxLength(ArticleText.SummaryLimit);
        suggestion.Property(s => s.Body).HasMaxLength(ArticleText.BodyLimit);
        suggestion.Property(s => s.Note).HasMaxLength(ArticleVersion.NoteLimit);
        suggestion.Property(s => s.Reason).HasMaxLength(ReasonLimit);
        suggestion.Property(s => s.RowVersion).IsRowVersion();
        suggestion.BelongsToAccount(s => s.MadeBy).Personal(s => s.Title, s => s.Summary, s => s.Body, s => s.Note, s => s.Reason).NotPersonal(s => s.Topics);
    }
}
