using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Pairing;

/// <summary>Before the first run: who waits on each side.</summary>
/// <param name="Blockers">What has to be done first, such as bringing in sellers; empty when the matching can run.</param>
public sealed record MatchingStartView(string Cohort, string CohortHref, int MenteesWaiting, int MentorCount, int OpenPlaces, string RunAction, IReadOnlyList<Link> Blockers);

/// <summary>The matching asked for made no pair at all, and nothing was stored.</summary>
/// <param name="Finding">The rule that blocks most, with its count, in a sentence.</param>
/// <param name="BlockingRuleId">What the form posts to turn that rule off.</param>
/// <param name="RuleAction">Posts <c>rule</c> and <c>on</c>; null when the charter holds the rule on.</param>
/// <param name="LastRunHref">The last run that did make pairs; null when there is none.</param>
public sealed record MatchingBlockedView(string Cohort, string CohortHref, string Finding, string BlockingRuleId, string? RuleAction, string EditRulesHref, string? LastRunHref);

/// <summary>The last look before proposals are stored.</summary>
/// <param name="Groups">Who hears what and when, by mentor: one page of them.</param>
/// <param name="Shown">"Pairs 1 to 50 of 189".</param>
/// <param name="LeftOut">Pairs that were unchecked, by name; the first of them.</param>
/// <param name="LeftOutHref">All of them in the studio; null when <paramref name="LeftOut"/> has them all.</param>
/// <param name="Caution">Something to know first, such as a mentor above their usual load.</param>
/// <param name="ApproveAction">Posts <c>version</c>.</param>
/// <param name="WhatHappens">What approving does today, in order.</param>
public sealed record SendView(
    string Cohort, string CohortHref, int RunNumber, int PairCount, int MentorCount, IReadOnlyList<SendGroup> Groups, string Shown, string? PreviousHref, string? NextHref,
    IReadOnlyList<string> LeftOut, int LeftOutCount, string? LeftOutHref, string? Caution, string ApproveAction, string Version, string StudioHref, IReadOnlyList<string> WhatHappens);

/// <summary>One mentor and the mentees proposed to them.</summary>
public sealed record SendGroup(string Mentor, string MentorShop, IReadOnlyList<SendLine> Mentees);

/// <summary>A proposed mentee.</summary>
public sealed record SendLine(string Mentee, string Shop, decimal Fit);

/// <summary>The runs of a cohort, newest first, and two of them side by side.</summary>
/// <param name="Runs">One page of them.</param>
/// <param name="CompareHref">Where the two picked runs go, as <c>from</c> and <c>to</c>.</param>
public sealed record RunsView(
    string Cohort, string CohortHref, string StudioHref, IReadOnlyList<RunHistoryLine> Runs, int Total, string Shown, string? PreviousHref, string? NextHref, string CompareHref, int? From, int? To, ComparedRuns? Compared);

/// <summary>Two runs side by side.</summary>
/// <param name="PreviousHref">The page of moves before this one.</param>
/// <param name="NextHref">The page of moves after this one.</param>
public sealed record ComparedRuns(int Number, RunMeasures Measures, RunComparison Comparison, string? PreviousHref, string? NextHref);

/// <summary>A run in the history.</summary>
/// <param name="State">Draft, Sent, Replaced.</param>
/// <param name="RestoreAction">Makes its settings the current ones and runs again; null for the newest.</param>
public sealed record RunHistoryLine(int Number, string RanAt, string RanBy, string State, RunMeasures Measures, string Changed, string Href, string? RestoreAction);
