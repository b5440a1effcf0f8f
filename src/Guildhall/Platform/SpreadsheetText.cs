namespace Guildhall.Platform;

/// <summary>
/// Text in a CSV that people open with a spreadsheet. A value that it would run as a formula gets an apostrophe in front, and so does one
/// that begins with an apostrophe: taking one off gives back every value exactly.
/// </summary>
static class SpreadsheetText
{
    public static string Defused(string value) => value.Length > 0 && StartsLikeFormula(value) ? "'" + value : value;

    // Spreadsheets also take the full-width forms; leading blanks and line breaks don't stop them.
    static bool StartsLikeFormula(string value) => value[0] is '\t' or '\r' or '\n'
        || (value.TrimStart() is { Length: > 0 } seen && seen[0] is '=' or '+' or '-' or '@' or '\'' or '＝' or '＋' or '－' or '＠' or '\0');
}
