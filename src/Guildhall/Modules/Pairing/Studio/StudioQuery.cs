using Microsoft.AspNetCore.WebUtilities;

namespace Guildhall.Modules.Pairing;

/// <summary>What of a run is in view, as the address says it.</summary>
/// <param name="Number">The run; the newest when null.</param>
/// <param name="Tab">proposed, changed, kept or left-out.</param>
/// <param name="Sort">best, lowest, change or name.</param>
/// <param name="Open">The mentee whose pair is open: the first in the list when null, nobody when empty.</param>
/// <param name="Rows">Rows shown: a page grows to 500 rows, then the next ones follow on a page of their own.</param>
/// <param name="From">Rows before the first shown.</param>
/// <param name="Unmatched">The page of mentees without a mentor; the first few of them when null.</param>
/// <param name="Costs">Whether the page waits for what each rule costs and where mentors are short.</param>
sealed record StudioQuery(string Program, int? Number, string Tab = "proposed", string Sort = "best", string? Open = null, int Rows = StudioQuery.FirstRows, int From = 0, bool Costs = false, int? Unmatched = null)
{
    public const int FirstRows = 25;
    public const int MostRows = 500;

    public string Studio => $"/manage/{Program}/matching";

    public string Run => Number is { } number ? $"{Studio}/{number}" : Studio;

    /// <summary>The address of this view; what is as usual is left out.</summary>
    public string Href => QueryHelpers.AddQueryString(Run, new Dictionary<string, string?>
    {
        ["tab"] = Tab == "proposed" ? null : Tab,
        ["sort"] = Sort == "best" ? null : Sort,
        ["open"] = Open,
        ["from"] = From == 0 ? null : From.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["unmatched"] = Unmatched?.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["costs"] = Costs ? "true" : null,
        ["rows"] = Rows == FirstRows ? null : Rows.ToString(System.Globalization.CultureInfo.InvariantCulture),
    }.Where(part => part.Value is not null));
}
