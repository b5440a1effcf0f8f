namespace Guildhall.Evidence.Numerics;

/// <summary>The quantile of the largest absolute standardised value among correlated normal variables.</summary>
static class SupT
{
    public static double CriticalValue(double[] covariance, double level, int draws, ulong seed)
    {
        var size = (int)Math.Sqrt(covariance.Length);
        var correlation = new double[size * size];
        for (var j = 0; j < size; j++)
            for (var k = 0; k < size; k++) correlation[j * size + k] = covariance[j * size + k] / Math.Sqrt(covariance[j * size + j] * covariance[k * size + k]);
        var factor = SymmetricMatrix.SemidefiniteCholesky(correlation, size);

        var random = new SplitMix(seed);
        var (largest, normals) = (new double[draws], new double[size]);
        for (var d = 0; d < draws; d++)
        {
            for (var k = 0; k < size; k++) normals[k] = random.Normal();
            for (var j = 0; j < size; j++)
                largest[d] = Math.Max(largest[d], Math.Abs(Columns.Dot(factor.AsSpan(j * size, j + 1), normals.AsSpan(0, j + 1))));
        }
        Array.Sort(largest);
        return largest[Math.Min(draws - 1, (int)Math.Ceiling(level * draws) - 1)];
    }
}
