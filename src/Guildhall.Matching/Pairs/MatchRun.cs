using System.Text.Json.Serialization;

namespace Guildhall.Matching;

/// <summary>
/// One computation of pairs with its reasons: the optimum over all pairs under the rules, verified before it is returned.
/// Plain data, made to be stored as JSON. Scores are integers in millionths of 1 (1,000,000 is 100 points); shown points are in tenths.
/// </summary>
public sealed record MatchRun
{
    /// <summary>The settings it was computed under.</summary>
    public required MatchSettings Settings { get; init; }

    /// <summary>Pairs, best exact score first, then by mentee id.</summary>
    public required IReadOnlyList<MatchedPair> Pairs { get; init; }

    /// <summary>Mentees without a pair, by id.</summary>
    public required IReadOnlyList<UnmatchedMentee> Unmatched { get; init; }

    /// <summary>Every mentor with places, load and price, by id.</summary>
    public required IReadOnlyList<MentorLoad> Mentors { get; init; }

    /// <summary>Where mentors are short: prices by category, language and hours, dearest first within each.</summary>
    public required IReadOnlyList<Scarcity> Scarcities { get; init; }

    /// <summary>Every rule with the pairs it blocks or costs points, in the order of <see cref="Rule"/>.</summary>
    public required IReadOnlyList<RuleStatistic> Rules { get; init; }

    /// <summary>Counts and averages.</summary>
    public required RunSummary Summary { get; init; }

    /// <summary>What was verified.</summary>
    public required RunVerdict Verdict { get; init; }

    /// <summary>Places that mentors offer and the rules on rotation keep closed.</summary>
    [JsonIgnore]
    public int ClosedPlaces => Mentors.Where(mentor => mentor.Places > 0).Sum(mentor => mentor.Capacity - mentor.Places);

    /// <summary>The required rules on rotation: those that may keep places closed.</summary>
    [JsonIgnore]
    public IEnumerable<RuleSetting> RotationRules => Settings.Rules.Where(rule => rule is { Rule: Rule.GroupShare or Rule.MenteesInRow, Strength: RuleStrength.Required });
}

/// <summary>A chosen pair and why.</summary>
public sealed record MatchedPair
{
    /// <summary>The mentee.</summary>
    public required string MenteeId { get; init; }

    /// <summary>The mentor.</summary>
    public required string MentorId { get; init; }

    /// <summary>True when a manager pinned it.</summary>
    public required bool IsPinned { get; init; }

    /// <summary>What it scores and why.</summary>
    public required PairScore Score { get; init; }

    /// <summary>Where near ties were drawn: the share of draws in which this pair came out, above 0, at most 1. Null where nothing was drawn.</summary>
    public double? Odds { get; init; }

    /// <summary>The mentors whom the mentee could have got: this one first, then all who came out in another draw, the likeliest first. This one alone where nothing was drawn; empty in runs stored before candidates were kept.</summary>
    public IReadOnlyList<CandidateMentor> Candidates { get; init; } = [];
}

/// <summary>A mentor whom a mentee could have got by the lot, with all that a score could be made of: what is learned from how the pairs do later needs to know what else there was.</summary>
/// <param name="MentorId">The mentor.</param>
/// <param name="Odds">The share of draws in which the mentee had them, above 0, at most 1. Where the mentee had nobody in some draws, those of all candidates sum to less than 1.</param>
/// <param name="Values">How well the two fit in every factor, whatever it weighs: 0 to 10,000; the neutral value where it is not known.</param>
public sealed record CandidateMentor(string MentorId, double Odds, IReadOnlyDictionary<Factor, int> Values);

/// <summary>The score of one pair, taken apart.</summary>
public sealed record PairScore
{
    /// <summary>The exact score in millionths, 1 to 1,000,000.</summary>
    public required int Millionths { get; init; }

    /// <summary>The shown score, 0.0 to 100.0 in tenths: exactly the sum of the points of <see cref="Factors"/> less those of <see cref="Penalties"/>.</summary>
    public required decimal Points { get; init; }

    /// <summary>Every factor with a weight, heaviest points first, ties in the order of <see cref="Factor"/>.</summary>
    public required IReadOnlyList<FactorScore> Factors { get; init; }

    /// <summary>Preferred rules the pair breaks; usually empty.</summary>
    public required IReadOnlyList<RulePenalty> Penalties { get; init; }

    /// <summary>The one thing to know before accepting, or null.</summary>
    public required PairCaution? Caution { get; init; }

    /// <summary>Up to three factors that speak for the pair: known, at half their weight or more, most points first. Of two that compare with the level the mentee wants, the first.</summary>
    [JsonIgnore]
    public IEnumerable<FactorScore> Reasons => Factors.Where(f => f.IsKnown && f.Value >= 0.5)
        .DistinctBy(f => f.Fact.Kind == FactKind.LevelPassed ? FactKind.OrdersAgainstTarget : f.Fact.Kind).Take(3);
}

/// <summary>What one factor brings to a pair.</summary>
/// <param name="Factor">Which factor.</param>
/// <param name="Value">How well the two fit in it, 0 to 1 in ten-thousandths; its neutral value when not known.</param>
/// <param name="Weight">Points it may bring: its percent of the score.</param>
/// <param name="Points">Points it brings, in tenths.</param>
/// <param name="IsKnown">False when something it compares is not known.</param>
/// <param name="Fact">What was compared.</param>
public sealed record FactorScore(Factor Factor, double Value, int Weight, decimal Points, bool IsKnown, PairFact Fact);

/// <summary>Points lost by breaking a preferred rule.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Points">Points lost, in tenths, 0 or more; less than the rule's own where the score would fall below zero.</param>
public sealed record RulePenalty(Rule Rule, decimal Points);

/// <summary>A comparison of two people as values that can be worded in any language. <see cref="MatchWording"/> words it in English.</summary>
/// <param name="Kind">What was compared; each kind states its words and numbers.</param>
/// <param name="Words">Keys, paths or ids, as the kind states.</param>
/// <param name="Numbers">Figures, as the kind states.</param>
public sealed record PairFact(FactKind Kind, IReadOnlyList<string> Words, IReadOnlyList<double> Numbers);

/// <summary>Kinds of fact, each with what its words and numbers hold.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FactKind>))]
public enum FactKind
{
    /// <summary>Not known. Words: "mentee", "mentor" or both, whose figure is missing.</summary>
    NotKnown,

    /// <summary>Both sell in one leaf category. Words: the leaf's path. Numbers: its share of each shop's sales, mentee's first.</summary>
    SameCategory,

    /// <summary>They sell in one branch of the tree. Words: the mentee's leaf, the mentor's nearest leaf, their common branch, as paths.</summary>
    NearCategory,

    /// <summary>They sell in different branches. Words: the mentee's main leaf, the mentor's main leaf, as paths.</summary>
    OtherCategory,

    /// <summary>Orders a week. Numbers: the mentee's, the mentor's.</summary>
    Orders,

    /// <summary>The target stands for the mentee's orders. Numbers: orders a week the mentee wants, the mentor's now.</summary>
    OrdersAgainstTarget,

    /// <summary>Stock. Words, those that are known: "both-made-to-order", "both-from-stock" or "made-differently"; "both-ship-themselves", "both-shipped-by-marketplace" or "shipped-differently". Of the rest "making-not-known", "shipping-not-known", "variants-not-known". Numbers: variants of the mentee and of the mentor, or none when one is not known.</summary>
    Stock,

    /// <summary>Shared hours. Words: their weekdays (monday … sunday, in the mentee's local time of the program's first week). Numbers: hours in the leanest week of the program, hours in its fullest.</summary>
    SharedHours,

    /// <summary>Skills. Words: the needs that the mentor covers at 0.5 or better, most urgent first. Numbers: how many of them, how many needs, the mentor's level in the covered ones, by urgency (0 to 1).</summary>
    Skills,

    /// <summary>Channels. Words: those in common. Numbers: how many in common, how many the mentee has.</summary>
    Channels,

    /// <summary>The growth target. Numbers: orders a week the mentee wants, the level the mentor has passed.</summary>
    LevelPassed,

    /// <summary>Industries. Words: those in common. Numbers: how many in common, how many the mentee has.</summary>
    Industries,

    /// <summary>Style. Numbers: the mentee's and the mentor's, −1 intuitive to 1 data-driven.</summary>
    Style,

    /// <summary>Contact. Numbers: the mentee's and the mentor's, −1 asynchronous to 1 live.</summary>
    Contact,

    /// <summary>Regions. Words: the mentee's and the mentor's, as paths.</summary>
    Region,

    /// <summary>Answers. Numbers: answered, asked, days since active (left out when not known).</summary>
    Answers,
}

/// <summary>The one thing to know before accepting a pair.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Rule">The rule it is about, when it is about one.</param>
/// <param name="Fact">What was compared, when that says more.</param>
/// <param name="Until">The last day of a waiver.</param>
public sealed record PairCaution(CautionKind Kind, Rule? Rule = null, PairFact? Fact = null, DateOnly? Until = null);

/// <summary>Kinds of caution; where several hold, the first of this list is shown.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CautionKind>))]
public enum CautionKind
{
    /// <summary>A conflict rule was waived for this pair, and the waiver ends before the program does.</summary>
    WaiverEndsEarly,

    /// <summary>A conflict rule was waived for this pair.</summary>
    Waived,

    /// <summary>A preferred rule is broken.</summary>
    PreferredRuleBroken,

    /// <summary>A required rule could not be looked at: what it compares is not known.</summary>
    RuleNotKnown,

    /// <summary>Two shared hours a week or fewer.</summary>
    FewSharedHours,

    /// <summary>A clock change takes shared hours away during the program.</summary>
    ClockChange,

    /// <summary>The two sell in different branches of the category tree.</summary>
    OtherCategory,

    /// <summary>The mentor answered fewer than half of what they were asked, of five or more.</summary>
    FewAnswers,
}

/// <summary>A mentee without a pair and why.</summary>
public sealed record UnmatchedMentee
{
    /// <summary>The mentee.</summary>
    public required string MenteeId { get; init; }

    /// <summary>Why nobody.</summary>
    public required UnmatchedReason Reason { get; init; }

    /// <summary>The required rule that removes most mentors, counted first by those it alone removes; null when a mentor passes all rules.</summary>
    public required Rule? Rule { get; init; }

    /// <summary>For each required rule that removes a mentor: how many, and how many it alone removes. Most first.</summary>
    public required IReadOnlyList<RuleStatistic> Removed { get; init; }

    /// <summary>Mentors that pass every required rule.</summary>
    public required int PossibleMentors { get; init; }

    /// <summary>The possible mentor for whom the least is missing, or null.</summary>
    public required string? NearestMentorId { get; init; }

    /// <summary>The score of the pair with the nearest mentor, in millionths; where near ties were drawn, less its lot.</summary>
    public required int? NearestScore { get; init; }

    /// <summary>What the others would lose, in millionths of score, if this mentee had a place of the nearest mentor and they made room as well as they can; exact, and never less than <see cref="NearestScore"/>. Null without a possible mentor with a place, and where places are held by a higher class.</summary>
    public required long? PlacePrice { get; init; }

    /// <summary>Where near ties were drawn: the share of draws in which this mentee had nobody, above 0, at most 1. Null where nothing was drawn.</summary>
    public double? Odds { get; init; }
}

/// <summary>Why a mentee has no pair.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<UnmatchedReason>))]
public enum UnmatchedReason
{
    /// <summary>No mentor passes the required rules.</summary>
    NoPossibleMentor,

    /// <summary>All possible mentors are full, and a place costs the whole more than this pair would bring.</summary>
    PlacesTaken,

    /// <summary>All possible mentors are full of mentees whose class comes first.</summary>
    PlacesTakenByPriority,
}

/// <summary>A mentor's places in a run.</summary>
/// <param name="MentorId">The mentor.</param>
/// <param name="Capacity">Places offered.</param>
/// <param name="Places">Places the rules leave: less than <paramref name="Capacity"/> where rotation or a group's share cuts it, 0 where the mentor is closed.</param>
/// <param name="Load">Mentees in this run.</param>
/// <param name="Price">The dual price: one more place of this mentor adds no more than this to the objective, in its millionths; 0 when places are left. Under <see cref="AssignmentObjective.MatchedFirst"/> it may hold the bonus of a class.</param>
public sealed record MentorLoad(string MentorId, int Capacity, int Places, int Load, long Price);

/// <summary>Places and prices of one kind of mentor.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Mentors">Mentors of this kind with a place.</param>
/// <param name="Places">Their places.</param>
/// <param name="FreePlaces">Places left over.</param>
/// <param name="MeanPrice">The mean price of a place, weighted by places, in millionths of the objective.</param>
/// <param name="UnmatchedMentees">Mentees of the same kind without a pair.</param>
/// <param name="MatchedElsewhere">Mentees of the same kind whose mentor is of another.</param>
public sealed record Scarcity(MentorKind Kind, int Mentors, int Places, int FreePlaces, long MeanPrice, int UnmatchedMentees, int MatchedElsewhere);

/// <summary>A kind of mentor; each part that is null is left open.</summary>
/// <param name="Category">A branch of the category tree that holds the mentor's main leaf: "home" or "home/kitchen".</param>
/// <param name="Language">A language spoken at the working level, in whatever country: "pt"; of Chinese with its script, "zh-Hant".</param>
/// <param name="Hours">When the mentor is free.</param>
public sealed record MentorKind(string? Category = null, string? Language = null, FreeHours? Hours = null);

/// <summary>When somebody is free, in their own local time; one person may be in several.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FreeHours>))]
public enum FreeHours
{
    /// <summary>Two hours or more between 8 and 18 from Monday to Friday.</summary>
    WeekdayDay,

    /// <summary>Two hours or more outside 8 to 18 from Monday to Friday.</summary>
    WeekdayEvening,

    /// <summary>Two hours or more on Saturday and Sunday.</summary>
    Weekend,
}

/// <summary>The pairs a rule stands against.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Strength">How it is set.</param>
/// <param name="Broken">Pairs that break it: blocked when it is required, with points lost when it is preferred, counted only when it is off. The lowest fit is looked at last, in pairs that no required rule blocks.</param>
/// <param name="BrokenAlone">Of those, pairs that no other required rule blocks.</param>
public sealed record RuleStatistic(Rule Rule, RuleStrength Strength, long Broken, long BrokenAlone);

/// <summary>A run in figures.</summary>
public sealed record RunSummary
{
    /// <summary>Mentees in the run.</summary>
    public required int Mentees { get; init; }

    /// <summary>Mentors in the run.</summary>
    public required int Mentors { get; init; }

    /// <summary>Places the rules leave.</summary>
    public required int Places { get; init; }

    /// <summary>All pairs, mentees times mentors.</summary>
    public required long Pairs { get; init; }

    /// <summary>Pairs that pass every required rule.</summary>
    public required long PossiblePairs { get; init; }

    /// <summary>Mentees with a pair.</summary>
    public required int Matched { get; init; }

    /// <summary>Mentees with a pair by class, index 0 to 7.</summary>
    public required IReadOnlyList<int> MatchedByPriority { get; init; }

    /// <summary>The sum of scores, in millionths.</summary>
    public required long TotalScore { get; init; }

    /// <summary>The mean score of the pairs in points; 0 without a pair.</summary>
    public required double AveragePoints { get; init; }

    /// <summary>The lowest score in points; null without a pair.</summary>
    public required decimal? LowestPoints { get; init; }

    /// <summary>The standard deviation of the pairs' scores, in points.</summary>
    public required double SpreadPoints { get; init; }

    /// <summary>Pairs under 60 points.</summary>
    public required int PairsBelow60 { get; init; }

    /// <summary>Mentors with a place.</summary>
    public required int OpenMentors { get; init; }

    /// <summary>Of those, mentors whose places are all taken.</summary>
    public required int MentorsAtLimit { get; init; }

    /// <summary>Herfindahl–Hirschman index of mentees by mentor, 0 to 10,000; 0 without a pair.</summary>
    public required double Hhi { get; init; }

    /// <summary>Gini coefficient of mentees over the mentors with a place, 0 (even) to below 1.</summary>
    public required double Gini { get; init; }

    /// <summary>The greatest share of this run's pairs with one operator group (a mentor without a group is one), 0 to 1.</summary>
    public required double LargestGroupShare { get; init; }

    /// <summary>Possible pairs in which both would rather have each other than what they got: higher for the mentee than their pair, and the mentor has a free place or a lower-scored mentee. Pinned people are left out.</summary>
    public required long BlockingPairs { get; init; }
}

/// <summary>What was verified before the run was returned: prices prove that no possible pair was left out to the whole's harm, and a search that nobody more could be matched. A run whose check fails is never returned.</summary>
/// <param name="CheckedPairs">Pairs the separate checker read.</param>
/// <param name="AddedPairs">Pairs that the first candidates missed and the prices called for.</param>
/// <param name="Rounds">Solves until nothing was missing.</param>
/// <param name="BeforeGroupCut">Null unless an operator group of several mentors had to be cut to its share: then the result is optimal for the places cut, and the optimum under every rule lies between it and these totals, which the same run had before the cut.</param>
/// <param name="WithoutDraw">What the greatest total of the same run is, where near ties were drawn: the pairs are the best of their draw, and may total this less the points of <see cref="NearTies"/> for each. Null where nothing was drawn.</param>
public sealed record RunVerdict(long CheckedPairs, int AddedPairs, int Rounds, PlanTotals? BeforeGroupCut, PlanTotals? WithoutDraw = null);

/// <summary>A plan in two figures.</summary>
/// <param name="Matched">Mentees with a pair.</param>
/// <param name="TotalScore">The sum of scores, in millionths.</param>
public sealed record PlanTotals(int Matched, long TotalScore);
