using Guildhall.Modules.Library;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;

namespace Guildhall.Modules.Enrollment;

/// <summary>A tip for one shop.</summary>
/// <param name="Article">The slug of the article that it leads to.</param>
/// <param name="Reason">What of the shop's figures speaks for it; null where nothing is known of them.</param>
public sealed record PickedTip(string Title, string Words, string Article, string? Reason)
{
    public string Href => LibraryLookup.PathOf(ReaderSide.Mentee, Article);
}

/// <summary>
/// Finds a few articles for mentees that suit a shop: first against what its figures say is hard, by the program's own map of skills against pains, then for the steps
/// of the plan that its figures leave open, then whatever is newest.
/// </summary>
sealed class PickTips(LibraryLookup library, SellerLookup sellers, IEnumerable<IKnowOpenSteps> plans)
{
    const int ArticlesASkill = 3;

    public async Task<IReadOnlyList<PickedTip>> For(ProgramFacts program, Guid sellerId, CancellationToken stop)
    {
        List<PickedTip> tips = [];
        var pains = await sellers.LastDay(stop) is { } day ? (await sellers.Pains([sellerId], day, stop)).GetValueOrDefault(sellerId, []) : [];
        foreach (var pain in pains.OrderByDescending(pain => pain.Severity))
        {
            if (tips.Count == TrialTip.Most) return tips;
            foreach (var (_, skill, _) in program.Design.SkillsAgainst(pain.Kind).OrderByDescending(entry => entry.Weight))
            {
                if ((await library.Offered(ReaderSide.Mentee, skill, null, ArticlesASkill, stop)).FirstOrDefault(article => tips.TrueForAll(tip => tip.Article != article.Slug)) is not { } found) continue;
                tips.Add(new PickedTip(found.Title, found.Summary, found.Slug, pain.Evidence));
                break;
            }
        }

        List<OpenStep> steps = [];
        foreach (var plan in plans) steps.AddRange(await plan.Of(sellerId, stop));
        var offered = await library.BySlugs(ReaderSide.Mentee, [.. steps.Select(step => step.Playbook).Distinct()], stop);
        foreach (var step in steps.Where(step => offered.ContainsKey(step.Playbook)))
            if (tips.Count < TrialTip.Most && tips.TrueForAll(tip => tip.Article != step.Playbook)) tips.Add(new PickedTip(step.Title, step.Why, step.Playbook, step.SoFar is { } soFar ? $"So far: {soFar}" : null));

        if (tips.Count == TrialTip.Most) return tips;
        foreach (var article in await library.Offered(ReaderSide.Mentee, null, null, TrialTip.Most * 2, stop))
            if (tips.Count < TrialTip.Most && tips.TrueForAll(tip => tip.Article != article.Slug)) tips.Add(new PickedTip(article.Title, article.Summary, article.Slug, null));
        return tips;
    }
}
