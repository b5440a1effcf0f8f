using System.Runtime.InteropServices;
using Guildhall.Evidence.Numerics;

namespace Guildhall.Evidence;

/// <summary>An estimated number and how uncertain it is.</summary>
/// <param name="Value">The estimate, in the outcome's unit.</param>
/// <param name="StandardError">Its standard error in the same unit, 0 or more; NaN where the value is 0 by definition, as in a base period.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Estimate(double Value, double StandardError)
{
    // Its inverse, so that an estimate that says nothing of it goes by the normal distribution.
    readonly double perDegree;

    /// <summary>The degrees of freedom of the t distribution by which its intervals go, above 0; infinite for the normal distribution, as it is unless said.</summary>
    public double DegreesOfFreedom
    {
        get => 1 / perDegree;
        init => perDegree = value > 0 ? 1 / value : throw new ArgumentOutOfRangeException(nameof(value), value, "Degrees of freedom are above 0.");
    }

    /// <summary>The interval value ± critical value · standard error, with the quantile of the t distribution, or of the normal one.</summary>
    /// <param name="level">The chance with which such intervals hold the true value, above 0 and below 1.</param>
    /// <returns>The interval; both ends NaN when the standard error is.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> isn't between 0 and 1.</exception>
    public Interval Interval(double level = 0.95) => WithCriticalValue(Critical(level));

    /// <summary>The interval value ± critical value · standard error: with the critical value of a band, its part of a simultaneous band.</summary>
    /// <param name="criticalValue">The number of standard errors to either side, 0 or more.</param>
    /// <returns>The interval; both ends NaN when the standard error is.</returns>
    public Interval WithCriticalValue(double criticalValue) => new(Value - criticalValue * StandardError, Value + criticalValue * StandardError);

    /// <summary>The same estimate with so large a standard error that its 95% interval, with those of as many others treated alike, holds its true value together with theirs in 95 of 100 studies (Bonferroni).</summary>
    /// <param name="many">How many are read together, this one included; 1 changes nothing.</param>
    /// <returns>The same value, with a standard error that is not smaller.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="many"/> is below 1.</exception>
    public Estimate Among(int many)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(many, 1);
        return this with { StandardError = StandardError * (Critical(1 - (0.05 / many)) / Critical(0.95)) };
    }

    /// <summary>The same estimate by the normal distribution, with so large a standard error that its 95% interval is the same.</summary>
    /// <returns>The same value, with a standard error that is not smaller.</returns>
    public Estimate ByNormal() => new(Value, StandardError * (Critical(0.95) / Probability.TwoSidedCritical(0.95)));

    double Critical(double level) => perDegree > 0 ? Probability.StudentQuantile(0.5 + (0.5 * Probability.CheckedLevel(level)), DegreesOfFreedom) : Probability.TwoSidedCritical(level);

    /// <summary>The two-sided p-value of the hypothesis that the true value is <paramref name="hypothesis"/>, by the distribution that intervals go by.</summary>
    /// <param name="hypothesis">The value held against the estimate, in the outcome's unit.</param>
    /// <returns>0 to 1; NaN when the standard error is.</returns>
    public double PValue(double hypothesis = 0) => perDegree > 0 ? Probability.TwoSidedStudent((Value - hypothesis) / StandardError, DegreesOfFreedom) : Probability.TwoSidedNormal((Value - hypothesis) / StandardError);
}

/// <summary>A range of values, ends included.</summary>
/// <param name="Lower">The lower end.</param>
/// <param name="Upper">The upper end, not below the lower.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Interval(double Lower, double Upper)
{
    /// <summary>Whether a value lies within, ends included; false when an end or the value is NaN.</summary>
    /// <param name="value">Any number.</param>
    public bool Contains(double value) => Lower <= value && value <= Upper;

    /// <summary>The difference of the ends.</summary>
    public double Width => Upper - Lower;
}
