using System.Globalization;

namespace Guildhall.Matching;

/// <summary>Makes and reads the 168-character week of <see cref="Participant.WeekHours"/>: hour 0 is Monday 00:00 to 01:00 in local time.</summary>
public static class WeekGrid
{
    /// <summary>Hours in a week, and characters in a grid.</summary>
    public const int Hours = 168;

    static readonly string[] Days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    /// <summary>A grid from spans in words: "mon 9-12; tue,thu 18-20; sat 0-24".</summary>
    /// <param name="spans">Days (mon … sun, listed with commas) and whole hours from and to, the end left out; spans are split at ';'. Empty text is a week without a free hour.</param>
    /// <returns>168 characters of '0' and '1'.</returns>
    /// <exception cref="FormatException">A day or an hour can't be read, or a span ends before it starts.</exception>
    public static string Parse(string spans)
    {
        ArgumentNullException.ThrowIfNull(spans);
        var grid = new string('0', Hours).ToCharArray();
        foreach (var span in spans.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (days, from, to) = ReadSpan(span);
            foreach (var day in days)
                grid.AsSpan(day * 24 + from, to - from).Fill('1');
        }
        return new string(grid);
    }

    /// <summary>Whether a text is a grid: 168 characters, each '0' or '1'.</summary>
    /// <param name="grid">The text.</param>
    /// <returns>True when it is one.</returns>
    public static bool IsGrid(string? grid) => grid is { Length: Hours } && grid.AsSpan().IndexOfAnyExcept('0', '1') < 0;

    static (int[] Days, int From, int To) ReadSpan(string span)
    {
        var parts = span.Split(' ', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts is [var days, var hours] && hours.Split('-') is [var from, var to]
            && int.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out var start) && int.TryParse(to, NumberStyles.None, CultureInfo.InvariantCulture, out var end)
            && start is >= 0 and < 24 && end > start && end <= 24)
        {
            var indices = Array.ConvertAll(days.Split(','), name => Array.IndexOf(Days, name));
            if (Array.TrueForAll(indices, index => index >= 0)) return (indices, start, end);
        }
        throw new FormatException($"\"{span}\" is not a span of hours like \"mon,wed 9-12\".");
    }
}
