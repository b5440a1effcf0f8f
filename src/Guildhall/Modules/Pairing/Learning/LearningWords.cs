using System.Globalization;
using Guildhall.Evidence;
using Guildhall.Matching;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Pairing;

/// <summary>A trait in the table of what went with better outcomes.</summary>
/// <param name="Growth">"+4 points".</param>
/// <param name="Between">"very likely +1 to +7".</param>
public sealed record TraitLine(string Name, string Growth, string Between, bool StandsOut);

/// <summary>A weight in use and as it is proposed.</summary>
public sealed record WeightMove(string Name, int Now, int Proposed);

/// <summary>One of the two estimates of what the proposed weights would have brought.</summary>
public sealed record GainLine(string How, string Growth, string Between);

/// <summary>What a reading of past pairs found, in the only words it is told by: a verdict by fixed rules, and numbers with their interval where the verdict allows them.</summary>
public sealed class LearningWords(LearningFindings found)
{
    public string Badge => found.Verdict switch
    {
        LearningVerdict.TooFew or LearningVerdict.TooFewChoices => Verdict.WordsOf(VerdictKind.TooFew),
        LearningVerdict.Better => Verdict.WordsOf(VerdictKind.SomeEvidence),
        _ => Verdict.WordsOf(VerdictKind.NoClearChange),
    };

    public Tone Tone => found.Verdict == LearningVerdict.Better ? Tone.Good : Tone.Neutral;

    public string Headline => found.Verdict switch
    {
        LearningVerdict.TooFew => Missing,
        LearningVerdict.NothingProposed when found.Associations.Any(one => one.StandsOut) => "Nothing that stands out speaks for other weights",
        LearningVerdict.NothingProposed => "Nothing stands out against chance",
        LearningVerdict.TooFewChoices => $"{Drawn} went with better outcomes; too few choices to judge other weights by",
        LearningVerdict.NotClearlyBetter => $"{Drawn} went with better outcomes; other weights are not clearly better",
        _ => $"{Drawn} went with better outcomes, and weights that count {(Drawing.Count == 1 ? "it" : "them")} more would have done better",
    };

    /// <summary>What is missing where nothing was worked out: "Needs about 12 more mentees".</summary>
    string Missing => (found.NeedsMentees, found.NeedsMentors) switch
    {
        (0, var mentors) => $"Needs {Counted.Of(mentors, "more mentor", "more mentors")}",
        (var mentees, 0) => $"Needs about {Counted.Of(mentees, "more mentee", "more mentees")}",
        var (mentees, mentors) => $"Needs about {Counted.Of(mentees, "more mentee", "more mentees")} and {Counted.Of(mentors, "more mentor", "more mentors")}",
    };

    public string Sentence => found.Verdict == LearningVerdict.TooFew
        ? $"{Basis} It takes {Learn.LeastMentees} mentees with {Learn.LeastMentors} mentors{(found.Traits == 0 ? "" : $", and {Learn.MenteesATrait} mentees for each of the {Counted.Of(found.Traits, "trait", "traits")} that pairs differ in")}. No number is worked out before."
        : Basis;

    /// <summary>"212 mentees of 45 mentors, figures to 22 Nov 2026. 34 more are in their first twelve weeks."</summary>
    string Basis
    {
        get
        {
            var unknown = found.Mentees - found.TooNew - found.Measured;
            var said = $"{Counted.Of(found.Measured, "mentee", "mentees")} of {Counted.Of(found.Mentors, "mentor", "mentors")} in all cohorts{(found.DataThrough is { } day ? $", figures to {Day(day)}" : "")}.";
            if (found.TooNew > 0) said += $" {Counted.Of(found.TooNew, "more is", "more are")} not twelve weeks on yet.";
            return unknown > 0 ? $"{said} Of {Counted.Of(unknown)} too little is known from before they joined." : said;
        }
    }

    /// <summary>The factors that stand out and draw weight.</summary>
    List<string> Drawing => [.. found.Associations.Where(one => one is { StandsOut: true, Factor: not null, Growth.Value: > 0 }).OrderByDescending(one => one.Growth.Value).Select(Name)];

    string Drawn => Phrases.Listed(Drawing);

    public IReadOnlyList<TraitLine> Traits => [.. found.Associations.OrderByDescending(one => one.StandsOut).ThenByDescending(one => Math.Abs(one.Growth.Value)).Select(one => new TraitLine(Name(one), Grew(one.Growth), Between(one.Growth), one.StandsOut))];

    public IReadOnlyList<WeightMove> Weights => found.Proposed is not { } proposed ? [] :
    [
        .. Enum.GetValues<Factor>().Select(factor => new WeightMove(MatchWording.Name(factor), found.Weights.GetValueOrDefault(factor), proposed.GetValueOrDefault(factor)))
            .Where(line => line is not { Now: 0, Proposed: 0 }).OrderByDescending(line => line.Proposed - line.Now).ThenByDescending(line => line.Now),
    ];

    public IReadOnlyList<GainLine> Gains => found.Judgement is not { DoublyRobust: { } robust, SelfNormalised: { } weighed } ? [] :
        [new("By what such pairs can be expected to gain, put right by the odds", Grew(robust), Between(robust)), new("By the odds alone", Grew(weighed), Between(weighed))];

    /// <summary>What the judgement rests on, and why the weights can't be approved where they can't.</summary>
    public string Judged => found.Judgement is not { } judgement ? "" : found.Verdict switch
    {
        LearningVerdict.TooFewChoices when judgement.Effective < Math.Floor((double)judgement.Choices) && judgement.Choices >= OffPolicyEvaluation.LeastEffectiveChoices =>
            $"Judged on {Counted.Of(judgement.Choices)} choices, which count as {Counted.Of((int)judgement.Effective)}; {OffPolicyEvaluation.LeastEffectiveChoices:0} are needed.",
        LearningVerdict.TooFewChoices => $"Judged on {Counted.Of(judgement.Choices, "choice", "choices")}; {OffPolicyEvaluation.LeastEffectiveChoices:0} are needed.",
        LearningVerdict.NotClearlyBetter => $"Judged on {Counted.Of(judgement.Choices)} choices, which count as {Counted.Of((int)judgement.Effective)}. Both estimates have to be above 0 with all that is very likely, and are not: these weights can’t be approved.",
        _ => $"Judged on {Counted.Of(judgement.Choices)} choices, which count as {Counted.Of((int)judgement.Effective)}. Both estimates are above 0 with all that is very likely.",
    };

    static string Name(FoundTrait one) => (one.Factor, one.Trait) switch
    {
        ({ } factor, _) => MatchWording.Name(factor),
        (_, MentorTrait.Years) => "Mentor’s years on the marketplace",
        _ => "Mentor’s mentees from the same run",
    };

    /// <summary>Growth in points of percent, with no more digits than its interval earns.</summary>
    static string Grew(FoundRange growth) => $"{Signed(growth.Value, growth)} points";

    static string Between(FoundRange growth) => $"very likely {Signed(growth.Lower, growth)} to {Signed(growth.Upper, growth)}";

    static string Signed(double share, FoundRange of)
    {
        var digits = 50 * (of.Upper - of.Lower) < 1 ? 1 : 0;
        var points = Math.Round(100 * share, digits, MidpointRounding.AwayFromZero);
        return (points > 0 ? "+" : points < 0 ? "−" : "") + Math.Abs(points).ToString(digits == 1 ? "0.0" : "0", CultureInfo.CurrentCulture);
    }

    public static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.CurrentCulture);
}
