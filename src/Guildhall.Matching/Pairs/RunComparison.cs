using System.Globalization;

namespace Guildhall.Matching;

/// <summary>Finds what was set differently between two runs, and who moved.</summary>
static class RunComparison
{
    public static MatchComparison Of(MatchRun before, MatchRun after, Func<PreparedMatch> scale)
    {
        var rescored = HasOtherScale(before.Settings, after.Settings) ? new Rescored(before, scale()) : null;
        var (first, second) = (before.Pairs.ToDictionary(p => p.MenteeId), after.Pairs.ToDictionary(p => p.MenteeId));
        var (earlier, later) = (Mentees(before), Mentees(after));
        var moves = first.Keys.Union(second.Keys).Where(id => earlier.Contains(id) && later.Contains(id))
            .Select(id => Move(first.GetValueOrDefault(id), second.GetValueOrDefault(id), rescored))
            .Where(m => m.FromMentorId != m.ToMentorId)
            .OrderBy(m => m.ToMentorId is null).ThenByDescending(m => m.PointsAfter - (m.PointsBefore ?? 0)).ThenBy(m => m.MenteeId, StringComparer.Ordinal)
            .ToArray();
        return new(
            [.. Settings(AboutPeopleOf(after, before.Settings), AboutPeopleOf(before, after.Settings))],
            moves,
            moves.Count(m => Whole(m.PointsAfter) > Whole(m.PointsBefore)),
            moves.Count(m => Whole(m.PointsAfter) < Whole(m.PointsBefore)),
            moves.Count(m => m.ToMentorId is null),
            moves.Count(m => m.FromMentorId is null),
            earlier.Count(id => !later.Contains(id)),
            later.Count(id => !earlier.Contains(id)),
            before.Mentors.ExceptBy(after.Mentors.Select(mentor => mentor.MentorId), mentor => mentor.MentorId).Count(),
            after.Mentors.ExceptBy(before.Mentors.Select(mentor => mentor.MentorId), mentor => mentor.MentorId).Count(),
            before.Summary,
            after.Summary,
            rescored?.Fits);
    }

    static decimal? Whole(decimal? points) => points is { } known ? Math.Round(known, 0, MidpointRounding.AwayFromZero) : null;

    static HashSet<string> Mentees(MatchRun run) => [.. run.Pairs.Select(pair => pair.MenteeId), .. run.Unmatched.Select(mentee => mentee.MenteeId)];

    /// <summary>A pair is kept for the people of a run alone, so nobody released it when one of them is in another run no more.</summary>
    static MatchSettings AboutPeopleOf(MatchRun run, MatchSettings settings)
    {
        var (mentees, mentors) = (Mentees(run), run.Mentors.Select(mentor => mentor.MentorId).ToHashSet());
        bool AreHere(string mentee, string mentor) => mentees.Contains(mentee) && mentors.Contains(mentor);
        return settings with
        {
            Pins = [.. settings.Pins.Where(pin => AreHere(pin.MenteeId, pin.MentorId))],
            Bars = [.. settings.Bars.Where(bar => AreHere(bar.MenteeId, bar.MentorId))],
            Waivers = [.. settings.Waivers.Where(waiver => AreHere(waiver.MenteeId, waiver.MentorId))],
            EndedPairs = [.. settings.EndedPairs.Where(pair => AreHere(pair.MenteeId, pair.MentorId))],
        };
    }

    /// <summary>Weights and the points of preferred rules make the scale; what blocks leaves a score as it is.</summary>
    static bool HasOtherScale(MatchSettings before, MatchSettings after)
    {
        var (first, second) = (new RuleRegime(before.Rules), new RuleRegime(after.Rules));
        return Enum.GetValues<Factor>().Any(f => before.Weights.GetValueOrDefault(f) != after.Weights.GetValueOrDefault(f))
            || Enum.GetValues<Rule>().Any(rule => Penalty(first, rule) != Penalty(second, rule));
    }

    static (int Points, double Parameter, bool UnknownBlocks)? Penalty(RuleRegime regime, Rule rule) =>
        regime[rule] is { Strength: RuleStrength.Preferred } preferred ? (preferred.PenaltyPoints, regime.Parameter(rule), preferred.UnknownBlocks) : null;

    static ComparedMove Move(MatchedPair? before, MatchedPair? after, Rescored? rescored) => new(
        (before ?? after)!.MenteeId, before?.MentorId, after?.MentorId,
        before is null ? null : rescored is null ? before.Score.Points : rescored.Points.TryGetValue(before.MenteeId, out var points) ? points : null,
        after?.Score.Points);

    /// <summary>A run's pairs as another match scores them; pairs of people whom it doesn't know have no score there.</summary>
    sealed class Rescored
    {
        public Rescored(MatchRun run, PreparedMatch scale)
        {
            var scores = run.Pairs.Where(pair => scale.Knows(pair.MenteeId, pair.MentorId)).Select(pair => (pair.MenteeId, Score: scale.Explain(pair.MenteeId, pair.MentorId))).ToList();
            Points = scores.ToDictionary(pair => pair.MenteeId, pair => pair.Score.Points);
            Fits = new(
                scores.Count, run.Pairs.Count - scores.Count,
                scores.Count == 0 ? 0 : scores.Average(pair => pair.Score.Millionths / 10_000.0),
                scores.Count == 0 ? null : (scores.Min(pair => pair.Score.Millionths) + 500) / 1000 / 10m,
                scores.Count(pair => PlanFigures.IsBelow60(pair.Score.Millionths)));
        }

        public Dictionary<string, decimal> Points { get; }

        public RescoredFits Fits { get; }
    }

    public static IEnumerable<SettingChange> Settings(MatchSettings before, MatchSettings after)
    {
        foreach (var factor in Enum.GetValues<Factor>())
            if (Change(SettingKind.Weight, $"{factor}", before.Weights.GetValueOrDefault(factor), after.Weights.GetValueOrDefault(factor)) is { } change)
                yield return change;
        var (first, second) = (new RuleRegime(before.Rules), new RuleRegime(after.Rules));
        foreach (var rule in Enum.GetValues<Rule>())
            foreach (var change in Rules(rule, first, second)) yield return change;
        foreach (var change in Lists(before, after)) yield return change;
        if (Change(SettingKind.Objective, "", before.Objective, after.Objective) is { } objective) yield return objective;
        if (before.NearTies?.Points != after.NearTies?.Points) yield return new(SettingKind.NearTies, "", Points(before.NearTies), Points(after.NearTies));
        if (Change(SettingKind.Seed, "", before.Seed, after.Seed) is { } seed) yield return seed;
        if (Change(SettingKind.ProgramStart, "", before.ProgramStart.ToString("O", CultureInfo.InvariantCulture), after.ProgramStart.ToString("O", CultureInfo.InvariantCulture)) is { } start) yield return start;
        if (Change(SettingKind.ProgramWeeks, "", before.ProgramWeeks, after.ProgramWeeks) is { } weeks) yield return weeks;
    }

    static string? Points(NearTies? ties) => ties?.Points.ToString(CultureInfo.InvariantCulture);

    static IEnumerable<SettingChange> Rules(Rule rule, RuleRegime before, RuleRegime after)
    {
        if (Change(SettingKind.RuleStrength, $"{rule}", before[rule].Strength, after[rule].Strength) is { } strength) yield return strength;
        if (before[rule].Strength == RuleStrength.Off && after[rule].Strength == RuleStrength.Off) yield break;
        if (Change(SettingKind.RuleParameter, $"{rule}", before.Parameter(rule), after.Parameter(rule)) is { } parameter) yield return parameter;
        if (after[rule].Strength == RuleStrength.Preferred && Change(SettingKind.RulePenalty, $"{rule}", before[rule].PenaltyPoints, after[rule].PenaltyPoints) is { } penalty) yield return penalty;
        if (Change(SettingKind.RuleUnknownBlocks, $"{rule}", before[rule].UnknownBlocks ? "true" : "false", after[rule].UnknownBlocks ? "true" : "false") is { } unknown) yield return unknown;
    }

    static IEnumerable<SettingChange> Lists(MatchSettings before, MatchSettings after) =>
    [
        .. List(SettingKind.Pin, before.Pins, after.Pins, pin => pin, _ => "", _ => "on"),
        .. List(SettingKind.Bar, before.Bars, after.Bars, bar => new(bar.MenteeId, bar.MentorId), _ => "", _ => "on"),
        .. List(SettingKind.Waiver, before.Waivers, after.Waivers, waiver => new(waiver.MenteeId, waiver.MentorId), waiver => $", {waiver.Rule}", waiver => waiver.Until.ToString("O", CultureInfo.InvariantCulture)),
        .. List(SettingKind.EndedPair, before.EndedPairs, after.EndedPairs, ended => new(ended.MenteeId, ended.MentorId), _ => "", _ => "on"),
    ];

    static IEnumerable<SettingChange> List<T>(SettingKind kind, IEnumerable<T> before, IEnumerable<T> after, Func<T, Pin> pair, Func<T, string> detail, Func<T, string> value)
    {
        var (first, second) = (ByKey(before), ByKey(after));
        return first.Keys.Union(second.Keys)
            .Select(key => new SettingChange(kind, $"{key.Pair.MenteeId} with {key.Pair.MentorId}{key.Detail}", first.GetValueOrDefault(key), second.GetValueOrDefault(key), key.Pair))
            .Where(change => change.Before != change.After).OrderBy(change => change.Subject, StringComparer.Ordinal);

        Dictionary<(Pin Pair, string Detail), string> ByKey(IEnumerable<T> items) => items.GroupBy(item => (pair(item), detail(item))).ToDictionary(same => same.Key, same => value(same.Last()));
    }

    static SettingChange? Change(SettingKind kind, string subject, object before, object after) =>
        Equals(before, after) ? null : new(kind, subject, Convert.ToString(before, CultureInfo.InvariantCulture), Convert.ToString(after, CultureInfo.InvariantCulture));
}
