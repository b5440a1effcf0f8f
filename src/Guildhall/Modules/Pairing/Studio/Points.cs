using System.Globalization;

namespace Guildhall.Modules.Pairing;

/// <summary>How scores are written: points of 100, a true minus, no decimals where a column ranks.</summary>
static class Points
{
    /// <summary>A score in millionths as points.</summary>
    public static decimal Of(long millionths) => millionths / 10_000m;

    public static string Whole(decimal points) => Rounded(points).ToString("0", CultureInfo.CurrentCulture);

    public static string Tenths(decimal points) => points.ToString("0.0", CultureInfo.CurrentCulture);

    /// <summary>The difference of two scores as they are shown, so that a row always adds up.</summary>
    public static string Change(decimal before, decimal after) => Signed(Difference(before, after));

    /// <inheritdoc cref="Change"/>
    public static decimal Difference(decimal before, decimal after) => Rounded(after) - Rounded(before);

    public static string Signed(decimal change) => Rounded(change) switch
    {
        > 0 and var up => $"+{up:0}",
        < 0 and var down => $"−{-down:0}",
        _ => "0",
    };

    static decimal Rounded(decimal points) => Math.Round(points, 0, MidpointRounding.AwayFromZero);
}
