using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Pairing;

/// <summary>
/// What the matching studio shows of one run. Scores are points of 100. An address is a link or the target of a form; a null
/// address hides its control. Facts, rule names and reasons come worded.
/// </summary>
public sealed record StudioView(
    RunLine Run,
    RunMeasures Measures,
    RunComparison? Comparison,
    PairListView Pairs,
    WeightsView Weights,
    IReadOnlyList<RuleLine> Rules,
    UnmatchedView Unmatched,
    IReadOnlyList<ShortageLine> Shortages,
    StudioAddresses Addresses,
    StudioNews? News = null,
    LotteryLine? Lottery = null);

/// <summary>Which run, of what, and who knows.</summary>
/// <param name="Cohort">The cohort's name; the first crumb.</param>
/// <param name="RanAt">"today at 09:42".</param>
/// <param name="PairCount">Pairs the run made.</param>
/// <param name="IncludedCount">Pairs that would be approved now.</param>
/// <param name="People">"42 mentees waiting, 18 mentors with 50 open places."</param>
/// <param name="Sent">"Approved on Tue 17 Nov at 16:05 by Dana Whitfield." once it was approved; null while it is a draft.</param>
/// <param name="ProofSentence">What the certificate's check says, such as "No other set of pairs fits better. Checked."</param>
/// <param name="DataCaution">Where something in the run is not real, such as hours that were given by rule; shown as long as the run is.</param>
/// <param name="Spread">How the pairs are spread over scores and mentors, for who asks.</param>
/// <param name="Proof">What the check read and found, to the letter.</param>
/// <param name="PeopleSince">How the people of today differ from those of the run; null when they don't, or it isn't the newest.</param>
/// <param name="SettingsSince">What was saved and is in no run yet; null when nothing was.</param>
public sealed record RunLine(
    int Number, string Cohort, string CohortHref, string RanAt, int PairCount, int IncludedCount, string People,
    string? Sent, string ProofSentence, string? DataCaution = null, IReadOnlyList<SpreadLine>? Spread = null, string? Proof = null, string? PeopleSince = null, string? SettingsSince = null);

/// <summary>One figure of how the pairs are spread, and what it says.</summary>
public sealed record SpreadLine(string Name, string Figure, string Meaning);

/// <summary>A run in figures.</summary>
public sealed record RunMeasures(int Matched, int Mentees, decimal AverageFit, decimal LowestFit, int PairsBelow60, int MentorsAtLimit, int Mentors);

/// <summary>This run beside an earlier one.</summary>
/// <param name="SettingsChanged">Each a clause with the setting's name apart: ("the weight of ", "Hours", " went from 10 to 20").</param>
/// <param name="Moves">Mentees whose mentor changed, the greatest gain first, at most as many as the page shows.</param>
/// <param name="AllMovesHref">The two runs side by side; null when <paramref name="Moves"/> has them all.</param>
/// <param name="Scale">That the two runs score on different scales, and how they are compared then; null when they don't.</param>
/// <param name="Same">Moves to a mentor with whom the fit, in whole points, is the same.</param>
public sealed record RunComparison(
    int EarlierNumber, RunMeasures Earlier, IReadOnlyList<SettingClause> SettingsChanged, int Changed, int Improved, int Worse, int Lost, int Gained,
    IReadOnlyList<MoveLine> Moves, string? AllMovesHref, string? Scale, string? People, int Same = 0);

/// <summary>One setting that differs, as a clause around its name.</summary>
public sealed record SettingClause(string Before, string Name, string After)
{
    public string Text => $"{Before}{Name}{After}";
}

/// <summary>A mentee whose mentor changed. A null mentor is no match, and has no fit.</summary>
public sealed record MoveLine(string Mentee, string? FromMentor, string? ToMentor, decimal? FitBefore, decimal? FitAfter);

/// <summary>The pairs in view.</summary>
/// <param name="Factors">The columns: the heaviest factors first, at most six, so that a row fits a laptop.</param>
/// <param name="Tabs">Proposed, Changed, Kept, Left out, No match.</param>
/// <param name="Sorts">Ways to sort; the current one is on the button.</param>
/// <param name="Total">Pairs behind the current tab.</param>
/// <param name="MoreHref">The same list with more rows.</param>
public sealed record PairListView(
    IReadOnlyList<FactorColumn> Factors, IReadOnlyList<PairLine> Rows, IReadOnlyList<Tab> Tabs, IReadOnlyList<Tab> Sorts, int Total, string? MoreHref, int MoreCount);

/// <summary>A factor above its column.</summary>
public sealed record FactorColumn(string Name, int Weight);

/// <summary>One pair in the list.</summary>
/// <param name="Id">Safe in an HTML id: letters, digits, hyphens.</param>
/// <param name="Scores">0 to 100 in the order of the columns; null is not known.</param>
/// <param name="Change">Points against the earlier run, when its mentor changed.</param>
/// <param name="Why">Given for an open row.</param>
/// <param name="ToggleHref">The same page with this row opened, or closed.</param>
public sealed record PairLine(
    string Id, string Mentee, string MenteeShop, string Mentor, string MentorShop, decimal Fit, decimal? Change, bool Kept, bool Included,
    IReadOnlyList<decimal?> Scores, WhyView? Why, string ToggleHref);

/// <summary>Why two people were paired, and what else was possible.</summary>
/// <param name="Shops">Where the figures of the two stand.</param>
/// <param name="Penalties">Preferred rules the pair breaks, with the points they cost.</param>
/// <param name="Caution">The one thing to know first.</param>
/// <param name="Odds">How often the pair came out where near ties are drawn; null where it was never in question.</param>
/// <param name="IfRemoved">What the run would be without this pair: worded from the certificate.</param>
/// <param name="KeepAction">Posts <c>mentee</c>, <c>mentor</c> and <c>keep</c>. Answers the row, or the page.</param>
/// <param name="BarAction">Takes the weights form, with <c>mentee</c> and <c>mentor</c> in the address: never pair these two. Answers with a redirect to the run that follows.</param>
/// <param name="SwapAction">Takes the weights form, with <c>mentee</c> in the address and in <c>pick</c> the field that holds the mentor picked. Answers with a redirect to the run that follows.</param>
public sealed record WhyView(
    string MenteeId, string MentorId, string MentorFirstName, IReadOnlyList<Link> Shops, IReadOnlyList<FactorLine> Factors, IReadOnlyList<PenaltyLine> Penalties, string? Caution,
    IReadOnlyList<AlternativeLine> Alternatives, string? Odds, string? IfRemoved, string? KeepAction, string? BarAction, string? SwapAction)
{
    /// <summary>The field of the weights form that holds the mentor picked for a pair: several pairs may stand open.</summary>
    public static string Pick(string pairId) => $"pick-{pairId}";
}

/// <summary>What a factor compared and brought.</summary>
public sealed record FactorLine(string Name, string Compared, decimal Points, int Weight);

/// <summary>A preferred rule that the pair breaks.</summary>
public sealed record PenaltyLine(string Rule, decimal Points);

/// <summary>A mentor the mentee could have had.</summary>
/// <param name="Difference">What the mentee would gain or lose, and what it would do to others: "7 points more for Amara. Dana Ingram would lose their place."</param>
public sealed record AlternativeLine(string MentorId, string Mentor, string? Difference, decimal Fit);

/// <summary>The weights of the program, as a form that runs the matching again.</summary>
/// <param name="Conflict">What to do with the numbers that were typed, when another change came first.</param>
public sealed record WeightsView(IReadOnlyList<WeightLine> Lines, string? ResetAction, string Version, IReadOnlyList<FieldError> Errors, string? Conflict = null)
{
    public int Total => Lines.Sum(line => line.Typed is not { } typed ? line.Weight : int.TryParse(typed, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : 0);
}

/// <summary>One weight.</summary>
/// <param name="Field">The form field, such as <c>weight.hours</c>.</param>
/// <param name="Change">Points against the earlier run.</param>
/// <param name="Typed">What was sent instead and refused.</param>
public sealed record WeightLine(string Field, string Name, int Weight, int Change, string? Typed = null)
{
    public bool IsTypedOver => Typed is not null && Typed != Weight.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A hard or preferred rule and what it costs.</summary>
/// <param name="Detail">"Blocks 131 of 756 possible pairs. Leaves 1 mentee without a match."</param>
/// <param name="IsFixed">Set by the charter: shown, not switched.</param>
/// <param name="BlocksNone">It makes no difference to this run.</param>
public sealed record RuleLine(string Id, string Name, string Detail, bool On, bool IsFixed, bool BlocksNone = false);

/// <summary>Mentees without a mentor: the first few, or a page of all.</summary>
/// <param name="AllHref">The first page of all; null when these are all, or a page.</param>
/// <param name="Shown">"Mentees 101 to 200 of 643"; null when these are the first few.</param>
/// <param name="ByLot">Those who are not in the run because they lost a draw that holds; null where nobody is, and in older runs.</param>
public sealed record UnmatchedView(int Total, IReadOnlyList<UnmatchedLine> Lines, string? AllHref, string? Shown = null, string? PreviousHref = null, string? NextHref = null, ByLotView? ByLot = null);

/// <summary>Mentees who wait because lots were drawn: the first few, and where all stand.</summary>
public sealed record ByLotView(int Total, IReadOnlyList<UnmatchedLine> Lines, string AllHref);

/// <summary>A mentee without a mentor: why, and the way out.</summary>
/// <param name="Waiver">Where a waiver is signed, if nothing but a conflict of interest keeps a mentor from them.</param>
public sealed record UnmatchedLine(string Mentee, string Shop, string Reason, Link? WayOut, Link? Waiver = null);

/// <summary>A kind of mentor that is short: "Three more mentors in Home and garden would match 9 more sellers."</summary>
/// <param name="MatchesMore">False where more of them would match nobody more, and at most raise the fit: no shortage.</param>
public sealed record ShortageLine(string Kind, string Finding, bool MatchesMore = true);

/// <summary>Where the studio's controls lead.</summary>
/// <param name="RunAction">Takes the weights form and runs the matching.</param>
/// <param name="ChooseAction">Takes the weights form, which the ticks belong to, and keeps at once which of the shown pairs are included.</param>
/// <param name="CostsHref">The same page with what each rule costs and where mentors are short; null once it says all of it.</param>
/// <param name="CostsLeft">How much of that was not worked out yet; null before anybody asked, and when nothing is left.</param>
/// <param name="SendAction">Takes the weights form with which of the shown pairs are included, and leads to the last look.</param>
/// <param name="RuleAction">Takes the weights form, with <c>rule</c> and <c>on</c> in the address, and runs the matching.</param>
/// <param name="UndoAction">Takes an approval back while it may be; null otherwise.</param>
/// <param name="CsvHref">The pairs and the mentees without one, for a spreadsheet.</param>
/// <param name="NewestHref">The newest run; null on its own page.</param>
public sealed record StudioAddresses(
    string Studio, string? RunAction, string? SendAction, string? RuleAction, string? EditRulesHref, string RunsHref, string? UndoAction = null, string? CsvHref = null, string? NewestHref = null,
    string? ChooseAction = null, string? CostsHref = null, string? CostsLeft = null);

/// <summary>What the person's last act did: said aloud, and shown above the page.</summary>
/// <param name="UndoAction">Posts <c>version</c> and takes the step back, and runs again; null where there is nothing to take back.</param>
public sealed record StudioNews(string Text, Tone Tone = Tone.Good, string? UndoAction = null);
