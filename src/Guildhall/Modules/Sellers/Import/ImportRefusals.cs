using Guildhall.Platform;

namespace Guildhall.Modules.Sellers;

/// <summary>The words in which a file is refused: what happened, that nothing changed, what to do.</summary>
static class ImportRefusals
{
    public static Refusal Empty => File("empty_file", "The file is empty.", "Export it again and check that it has rows.");
    public static Refusal OnlyHeader => File("no_rows", "The file has a header and no rows.", "Export it again and check that it has rows.");
    public static Refusal Utf16 => File("utf16", "The file is written in UTF-16.", "Save it as CSV in UTF-8.");
    public static Refusal NotUtf8 => File("not_utf8", "The header isn’t written in UTF-8.", "Save the file as CSV in UTF-8.");
    public static Refusal Spreadsheet => File("not_text", "This is a spreadsheet or an archive, not a text file.", "Save the sheet as CSV, or pack a single CSV file with gzip.");
    public static Refusal NulBytes => File("nul_bytes", "The file holds NUL bytes, so it isn’t text.", "Export it again as CSV in UTF-8.");
    public static Refusal JsonArray => File("json_array", "The file is one JSON array.", "Write one object a line (newline-delimited JSON), without the brackets around them.");
    public static Refusal NoObjects => File("no_objects", "The lines of the file aren’t JSON objects.", "Write one object a line, such as {\"seller_id\": \"42\"}.");
    public static Refusal NoHeader => File("no_header", "The first row holds values, not column names.", "Add a first row with the names of the columns.");
    public static Refusal HeaderRepeated(string name) => File("header_repeated", name.Length == 0 ? "Two columns have no name." : $"Two columns are named “{name}”.", "Give each column its own name; if the first row is data already, add a header line.");
    public static Refusal TooManyColumns(int count, int most) => File("too_many_columns", $"The file has {count} columns; {most} can be read.", "Leave out the columns that aren’t needed.");
    public static Refusal SeparatorUnclear(string found) => File("separator_unclear", $"The header holds {found}, so it isn’t clear what separates the columns.", "Put names that hold a separator in quotes, or take it out of them.");
    public static Refusal SeparatorUnknown => File("separator_unknown", "The columns aren’t separated by a comma, a semicolon or a tab.", "Save the file with one of these between the columns.");
    public static Refusal LineTooLong(long line) => File("line_too_long", $"The row that begins on line {line} is longer than 1 MB.", "Look for a quote that is opened and never closed near that line.");
    public static Refusal GzipBroken => File("gzip_broken", "The gzip file ends early, is damaged or was joined from several.", "Pack it again as one file and send it.");
    public static Refusal GzipBomb => File("gzip_too_large", "The gzip file unpacks to far more than a file of this size should.", "Send the file unpacked, or in parts.");
    public static Refusal TooLarge(long gigabytes) => File("file_too_large", $"The file is larger than {gigabytes} GB.", "Send it in parts.");
    public static Refusal LateColumn(string name, long line) => File("late_column", $"“{name}” first comes on line {line:N0}, and columns are looked for on the first {ImportFile.LinesSearchedForNames:N0}.", "Write it on the first line too, as null where it isn’t known.");
    public static Refusal FileGone => File("file_not_found", "The file isn’t there.", "Check its name and folder.");
    public static Refusal OtherFile => File("file_changed", "The file changed while it was read.", "Run the import again once the file is complete.");
    public static string NeedAFix(long rejected, long total) => $"{rejected:N0} of {total:N0} {(total == 1 ? "row" : "rows")} {(rejected == 1 ? "needs" : "need")} a fix";
    public static Refusal BadRows(long rejected, long total) => File("bad_rows", $"{NeedAFix(rejected, total)}.", "Fix them and send the file again, or choose to skip bad rows.");
    public static Refusal NoCurrency => File("no_currency", "The file holds money and the marketplace’s currency isn’t known.", "Finish the set-up first: /settings/marketplace names the currency.");
    public static Refusal CouldNotGoOn => File("could_not_go_on", "The product failed at this file again and again.", "Upload it once more; if that ends here too, tell whoever runs Guildhall: the log holds the error.");
    public static Refusal FilledTwice(string column, IEnumerable<string> headers) => Refusal.Invalid("column_filled_twice",
        $"{string.Join(" and ", headers.Select(header => $"“{header}”"))} would both become {column}. Nothing was imported. Choose one of them.", "mapping-table");
    static Refusal File(string code, string what, string then) => Refusal.Invalid(code, $"{what} Nothing was imported. {then}", "file");
}
