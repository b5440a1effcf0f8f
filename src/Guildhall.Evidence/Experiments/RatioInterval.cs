using Guildhall.Evidence.Numerics;

namespace Guildhall.Evidence;

/// <summary>
/// The ratio of two uncertain numbers, such as gain over cost: E. Fieller, "Some problems in interval estimation", Journal of the Royal Statistical Society B 16, 1954.
/// </summary>
/// <param name="Ratio">The ratio of the estimates.</param>
/// <param name="Interval">Its interval, which needn't be symmetric.</param>
public sealed record RatioInterval(double Ratio, Interval Interval)
{
    /// <summary>The interval of numerator / denominator.</summary>
    /// <param name="numerator">The number above, with its standard error.</param>
    /// <param name="denominator">The number below, with its standard error, in a unit of its own.</param>
    /// <param name="covariance">The covariance of the two estimates, 0 when they come from different rows.</param>
    /// <param name="level">The chance with which such intervals hold the true ratio, above 0 and below 1.</param>
    /// <returns>The ratio, or a refusal when the denominator can't be told from zero: its interval would have no end.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> isn't between 0 and 1.</exception>
    public static Answer<RatioInterval> Fieller(Estimate numerator, Estimate denominator, double covariance = 0, double level = 0.95)
    {
        var z = Probability.TwoSidedCritical(level);
        var (a, b) = (numerator.Value, denominator.Value);
        var (va, vb) = (numerator.StandardError * numerator.StandardError, denominator.StandardError * denominator.StandardError);
        var below = b * b - z * z * vb;
        if (!(below > 0)) return new EvidenceRefusal(RefusalReason.Unbounded, "What is divided by can’t be told from zero, so the ratio has no bounded interval.");
        var middle = a * b - z * z * covariance;
        var root = Math.Sqrt(middle * middle - below * (a * a - z * z * va));
        return new RatioInterval(a / b, new((middle - root) / below, (middle + root) / below));
    }
}
