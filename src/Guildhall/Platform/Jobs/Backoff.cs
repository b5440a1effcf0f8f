namespace Guildhall.Platform.Jobs;

/// <summary>How long to wait before something that failed is tried again: a minute, then twice as long each time, up to six hours. Twenty tries take about three days.</summary>
static class Backoff
{
    public static readonly TimeSpan First = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan Longest = TimeSpan.FromHours(6);

    /// <summary>A wait is longer or shorter by up to this share, so that what failed together doesn’t come back together.</summary>
    public const double JitterShare = 0.2;

    /// <param name="tries">So far.</param>
    /// <param name="chance">From 0 to 1.</param>
    public static TimeSpan After(int tries, double chance)
    {
        var wait = Math.Min(First.TotalMinutes * Math.Pow(2, tries - 1), Longest.TotalMinutes);
        return TimeSpan.FromMinutes(wait * (1 + JitterShare * (2 * chance - 1)));
    }
}
