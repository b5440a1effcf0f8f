namespace Guildhall.Matching;

/// <summary>Counts the pairs each rule stands against, and those it alone does.</summary>
sealed class RuleCounts(RuleRegime regime)
{
    readonly Dictionary<uint, long> pairsBreaking = [];

    /// <summary>Pairs that break no required rule.</summary>
    public long Possible => pairsBreaking.Where(pairs => (pairs.Key & regime.Required) == 0).Sum(pairs => pairs.Value);

    public RuleStatistic Of(Rule rule)
    {
        var (bit, broken, alone) = (RuleRegime.Bit(rule), 0L, 0L);
        foreach (var (rules, pairs) in pairsBreaking)
        {
            if ((rules & bit) == 0) continue;
            broken += pairs;
            if ((rules & regime.Required & ~bit) == 0) alone += pairs;
        }
        return new(rule, regime[rule].Strength, broken, alone);
    }

    public IReadOnlyList<RuleStatistic> All() => [.. Enum.GetValues<Rule>().Select(Of)];

    /// <summary>Required rules that block something, most first: by the pairs they alone block, then by all they block.</summary>
    public IReadOnlyList<RuleStatistic> Blocking() =>
        [.. All().Where(r => r is { Strength: RuleStrength.Required, Broken: > 0 }).OrderByDescending(r => r.BrokenAlone).ThenByDescending(r => r.Broken).ThenBy(r => r.Rule)];

    /// <summary>Counts rows fast: one counter for every set of rules. Not for two threads at once.</summary>
    public sealed class Counter
    {
        readonly int[] pairs = new int[1 << Enum.GetValues<Rule>().Length];
        readonly List<uint> found = [];

        public void Add(ReadOnlySpan<uint> row)
        {
            foreach (var rules in row)
                if (pairs[rules]++ == 0) found.Add(rules);
        }

        /// <summary>Hands over what was counted, and starts again from nothing.</summary>
        public void MoveTo(RuleCounts counts)
        {
            foreach (var rules in found)
            {
                counts.pairsBreaking[rules] = counts.pairsBreaking.GetValueOrDefault(rules) + pairs[rules];
                pairs[rules] = 0;
            }
            found.Clear();
        }
    }
}
