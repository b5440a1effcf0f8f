using System.Text.Json.Serialization;

namespace Guildhall.Matching;

/// <summary>What a manager may steer: rules, weights, pins, bars, waivers, and the frame of the run.</summary>
public sealed record MatchSettings
{
    /// <summary>Rules by kind, each at most once. A rule that is not listed is off, but <see cref="Rule.Capacity"/> and <see cref="Rule.Barred"/>, which always hold.</summary>
    public IReadOnlyList<RuleSetting> Rules { get; init; } = RuleSetting.Defaults;

    /// <summary>Percent of the score that each factor may bring, whole numbers of 0 or more that sum to 100. A factor that is not listed weighs 0.</summary>
    public IReadOnlyDictionary<Factor, int> Weights { get; init; } = DefaultWeights;

    /// <summary>Pairs that must be in the result.</summary>
    public IReadOnlyList<Pin> Pins { get; init; } = [];

    /// <summary>Pairs that must not be in the result.</summary>
    public IReadOnlyList<Bar> Bars { get; init; } = [];

    /// <summary>Conflicts of interest that a manager signed off.</summary>
    public IReadOnlyList<Waiver> Waivers { get; init; } = [];

    /// <summary>Pairs that ended before, or were proposed and not accepted.</summary>
    public IReadOnlyList<EndedPair> EndedPairs { get; init; } = [];

    /// <summary>What is maximised.</summary>
    public AssignmentObjective Objective { get; init; } = AssignmentObjective.MatchedFirst;

    /// <summary>Pairs a mentee enters the first solve with, 1 or more. It changes the time, never the result: left-out pairs are priced and added.</summary>
    public int CandidatesPerMentee { get; init; } = 50;

    /// <summary>Orders equal alternatives, and draws lots: part of the run, so that it can be repeated.</summary>
    public long Seed { get; init; } = UsualSeed;

    /// <summary>The seed of who sets none.</summary>
    public const long UsualSeed = 1;

    /// <summary>Pairs nearly as good as each other are drawn by lot; null for the optimum itself.</summary>
    public NearTies? NearTies { get; init; }

    /// <summary>Pairs that work together already: no rule stands against them. For a recalibration alone.</summary>
    internal IReadOnlyList<Pin> Running { get; init; } = [];

    /// <summary>The program's first day. Shared hours are counted from it.</summary>
    public required DateOnly ProgramStart { get; init; }

    /// <summary>The program's length in weeks, 1 to 104.</summary>
    public int ProgramWeeks { get; init; } = 13;

    /// <summary>Weights a program starts with. They sum to 100.</summary>
    public static IReadOnlyDictionary<Factor, int> DefaultWeights { get; } = new Dictionary<Factor, int>
    {
        [Factor.Category] = 25,
        [Factor.Velocity] = 15,
        [Factor.Skills] = 15,
        [Factor.Hours] = 10,
        [Factor.GrowthTarget] = 10,
        [Factor.Inventory] = 8,
        [Factor.Channel] = 4,
        [Factor.Style] = 4,
        [Factor.Contact] = 3,
        [Factor.Industry] = 3,
        [Factor.Responsiveness] = 2,
        [Factor.Region] = 1,
    };
}

/// <summary>What a pair is scored by. Formulas and neutral values: docs/methods/matching.md.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Factor>))]
public enum Factor
{
    /// <summary>Closeness in the category tree, by shares.</summary>
    Category,

    /// <summary>The mentor's orders a week against the mentee's target: some way ahead, not worlds apart.</summary>
    Velocity,

    /// <summary>Variants, made to order or stocked, own or marketplace shipping.</summary>
    Inventory,

    /// <summary>Hours a week both are free.</summary>
    Hours,

    /// <summary>The mentee's needs covered by the mentor's strengths, by urgency.</summary>
    Skills,

    /// <summary>The mentee's channels that the mentor uses too.</summary>
    Channel,

    /// <summary>Whether the mentor has passed where the mentee wants to go.</summary>
    GrowthTarget,

    /// <summary>The mentee's industries that the mentor knows too.</summary>
    Industry,

    /// <summary>Data-driven or intuitive.</summary>
    Style,

    /// <summary>Asynchronous or live.</summary>
    Contact,

    /// <summary>Closeness of place.</summary>
    Region,

    /// <summary>The mentor's answer rate and last activity.</summary>
    Responsiveness,
}

/// <summary>Near ties broken at random, so that what becomes of the pairs can be laid to the pairs and not to how they were chosen.</summary>
/// <param name="Points">Points of 100 that count as no difference, from <see cref="LeastPoints"/> to <see cref="MostPoints"/>. The total is at most this times the number of pairs below the greatest possible; as many mentees are matched, class by class.</param>
/// <param name="Draws">Further draws that the odds are counted from, 1 to <see cref="MostDraws"/>. More make the odds more exact and the run longer, and never change the pairs.</param>
public sealed record NearTies(double Points, int Draws = 200)
{
    /// <summary>The least difference that may count as none: the tenth that scores are shown to.</summary>
    public const double LeastPoints = 0.1;

    /// <summary>The greatest difference that may count as none.</summary>
    public const double MostPoints = 5;

    /// <summary>The most draws that odds may be counted from.</summary>
    public const int MostDraws = 2_000;
}

/// <summary>A pair that must be in the result.</summary>
/// <param name="MenteeId">The mentee.</param>
/// <param name="MentorId">The mentor.</param>
public sealed record Pin(string MenteeId, string MentorId);

/// <summary>A pair that must not be in the result.</summary>
/// <param name="MenteeId">The mentee.</param>
/// <param name="MentorId">The mentor.</param>
/// <param name="Reason">Why, in the manager's words, or null.</param>
public sealed record Bar(string MenteeId, string MentorId, string? Reason = null);

/// <summary>A pair that ended before, or was proposed and not accepted.</summary>
/// <param name="MenteeId">The mentee.</param>
/// <param name="MentorId">The mentor.</param>
public sealed record EndedPair(string MenteeId, string MentorId);

/// <summary>One conflict-of-interest rule set aside for one pair.</summary>
/// <param name="MenteeId">The mentee.</param>
/// <param name="MentorId">The mentor.</param>
/// <param name="Rule">A conflict rule: see <see cref="RuleSetting.IsConflictOfInterest"/>.</param>
/// <param name="Reason">Why, in the manager's words; not empty.</param>
/// <param name="Until">The last day it holds. It counts when that is on or after the program's start; one that ends before the program does is shown as the pair's caution.</param>
public sealed record Waiver(string MenteeId, string MentorId, Rule Rule, string Reason, DateOnly Until);
