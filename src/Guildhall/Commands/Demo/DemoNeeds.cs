using System.Globalization;
using static Guildhall.Commands.Demo.DemoSkills;

namespace Guildhall.Commands.Demo;

/// <summary>Turns a shop's figures into what its owner needs, or can teach. Where the figures say nothing, what people say of themselves does.</summary>
static class DemoNeeds
{
    /// <summary>Two to four needs, the most urgent first.</summary>
    public static DemoNeed[] Of(DemoRandom random, DemoSeller seller, DemoFigures figures)
    {
        var priceRatio = seller.Temper.PriceLevel / seller.Category.MedianPrice;
        var urgency = new Dictionary<string, double>
        {
            [Listings] = Math.Max(Gap(4.5, figures.Photos, 3), Gap(550, figures.DescriptionLength, 450)),
            [Pricing] = Math.Max(Gap(priceRatio, 1.2, 0.6), figures.Conversion is { } conversion ? Gap(0.014, conversion, 0.012) : 0),
            [Service] = Math.Max(
                figures is { ReviewMean: { } mean, Reviews: >= 3 } ? Gap(4.3, mean, 1) : 0,
                figures.ReturnShare is { } returns ? Gap(returns, 1.5 * seller.Category.ReturnShare, 0.1) : 0),
            [Inventory] = Math.Max(
                figures.OutOfStockShare is { } empty ? Gap(empty, 0.03, 0.15) : 0,
                figures.LateShare is { } late ? Gap(late, 0.08, 0.2) : 0),
            [Suppliers] = seller.Supplier is not null ? Gap(priceRatio, 1.1, 0.8) : 0,
            [Policy] = figures.PolicyPoints > 0 ? 0.5 + 0.1 * figures.PolicyPoints : 0,
        };
        var needs = urgency.Where(need => need.Value >= 0.15).Select(need => new DemoNeed(need.Key, Tenths(need.Value)))
            .OrderByDescending(need => need.Urgency).ThenBy(need => need.Skill, StringComparer.Ordinal).Take(4).ToList();
        foreach (var skill in random.PickSome(DemoBranches.Of(seller.Category).Asks.Where(skill => needs.TrueForAll(need => need.Skill != skill)), needs.Count >= 3 ? 0 : 2 - needs.Count / 2))
            needs.Add(new DemoNeed(skill, Tenths(random.Between(0.2, 0.6))));
        return [.. needs.OrderByDescending(need => need.Urgency).ThenBy(need => need.Skill, StringComparer.Ordinal)];
    }

    /// <summary>The three to five strongest, each with the figure that shows it, and what is asked about in their branch.</summary>
    public static DemoStrength[] Strengths(DemoRandom random, DemoSeller seller, DemoFigures figures)
    {
        var strengths = new List<DemoStrength>
        {
            new(Listings, Tenths(0.4 + Gap(figures.Photos, 3, 5)), Text($"{figures.Photos:0.0} photos and {figures.DescriptionLength:0} characters a listing, {figures.Listings} listings")),
        };
        if (figures is { ReviewMean: { } mean, Reviews: >= 5 })
            strengths.Add(new(Service, Tenths(0.2 + Gap(mean, 4, 1)), Text($"{mean:0.0} of 5 from {figures.Reviews} reviews in 90 days")));
        if (figures.Conversion is { } conversion) strengths.Add(new(Pricing, Tenths(0.3 + Gap(conversion, 0.01, 0.04)), Text($"{100 * conversion:0.0}% of visits order")));
        if (figures.LateShare is { } late) strengths.Add(new(Inventory, Tenths(0.9 - 4 * late), Text($"{100 * late:0.0}% of orders sent late in 90 days")));
        if (seller.Supplier is { } supplier) strengths.Add(new(Suppliers, Tenths(random.Between(0.4, 0.9)), Text($"Buys from {supplier} since {seller.SignedUpOn.Year}")));
        foreach (var skill in DemoBranches.Of(seller.Category).Asks.Where(skill => strengths.TrueForAll(strength => strength.Skill != skill)))
            strengths.Add(new(skill, Tenths(random.Between(0.6, 0.9)), Evidence: null));
        if (random.Chance(0.4)) strengths.Add(new(Policy, Tenths(random.Between(0.4, 0.8)), "No policy points today"));
        return [.. strengths.OrderByDescending(strength => strength.Level).ThenBy(strength => strength.Skill, StringComparer.Ordinal).Take(5)];
    }

    /// <summary>How far <paramref name="more"/> lies above <paramref name="less"/>, 1 at <paramref name="full"/> and beyond.</summary>
    static double Gap(double more, double less, double full) => Math.Clamp((more - less) / full, 0, 1);

    static double Tenths(double value) => Math.Round(Math.Clamp(value, 0.1, 1), 1);

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
