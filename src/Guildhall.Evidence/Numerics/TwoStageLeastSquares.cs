namespace Guildhall.Evidence.Numerics;

/// <summary>Two-stage least squares with one instrument for one regressor; with the regressor as its own instrument, least squares. J. Wooldridge, "Econometric Analysis of Cross Section and Panel Data", 2010, chapter 5.</summary>
sealed class TwoStageLeastSquares
{
    readonly LeastSquares second;
    readonly double[][] scoreColumns;
    readonly double[] residuals;

    TwoStageLeastSquares(LeastSquares second, double[][] scoreColumns, double[] residuals) => (this.second, this.scoreColumns, this.residuals) = (second, scoreColumns, residuals);

    /// <summary>The squared t of the regressor's coefficient with one variance for all rows: the first stage's F where the regressor is the instrument.</summary>
    public double ClassicalF => Math.Pow(second.Coefficients[0], 2) / Classical()[0];

    /// <summary>Fits; null when there are too few rows or columns depend on each other. A constant is among the others.</summary>
    public static TwoStageLeastSquares? Fit(double[] outcome, double[] regressor, double[] instrument, double[][] others)
    {
        if (LeastSquares.Fit([instrument, .. others], regressor) is not { } first) return null;
        double[] predicted = [.. regressor.Zip(first.Residuals, (value, residual) => value - residual)];
        double[][] columns = [predicted, .. others];
        if (LeastSquares.Fit(columns, outcome) is not { } second) return null;
        // Residuals are those of the regressor itself, not of its prediction.
        double[] own = [.. second.Residuals.Select((residual, i) => residual + second.Coefficients[0] * (predicted[i] - regressor[i]))];
        return new(second, columns, own);
    }

    public double[] Classical()
    {
        var variance = residuals.Sum(residual => residual * residual) / (residuals.Length - scoreColumns.Length);
        return Array.ConvertAll(second.InverseGram.ToArray(), value => value * variance);
    }

    /// <summary>White's, with n/(n − k) unless asked not to.</summary>
    public double[] Robust(bool corrects = true)
    {
        var factor = corrects ? Math.Sqrt((double)residuals.Length / (residuals.Length - scoreColumns.Length)) : 1;
        return second.Sandwich(scoreColumns, Array.ConvertAll(residuals, residual => residual * factor), null);
    }

    public Estimate Effect(double[] covariance) => second.Coefficient(0, covariance);
}
