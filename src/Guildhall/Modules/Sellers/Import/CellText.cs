using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;

namespace Guildhall.Modules.Sellers;

/// <summary>Reads the text of one cell, from UTF-8 bytes, without making a string of it.</summary>
static class CellText
{
    /// <summary>Sums over 5,000,000 rows of the largest amount still fit a 64-bit integer, with room to spare.</summary>
    public const long LargestMinorUnits = 1_000_000_000_000;

    static readonly SearchValues<byte> ClockLetters = SearchValues.Create("0123456789:.+-Z "u8);
    static readonly int EarliestDay = new DateOnly(1990, 1, 1).DayNumber;
    static readonly int LatestDay = new DateOnly(2199, 12, 31).DayNumber;

    public static ReadOnlySpan<byte> Trimmed(ReadOnlySpan<byte> cell) => cell.Trim(" \t"u8);

    public static bool TryWhole(ReadOnlySpan<byte> cell, out long value)
    {
        // Spreadsheets and data frames write a column with gaps as 4.0.
        if (cell.EndsWith(".0"u8)) cell = cell[..^2];
        return Utf8Parser.TryParse(cell, out value, out var used) && used == cell.Length && cell[0] != (byte)'+';
    }

    public static bool TryNumber(ReadOnlySpan<byte> cell, bool decimalComma, out double value)
    {
        Span<byte> copy = stackalloc byte[32];
        if (cell.Length > copy.Length) return Nothing(out value);
        cell.CopyTo(copy);
        if (decimalComma) copy[..cell.Length].Replace((byte)',', (byte)'.');
        return Utf8Parser.TryParse(copy[..cell.Length], out value, out var used) && used == cell.Length;
    }

    /// <summary>
    /// Reads an amount such as <c>1234.5</c> into minor units, by digits: no binary fraction is ever involved. Returns the code of what
    /// keeps it from being one, or <c>null</c>.
    /// </summary>
    public static string? Money(ReadOnlySpan<byte> cell, int decimals, bool decimalComma, out long minorUnits)
    {
        minorUnits = 0;
        var mark = decimalComma ? (byte)',' : (byte)'.';
        var negative = cell[0] == (byte)'-';
        if (negative) cell = cell[1..];
        int digits = 0, fraction = -1;
        var mayGroup = cell.IndexOf(mark) is >= 1 and <= 3 && cell[0] != (byte)'0';
        foreach (var letter in cell)
        {
            if (letter == mark && fraction < 0)
            {
                fraction = 0;
                continue;
            }
            if (letter is < (byte)'0' or > (byte)'9') return LooksNotFinite(cell) ? "not_finite" : "not_an_amount";
            digits++;
            if (fraction >= 0 && ++fraction > decimals)
            {
                // 0.500 in a currency of two decimals is 0.50: a zero adds nothing and is let through.
                if (letter != (byte)'0') return "too_many_decimals";
                continue;
            }
            if (minorUnits > LargestMinorUnits) return "too_large";
            minorUnits = minorUnits * 10 + (letter - '0');
        }
        if (digits == 0 || fraction == 0) return "not_an_amount";
        // 1.200 may be 1.20, and it may be 1,200.
        if (fraction == 3 && decimals < 3 && mayGroup) return "thousands_unclear";
        for (var place = Math.Clamp(fraction, 0, decimals); place < decimals; place++) minorUnits *= 10;
        if (minorUnits > LargestMinorUnits) return "too_large";
        return negative && minorUnits > 0 ? "negative" : null;
    }

    public static bool LooksNotFinite(ReadOnlySpan<byte> cell) =>
        Ascii.EqualsIgnoreCase(cell, "nan"u8) || Ascii.EqualsIgnoreCase(cell.TrimStart("+-"u8), "inf"u8) || Ascii.EqualsIgnoreCase(cell.TrimStart("+-"u8), "infinity"u8)
        || cell.SequenceEqual("∞"u8);

    /// <summary>Reads a day, or the date part of an instant such as <c>2018-06-01T10:15:00Z</c> as it is written.</summary>
    public static bool TryDay(ReadOnlySpan<byte> cell, string format, out DateOnly day)
    {
        day = default;
        if (cell.Length > 10 && cell[10] is (byte)'T' or (byte)' ' && cell.Length <= 40 && IsClock(cell[11..])) cell = cell[..10];
        if (cell.Length != 10) return false;
        var (yearAt, monthAt, dayAt) = format switch { "yyyy-MM-dd" => (0, 5, 8), "MM/dd/yyyy" => (6, 0, 3), _ => (6, 3, 0) };
        var mark = (byte)(format[0] == 'y' ? '-' : format[2]);
        if (cell[yearAt == 0 ? 4 : 2] != mark || cell[yearAt == 0 ? 7 : 5] != mark) return false;
        int year = Digits(cell[yearAt..(yearAt + 4)]), month = Digits(cell[monthAt..(monthAt + 2)]), date = Digits(cell[dayAt..(dayAt + 2)]);
        if (year < 1 || month is < 1 or > 12 || date < 1 || date > DateTime.DaysInMonth(year, month)) return false;
        day = new DateOnly(year, month, date);
        return true;
    }

    /// <summary>A typing slip such as the year 0218 or 20018 would otherwise make a partition of its own.</summary>
    public static bool IsPlausible(DateOnly day) => day.DayNumber >= EarliestDay && day.DayNumber <= LatestDay;

    public static bool? Flag(ReadOnlySpan<byte> cell) =>
        cell.SequenceEqual("1"u8) || Ascii.EqualsIgnoreCase(cell, "true"u8) || Ascii.EqualsIgnoreCase(cell, "yes"u8) ? true
        : cell.SequenceEqual("0"u8) || Ascii.EqualsIgnoreCase(cell, "false"u8) || Ascii.EqualsIgnoreCase(cell, "no"u8) ? false
        : null;

    /// <summary>What keeps a text out: broken UTF-8, or a control character, NUL among them.</summary>
    public static string? Text(ReadOnlySpan<byte> cell, int longest)
    {
        if (cell.Contains((byte)0)) return "nul_byte";
        foreach (var letter in cell)
            if (letter is < 0x20 and not ((byte)'\t' or (byte)'\n' or (byte)'\r') or 0x7F) return "control_character";
        if (!Utf8.IsValid(cell)) return "not_utf8";
        return cell.Length > longest && Encoding.UTF8.GetCharCount(cell) > longest ? "too_long" : null;
    }

    /// <summary>A path with one separator and no blanks around it: "Home &gt; Kitchen" and "Home / Kitchen" are "Home/Kitchen".</summary>
    public static ReadOnlySpan<byte> Path(ReadOnlySpan<byte> cell)
    {
        if (!cell.ContainsAny("/>"u8)) return cell;
        var path = new byte[cell.Length];
        var length = 0;
        foreach (var part in cell.SplitAny("/>"u8))
        {
            var name = Trimmed(cell[part]);
            if (name.IsEmpty) continue;
            if (length > 0) path[length++] = (byte)'/';
            name.CopyTo(path.AsSpan(length));
            length += name.Length;
        }
        return path.AsSpan(0, length);
    }

    static bool IsClock(ReadOnlySpan<byte> time)
    {
        if (time.Length < 5 || time[2] != (byte)':') return false;
        if (Digits(time[..2]) is < 0 or > 23 || Digits(time[3..5]) is < 0 or > 59) return false;
        return !time.ContainsAnyExcept(ClockLetters);
    }

    static int Digits(ReadOnlySpan<byte> text)
    {
        var value = 0;
        foreach (var letter in text)
        {
            if (letter is < (byte)'0' or > (byte)'9') return -1;
            value = value * 10 + (letter - '0');
        }
        return value;
    }

    static bool Nothing(out double value)
    {
        value = 0;
        return false;
    }
}
