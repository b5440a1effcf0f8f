using static Guildhall.Matching.InputChecks;

namespace Guildhall.Matching;

/// <summary>Everything that can be wrong with settings: by themselves, against the people of the run, and against what the rules leave.</summary>
static class SettingChecks
{
    public static IEnumerable<MatchRefusal> Of(MatchInput input) => [.. OfSettings(input.Settings), .. Pins(input)];

    /// <summary>What no run could use, whoever is in it.</summary>
    public static IEnumerable<MatchRefusal> OfSettings(MatchSettings settings)
    {
        foreach (var (factor, weight) in settings.Weights.Where(w => w.Value < 0))
            yield return new(RefusalCode.WeightsNotHundred, Text($"The weight of {factor} is {weight}. The least is 0."), [$"{factor}"]);
        if (settings.Weights.Values.Sum() != 100)
            yield return new(RefusalCode.WeightsNotHundred, Text($"The weights add up to {settings.Weights.Values.Sum()}. They must add up to 100."), [.. settings.Weights.Keys.Select(f => f.ToString())]);
        if (settings.CandidatesPerMentee < 1)
            yield return new(RefusalCode.SettingOutOfRange, "A mentee enters with at least 1 candidate.", []);
        if (settings.ProgramWeeks is < 1 or > 104)
            yield return new(RefusalCode.SettingOutOfRange, Text($"The program has {settings.ProgramWeeks} weeks. It may have 1 to 104."), []);
        if (!Enum.IsDefined(settings.Objective))
            yield return new(RefusalCode.SettingOutOfRange, "The objective is neither matched first nor score.", []);
        if (settings.NearTies is { } ties && !(ties.Points is >= NearTies.LeastPoints and <= NearTies.MostPoints && ties.Draws is >= 1 and <= NearTies.MostDraws))
            yield return new(RefusalCode.SettingOutOfRange, Text($"Near ties are set to {ties.Points} points and {ties.Draws} draws. They go from {NearTies.LeastPoints} to {NearTies.MostPoints} points, and from 1 to {NearTies.MostDraws} draws."), []);
        foreach (var refusal in Rules(settings)) yield return refusal;
        foreach (var refusal in Waivers(settings)) yield return refusal;
    }

    /// <summary>Pins against rules and places, and whether any pair is left.</summary>
    public static IEnumerable<MatchRefusal> OfPrepared(PossiblePairs pairs, MatchSettings settings)
    {
        var (table, regime, people) = (pairs.Table, pairs.Regime, pairs.Table.People);
        foreach (var pin in settings.Pins)
        {
            var (raw, broken) = table.At(people.MenteeIndex[pin.MenteeId], people.MentorIndex[pin.MentorId]);
            var against = regime.Broken(raw, broken) & regime.Required & ~RuleRegime.Bit(Rule.Capacity);
            if (against != 0)
                yield return new(RefusalCode.PinBreaksRule, $"{pin.MenteeId} can't be kept with {pin.MentorId}: {string.Join("; ", RuleRegime.Rules(against).Select(r => MatchWording.Name(regime[r])))}.", [pin.MenteeId, pin.MentorId]) { Rules = [.. RuleRegime.Rules(against)] };
        }
        var rotation = new Rotation(table.Rows, people.Mentors, regime);
        var places = rotation.Places(people.Mentors, regime);
        foreach (var pins in settings.Pins.GroupBy(p => people.MentorIndex[p.MentorId]).Where(pins => pins.Count() > places[pins.Key]))
            yield return new(RefusalCode.PinOverCapacity, Text($"{people.Mentors[pins.Key].Id} has {places[pins.Key]} {(places[pins.Key] == 1 ? "place" : "places")} and {pins.Count()} pinned mentees."), [people.Mentors[pins.Key].Id, .. pins.Select(p => p.MenteeId)]);
        if (regime.Requires(Rule.GroupShare))
            foreach (var group in settings.Pins.GroupBy(p => rotation.GroupOf[people.MentorIndex[p.MentorId]]))
            {
                var mentor = people.MentorIndex[group.First().MentorId];
                if (people.Mentors[mentor].OperatorGroup is { } name && group.Count() > rotation.LeftInGroup(mentor))
                    yield return new(RefusalCode.PinOverCapacity, Text($"The group {name} may take {rotation.LeftInGroup(mentor)} mentees and has {group.Count()} pinned."), [name, .. group.Select(p => p.MenteeId)]);
            }

        if (pairs.Counts.Possible == 0)
        {
            var most = pairs.Counts.Blocking()[0];
            yield return new(RefusalCode.NoPossiblePair, Text($"No pair passes the rules. \"{MatchWording.Name(regime[most.Rule])}\" blocks most: {most.Broken} of {(long)table.Rows * table.Columns} pairs."), [most.Rule.ToString()]);
        }
    }

    static IEnumerable<MatchRefusal> Rules(MatchSettings settings)
    {
        foreach (var rule in settings.Rules.CountBy(r => r.Rule).Where(r => r.Value > 1).Select(r => r.Key))
            yield return new(RefusalCode.RuleNotPossible, $"The rule {rule} is set twice.", [rule.ToString()]);
        foreach (var rule in settings.Rules)
        {
            if (!Enum.IsDefined(rule.Rule) || !Enum.IsDefined(rule.Strength) || !RuleSetting.Allows(rule.Rule, rule.Strength))
                yield return new(RefusalCode.RuleNotPossible, $"The rule {rule.Rule} can't be {rule.Strength}.", [rule.Rule.ToString()]);
            if (rule.PenaltyPoints is < 0 or > 100)
                yield return new(RefusalCode.RulePenaltyOutOfRange, Text($"The rule {rule.Rule} takes {rule.PenaltyPoints} points. It may take 0 to 100."), [rule.Rule.ToString()]);
            var (least, most) = RuleSetting.ParameterRange(rule.Rule);
            if (rule.Parameter is { } parameter && !(parameter >= least && parameter <= most))
                yield return new(RefusalCode.RuleParameterOutOfRange, Text($"The rule {rule.Rule} is set to {parameter}. It goes from {least} to {most}."), [rule.Rule.ToString()]);
        }
    }

    static IEnumerable<MatchRefusal> Waivers(MatchSettings settings)
    {
        foreach (var waiver in settings.Waivers)
        {
            if (!RuleSetting.IsConflictOfInterest(waiver.Rule))
                yield return new(RefusalCode.WaiverNotPossible, $"The rule {waiver.Rule} can't be waived. Only conflicts of interest can.", [waiver.MenteeId, waiver.MentorId]);
            if (string.IsNullOrWhiteSpace(waiver.Reason))
                yield return new(RefusalCode.WaiverNotPossible, $"The waiver for {waiver.MenteeId} with {waiver.MentorId} has no reason.", [waiver.MenteeId, waiver.MentorId]);
        }
    }

    static IEnumerable<MatchRefusal> Pins(MatchInput input)
    {
        var pins = input.Settings.Pins;
        if (pins.Count == 0) yield break;
        var mentees = input.Mentees.Select(m => m.Id).ToHashSet();
        var mentors = input.Mentors.Select(m => m.Id).ToHashSet();
        foreach (var pin in pins)
            if (!mentees.Contains(pin.MenteeId) || !mentors.Contains(pin.MentorId))
                yield return new(RefusalCode.PinUnknownId, $"{pin.MenteeId} is pinned to {pin.MentorId}, but not both are in this run.", [pin.MenteeId, pin.MentorId]);
        foreach (var twice in pins.GroupBy(p => p.MenteeId).Where(p => p.Count() > 1))
            yield return new(RefusalCode.PinTwice, $"{twice.Key} is pinned to {string.Join(" and ", twice.Select(p => p.MentorId))}. One mentee has one mentor.", [twice.Key, .. twice.Select(p => p.MentorId)]);
    }
}
