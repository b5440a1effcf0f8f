using System.Text.Json.Serialization;
using Guildhall.Evidence;

namespace Guildhall.Modules.Impact;

/// <summary>An effect as the public reads it: a number with its 95% interval, rounded to what the interval supports, and the same in words.</summary>
/// <param name="Unit">What the three numbers count, such as "percent of what was expected"; above zero is better.</param>
/// <param name="Words">"22% more".</param>
/// <param name="LowerEnd">"+5%": an end of the interval at a picture of it.</param>
public sealed record PublicEffect(string Unit, double Value, double Lower, double Upper, string Words, string LowerEnd, string UpperEnd)
{
    internal bool IsClear => Lower > 0 || Upper < 0;
}

/// <summary>One outcome as the public reads it. Where the verdict allows no number, there is none in it.</summary>
/// <param name="Id">Stays the same from release to release.</param>
/// <param name="VerdictWords">One of the eight verdicts.</param>
/// <param name="Finding">The one sentence.</param>
/// <param name="Mentored">About so many mentored sellers were compared, to the nearest ten; null where nothing was.</param>
/// <param name="Compared">With about so many who had no mentor.</param>
/// <param name="DueOn">From this day on there can be a result; of "Too early" alone.</param>
public sealed record PublicOutcome(string Id, string Name, VerdictKind Verdict, string VerdictWords, string Finding, string Detail, PublicEffect? Effect, int? Mentored, int? Compared, DateOnly? DueOn)
{
    internal const string OrderValue = "order-value", Reviews = "reviews", SentBack = "sent-back", SentLate = "sent-late";

    /// <summary>How sure, and of how many; null without a number.</summary>
    [JsonIgnore]
    public string? Basis => this is { Mentored: { } mentored, Compared: { } compared } ? $"{(Id is OrderValue or Reviews or SentBack or SentLate ? "Its interval and those of the other averages hold together in 95 of 100 studies" : "95% interval")}. About {PublicCounts.About(mentored)} mentored sellers compared with about {PublicCounts.About(compared)} similar sellers who had no mentor." : null;
}

/// <summary>How many mentored sellers there are, by main category and country. A number that is null is not shown: nobody, fewer than ten, everybody of a row or a column, or one that would give such a number away.</summary>
/// <param name="Rows">Main categories.</param>
/// <param name="Columns">Countries.</param>
/// <param name="Counts">By row and column; the last row and the last column are totals.</param>
public sealed record PublicTable(IReadOnlyList<string> Rows, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<int?>> Counts);

/// <summary>How many sellers applied to be mentors and how many were taken in, to the nearest ten; null under ten.</summary>
public sealed record PublicSelection(int? Applied, int? Accepted);

/// <summary>Who mentors, in words: what is asked of mentors, how they are taken in, and what they get.</summary>
public sealed record PublicMentoring(string Criteria, string Vetting, string Reward);

/// <summary>A published number that is another now.</summary>
public sealed record PublicChange(DateOnly On, string Outcome, string From, string To, string Because);

/// <summary>That results were taken down.</summary>
public sealed record TakenDown(DateOnly On, string Because);

/// <summary>
/// The results of a program as the public reads them, and nothing else that they could be told by: the page, the JSON and the CSV show this document (docs/guide/public-results.md has every field). Frozen with its release.
/// </summary>
public sealed record PublicResults
{
    /// <summary>Changes when a field changes its meaning.</summary>
    public string Format { get; init; } = "guildhall-results-1";

    /// <summary>The program's part of the address of its results.</summary>
    public required string Address { get; init; }
    public required string Program { get; init; }
    public required string Cohort { get; init; }

    /// <summary>1 is the first.</summary>
    public required int Release { get; init; }
    public required DateOnly PublishedOn { get; init; }

    /// <summary>The last day of figures that counts; null once they were taken down.</summary>
    public DateOnly? FiguresThrough { get; init; }

    /// <summary>The window after joining that was settled beforehand.</summary>
    public int? WindowWeeks { get; init; }
    public IReadOnlyList<PublicOutcome> Outcomes { get; init; } = [];
    public PublicTable? WhoTookPart { get; init; }

    /// <summary>Why there is no table of who took part.</summary>
    public string? WhoTookPartHeldBack { get; init; }
    public PublicSelection? Mentors { get; init; }

    /// <summary>By the program's rules on the day of the release; null in releases from before it was told.</summary>
    public PublicMentoring? Mentoring { get; init; }

    /// <summary>Of all releases, the newest first.</summary>
    public IReadOnlyList<PublicChange> Changes { get; init; } = [];
    public TakenDown? TakenDown { get; init; }
}
