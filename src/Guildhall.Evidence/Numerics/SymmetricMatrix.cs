namespace Guildhall.Evidence.Numerics;

/// <summary>Small symmetric positive definite matrices, as rows one after another: normal equations and covariances.</summary>
static class SymmetricMatrix
{
    /// <summary>A column whose remaining part is below this share of its length is a combination of the columns before it.</summary>
    public const double Collinear = 1e-10;

    /// <summary>The lower Cholesky factor; null when a row depends on those before it.</summary>
    public static double[]? Cholesky(ReadOnlySpan<double> a, int size)
    {
        var l = new double[size * size];
        for (var i = 0; i < size; i++)
            for (var j = 0; j <= i; j++)
            {
                var sum = a[i * size + j];
                for (var k = 0; k < j; k++) sum -= l[i * size + k] * l[j * size + k];
                if (i > j)
                    l[i * size + j] = sum / l[j * size + j];
                else if (sum > Collinear * a[i * size + i])
                    l[i * size + i] = Math.Sqrt(sum);
                else
                    return null;
            }
        return l;
    }

    /// <summary>The lower factor of a covariance that may be singular: a row that depends on those before it adds no noise of its own.</summary>
    public static double[] SemidefiniteCholesky(ReadOnlySpan<double> a, int size)
    {
        var l = new double[size * size];
        for (var i = 0; i < size; i++)
            for (var j = 0; j <= i; j++)
            {
                var sum = a[i * size + j];
                for (var k = 0; k < j; k++) sum -= l[i * size + k] * l[j * size + k];
                if (i == j) l[i * size + i] = sum > Collinear * a[i * size + i] ? Math.Sqrt(sum) : 0;
                else if (l[j * size + j] > 0) l[i * size + j] = sum / l[j * size + j];
            }
        return l;
    }

    public static double[] Solve(double[] cholesky, int size, ReadOnlySpan<double> right)
    {
        var x = right.ToArray();
        for (var i = 0; i < size; i++)
        {
            for (var k = 0; k < i; k++) x[i] -= cholesky[i * size + k] * x[k];
            x[i] /= cholesky[i * size + i];
        }
        for (var i = size - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < size; k++) x[i] -= cholesky[k * size + i] * x[k];
            x[i] /= cholesky[i * size + i];
        }
        return x;
    }

    /// <summary>The inverse; null when a row depends on those before it.</summary>
    public static double[]? Inverse(ReadOnlySpan<double> a, int size) => Cholesky(a, size) is { } l ? InverseOf(l, size) : null;

    public static double[] InverseOf(double[] cholesky, int size)
    {
        var inverse = new double[size * size];
        var unit = new double[size];
        for (var j = 0; j < size; j++)
        {
            Array.Clear(unit);
            unit[j] = 1;
            var column = Solve(cholesky, size, unit);
            for (var i = 0; i < size; i++) inverse[i * size + j] = column[i];
        }
        return inverse;
    }

    public static double[] Times(ReadOnlySpan<double> a, int size, ReadOnlySpan<double> x)
    {
        var product = new double[size];
        for (var i = 0; i < size; i++)
            for (var j = 0; j < size; j++) product[i] += a[i * size + j] * x[j];
        return product;
    }
}
