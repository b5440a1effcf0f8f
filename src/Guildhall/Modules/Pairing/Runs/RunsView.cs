namespace Guildhall.Modules.Pairing;

/// <summary>The runs of a cohort, newest first, and two of them side by side.</summary>
/// <param name="Runs">One page of them.</param>
/// <param name="CompareHref">Where the two picked runs go, as <c>from</c> and <c>to</c>.</param>
/// <param name="Version">The edition of the settings, which a restore posts.</param>
public sealed record RunsView(
    string Cohort, string CohortHref, string StudioHref, IReadOnlyList<RunHistoryLine> Runs, int Total, string Shown, string? PreviousHref, string? NextHref, string CompareHref, int? From, int? To, ComparedRuns? Compared, string Version);

/// <summary>Two runs side by side.</summary>
/// <param name="PreviousHref">The page of moves before this one.</param>
/// <param name="NextHref">The page of moves after this one.</param>
public sealed record ComparedRuns(int Number, RunMeasures Measures, RunComparison Comparison, string? PreviousHref, string? NextHref);

/// <summary>A run in the history.</summary>
/// <param name="State">Draft, Approved, Replaced.</param>
/// <param name="RestoreAction">Posts <c>version</c>, makes its settings the current ones and runs again; null for the newest.</param>
public sealed record RunHistoryLine(int Number, string RanAt, string RanBy, string State, RunMeasures Measures, string Changed, string Href, string? RestoreAction);
