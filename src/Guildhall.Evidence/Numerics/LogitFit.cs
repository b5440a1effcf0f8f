using System.Buffers;

namespace Guildhall.Evidence.Numerics;

/// <summary>
/// The maximum of a logistic likelihood by Newton's method, over ranges of rows of column-wise covariates. P. McCullagh, J. Nelder, "Generalized Linear Models", 1989, section 4.4.
/// </summary>
sealed class LogitFit
{
    // From the intercept that fits the share of ones, well-posed data settle in four to nine steps. A coefficient that separates the two kinds of rows gains about one a step for ever.
    const int MostSteps = 30;
    const double Settled = 1e-9;
    const int Block = 512;

    LogitFit(double[] coefficients, double[] inverseInformation)
    {
        Coefficients = coefficients;
        InverseInformation = inverseInformation;
    }

    public double[] Coefficients { get; }

    /// <summary>(X'WX + penalty)⁻¹ at the maximum, row after row: the covariance of the coefficients where there is no penalty.</summary>
    public double[] InverseInformation { get; }

    /// <summary>Fits; null when the likelihood has no maximum (separation, or collinear columns).</summary>
    /// <param name="x">Columns; the first is all ones. Scaled to like sizes by the caller.</param>
    /// <param name="y">0 or 1 a row.</param>
    /// <param name="ranges">The rows to use, as starts and ends.</param>
    /// <param name="start">Coefficients to start from, null for those of the share of ones.</param>
    /// <param name="penalty">λ of λ/2 · |coefficients without the intercept|²; 0 for none.</param>
    public static LogitFit? Fit(double[][] x, double[] y, ReadOnlySpan<(int Start, int End)> ranges, double[]? start = null, double penalty = 0)
    {
        var size = x.Length;
        double rows = 0, ones = 0;
        foreach (var (from, to) in ranges)
        {
            rows += to - from;
            ones += Columns.Sum(y.AsSpan(from, to - from));
        }
        if (ones <= 0 || ones >= rows) return null;
        var beta = start?.ToArray() ?? new double[size];
        if (start is null) beta[0] = Math.Log(ones / (rows - ones));

        var (gradient, information) = (new double[size], new double[size * size]);
        var scratch = ArrayPool<double>.Shared.Rent(3 * Block);
        try
        {
            for (var step = 0; step < MostSteps; step++)
            {
                Accumulate(x, y, ranges, beta, scratch, gradient, information);
                for (var k = 1; k < size; k++)
                {
                    gradient[k] -= penalty * beta[k];
                    information[k * size + k] += penalty;
                }
                if (SymmetricMatrix.Cholesky(information, size) is not { } factor) return null;
                var change = SymmetricMatrix.Solve(factor, size, gradient);
                var largest = 0.0;
                for (var k = 0; k < size; k++)
                {
                    beta[k] += change[k];
                    largest = Math.Max(largest, Math.Abs(change[k]));
                }
                if (!double.IsFinite(largest)) return null;
                if (largest < Settled)
                {
                    Accumulate(x, y, ranges, beta, scratch, gradient, information);
                    for (var k = 1; k < size; k++) information[k * size + k] += penalty;
                    return SymmetricMatrix.Inverse(information, size) is { } inverse ? new(beta, inverse) : null;
                }
            }
            return null;
        }
        finally
        {
            ArrayPool<double>.Shared.Return(scratch);
        }
    }

    /// <summary>The fitted chances of a range of rows.</summary>
    public void Chances(double[][] x, int start, Span<double> chances)
    {
        var slopes = ArrayPool<double>.Shared.Rent(chances.Length);
        Columns.Combine(chances, Coefficients, x, start);
        Columns.Logistic(chances, slopes.AsSpan(0, chances.Length));
        ArrayPool<double>.Shared.Return(slopes);
    }

    static void Accumulate(double[][] x, double[] y, ReadOnlySpan<(int Start, int End)> ranges, double[] beta, double[] scratch, double[] gradient, double[] information)
    {
        var size = x.Length;
        Array.Clear(gradient);
        Array.Clear(information);
        foreach (var (from, to) in ranges)
            for (var at = from; at < to; at += Block)
            {
                var length = Math.Min(Block, to - at);
                var chances = scratch.AsSpan(0, length);
                var slopes = scratch.AsSpan(Block, length);
                var weighted = scratch.AsSpan(2 * Block, length);
                Columns.Combine(chances, beta, x, at);
                Columns.Logistic(chances, slopes);
                for (var i = 0; i < length; i++) chances[i] = y[at + i] - chances[i];
                for (var j = 0; j < size; j++)
                {
                    var column = x[j].AsSpan(at, length);
                    gradient[j] += Columns.Dot(chances, column);
                    Columns.Multiply(weighted, slopes, column);
                    for (var k = 0; k <= j; k++) information[j * size + k] += Columns.Dot(weighted, x[k].AsSpan(at, length));
                }
            }
        for (var j = 0; j < size; j++)
            for (var k = 0; k < j; k++) information[k * size + j] = information[j * size + k];
    }
}
