namespace Guildhall.Evidence;

/// <summary>
/// Whether controls are like those who joined: standardised mean differences (P. Austin, "Balance diagnostics for comparing the distribution of baseline covariates", Statistics in Medicine 28, 2009). Not a significance test: balance is
/// about these sellers, not about a population.
/// </summary>
public sealed class Balance
{
    /// <summary>The largest standardised difference of groups that may be called comparable.</summary>
    public const double LargestDifference = 0.1;

    const double Rounding = 1e-12;

    Balance(List<CovariateBalance> covariates, int treated, int controls, double effectiveControls) =>
        (Covariates, Treated, Controls, EffectiveControls) = (covariates, treated, controls, effectiveControls);

    /// <summary>The balance of each covariate.</summary>
    public IReadOnlyList<CovariateBalance> Covariates { get; }

    /// <summary>The number of those who joined with a weight above 0.</summary>
    public int Treated { get; }

    /// <summary>The number of controls with a weight above 0.</summary>
    public int Controls { get; }

    /// <summary>The number of equally weighted controls that would be as precise: (Σ w)² / Σ w² (L. Kish, 1965).</summary>
    public double EffectiveControls { get; }

    /// <summary>Whether every standardised difference is within ±<see cref="LargestDifference"/>. An infinite one isn't.</summary>
    public bool IsComparable => Covariates.All(covariate => Math.Abs(covariate.StandardisedDifference) <= LargestDifference);

    /// <summary>Measures the balance.</summary>
    /// <param name="joined">Whether each row joined.</param>
    /// <param name="covariates">The covariates, as many rows, and the propensity score among them if it is to be judged.</param>
    /// <param name="weights">The weight of each row, 0 or more; null for 1. Spreads are always those of all who joined, so that weights can't hide a difference.</param>
    /// <returns>The balance, or a refusal: fewer than two joined, no control, or a missing value.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="joined"/> or <paramref name="covariates"/> is null.</exception>
    /// <exception cref="ArgumentException">The rows don't fit together, or a weight is negative.</exception>
    public static Answer<Balance> Of(bool[] joined, CovariateTable covariates, double[]? weights = null)
    {
        ArgumentNullException.ThrowIfNull(joined);
        ArgumentNullException.ThrowIfNull(covariates);
        if (covariates.Count != joined.Length || (weights is not null && weights.Length != joined.Length)) throw new ArgumentException("The rows don’t fit together.", nameof(covariates));
        if (weights is not null && Array.Exists(weights, weight => !(weight >= 0))) throw new ArgumentException("A weight is 0 or more.", nameof(weights));
        if (covariates.Check() is { } refusal) return refusal;
        weights ??= [.. Enumerable.Repeat(1.0, joined.Length)];
        int[] treated = [.. Enumerable.Range(0, joined.Length).Where(i => joined[i])];
        int[] controls = [.. Enumerable.Range(0, joined.Length).Where(i => !joined[i])];
        if (treated.Length < 2 || treated.Sum(i => weights[i]) == 0) return new EvidenceRefusal(RefusalReason.NobodyTreated, "Fewer than two joined.");
        if (controls.Sum(i => weights[i]) == 0) return new EvidenceRefusal(RefusalReason.NoControls, "There is nobody to compare with.");

        var list = new List<CovariateBalance>();
        for (var k = 0; k < covariates.Columns.Count; k++)
        {
            var column = covariates.Columns[k];
            var plain = treated.Average(i => column[i]);
            // A share has the spread of its binomial, √(p (1 − p)); other columns that of a sample.
            var degrees = Array.TrueForAll(column, value => value is 0 or 1) ? treated.Length : treated.Length - 1;
            var spread = Math.Sqrt(treated.Sum(i => (column[i] - plain) * (column[i] - plain)) / degrees);
            var (own, others) = (Mean(column, treated, weights), Mean(column, controls, weights));
            // Means of one value, differently weighted, differ by the rounding of their sums.
            var isSame = Math.Abs(own - others) <= Rounding * Math.Max(Math.Abs(own), Math.Abs(others));
            list.Add(new(covariates.Names[k], own, others, isSame ? 0 : (own - others) / spread));
        }
        var total = controls.Sum(i => weights[i]);
        return new Balance(list, treated.Count(i => weights[i] > 0), controls.Count(i => weights[i] > 0), total * total / controls.Sum(i => weights[i] * weights[i]));
    }

    static double Mean(double[] column, int[] rows, double[] weights) => rows.Sum(i => weights[i] * column[i]) / rows.Sum(i => weights[i]);
}

/// <summary>The balance of one covariate.</summary>
/// <param name="Name">The covariate.</param>
/// <param name="MeanTreated">The weighted mean of those who joined, in the covariate's unit.</param>
/// <param name="MeanControls">The weighted mean of the controls.</param>
/// <param name="StandardisedDifference">Their difference in standard deviations of all who joined (n − 1; √(p (1 − p)) for columns of 0 and 1); infinite when those are all alike and the controls aren't.</param>
public sealed record CovariateBalance(string Name, double MeanTreated, double MeanControls, double StandardisedDifference);
