using System.Globalization;

namespace Guildhall.Platform;

/// <summary>An ISO 4217 currency: its code and how many decimals its minor unit has.</summary>
/// <param name="Symbol">What stands for it in front of an amount; null where another currency would be read into it, as into a yen's.</param>
sealed record Currency(string Code, int Decimals, string? Symbol = null)
{
    /// <summary>The currencies offered, ISO 4217 list one, with the published number of decimals.</summary>
    public static readonly IReadOnlyList<Currency> All =
    [
        new("AED", 2), new("ARS", 2), new("AUD", 2), new("BRL", 2, "R$"), new("CAD", 2), new("CHF", 2), new("CLP", 0), new("CNY", 2), new("COP", 2),
        new("CZK", 2), new("DKK", 2), new("EGP", 2), new("EUR", 2, "€"), new("GBP", 2, "£"), new("HKD", 2), new("HUF", 2), new("IDR", 2), new("ILS", 2),
        new("INR", 2, "₹"), new("JPY", 0), new("KES", 2), new("KRW", 0), new("KWD", 3), new("MAD", 2), new("MXN", 2), new("MYR", 2), new("NGN", 2),
        new("NOK", 2), new("NZD", 2), new("PEN", 2), new("PHP", 2), new("PLN", 2), new("RON", 2), new("SAR", 2), new("SEK", 2), new("SGD", 2),
        new("THB", 2), new("TRY", 2), new("TWD", 2), new("UAH", 2), new("USD", 2, "$"), new("VND", 0), new("ZAR", 2),
    ];

    public static Currency? Find(string code) => All.FirstOrDefault(currency => currency.Code == code);

    /// <summary>Minor units in one major unit: 100 for USD, 1 for JPY.</summary>
    public long MinorUnitsPerUnit => Decimals switch { 0 => 1, 2 => 100, _ => 1000 };

    /// <summary>An amount as pages show it: "$12.50", "CAD 12.50", and without decimals at 0 and from 100 on.</summary>
    public string Format(long minorUnits)
    {
        var amount = (decimal)minorUnits / MinorUnitsPerUnit;
        var digits = Math.Abs(amount) is 0 or >= 100 ? 0 : Decimals;
        var text = Math.Abs(amount).ToString("N" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.GetCultureInfo("en-US"));
        return $"{(amount < 0 ? "−" : "")}{Symbol ?? $"{Code} "}{text}";
    }
}
