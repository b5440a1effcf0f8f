using System.Globalization;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Library;

/// <summary>What an article is for.</summary>
public enum ArticleKind { Playbook, Checklist, Template, CaseStudy, Guide }

/// <summary>How far a shop is when it needs an article.</summary>
public enum GrowthStage { Any, BeforeFirstSale, FirstOrders, Growing }

/// <summary>Who is offered an article.</summary>
public enum Audience { Mentee, Mentor, Both }

enum ArticleState { Draft, Published, Retired }

/// <summary>What an article is about and for whom.</summary>
/// <param name="Topics">Ids of <see cref="Skill"/>.</param>
sealed record ArticleDetails(ArticleKind Kind, IReadOnlyList<string> Topics, GrowthStage Stage, Audience Audience);

/// <summary>What an article says.</summary>
/// <param name="Body">Markdown.</param>
sealed record ArticleText(string Title, string Summary, string Body)
{
    public const int TitleLimit = 120;
    public const int SummaryLimit = 300;
    public const int BodyLimit = 50_000;

    /// <summary>The same text with the line breaks that are stored, whatever the browser sent, and without blanks around it.</summary>
    public ArticleText Tidy() => new(OneLine(Title), OneLine(Summary), Body.ReplaceLineEndings("\n").Trim());

    static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <param name="mayBeEmpty">The plan says everything in its steps.</param>
    public Refusal? Problem(bool mayBeEmpty = false) => Refusal.Together(
        Title.Length is 0 or > TitleLimit ? Refusal.Invalid("title", $"Enter a title of up to {TitleLimit} characters.", nameof(Title)) : null,
        Summary.Length is 0 or > SummaryLimit ? Refusal.Invalid("summary", $"Enter a summary of up to {SummaryLimit} characters: it is what people read in the list.", nameof(Summary)) : null,
        Body.Length == 0 && !mayBeEmpty ? Refusal.Invalid("body", "Enter the text. Nothing was saved.", nameof(Body))
            : Body.Length > BodyLimit ? Refusal.Invalid("body", string.Create(CultureInfo.InvariantCulture, $"Shorten the text to {BodyLimit:N0} characters. It has {Body.Length:N0}. Nothing was saved."), nameof(Body))
            : Markup.Problem(Body) is { } problem ? Refusal.Invalid("body", problem, nameof(Body)) : null);
}

/// <summary>A playbook, checklist, template, case study or guide. What it says is in its versions; readers see the one that was published last.</summary>
sealed class Article
{
    /// <summary>A review date further ahead isn't a plan to look again.</summary>
    public const int LongestReviewDays = 730;

    /// <summary>Days until an article that came without a date is looked at again.</summary>
    public const int UsualReviewDays = 180;

    public const int SlugLimit = 140;

    /// <summary>Addresses beside the articles that are pages of their own.</summary>
    static readonly string[] takenSlugs = ["new", "yours"];

    Article() { }

    Article(ArticleDetails details, string title, Guid? ownerId, DateOnly reviewBy, DateTimeOffset now)
    {
        Id = Guid.CreateVersion7(now);
        (OwnerId, ReviewBy, CreatedAt) = (ownerId, reviewBy, now);
        // A title in a script that addresses can't spell is told apart by the id's random end.
        Slug = Slugs.From(title) is { Length: > 0 } slug && !takenSlugs.Contains(slug) ? slug : $"article-{Id.ToString("N")[^8..]}";
        Describe(details);
    }

    public Guid Id { get; private set; }

    /// <summary>The article's part of its addresses, unique, and the same for good.</summary>
    public string Slug { get; private set; } = "";

    public ArticleKind Kind { get; private set; }
    public List<string> Topics { get; private set; } = [];
    public GrowthStage Stage { get; private set; }
    public Audience Audience { get; private set; }

    /// <summary>Who looks after it; null is nobody yet.</summary>
    public Guid? OwnerId { get; private set; }

    /// <summary>The last day on which it is offered without somebody having looked at it again.</summary>
    public DateOnly ReviewBy { get; private set; }

    public ArticleState State { get; private set; }

    public int LatestNumber { get; private set; }

    /// <summary>The version that readers see; null before the first.</summary>
    public int? PublishedNumber { get; private set; }

    /// <summary>The 30/60/90-day plan: its versions hold steps. There is at most one.</summary>
    public bool IsPlan { get; init; }

    public DateTimeOffset CreatedAt { get; private set; }

    public uint RowVersion { get; private set; }

    public static Result<Article> Start(ArticleDetails details, string title, Guid? ownerId, DateOnly reviewBy, DateOnly today, DateTimeOffset now, bool isPlan = false) =>
        Refusal.Together(DetailsProblem(details), ReviewProblem(reviewBy, today)) is { } problem ? problem : new Article(details, title, ownerId, reviewBy, now) { IsPlan = isPlan };

    /// <summary>Says what it is about. The plan stays a checklist.</summary>
    public Result<Article> Change(ArticleDetails details)
    {
        if (DetailsProblem(details) is { } problem) return problem;
        Describe(IsPlan ? details with { Kind = Kind } : details);
        return this;
    }

    void Describe(ArticleDetails details)
    {
        (Kind, Stage, Audience) = (details.Kind, details.Stage, details.Audience);
        List<string> topics = [.. Skill.All.Select(skill => skill.Id).Where(details.Topics.Contains)];
        if (!Topics.SequenceEqual(topics)) Topics = topics;
    }

    /// <summary>A further version. Readers go on with the one that is published until this one is.</summary>
    public Result<ArticleVersion> Revise(ArticleText text, PlanSteps? steps, Guid by, string? note, DateTimeOffset now)
    {
        text = text.Tidy();
        if (Refusal.Together(text.Problem(mayBeEmpty: IsPlan), ArticleVersion.NoteProblem(note)) is { } problem) return problem;
        return new ArticleVersion(Id, ++LatestNumber, text, steps, by, string.IsNullOrWhiteSpace(note) ? null : note.Trim(), now);
    }

    /// <summary>Shows the latest version to readers.</summary>
    public Result<Article> Publish()
    {
        if (State == ArticleState.Published && PublishedNumber == LatestNumber) return Refusal.Conflict("published", "Readers see this version already. Nothing was changed.");
        (State, PublishedNumber) = (ArticleState.Published, LatestNumber);
        return this;
    }

    public Result<Article> Retire()
    {
        if (State == ArticleState.Retired) return Refusal.Conflict("retired", "This is retired already. Nothing was changed.");
        State = ArticleState.Retired;
        return this;
    }

    /// <summary>Somebody looked and found it right: it is offered again until the next date.</summary>
    public Result<Article> MarkReviewed(DateOnly next, DateOnly today)
    {
        if (ReviewProblem(next, today) is { } problem) return problem;
        ReviewBy = next;
        return this;
    }

    public void GiveTo(Guid? ownerId) => OwnerId = ownerId;

    /// <summary>Used where two titles make one address.</summary>
    public void LengthenSlug() => Slug = $"{Slug}-{Id.ToString("N")[^8..]}";

    static Refusal? ReviewProblem(DateOnly reviewBy, DateOnly today) => reviewBy <= today || reviewBy > today.AddDays(LongestReviewDays)
        ? Refusal.Invalid("review_by", "Choose a day of the next two years on which somebody looks at it again.", nameof(ReviewBy))
        : null;

    static Refusal? DetailsProblem(ArticleDetails details) => Refusal.Together(
        Enum.IsDefined(details.Kind) ? null : Refusal.Invalid("kind", "Choose what it is from the list.", nameof(Kind)),
        Enum.IsDefined(details.Stage) ? null : Refusal.Invalid("stage", "Choose a stage from the list.", nameof(Stage)),
        Enum.IsDefined(details.Audience) ? null : Refusal.Invalid("audience", "Choose who reads it from the list.", nameof(Audience)),
        details.Topics.All(topic => Skill.All.Any(skill => skill.Id == topic)) ? null : Refusal.Invalid("topics", "Choose skills from the list.", nameof(Topics)));

    public static void Map(EntityTypeBuilder<Article> article)
    {
        article.Property(a => a.Slug).HasMaxLength(SlugLimit);
        article.HasIndex(a => a.Slug).IsUnique();
        article.HasIndex(a => a.IsPlan).IsUnique().HasFilter("is_plan");
        article.Property(a => a.RowVersion).IsRowVersion();
        article.NotPersonal(a => a.Slug, a => a.Topics);
    }
}
