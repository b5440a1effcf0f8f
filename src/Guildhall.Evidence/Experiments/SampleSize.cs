using Guildhall.Evidence.Numerics;

namespace Guildhall.Evidence;

/// <summary>
/// How many sellers a comparison needs, and what it could see: J. Cohen, "Statistical Power Analysis for the Behavioral Sciences", 2nd edition 1988, by the noncentral t distribution for means and the normal for shares; two-sided,
/// equal arms.
/// </summary>
public static class SampleSize
{
    /// <summary>The chance that a t-test of two arms finds a difference.</summary>
    /// <param name="rowsPerArm">2 or more; need not be whole.</param>
    /// <param name="difference">The true difference of means, in the outcome's unit.</param>
    /// <param name="deviation">The standard deviation within an arm, above 0.</param>
    /// <param name="alpha">The chance of a false alarm, above 0 and below 1.</param>
    /// <returns>0 to 1, without the tiny chance of finding it the wrong way round.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static double Power(double rowsPerArm, double difference, double deviation, double alpha = 0.05)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rowsPerArm, 2);
        return PowerOf(rowsPerArm, difference, deviation, alpha);
    }

    /// <summary>The number of rows an arm needs to find a difference of means.</summary>
    /// <param name="difference">The true difference worth finding, in the outcome's unit, not 0.</param>
    /// <param name="deviation">The standard deviation within an arm, above 0.</param>
    /// <param name="power">The chance of finding it, above alpha and below 1.</param>
    /// <param name="alpha">The chance of a false alarm, above 0 and below 1.</param>
    /// <returns>Rows an arm, not rounded; or a refusal when ten billion wouldn't do.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static Answer<PlannedSize> ForMeans(double difference, double deviation, double power = 0.8, double alpha = 0.05)
    {
        CheckPower(power, alpha);
        if (PowerOf(Largest, difference, deviation, alpha) < power) return TooSmall();
        // R starts the search at 2; a difference that large is found with two.
        return new PlannedSize(PowerOf(2, difference, deviation, alpha) >= power ? 2 : Roots.Bisect(n => PowerOf(n, difference, deviation, alpha) - power, 2, Largest));
    }

    /// <summary>The number of rows an arm needs to tell two shares apart.</summary>
    /// <param name="share">The share of one arm, above 0 and below 1.</param>
    /// <param name="otherShare">The share of the other, above 0 and below 1.</param>
    /// <param name="power">The chance of finding it, above alpha and below 1.</param>
    /// <param name="alpha">The chance of a false alarm, above 0 and below 1.</param>
    /// <returns>Rows an arm, not rounded; or a refusal when the shares are equal or too near.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static Answer<PlannedSize> ForShares(double share, double otherShare, double power = 0.8, double alpha = 0.05)
    {
        CheckPower(power, alpha);
        var (p, q, middle) = (Probability.CheckedLevel(share), Probability.CheckedLevel(otherShare), 0.5 * (share + otherShare));
        var rows = Math.Pow((Probability.TwoSidedCritical(1 - alpha) * Math.Sqrt(2 * middle * (1 - middle)) + Probability.NormalQuantile(power) * Math.Sqrt(p * (1 - p) + q * (1 - q))) / (p - q), 2);
        return rows <= Largest ? new PlannedSize(rows) : TooSmall();
    }

    /// <summary>The smallest difference that would be found with a given chance: what is meant by "could have seen 6% or more".</summary>
    /// <param name="standardError">The standard error of the difference, above 0.</param>
    /// <param name="power">The chance of finding it, above alpha and below 1.</param>
    /// <param name="alpha">The chance of a false alarm, above 0 and below 1.</param>
    /// <returns>(z(1 − alpha/2) + z(power)) · standard error, 2.80 standard errors by default, in the unit of the standard error.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static double SmallestVisible(double standardError, double power = 0.8, double alpha = 0.05)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(standardError);
        CheckPower(power, alpha);
        return (Probability.TwoSidedCritical(1 - alpha) + Probability.NormalQuantile(power)) * standardError;
    }

    const double Largest = 1e10;

    static double PowerOf(double rowsPerArm, double difference, double deviation, double alpha)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(deviation);
        var degrees = 2 * (rowsPerArm - 1);
        var shift = Math.Sqrt(rowsPerArm / 2) * Math.Abs(difference) / deviation;
        var critical = Probability.TwoSidedCritical(1 - alpha);
        // Beyond a million degrees of freedom t is normal to twelve digits, and its series needs too many terms.
        return degrees > 1e6 || shift > 35 ? Probability.Normal(shift - critical) : 1 - Probability.NoncentralStudent(Probability.StudentQuantile(1 - alpha / 2, degrees), degrees, shift);
    }

    internal static void CheckPower(double power, double alpha)
    {
        Probability.CheckedLevel(alpha);
        if (!(power > alpha && power < 1)) throw new ArgumentOutOfRangeException(nameof(power), power, "The chance of finding lies between that of a false alarm and 1.");
    }

    static EvidenceRefusal TooSmall() => new(RefusalReason.OutOfRange, "The difference is too small for any number of rows.");
}

/// <summary>How many rows each arm needs.</summary>
/// <param name="RowsPerArm">Not rounded.</param>
public sealed record PlannedSize(double RowsPerArm)
{
    /// <summary>The whole number of rows each arm needs.</summary>
    public long Whole => (long)Math.Ceiling(RowsPerArm - 1e-9);
}
