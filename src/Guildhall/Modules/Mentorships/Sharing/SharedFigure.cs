using System.Globalization;
using Guildhall.Modules.People;
using Guildhall.Modules.Sellers;

namespace Guildhall.Modules.Mentorships;

/// <summary>Something of a shop that its mentor sees while the shop lets them, and what for.</summary>
/// <param name="Label">"Orders".</param>
/// <param name="InASentence">"orders", after "has not shared".</param>
/// <param name="Read">The figure in words; null when it is not known. None for what is no figure.</param>
sealed record SharedFigure(Purpose Purpose, string Label, string InASentence, Func<OutcomeFigures, Func<long, string?>, string?>? Read)
{
    public string Id => Purpose.Item;

    /// <summary>Every item that can be shared, each by itself. Nothing else of a shop shows to its mentor.</summary>
    public static readonly IReadOnlyList<SharedFigure> All =
    [
        Of("plan", "Plan", "the plan", "So that your mentor knows which steps are done, also those that your shop’s figures tick, and can help with the next.", null),
        Of("orders", "Orders", "orders", "So that the two of you see whether a change brings more orders. Orders of the last 90 days.", (figures, _) => figures.Orders?.ToString("N0", CultureInfo.CurrentCulture)),
        Of("sales", "Sales", "sales figures", "So that advice on prices and stock fits the size of your shop. Value sold in the last 365 days, without freight.", (figures, money) => figures.RevenueMinorUnits is { } amount ? money(amount) : null),
        Of("first_sale", "Days to first sale", "the days to the first sale", "So that your mentor knows how your shop began. Days from sign-up to the first order.",
            (figures, _) => figures.DaysToFirstSale is { } days ? $"{days:N0} {(days == 1 ? "day" : "days")}" : null),
        Of("listings", "Listings on sale", "listings", "So that your mentor can say what to add, and what to mend first.", (figures, _) => figures.Listings?.ToString("N0", CultureInfo.CurrentCulture)),
        Of("reviews", "Average review", "reviews", "So that the two of you work on what buyers say. Average of the last 90 days.", (figures, _) => figures.ReviewMean is { } mean ? $"{mean:0.0} of 5" : null),
        Of("returns", "Returns", "returns", "So that the two of you find out why things come back. Share of the orders of the last 90 days.", (figures, _) => Percent(figures.ReturnShare)),
        Of("late", "Late dispatch", "late dispatch", "So that your mentor can help with packing and shipping. Share of the orders of the last 90 days.", (figures, _) => Percent(figures.LateShare)),
        Of("repeat", "Buyers who come back", "buyers who come back", "So that the two of you see whether buyers are content. Share of the buyers of the last 90 days.", (figures, _) => Percent(figures.RepeatShare)),
    ];

    public static SharedFigure Plan => All[0];

    public static SharedFigure Orders => All[1];

    public static IReadOnlyList<Purpose> Purposes { get; } = [.. All.Select(figure => figure.Purpose)];

    public static SharedFigure? Find(string id) => All.FirstOrDefault(figure => figure.Id == id);

    static SharedFigure Of(string id, string label, string inASentence, string purpose, Func<OutcomeFigures, Func<long, string?>, string?>? read) => new(new Purpose(id, 1, purpose), label, inASentence, read);

    static string? Percent(double? share) => share is { } known ? (100 * known).ToString("0.#", CultureInfo.CurrentCulture) + "%" : null;
}
