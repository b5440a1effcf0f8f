using System.Numerics;

namespace Guildhall.Matching;

/// <summary>The rules as set, as bits: what blocks, what costs points. A pair's broken rules don't depend on it, so a rule can be dropped without looking at a pair again.</summary>
sealed class RuleRegime
{
    static readonly Rule[] All = Enum.GetValues<Rule>();

    readonly RuleSetting[] settings;
    readonly int[] penalties;

    public RuleRegime(IReadOnlyList<RuleSetting> rules)
    {
        settings = Array.ConvertAll(All, rule => rules.FirstOrDefault(r => r.Rule == rule) ?? new(rule, Missing(rule)));
        penalties = Array.ConvertAll(settings, s => s.PenaltyPoints * (AssignmentProblem.MaxScore / 100));
        Required = Bits(RuleStrength.Required);
        Preferred = Bits(RuleStrength.Preferred);
        Floor = (int)Math.Round(Parameter(Rule.MinimumScore) * (AssignmentProblem.MaxScore / 100));
    }

    public uint Required { get; }

    public uint Preferred { get; }

    /// <summary>The least score of a pair, in millionths, by <see cref="Rule.MinimumScore"/>.</summary>
    public int Floor { get; }

    public RuleSetting this[Rule rule] => settings[(int)rule];

    public double Parameter(Rule rule) => this[rule].Parameter ?? RuleSetting.DefaultParameter(rule) ?? 0;

    public bool Requires(Rule rule) => (Required & Bit(rule)) != 0;

    public RuleRegime With(Rule rule, RuleStrength strength) =>
        new(Array.ConvertAll(settings, s => s.Rule == rule ? s with { Strength = strength } : s));

    public static uint Bit(Rule rule) => 1u << (int)rule;

    public static IEnumerable<Rule> Rules(uint bits) => All.Where(rule => (bits & Bit(rule)) != 0);

    /// <summary>The raw score less the penalties of broken preferred rules, at least one millionth: the solver knows no pair of score 0.</summary>
    public int Score(int raw, uint broken)
    {
        for (var bits = broken & Preferred; bits != 0; bits &= bits - 1) raw -= penalties[BitOperations.TrailingZeroCount(bits)];
        return Math.Max(1, raw);
    }

    /// <summary>All rules the pair breaks, the minimum score among them.</summary>
    public uint Broken(int raw, uint broken) =>
        Score(raw, broken) < Floor ? broken | Bit(Rule.MinimumScore) : broken;

    /// <summary>The score of a pair that breaks no required rule, 0 for another.</summary>
    public int PossibleScore(int raw, uint broken)
    {
        if ((broken & Required) != 0) return 0;
        var score = Score(raw, broken);
        return score < Floor && Requires(Rule.MinimumScore) ? 0 : score;
    }

    static RuleStrength Missing(Rule rule) =>
        rule is Rule.Capacity or Rule.Barred ? RuleStrength.Required : RuleStrength.Off;

    uint Bits(RuleStrength strength) => settings.Where(s => s.Strength == strength).Aggregate(0u, (bits, s) => bits | Bit(s.Rule));
}
