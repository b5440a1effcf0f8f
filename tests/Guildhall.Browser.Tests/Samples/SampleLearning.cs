using Guildhall.Matching;
using Guildhall.Modules.Pairing;

namespace Guildhall.Browser.Tests.Samples;

/// <summary>Readings of past pairs with everything that they can have.</summary>
static class SampleLearning
{
    static readonly LearningFindings better = new()
    {
        Verdict = LearningVerdict.Better,
        DataThrough = new(2026, 11, 22),
        Mentees = 312,
        Measured = 248,
        TooNew = 41,
        Mentors = 63,
        Traits = 14,
        Associations =
        [
            .. MatchSettings.DefaultWeights.Keys.Select((factor, at) => new FoundTrait(factor, null, new(0.09 - (0.013 * at), 0.05 - (0.02 * at), 0.13 - (0.006 * at)), at == 0 ? 0.004 : 0.4, at == 0)),
            new(null, MentorTrait.Years, new(0.031, -0.012, 0.074), 0.3, false), new(null, MentorTrait.Mentees, new(-0.044, -0.083, -0.005), 0.08, true),
        ],
        Weights = MatchSettings.DefaultWeights,
        Proposed = WeightStep.From(MatchSettings.DefaultWeights, [(Factor.Skills, new("Skills", new(0.09, 0.02), 0.3, new(0.05, 0.13), 0.001, 0.004))]),
        Judgement = new(196, 141.6, new(0.062, 0.018, 0.106), new(0.055, 0.009, 0.101)),
    };

    public static LearningView Better { get; } = View(better, [new("23 Nov 2026, 09:12", "Some evidence", "248 mentees", null), new("26 Oct 2026, 11:30", "Some evidence", "190 mentees", "26 Oct 2026, 11:41, by Dana Whitfield")], hasFailed: true);

    public static LearningView TooFewChoices { get; } = View(
        better with { Verdict = LearningVerdict.TooFewChoices, Judgement = new(14, 9.2, null, null) }, [new("23 Nov 2026, 09:12", "Too few", "248 mentees", null)], refused: "Past pairs were read again since. Nothing was changed. Look at what the newest reading says.");

    public static LearningView TooFew { get; } = View(
        better with { Verdict = LearningVerdict.TooFew, Measured = 22, Mentees = 60, TooNew = 35, Mentors = 7, NeedsMentees = 118, NeedsMentors = 3, Associations = [], Proposed = null, Judgement = null }, [new("23 Nov 2026, 09:12", "Too few", "22 mentees", null)]);

    public static LearningView Before { get; } = Better with { Shown = null, Readings = [], HasFailed = false, IsBeingRead = true };

    static LearningView View(LearningFindings found, IReadOnlyList<LearningLine> readings, bool hasFailed = false, string? refused = null) => new(
        "Autumn 2026", "#", "/studio", "First 90 Days", new(2, "23 Nov 2026, 09:12", "0.1.0+dc3a2dd", found, new(found), null, found.Verdict == LearningVerdict.TooFewChoices), readings, IsBeingRead: false, hasFailed, refused);
}
