namespace Guildhall.Modules.Sellers;

/// <summary>A seller as others name it.</summary>
public sealed record SellerCard(Guid Id, string ExternalId, string Name, string? Place);

/// <summary>What the marketplace says of a shop, as it sent it.</summary>
/// <param name="Languages">Language tags, without a level.</param>
public sealed record ShopFacts(IReadOnlyList<string>? Languages, string? TimeZone, DateOnly? SignedUpOn);

/// <summary>What was known of a seller at the end of a day, and nothing that came later. A figure the marketplace doesn't send is <c>null</c>, never zero.</summary>
/// <param name="RevenueMinorUnits">Of the 180 days that end on that day.</param>
/// <param name="OrdersPerWeek">Of the last 28 days; of a seller who began within them, of the days since.</param>
/// <param name="OrdersTrend">Orders of the last 28 days against those of the 28 before, as a share: 0.5 is half as many again. Unknown under 5 orders before.</param>
/// <param name="OrdersPerWeekBefore">Of the 28 days before the last 28. Unknown under 5 orders, as the trend is.</param>
/// <param name="Categories">Where the seller is at home, by its listings; without listings that have a category, the seller's own.</param>
/// <param name="PriceBandMinorUnits">The prices between which the middle half of the listings lies.</param>
/// <param name="ReviewMean">Of delivered orders, as far as reviews are known.</param>
/// <param name="OperatorGroup">The owner shared by several shops.</param>
/// <param name="BestOrdersPerWeek">Of the best 28 days in a row so far; of a seller who began within the last 28, of the days since.</param>
public sealed record SellerFigures(
    Guid SellerId,
    DateOnly AsOf,
    DateOnly? SignedUpOn,
    DateOnly? FirstOrderOn,
    DateOnly? LastOrderOn,
    long? RevenueMinorUnits,
    double? OrdersPerWeek,
    double? OrdersTrend,
    double? OrdersPerWeekBefore,
    IReadOnlyList<CategoryWeight> Categories,
    int? Listings,
    long? MedianPriceMinorUnits,
    (long Low, long High)? PriceBandMinorUnits,
    double? ReviewMean,
    int Reviews,
    string? Region,
    IReadOnlyList<string>? Channels,
    IReadOnlyList<string>? Brands,
    IReadOnlyList<string>? Suppliers,
    string? OperatorGroup,
    double? BestOrdersPerWeek);

/// <summary>A category and its share of what a seller offers, 0 to 1.</summary>
public sealed record CategoryWeight(string Path, double Share);

/// <summary>Where a seller stands worse than three in four of its category.</summary>
/// <param name="Kind">One of <see cref="PainRules"/>.</param>
/// <param name="Evidence">The seller's own figure beside the middle of the sellers of its category, in one sentence.</param>
/// <param name="Severity">0 to 1: 1 is worse than all of them.</param>
public sealed record Pain(string Kind, string Evidence, double Severity);

/// <summary>How often a pain is found among some sellers.</summary>
/// <param name="Known">Of how many of them it could be judged; of the others it is not known.</param>
public sealed record PainCount(string Kind, int Found, int Known);

/// <summary>The pains of some sellers, counted and one by one.</summary>
/// <param name="Counts">Every kind, in the order they are shown.</param>
/// <param name="Of">By seller; one without a pain is left out.</param>
public sealed record PainTally(IReadOnlyList<PainCount> Counts, IReadOnlyDictionary<Guid, IReadOnlyList<Pain>> Of)
{
    /// <summary>Of nobody, or before there are figures.</summary>
    public static PainTally Unknown { get; } = new([.. PainRules.Names.Keys.Select(kind => new PainCount(kind, 0, 0))], new Dictionary<Guid, IReadOnlyList<Pain>>());
}

/// <summary>Who would make a good mentor, by figures alone.</summary>
/// <param name="TopRevenueShare">0 to 1, of the sellers who are active.</param>
/// <param name="WithPolicyPoints">Also those who have open policy points, and those of whom that is not known.</param>
public sealed record MentorSearch(int MinimumDaysSelling, int ActiveWithinDays, int RevenueWindowDays, decimal TopRevenueShare, decimal MinimumReviewMean, int MinimumReviews, bool WithPolicyPoints = false);

/// <summary>One page of a search.</summary>
/// <param name="PolicyPointsNotKnown">How many meet everything else and are left out because nobody knows whether they have open policy points.</param>
public sealed record FoundSellers(int Total, IReadOnlyList<FoundSeller> Sellers, int PolicyPointsNotKnown = 0);

/// <summary>A seller that a search found, with what it was found by.</summary>
public sealed record FoundSeller(SellerCard Seller, DateOnly? FirstOrderOn, long? RevenueMinorUnits, double? ReviewMean, int Reviews, string? MainCategory, DateOnly? SignedUpOn);
