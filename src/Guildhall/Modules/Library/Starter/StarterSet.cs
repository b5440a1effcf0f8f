using Guildhall.Modules.Programs;

namespace Guildhall.Modules.Library;

/// <summary>One article that comes with the installation.</summary>
sealed record StarterArticle(ArticleDetails Details, ArticleText Text, PlanSteps? Steps = null);

/// <summary>What a new installation's library holds. The texts are Markdown files beside this one: a first line with the title, a paragraph that is the summary, then the text.</summary>
static class StarterSet
{
    public static IReadOnlyList<StarterArticle> All { get; } =
    [
        Of("the-mentoring-playbook", ArticleKind.Guide, Audience.Mentor),
        Of("your-first-session", ArticleKind.Guide, Audience.Mentee, GrowthStage.BeforeFirstSale),
        Of("listings-that-get-found", ArticleKind.Playbook, Audience.Both, GrowthStage.Any, "listing-optimization"),
        Of("set-a-price-you-can-live-on", ArticleKind.Playbook, Audience.Both, GrowthStage.Any, "pricing"),
        Of("get-a-better-deal-from-a-supplier", ArticleKind.Playbook, Audience.Both, GrowthStage.Growing, "supplier-negotiation"),
        Of("never-sell-what-you-do-not-have", ArticleKind.Playbook, Audience.Both, GrowthStage.FirstOrders, "inventory"),
        Of("answer-buyers-well", ArticleKind.Playbook, Audience.Both, GrowthStage.FirstOrders, "customer-service"),
        Of("keep-the-rules-and-ship-on-time", ArticleKind.Playbook, Audience.Both, GrowthStage.Any, "policy-compliance"),
        Of("decide-by-your-own-numbers", ArticleKind.Playbook, Audience.Both, GrowthStage.FirstOrders, "data-driven-decisions"),
        Of("your-first-90-days", ArticleKind.Checklist, Audience.Both) with { Steps = StarterPlan.Steps },
    ];

    static StarterArticle Of(string file, ArticleKind kind, Audience audience, GrowthStage stage = GrowthStage.Any, params string[] topics)
    {
        using var stream = typeof(StarterSet).Assembly.GetManifestResourceStream($"library/{file}.md") ?? throw new InvalidOperationException($"The build left out {file}.md.");
        using var reader = new StreamReader(stream);
        var parts = reader.ReadToEnd().ReplaceLineEndings("\n").Split("\n\n", 3);
        return new StarterArticle(new ArticleDetails(kind, topics, stage, audience), new ArticleText(parts[0].TrimStart('#', ' '), parts[1], parts.Length > 2 ? parts[2] : "").Tidy());
    }
}
