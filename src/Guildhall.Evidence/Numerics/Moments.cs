using System.Runtime.InteropServices;

namespace Guildhall.Evidence.Numerics;

/// <summary>Count, mean and variance with n − 1.</summary>
[StructLayout(LayoutKind.Auto)]
readonly record struct Moments(int Count, double Mean, double Variance)
{
    public static Moments Of(IEnumerable<double> values)
    {
        double[] list = [.. values];
        var mean = list.Average();
        return new(list.Length, mean, list.Sum(value => (value - mean) * (value - mean)) / (list.Length - 1));
    }
}
