using System.Globalization;

namespace Guildhall.Platform.Ui;

/// <summary>Amounts of money in forms: typed in whole units of the marketplace's currency, kept in its minor units.</summary>
static class Amounts
{
    /// <summary>More than anybody would mean, and far from where counting ends.</summary>
    const decimal Most = 1_000_000_000;

    /// <param name="what">What is asked, as its refusal names it: "the reward".</param>
    /// <returns>Null where the field is empty or was not on the page, and where it can't be read.</returns>
    public static long? Read(FormFields form, string field, string what, Currency? currency)
    {
        if (form.Text(field).Length == 0) return null;
        if (currency is null) form.Refuse(field, $"Leave {what} empty for now: the marketplace has no currency yet. Name the marketplace first.");
        else if (!form.TryNumber(field, out var amount) || Math.Abs(amount) > Most || amount * currency.MinorUnitsPerUnit != decimal.Truncate(amount * currency.MinorUnitsPerUnit))
            form.Refuse(field, $"Enter {what} in {currency.Code} as a number {(currency.Decimals == 0 ? "without decimals, such as 6000" : $"with at most {currency.Decimals} decimals, such as 60")}.");
        else return (long)(amount * currency.MinorUnitsPerUnit);
        return null;
    }

    /// <summary>What the field shows of a stored amount.</summary>
    public static string Text(long? minorUnits, string? currencyCode) =>
        minorUnits is { } amount && currencyCode is not null && Currency.Find(currencyCode) is { } currency ? ((decimal)amount / currency.MinorUnitsPerUnit).ToString("0.###", CultureInfo.InvariantCulture) : "";

    public static string Shown(long minorUnits, string? currencyCode) =>
        currencyCode is not null && Currency.Find(currencyCode) is { } currency ? currency.Format(minorUnits) : "not known: the marketplace has no currency yet";
}
