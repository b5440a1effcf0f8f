using System.Globalization;
using Guildhall.Modules.Sellers;

namespace Guildhall.Modules.Enrollment;

/// <summary>One outcome figure of a baseline: its name, its value to compare, and its words.</summary>
sealed record BaselineFigure(string Label, Func<OutcomeFigures, double?> Value, Func<double, Func<long, string?>, string?> Words)
{
    public static readonly IReadOnlyList<BaselineFigure> All =
    [
        new("Days to first sale", figures => figures.DaysToFirstSale, (days, _) => $"{days:N0} {(days == 1 ? "day" : "days")}"),
        new("Orders in 90 days", figures => figures.Orders, (orders, _) => orders.ToString("N0", CultureInfo.CurrentCulture)),
        new("Value sold in 365 days", figures => figures.RevenueMinorUnits, (amount, money) => money((long)amount)),
        new("Average review in 90 days", figures => figures.ReviewMean, (mean, _) => $"{mean:0.00} of 5"),
        new("Returns in 90 days", figures => figures.ReturnShare, (share, _) => Percent(share)),
        new("Late dispatch in 90 days", figures => figures.LateShare, (share, _) => Percent(share)),
        new("Buyers who come back in 90 days", figures => figures.RepeatShare, (share, _) => Percent(share)),
        new("Listings on sale", figures => figures.Listings, (listings, _) => listings.ToString("N0", CultureInfo.CurrentCulture)),
    ];

    // Sums of fractions depend on the order in which the database adds them: what differs less is the same figure.
    const double Noise = 1e-9;

    /// <summary>The figures in which two versions differ; "none" differs in every figure that the other knows.</summary>
    public static IReadOnlyList<BaselineFigure> Differing(OutcomeFigures? before, OutcomeFigures? after) => [.. All.Where(figure => !IsSame(figure.Of(before), figure.Of(after)))];

    public string? Said(OutcomeFigures? figures, Func<long, string?> money) => Of(figures) is { } value ? Words(value, money) : null;

    double? Of(OutcomeFigures? figures) => figures is null ? null : Value(figures);

    static bool IsSame(double? one, double? other) => one is null ? other is null : other is not null && Math.Abs(one.Value - other.Value) <= Noise * Math.Max(1, Math.Abs(one.Value));

    static string Percent(double share) => (100 * share).ToString("0.#", CultureInfo.CurrentCulture) + "%";
}
