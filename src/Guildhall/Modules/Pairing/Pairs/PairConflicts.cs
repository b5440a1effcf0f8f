using Guildhall.Matching;
using Guildhall.Modules.Programs;

namespace Guildhall.Modules.Pairing;

/// <summary>Looks whether a conflict of interest stands between two people now: by what they declared, own and sell, the rules of the program, and what was waived. The matcher says so, as it does of a run.</summary>
sealed class PairConflicts(MatchPool pool, CurrentRules rules)
{
    /// <param name="pairs">Mentee and mentor, by their participant ids.</param>
    /// <returns>Of each pair that breaks a conflict rule which must hold, the first of these rules.</returns>
    public async Task<IReadOnlyDictionary<(Guid Mentee, Guid Mentor), Rule>> Of(ProgramFacts program, IReadOnlyCollection<(Guid Mentee, Guid Mentor)> pairs, CancellationToken stop)
    {
        var (people, ids) = await pool.These(program, [.. pairs.SelectMany(pair => new[] { pair.Mentee, pair.Mentor }).Distinct()], stop);
        var settings = (await rules.Of(program, stop)).Settings;
        var conflicts = settings with { Rules = [.. settings.Rules.Where(rule => rule.Strength == RuleStrength.Required && RuleSetting.IsConflictOfInterest(rule.Rule))], Bars = [], EndedPairs = [], NearTies = null };
        var (mentees, mentors) = (people.Mentees.ToDictionary(mentee => mentee.Id), people.Mentors.ToDictionary(mentor => mentor.Id));
        Dictionary<(Guid, Guid), Rule> found = [];
        foreach (var pair in pairs.Distinct())
        {
            if (!ids.TryGetValue(pair.Mentee, out var menteeId) || !ids.TryGetValue(pair.Mentor, out var mentorId) || !mentees.TryGetValue(menteeId, out var mentee) || !mentors.TryGetValue(mentorId, out var mentor)) continue;
            if (Between(mentee, mentor, conflicts, stop) is { } rule) found[pair] = rule;
        }

        return found;
    }

    // The two alone, kept together: what the rules have against that is what stands between them. Places and breaks are no conflict.
    static Rule? Between(MenteeProfile mentee, MentorProfile mentor, MatchSettings conflicts, CancellationToken stop)
    {
        var kept = conflicts with { Pins = [new Pin(mentee.Id, mentor.Id)], Waivers = [.. conflicts.Waivers.Where(waiver => waiver.MenteeId == mentee.Id && waiver.MentorId == mentor.Id)] };
        return Matcher.Prepare(new MatchInput([mentee], [mentor with { Capacity = 1, IsOpenToNew = true }], kept), stop).Refusals
            .Where(refusal => refusal.Code == RefusalCode.PinBreaksRule).SelectMany(refusal => refusal.Rules).Where(RuleSetting.IsConflictOfInterest).Select(rule => (Rule?)rule).FirstOrDefault();
    }
}
