namespace Guildhall.Matching;

/// <summary>Hoare's selection ("Algorithm 65: Find", Communications of the ACM 4 (1961) 321): the least of many without sorting them.</summary>
static class Selection
{
    /// <summary>Moves the least keys to the front, in no order. The keys are all different.</summary>
    public static void MoveLeastToFront(Span<long> keys, int count)
    {
        while (keys.Length > count && count > 0)
        {
            var middle = MedianOfThree(keys);
            var (low, high) = (0, keys.Length - 1);
            while (low <= high)
            {
                while (keys[low] < middle) low++;
                while (keys[high] > middle) high--;
                if (low > high) break;
                (keys[low], keys[high]) = (keys[high], keys[low]);
                low++;
                high--;
            }
            // Up to high they are at most the middle one, from low on at least that; what lies between is the middle one itself.
            if (count <= high + 1) keys = keys[..(high + 1)];
            else if (count < low) return;
            else
            {
                keys = keys[low..];
                count -= low;
            }
        }
    }

    static long MedianOfThree(ReadOnlySpan<long> keys)
    {
        var (a, b, c) = (keys[0], keys[keys.Length / 2], keys[^1]);
        return Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
    }
}
