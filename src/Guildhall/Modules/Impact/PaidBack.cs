using System.Globalization;
using Guildhall.Platform;

namespace Guildhall.Modules.Impact;

/// <summary>
/// What each unit of money spent on a program brought back in the marketplace's fees, over the window of a reading: added sales a mentee, times the share that the marketplace keeps, over the cost a mentee. The interval is that of the added sales; what it cost is taken as
/// said. What sellers keep, later sales, and buyers who come back are not in it.
/// </summary>
/// <param name="AddedSales">A mentee over the window, in minor units.</param>
/// <param name="Fees">What the marketplace kept of that.</param>
/// <param name="CostMinorUnits">A mentee.</param>
/// <param name="PerUnit">Fees for each unit of cost; 1 breaks even.</param>
public sealed record PaidBack(FoundEffect AddedSales, FoundEffect Fees, double CostMinorUnits, FoundEffect PerUnit, long ProgramCostMinorUnits, int Mentored, decimal FeePercent, string CurrencyCode)
{
    readonly Currency currency = Currency.Find(CurrencyCode)!;

    /// <returns>Null where a reading has no estimate in money, or nothing is known of the cost.</returns>
    internal static PaidBack? Of(Findings found, ReadingTerms terms, ProgramCost? cost, string? currencyCode)
    {
        if (cost is null || currencyCode is null || terms.Outcome != StudyOutcome.Sales || found.Amount is not { } amount || found.Mentored == 0) return null;
        var costAMentee = cost.CostMinorUnits / (double)found.Mentored;
        var added = Times(amount, terms.WindowPeriods);
        var fees = Times(added, (double)cost.FeePercent / 100);
        return new(added, fees, costAMentee, Times(fees, 1 / costAMentee), cost.CostMinorUnits, found.Mentored, cost.FeePercent, currencyCode);
    }

    static FoundEffect Times(FoundEffect effect, double factor) => new(effect.Value * factor, effect.Lower * factor, effect.Upper * factor);

    /// <summary>The one sentence: told as paying back only where the whole interval says so.</summary>
    public string Headline => PerUnit switch
    {
        { Lower: > 1 } => $"Each {One} spent brought back {Back(PerUnit.Value)} in fees",
        { Upper: < 1 } => $"It has not paid for itself: each {One} spent brought back {Back(PerUnit.Value)} in fees",
        _ => "Too uncertain to say whether it has paid for itself",
    };

    public string Between => $"between {Back(PerUnit.Lower)} and {Back(PerUnit.Upper)}";

    /// <summary>One unit of the currency, as "$1".</summary>
    public string One => $"{Sign}1";

    public string Back(double perUnit) => $"{(perUnit < 0 ? "−" : "")}{Sign}{Math.Abs(perUnit).ToString("0.00", CultureInfo.CurrentCulture)}";

    public string Money(double minorUnits) => currency.Format((long)Math.Round(minorUnits));

    string Sign => currency.Symbol ?? $"{currency.Code} ";
}
