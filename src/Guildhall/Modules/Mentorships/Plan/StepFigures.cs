using System.Globalization;
using Guildhall.Modules.Library;
using Guildhall.Modules.Sellers;

namespace Guildhall.Modules.Mentorships;

/// <summary>What a shop's figures say of a step that they can tick.</summary>
/// <param name="IsMet">Null when the figures it needs are not known.</param>
/// <param name="MetOn">The day since which it is; where that is not known, the last day of the figures.</param>
/// <param name="SoFar">"3 of 5 orders by 20 Nov"; null when not known.</param>
public sealed record FigureCheck(bool? IsMet, DateOnly? MetOn, string? SoFar);

/// <summary>Judges the conditions of steps by what is known of a shop. A condition without figures is not known: never met, and never missed.</summary>
static class StepFigures
{
    const int Weeks = 4;

    /// <param name="reached">Null before the first figures, and for a seller that is gone.</param>
    public static FigureCheck Check(string condition, ShopMilestones? reached) => reached is null ? Unknown : condition switch
    {
        "first_listing_live" => Count(reached.Listings, 1, reached.AsOf, "listing", "listings"),
        "five_listings_live" => Count(reached.Listings, 5, reached.AsOf, "listing", "listings"),
        "first_sale" => Count(reached.Orders, 1, reached.AsOf, "order", "orders"),
        "five_orders" => Count(reached.Orders, 5, reached.AsOf, "order", "orders"),
        "first_review" => Count(reached.Reviews, 1, reached.AsOf, "review", "reviews"),
        "five_reviews" => Count(reached.Reviews, 5, reached.AsOf, "review", "reviews"),
        "order_a_week" => reached.WeeksWithOrder is { } weeks
            ? new(weeks >= Weeks, weeks >= Weeks ? reached.AsOf : null, $"an order in {weeks} of the last {Weeks} weeks by {Day(reached.AsOf)}")
            : Unknown,
        // A condition of a later version of the product, met by this one while both run.
        _ => Unknown,
    };

    static FigureCheck Unknown { get; } = new(null, null, null);

    static FigureCheck Count(Milestone milestone, int needed, DateOnly asOf, string one, string many) => milestone.Count is not { } count
        ? Unknown
        : new(count >= needed, count < needed ? null : (needed == 1 ? milestone.FirstOn : milestone.FifthOn) ?? asOf, $"{Math.Min(count, needed):N0} of {needed} {(needed == 1 ? one : many)} by {Day(asOf)}");

    static string Day(DateOnly day) => day.ToString("d MMM", CultureInfo.CurrentCulture);
}
