using System.Globalization;
using Guildhall.Matching;
using static Guildhall.Modules.Pairing.Phrases;

namespace Guildhall.Modules.Pairing;

/// <summary>Words two runs beside each other, and what was set between them.</summary>
static class ComparisonWords
{
    const int MovesShown = 12;

    /// <summary>A run beside an earlier one, with the first of its moves.</summary>
    /// <param name="allMovesHref">Where the rest of the moves are, when there are more.</param>
    public static RunComparison Comparison(MatchComparison comparison, int earlierNumber, int number, NameBook names, string allMovesHref) =>
        Comparison(comparison, earlierNumber, number, names, 0, MovesShown) with { AllMovesHref = comparison.Moves.Count > MovesShown ? allMovesHref : null };

    /// <summary>A run beside an earlier one, with one page of its moves.</summary>
    public static RunComparison Comparison(MatchComparison comparison, int earlierNumber, int number, NameBook names, int skip, int take) => new(
        earlierNumber, Earlier(comparison), [.. comparison.Settings.Select(change => SettingWords.Clause(change, names))], comparison.Moves.Count,
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
        ? RunWords.Measures(comparison.Before) with { AverageFit = Math.Round((decimal)rescored.AveragePoints, 1), LowestFit = rescored.LowestPoints ?? 0, PairsBelow60 = rescored.PairsBelow60 }
        : RunWords.Measures(comparison.Before);

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
        var mentorsGone = comparison.MentorsGone == 0 ? null : $"{Plural(comparison.MentorsGone, "mentor")} of run {earlierNumber} {(comparison.MentorsGone == 1 ? "is" : "are")} not in run {number}.";
        var mentorsCome = comparison.MentorsCome == 0 ? null : $"{Plural(comparison.MentorsCome, "mentor")} of run {number} {(comparison.MentorsCome == 1 ? "was" : "were")} not in run {earlierNumber}.";
        // Who came or left changes the places too; places that changed by themselves are said.
        var (before, after) = (comparison.Before.Places, comparison.After.Places);
        var places = before == after || comparison is { Gone: > 0 } or { MentorsGone: > 0 } or { MentorsCome: > 0 } ? null : $"The mentors have {Plural(after, "place")} instead of {Count(before)}.";
        return string.Join(' ', new[] { gone, come, mentorsGone, mentorsCome, places }.OfType<string>()) is { Length: > 0 } said ? said : null;
    }

    /// <summary>What of the settings was changed since a run was made, and would make another one. Kept pairs are in it already, and waivers are looked at when it is approved.</summary>
    public static IEnumerable<SettingChange> NotRun(MatchSettings run, MatchSettings now) =>
        Matcher.Compare(run, now).Where(change => change.Kind is not (SettingKind.Pin or SettingKind.Bar or SettingKind.Waiver or SettingKind.EndedPair));

    /// <summary>That settings were saved and are in no run yet; null where none were.</summary>
    public static string? NotRunYet(RunInView view)
    {
        var clauses = NotRun(view.Row.Head.Settings, view.Rules.Settings).Select(change => SettingWords.Clause(change, view.Names).Text).ToList();
        return clauses.Count == 0 ? null : $"Since run {view.Row.Number}: {Listed([.. clauses.Take(3), .. clauses.Count > 3 ? new[] { $"{Count(clauses.Count - 3)} more" } : []])}. Run again to match by it.";
    }

    /// <summary>What was set since a run, the first of it; null where nothing was.</summary>
    public static string? ChangedSince(RunRow seen, RunInView view)
    {
        const int ClausesShown = 3;
        // A run is stored with the pairs of its own people alone, so of others nobody knows what is new.
        var people = view.Match.Input.Mentees.Select(mentee => mentee.Id).Concat(view.Match.Input.Mentors.Select(mentor => mentor.Id)).ToHashSet();
        var clauses = Matcher.Compare(seen.Head.Settings, view.Rules.Settings).Where(change => change.Pair is not { } pair || (people.Contains(pair.MenteeId) && people.Contains(pair.MentorId)))
            .Select(change => SettingWords.Clause(change, view.Names).Text).ToList();
        if (clauses.Count == 0) return null;
        var more = clauses.Count > ClausesShown ? $"; and {Count(clauses.Count - ClausesShown)} more" : "";
        return $"Since run {seen.Number}: {string.Join("; ", clauses.Take(ClausesShown))}{more}.";
    }
}
