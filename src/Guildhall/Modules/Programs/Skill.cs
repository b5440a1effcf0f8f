using System.Globalization;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;

namespace Guildhall.Modules.Programs;

/// <summary>Something a mentor can teach.</summary>
/// <param name="Id">The key that profiles carry.</param>
/// <param name="Pains">Kinds of pain in the figures that this skill is against where a program says nothing else, by the keys of <see cref="PainRules.Names"/>.</param>
public sealed record Skill(string Id, string Name, IReadOnlyList<string> Pains)
{
    /// <summary>The catalogue.</summary>
    public static readonly IReadOnlyList<Skill> All =
    [
        new("listing-optimization", "Listings", ["low_visibility", "slow_conversion"]),
        new("pricing", "Pricing", ["uncompetitive_prices"]),
        new("supplier-negotiation", "Suppliers", ["uncompetitive_prices", "stock_outs"]),
        new("inventory", "Stock", ["stock_outs"]),
        new("customer-service", "Customer service", ["inconsistent_reviews", "high_returns"]),
        new("policy-compliance", "Policies", ["late_dispatch"]),
        new("data-driven-decisions", "Deciding by numbers", ["slow_conversion", "low_visibility"]),
    ];

    public static Skill? Find(string id) => All.FirstOrDefault(skill => skill.Id == id);
}

/// <summary>How much a skill is against a pain, in one program.</summary>
/// <param name="Weight">From 0, not at all, to 1.</param>
public sealed record PainSkill(string Pain, string Skill, decimal Weight)
{
    /// <summary>The map of the catalogue, in which every skill counts in full.</summary>
    public static IReadOnlyList<PainSkill> Catalogue { get; } =
        [.. from pain in PainRules.Names.Keys from skill in Programs.Skill.All where skill.Pains.Contains(pain) select new PainSkill(pain, skill.Id, 1)];

    /// <summary>The field of a form that holds the weight.</summary>
    internal static string FieldOf(string pain, string skill) => $"{pain}_{skill}";

    internal static IEnumerable<Refusal> Problems(IReadOnlyList<PainSkill> map)
    {
        if (map.FirstOrDefault(entry => !PainRules.Names.ContainsKey(entry.Pain) || Programs.Skill.Find(entry.Skill) is null) is not null || map.DistinctBy(entry => (entry.Pain, entry.Skill)).Count() < map.Count)
            yield return Refusal.Invalid("pain_skill", "Choose pains and skills from the lists.");
        foreach (var entry in map.Where(entry => entry.Weight is < 0 or > 1))
            yield return Refusal.Invalid("weight", string.Create(CultureInfo.InvariantCulture, $"Enter a weight from 0 to 1 for {Programs.Skill.Find(entry.Skill)?.Name ?? entry.Skill} against {PainRules.Names.GetValueOrDefault(entry.Pain, entry.Pain).ToLowerInvariant()}."), FieldOf(entry.Pain, entry.Skill));
        foreach (var pain in PainRules.Names.Keys.Where(pain => !map.Any(entry => entry.Pain == pain && entry.Weight > 0)))
            yield return Refusal.Invalid("no_skill", $"Give at least one skill a weight above 0 against {PainRules.Names[pain].ToLowerInvariant()}: otherwise nobody could be matched for it.", FieldOf(pain, Programs.Skill.All[0].Id));
    }
}
