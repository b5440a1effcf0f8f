namespace Guildhall.Platform.Database;

/// <summary>Words somebody typed as a pattern for ILIKE: what they typed, anywhere in the text.</summary>
static class LikePattern
{
    public static string Holding(string words) =>
        $"%{words.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
}
