namespace Guildhall.Evidence;

/// <summary>The other rules that a published figure has to pass.</summary>
public static class Disclosure
{
    /// <summary>The largest share of an amount that one seller may have.</summary>
    public const double LargestShare = 0.50;

    /// <summary>The largest share that two may have together.</summary>
    public const double LargestShareOfTwo = 0.75;

    /// <summary>Whether one seller has more than half of an amount of money, or two have more than three quarters: then each of the two could work out the other's (the (n, k) dominance rule of A. Hundepool et al., "Statistical Disclosure Control", 2012; the limits are ours).</summary>
    /// <param name="amounts">What each seller contributes, 0 or more.</param>
    /// <returns>True when the total mustn't be published; also with fewer than three contributors, false when the total is 0.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="amounts"/> is null.</exception>
    /// <exception cref="ArgumentException">An amount is negative or missing.</exception>
    public static bool IsDominated(double[] amounts)
    {
        ArgumentNullException.ThrowIfNull(amounts);
        if (Array.Exists(amounts, amount => !(amount >= 0))) throw new ArgumentException("An amount is negative or missing.", nameof(amounts));
        var total = amounts.Sum();
        if (total == 0) return false;
        var largest = amounts.OrderDescending().Take(2).ToArray();
        return largest[0] > LargestShare * total || largest.Sum() > LargestShareOfTwo * total;
    }

    /// <summary>Whether the difference of two releases of the same figure would isolate a few: those who came or those who went are 1 to k − 1.</summary>
    /// <typeparam name="T">What identifies a seller.</typeparam>
    /// <param name="earlier">Who the released figure was about.</param>
    /// <param name="later">Who the new one is about.</param>
    /// <param name="k">The least number that may be isolated, 2 or more.</param>
    /// <returns>True when the new figure mustn't be published beside the old one.</returns>
    /// <exception cref="ArgumentNullException">A set is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is below 2.</exception>
    public static bool IsolatesFew<T>(IReadOnlySet<T> earlier, IReadOnlySet<T> later, int k = 10)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        ArgumentNullException.ThrowIfNull(later);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 2);
        var (came, went) = (later.Count(id => !earlier.Contains(id)), earlier.Count(id => !later.Contains(id)));
        return (came > 0 && came < k) || (went > 0 && went < k);
    }

    /// <summary>A count rounded so that it can't be told from its neighbours.</summary>
    /// <param name="count">0 or more.</param>
    /// <param name="to">The step, 1 or more, such as 5.</param>
    /// <returns>The nearest multiple, halves away from zero.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static long Rounded(long count, int to = 5)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfLessThan(to, 1);
        return (count + to / 2) / to * to;
    }
}
