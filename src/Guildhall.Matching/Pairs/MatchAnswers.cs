using System.Text.Json.Serialization;

namespace Guildhall.Matching;

/// <summary>Why a pair was not made.</summary>
/// <param name="MenteeId">The mentee.</param>
/// <param name="MentorId">The mentor.</param>
/// <param name="IsPair">True when the run did make this pair; the rest is then empty.</param>
/// <param name="PinnedTo">The mentor whom the mentee is pinned to, or null.</param>
/// <param name="Blocks">Required rules that the pair breaks; empty when it is possible.</param>
/// <param name="Score">What the pair scores. Null when it is blocked.</param>
/// <param name="Cost">What choosing it would change. Null when it is blocked, pinned elsewhere, or the pair of the run, or when every place of the mentor is pinned.</param>
public sealed record WhyNotAnswer(
    string MenteeId, string MentorId, bool IsPair, string? PinnedTo, IReadOnlyList<Rule> Blocks, PairScore? Score, PlanChange? Cost);

/// <summary>What taking a pair away would change.</summary>
/// <param name="MenteeId">The mentee.</param>
/// <param name="MentorId">The mentor they have in the run.</param>
/// <param name="Change">The best plan without this pair, against the run.</param>
/// <param name="OfferedMenteeId">Who would take the mentor's place, or null when it would stay empty.</param>
/// <param name="OfferedScore">The score of that pair in millionths, or null.</param>
public sealed record IfRemovedAnswer(string MenteeId, string MentorId, PlanChange Change, string? OfferedMenteeId, int? OfferedScore);

/// <summary>The difference between a run and the best plan under one change; exact, both optimal over all pairs.</summary>
/// <param name="MatchedBefore">Mentees with a pair in the run.</param>
/// <param name="MatchedAfter">Mentees with a pair under the change.</param>
/// <param name="TotalBefore">The run's total score, in millionths.</param>
/// <param name="TotalAfter">The total score under the change, in millionths.</param>
/// <param name="Moves">Everybody whose mentor changes, the asked mentee first, then in the order in which each makes room for the one before.</param>
public sealed record PlanChange(int MatchedBefore, int MatchedAfter, long TotalBefore, long TotalAfter, IReadOnlyList<MenteeMove> Moves)
{
    /// <summary>Mentees gained (or, below 0, lost).</summary>
    public int MatchedChange => MatchedAfter - MatchedBefore;

    /// <summary>Total score gained (or, below 0, lost), in millionths.</summary>
    public long TotalChange => TotalAfter - TotalBefore;
}

/// <summary>A mentee whose mentor changes.</summary>
/// <param name="MenteeId">The mentee.</param>
/// <param name="FromMentorId">The mentor before, or null.</param>
/// <param name="ToMentorId">The mentor after, or null.</param>
/// <param name="ScoreBefore">The score before, in millionths, or null.</param>
/// <param name="ScoreAfter">The score after, in millionths, or null.</param>
public sealed record MenteeMove(string MenteeId, string? FromMentorId, string? ToMentorId, int? ScoreBefore, int? ScoreAfter);

/// <summary>What a rule costs: the run against the same run with the rule the other way.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="From">How it is set in the run.</param>
/// <param name="To">Off for a rule that is on; required for one that is off.</param>
/// <param name="MatchedBefore">Mentees with a pair in the run.</param>
/// <param name="MatchedAfter">Mentees with a pair with the rule the other way.</param>
/// <param name="TotalBefore">The run's total score, in millionths.</param>
/// <param name="TotalAfter">The total score with the rule the other way, in millionths.</param>
public sealed record RuleCostAnswer(Rule Rule, RuleStrength From, RuleStrength To, int MatchedBefore, int MatchedAfter, long TotalBefore, long TotalAfter);

/// <summary>What three more mentors of one kind would bring.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="CopyOf">The mentor they are copies of: the one of this kind with a place whose price is in the middle. Null when there is none, and then they are typical mentors of the program, as docs/methods/matching.md states.</param>
/// <param name="Each">What each of the three is taken to be; its id names nobody.</param>
/// <param name="MatchedBefore">Mentees with a pair in the run.</param>
/// <param name="MatchedAfter">Mentees with a pair with the three.</param>
/// <param name="TotalBefore">The run's total score, in millionths.</param>
/// <param name="TotalAfter">The total score with the three, in millionths.</param>
public sealed record ThreeMoreAnswer(
    MentorKind Kind, string? CopyOf, MentorProfile Each, int MatchedBefore, int MatchedAfter, long TotalBefore, long TotalAfter);

/// <summary>A mentor whom a mentee could have had.</summary>
/// <param name="MentorId">The mentor.</param>
/// <param name="HasFreePlace">True when a place is left in the run.</param>
/// <param name="Score">What the pair scores.</param>
/// <param name="LosesMostIn">The factor in which it has least against the mentee's own pair, or null when it has less in none, loses more to a rule, or the mentee has no pair.</param>
/// <param name="LosesMostTo">The preferred rule that costs it most against the mentee's own pair, or null when a factor costs it more, none does, or the mentee has no pair.</param>
public sealed record Alternative(string MentorId, bool HasFreePlace, PairScore Score, Factor? LosesMostIn, Rule? LosesMostTo = null);

/// <summary>A way of choosing pairs among those that the rules allow.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MatchingWay>))]
public enum MatchingWay
{
    /// <summary>The greatest total of all: what a run holds.</summary>
    Optimum,

    /// <summary>The best pair of all, then the best of those that are left (greedy).</summary>
    BestPairFirst,

    /// <summary>One mentee after the other takes the best mentor who has a place.</summary>
    FirstCome,
}

/// <summary>What a way of matching makes of the people of a run.</summary>
/// <param name="Way">Which way.</param>
/// <param name="Draws">What came out, by order drawn; one for a way that doesn't hang on an order.</param>
public sealed record WayFigures(MatchingWay Way, IReadOnlyList<PlanFigures> Draws);
