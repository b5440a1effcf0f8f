using System.Globalization;
using Guildhall.Modules.Programs;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Library;

/// <summary>What pages call the kinds, stages and readers of the library.</summary>
static class LibraryWords
{
    public static string Of(ArticleKind kind) => kind == ArticleKind.CaseStudy ? "Case study" : kind.ToString();

    public static string Of(GrowthStage stage) => stage switch
    {
        GrowthStage.BeforeFirstSale => "Before the first sale",
        GrowthStage.FirstOrders => "First orders",
        GrowthStage.Growing => "Growing",
        _ => "Any stage",
    };

    public static string Of(Audience audience) => audience switch { Audience.Mentee => "Mentees", Audience.Mentor => "Mentors", _ => "Mentees and mentors" };

    public static string Of(PlanStage stage) => stage switch { PlanStage.Days1To30 => "Days 1 to 30", PlanStage.Days31To60 => "Days 31 to 60", _ => "Days 61 to 90" };

    public static string Day(DateOnly day) => day.ToString("ddd d MMM yyyy", CultureInfo.CurrentCulture);

    public static string Day(DateTimeOffset at) => at.ToString("ddd d MMM yyyy", CultureInfo.CurrentCulture);

    public static string Skills(IEnumerable<string> topics) => string.Join(", ", Skill.All.Where(skill => topics.Contains(skill.Id)).Select(skill => skill.Name));

    public static string Votes(int useful, int votes) => votes == 0 ? "No votes yet" : string.Create(CultureInfo.CurrentCulture, $"{useful:N0} of {votes:N0}");

    public static IReadOnlyList<Choice> Kinds { get; } = [.. Enum.GetValues<ArticleKind>().Select(kind => new Choice(kind.ToString(), Of(kind)))];
    public static IReadOnlyList<Choice> Stages { get; } = [.. Enum.GetValues<GrowthStage>().Select(stage => new Choice(stage.ToString(), Of(stage)))];
    public static IReadOnlyList<Choice> Audiences { get; } = [.. Enum.GetValues<Audience>().Select(audience => new Choice(audience.ToString(), Of(audience)))];
    public static IReadOnlyList<Choice> Topics { get; } = [.. Skill.All.Select(skill => new Choice(skill.Id, skill.Name))];
    public static IReadOnlyList<Choice> PlanStages { get; } = [.. Enum.GetValues<PlanStage>().Select(stage => new Choice(stage.ToString(), Of(stage)))];
}
