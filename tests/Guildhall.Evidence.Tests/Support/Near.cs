namespace Guildhall.Evidence.Tests.Support;

static class Near
{
    /// <summary>Within an absolute tolerance; NaN is near NaN alone.</summary>
    public static void ShouldBeNear(this double actual, double expected, double tolerance, string what = "")
    {
        if (double.IsNaN(expected) ? !double.IsNaN(actual) : !(Math.Abs(actual - expected) <= tolerance))
            Assert.Fail(FormattableString.Invariant($"{what}: {actual:R} is not within {tolerance:R} of {expected:R}; off by {actual - expected:E2}."));
    }

    /// <summary>Within a tolerance relative to the expected value, and absolute below 1e−300.</summary>
    public static void ShouldBeNearly(this double actual, double expected, double relative, string what = "") => actual.ShouldBeNear(expected, relative * Math.Abs(expected), what);
}
