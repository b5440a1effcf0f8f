using System.Text.Json.Serialization;

namespace Guildhall.Matching;

/// <summary>Everything a run is computed from.</summary>
/// <param name="Mentees">Sellers who wait, in any order: the order changes nothing.</param>
/// <param name="Mentors">Sellers who offer places, in any order. Pass mentors without a place too: rotation counts them.</param>
/// <param name="Settings">Rules, weights and frame.</param>
public sealed record MatchInput(IReadOnlyList<MenteeProfile> Mentees, IReadOnlyList<MentorProfile> Mentors, MatchSettings Settings);

/// <summary>A value, or the reasons why there is none.</summary>
/// <typeparam name="T">What was asked for.</typeparam>
/// <param name="Value">The answer, null when refused.</param>
/// <param name="Refusals">Every reason found, empty when there is an answer.</param>
public sealed record MatchResult<T>(T? Value, IReadOnlyList<MatchRefusal> Refusals)
    where T : class
{
    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">It was refused; the message is the first refusal's.</exception>
    [JsonIgnore]
    public T Required => Value ?? throw new InvalidOperationException(Refusals[0].Message);
}

/// <summary>Why an input can't be matched.</summary>
/// <param name="Code">What kind of reason, for programs.</param>
/// <param name="Message">One sentence for people, in English.</param>
/// <param name="SubjectIds">Ids of the mentees and mentors it is about, or names of rules and factors; may be empty.</param>
public sealed record MatchRefusal(RefusalCode Code, string Message, IReadOnlyList<string> SubjectIds)
{
    /// <summary>The rules that stand against a pin; empty for other refusals.</summary>
    public IReadOnlyList<Rule> Rules { get; init; } = [];
}

/// <summary>Kinds of refusal.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RefusalCode>))]
public enum RefusalCode
{
    /// <summary>There is no mentee, or no mentor.</summary>
    EmptySide,

    /// <summary>An id is empty.</summary>
    EmptyId,

    /// <summary>Two mentees, or two mentors, have one id.</summary>
    DuplicateId,

    /// <summary>A capacity is below 0.</summary>
    NegativeCapacity,

    /// <summary>A priority is above 7.</summary>
    PriorityOutOfRange,

    /// <summary>A figure is NaN, infinite, or outside the range its property states.</summary>
    FigureOutOfRange,

    /// <summary>A week is not 168 characters of '0' and '1'.</summary>
    GridNotAWeek,

    /// <summary>A time zone is not in the time zone database.</summary>
    UnknownTimeZone,

    /// <summary>Weights don't sum to 100, or one is below 0.</summary>
    WeightsNotHundred,

    /// <summary>A rule is listed twice, or has a strength it can't have.</summary>
    RuleNotPossible,

    /// <summary>A rule's parameter is out of <see cref="RuleSetting.ParameterRange"/>.</summary>
    RuleParameterOutOfRange,

    /// <summary>A rule's penalty is not 0 to 100 points.</summary>
    RulePenaltyOutOfRange,

    /// <summary>The number of candidates, the weeks or another setting is out of its range.</summary>
    SettingOutOfRange,

    /// <summary>A pin names somebody who is not in this run.</summary>
    PinUnknownId,

    /// <summary>Two pins for one mentee.</summary>
    PinTwice,

    /// <summary>A pin breaks a rule that is required.</summary>
    PinBreaksRule,

    /// <summary>More mentees are pinned to a mentor, or to an operator group, than there are places.</summary>
    PinOverCapacity,

    /// <summary>A running pair names somebody who is not in this run, or a mentee has two, or none.</summary>
    RunningPairNotPossible,

    /// <summary>A mentor has fewer places than mentees who work with them.</summary>
    RunningOverCapacity,

    /// <summary>A waiver of a rule that can't be waived, or one without a reason.</summary>
    WaiverNotPossible,

    /// <summary>No pair at all passes the rules.</summary>
    NoPossiblePair,
}
