using System.Globalization;
using Guildhall.Evidence;

namespace Guildhall.Modules.Programs;

/// <summary>What a program could find in one outcome.</summary>
/// <param name="GoalId">The outcome that a program's goal can be set to; null for one that results are read in and no goal is.</param>
/// <param name="Others">How many sellers there are to compare with.</param>
/// <param name="SmallestShare">The smallest effect that is found four times in five, as a share of what is to be expected.</param>
/// <param name="MenteesNeeded">How many mentees find the smallest useful effect four times in five; null where no number would.</param>
/// <param name="Usually">Of what a seller reaches or doesn't, the share who do without a mentor.</param>
/// <param name="WhyNone">Why no number of mentees would.</param>
/// <param name="NotKnown">Why nothing can be said; null where something can.</param>
public sealed record OutcomePlan(string Label, string Measure, string? GoalId, long Others = 0, double? SmallestShare = null, long? MenteesNeeded = null, double? Usually = null, string? WhyNone = null, string? NotKnown = null)
{
    /// <summary>"From 21% on", or why not.</summary>
    public string Smallest => NotKnown is not null ? "Not known" : Others < StudyFacts.LeastControls ? "Too few to compare with" : SmallestShare is { } share ? $"{Percent(share)} more{(Usually is { } usual ? $": {Percent(usual * (1 + share))} of sellers instead of {Percent(usual)}" : "")}" : "None, however large";

    public string Needed => NotKnown is not null ? "Not known" : MenteesNeeded is { } mentees ? mentees.ToString("N0", CultureInfo.CurrentCulture) : WhyNone!;

    internal static OutcomePlan Of(string label, string measure, string? goalId, Answer<PlannedComparison> planned, long others, int mentees, double useful, double? usually = null)
    {
        if (planned.Value is not { } comparison) return new(label, measure, goalId, NotKnown: $"Not known: {char.ToLowerInvariant(planned.Refusal!.Message[0])}{planned.Refusal.Message[1..]}");
        if (others < StudyFacts.LeastControls) return new(label, measure, goalId, others, Usually: usually, WhyNone: "Too few to compare with");
        var whyNone = useful >= comparison.LargestShare ? "More than all can’t" : "No number beside so few others";
        // Under so many no result is shown, however large the effect.
        var needed = comparison.MenteesFor(useful, others) is { } rows ? Math.Max(StudyFacts.LeastMentees, (long)Math.Ceiling(rows - 1e-9)) : (long?)null;
        return new(label, measure, goalId, others, comparison.SmallestShare(mentees, others), needed, usually, whyNone);
    }

    static string Percent(double share) => $"{(100 * share).ToString(share < 0.02 ? "0.0" : "0", CultureInfo.CurrentCulture)}%";
}
