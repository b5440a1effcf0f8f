namespace Guildhall.Evidence;

/// <summary>
/// Growth against the mean of before and after: S. Davis, J. Haltiwanger, S. Schuh, "Job Creation and Destruction", 1996. Near 0 it is the usual share; it lies from −2, who left, to 2, who began, so that no small shop outweighs the others, and growing and
/// shrinking count alike.
/// </summary>
public static class MidpointGrowth
{
    /// <summary>The growth of one seller.</summary>
    /// <param name="before">What it sold before, 0 or more.</param>
    /// <param name="after">What it sold in as long a time after; 0 or more, and not 0 as well.</param>
    /// <returns>2 (after − before) / (after + before), −2 to 2.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An amount is below 0, or both are 0.</exception>
    public static double Of(double before, double after)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(before);
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        if (before + after == 0) throw new ArgumentOutOfRangeException(nameof(after), after, "Of a seller who sold nothing before and after there is no growth.");
        return 2 * (after - before) / (after + before);
    }

    /// <summary>The growth of one seller less the mean growth of similar ones over the same days: a difference in differences of one.</summary>
    /// <param name="before">What it sold before, 0 or more.</param>
    /// <param name="after">What it sold after; not 0 as well.</param>
    /// <param name="similar">The growth of each similar seller, −2 to 2; one at least.</param>
    /// <returns>The gain, −4 to 4.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="similar"/> is null.</exception>
    /// <exception cref="ArgumentException">There is no similar seller.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An amount is below 0, or both are 0.</exception>
    public static double Gain(double before, double after, IReadOnlyCollection<double> similar)
    {
        ArgumentNullException.ThrowIfNull(similar);
        if (similar.Count == 0) throw new ArgumentException("There is nobody to compare with.", nameof(similar));
        return Of(before, after) - similar.Average();
    }
}
