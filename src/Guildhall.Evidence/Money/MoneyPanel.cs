using System.Globalization;

namespace Guildhall.Evidence;

/// <summary>
/// Money of many sellers over consecutive periods, with the period in which each joined. Its only estimator is <see cref="RatioInRatios"/>: amounts with zeros have no logarithm, adding one to them first makes the
/// answer depend on the currency's unit, and differences of amounts take a seller's size for an effect. A panel of money can't be turned into any other.
/// </summary>
public sealed class MoneyPanel
{
    MoneyPanel(int periods, double[] amounts, int[] joined, double[][] covariates) => (Periods, Amounts, Joined, Covariates) = (periods, amounts, joined, covariates);

    /// <summary>The number of sellers.</summary>
    public int Sellers => Joined.Length;

    /// <summary>The number of periods.</summary>
    public int Periods { get; }

    internal double[] Amounts { get; }

    internal int[] Joined { get; }

    internal double[][] Covariates { get; }

    /// <summary>A panel of amounts of money.</summary>
    /// <param name="periods">The number of periods T, 2 or more: calendar months or 28-day periods, numbered 1 … T without a gap.</param>
    /// <param name="amounts">
    /// Sellers × T amounts, 0 or more, in one currency and unit, the periods of a seller one after another: seller i's period t is amounts[i · T + t − 1]. A seller who left has 0 from then on. Finite; a missing
    /// one is refused.
    /// </param>
    /// <param name="joined">The period in which each seller joined, 1 or more; 0 for one who never did.</param>
    /// <param name="covariates">
    /// What is known of sellers before joining, never their earlier money: matching on it makes an effect where there is none (J. Daw, L. Hatfield, "Matching and regression to the mean in
    /// difference-in-differences analysis", Health Services Research 53, 2018). One array a covariate with a finite number a seller; null for none.
    /// </param>
    /// <returns>The panel, or a refusal: too few periods, a missing value, or an amount below zero.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="amounts"/> or <paramref name="joined"/> is null.</exception>
    /// <exception cref="ArgumentException">The arrays don't fit together.</exception>
    public static Answer<MoneyPanel> Of(int periods, double[] amounts, int[] joined, IReadOnlyList<double[]>? covariates = null)
    {
        ArgumentNullException.ThrowIfNull(amounts);
        ArgumentNullException.ThrowIfNull(joined);
        if (PanelShape.Check(periods, amounts, joined, covariates, clusters: null) is { } refusal) return refusal;
        var negative = Array.FindIndex(amounts, amount => amount < 0);
        if (negative >= 0)
            return new EvidenceRefusal(RefusalReason.OutOfRange, string.Create(CultureInfo.InvariantCulture, $"Seller {negative / periods} has an amount below zero in period {negative % periods + 1}."));
        return new MoneyPanel(periods, amounts, joined, [.. covariates ?? []]);
    }
}
