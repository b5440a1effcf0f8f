using Guildhall.Evidence.Numerics;

namespace Guildhall.Evidence;

/// <summary>The difference between two arms that were drawn by lot, read once, at the planned end.</summary>
/// <param name="Difference">Mean of the treated arm less mean of the other, in the outcome's unit.</param>
/// <param name="DegreesOfFreedom">Of Student's t, above 0.</param>
/// <param name="Treated">The number of rows of the treated arm.</param>
/// <param name="Controls">The number of rows of the other.</param>
/// <param name="VarianceExplained">The share of the outcome's variance that earlier figures explain, 0 to 1: what they save in sellers; 0 without any.</param>
public sealed record ArmComparison(Estimate Difference, double DegreesOfFreedom, int Treated, int Controls, double VarianceExplained)
{
    /// <summary>The interval by Student's t.</summary>
    /// <param name="level">The chance with which such intervals hold the true difference, above 0 and below 1, if read once.</param>
    /// <returns>The interval in the outcome's unit.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> isn't between 0 and 1.</exception>
    public Interval Interval(double level = 0.95) => Difference.WithCriticalValue(Probability.StudentQuantile(0.5 + 0.5 * Probability.CheckedLevel(level), DegreesOfFreedom));

    /// <summary>The two-sided p-value of no difference, by Student's t.</summary>
    public double PValue => Probability.TwoSidedStudent(Difference.Value / Difference.StandardError, DegreesOfFreedom);

    /// <summary>Two means with a variance each: B. Welch, "The generalization of Student's problem when several different population variances are involved", Biometrika 34, 1947.</summary>
    /// <param name="treated">Whether each row is in the treated arm.</param>
    /// <param name="outcome">A finite number a row.</param>
    /// <returns>The comparison, or a refusal: an arm of fewer than two rows, a missing value, or the same outcome everywhere.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The rows don't fit together.</exception>
    public static Answer<ArmComparison> Welch(bool[] treated, double[] outcome)
    {
        if (Check(treated, outcome) is { } refusal) return refusal;
        return Welch(treated, outcome, varianceExplained: 0);
    }

    /// <summary>
    /// Welch's comparison of what earlier figures leave unexplained: CUPED, A. Deng, Y. Xu, R. Kohavi, T. Walker, "Improving the sensitivity of online controlled experiments by utilizing pre-experiment data", WSDM 2013,
    /// with one slope for both arms.
    /// </summary>
    /// <param name="treated">Whether each row is in the treated arm.</param>
    /// <param name="outcome">A finite number a row.</param>
    /// <param name="earlier">Figures from before the arms were drawn, as many rows; anything later would take away part of the effect.</param>
    /// <returns>The comparison, or a refusal: also when an earlier figure is constant or a combination of others.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The rows don't fit together.</exception>
    public static Answer<ArmComparison> Cuped(bool[] treated, double[] outcome, CovariateTable earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        if (Check(treated, outcome) is { } refusal) return refusal;
        if (earlier.Count != outcome.Length) throw new ArgumentException("There is one earlier figure a row.", nameof(earlier));
        if (earlier.Check() is { } missing) return missing;
        if (LeastSquares.Fit([Ones(outcome.Length), .. earlier.Columns], outcome) is not { } fit) return Collinear();
        var mean = outcome.Average();
        return Welch(treated, fit.Residuals, 1 - fit.Residuals.Sum(r => r * r) / outcome.Sum(y => (y - mean) * (y - mean)));
    }

    /// <summary>
    /// Regression with the covariates and their products with the arm, all centred, and HC2 errors: W. Lin, "Agnostic notes on regression adjustments to experimental data", Annals of Applied Statistics 7, 2013. Never less precise
    /// than Welch with many rows.
    /// </summary>
    /// <param name="treated">Whether each row is in the treated arm.</param>
    /// <param name="outcome">A finite number a row.</param>
    /// <param name="covariates">What was known before the arms were drawn, as many rows.</param>
    /// <returns>The comparison, or a refusal: also when there are too few rows for the covariates.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The rows don't fit together.</exception>
    public static Answer<ArmComparison> Lin(bool[] treated, double[] outcome, CovariateTable covariates)
    {
        ArgumentNullException.ThrowIfNull(covariates);
        if (Check(treated, outcome) is { } refusal) return refusal;
        if (covariates.Count != outcome.Length) throw new ArgumentException("There is one covariate a row.", nameof(covariates));
        if (covariates.Check() is { } missing) return missing;
        double[] arm = [.. treated.Select(t => t ? 1.0 : 0)];
        double[][] centred = [.. covariates.Columns.Select(column => column.Average() is var mean ? Array.ConvertAll(column, value => value - mean) : column)];
        double[][] products = [.. centred.Select(column => column.Zip(arm, (x, d) => x * d).ToArray())];
        if (LeastSquares.Fit([Ones(outcome.Length), arm, .. centred, .. products], outcome) is not { } fit) return Collinear();
        var average = outcome.Average();
        return new ArmComparison(
            fit.Coefficient(1, fit.Robust(2)), outcome.Length - 2 - 2 * centred.Length, treated.Count(t => t), treated.Count(t => !t),
            1 - fit.Residuals.Sum(r => r * r) / outcome.Sum(y => (y - average) * (y - average)));
    }

    static ArmComparison Welch(bool[] treated, double[] outcome, double varianceExplained)
    {
        var (own, others) = (Moments.Of(outcome.Where((_, i) => treated[i])), Moments.Of(outcome.Where((_, i) => !treated[i])));
        var (first, second) = (own.Variance / own.Count, others.Variance / others.Count);
        return new(new(own.Mean - others.Mean, Math.Sqrt(first + second)), (first + second) * (first + second) / (first * first / (own.Count - 1) + second * second / (others.Count - 1)), own.Count, others.Count, varianceExplained);
    }

    internal static EvidenceRefusal? Check(bool[] treated, double[] outcome)
    {
        ArgumentNullException.ThrowIfNull(treated);
        ArgumentNullException.ThrowIfNull(outcome);
        if (treated.Length != outcome.Length) throw new ArgumentException("The rows don’t fit together.", nameof(outcome));
        var missing = Array.FindIndex(outcome, value => !double.IsFinite(value));
        if (missing >= 0) return new(RefusalReason.MissingValue, FormattableString.Invariant($"Row {missing} has no outcome."));
        if (treated.Count(t => t) < 2) return new(RefusalReason.NobodyTreated, "The treated arm has fewer than two rows.");
        if (treated.Count(t => !t) < 2) return new(RefusalReason.NoControls, "The other arm has fewer than two rows.");
        return Array.TrueForAll(outcome, value => value == outcome[0]) ? new(RefusalReason.ConstantOutcome, "The outcome is the same in every row.") : null;
    }

    static EvidenceRefusal Collinear() => new(RefusalReason.CollinearCovariates, "An earlier figure is constant or a combination of others, or there are too few rows for them.");

    static double[] Ones(int count) => [.. Enumerable.Repeat(1.0, count)];
}
