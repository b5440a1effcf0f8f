namespace Guildhall.Commands.Demo;

/// <summary>A language someone speaks: its ISO 639-1 code and how well (basic, working, fluent, native).</summary>
sealed record DemoLanguage(string Code, string Level)
{
    public bool IsWorking => Level != "basic";
}

/// <summary>A shop of the invented marketplace, as the marketplace itself knows it.</summary>
/// <param name="Index">Its place in the list, by sign-up; also names its random streams.</param>
sealed record DemoSeller(
    int Index,
    string Id,
    string ShopName,
    string OwnerName,
    DemoPlace Place,
    DemoCategory Category,
    DateOnly SignedUpOn,
    DemoLanguage[] Languages,
    string[] Channels,
    string[] Brands,
    string? Supplier,
    string? OperatorGroup,
    bool MakesToOrder,
    DemoTemper Temper,
    DemoKnown Known)
{
    public bool IsTradingOn(DateOnly day) => Temper.StopsAfterDays is not { } days || SignedUpOn.AddDays(days) > day;
}

/// <summary>What the marketplace can't see about a shop and its figures follow from.</summary>
/// <param name="Quality">Standard normal: texts, photos, service and judgment together.</param>
/// <param name="PriceLevel">The shop's typical price in dollars.</param>
/// <param name="OrdersADay">On an average day, once grown.</param>
/// <param name="Conversion">Share of visits that end in an order.</param>
/// <param name="FirstSaleAfterDays">Days from sign-up to the first sale; none when it never comes.</param>
/// <param name="StopsAfterDays">Days from sign-up until the owner gives up; none while they carry on.</param>
/// <param name="GrowthDays">Time constant of the growth after the first sale.</param>
/// <param name="YearlyTrend">Logarithmic growth a year, after the first.</param>
sealed record DemoTemper(
    double Quality, double PriceLevel, double OrdersADay, double Conversion, int? FirstSaleAfterDays, int? StopsAfterDays,
    double GrowthDays, double YearlyTrend, double LateShare, double ReturnShare, double StockOutsAMonth);

/// <summary>Which figures the marketplace has for a shop: not every one reports its visits, its stock or its returns.</summary>
sealed record DemoKnown(bool Visits, bool Returns, bool Stock, bool Dispatch);
