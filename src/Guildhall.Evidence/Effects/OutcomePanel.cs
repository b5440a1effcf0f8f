using System.Globalization;

namespace Guildhall.Evidence;

/// <summary>
/// One outcome of many sellers over consecutive periods, with the period in which each joined: what group-time effects are estimated from. Every seller has every period. A seller who left
/// sells nothing from then on, which is 0 and not missing.
/// </summary>
public sealed class OutcomePanel
{
    OutcomePanel(int periods, double[] outcomes, int[] joined, double[][] covariates, int[]? clusters)
    {
        (Periods, Outcomes, Joined, Covariates, Clusters) = (periods, outcomes, joined, covariates, clusters);
    }

    /// <summary>The number of sellers.</summary>
    public int Sellers => Joined.Length;

    /// <summary>The number of periods.</summary>
    public int Periods { get; }

    internal double[] Outcomes { get; }

    internal int[] Joined { get; }

    internal double[][] Covariates { get; }

    internal int[]? Clusters { get; }

    /// <summary>
    /// A panel of an outcome that may be compared by differences, such as orders, a rating or a share. For money see <see cref="OfLogarithms"/> and <see cref="MoneyPanel"/>.
    /// </summary>
    /// <param name="periods">The number of periods T, 2 or more: calendar months or 28-day periods, numbered 1 … T without a gap.</param>
    /// <param name="outcomes">Sellers × T numbers in the outcome's unit, the periods of a seller one after another: seller i's period t is outcomes[i · T + t − 1]. Finite; a missing one is refused.</param>
    /// <param name="joined">The period in which each seller joined, 1 or more; 0 for one who never did. It may be after T. Who joined in period 1 has no time before and takes no part.</param>
    /// <param name="covariates">What is known of sellers before joining: one array a covariate with a finite number a seller; a category is entered as one column of 0 and 1 for each value but the first. Null for none.</param>
    /// <param name="clusters">The cluster of each seller, 0 or more, when sellers aren't independent (mentees of one mentor); equal numbers belong together. Null when every seller is its own.</param>
    /// <returns>The panel, or a refusal: too few periods, a missing value, or the same outcome everywhere.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="outcomes"/> or <paramref name="joined"/> is null.</exception>
    /// <exception cref="ArgumentException">The arrays don't fit together.</exception>
    public static Answer<OutcomePanel> Of(int periods, double[] outcomes, int[] joined, IReadOnlyList<double[]>? covariates = null, int[]? clusters = null)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        ArgumentNullException.ThrowIfNull(joined);
        if (PanelShape.Check(periods, outcomes, joined, covariates, clusters) is { } refusal) return refusal;
        var first = outcomes[0];
        if (Array.TrueForAll(outcomes, value => value == first)) return new EvidenceRefusal(RefusalReason.ConstantOutcome, "The outcome is the same for every seller in every period.");
        return new OutcomePanel(periods, outcomes, joined, [.. covariates ?? []], clusters);
    }

    /// <summary>
    /// A panel of natural logarithms of amounts that are above zero everywhere; effects on it read as proportions. There is no way to add one first: log(1 + amount) gives another answer in cents than in
    /// dollars (J. Chen, J. Roth, "Logs with zeros? Some problems and solutions", Quarterly Journal of Economics 139, 2024). Amounts with zeros go to <see cref="MoneyPanel"/>.
    /// </summary>
    /// <param name="periods">The number of periods T, 2 or more, numbered 1 … T without a gap.</param>
    /// <param name="amounts">Sellers × T amounts above zero, in any unit, laid out as the outcomes of <see cref="Of"/>.</param>
    /// <param name="joined">The period in which each seller joined, 1 or more; 0 for one who never did.</param>
    /// <param name="covariates">What is known of sellers before joining, as in <see cref="Of"/>; null for none.</param>
    /// <param name="clusters">The cluster of each seller, 0 or more; null when every seller is its own.</param>
    /// <returns>The panel, or a refusal: an amount of zero or less, or as <see cref="Of"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="amounts"/> or <paramref name="joined"/> is null.</exception>
    /// <exception cref="ArgumentException">The arrays don't fit together.</exception>
    public static Answer<OutcomePanel> OfLogarithms(int periods, double[] amounts, int[] joined, IReadOnlyList<double[]>? covariates = null, int[]? clusters = null)
    {
        ArgumentNullException.ThrowIfNull(amounts);
        var zero = Array.FindIndex(amounts, amount => amount <= 0);
        if (zero >= 0)
            return new EvidenceRefusal(RefusalReason.ZeroAmount, string.Create(CultureInfo.InvariantCulture,
                $"Seller {zero / Math.Max(periods, 1)} has an amount of zero or less in period {zero % Math.Max(periods, 1) + 1}, which has no logarithm."));
        return Of(periods, Array.ConvertAll(amounts, Math.Log), joined, covariates, clusters);
    }
}

/// <summary>What every panel is checked for.</summary>
static class PanelShape
{
    public static EvidenceRefusal? Check(int periods, double[] outcomes, int[] joined, IReadOnlyList<double[]>? covariates, int[]? clusters)
    {
        if (periods < 2) return new(RefusalReason.TooFewPeriods, "There are fewer than two periods.");
        if (joined.Length == 0) return new(RefusalReason.TooFewRows, "There are no sellers.");
        if (outcomes.LongLength != (long)joined.Length * periods) throw new ArgumentException("There is one outcome a seller and period.", nameof(outcomes));
        if (clusters is not null && (clusters.Length != joined.Length || Array.Exists(clusters, cluster => cluster < 0)))
            throw new ArgumentException("There is one cluster a seller, 0 or more.", nameof(clusters));
        var early = Array.FindIndex(joined, period => period < 0);
        if (early >= 0) return Refused(RefusalReason.OutOfRange, $"Seller {early} joined in period {joined[early]}; periods begin with 1, and 0 means never.");
        var missing = Array.FindIndex(outcomes, value => !double.IsFinite(value));
        if (missing >= 0) return Refused(RefusalReason.MissingValue, $"Seller {missing / periods} has no number in period {missing % periods + 1}.");
        for (var k = 0; k < (covariates?.Count ?? 0); k++)
        {
            if (covariates![k].Length != joined.Length) throw new ArgumentException("A covariate has one number a seller.", nameof(covariates));
            var unknown = Array.FindIndex(covariates[k], value => !double.IsFinite(value));
            if (unknown >= 0) return Refused(RefusalReason.MissingValue, $"Covariate {k} of seller {unknown} isn’t a number.");
        }
        return null;
    }

    static EvidenceRefusal Refused(RefusalReason reason, FormattableString message) => new(reason, message.ToString(CultureInfo.InvariantCulture));
}
