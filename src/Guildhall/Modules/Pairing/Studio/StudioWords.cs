using System.Globalization;
using Guildhall.Matching;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Pairing;

/// <summary>Words what the matcher answers, for the studio and the pages around it.</summary>
static class StudioWords
{
    const int MovesShown = 12;

    public static decimal PointsOf(long millionths) => millionths / 10_000m;

    public static string Tenths(long millionths) => Math.Abs(PointsOf(millionths)).ToString("N1", CultureInfo.InvariantCulture);

    public static string Signed(long millionths) => millionths switch { 0 => "0", > 0 => $"+{Tenths(millionths)}", _ => $"−{Tenths(millionths)}" };

    public static RunMeasures Measures(RunSummary summary) => new(
        summary.Matched, summary.Mentees, Math.Round((decimal)summary.AveragePoints, 1), summary.LowestPoints ?? 0, summary.PairsBelow60, summary.MentorsAtLimit, summary.OpenMentors);

    /// <summary>A run beside an earlier one, with the first of its moves.</summary>
    /// <param name="allMovesHref">Where the rest of the moves are, when there are more.</param>
    public static RunComparison Comparison(MatchComparison comparison, int earlierNumber, int number, NameBook names, string allMovesHref) =>
        Comparison(comparison, earlierNumber, number, names, 0, MovesShown) with { AllMovesHref = comparison.Moves.Count > MovesShown ? allMovesHref : null };

    /// <summary>A run beside an earlier one, with one page of its moves.</summary>
    public static RunComparison Comparison(MatchComparison comparison, int earlierNumber, int number, NameBook names, int skip, int take) => new(
        earlierNumber, Earlier(comparison), [.. comparison.Settings.Select(change => Clause(change, names))], comparison.Moves.Count,
        comparison.Improved, comparison.Worse, comparison.Lost, comparison.Gained,
        [.. comparison.Moves.Skip(skip).Take(take).Select(move => new MoveLine(
            names[move.MenteeId].Person, move.FromMentorId is { } from ? names[from].Person : null, move.ToMentorId is { } to ? names[to].Person : null, move.PointsBefore, move.PointsAfter))],
        null, Scale(comparison, earlierNumber, number), People(comparison, earlierNumber, number),
        comparison.Moves.Count(move => move is { PointsBefore: { } before, PointsAfter: { } after } && Points.Difference(before, after) == 0));

    /// <summary>Who moved to another mentor, got one or lost theirs, by the same moves that "What moved" lists.</summary>
    public static string Moved(MatchComparison comparison, int earlierNumber)
    {
        var (lost, gained) = (comparison.Lost, comparison.Gained);
        List<string> parts = [];
        if (comparison.Moves.Count - lost - gained is > 0 and var other) parts.Add($"{Plural(other, "mentee")} moved to another mentor");
        if (gained > 0) parts.Add(parts.Count == 0 ? $"{Plural(gained, "mentee")} got a mentor" : $"{Count(gained)} got one");
        if (lost > 0) parts.Add(parts.Count == 0 ? $"{Plural(lost, "mentee")} lost their mentor" : $"{Count(lost)} lost theirs");
        return parts.Count == 0 ? $"Nobody’s mentor changed from run {earlierNumber}." : $"Compared with run {earlierNumber}, {Listed(parts)}.";
    }

    /// <summary>The earlier run in figures that can stand beside the later one's.</summary>
    static RunMeasures Earlier(MatchComparison comparison) => comparison.BeforeRescored is { } rescored
        ? Measures(comparison.Before) with { AverageFit = Math.Round((decimal)rescored.AveragePoints, 1), LowestFit = rescored.LowestPoints ?? 0, PairsBelow60 = rescored.PairsBelow60 }
        : Measures(comparison.Before);

    static string? Scale(MatchComparison comparison, int earlierNumber, int number)
    {
        if (comparison.BeforeRescored is not { } rescored) return null;
        var leftOut = rescored.LeftOut == 0 ? "" : $" {Plural(rescored.LeftOut, "pair")} of run {earlierNumber} could not be scored again and {(rescored.LeftOut == 1 ? "is" : "are")} left out: somebody in {(rescored.LeftOut == 1 ? "it" : "them")} is not in run {number}.";
        return $"The two runs score on different scales. Here the pairs of run {earlierNumber} are scored as run {number} scores; by their own settings they average {comparison.Before.AveragePoints.ToString("0.0", CultureInfo.InvariantCulture)}.{leftOut}";
    }

    static string? People(MatchComparison comparison, int earlierNumber, int number)
    {
        var gone = comparison.Gone == 0 ? null : $"{Plural(comparison.Gone, "mentee")} of run {earlierNumber} {(comparison.Gone == 1 ? "is" : "are")} not in run {number}: approved since, or no longer in the program.";
        var come = comparison.Come == 0 ? null : $"{Plural(comparison.Come, "mentee")} of run {number} {(comparison.Come == 1 ? "was" : "were")} not in run {earlierNumber}.";
        return string.Join(' ', new[] { gone, come }.Where(sentence => sentence is not null)) is { Length: > 0 } said ? said : null;
    }

    public static SettingClause Clause(SettingChange change, NameBook names)
    {
        var (before, after) = (change.Before ?? "nothing", change.After ?? "nothing");
        var pair = change.Pair is { } about ? $"{names[about.MenteeId].Person} with {names[about.MentorId].Person}" : "";
        return change.Kind switch
        {
            SettingKind.Weight => new("the weight of ", Enum.TryParse<Factor>(change.Subject, out var factor) ? MatchWording.Name(factor) : change.Subject, $" went from {before} to {after}"),
            SettingKind.RuleStrength => new("the rule “", RuleWithoutNumber(change.Subject), $"” is now {(Enum.TryParse<RuleStrength>(after, out var strength) ? StrengthName(strength) : after)}"),
            SettingKind.RuleParameter => new("", NumberOf(change.Subject), $" went from {Parameter(change.Subject, before)} to {Parameter(change.Subject, after)}"),
            SettingKind.RulePenalty => new("the points for the rule “", RuleWithoutNumber(change.Subject), $"” went from {before} to {after}"),
            SettingKind.RuleUnknownBlocks => new($"what is not known {(after == "true" ? "now" : "no longer")} counts as breaking the rule “", RuleWithoutNumber(change.Subject), "”"),
            SettingKind.Pin => new("", pair, change.After is null ? " is no longer kept" : " is kept"),
            SettingKind.Bar => new("", pair, change.After is null ? " may be made again" : " is never made"),
            SettingKind.Waiver => new("a waiver for ", pair, change.After is null ? " was taken back" : change.Before is null ? " was signed" : " was signed for another time"),
            SettingKind.EndedPair => new("", pair, change.After is null ? " is no longer among the pairs that ended" : " ended before"),
            SettingKind.Objective => new("", "what comes first", after == nameof(AssignmentObjective.MatchedFirst) ? " is now as many mentees as possible" : " is now the greatest total fit"),
            SettingKind.ProgramStart => new("the program’s ", "first day", $" went from {before} to {after}"),
            SettingKind.ProgramWeeks => new("the program’s ", "length", $" went from {before} to {after} weeks"),
            _ => new("the ", "seed", $" went from {before} to {after}"),
        };
    }

    // The name of a rule holds its number, and here that number may have changed.
    static string RuleWithoutNumber(string subject) => subject switch
    {
        nameof(Rule.SharedHours) => "Enough shared hours a week",
        nameof(Rule.GroupShare) => "No mentor or group takes too large a share of mentees",
        nameof(Rule.MenteesInRow) => "A pause after mentees in a row",
        nameof(Rule.MinimumScore) => "A lowest fit",
        _ => RuleName(subject),
    };

    static string NumberOf(string subject) => subject switch
    {
        nameof(Rule.Language) => "the level of the language in common",
        nameof(Rule.SharedHours) => "shared hours a week",
        nameof(Rule.GroupShare) => "the share of mentees that one mentor or group may take",
        nameof(Rule.MenteesInRow) => "mentees in a row before a pause",
        nameof(Rule.SameTrade) => "the price overlap that makes competitors",
        nameof(Rule.MinimumScore) => "the lowest fit",
        _ => $"the number of the rule “{RuleName(subject)}”",
    };

    static string Parameter(string subject, string number) => subject switch
    {
        nameof(Rule.Language) when Enum.TryParse<LanguageLevel>(number, out var level) && Enum.IsDefined(level) => level.ToString().ToLowerInvariant(),
        nameof(Rule.SameTrade) when number == "0" => "any",
        nameof(Rule.GroupShare) or nameof(Rule.SameTrade) when decimal.TryParse(number, CultureInfo.InvariantCulture, out var share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.##}%"),
        _ => number,
    };

    static string RuleName(string subject) => Enum.TryParse<Rule>(subject, out var rule) ? RuleName(rule) : subject;

    static string RuleName(Rule rule) => MatchWording.Name(RuleSetting.Defaults.First(setting => setting.Rule == rule));

    /// <summary>Why the matcher takes settings or people not, with names for ids and the field it is about.</summary>
    /// <param name="names">Names of people; needed where a refusal is about somebody.</param>
    public static Refusal Refused(MatchRefusal refusal, MatchSettings settings, NameBook? names = null)
    {
        var (code, subjects) = (refusal.Code.ToString(), refusal.SubjectIds);
        string Person(string id) => names?.ById.GetValueOrDefault(id).Person ?? id;
        return refusal.Code switch
        {
            RefusalCode.WeightsNotHundred => Refusal.Invalid("weights", $"Make the weights add up to 100. They add up to {settings.Weights.Values.Sum()} now, and nothing was changed.", "weight-total"),
            RefusalCode.RuleParameterOutOfRange when Enum.Parse<Rule>(subjects[0]) is var rule && RuleSetting.ParameterRange(rule) is var (least, most) =>
                Refusal.Invalid(code, string.Create(CultureInfo.InvariantCulture, $"Enter a number from {least} to {most:#,0.###} for the rule {RuleName(rule)}. Nothing was changed."), $"parameter.{rule}"),
            RefusalCode.RulePenaltyOutOfRange => Refusal.Invalid(code, $"Enter from 0 to 100 points for the rule {RuleName(subjects[0])}. Nothing was changed.", $"penalty.{subjects[0]}"),
            RefusalCode.PinBreaksRule => Refusal.Invalid(code, $"{Person(subjects[0])} can’t be kept with {Person(subjects[1])}. Rules against it: {string.Join("; ", refusal.Rules.Select(rule => MatchWording.Name(rule, settings)))}. Nothing was changed."),
            RefusalCode.PinOverCapacity when names?.ById.ContainsKey(subjects[0]) == true =>
                Refusal.Invalid(code, $"{Person(subjects[0])} has fewer places than the {Plural(subjects.Count - 1, "mentee")} who would be kept with them. Nothing was changed. Stop keeping another of their pairs first."),
            RefusalCode.PinOverCapacity => Refusal.Invalid(code, $"The rule {MatchWording.Name(Rule.GroupShare, settings)} leaves the operator group {subjects[0]} fewer places than the {Plural(subjects.Count - 1, "mentee")} who would be kept with its mentors. Nothing was changed."),
            _ => Refusal.Invalid(code, refusal.Message),
        };
    }

    /// <summary>What was set since a run, the first of it; null where nothing was.</summary>
    public static string? ChangedSince(RunRow seen, RunInView view)
    {
        const int ClausesShown = 3;
        // A run is stored with the pairs of its own people alone, so of others nobody knows what is new.
        var people = view.Match.Input.Mentees.Select(mentee => mentee.Id).Concat(view.Match.Input.Mentors.Select(mentor => mentor.Id)).ToHashSet();
        var clauses = Matcher.Compare(seen.Head.Settings, view.Rules.Settings).Where(change => change.Pair is not { } pair || (people.Contains(pair.MenteeId) && people.Contains(pair.MentorId)))
            .Select(change => Clause(change, view.Names)).Select(clause => $"{clause.Before}{clause.Name}{clause.After}").ToList();
        if (clauses.Count == 0) return null;
        var more = clauses.Count > ClausesShown ? $"; and {Count(clauses.Count - ClausesShown)} more" : "";
        return $"Since run {seen.Number}: {string.Join("; ", clauses.Take(ClausesShown))}{more}.";
    }

    /// <summary>How many mentees have a mentor, in another program or by what they said, and so wait for none: they are of the run, but the rule keeps them out of its pairs.</summary>
    public static int WithMentor(MatchSettings settings, IReadOnlyList<MenteeProfile> mentees) =>
        settings.Rules.Any(rule => rule is { Rule: Rule.OneActiveMentor, Strength: RuleStrength.Required }) ? mentees.Count(mentee => mentee.CurrentMentorId is not null) : 0;

    /// <summary>"93 mentees waiting, 4 more who have a mentor already".</summary>
    public static string Mentees(int waiting, int withMentor, string how) =>
        $"{Plural(waiting, "mentee")} {how}{(withMentor == 0 ? "" : $", {Count(withMentor)} more who {(withMentor == 1 ? "has" : "have")} a mentor already")}";

    /// <summary>Why nobody can be paired: nobody waits, no place is left, or the rule that blocks most.</summary>
    public static Refusal NoPair(MatchRefusal refusal, MatchInput input)
    {
        var (code, rule) = (refusal.Code.ToString(), Enum.Parse<Rule>(refusal.SubjectIds[0]));
        var (mentees, withMentor) = (input.Mentees.Count, WithMentor(input.Settings, input.Mentees));
        if (withMentor == mentees) return Refusal.Invalid(code, $"{mentees switch { 1 => "The one mentee here has", 2 => "Both mentees here have", _ => $"All {Count(mentees)} mentees here have" }} a mentor already, so nobody waits for one.", nameof(Rule.OneActiveMentor));
        if (input.Mentors.All(mentor => !mentor.IsOpenToNew || mentor.Capacity == 0))
            return Refusal.Invalid(code, $"{Mentees(mentees - withMentor, withMentor, mentees - withMentor == 1 ? "waits" : "wait")}, and every place of the mentors is taken or closed.", nameof(Rule.Capacity));
        var name = MatchWording.Name(rule, input.Settings);
        var others = withMentor == 0 ? "" : $" {Count(withMentor)} of {Plural(mentees, "mentee")} {(withMentor == 1 ? "has" : "have")} a mentor already.";
        return Refusal.Invalid(code, refusal.Message.Replace($"\"{name}\"", $"“{name}”", StringComparison.Ordinal) + others, rule.ToString());
    }

    /// <summary>Who is on each side of a run: those who wait for it, or what an approval left.</summary>
    /// <param name="withMentor">Mentees of the run who have a mentor already.</param>
    public static string People(MatchRun run, int withMentor, int approved, bool isNewest)
    {
        var (mentees, mentors, places) = (run.Summary.Mentees - withMentor - approved, run.Summary.Mentors, run.Summary.Places - approved);
        var waiting = isNewest ? approved > 0 ? "still waiting" : "waiting" : "at the time";
        var closedByRules = run.Mentors.Where(mentor => mentor.Places > 0).Sum(mentor => mentor.Capacity - mentor.Places);
        var people = $"{Mentees(mentees, withMentor, waiting)}, {Plural(mentors, "mentor")} with {Plural(places, "open place")}.";
        var rules = run.Settings.Rules.Where(rule => rule is { Rule: Rule.GroupShare or Rule.MenteesInRow, Strength: RuleStrength.Required }).Select(rule => $"“{MatchWording.Name(rule)}”").ToList();
        return closedByRules == 0 || rules.Count == 0 ? people : $"{people} They offer {closedByRules:N0} more, which {string.Join(" and ", rules)} {(rules.Count == 1 ? "keeps" : "keep")} closed.";
    }

    /// <summary>That the run is the best possible, in a sentence: with what managers fixed by hand, where they did.</summary>
    public static string Claim(MatchRun run)
    {
        var (pins, bars, waivers) = (run.Settings.Pins.Count, run.Settings.Bars.Count, run.Settings.Waivers.Count);
        List<string> given = [.. run.Verdict.BeforeGroupCut is null ? [] : new[] { "these places" }];
        if (pins + bars > 0) given.Add($"the {(pins + bars == 1 ? "pair" : "pairs")} you {(bars == 0 ? "kept" : pins == 0 ? "barred" : "kept or barred")}");
        if (waivers > 0) given.Add($"the {(waivers == 1 ? "waiver" : "waivers")} you signed");
        return $"No other set of pairs {(run.Settings.Objective == AssignmentObjective.MatchedFirst ? "matches more mentees or fits better" : "fits better")}{(given.Count == 0 ? "" : $" with {Listed(given)}")}. Checked.";
    }

    /// <summary>The same to the letter, and what was read to say so.</summary>
    public static string Proof(MatchRun run, double secondsTaken)
    {
        var (pairs, possible, read) = (run.Summary.Pairs, run.Summary.PossiblePairs, run.Verdict.CheckedPairs);
        var (pins, bars, waivers) = (run.Settings.Pins.Count, run.Settings.Bars.Count, run.Settings.Waivers.Count);
        List<string> given = [];
        if (pins > 0) given.Add($"the {Plural(pins, "pair")} you kept");
        if (bars > 0) given.Add($"the {Plural(bars, "pair")} you barred");
        if (waivers > 0) given.Add($"the {Plural(waivers, "waiver")} you signed");
        var byHand = given.Count == 0 ? "" : $" and with {Listed(given)}";
        var under = (run.Verdict.BeforeGroupCut is null ? "under these rules" : "with these places") + byHand;
        var best = run.Settings.Objective == AssignmentObjective.MatchedFirst
            ? $"No set of pairs matches more mentees, and none that matches as many scores higher {under}."
            : $"No other set of pairs scores higher {under}.";
        var check = read == possible
            ? $"Of {Plural(pairs, "pair")} the rules leave {Count(possible)}, and a separate check read every one."
            : $"Of {Plural(pairs, "pair")} the rules leave {Count(possible)}. A separate check read the {Count(read)} that could still be chosen; the others have a kept mentee, a full mentor or a price that rules them out.";
        var uncut = run.Verdict.BeforeGroupCut is { } before ? $" Without holding operators to their share {Plural(before.Matched, "mentee")} would be matched, with {Tenths(before.TotalScore)} points in all." : "";
        return $"{best} {check}{uncut} The run took {(secondsTaken < 0.1 ? "less than 0.1" : secondsTaken.ToString("0.0", CultureInfo.InvariantCulture))} seconds.";
    }

    /// <summary>Who did something: a person by name, or the product's own command.</summary>
    public static string Who(Guid id, IReadOnlyDictionary<Guid, string> names) => names.GetValueOrDefault(id) ?? (id == Actor.Product.AccountId ? "the command line" : "somebody who left");

    public static string StrengthName(RuleStrength strength) => strength switch { RuleStrength.Required => "on", RuleStrength.Preferred => "preferred", _ => "off" };

    public static IEnumerable<RuleLine> RuleLines(MatchRun run, RunInsights? insights)
    {
        foreach (var statistic in run.Rules)
        {
            // Capacity and bars always hold and say nothing here.
            if (statistic.Rule is Rule.Capacity or Rule.Barred || (statistic.Strength == RuleStrength.Off && statistic.Broken == 0)) continue;
            var setting = run.Settings.Rules.FirstOrDefault(rule => rule.Rule == statistic.Rule) ?? new RuleSetting(statistic.Rule, RuleStrength.Off);
            var isFixed = MatchingRules.IsSetByCharter(statistic.Rule);
            yield return new RuleLine(
                statistic.Rule.ToString(), MatchWording.Name(setting), Detail(statistic, run, insights), statistic.Strength != RuleStrength.Off, isFixed,
                BlocksNone: statistic.Broken == 0 && (insights?.RuleCosts.GetValueOrDefault(statistic.Rule) is not { } cost || cost.MatchedAfter == cost.MatchedBefore));
        }
    }

    static string Detail(RuleStatistic rule, MatchRun run, RunInsights? insights)
    {
        var blocks = rule.Strength switch
        {
            RuleStrength.Required when rule.Broken == 0 => "Blocks none today.",
            RuleStrength.Required => $"Blocks {Count(rule.Broken)} of {Plural(run.Summary.Pairs, "pair")}.",
            RuleStrength.Preferred => $"Costs points in {Plural(rule.Broken, "pair")}.",
            _ => $"Would block {Count(rule.Broken)} of {Plural(run.Summary.Pairs, "pair")}.",
        };
        return insights?.RuleCosts.GetValueOrDefault(rule.Rule) is { } cost ? $"{blocks} {CostOf(cost)}".TrimEnd() : blocks;
    }

    /// <summary>What is not worked out yet of what rules cost and where mentors are short; null when nothing is left.</summary>
    public static string? Unanswered(RunInsights insights) => insights.IsWhole ? null : string.Join(
        " and ", new[]
        {
            insights.RulesLeft > 0 ? Plural(insights.RulesLeft, "rule") : null,
            insights.KindsLeft > 0 ? $"{Count(insights.KindsLeft)} {(insights.KindsLeft == 1 ? "kind" : "kinds")} of mentors" : null,
        }.OfType<string>()) + " not worked out yet.";

    /// <summary>Who has no match because of a rule; nothing where it makes no difference.</summary>
    static string CostOf(RuleCostAnswer cost) => (cost.MatchedAfter - cost.MatchedBefore, cost.To == RuleStrength.Off) switch
    {
        (0, _) => "",
        ( > 0 and var without, true) => $"Leaves {Plural(without, "mentee")} without a match.",
        ( < 0 and var without, false) => $"Turning it on leaves {Count(-without)} more {(without == -1 ? "mentee" : "mentees")} without a match.",
        (var matched, var off) => $"{(off ? "Without" : "With")} it {People(matched)}.",
    };

    /// <summary>"3 more mentees get a mentor", "1 fewer mentee gets a mentor".</summary>
    static string People(int change) => $"{Count(Math.Abs(change))} {(change > 0 ? "more" : "fewer")} {(Math.Abs(change) == 1 ? "mentee gets" : "mentees get")} a mentor";

    /// <summary>"lowers average fit by 0.3": what a change does to the mean score of the pairs.</summary>
    static string AverageFit(int matchedBefore, long totalBefore, int matchedAfter, long totalAfter)
    {
        var change = Average(totalAfter, matchedAfter) - Average(totalBefore, matchedBefore);
        var by = Math.Abs(change) < 0.05m ? "less than 0.1" : Math.Abs(change).ToString("0.0", CultureInfo.InvariantCulture);
        return change == 0 ? "leaves average fit as it is" : $"{(change > 0 ? "raises" : "lowers")} average fit by {by}";

        static decimal Average(long total, int matched) => matched == 0 ? 0 : PointsOf(total) / matched;
    }

    public static UnmatchedLine UnmatchedLine(UnmatchedMentee mentee, OpenMatch match, NameBook names, StudioQuery query)
    {
        var named = names[mentee.MenteeId];
        return new UnmatchedLine(
            named.Person, named.Shop, match.Reason(mentee),
            new Link(mentee.PossibleMentors == 0 ? "See every mentor and what stands between" : "See what each place would cost", $"{query.Run}/mentees/{StudioPairs.HtmlId(mentee.MenteeId)}"),
            match.Waivable(mentee) is var (mentor, conflict) ? new Link($"Sign a waiver for {names[mentor].Person}", EditRules.WaiverHref(query.Studio, mentee.MenteeId, mentor, conflict)) : null);
    }

    /// <summary>Why a mentee has no mentor. Where the rule that stands against most leaves mentors over, what stands against those, in numbers.</summary>
    public static string Reason(UnmatchedMentee unmatched, OpenMatch match, MenteeProfile mentee) =>
        MatchWording.Sentence(unmatched, match.Run, mentee, most =>
        {
            var rest = match.Input.Mentors.Select(mentor => match.Prepared.WhyNot(mentee.Id, mentor.Id).Blocks).Where(blocks => !blocks.Contains(most)).ToList();
            var counts = rest.SelectMany(blocks => blocks).CountBy(rule => rule).OrderByDescending(rule => rule.Value).ThenBy(rule => rule.Key)
                .Select(rule => (Count: rule.Value, Words: Stands(rule.Key, rule.Value, match.Run.Settings)));
            return rest.Count == 1 ? $"The other one {Listed([.. counts.Select(rule => rule.Words)])}." : $"Of the other {Count(rest.Count)}, {Listed([.. counts.Select(rule => $"{Count(rule.Count)} {rule.Words}")])}.";
        });

    /// <summary>What mentors do who break a rule: "has a declared stake", "have a declared stake".</summary>
    static string Stands(Rule rule, int count, MatchSettings settings)
    {
        string Verb(string one, string many) => count == 1 ? one : many;
        var number = settings.Rules.FirstOrDefault(set => set.Rule == rule)?.Parameter ?? RuleSetting.DefaultParameter(rule) ?? 0;
        return rule switch
        {
            Rule.Capacity => $"{Verb("has", "have")} no place left",
            Rule.OpenToNew => $"{Verb("takes", "take")} nobody new",
            Rule.Language => $"{Verb("has", "have")} no language in common with them",
            Rule.SharedHours => string.Create(CultureInfo.InvariantCulture, $"{Verb("shares", "share")} less than {number:0.#} {(number == 1 ? "hour" : "hours")} a week"),
            Rule.Tier => $"{Verb("does", "do")} not serve their tier",
            Rule.OneActiveMentor => $"would be {Verb("a second mentor", "second mentors")}",
            Rule.Barred => $"{Verb("is", "are")} never to be paired with them",
            Rule.EndedBefore => "worked with them before",
            Rule.GroupShare => $"{Verb("has", "have")} a full share of mentees",
            Rule.MenteesInRow => $"{Verb("pauses", "pause")} after mentees in a row",
            Rule.SameTrade => $"{Verb("competes", "compete")} directly",
            Rule.SharedBrand => $"{Verb("has", "have")} a brand in common",
            Rule.SharedOwner => $"{Verb("has", "have")} an owner in common",
            Rule.SharedSupplier => $"{Verb("has", "have")} a supplier in common",
            Rule.SharedAddress => $"{Verb("has", "have")} an address in common",
            Rule.DeclaredStake => $"{Verb("has", "have")} a declared stake",
            Rule.SameRegion => $"{Verb("is", "are")} in another region",
            _ => string.Create(CultureInfo.InvariantCulture, $"{Verb("fits", "fit")} less than {number:0.#}"),
        };
    }

    /// <summary>What choosing a pair would cost the whole, and who would lose or change their mentor.</summary>
    public static string Cost(WhyNotAnswer answer, NameBook names)
    {
        if (answer.Cost is not { } cost) return answer.PinnedTo is { } pinned ? OneStop($"Kept with {names[pinned].Person}.") : "";
        var matched = cost.MatchedChange == 0 ? "" : $"With it {People(cost.MatchedChange)}. ";
        return $"{matched}{Moved(cost, names)}It {AverageFit(cost.MatchedBefore, cost.TotalBefore, cost.MatchedAfter, cost.TotalAfter)}.";
    }

    /// <summary>What another mentor would bring a mentee, and the one thing it would do to others.</summary>
    public static string Difference(Alternative other, PairScore own, string mentee, WhyNotAnswer answer, MatchSettings settings, NameBook names)
    {
        var gain = Points.Difference(own.Points, other.Score.Points);
        var most = other.LosesMostIn is { } factor ? $", most in {MatchWording.Name(factor).ToLowerInvariant()}" : other.LosesMostTo is { } rule ? $", most by the rule “{MatchWording.Name(rule, settings)}”" : "";
        var fits = gain switch
        {
            0 => "Fits as well.",
            > 0 => $"{PointsMoreOrLess(gain)} more for {mentee}.",
            _ => $"{PointsMoreOrLess(-gain)} less for {mentee}{most}.",
        };
        var others = answer switch
        {
            { Cost: { } cost } => Moved(cost, names).TrimEnd(),
            { PinnedTo: { } pinned } => OneStop($"{mentee} is kept with {names[pinned].Person}."),
            _ => "Has kept pairs in every place.",
        };
        return others.Length > 0 ? $"{fits} {others}" : other.HasFreePlace ? $"{fits} Has a free place." : fits;

        static string PointsMoreOrLess(decimal points) => Plural((long)points, "point");
    }

    /// <summary>Who would lose their mentor by a change, or else how many would get another.</summary>
    static string Moved(PlanChange change, NameBook names)
    {
        var others = change.Moves.Skip(1).ToList();
        return others.Find(move => move.ToMentorId is null) is { } lost ? $"{names[lost.MenteeId].Person} would lose their place. "
            : others.Count switch { 0 => "", 1 => $"{names[others[0].MenteeId].Person} would get another mentor. ", var count => $"{Count(count)} others would get another mentor. " };
    }

    /// <summary>What a run would be without one of its pairs.</summary>
    public static string IfRemoved(IfRemovedAnswer answer, NameBook names)
    {
        var change = answer.Change;
        var matched = change.MatchedChange == 0 ? "" : $"Without it {People(change.MatchedChange)}. ";
        if (change.MatchedAfter == 0) return "Without it nobody is matched.";
        var mentor = names[answer.MentorId].FirstName;
        var place = answer.OfferedMenteeId is { } id ? $"{mentor} would be offered {names[id].Person} ({Points.Whole(PointsOf(answer.OfferedScore!.Value))})." : $"{mentor}’s place would stay empty.";
        return $"{matched}Removing this pair {AverageFit(change.MatchedBefore, change.TotalBefore, change.MatchedAfter, change.TotalAfter)}. {place}";
    }

    public static ShortageLine Shortage(ThreeMoreAnswer answer)
    {
        var matched = answer.MatchedAfter - answer.MatchedBefore;
        var (kind, who, does, doing) = Kind(answer.Kind);
        var three = answer.CopyOf is null ? $"Nobody {does} has a place to give. Three typical mentors{doing}" : $"Three more mentors {who}";
        var with = $"{three}, with {Plural(answer.Each.Capacity, "place")} each,";
        return new ShortageLine(kind, matched > 0
            ? $"{with} would match {Plural(matched, "more mentee")}."
            : $"{with} would match nobody more. That {AverageFit(answer.MatchedBefore, answer.TotalBefore, answer.MatchedAfter, answer.TotalAfter)}.", matched > 0);
    }

    /// <summary>A kind of mentor as a heading, of several, of nobody, and what the typical three of it are said to do.</summary>
    static (string Heading, string Who, string Does, string Doing) Kind(MentorKind kind)
    {
        if (kind.Category is { } category && CategoryNames.Of(category) is var branch) return (branch, $"who sell in {branch}", $"who sells in {branch}", " who do");
        if (kind.Language is { } language && LanguageNames.Of(language) is var name) return ($"Speaking {name}", $"who speak {name}", $"who speaks {name}", " who do");
        var free = kind.Hours switch { FreeHours.WeekdayDay => "free on weekdays", FreeHours.WeekdayEvening => "free on weekday evenings", _ => "free at weekends" };
        return ($"F{free[1..]}", $"who are {free}", $"who is {free}", " who are");
    }

    /// <summary>How the pairs of a run are spread over scores and mentors.</summary>
    public static IReadOnlyList<SpreadLine> Spread(RunSummary summary) => summary.Matched == 0 ? [] :
    [
        new("Spread of fit", $"{summary.SpreadPoints.ToString("0.0", CultureInfo.InvariantCulture)} points", "The standard deviation: how far fits usually lie from their average."),
        new("Most with one mentor or operator", $"{Count((long)Math.Round(summary.LargestGroupShare * summary.Matched))} of {Plural(summary.Matched, "pair")}", "Mentors of one operator group count together."),
        new("Unevenness over mentors (Gini)", summary.Gini.ToString("0.00", CultureInfo.InvariantCulture), "0 when all mentors with a place have as many mentees; near 1 when one has nearly all."),
        new("Concentration (HHI)", $"{Count((long)Math.Round(summary.Hhi))} of 10,000", "The squared percent shares of the mentors, added up: 10,000 when one has every mentee."),
        new("Pairs that both would rather have", Count(summary.BlockingPairs), "Possible pairs in which both would score higher, or fill a free place, than in this run. The whole does better without them."),
    ];

    /// <summary>A sentence that ends with a name which ends with a full stop itself, such as "Candle Co.", has one of them.</summary>
    public static string OneStop(string sentence) => sentence.Contains("...", StringComparison.Ordinal) ? sentence : sentence.Replace("..", ".", StringComparison.Ordinal);

    static string Listed(List<string> parts) => parts.Count < 2 ? string.Concat(parts) : $"{string.Join(", ", parts.SkipLast(1))} and {parts[^1]}";

    static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    static string Plural(long count, string one) => $"{Count(count)} {(count == 1 ? one : one + "s")}";
}
