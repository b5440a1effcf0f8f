using System.Numerics;

namespace Guildhall.Matching;

/// <summary>Counts the pairs each rule stands against, and those it alone does.</summary>
sealed class RuleCounts(RuleRegime regime)
{
    readonly long[] broken = new long[Enum.GetValues<Rule>().Length];
    readonly long[] alone = new long[Enum.GetValues<Rule>().Length];

    public long Possible { get; private set; }

    public static RuleCounts OfAll(PairTable table, RuleRegime regime)
    {
        var counts = new RuleCounts(regime);
        for (var i = 0; i < table.Rows; i++) counts.Add(table.RowOf(i));
        return counts;
    }

    public void Add(PairTable.Row row)
    {
        for (var j = 0; j < row.Raw.Length; j++)
        {
            var all = regime.Broken(row.Raw[j], row.Broken[j]);
            var blocking = all & regime.Required;
            if (blocking == 0) Possible++;
            for (var bits = all; bits != 0; bits &= bits - 1)
            {
                var rule = BitOperations.TrailingZeroCount(bits);
                broken[rule]++;
                if ((blocking & ~(1u << rule)) == 0) alone[rule]++;
            }
        }
    }

    public RuleStatistic Of(Rule rule) => new(rule, regime[rule].Strength, broken[(int)rule], alone[(int)rule]);

    public IReadOnlyList<RuleStatistic> All() => [.. Enum.GetValues<Rule>().Select(Of)];

    /// <summary>Required rules that block something, most first: by the pairs they alone block, then by all they block.</summary>
    public IReadOnlyList<RuleStatistic> Blocking() =>
        [.. All().Where(r => r is { Strength: RuleStrength.Required, Broken: > 0 }).OrderByDescending(r => r.BrokenAlone).ThenByDescending(r => r.Broken).ThenBy(r => r.Rule)];
}
