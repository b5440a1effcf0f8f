using Guildhall.Evidence.Numerics;

namespace Guildhall.Evidence;

/// <summary>Intervals of shares and of differences of shares.</summary>
public static class Proportions
{
    /// <summary>E. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American Statistical Association 22, 1927: within 0 to 1, good with few rows.</summary>
    /// <param name="successes">0 to <paramref name="rows"/>.</param>
    /// <param name="rows">Above 0.</param>
    /// <param name="level">The chance with which such intervals hold the true share, about.</param>
    /// <returns>The interval of the share.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static Interval Wilson(int successes, int rows, double level = 0.95)
    {
        Check(successes, rows);
        var z = Probability.TwoSidedCritical(level);
        var (share, n) = ((double)successes / rows, (double)rows);
        var (middle, half) = ((share + z * z / (2 * n)) / (1 + z * z / n), z / (1 + z * z / n) * Math.Sqrt(share * (1 - share) / n + z * z / (4 * n * n)));
        return new(successes == 0 ? 0 : middle - half, successes == rows ? 1 : middle + half);
    }

    /// <summary>C. Clopper, E. Pearson, Biometrika 26, 1934: holds the true share with at least the chance asked for, and is wider for it.</summary>
    /// <param name="successes">0 to <paramref name="rows"/>.</param>
    /// <param name="rows">Above 0.</param>
    /// <param name="level">The least chance with which such intervals hold the true share.</param>
    /// <returns>The interval of the share.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static Interval ClopperPearson(int successes, int rows, double level = 0.95)
    {
        Check(successes, rows);
        var tail = 0.5 * (1 - Probability.CheckedLevel(level));
        return new(
            successes == 0 ? 0 : Roots.Bisect(p => Probability.Beta(successes, rows - successes + 1, p) - tail, 0, 1),
            successes == rows ? 1 : Roots.Bisect(p => Probability.Beta(successes + 1, rows - successes, p) - (1 - tail), 0, 1));
    }

    /// <summary>The difference of two independent shares: R. Newcombe, "Interval estimation for the difference between independent proportions", Statistics in Medicine 17, 1998, method 10.</summary>
    /// <param name="successes">Of the first group, 0 to <paramref name="rows"/>.</param>
    /// <param name="rows">Of the first group, above 0.</param>
    /// <param name="otherSuccesses">Of the second group, 0 to <paramref name="otherRows"/>.</param>
    /// <param name="otherRows">Of the second group, above 0.</param>
    /// <param name="level">The chance with which such intervals hold the true difference, about.</param>
    /// <returns>The interval of the first share less the second.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static Interval Newcombe(int successes, int rows, int otherSuccesses, int otherRows, double level = 0.95)
    {
        var (first, second) = (Wilson(successes, rows, level), Wilson(otherSuccesses, otherRows, level));
        var (p, q) = ((double)successes / rows, (double)otherSuccesses / otherRows);
        return new(
            p - q - Math.Sqrt(Math.Pow(p - first.Lower, 2) + Math.Pow(second.Upper - q, 2)),
            p - q + Math.Sqrt(Math.Pow(first.Upper - p, 2) + Math.Pow(q - second.Lower, 2)));
    }

    static void Check(int successes, int rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, rows);
    }
}
