namespace Guildhall.Evidence.Numerics;

static class Roots
{
    /// <summary>Where a rising function is zero, halving to the last digit.</summary>
    public static double Bisect(Func<double, double> rising, double low, double high)
    {
        for (var step = 0; step < 300; step++)
        {
            var middle = 0.5 * (low + high);
            if (middle <= low || middle >= high) break;
            if (rising(middle) < 0) low = middle;
            else high = middle;
        }
        return 0.5 * (low + high);
    }
}
