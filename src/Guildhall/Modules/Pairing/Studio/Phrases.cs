using System.Globalization;

namespace Guildhall.Modules.Pairing;

/// <summary>Turns of phrase that every sentence about runs is made with.</summary>
static class Phrases
{
    /// <summary>"3 more mentees get a mentor", "1 fewer mentee gets a mentor".</summary>
    public static string MoreMatched(int change) => $"{Count(Math.Abs(change))} {(change > 0 ? "more" : "fewer")} {(Math.Abs(change) == 1 ? "mentee gets" : "mentees get")} a mentor";

    /// <summary>"lowers average fit by 0.3": what a change does to the mean score of the pairs.</summary>
    public static string AverageFit(int matchedBefore, long totalBefore, int matchedAfter, long totalAfter)
    {
        var change = Average(totalAfter, matchedAfter) - Average(totalBefore, matchedBefore);
        var by = Math.Abs(change) < 0.05m ? "less than 0.1" : Math.Abs(change).ToString("0.0", CultureInfo.InvariantCulture);
        return change == 0 ? "leaves average fit as it is" : $"{(change > 0 ? "raises" : "lowers")} average fit by {by}";

        static decimal Average(long total, int matched) => matched == 0 ? 0 : Points.Of(total) / matched;
    }

    /// <summary>The share of draws in which a pair came out, as files hold it; empty where nothing was drawn.</summary>
    public static string Odds(double? odds) => odds?.ToString("0.####", CultureInfo.InvariantCulture) ?? "";

    /// <summary>A sentence that ends with a name which ends with a full stop itself, such as "Candle Co.", has one of them.</summary>
    public static string OneStop(string sentence) => sentence.Contains("...", StringComparison.Ordinal) ? sentence : sentence.Replace("..", ".", StringComparison.Ordinal);

    /// <summary>"a", "a and b", "a, b and c".</summary>
    public static string Listed(List<string> parts) => parts.Count < 2 ? string.Concat(parts) : $"{string.Join(", ", parts.SkipLast(1))} and {parts[^1]}";

    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>"1 pair", "1,200 pairs".</summary>
    public static string Plural(long count, string one) => $"{Count(count)} {(count == 1 ? one : one + "s")}";
}
