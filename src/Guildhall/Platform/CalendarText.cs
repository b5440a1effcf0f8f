using System.Globalization;
using System.Text;

namespace Guildhall.Platform;

/// <summary>The text form of iCalendar (RFC 5545, 3.1 and 3.3.11): values that can't break out of their line, and lines that no program finds too long.</summary>
static class CalendarText
{
    /// <summary>Octets of a line without its end.</summary>
    public const int LineLimit = 75;

    /// <summary>Text from people as the value of a property. What begins a line for any reader becomes "\n", and what can't be seen is left out.</summary>
    public static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var letter in text.Replace("\r\n", "\n", StringComparison.Ordinal).EnumerateRunes())
        {
            switch (letter.Value)
            {
                case '\\' or ';' or ',':
                    escaped.Append('\\').Append(letter);
                    break;
                // Some readers also split at these: line and paragraph separators, the next-line control, vertical tab and form feed.
                case '\n' or '\r' or 0x2028 or 0x2029 or 0x85 or 0x0B or 0x0C:
                    escaped.Append("\\n");
                    break;
                case var _ when Rune.GetUnicodeCategory(letter) == UnicodeCategory.Control:
                    escaped.Append(' ');
                    break;
                // A lone half of a surrogate pair comes out as the replacement character.
                default:
                    escaped.Append(letter);
                    break;
            }
        }

        return escaped.ToString();
    }

    /// <summary>The lines as they are sent: each of at most 75 octets, continued behind a blank, never in the middle of a character.</summary>
    public static string Folded(IEnumerable<string> lines)
    {
        var folded = new StringBuilder();
        foreach (var line in lines)
        {
            var octets = 0;
            foreach (var letter in line.EnumerateRunes())
            {
                if (octets + letter.Utf8SequenceLength > LineLimit)
                {
                    folded.Append("\r\n ");
                    octets = 1;
                }

                folded.Append(letter);
                octets += letter.Utf8SequenceLength;
            }

            folded.Append("\r\n");
        }

        return folded.ToString();
    }

    /// <summary>A moment in UTC.</summary>
    public static string Utc(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A wall time.</summary>
    public static string Local(DateTime local) => local.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);
}
