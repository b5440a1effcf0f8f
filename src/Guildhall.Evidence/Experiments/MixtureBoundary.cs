using Guildhall.Evidence.Numerics;

namespace Guildhall.Evidence;

/// <summary>
/// Curves that a sum with mean zero crosses, at any time whatever, with a chance of at most α: S. Howard, A. Ramdas, J. McAuliffe, J. Sekhon, "Time-uniform, nonparametric, nonasymptotic confidence sequences", Annals of
/// Statistics 49, 2021. They are narrowest at the variance for which they were tuned.
/// </summary>
public sealed class MixtureBoundary
{
    readonly double rho;

    // One side alone has twice the chance that each of two has.
    readonly double oneSidedRho;

    MixtureBoundary(double variance, double alpha) => (rho, oneSidedRho) = (Rho(variance, alpha), Rho(variance, 2 * alpha));

    /// <summary>A curve that is narrowest when the sum's variance is <paramref name="variance"/>.</summary>
    /// <param name="variance">The accumulated variance at the planned end, above 0, in squared units of the outcome.</param>
    /// <param name="alpha">The chance of a false alarm for which it is tuned, above 0 and below 0.5.</param>
    /// <returns>The family of curves.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static MixtureBoundary TunedTo(double variance, double alpha = 0.05)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(variance);
        if (alpha is not (> 0 and < 0.5)) throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "A chance of a false alarm lies between 0 and 0.5.");
        return new(variance, alpha);
    }

    /// <summary>The distance from 0 that the sum of normal (or, with many rows, any) deviations leaves to either side with a chance of at most alpha: equation 14 of the source.</summary>
    /// <param name="variance">The variance accumulated so far, above 0.</param>
    /// <param name="alpha">The chance of ever being wrong, above 0 and below 1.</param>
    /// <returns>The distance, in the unit of the sum.</returns>
    public double TwoSided(double variance, double alpha) => Math.Sqrt((variance + rho) * (Math.Log(1 + variance / rho) - 2 * Math.Log(alpha)));

    /// <summary>As <see cref="TwoSided"/>, to one side only: equation 15 of the source.</summary>
    /// <param name="variance">The variance accumulated so far, above 0.</param>
    /// <param name="alpha">The chance of ever being wrong, above 0 and below 1.</param>
    /// <returns>The distance, in the unit of the sum.</returns>
    public double OneSided(double variance, double alpha) => Root(s => LogOneSided(s, variance), variance, -Math.Log(alpha));

    /// <summary>
    /// As <see cref="OneSided"/> for deviations that never exceed <paramref name="scale"/>, exact with few rows too: the gamma-exponential mixture, proposition 9 of the source.
    /// </summary>
    /// <param name="variance">The sum of squared deviations from predictions made before, 0 or more.</param>
    /// <param name="alpha">The chance of ever being wrong, above 0 and below 1.</param>
    /// <param name="scale">The largest deviation, above 0.</param>
    /// <returns>The distance, in the unit of the sum.</returns>
    public double Bounded(double variance, double alpha, double scale) => Root(s => LogBounded(s, variance, scale), variance, -Math.Log(alpha));

    internal static double Rho(double variance, double alpha) => variance / (-2 * Math.Log(alpha) + Math.Log(1 - 2 * Math.Log(alpha)));

    /// <summary>The logarithm of the two-sided mixture; its exponential is a supermartingale, which exceeds 1/α with a chance of at most α.</summary>
    internal double LogTwoSided(double s, double v) => 0.5 * Math.Log(rho / (v + rho)) + s * s / (2 * (v + rho));

    internal double LogBounded(double s, double v, double scale)
    {
        var square = scale * scale;
        var (r, w, x) = (oneSidedRho / square, (v + oneSidedRho) / square, (scale * s + v) / square);
        return r * Math.Log(r) - Probability.LogGamma(r) - Math.Log(Probability.GammaLower(r, r))
            + Probability.LogGamma(w) + Math.Log(Probability.GammaLower(w, x + r)) - w * Math.Log(x + r) + x;
    }

    double LogOneSided(double s, double v) => 0.5 * Math.Log(4 * oneSidedRho / (v + oneSidedRho)) + s * s / (2 * (v + oneSidedRho)) + Math.Log(Probability.Normal(s / Math.Sqrt(v + oneSidedRho)));

    static double Root(Func<double, double> logMixture, double variance, double threshold)
    {
        var (low, high) = (0.0, Math.Max(variance, 1));
        while (logMixture(high) < threshold) high *= 2;
        for (var step = 0; step < 200 && high - low > 1e-15 * high; step++)
        {
            var middle = 0.5 * (low + high);
            if (logMixture(middle) < threshold) low = middle;
            else high = middle;
        }
        return 0.5 * (low + high);
    }
}
