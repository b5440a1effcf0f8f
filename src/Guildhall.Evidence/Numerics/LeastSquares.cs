namespace Guildhall.Evidence.Numerics;

/// <summary>Least squares by Householder's orthogonal triangles, with the usual kinds of covariance. Columns come as they are, the constant among them.</summary>
sealed class LeastSquares
{
    readonly double[][] columns;
    readonly double[] inverseGram;

    LeastSquares(double[][] columns, double[] coefficients, double[] residuals, double[] inverseGram)
    {
        (this.columns, Coefficients, Residuals, this.inverseGram) = (columns, coefficients, residuals, inverseGram);
        Leverages = new double[residuals.Length];
        for (var i = 0; i < residuals.Length; i++)
            for (var j = 0; j < columns.Length; j++)
                for (var k = 0; k < columns.Length; k++) Leverages[i] += columns[j][i] * inverseGram[j * columns.Length + k] * columns[k][i];
    }

    public double[] Coefficients { get; }

    public double[] Residuals { get; }

    /// <summary>The diagonal of the hat matrix.</summary>
    public double[] Leverages { get; }

    public int Count => Residuals.Length;

    /// <summary>(X'X)⁻¹.</summary>
    public ReadOnlySpan<double> InverseGram => inverseGram;

    /// <summary>Fits; null when a column is a combination of those before it, or there are no more rows than columns.</summary>
    public static LeastSquares? Fit(double[][] columns, double[] y)
    {
        var (n, size) = (y.Length, columns.Length);
        if (n <= size) return null;
        var work = Array.ConvertAll(columns, column => column.ToArray());
        var right = y.ToArray();
        var triangle = new double[size * size];
        for (var k = 0; k < size; k++)
        {
            var (column, whole) = (work[k], Math.Sqrt(columns[k].Sum(value => value * value)));
            var norm = Math.Sqrt(column.AsSpan(k).ToArray().Sum(value => value * value));
            if (!(norm > 1e-9 * whole)) return null;
            var pivot = column[k] > 0 ? -norm : norm;
            triangle[k * size + k] = pivot;
            column[k] -= pivot;
            var scale = -pivot * column[k];
            for (var j = k + 1; j <= size; j++)
            {
                var target = j < size ? work[j] : right;
                var product = 0.0;
                for (var i = k; i < n; i++) product += column[i] * target[i];
                for (var i = k; i < n; i++) target[i] -= product / scale * column[i];
                if (j < size) triangle[k * size + j] = target[k];
            }
        }
        var inverse = new double[size * size];
        for (var j = 0; j < size; j++)
            for (var i = j; i >= 0; i--)
            {
                var sum = i == j ? 1.0 : 0;
                for (var k = i + 1; k <= j; k++) sum -= triangle[i * size + k] * inverse[k * size + j];
                inverse[i * size + j] = sum / triangle[i * size + i];
            }
        var (coefficients, gram) = (new double[size], new double[size * size]);
        for (var i = 0; i < size; i++)
            for (var j = 0; j < size; j++)
            {
                coefficients[i] += inverse[i * size + j] * right[j];
                for (var k = 0; k < size; k++) gram[i * size + j] += inverse[i * size + k] * inverse[j * size + k];
            }
        var residuals = new double[n];
        for (var i = 0; i < n; i++)
        {
            residuals[i] = y[i];
            for (var k = 0; k < size; k++) residuals[i] -= coefficients[k] * columns[k][i];
        }
        return new(columns, coefficients, residuals, gram);
    }

    /// <summary>One variance for all rows.</summary>
    public double[] Classical()
    {
        var variance = Residuals.Sum(residual => residual * residual) / (Count - columns.Length);
        return Array.ConvertAll(inverseGram, value => value * variance);
    }

    /// <summary>
    /// A variance a row: kind 0 is White's, 1 with n/(n − k), 2 and 3 with residuals over √(1 − h) and 1 − h. J. MacKinnon, H. White, Journal of Econometrics 29, 1985.
    /// </summary>
    public double[] Robust(int kind)
    {
        var scaled = Residuals.Select((residual, i) => residual * kind switch
        {
            1 => Math.Sqrt((double)Count / (Count - columns.Length)),
            2 => 1 / Math.Sqrt(1 - Leverages[i]),
            3 => 1 / (1 - Leverages[i]),
            _ => 1,
        }).ToArray();
        return Sandwich(columns, scaled, null);
    }

    /// <summary>Rows of a cluster depend on each other; with G clusters, the factor G/(G − 1) · (n − 1)/(n − k).</summary>
    public double[] Clustered(int[] clusters)
    {
        var count = clusters.Distinct().Count();
        var factor = Math.Sqrt((double)count / (count - 1) * (Count - 1) / (Count - columns.Length));
        return Sandwich(columns, Array.ConvertAll(Residuals, residual => residual * factor), clusters);
    }

    /// <summary>The sandwich whose filling are the scores of these columns, for instruments another set than the fitted one.</summary>
    public double[] Sandwich(double[][] scoreColumns, double[] residuals, int[]? clusters)
    {
        var size = columns.Length;
        var filling = new double[size * size];
        var scores = new double[size];
        foreach (var rows in clusters is null ? Enumerable.Range(0, residuals.Length).Select(i => (IEnumerable<int>)[i]) : Enumerable.Range(0, residuals.Length).GroupBy(i => clusters[i]))
        {
            Array.Clear(scores);
            foreach (var i in rows)
                for (var k = 0; k < size; k++) scores[k] += scoreColumns[k][i] * residuals[i];
            for (var j = 0; j < size; j++)
                for (var k = 0; k < size; k++) filling[j * size + k] += scores[j] * scores[k];
        }
        var (half, sandwich) = (new double[size * size], new double[size * size]);
        for (var i = 0; i < size; i++)
            for (var j = 0; j < size; j++)
                for (var k = 0; k < size; k++) half[i * size + j] += inverseGram[i * size + k] * filling[k * size + j];
        for (var i = 0; i < size; i++)
            for (var j = 0; j < size; j++)
                for (var k = 0; k < size; k++) sandwich[i * size + j] += half[i * size + k] * inverseGram[k * size + j];
        return sandwich;
    }

    public Estimate Coefficient(int k, double[] covariance) => new(Coefficients[k], Math.Sqrt(covariance[k * columns.Length + k]));
}
