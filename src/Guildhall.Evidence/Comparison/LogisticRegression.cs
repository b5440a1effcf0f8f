using Guildhall.Evidence.Numerics;

namespace Guildhall.Evidence;

/// <summary>
/// The chance of a yes as a logistic function of covariates, by maximum likelihood; as a propensity score the chance of having joined (P. Rosenbaum, D. Rubin, "The central role of the propensity score", Biometrika 70, 1983).
/// With a penalty, ridge logistic regression (S. le Cessie, J. van Houwelingen, Applied Statistics 41, 1992).
/// </summary>
/// <remarks>Newton's method on standardised columns. Deterministic. Time O(n K²) a step, four to nine steps; memory O(n K).</remarks>
public sealed class LogisticRegression
{
    LogisticRegression(Estimate[] coefficients, double[] standardised, double[] chances, double deviance) =>
        (Coefficients, StandardisedCoefficients, Chances, Deviance) = (coefficients, standardised, chances, deviance);

    /// <summary>The constant, and the change of the log odds by a unit of each covariate. Standard errors are NaN with a penalty, which trades bias for them.</summary>
    public IReadOnlyList<Estimate> Coefficients { get; }

    /// <summary>The constant, and the change of the log odds by a standard deviation (n − 1) of each covariate, with covariates centred.</summary>
    public IReadOnlyList<double> StandardisedCoefficients { get; }

    /// <summary>The fitted chance of each row, above 0 and below 1.</summary>
    public IReadOnlyList<double> Chances { get; }

    /// <summary>−2 times the log likelihood.</summary>
    public double Deviance { get; }

    /// <summary>How well chances rank: the chance that a random yes has a higher one than a random no, ties counting half. 0.5 is no better than lots.</summary>
    public double AreaUnderCurve { get; private init; }

    /// <summary>The mean squared difference between chance and outcome: 0 is perfect.</summary>
    public double BrierScore { get; private init; }

    /// <summary>Fits the regression.</summary>
    /// <param name="yes">Whether each row is a yes.</param>
    /// <param name="covariates">The covariates, as many rows.</param>
    /// <param name="penalty">λ of λ/2 · |b|², with b the coefficients of standardised covariates without the constant; 0 for none. Not below 0.</param>
    /// <returns>The fit, or a refusal: only one answer, a constant covariate, missing values, or covariates that tell the answers apart.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The rows don't fit together.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The penalty is negative.</exception>
    public static Answer<LogisticRegression> Fit(bool[] yes, CovariateTable covariates, double penalty = 0)
    {
        ArgumentNullException.ThrowIfNull(yes);
        ArgumentNullException.ThrowIfNull(covariates);
        ArgumentOutOfRangeException.ThrowIfNegative(penalty);
        if (covariates.Columns.Count > 0 && covariates.Count != yes.Length) throw new ArgumentException("There is one answer a row.", nameof(yes));
        if (covariates.Check() is { } refusal) return refusal;
        if (!yes.Contains(true)) return new EvidenceRefusal(RefusalReason.NobodyTreated, "Nobody says yes.");
        if (!yes.Contains(false)) return new EvidenceRefusal(RefusalReason.NoControls, "Everybody says yes.");
        if (covariates.Standardised(degreesLost: 1) is not var (x, means, spreads)) return new EvidenceRefusal(RefusalReason.CollinearCovariates, "A covariate is the same for everybody.");
        if (x[0].Length == 0) x[0] = [.. Enumerable.Repeat(1.0, yes.Length)];

        var y = Array.ConvertAll(yes, answer => answer ? 1.0 : 0);
        if (LogitFit.Fit(x, y, [(0, y.Length)], penalty: penalty) is not { } fit)
            return new EvidenceRefusal(RefusalReason.Separation, "The covariates tell the answers apart, or are combinations of each other, so the fit has no end.");
        var chances = new double[y.Length];
        fit.Chances(x, 0, chances);

        var size = x.Length;
        // b₀ − Σ b m/s for the constant, b/s for the others: a linear map of the coefficients, and so of their covariance.
        var constant = new double[size];
        constant[0] = 1;
        for (var k = 1; k < size; k++) constant[k] = -means[k - 1] / spreads[k - 1];
        var coefficients = new Estimate[size];
        coefficients[0] = new(Dot(constant, fit.Coefficients), Math.Sqrt(Dot(constant, SymmetricMatrix.Times(fit.InverseInformation, size, constant))));
        for (var k = 1; k < size; k++) coefficients[k] = new(fit.Coefficients[k] / spreads[k - 1], Math.Sqrt(fit.InverseInformation[k * size + k]) / spreads[k - 1]);
        if (penalty > 0) coefficients = Array.ConvertAll(coefficients, coefficient => coefficient with { StandardError = double.NaN });

        var deviance = 0.0;
        for (var i = 0; i < y.Length; i++) deviance -= 2 * Math.Log(yes[i] ? chances[i] : 1 - chances[i]);
        return new LogisticRegression(coefficients, fit.Coefficients, chances, deviance)
        {
            AreaUnderCurve = Area(yes, chances),
            BrierScore = chances.Zip(y, (chance, answer) => (chance - answer) * (chance - answer)).Average(),
        };
    }

    static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    // Mann and Whitney's count, by the middle ranks of the yeses.
    static double Area(bool[] yes, double[] chances)
    {
        var ranks = Ranks.Middle(chances);
        double count = yes.Count(answer => answer);
        return (ranks.Where((_, i) => yes[i]).Sum() - count * (count + 1) / 2) / (count * (yes.Length - count));
    }
}
