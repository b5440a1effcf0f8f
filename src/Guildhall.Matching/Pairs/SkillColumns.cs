using System.Numerics;

namespace Guildhall.Matching;

/// <summary>Needs of mentees and strengths of mentors by skill.</summary>
sealed class SkillColumns
{
    readonly (int Skill, float Part)[]?[] needs;
    readonly float[][] levelBySkill;

    public SkillColumns(MenteeProfile[] mentees, MentorProfile[] mentors, CancellationToken stop)
    {
        var skills = mentees.Watched(stop).SelectMany(m => m.Needs ?? []).Select(n => n.Skill).Distinct().Order(StringComparer.Ordinal).ToArray();
        var indexOf = skills.Select((skill, index) => (skill, index)).ToDictionary(s => s.skill, s => s.index);
        needs = [.. mentees.Watched(stop).Select(m => m.Needs is { Count: > 0 } list ? Parts(list, indexOf) : null)];
        levelBySkill = Array.ConvertAll(skills, _ => Lanes.Column(mentors, m => m.Strengths is { Count: > 0 } ? 0 : null));
        for (var j = 0; j < mentors.Length; j++)
            foreach (var strength in mentors[j].Strengths ?? [])
                if (indexOf.TryGetValue(strength.Skill, out var skill)) levelBySkill[skill][j] = Math.Max(levelBySkill[skill][j], (float)strength.Level);
    }

    /// <summary>The mentee's urgencies times the mentors' levels, over the urgencies, for some mentors; NaN when not known. A skill the mentor doesn't list is 0. Wants room for as many figures.</summary>
    public void Coverage(int i, ReadOnlySpan<int> at, Span<float> into, Span<float> room)
    {
        if (needs[i] is not { } list)
        {
            into.Fill(float.NaN);
            return;
        }
        into.Clear();
        var sums = Lanes.Vectors(into);
        foreach (var (skill, part) in list)
        {
            Lanes.Gather(levelBySkill[skill], at, room);
            var levels = Lanes.Vectors(room);
            var weight = new Vector<float>(part);
            for (var v = 0; v < sums.Length; v++) sums[v] += weight * levels[v];
        }
    }

    static (int Skill, float Part)[] Parts(IReadOnlyList<SkillNeed> needs, Dictionary<string, int> indexOf)
    {
        var sorted = needs.Select(n => (Skill: indexOf[n.Skill], n.Urgency)).Order().ToArray();
        var total = sorted.Sum(n => n.Urgency);
        return Array.ConvertAll(sorted, n => (n.Skill, (float)(n.Urgency / total)));
    }
}
