namespace Guildhall.Matching;

/// <summary>Counts the pairs each rule stands against, and those it alone does.</summary>
sealed class RuleCounts
{
    readonly RuleRegime regime;
    readonly Dictionary<uint, long> pairsBreaking = [];

    /// <summary>Adds up how many pairs break each set of rules; a set may come more than once.</summary>
    public RuleCounts(RuleRegime regime, IEnumerable<(uint Rules, int Pairs)> sets)
    {
        this.regime = regime;
        foreach (var (rules, pairs) in sets) pairsBreaking[rules] = pairsBreaking.GetValueOrDefault(rules) + pairs;
        Possible = pairsBreaking.Where(pairs => (pairs.Key & regime.Required) == 0).Sum(pairs => pairs.Value);
    }

    /// <summary>Pairs that break no required rule.</summary>
    public long Possible { get; }

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
}
