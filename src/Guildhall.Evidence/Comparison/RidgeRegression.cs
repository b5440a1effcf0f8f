using Guildhall.Evidence.Numerics;

namespace Guildhall.Evidence;

/// <summary>
/// Linear regression that keeps coefficients small: A. Hoerl, R. Kennard, "Ridge regression", Technometrics 12, 1970. For which traits of mentors go with what mentees gain; an association, not yet a cause.
/// </summary>
/// <remarks>Minimises |y − b₀ − Z b|² + λ |b|², with Z the covariates at mean 0 and standard deviation (n − 1) 1. Deterministic; time O(n K²).</remarks>
public sealed class RidgeRegression
{
    RidgeRegression(double penalty, double constant, double[] coefficients, double generalised, double leaveOneOut) =>
        (Penalty, Constant, StandardisedCoefficients, GeneralisedCrossValidation, LeaveOneOut) = (penalty, constant, coefficients, generalised, leaveOneOut);

    /// <summary>λ.</summary>
    public double Penalty { get; }

    /// <summary>b₀: the mean of the outcome.</summary>
    public double Constant { get; }

    /// <summary>The change of the outcome by a standard deviation of each covariate.</summary>
    public IReadOnlyList<double> StandardisedCoefficients { get; }

    /// <summary>n · |residuals|² / (n − 1 − trace)²: the prediction error by G. Golub, M. Heath, G. Wahba, Technometrics 21, 1979; trace is that of the ridge's hat matrix without the constant.</summary>
    public double GeneralisedCrossValidation { get; }

    /// <summary>The mean squared error of predicting each row from all others, exactly, each left out of the means too.</summary>
    public double LeaveOneOut { get; }

    /// <summary>Fits the regression.</summary>
    /// <param name="outcome">A finite number a row.</param>
    /// <param name="covariates">The covariates, as many rows.</param>
    /// <param name="penalty">λ, above 0.</param>
    /// <returns>The fit, or a refusal: fewer than three rows, a missing value, a constant covariate or outcome.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The rows don't fit together.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The penalty isn't above 0.</exception>
    public static Answer<RidgeRegression> Fit(double[] outcome, CovariateTable covariates, double penalty)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        ArgumentNullException.ThrowIfNull(covariates);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(penalty);
        if (covariates.Count != outcome.Length) throw new ArgumentException("There is one outcome a row.", nameof(outcome));
        if (outcome.Length < 3) return new EvidenceRefusal(RefusalReason.TooFewRows, "There are fewer than three rows.");
        if (covariates.Check() is { } refusal) return refusal;
        var missing = Array.FindIndex(outcome, value => !double.IsFinite(value));
        if (missing >= 0) return new EvidenceRefusal(RefusalReason.MissingValue, FormattableString.Invariant($"Row {missing} has no outcome."));
        if (Array.TrueForAll(outcome, value => value == outcome[0])) return new EvidenceRefusal(RefusalReason.ConstantOutcome, "The outcome is the same in every row.");
        if (covariates.Standardised(degreesLost: 1) is not var (x, _, _)) return new EvidenceRefusal(RefusalReason.CollinearCovariates, "A covariate is the same for everybody.");

        var (n, size, mean) = (outcome.Length, x.Length - 1, outcome.Average());
        var (gram, right) = (new double[size * size], new double[size]);
        for (var j = 0; j < size; j++)
        {
            for (var k = 0; k < size; k++) gram[j * size + k] = Columns.Dot(x[j + 1], x[k + 1]) + (j == k ? penalty : 0);
            for (var i = 0; i < n; i++) right[j] += x[j + 1][i] * (outcome[i] - mean);
        }
        var inverse = SymmetricMatrix.InverseOf(SymmetricMatrix.Cholesky(gram, size)!, size);
        var b = SymmetricMatrix.Times(inverse, size, right);

        var (squares, trace, leaveOneOut) = (0.0, 0.0, 0.0);
        var row = new double[size];
        for (var i = 0; i < n; i++)
        {
            for (var k = 0; k < size; k++) row[k] = x[k + 1][i];
            var (fitted, leverage) = (mean, 0.0);
            var turned = SymmetricMatrix.Times(inverse, size, row);
            for (var k = 0; k < size; k++)
            {
                fitted += b[k] * row[k];
                leverage += turned[k] * row[k];
            }
            trace += leverage;
            squares += (outcome[i] - fitted) * (outcome[i] - fitted);
            leaveOneOut += Math.Pow((outcome[i] - fitted) / (1 - leverage - 1.0 / n), 2) / n;
        }
        return new RidgeRegression(penalty, mean, b, n * squares / Math.Pow(n - 1 - trace, 2), leaveOneOut);
    }
}
