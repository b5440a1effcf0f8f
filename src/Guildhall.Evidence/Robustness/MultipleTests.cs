namespace Guildhall.Evidence;

/// <summary>p-values of many questions asked of the same data, corrected for their number.</summary>
public static class MultipleTests
{
    /// <summary>
    /// Adjusted p-values: those at or below q may be called real with a share of false ones of at most q on average. Y. Benjamini, Y. Hochberg, "Controlling the false discovery rate", Journal of the Royal Statistical Society B 57, 1995;
    /// for independent or positively dependent tests.
    /// </summary>
    /// <param name="pValues">0 to 1; NaN for a test that couldn't be made, which stays NaN and doesn't count.</param>
    /// <returns>A new array in the same order; equal values get equal ones. Time O(n log n).</returns>
    /// <exception cref="ArgumentNullException"><paramref name="pValues"/> is null.</exception>
    /// <exception cref="ArgumentException">A value lies outside 0 to 1.</exception>
    public static double[] BenjaminiHochberg(double[] pValues) => StepUp(pValues, (rank, count) => (double)count / rank);

    /// <summary>As <see cref="BenjaminiHochberg"/>, for any dependence: Y. Benjamini, D. Yekutieli, Annals of Statistics 29, 2001.</summary>
    /// <param name="pValues">0 to 1, or NaN.</param>
    /// <returns>A new array in the same order.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="pValues"/> is null.</exception>
    /// <exception cref="ArgumentException">A value lies outside 0 to 1.</exception>
    public static double[] BenjaminiYekutieli(double[] pValues) => StepUp(pValues, (rank, count) => (double)count / rank * Enumerable.Range(1, count).Sum(k => 1.0 / k));

    /// <summary>Adjusted p-values for which the chance of even one false call is at most the level: S. Holm, Scandinavian Journal of Statistics 6, 1979.</summary>
    /// <param name="pValues">0 to 1, or NaN.</param>
    /// <returns>A new array in the same order.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="pValues"/> is null.</exception>
    /// <exception cref="ArgumentException">A value lies outside 0 to 1.</exception>
    public static double[] Holm(double[] pValues)
    {
        var (order, adjusted) = Ordered(pValues);
        var largest = 0.0;
        for (var k = 0; k < order.Length; k++)
        {
            largest = Math.Max(largest, Math.Min(1, (order.Length - k) * pValues[order[k]]));
            adjusted[order[k]] = largest;
        }
        return adjusted;
    }

    static double[] StepUp(double[] pValues, Func<int, int, double> factor)
    {
        var (order, adjusted) = Ordered(pValues);
        var smallest = 1.0;
        for (var k = order.Length - 1; k >= 0; k--)
        {
            smallest = Math.Min(smallest, factor(k + 1, order.Length) * pValues[order[k]]);
            adjusted[order[k]] = smallest;
        }
        return adjusted;
    }

    static (int[] Order, double[] Adjusted) Ordered(double[] pValues)
    {
        ArgumentNullException.ThrowIfNull(pValues);
        if (Array.Exists(pValues, p => p is < 0 or > 1)) throw new ArgumentException("A chance lies between 0 and 1.", nameof(pValues));
        return ([.. Enumerable.Range(0, pValues.Length).Where(i => !double.IsNaN(pValues[i])).OrderBy(i => pValues[i])], Array.ConvertAll(pValues, _ => double.NaN));
    }
}
