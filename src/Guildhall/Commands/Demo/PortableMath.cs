namespace Guildhall.Commands.Demo;

/// <summary>
/// Exponential, logarithm and normal distribution from IEEE additions, multiplications and divisions alone: the runtime's
/// own call the platform's C library, whose last bit differs between systems, and one such bit would change the files of a seed.
/// </summary>
static class PortableMath
{
    const double Ln2High = 6.93147180369123816490e-01;
    const double Ln2Low = 1.90821492927058770002e-10;

    /// <summary>e to the power <paramref name="x"/>, relative error below 1e-14 for |x| up to 700.</summary>
    public static double Exp(double x)
    {
        var power = Math.Round(x / (Ln2High + Ln2Low), MidpointRounding.ToEven);
        var rest = x - power * Ln2High - power * Ln2Low;
        var sum = 1.0;
        // |rest| is at most ln 2 / 2, where the fourteenth term of the series is below 1e-16.
        for (var term = 14; term >= 1; term--) sum = 1 + sum * rest / term;
        return Math.ScaleB(sum, (int)power);
    }

    /// <summary>Natural logarithm of a positive number, by ln x = 2 artanh((x − 1)/(x + 1)) on the mantissa.</summary>
    public static double Log(double x)
    {
        var power = Math.ILogB(x);
        var mantissa = Math.ScaleB(x, -power);
        if (mantissa > 1.4142135623730951)
        {
            mantissa /= 2;
            power++;
        }
        var ratio = (mantissa - 1) / (mantissa + 1);
        var square = ratio * ratio;
        var sum = 0.0;
        for (var odd = 23; odd >= 1; odd -= 2) sum = sum * square + 1.0 / odd;
        return power * Ln2High + (power * Ln2Low + 2 * ratio * sum);
    }

    /// <summary>
    /// Share of a standard normal below <paramref name="z"/>, absolute error below 7.5e-8
    /// (M. Abramowitz, I. Stegun, Handbook of Mathematical Functions, 1964, 26.2.17).
    /// </summary>
    public static double NormalShareBelow(double z)
    {
        var t = 1 / (1 + 0.2316419 * Math.Abs(z));
        var tail = 0.3989422804014327 * Exp(-z * z / 2)
            * t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return z > 0 ? 1 - tail : tail;
    }
}
