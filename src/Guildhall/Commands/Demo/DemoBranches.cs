using System.Globalization;

namespace Guildhall.Commands.Demo;

/// <summary>What the sellers of one top of the category tree have in common beside their goods.</summary>
/// <param name="OpenedMonthsAgo">Before the "as of" day; none for branches as old as the marketplace. A young branch has many new shops and hardly a seasoned one.</param>
/// <param name="Markets">Where most of its sellers live.</param>
/// <param name="EveningShare">Share of its new sellers who are free in the evening, after a day job.</param>
/// <param name="Industries">Where they mostly worked before.</param>
/// <param name="Asks">What its new sellers ask about and its seasoned ones have an answer to.</param>
sealed record DemoBranch(string Top, int? OpenedMonthsAgo, DemoMarket[] Markets, double EveningShare, string[] Industries, string[] Asks)
{
    public bool IsOpenOn(DateOnly day, DateOnly asOf) => OpenedMonthsAgo is not { } months || day >= asOf.AddMonths(-months);
}

/// <summary>A part of the world whose sellers share hours, and mostly a language.</summary>
enum DemoMarket { NorthAmerica, LatinAmerica, BritishIsles, NorthernEurope, SouthernEurope, Africa, SouthAsia, EastAsia, Oceania }

/// <summary>The branches of Harrow Lane, which began with home, fashion and crafts and opened to food and electronics last year.</summary>
static class DemoBranches
{
    // top | opened months ago | markets | evening share | industries | asks
    const string Table = """
        home||NorthAmerica|0.15|design,hospitality,manufacturing|listing-optimization,pricing
        fashion||NorthAmerica,BritishIsles|0.25|retail,design,marketing|customer-service,listing-optimization
        jewelry||NorthAmerica|0.2|design,retail,marketing|pricing,listing-optimization
        beauty||BritishIsles,NorthAmerica|0.2|healthcare,marketing,retail|listing-optimization,customer-service
        food|20|SouthAsia|0.2|hospitality,agriculture,logistics|inventory,supplier-negotiation
        crafts||BritishIsles|0.15|education,design,manufacturing|pricing,data-driven-decisions
        toys||NorthernEurope|0.3|education,manufacturing,design|inventory,listing-optimization
        sports||NorthAmerica|0.4|retail,logistics,education|inventory,data-driven-decisions
        electronics|15|EastAsia|0.2|software,logistics,manufacturing|customer-service,supplier-negotiation
        garden||BritishIsles|0.2|agriculture,retail,education|inventory,customer-service
        pets||NorthAmerica|0.3|retail,agriculture,marketing|pricing,inventory
        media||BritishIsles,NorthAmerica|0.4|media,education,retail|listing-optimization,data-driven-decisions
        """;

    static readonly Dictionary<string, DemoBranch> All = Table
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line.Split('|'))
        .Select(column => new DemoBranch(
            column[0], column[1].Length == 0 ? null : int.Parse(column[1], CultureInfo.InvariantCulture),
            [.. column[2].Split(',').Select(Enum.Parse<DemoMarket>)], double.Parse(column[3], CultureInfo.InvariantCulture), column[4].Split(','), column[5].Split(',')))
        .ToDictionary(branch => branch.Top);

    public static DemoBranch Of(DemoCategory category) => All[category.Top];
}
