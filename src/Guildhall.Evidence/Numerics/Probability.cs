using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace Guildhall.Evidence.Numerics;

/// <summary>The distribution functions that intervals and tests are read from.</summary>
static class Probability
{
    static readonly double sqrtOfTwo = Math.Sqrt(2);

    /// <summary>The standard normal distribution function, without loss of digits in the lower tail.</summary>
    public static double Normal(double z) => 0.5 * SpecialFunctions.Erfc(-z / sqrtOfTwo);

    public static double NormalDensity(double z) => Math.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI);

    public static double TwoSidedNormal(double z) => SpecialFunctions.Erfc(Math.Abs(z) / sqrtOfTwo);

    /// <summary>The number of standard errors to either side of a normal interval.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The level isn't between 0 and 1.</exception>
    public static double TwoSidedCritical(double level) => NormalQuantile(0.5 + 0.5 * CheckedLevel(level));

    public static double CheckedLevel(double level) =>
        level is > 0 and < 1 ? level : throw new ArgumentOutOfRangeException(nameof(level), level, "A level lies between 0 and 1.");

    /// <summary>The upper tail of the chi-square distribution.</summary>
    public static double ChiSquareUpper(double statistic, double degrees) => double.IsNaN(statistic) ? double.NaN : SpecialFunctions.GammaUpperRegularized(0.5 * degrees, 0.5 * statistic);

    public static double LogGamma(double x) => SpecialFunctions.GammaLn(x);

    public static double GammaLower(double a, double x) => SpecialFunctions.GammaLowerRegularized(a, x);

    /// <summary>The distribution function of the beta distribution.</summary>
    public static double Beta(double a, double b, double x) => SpecialFunctions.BetaRegularized(a, b, x);

    /// <summary>The distribution function of Student's t around <paramref name="shift"/>: R. Lenth, "Algorithm AS 243", Applied Statistics 38, 1989.</summary>
    public static double NoncentralStudent(double t, double degrees, double shift)
    {
        if (t < 0) return 1 - NoncentralStudent(-t, degrees, -shift);
        var x = t * t / (t * t + degrees);
        var half = 0.5 * shift * shift;
        var (even, odd) = (Math.Exp(-half), shift * Math.Exp(-half) * Math.Sqrt(2 / Math.PI));
        var (sum, rest) = (0.0, 1.0);
        for (var j = 0; j < 2_000 && (rest > 1e-16 || j < half); j++)
        {
            sum += 0.5 * (even * (x > 0 ? Beta(j + 0.5, 0.5 * degrees, x) : 0) + odd * (x > 0 ? Beta(j + 1, 0.5 * degrees, x) : 0));
            rest -= even;
            even *= half / (j + 1);
            odd *= half / (j + 1.5);
        }
        return Normal(-shift) + sum;
    }

    public static double StudentUpper(double t, double degrees)
    {
        var half = 0.5 * SpecialFunctions.BetaRegularized(0.5 * degrees, 0.5, degrees / (degrees + t * t));
        return t >= 0 ? half : 1 - half;
    }

    public static double TwoSidedStudent(double t, double degrees) => double.IsNaN(t) ? double.NaN : SpecialFunctions.BetaRegularized(0.5 * degrees, 0.5, degrees / (degrees + t * t));

    /// <summary>The quantile of Student's t, by the library's search and then two Newton steps on our own tail, which keep fourteen digits.</summary>
    public static double StudentQuantile(double p, double degrees)
    {
        var t = StudentT.InvCDF(0, 1, degrees, p);
        for (var step = 0; step < 2; step++)
        {
            var density = StudentT.PDF(0, 1, degrees, t);
            if (density <= 0) break;
            t -= (1 - StudentUpper(t, degrees) - p) / density;
        }
        return t;
    }

    /// <summary>
    /// The standard normal quantile: M. Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics 37 (1988), routine PPND16; about 16 digits.
    /// </summary>
    /// <param name="p">0 to 1; 0 gives −∞ and 1 gives +∞.</param>
    public static double NormalQuantile(double p)
    {
        var q = p - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            var r = 0.180625 - q * q;
            return q * (((((((r * 2509.0809287301226727 + 33430.575583588128105) * r + 67265.770927008700853) * r + 45921.953931549871457) * r + 13731.693765509461125) * r
                    + 1971.5909503065514427) * r + 133.14166789178437745) * r + 3.387132872796366608)
                / (((((((r * 5226.495278852854561 + 28729.085735721942674) * r + 39307.89580009271061) * r + 21213.794301586595867) * r + 5394.1960214247511077) * r
                    + 687.1870074920579083) * r + 42.313330701600911252) * r + 1);
        }
        if (double.IsNaN(p) || p < 0 || p > 1) return double.NaN;
        if (p == 0) return double.NegativeInfinity;
        if (p == 1) return double.PositiveInfinity;
        var tail = Math.Sqrt(-Math.Log(q < 0 ? p : 1 - p));
        double value;
        if (tail <= 5)
        {
            var r = tail - 1.6;
            value = (((((((r * 7.7454501427834140764e-4 + 0.0227238449892691845833) * r + 0.24178072517745061177) * r + 1.27045825245236838258) * r + 3.64784832476320460504) * r
                    + 5.7694972214606914055) * r + 4.6303378461565452959) * r + 1.42343711074968357734)
                / (((((((r * 1.05075007164441684324e-9 + 5.475938084995344946e-4) * r + 0.0151986665636164571966) * r + 0.14810397642748007459) * r + 0.68976733498510000455) * r
                    + 1.6763848301838038494) * r + 2.05319162663775882187) * r + 1);
        }
        else
        {
            var r = tail - 5;
            value = (((((((r * 2.01033439929228813265e-7 + 2.71155556874348757815e-5) * r + 0.0012426609473880784386) * r + 0.026532189526576123093) * r + 0.29656057182850489123) * r
                    + 1.7848265399172913358) * r + 5.4637849111641143699) * r + 6.6579046435011037772)
                / (((((((r * 2.04426310338993978564e-15 + 1.4215117583164458887e-7) * r + 1.8463183175100546818e-5) * r + 7.868691311456132591e-4) * r + 0.0148753612908506148525) * r
                    + 0.13692988092273580531) * r + 0.59983220655588793769) * r + 1);
        }
        return q < 0 ? -value : value;
    }
}
