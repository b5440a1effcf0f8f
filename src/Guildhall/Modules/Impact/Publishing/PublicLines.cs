using System.Globalization;
using Guildhall.Evidence;
using Guildhall.Modules.Sellers;

namespace Guildhall.Modules.Impact;

/// <summary>What of a reading the public is told, outcome by outcome: the one place where an outcome becomes public. Another one is one more line.</summary>
/// <remarks>Shares and no amounts: an average of few large shops would come near to what one of them sells. No shortfalls: "12 more are needed" says that there are 18.</remarks>
static class PublicLines
{
    /// <param name="goal">What the program's goal is, where that is of new sellers: it stands first.</param>
    public static IReadOnlyList<PublicOutcome> Of(Findings found, ReadingTerms terms, Awaited? goal, string? currencyCode)
    {
        return
        [
            .. Waits(wait => wait.What == goal),
            Sold(found, terms),
            .. Waits(wait => wait.What != goal),
            .. found.Averages.Where(average => average.What is PanelAverage.OrderValue or PanelAverage.Review || average.MustNotGetWorse).Select(average => Average(average, found, new(found, terms, null))),
        ];

        IEnumerable<PublicOutcome> Waits(Func<FoundWait, bool> which) => found.Waits.Where(wait => which(wait) && terms.Of(wait.What) is not null).Select(wait => Wait(wait, terms.Of(wait.What)!, currencyCode));
    }

    static PublicOutcome Wait(FoundWait found, WaitTerms terms, string? currencyCode)
    {
        var words = new WaitWords(found, terms, currencyCode);
        var (id, name) = found.What switch { Awaited.FirstSale => ("first-sale", "Time to first sale"), Awaited.Milestone => ("milestone", "Time to a revenue milestone"), _ => ("staying", "How long new sellers stay") };
        var due = found.WindowEndsOn.AddDays(1);
        var (finding, detail) = found.Verdict switch
        {
            VerdictKind.TooEarly => ($"Too early to say: due {ImpactWords.Day(due)}", $"The first {found.WithinDays} days with a mentor are not over for everybody."),
            VerdictKind.TooFew => ("Too few to say", words.Asked("mentored sellers")),
            VerdictKind.NotReported => (words.Headline, "A number would mislead here, so there is none."),
            VerdictKind.TooSmallToMatter => (words.Headline, $"{words.Sentence} {words.TooSmall}"),
            _ => (words.Headline, $"Of the first {found.WithinDays} days with a mentor. The true difference is very likely {words.Between}."),
        };
        return new(
            id, name, found.Verdict, words.Badge, finding, found.What == Awaited.Quiet && found.Verdict != VerdictKind.TooEarly ? $"{detail} {words.Definition}" : detail,
            found.DaysBetter is { } days ? new(found.What == Awaited.Quiet ? "days later" : "days sooner", Tenth(days.Value), Tenth(days.Lower), Tenth(days.Upper), words.Change(days.Value), WaitWords.End(days.Lower), WaitWords.End(days.Upper)) : null,
            found.DaysBetter is null ? null : PublicCounts.Rounded(found.Mentees), found.DaysBetter is null ? null : PublicCounts.Rounded(found.Others), found.Verdict == VerdictKind.TooEarly ? due : null);

        static double Tenth(double number) => Math.Round(number, 1, MidpointRounding.AwayFromZero);
    }

    static PublicOutcome Sold(Findings found, ReadingTerms terms)
    {
        var words = new ImpactWords(found, terms, null);
        var name = terms.Outcome == StudyOutcome.Sales ? "Sales" : "Orders";
        var due = found.WindowEndsOn.AddDays(1);
        // A total that a few shops carry says what these did.
        if (found.Share is not null && found.EffectiveSellers < PublicCounts.Least)
            return new(name.ToLowerInvariant(), name, VerdictKind.NotReported, Verdict.WordsOf(VerdictKind.NotReported), "No result is shown for sales", "A few shops carry them: a number would be about these.", null, null, null, null);
        var (finding, detail) = found.Verdict switch
        {
            VerdictKind.TooEarly => ($"Too early to say: due {ImpactWords.Day(due)}", $"The window of {ImpactWords.Windows(terms)} after joining is not over for everybody."),
            VerdictKind.TooFew => ("Too few to say", $"A result needs {StudyFacts.LeastMentees} mentored sellers, {StudyFacts.LeastControls} others and enough weeks of figures. No number is worked out before."),
            VerdictKind.NotReported => (words.Headline, "A number would mislead here, so there is none."),
            VerdictKind.TooSmallToMatter => (words.Headline, words.Sentence),
            _ => (words.Headline, $"The true difference is very likely {words.Between(found.Share!)}."),
        };
        return new(
            name.ToLowerInvariant(), name, found.Verdict, words.Badge, finding, detail, found.Share is { } share ? Percent(share, words) : null,
            found.Share is null ? null : PublicCounts.Rounded(found.Mentees), found.Share is null ? null : PublicCounts.Rounded(found.Controls), found.Verdict == VerdictKind.TooEarly ? due : null);
    }

    static PublicOutcome Average(FoundAverage found, Findings study, ImpactWords words)
    {
        var (id, name, what) = found.What switch
        {
            PanelAverage.OrderValue => (PublicOutcome.OrderValue, "Value of an order", "the value of an order"),
            PanelAverage.Review => (PublicOutcome.Reviews, "Buyers’ reviews", "what buyers say in reviews"),
            PanelAverage.SentBack => (PublicOutcome.SentBack, "Orders sent back", "orders sent back"),
            _ => (PublicOutcome.SentLate, "Orders sent late", "orders sent late"),
        };
        var average = new AverageWords(found, null);
        var effect = found.Change is null ? null : found.What == PanelAverage.OrderValue ? Percent(found.Share!, words) : Amount(found);
        var due = study.WindowEndsOn.AddDays(1);
        var (finding, detail) = found switch
        {
            { Verdict: VerdictKind.TooEarly } => ($"Too early to say: due {ImpactWords.Day(due)}", "The window after joining is not over for everybody."),
            { Verdict: VerdictKind.NotReported } => ($"No result is shown for {what}", "The groups are not alike, or moved apart before anybody joined: a number would mislead."),
            { IsCarriedByFew: true } => ($"No result is shown for {what}", "A few shops carry it: a number would be about them."),
            { Verdict: VerdictKind.TooFew } => ("Too few to say", $"A result needs {StudyFacts.LeastMentees} mentored sellers and {StudyFacts.LeastControls} others of whom it is known both before and after joining, and enough of it on each side. No number is worked out before."),
            { Verdict: VerdictKind.NoClearChange } => ($"No clear change in {what}", Likely()),
            _ => ($"{name}: {effect!.Words} than expected", Likely()),
        };
        return new(
            id, name, found.Verdict, Verdict.WordsOf(found.Verdict), finding, found.MustNotGetWorse ? $"The program says it must not get worse. {detail}" : detail, effect,
            effect is null ? null : PublicCounts.Rounded(found.Mentees), effect is null ? null : PublicCounts.Rounded(found.Others), found.Verdict == VerdictKind.TooEarly ? due : null);

        string Likely() => $"The true difference is very likely {(found.What == PanelAverage.OrderValue ? words.Between(found.Share!) : average.Between)}{(found.What == PanelAverage.Review ? ", on a scale of 1 to 5" : "")}. {average.Caveat}".TrimEnd();
    }

    /// <summary>In marks, or in percentage points of orders; above zero is better, so fewer orders sent back are above it.</summary>
    static PublicEffect Amount(FoundAverage found)
    {
        var (words, change) = (new AverageWords(found, null), found.Change!);
        return found.What == PanelAverage.Review
            ? new("marks from 1 to 5", Rounded(change.Value), Rounded(change.Lower), Rounded(change.Upper), words.Change(change.Value), words.End(change.Lower), words.End(change.Upper))
            : new("percentage points of orders, fewer is better", Rounded(-100 * change.Value), Rounded(-100 * change.Upper), Rounded(-100 * change.Lower), words.Change(change.Value), words.End(change.Upper), words.End(change.Lower));

        // There is no zero below zero.
        double Rounded(double number) => Math.Round(number, words.Digits, MidpointRounding.AwayFromZero) + 0.0;
    }

    static PublicEffect Percent(FoundEffect share, ImpactWords words)
    {
        // As many digits as the words have.
        var digits = share.Upper - share.Lower < 0.04 ? 1 : 0;
        return new("percent of what was expected", Rounded(share.Value), Rounded(share.Lower), Rounded(share.Upper), words.Share(share), words.End(share.Lower, share), words.End(share.Upper, share));

        double Rounded(double part) => Math.Round(100 * part, digits, MidpointRounding.AwayFromZero);
    }
}

/// <summary>How public counts of sellers are told.</summary>
static class PublicCounts
{
    /// <summary>The least number of sellers that is shown, and that any two published numbers may tell apart.</summary>
    public const int Least = 10;

    /// <summary>To the nearest ten, so that no two of them, of one release or of several, differ by a known few; null under ten.</summary>
    public static int? Rounded(int count) => count < Least ? null : (int)Disclosure.Rounded(count, Least);

    public static string About(int count) => count.ToString("N0", CultureInfo.CurrentCulture);
}
