using Guildhall.Modules.Programs;

namespace Guildhall.Modules.Enrollment;

/// <summary>The skills of the catalogue in the words that sellers use for them, on both sides.</summary>
static class HelpTopics
{
    public const string NotSure = "not-sure";

    /// <summary>What a mentee asks for first, at most.</summary>
    public const int MostAsked = 3;

    /// <summary>What a mentor offers, at most: who teaches everything is compared with nobody.</summary>
    public const int MostOffered = 5;

    static readonly IReadOnlyDictionary<string, string> words = new Dictionary<string, string>
    {
        ["listing-optimization"] = "Photos and listings",
        ["pricing"] = "Setting prices",
        ["supplier-negotiation"] = "Finding suppliers",
        ["inventory"] = "Planning stock",
        ["customer-service"] = "Reviews, questions and returns",
        ["policy-compliance"] = "Delivery on time and the marketplace’s rules",
        ["data-driven-decisions"] = "Reading my numbers",
    };

    public static string Of(string skill) => words.GetValueOrDefault(skill) ?? Skill.All.FirstOrDefault(known => known.Id == skill)?.Name ?? skill;
}
