using System.Text.Json;
using Guildhall.Matching;
using Guildhall.Modules.Programs;

namespace Guildhall.Modules.Enrollment;

/// <summary>Tiers, skills and languages that a file names and nobody knows: taken in silence they would match nobody.</summary>
/// <remarks>A language of three letters is left alone: there are thousands, and no list that we have holds all that people speak.</remarks>
static class UnknownWords
{
    public static IEnumerable<(string Column, string Message)> Of(Matching.Participant profile, ProgramDesign design)
    {
        var (mentee, mentor) = (profile as MenteeProfile, profile as MentorProfile);
        IEnumerable<string> tiers = mentee?.Tier is { } one ? [one] : mentor?.Tiers ?? [];
        var skills = (mentee?.Needs ?? []).Select(need => need.Skill).Concat((mentor?.Strengths ?? []).Select(strength => strength.Skill));
        foreach (var tier in tiers.Where(tier => design.PriorityOf(tier) is null))
            yield return (mentee is null ? "tiers" : "tier", $"There is no tier {tier}. The program has {string.Join(", ", design.Tiers.Select(known => JsonNamingPolicy.KebabCaseLower.ConvertName($"{known.Name}")))}.");
        foreach (var language in (profile.Languages ?? []).Select(skill => skill.Language).Distinct().Where(tag => !LanguageTags.MayBe(tag)))
            yield return ("languages", $"There is no language {language}. Tags are such as en, pt-BR or zh.");
        foreach (var skill in skills.Distinct().Where(skill => !Skill.All.Any(known => known.Id == skill)))
            yield return (mentee is null ? "strengths" : "needs", $"There is no skill {skill}. There are {string.Join(", ", Skill.All.Select(known => known.Id))}.");
    }
}
