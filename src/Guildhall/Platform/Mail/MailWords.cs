using System.Globalization;
using System.Text;

namespace Guildhall.Platform.Mail;

/// <summary>Text from people as a mail may carry it.</summary>
static class MailWords
{
    /// <summary>For a header or a label: nothing that begins a line, and nothing that can’t be seen.</summary>
    public static string OnOneLine(string text) => string.Join(' ', Seen(text, line => false).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>For a paragraph, which may have several lines.</summary>
    public static string OnLines(string text) => Seen(text.ReplaceLineEndings("\n"), letter => letter is '\n' or '\t').Trim();

    /// <summary>At most so many characters, without half a character at the end.</summary>
    public static string Cut(string text, int most) => text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];

    // Line and paragraph separators (U+2028, U+2029) begin a line for some readers; a lone half of a surrogate pair is no character at all.
    static string Seen(string text, Func<char, bool> isKept)
    {
        var seen = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            var letter = text[at];
            if (char.IsHighSurrogate(letter) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1])) seen.Append(letter).Append(text[++at]);
            else if (isKept(letter)) seen.Append(letter);
            else seen.Append(char.GetUnicodeCategory(letter) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate ? ' ' : letter);
        }

        return seen.ToString();
    }
}
