using System.Text.Json.Serialization;

namespace Guildhall.Matching;

/// <summary>A rule as a program sets it.</summary>
/// <param name="Rule">Which rule.</param>
/// <param name="Strength">Whether it blocks, costs points, or is off.</param>
/// <param name="Parameter">The rule's one number, in the unit its <see cref="Matching.Rule"/> states; null takes the default.</param>
/// <param name="PenaltyPoints">Points of 100 that a pair loses when it breaks this rule as <see cref="RuleStrength.Preferred"/>, 0 to 100.</param>
/// <param name="UnknownBlocks">Whether the rule counts as broken where what it compares is not known. Only for <see cref="Rule.Language"/>, <see cref="Rule.SharedHours"/>, <see cref="Rule.Tier"/>, <see cref="Rule.SameTrade"/> and <see cref="Rule.SameRegion"/>.</param>
public sealed record RuleSetting(Rule Rule, RuleStrength Strength, double? Parameter = null, int PenaltyPoints = 5, bool UnknownBlocks = false)
{
    /// <summary>The rules a program starts with: every rule once, in the order shown.</summary>
    public static IReadOnlyList<RuleSetting> Defaults { get; } =
    [
        new(Rule.Capacity, RuleStrength.Required),
        new(Rule.OpenToNew, RuleStrength.Required),
        new(Rule.Language, RuleStrength.Required, DefaultParameter(Rule.Language)),
        new(Rule.SharedHours, RuleStrength.Required, DefaultParameter(Rule.SharedHours)),
        new(Rule.Tier, RuleStrength.Required),
        new(Rule.OneActiveMentor, RuleStrength.Required),
        new(Rule.Barred, RuleStrength.Required),
        new(Rule.EndedBefore, RuleStrength.Required),
        new(Rule.GroupShare, RuleStrength.Required, DefaultParameter(Rule.GroupShare)),
        new(Rule.MenteesInRow, RuleStrength.Off, DefaultParameter(Rule.MenteesInRow)),
        new(Rule.SameTrade, RuleStrength.Required, DefaultParameter(Rule.SameTrade)),
        new(Rule.SharedBrand, RuleStrength.Required),
        new(Rule.SharedOwner, RuleStrength.Required),
        new(Rule.SharedSupplier, RuleStrength.Required),
        new(Rule.SharedAddress, RuleStrength.Required),
        new(Rule.DeclaredStake, RuleStrength.Required),
        new(Rule.DeclaredCompetition, RuleStrength.Required),
        new(Rule.SameRegion, RuleStrength.Off),
        new(Rule.MinimumScore, RuleStrength.Off, DefaultParameter(Rule.MinimumScore)),
    ];

    /// <summary>The parameter a rule has when a program sets none.</summary>
    /// <param name="rule">The rule.</param>
    /// <returns>The number in the rule's unit, or null for a rule without a parameter.</returns>
    public static double? DefaultParameter(Rule rule) => rule switch
    {
        Rule.Language => (double)LanguageLevel.Working,
        Rule.SharedHours => 2,
        Rule.GroupShare => 0.15,
        Rule.MenteesInRow => 4,
        Rule.SameTrade => 0,
        Rule.MinimumScore => 40,
        _ => null,
    };

    /// <summary>The least and the most that a rule's parameter may be.</summary>
    /// <param name="rule">The rule.</param>
    /// <returns>Both ends, inclusive, in the rule's unit; infinite for a rule without a parameter.</returns>
    public static (double Least, double Most) ParameterRange(Rule rule) => rule switch
    {
        Rule.Language => (1, 4),
        Rule.SharedHours => (0, WeekGrid.Hours),
        Rule.GroupShare => (0.001, 1),
        Rule.MenteesInRow => (1, 1_000_000),
        Rule.SameTrade => (0, 1),
        Rule.MinimumScore => (0, 100),
        _ => (double.NegativeInfinity, double.PositiveInfinity),
    };

    /// <summary>Whether a rule guards against a conflict of interest: only such a rule can be waived.</summary>
    /// <param name="rule">The rule.</param>
    /// <returns>True for the seven conflict rules.</returns>
    public static bool IsConflictOfInterest(Rule rule) => rule is >= Rule.SameTrade and <= Rule.DeclaredCompetition;

    /// <summary>Whether a rule can have a strength. Capacity and bars always hold; rotation and the minimum score can't be a matter of points.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="strength">The strength.</param>
    /// <returns>True when it can.</returns>
    public static bool Allows(Rule rule, RuleStrength strength) => rule switch
    {
        Rule.Capacity or Rule.Barred => strength == RuleStrength.Required,
        Rule.GroupShare or Rule.MenteesInRow or Rule.MinimumScore => strength != RuleStrength.Preferred,
        _ => true,
    };
}

/// <summary>Whether a rule blocks, costs points, or is off.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RuleStrength>))]
public enum RuleStrength
{
    /// <summary>Not looked at. Its figures are still counted, so that its cost can be asked.</summary>
    Off,

    /// <summary>A pair that breaks it loses the rule's penalty points.</summary>
    Preferred,

    /// <summary>A pair that breaks it can't be made.</summary>
    Required,
}

/// <summary>What can stand against a pair.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Rule>))]
public enum Rule
{
    /// <summary>The mentor has a place at all. Always required.</summary>
    Capacity,

    /// <summary>The mentor takes new mentees.</summary>
    OpenToNew,

    /// <summary>Both speak one language at a level or better. Parameter: the level, 1 to 4.</summary>
    Language,

    /// <summary>Both are free at the same hours in every week of the program. Parameter: hours a week.</summary>
    SharedHours,

    /// <summary>The mentor serves the mentee's tier.</summary>
    Tier,

    /// <summary>The mentee has no mentor now.</summary>
    OneActiveMentor,

    /// <summary>A manager barred the pair. Always required.</summary>
    Barred,

    /// <summary>The pair stood before and ended, or was proposed and not accepted.</summary>
    EndedBefore,

    /// <summary>No mentor or operator group has more than a share of the mentees of the rotation window and this run. Parameter: the share, above 0 to 1.</summary>
    GroupShare,

    /// <summary>A mentor pauses after so many mentees in a row. Parameter: how many, 1 or more.</summary>
    MenteesInRow,

    /// <summary>Conflict of interest: the same leaf category with overlapping prices. Parameter: the share of the mentee's price band that must be overlapped to count, 0 (any) to 1.</summary>
    SameTrade,

    /// <summary>Conflict of interest: a brand in common.</summary>
    SharedBrand,

    /// <summary>Conflict of interest: one owner, or the same seller on both sides.</summary>
    SharedOwner,

    /// <summary>Conflict of interest: a supplier in common.</summary>
    SharedSupplier,

    /// <summary>Conflict of interest: one business address.</summary>
    SharedAddress,

    /// <summary>Conflict of interest: a declared stake of one in the other, in the other's owner or in a brand of the other's.</summary>
    DeclaredStake,

    /// <summary>Conflict of interest: one declared to compete in a category that makes a fifth or more of the other's shop.</summary>
    DeclaredCompetition,

    /// <summary>Both in the same region: the narrower path begins with the wider one.</summary>
    SameRegion,

    /// <summary>A fairness floor: no pair under a score. Parameter: points, 0 to 100.</summary>
    MinimumScore,
}
