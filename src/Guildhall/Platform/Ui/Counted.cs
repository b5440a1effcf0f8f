using System.Globalization;

namespace Guildhall.Platform.Ui;

/// <summary>Numbers of things as people read them.</summary>
static class Counted
{
    /// <summary>"1,286".</summary>
    public static string Of(int count) => count.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>"1 pair", "38 pairs".</summary>
    public static string Of(int count, string one, string many) => $"{Of(count)} {(count == 1 ? one : many)}";
}
