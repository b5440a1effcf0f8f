namespace Guildhall.Matching;

/// <summary>Needs of mentees and strengths of mentors by skill.</summary>
sealed class SkillColumns
{
    readonly (int Skill, double Urgency)[]?[] needs;
    readonly double[]?[] levels;

    public SkillColumns(MenteeProfile[] mentees, MentorProfile[] mentors)
    {
        var skills = mentees.SelectMany(m => m.Needs ?? []).Select(n => n.Skill).Distinct().Order(StringComparer.Ordinal).ToArray();
        var indexOf = skills.Select((skill, index) => (skill, index)).ToDictionary(s => s.skill, s => s.index);
        needs = Array.ConvertAll(mentees, m => m.Needs is { Count: > 0 } list
            ? list.Select(n => (indexOf[n.Skill], n.Urgency)).OrderBy(n => n).ToArray()
            : null);
        levels = Array.ConvertAll(mentors, m => m.Strengths is { Count: > 0 } list ? Levels(list, indexOf) : null);
    }

    /// <summary>The mentee's urgencies times the mentor's levels, over the urgencies; NaN when not known. A skill the mentor doesn't list is 0.</summary>
    public double Coverage(int i, int j)
    {
        if (needs[i] is not { } list || levels[j] is not { } level) return double.NaN;
        double sum = 0, total = 0;
        foreach (var (skill, urgency) in list)
        {
            sum += urgency * level[skill];
            total += urgency;
        }
        return sum / total;
    }

    static double[] Levels(IReadOnlyList<SkillStrength> strengths, Dictionary<string, int> indexOf)
    {
        var bySkill = new double[indexOf.Count];
        foreach (var strength in strengths)
            if (indexOf.TryGetValue(strength.Skill, out var skill)) bySkill[skill] = Math.Max(bySkill[skill], strength.Level);
        return bySkill;
    }
}
