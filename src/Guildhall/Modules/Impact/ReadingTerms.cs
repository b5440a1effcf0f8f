using System.Globalization;
using Guildhall.Platform;

namespace Guildhall.Modules.Impact;

/// <summary>What a program is judged by, of sellers who sold before they joined.</summary>
public enum StudyOutcome
{
    /// <summary>Money, by how much more was sold than expected: growth against growth.</summary>
    Sales,

    /// <summary>Orders that were not canceled, by how many more there were than expected: difference against difference.</summary>
    Orders,
}

/// <summary>What is looked at and how, settled before anybody looks.</summary>
/// <param name="WindowPeriods">So many periods of four weeks count, from joining on.</param>
/// <param name="UsefulPercent">The smallest effect worth having, in percent of what was to be expected.</param>
public sealed record ReadingTerms(StudyOutcome Outcome, int WindowPeriods, bool ComparesCategory, bool ComparesCountry, bool ComparesAge, decimal UsefulPercent)
{
    public const int LeastWindow = 2, LongestWindow = 13;
    public const decimal MostUseful = 200;

    /// <summary>How first sales of new sellers are looked at; null where they are not, as the others.</summary>
    public WaitTerms? FirstSale { get; init; }
    public WaitTerms? Milestone { get; init; }
    public WaitTerms? Staying { get; init; }

    /// <summary>What new sellers are watched for.</summary>
    internal IEnumerable<WaitTerms> Waits => new[] { FirstSale, Milestone, Staying }.OfType<WaitTerms>();

    internal WaitTerms? Of(Awaited what) => Waits.SingleOrDefault(wait => wait.What == what);

    internal Refusal? Problems() => Refusal.Together(
    [
        WindowPeriods is < LeastWindow or > LongestWindow ? Refusal.Invalid("window", string.Create(CultureInfo.InvariantCulture, $"Enter a window of {LeastWindow} to {LongestWindow} periods of four weeks."), "WindowPeriods") : null,
        UsefulPercent is <= 0 or > MostUseful ? Refusal.Invalid("useful", string.Create(CultureInfo.InvariantCulture, $"Enter the smallest useful effect in percent, above 0 and up to {MostUseful}."), "UsefulPercent") : null,
        .. Waits.SelectMany(wait => wait.Problems()),
    ]);
}
