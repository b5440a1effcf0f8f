using System.Globalization;
using Guildhall.Matching;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using static Guildhall.Modules.Pairing.Phrases;

namespace Guildhall.Modules.Pairing;

/// <summary>Words a run for the studio and the pages around it: its figures, its people, its proof and its rules.</summary>
static class RunWords
{
    public static RunMeasures Measures(RunSummary summary) => new(
        summary.Matched, summary.Mentees, Math.Round((decimal)summary.AveragePoints, 1), summary.LowestPoints ?? 0, summary.PairsBelow60, summary.MentorsAtLimit, summary.OpenMentors);

    /// <summary>How many mentees have a mentor, in another program or by what they said, and so wait for none: they are of the run, but the rule keeps them out of its pairs.</summary>
    public static int WithMentor(MatchSettings settings, IReadOnlyList<MenteeProfile> mentees) =>
        settings.Rules.Any(rule => rule is { Rule: Rule.OneActiveMentor, Strength: RuleStrength.Required }) ? mentees.Count(mentee => mentee.CurrentMentorId is not null) : 0;

    /// <summary>"93 mentees waiting, 4 more who have a mentor already".</summary>
    public static string Mentees(int waiting, int withMentor, string how) =>
        $"{Plural(waiting, "mentee")} {how}{(withMentor == 0 ? "" : $", {Count(withMentor)} more who {(withMentor == 1 ? "has" : "have")} a mentor already")}";

    /// <summary>Who is on each side of a run: those who wait for it, or what an approval left.</summary>
    /// <param name="withMentor">Mentees of the run who have a mentor already.</param>
    /// <param name="isNow">Whether the people of the run are those of today.</param>
    public static string People(MatchRun run, int withMentor, int approved, bool isNow)
    {
        var (mentees, mentors, places) = (run.Summary.Mentees - withMentor - approved, run.Summary.Mentors, run.Summary.Places - approved);
        var waiting = isNow ? approved > 0 ? "still waiting" : "waiting" : "at the time";
        var closedByRules = run.ClosedPlaces;
        var people = $"{Mentees(mentees, withMentor, waiting)}, {Plural(mentors, "mentor")} with {Plural(places, "open place")}.";
        var rules = run.RotationRules.Select(rule => $"“{MatchWording.Name(rule)}”").ToList();
        return closedByRules == 0 || rules.Count == 0 ? people : $"{people} They offer {closedByRules:N0} more, which {string.Join(" and ", rules)} {(rules.Count == 1 ? "keeps" : "keep")} closed.";
    }

    /// <summary>Who waits today and is not in the newest run, and the other way round.</summary>
    public static string Since(PeopleSince since, int number)
    {
        List<string> parts = [];
        if (since.Released > 0) parts.Add($"{Plural(since.Released, "mentee")} of run {number} {(since.Released == 1 ? "waits" : "wait")} again, because a pair was not accepted or broke off");
        if (since.MenteesCome > 0) parts.Add($"{Plural(since.MenteesCome, "mentee")} {(since.MenteesCome == 1 ? "waits" : "wait")} who {(since.MenteesCome == 1 ? "is" : "are")} not in run {number}");
        if (since.MenteesGone > 0) parts.Add($"{Plural(since.MenteesGone, "mentee")} of {(parts.Count == 0 ? $"run {number}" : "it")} {(since.MenteesGone == 1 ? "waits" : "wait")} no more");
        if (since.MentorsCome > 0) parts.Add($"{Plural(since.MentorsCome, "mentor")} {(since.MentorsCome == 1 ? "is" : "are")} new{(parts.Count == 0 ? $" since run {number}" : "")}");
        if (since.MentorsGone > 0) parts.Add($"{Plural(since.MentorsGone, "mentor")} of {(parts.Count == 0 ? $"run {number}" : "it")} left");
        return $"{Listed(parts)}. Run again to match the people of today.";
    }

    /// <summary>That the run is the best possible, in a sentence: with what managers fixed by hand, where they did.</summary>
    public static string Claim(MatchRun run)
    {
        if (run.Settings.NearTies is { } ties) return $"Drawn by lot: each fit counted with up to {PointsOf(ties)} less. Checked.";
        var (pins, bars, waivers) = (run.Settings.Pins.Count, run.Settings.Bars.Count, run.Settings.Waivers.Count);
        List<string> given = [.. run.Verdict.BeforeGroupCut is null ? [] : new[] { "these places" }];
        if (pins + bars > 0) given.Add($"the {(pins + bars == 1 ? "pair" : "pairs")} you {(bars == 0 ? "kept" : pins == 0 ? "barred" : "kept or barred")}");
        if (waivers > 0) given.Add($"the {(waivers == 1 ? "waiver" : "waivers")} you signed");
        return $"No other set of pairs {(run.Settings.Objective == AssignmentObjective.MatchedFirst ? "matches more mentees or fits better" : "fits better")}{(given.Count == 0 ? "" : $" with {Listed(given)}")}. Checked.";
    }

    static string PointsOf(NearTies ties) => string.Create(CultureInfo.InvariantCulture, $"{ties.Points:0.##} {(ties.Points == 1 ? "point" : "points")}");

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
        var drawsLots = run.Settings.NearTies is not null;
        var best = run.Settings.Objective == AssignmentObjective.MatchedFirst
            ? $"No set of pairs matches more mentees, and none that matches as many {(drawsLots ? "counts for more in this draw" : "scores higher")} {under}."
            : $"No other set of pairs {(drawsLots ? "counts for more in this draw" : "scores higher")} {under}.";
        var check = read == possible
            ? $"Of {Plural(pairs, "pair")} the rules leave {Count(possible)}, and a separate check read every one."
            : $"Of {Plural(pairs, "pair")} the rules leave {Count(possible)}. A separate check read the {Count(read)} that could still be chosen; the others have a kept mentee, a full mentor or a price that rules them out.";
        var drawn = run is { Settings.NearTies: { } ties, Verdict.WithoutDraw: { } without }
            ? $" Each pair counts with its fit less a lot from 0 to {PointsOf(ties)}, drawn by the seed {run.Settings.Seed.ToString(CultureInfo.InvariantCulture)}, and each pair’s odds are counted from {Count(ties.Draws + 1)} draws. The greatest total is {Points.Of(without.TotalScore):N1} points; this draw has {Points.Of(run.Summary.TotalScore):N1}."
            : "";
        var uncut = run.Verdict.BeforeGroupCut is { } before ? $" Without holding operators to their share {Plural(before.Matched, "mentee")} would be matched, with {Points.Of(before.TotalScore):N1} points in all." : "";
        return $"{best} {check}{drawn}{uncut} The run took {(secondsTaken < 0.1 ? "less than 0.1" : secondsTaken.ToString("0.0", CultureInfo.InvariantCulture))} seconds.";
    }

    /// <summary>Whether the people of an approved run were asked, or when they are.</summary>
    public static string Told(DateTimeOffset approvedAt, ProgramFacts program, DateTimeOffset now, TimeZoneInfo zone) => program.FiguresAsOf is not null ? "The program is about the past, so nobody is asked."
        : approvedAt + ApproveRun.UndoWindow is var askedAt && askedAt > now ? $"Nobody has been told yet: mentors are asked {When.Said(askedAt, now, zone)}, unless it is undone."
        : $"Mentors were asked {When.Said(askedAt, now, zone)}, and their mentees as they accept.";

    /// <summary>Who did something: a person by name, or the product's own command.</summary>
    public static string Who(Guid id, IReadOnlyDictionary<Guid, string> names) => names.GetValueOrDefault(id) ?? (id == Actor.Product.AccountId ? "the command line" : "somebody who left");

    /// <summary>How the pairs of a run are spread over scores and mentors.</summary>
    public static IReadOnlyList<SpreadLine> Spread(RunSummary summary) => summary.Matched == 0 ? [] :
    [
        new("Spread of fit", $"{summary.SpreadPoints.ToString("0.0", CultureInfo.InvariantCulture)} points", "The standard deviation: how far fits usually lie from their average."),
        new("Most with one mentor or operator", $"{Count((long)Math.Round(summary.LargestGroupShare * summary.Matched))} of {Plural(summary.Matched, "pair")}", "Mentors of one operator group count together."),
        new("Unevenness over mentors (Gini)", summary.Gini.ToString("0.00", CultureInfo.InvariantCulture), "0 when all mentors with a place have as many mentees; near 1 when one has nearly all."),
        new("Concentration (HHI)", $"{Count((long)Math.Round(summary.Hhi))} of 10,000", "The squared percent shares of the mentors, added up: 10,000 when one has every mentee."),
        new("Pairs that both would rather have", Count(summary.BlockingPairs), "Possible pairs in which both would score higher, or fill a free place, than in this run. The whole does better without them."),
    ];

    public static IEnumerable<RuleLine> RuleLines(MatchRun run, RunInsights? insights)
    {
        foreach (var statistic in run.Rules)
        {
            // Capacity and bars always hold and say nothing here.
            var isOnUsually = RuleSetting.Defaults.Any(usual => usual.Rule == statistic.Rule && usual.Strength != RuleStrength.Off);
            if (statistic.Rule is Rule.Capacity or Rule.Barred || (statistic.Strength == RuleStrength.Off && statistic.Broken == 0 && !isOnUsually)) continue;
            var closed = statistic is { Rule: Rule.GroupShare or Rule.MenteesInRow, Strength: RuleStrength.Required } ? run.ClosedPlaces : 0;
            var setting = run.Settings.Rules.FirstOrDefault(rule => rule.Rule == statistic.Rule) ?? new RuleSetting(statistic.Rule, RuleStrength.Off);
            var isFixed = MatchingRules.IsSetByCharter(statistic.Rule);
            yield return new RuleLine(
                statistic.Rule.ToString(), MatchWording.Name(setting), closed == 0 ? Detail(statistic, run, insights) : $"{Detail(statistic, run, insights)} Keeps {Plural(closed, "place")} closed{(run.RotationRules.Count() > 1 ? ", with the other rule of rotation" : "")}.", statistic.Strength != RuleStrength.Off, isFixed,
                BlocksNone: statistic.Broken == 0 && closed == 0 && (insights?.RuleCosts.GetValueOrDefault(statistic.Rule) is not { } cost || cost.MatchedAfter == cost.MatchedBefore));
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
        (var matched, var off) => $"{(off ? "Without" : "With")} it {MoreMatched(matched)}.",
    };

    public static ShortageLine Shortage(ThreeMoreAnswer answer)
    {
        var matched = answer.MatchedAfter - answer.MatchedBefore;
        var (kind, who, does, doing) = Kind(answer.Kind);
        // Of mentors who don't exist, all that a rule compares is taken from the people here: who reads it must know.
        List<string> typical = [doing];
        if (answer.Kind.Language is null && answer.Each.Languages is [{ Language: var language }, ..]) typical.Add($"speak {LanguageNames.Of(language)}");
        if (answer.Kind.Hours is null && answer.Each.WeekHours is not null) typical.Add("are free when most people here are");
        typical.Add($"have {Plural(answer.Each.Capacity, "place")} each");
        var with = answer.CopyOf is null ? $"Nobody {does} has a place to give. Three typical mentors who {Listed(typical)}" : $"Three more mentors {who}, with {Plural(answer.Each.Capacity, "place")} each,";
        return new ShortageLine(kind, matched > 0
            ? $"{with} would match {Plural(matched, "more mentee")}."
            : $"{with} would match nobody more. That {AverageFit(answer.MatchedBefore, answer.TotalBefore, answer.MatchedAfter, answer.TotalAfter)}.", matched > 0);
    }

    /// <summary>A kind of mentor as a heading, of several, of nobody, and what the typical three of it are said to do.</summary>
    static (string Heading, string Who, string Does, string Doing) Kind(MentorKind kind)
    {
        if (kind.Category is { } category && CategoryNames.Of(category) is var branch) return (branch, $"who sell in {branch}", $"who sells in {branch}", "do");
        if (kind.Language is { } language && LanguageNames.Of(language) is var name) return ($"Speaking {name}", $"who speak {name}", $"who speaks {name}", "do");
        var free = kind.Hours switch { FreeHours.WeekdayDay => "free on weekdays", FreeHours.WeekdayEvening => "free on weekday evenings", _ => "free at weekends" };
        return ($"F{free[1..]}", $"who are {free}", $"who is {free}", "are");
    }
}
