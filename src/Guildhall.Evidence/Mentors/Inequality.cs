namespace Guildhall.Evidence;

/// <summary>Whether a few carry it all: how unequally amounts, such as mentees or gains by mentor, are spread.</summary>
/// <param name="Count">The number of amounts, those of 0 included.</param>
/// <param name="Gini">C. Gini, 1912: 0 when all are equal, 1 − 1/n when one has everything.</param>
/// <param name="CorrectedGini">The same times n/(n − 1), 1 when one has everything; NaN for one amount.</param>
/// <param name="Hhi">A. Hirschman and O. Herfindahl's sum of squared percentages, 10,000/n to 10,000 (United States Department of Justice and Federal Trade Commission, Horizontal Merger Guidelines, 2010).</param>
/// <param name="EffectiveNumber">How many equal ones would be as concentrated: 10,000 / HHI.</param>
public sealed record Inequality(int Count, double Gini, double CorrectedGini, double Hhi, double EffectiveNumber)
{
    readonly double[] sorted = [];

    /// <summary>Measures the inequality.</summary>
    /// <param name="amounts">0 or more, finite, not all 0; in any unit.</param>
    /// <returns>The measures, or a refusal: no amounts, one out of range, or nothing to share out. Time O(n log n).</returns>
    /// <exception cref="ArgumentNullException"><paramref name="amounts"/> is null.</exception>
    public static Answer<Inequality> Of(double[] amounts)
    {
        ArgumentNullException.ThrowIfNull(amounts);
        if (amounts.Length == 0) return new EvidenceRefusal(RefusalReason.TooFewRows, "There are no amounts.");
        if (Array.Exists(amounts, amount => !(amount >= 0 && double.IsFinite(amount)))) return new EvidenceRefusal(RefusalReason.OutOfRange, "An amount is below 0 or missing.");
        double[] ascending = [.. amounts.Order()];
        var (n, total) = (ascending.Length, ascending.Sum());
        if (total == 0) return new EvidenceRefusal(RefusalReason.ZeroAmount, "All amounts are 0, so there is nothing to share out.");
        var gini = Math.Max(0, 2 * ascending.Select((amount, k) => (k + 1) * amount).Sum() / (n * total) - (n + 1.0) / n);
        var hhi = ascending.Sum(amount => amount / total * (amount / total)) * 10_000;
        return new Inequality(n, gini, n > 1 ? gini * n / (n - 1) : double.NaN, hhi, 10_000 / hhi, ascending);
    }

    Inequality(int count, double gini, double correctedGini, double hhi, double effectiveNumber, double[] sorted)
        : this(count, gini, correctedGini, hhi, effectiveNumber) => this.sorted = sorted;

    /// <summary>The share that the largest have.</summary>
    /// <param name="share">Which share of all counts as the largest, above 0 and at most 1; at least one, rounded up.</param>
    /// <returns>0 to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The share is out of its range.</exception>
    public double TopShare(double share)
    {
        if (share is not (> 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(share), share, "A share lies above 0 and up to 1.");
        return sorted[^Math.Min(sorted.Length, (int)Math.Ceiling(share * sorted.Length - 1e-9))..].Sum() / sorted.Sum();
    }
}
