using System.Diagnostics;
using Guildhall.Matching;

namespace Guildhall.Modules.Pairing;

/// <summary>What each rule costs and which mentors are short: exact answers that each take a solve of their own.</summary>
/// <param name="RuleCosts">Rules whose other setting was solved. A rule that blocks no pair alone costs nothing and is left out.</param>
/// <param name="MoreMentors">What three more mentors bring, by their kind.</param>
/// <param name="RulesLeft">Rules that were not worked out in the time given.</param>
/// <param name="KindsLeft">Kinds of mentors that were not.</param>
sealed record RunInsights(IReadOnlyDictionary<Rule, RuleCostAnswer> RuleCosts, IReadOnlyDictionary<MentorKind, ThreeMoreAnswer> MoreMentors, int RulesLeft, int KindsLeft)
{
    // A page may wait so long for it; at 1,000 × 200 all questions together take a fraction of this.
    public static readonly TimeSpan TimeGiven = TimeSpan.FromSeconds(3);
    const int BranchesAsked = 6;
    const int LanguagesOrHoursAsked = 3;

    public bool IsWhole => RulesLeft == 0 && KindsLeft == 0;

    /// <summary>What three more mentors bring, the greatest gain first; kinds where they bring nothing are left out.</summary>
    public IEnumerable<ThreeMoreAnswer> ThreeMore => MoreMentors.Values.Where(answer => answer.MatchedAfter > answer.MatchedBefore || answer.TotalAfter > answer.TotalBefore)
        .OrderByDescending(answer => answer.MatchedAfter - answer.MatchedBefore).ThenByDescending(answer => answer.TotalAfter - answer.TotalBefore);

    /// <summary>Works out what is not known yet, in the time given: one answer at least, so that every look comes further.</summary>
    /// <param name="known">What earlier looks worked out.</param>
    public static RunInsights Of(PreparedMatch match, MatchRun run, RunInsights? known, TimeSpan timeGiven, CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        var costs = known?.RuleCosts.ToDictionary() ?? [];
        var more = known?.MoreMentors.ToDictionary() ?? [];
        var answered = 0;

        var rules = run.Rules.Where(CostsSomething).OrderByDescending(rule => rule.BrokenAlone).Select(rule => rule.Rule).ToList();
        foreach (var rule in rules.Where(rule => !costs.ContainsKey(rule)).TakeWhile(_ => IsTime())) costs[rule] = match.RuleCost(rule, stop);

        // Where mentees wait, have to go elsewhere for want of anybody, or pay high prices first: there a place brings most.
        var kinds = run.Scarcities.Where(kind => kind.UnmatchedMentees > 0 || kind.MeanPrice > 0 || Elsewhere(kind) > 0)
            .OrderByDescending(kind => kind.UnmatchedMentees).ThenByDescending(Elsewhere).ThenByDescending(kind => kind.MeanPrice).Select(kind => kind.Kind)
            .GroupBy(kind => (kind.Category is null, kind.Language is null)).SelectMany(alike => alike.Take(alike.Key is (false, _) ? BranchesAsked : LanguagesOrHoursAsked)).ToList();
        foreach (var kind in kinds.Where(kind => !more.ContainsKey(kind)).TakeWhile(_ => IsTime())) more[kind] = match.ThreeMore(kind, stop);

        return new RunInsights(costs, more, rules.Count - costs.Count, kinds.Count - more.Count);

        bool IsTime() => answered++ == 0 || watch.Elapsed < timeGiven;
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
