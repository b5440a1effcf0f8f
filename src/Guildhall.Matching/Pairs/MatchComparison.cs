using System.Text.Json.Serialization;

namespace Guildhall.Matching;

/// <summary>Two runs side by side.</summary>
/// <param name="Settings">What was set differently, in the order of the settings. Of pairs kept, never made or waived, those whose people are in both runs.</param>
/// <param name="Moves">Mentees of both runs whose mentor changed: gained and lost ones too. The greatest gain first; those who lost their mentor last.</param>
/// <param name="Improved">Moves to a score that is higher in whole points, as lists show it.</param>
/// <param name="Worse">Moves to one that is lower in whole points.</param>
/// <param name="Lost">Mentees matched before and not after.</param>
/// <param name="Gained">Mentees matched after and not before.</param>
/// <param name="Gone">Mentees of the first run who are not in the second; in no move.</param>
/// <param name="Come">Mentees of the second run who were not in the first; in no move.</param>
/// <param name="MentorsGone">Mentors of the first run who are not in the second.</param>
/// <param name="MentorsCome">Mentors of the second run who were not in the first.</param>
/// <param name="Before">The first run in figures.</param>
/// <param name="After">The second run in figures.</param>
/// <param name="BeforeRescored">The first run's pairs on the scale of the second; null where both runs have one scale.</param>
public sealed record MatchComparison(
    IReadOnlyList<SettingChange> Settings,
    IReadOnlyList<ComparedMove> Moves,
    int Improved,
    int Worse,
    int Lost,
    int Gained,
    int Gone,
    int Come,
    int MentorsGone,
    int MentorsCome,
    RunSummary Before,
    RunSummary After,
    RescoredFits? BeforeRescored);

/// <summary>The pairs of a run as another run scores them.</summary>
/// <param name="Pairs">Pairs that could be scored.</param>
/// <param name="LeftOut">Pairs of people whom the other run doesn't know: not scored, and in none of these figures.</param>
/// <param name="AveragePoints">The mean score in points; 0 without a pair.</param>
/// <param name="LowestPoints">The lowest score in points; null without a pair.</param>
/// <param name="PairsBelow60">Pairs under 60 points, as lists show them: in whole points.</param>
public sealed record RescoredFits(int Pairs, int LeftOut, double AveragePoints, decimal? LowestPoints, int PairsBelow60);

/// <summary>A mentee whose mentor differs between two runs.</summary>
/// <param name="MenteeId">The mentee.</param>
/// <param name="FromMentorId">The mentor in the first run, or null.</param>
/// <param name="ToMentorId">The mentor in the second run, or null.</param>
/// <param name="PointsBefore">The shown score of the first run's pair, on the scale of the second run, or null: also for a pair that the second run can't score.</param>
/// <param name="PointsAfter">The shown score in the second run, or null.</param>
public sealed record ComparedMove(string MenteeId, string? FromMentorId, string? ToMentorId, decimal? PointsBefore, decimal? PointsAfter);

/// <summary>One setting that differs between two runs.</summary>
/// <param name="Kind">What kind of setting.</param>
/// <param name="Subject">Which: the rule's or factor's name, or the ids of a pair as "mentee with mentor"; empty where there is only one.</param>
/// <param name="Before">The value in the first run, in invariant text, or null when absent.</param>
/// <param name="After">The value in the second run, in invariant text, or null when absent.</param>
/// <param name="Pair">The pair it is about, or null for a setting of the whole run.</param>
public sealed record SettingChange(SettingKind Kind, string Subject, string? Before, string? After, Pin? Pair = null);

/// <summary>Kinds of setting.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SettingKind>))]
public enum SettingKind
{
    /// <summary>A factor's weight. Values: percent.</summary>
    Weight,

    /// <summary>A rule's strength. Values: Off, Preferred, Required.</summary>
    RuleStrength,

    /// <summary>A rule's parameter. Values: the number.</summary>
    RuleParameter,

    /// <summary>A preferred rule's penalty. Values: points.</summary>
    RulePenalty,

    /// <summary>Whether a rule blocks where nothing is known. Values: true, false.</summary>
    RuleUnknownBlocks,

    /// <summary>Near ties drawn by lot. Values: points, or null.</summary>
    NearTies,

    /// <summary>A pin. Values: "on" or null.</summary>
    Pin,

    /// <summary>A bar. Values: "on" or null.</summary>
    Bar,

    /// <summary>A waiver. Subject: the pair and the rule. Values: the last day.</summary>
    Waiver,

    /// <summary>A pair that ended before. Values: "on" or null.</summary>
    EndedPair,

    /// <summary>The objective.</summary>
    Objective,

    /// <summary>The seed.</summary>
    Seed,

    /// <summary>The program's first day.</summary>
    ProgramStart,

    /// <summary>The program's weeks.</summary>
    ProgramWeeks,
}
