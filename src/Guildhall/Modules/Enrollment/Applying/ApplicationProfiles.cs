using Guildhall.Matching;

namespace Guildhall.Modules.Enrollment;

/// <summary>What an applicant said, as the matcher reads it. What they left open stays not known.</summary>
static class ApplicationProfiles
{
    // Ticked without an order: each presses as much as the other, and less than what a figure shows at its worst.
    const double AskedFor = 0.8;

    // Offered, and not shown by results yet.
    const double Offered = 0.7;

    public static MenteeProfile Mentee(string sellerId, ApplicationAnswers answers, string? tier) => new MenteeProfile
    {
        Id = sellerId,
        Needs = answers.Skills is { Count: > 0 } skills ? [.. skills.Select(skill => new SkillNeed(skill, AskedFor))] : null,
        TargetOrdersPerWeek = answers.TargetOrdersPerWeek is > 0 ? answers.TargetOrdersPerWeek : null,
        Tier = tier,
    }.With(answers);

    public static MentorProfile Mentor(string sellerId, ApplicationAnswers answers) => new MentorProfile
    {
        Id = sellerId,
        Capacity = answers.Places ?? 0,
        Strengths = answers.Skills is { Count: > 0 } skills ? [.. skills.Select(skill => new SkillStrength(skill, Offered))] : null,
    }.With(answers);

    static T With<T>(this T profile, ApplicationAnswers answers) where T : Matching.Participant => profile with
    {
        Categories = answers.Categories is { Count: > 0 } categories ? [.. categories.Select(path => new CategoryShare(path, 1))] : null,
        Style = answers.Style,
        Contact = answers.Contact,
        WeekHours = answers.Times is { Count: > 0 } times ? WeekParts.Hours(times) : null,
        TimeZone = answers.TimeZone,
        Languages = answers.Languages is { Count: > 0 } languages ? [.. languages.Select(tag => new LanguageSkill(tag, LanguageLevel.Working))] : null,
    };
}
