using System.Globalization;

namespace Guildhall.Modules.Sellers;

/// <summary>The pains that figures can show, each judged against the sellers of its category: of the narrowest branch of its main category in which enough figures are known.</summary>
public static class PainRules
{
    /// <summary>A quarter of a category isn't a number worth comparing with below this. It only starts a conversation, so it needs fewer than an effect would.</summary>
    public const int MinimumPeers = 20;

    /// <summary>Worse than three in four.</summary>
    public const double WorseThan = 0.75;

    /// <summary>The kinds, in the order they are shown, each with what it is called.</summary>
    public static IReadOnlyDictionary<string, string> Names { get; } = new Dictionary<string, string>
    {
        ["low_visibility"] = "Low visibility",
        ["slow_conversion"] = "Slow conversion",
        ["uncompetitive_prices"] = "Uncompetitive prices",
        ["inconsistent_reviews"] = "Inconsistent reviews",
        ["late_dispatch"] = "Late dispatch",
        ["stock_outs"] = "Stock-outs",
        ["high_returns"] = "High returns",
    };

    internal static Pain Found(string kind, double value, double place, long peers, double middle, DateOnly asOf) =>
        new(kind, Evidence(kind, value, peers, middle, asOf), (place - WorseThan) / (1 - WorseThan));

    static string Evidence(string kind, double value, long peers, double middle, DateOnly asOf)
    {
        var (own, theirs) = kind switch
        {
            "low_visibility" => ($"{Number(value)} views a listing and day", Number(middle)),
            "slow_conversion" => ($"{Percent(value)} of visits end in an order", Percent(middle)),
            "uncompetitive_prices" => ($"The middle price is {Number(value)} times its category’s", Number(middle)),
            "inconsistent_reviews" => ($"Reviews spread by {Number(value)} stars", Number(middle)),
            "late_dispatch" => ($"{Percent(value)} of orders leave late", Percent(middle)),
            "stock_outs" => ($"{Percent(value)} of listings are out of stock", Percent(middle)),
            "high_returns" => ($"{Percent(value)} of orders come back", Percent(middle)),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such pain."),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{own}; the middle of {peers:N0} sellers of its category, this one included, is {theirs}, to {asOf:d MMMM yyyy}.");
    }

    static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.#}%");

    static string Number(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0.##}");
}
