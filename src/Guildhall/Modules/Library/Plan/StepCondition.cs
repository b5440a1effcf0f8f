namespace Guildhall.Modules.Library;

/// <summary>Something about a shop that its figures can tell, so that a step of the plan ticks itself. The list is closed: what no figure tells is ticked by hand.</summary>
/// <param name="Key">Stored with the step.</param>
/// <param name="Words">After "Ticks itself when the shop": "has its first listing live".</param>
public sealed record StepCondition(string Key, string Words)
{
    /// <summary>Each can be told from the sellers' figures: live listings, orders that were not canceled, and reviews that are known.</summary>
    public static readonly IReadOnlyList<StepCondition> All =
    [
        new("first_listing_live", "has a listing live"),
        new("five_listings_live", "has five listings live"),
        new("first_sale", "has its first sale"),
        new("five_orders", "has five orders"),
        new("order_a_week", "has at least one order a week over four weeks"),
        new("first_review", "has its first review"),
        new("five_reviews", "has five reviews"),
    ];

    public static StepCondition? Find(string key) => All.FirstOrDefault(condition => condition.Key == key);
}
