namespace Guildhall.Modules.Programs;

/// <summary>Something a mentor can teach.</summary>
/// <param name="Id">The key that profiles carry.</param>
/// <param name="Pains">Kinds of pain in the figures that this skill is against, by the keys of <see cref="Sellers.PainRules.Names"/>.</param>
public sealed record Skill(string Id, string Name, IReadOnlyList<string> Pains)
{
    /// <summary>The catalogue, and with it the map from pain to skill.</summary>
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

    public static IEnumerable<Skill> For(string pain) => All.Where(skill => skill.Pains.Contains(pain));
}
