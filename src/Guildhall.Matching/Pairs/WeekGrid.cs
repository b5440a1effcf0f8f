using System.Globalization;

namespace Guildhall.Matching;

/// <summary>Makes and reads the 168-character week of <see cref="Participant.WeekHours"/>: hour 0 is Monday 00:00 to 01:00 in local time.</summary>
public static class WeekGrid
{
    /// <summary>Hours in a week, and characters in a grid.</summary>
    public const int Hours = 168;

    static readonly string[] Days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    /// <summary>A grid from spans in words: "mon-fri 9-12; tue,thu 18-20; sat 0-24".</summary>
    /// <param name="spans">Days (mon … sun, listed with commas or from one to another) and whole hours from and to, the end left out; spans are split at ';'. Empty text is a week without a free hour.</param>
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
            && start < end && end <= 24)
        {
            var ranges = Array.ConvertAll(days.Split(','), ReadDays);
            if (Array.TrueForAll(ranges, range => range.Length > 0)) return ([.. ranges.SelectMany(range => range)], start, end);
        }
        throw new FormatException($"\"{span}\" is not a span of hours like \"mon,wed 9-12\" or \"mon-fri 18-20\".");
    }

    /// <summary>One day, or all from one to another, over Sunday too; none where it can't be read.</summary>
    static int[] ReadDays(string text)
    {
        var (from, to) = text.Split('-') switch
        {
            [var day] => (Array.IndexOf(Days, day), Array.IndexOf(Days, day)),
            [var first, var last] => (Array.IndexOf(Days, first), Array.IndexOf(Days, last)),
            _ => (-1, -1),
        };
        return from < 0 || to < 0 ? [] : [.. Enumerable.Range(from, (to - from + Days.Length) % Days.Length + 1).Select(day => day % Days.Length)];
    }
}
