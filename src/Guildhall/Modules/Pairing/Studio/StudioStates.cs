using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Pairing;

/// <summary>Before the first run: who waits on each side.</summary>
/// <param name="WithMentor">Mentees who have a mentor already, and so wait for none.</param>
/// <param name="Blockers">What has to be done first, such as bringing in sellers; empty when the matching can run.</param>
public sealed record MatchingStartView(string Cohort, string CohortHref, int MenteesWaiting, int MentorCount, int OpenPlaces, string RunAction, IReadOnlyList<Link> Blockers, int WithMentor = 0, LotteryLine? Lottery = null);

/// <summary>That there are fewer places than mentees, or that lots were drawn for them, and where to go.</summary>
public sealed record LotteryLine(string Words, Link Action);

/// <summary>The matching asked for made no pair at all, and nothing was stored.</summary>
/// <param name="Finding">That nobody waits, that no place is left, or the rule that blocks most with its count, in a sentence.</param>
/// <param name="BlockingRuleId">What the form posts to turn that rule off.</param>
/// <param name="RuleAction">Posts <c>rule</c> and <c>on</c>; null when the charter holds the rule on, and when turning it off would give somebody a second mentor.</param>
/// <param name="LastRunHref">The last run that did make pairs; null when there is none.</param>
/// <param name="Typed">The weights that were sent, so that they go along.</param>
public sealed record MatchingBlockedView(string Cohort, string CohortHref, string Finding, string BlockingRuleId, string? RuleAction, string EditRulesHref, string? LastRunHref, IReadOnlyList<(string Name, string Value)>? Typed = null);
