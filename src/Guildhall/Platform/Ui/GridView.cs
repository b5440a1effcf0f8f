namespace Guildhall.Platform.Ui;

/// <summary>A column of a <see cref="DataGrid"/>.</summary>
/// <param name="SortHref">The address of the page sorted by this column; null when it can't be.</param>
/// <param name="Sorted"><c>ascending</c> or <c>descending</c> when the page is sorted by it.</param>
/// <param name="IsOnlyWide">On a phone the row's heading says it instead.</param>
public sealed record GridColumn(string Label, string? SortHref = null, string? Sorted = null, bool IsNumber = false, bool IsOnlyWide = false);

/// <summary>A filter in the address. Each is a select that the form sends by GET.</summary>
public sealed record GridFilter(string Name, string Label, IReadOnlyList<Choice> Choices, string? Chosen);

/// <summary>What stands around the rows of a <see cref="DataGrid"/>: all of it is links and one GET form, so the address says what is shown.</summary>
/// <param name="Caption">What the table lists, for readers.</param>
/// <param name="Action">Where the filter form goes.</param>
/// <param name="Search">The words searched for; null when the list has no search.</param>
/// <param name="Shown">"1 to 50 of 832 sellers".</param>
/// <param name="KeptFields">What the filter form carries on, such as the sort.</param>
public sealed record GridView(
    string Caption,
    IReadOnlyList<GridColumn> Columns,
    string Shown,
    string? Action = null,
    string? Search = null,
    string SearchLabel = "Search",
    IReadOnlyList<GridFilter>? Filters = null,
    IReadOnlyList<(string Name, string Value)>? KeptFields = null,
    string? PreviousHref = null,
    string? NextHref = null)
{
    /// <summary>Whether words or a filter leave rows out.</summary>
    public bool IsNarrowed => !string.IsNullOrEmpty(Search) || (Filters ?? []).Any(filter => !string.IsNullOrEmpty(filter.Chosen));
}
