using System.Diagnostics;
using Guildhall.Matching;

namespace Guildhall.Modules.Pairing;

/// <summary>What each rule costs and which mentors are short: exact answers that each take a solve of their own.</summary>
/// <param name="RuleCosts">Rules whose other setting was solved. A rule that blocks no pair alone costs nothing and is left out.</param>
/// <param name="ThreeMore">What three more mentors bring, the greatest gain first; kinds where they bring nothing are left out.</param>
/// <param name="Unanswered">Questions left when the time was up.</param>
sealed record RunInsights(IReadOnlyDictionary<Rule, RuleCostAnswer> RuleCosts, IReadOnlyList<ThreeMoreAnswer> ThreeMore, int Unanswered)
{
    // A page may wait for it once a run; at 1,000 × 200 all questions together take a fraction of this.
    static readonly TimeSpan TimeGiven = TimeSpan.FromSeconds(3);
    const int KindsAsked = 6;

    public static RunInsights Of(PreparedMatch match, MatchRun run, CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        var costs = new Dictionary<Rule, RuleCostAnswer>();
        var more = new List<ThreeMoreAnswer>();
        var unanswered = 0;

        foreach (var statistic in run.Rules.Where(CostsSomething).OrderByDescending(rule => rule.BrokenAlone))
        {
            if (watch.Elapsed > TimeGiven) unanswered++;
            else costs[statistic.Rule] = match.RuleCost(statistic.Rule, stop);
        }

        // Where mentees wait, have to go elsewhere for want of anybody, or pay high prices first: there a place brings most.
        var kinds = run.Scarcities.Where(kind => kind.Kind is { Category: not null, Language: null, Hours: null } && (kind.UnmatchedMentees > 0 || kind.MeanPrice > 0 || Elsewhere(kind) > 0))
            .OrderByDescending(kind => kind.UnmatchedMentees).ThenByDescending(Elsewhere).ThenByDescending(kind => kind.MeanPrice).Take(KindsAsked);
        foreach (var scarcity in kinds)
        {
            if (watch.Elapsed > TimeGiven) unanswered++;
            else more.Add(match.ThreeMore(scarcity.Kind, stop));
        }

        return new RunInsights(
            costs,
            [.. more.Where(answer => answer.MatchedAfter > answer.MatchedBefore || answer.TotalAfter > answer.TotalBefore)
                .OrderByDescending(answer => answer.MatchedAfter - answer.MatchedBefore).ThenByDescending(answer => answer.TotalAfter - answer.TotalBefore)],
            unanswered);
    }

    static int Elsewhere(Scarcity kind) => kind.Mentors == 0 ? kind.MatchedElsewhere : 0;

    static bool CostsSomething(RuleStatistic rule) =>
        rule.Rule is not (Rule.Capacity or Rule.Barred) && rule.Strength switch
        {
            RuleStrength.Required => rule.BrokenAlone > 0 || rule.Rule is Rule.GroupShare or Rule.MenteesInRow,
            RuleStrength.Off => rule.Broken > 0,
            _ => false,
        };
}
