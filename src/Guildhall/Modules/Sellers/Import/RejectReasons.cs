using System.Collections.Frozen;
using System.Globalization;

namespace Guildhall.Modules.Sellers;

/// <summary>Why a row is rejected, in the words that go into the file of rejected rows.</summary>
static class RejectReasons
{
    static readonly FrozenDictionary<string, string> Reasons = new Dictionary<string, string>
    {
        ["ragged_row"] = "The row has more or fewer cells than the header.",
        ["quotes_unbalanced"] = "A quote stands inside a cell or is never closed.",
        ["not_json"] = "The line isn’t JSON.",
        ["not_an_object"] = "The line isn’t one JSON object.",
        ["nested_value"] = "The value is an object or a list of lists; write a plain value.",
        ["empty_key"] = "The cell is empty, and the row can’t be told apart without it.",
        ["not_a_whole_number"] = "This isn’t a whole number, written in digits alone.",
        ["not_a_number"] = "This isn’t a number, written in digits with one decimal mark.",
        ["not_finite"] = "This is no number that can be counted with (NaN or infinite). Leave the cell empty when it isn’t known.",
        ["not_an_amount"] = "This isn’t an amount, written in digits with one decimal mark and no currency sign.",
        ["too_many_decimals"] = "The amount has more decimals than the currency.",
        ["thousands_unclear"] = "Three digits follow the mark, so it isn’t clear whether it begins decimals or thousands. Write no mark between thousands, and no more decimals than the currency has.",
        ["too_large"] = "The value is too large to be meant.",
        ["negative"] = "The value is below zero.",
        ["out_of_range"] = "The value is outside what this figure can be.",
        ["day_ahead"] = "This day has not come yet.",
        ["no_such_day"] = "There is no such day, or it is written differently from the chosen form.",
        ["implausible_day"] = "The day is before 1990 or after 2199.",
        ["unknown_zone"] = "There is no such time zone. Write its IANA name, such as America/Sao_Paulo.",
        ["not_an_address"] = "This isn’t an email address that mail can reach, like name@example.com.",
        ["not_yes_or_no"] = "Write 1 or 0, true or false, yes or no.",
        ["nul_byte"] = "The cell holds a NUL byte.",
        ["control_character"] = "The cell holds a control character.",
        ["not_utf8"] = "The cell isn’t written in UTF-8.",
        ["too_long"] = "The text is too long.",
        ["too_many_values"] = "The list has more than 200 values.",
        ["erased"] = "This shop’s data were erased, as its owner asked. Its rows are not taken.",
        ["repeated_key"] = "Two or more rows of this file are for the same thing, and which is meant can’t be known. None of them is taken.",
    }.ToFrozenDictionary();

    public static IEnumerable<string> Codes => Reasons.Keys;

    public static string Of(ImportReject reject) => reject.OtherLine is { } other
        ? string.Create(CultureInfo.InvariantCulture, $"Line {other} is for the same thing, and which is meant can’t be known. None of them is taken.")
        : Reasons[reject.Code];
}
