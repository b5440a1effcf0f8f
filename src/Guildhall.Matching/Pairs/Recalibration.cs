namespace Guildhall.Matching;

/// <summary>Running pairs on the figures of today, and the changes that would be worth a switch. Nothing is changed by it.</summary>
/// <param name="SwitchingCost">Points that a switch must bring.</param>
/// <param name="Pairs">Every running pair, by mentee id.</param>
/// <param name="Changes">What is proposed, the greatest gain first; empty where no change beats its cost.</param>
/// <param name="Verdict">What was verified: no other set of switches gains more, less the cost of each.</param>
public sealed record Recalibration(double SwitchingCost, IReadOnlyList<RunningPair> Pairs, IReadOnlyList<ProposedChange> Changes, RunVerdict Verdict);

/// <summary>Two who work together, as they would score today.</summary>
/// <param name="MenteeId">The mentee.</param>
/// <param name="MentorId">The mentor.</param>
/// <param name="Score">What the pair scores today.</param>
/// <param name="Broken">Required rules that would keep them apart if they were to begin today; usually empty. No rule ends a running pair: a manager decides.</param>
public sealed record RunningPair(string MenteeId, string MentorId, PairScore Score, IReadOnlyList<Rule> Broken);

/// <summary>Switches that need each other, because one leaves the place that another takes: all of them or none. A change stands without the other changes.</summary>
/// <param name="Moves">Who would switch, the greatest gain first. One of several may lose; all together gain more than the cost.</param>
public sealed record ProposedChange(IReadOnlyList<ProposedMove> Moves)
{
    /// <summary>What all of its moves gain together, in millionths, before the cost of switching.</summary>
    public long Gain => Moves.Sum(move => (long)move.After.Millionths - move.Before.Millionths);
}

/// <summary>A mentee who would switch.</summary>
/// <param name="MenteeId">The mentee.</param>
/// <param name="FromMentorId">The mentor they have.</param>
/// <param name="ToMentorId">The mentor they would have.</param>
/// <param name="Before">What the running pair scores today.</param>
/// <param name="After">What the new one would score.</param>
public sealed record ProposedMove(string MenteeId, string FromMentorId, string ToMentorId, PairScore Before, PairScore After);
