using System.Globalization;
using Guildhall.Evidence;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Impact;

/// <summary>What a reading found of new sellers, in words: a verdict by fixed rules, and numbers with their interval where the verdict allows them.</summary>
public sealed class WaitWords(FoundWait found, WaitTerms terms, string? currencyCode)
{
    readonly WaitPhrases say = WaitPhrases.Of(terms, currencyCode);

    public string Badge => Verdict.WordsOf(found.Verdict);

    /// <summary>What the verdict is of.</summary>
    public string About => say.About;

    public Tone Tone => ImpactWords.ToneOf(found.Verdict);

    /// <summary>Stands before the names of the page's parts.</summary>
    public string Id => say.Id;

    /// <summary>The one sentence; without a number where the verdict allows none.</summary>
    public string Headline => found.Verdict switch
    {
        VerdictKind.TooEarly when found.Mentored == 0 => $"No mentee {say.NotYet} has started yet. A window of {found.WithinDays} days would be over on {ImpactWords.Day(found.WindowEndsOn)} at the earliest.",
        VerdictKind.TooEarly => $"Too early to say of new sellers: due {ImpactWords.Day(found.WindowEndsOn.AddDays(1))}",
        VerdictKind.TooFew => Shortfall(found.Needs!),
        VerdictKind.NotReported => "No result is shown: mentees and the others are not alike enough",
        VerdictKind.NoClearChange => $"No clear change in how soon new sellers {say.Do}",
        VerdictKind.TooSmallToMatter => $"New sellers with a mentor {say.Do} about as soon as others",
        _ => $"New sellers with a mentor {say.Do} {Change(found.DaysBetter!.Value)}",
    };

    public string Sentence => found.Verdict switch
    {
        VerdictKind.TooEarly => $"The {found.WithinDays} days of the last who started are over on {ImpactWords.Day(found.WindowEndsOn)}, and figures have to reach beyond it. {Counted.Of(found.Mentored, "mentee", "mentees")} {say.HadNot} when they started.",
        VerdictKind.TooFew => Asked("mentees"),
        VerdictKind.NotReported => "A number would mislead here, so none was kept. The checks say what is in the way.",
        _ => $"Of the first {found.WithinDays} days, the average mentee {say.Spent} {Days(found.WaitMentored!.Value)} days{say.For}, and sellers like them {Days(found.WaitOthers!.Value)}; {say.Capped} counts as {found.WithinDays}.{Middle} The true difference is very likely {Between}.",
    };

    /// <summary>What is counted, where its name does not say it.</summary>
    public string Definition => say.Definition;

    /// <summary>What a result needs, of mentees as they are called where it is told.</summary>
    public string Asked(string mentees) =>
        $"A result needs {StudyFacts.LeastMentees} {mentees} who {say.HadNot} when they started, {StudyFacts.LeastControls} other new sellers, and {StudyFacts.LeastEvents} {say.Times} on each side. No number is worked out before.";

    string Middle => (found.MiddleMentored, found.MiddleOthers) switch
    {
        ({ } mentored, { } others) => $" {say.Middle} day {Whole(mentored)} with a mentor, day {Whole(others)} without.",
        ({ } mentored, null) => $" {say.Middle} day {Whole(mentored)} with a mentor; without, after day {found.WithinDays}.",
        (null, { } others) => $" {say.Middle} after day {found.WithinDays} with a mentor; without, day {Whole(others)}.",
        _ => "",
    };

    public string Between => found.DaysBetter is { } effect ? $"between {Change(effect.Lower)} and {Change(effect.Upper)}" : "";

    public string Compared => $"95% interval. {Counted.Of(found.Mentees, "mentored seller", "mentored sellers")} compared with {Counted.Of(found.Others, "similar seller", "similar sellers")} who had no mentor on the day mentoring began. A difference of {Days(found.SmallestVisible!.Value)} days or more would have been seen four times in five; {Number(terms.UsefulDays)} were settled as worth having.";

    public string TrustTitle => say.TrustTitle;

    public IReadOnlyList<CheckLine> Checks => found.Balance.Count == 0 ? [] : [.. Lines()];

    IEnumerable<CheckLine> Lines()
    {
        var worst = found.Balance.MaxBy(line => Math.Abs(line.Difference))!;
        var isTime = worst == found.Balance[0];
        yield return new(
            found.IsComparable ? say.Alike : isTime ? "They came at different times" : say.NotAsFar,
            $"Each mentee is beside sellers of the same kind and age who {say.HadNot}{(found.Balance.Count > 1 ? ", with about as many orders and as far" : "")}. {(isTime ? "The day they signed up differs" : $"{say.Progress} differs")} by {ImpactWords.Gap(worst.Difference)} standard deviations{(found.Balance.Count > 1 ? ", the rest by less" : "")}; up to {Balance.LargestDifference.ToString("0.00", CultureInfo.CurrentCulture)} is accepted.",
            found.IsComparable);
        if (!found.IsComparable) yield break;
        yield return new(
            found.Overlaps ? "Nearly every mentee has sellers to compare with" : found.ShareAlone > Study.MostOutside ? "Some mentees have nobody to compare with" : "Too few different sellers serve as the others",
            $"For {ImpactWords.Whole(found.ShareAlone)} of mentees nobody of their kind was there to compare with; up to {ImpactWords.Whole(Study.MostOutside)} is accepted.{(found.EffectiveOthers is { } effective ? $" The others count as {Math.Floor(effective).ToString("N0", CultureInfo.CurrentCulture)}, since some serve several mentees; it takes {StudyFacts.LeastControls}." : "")}", found.Overlaps);
        yield return found.PlaceboFound is { } false_
            ? new(found.PlaceboPasses ? "Made-up start days show no more than chance" : "Made-up start days show something too", $"Of {found.PlaceboDraws} draws among sellers without a mentor, {false_} found a difference. About {found.PlaceboDraws / 20} do by chance.", found.PlaceboPasses)
            : new("Made-up start days were not tried", "There are too few sellers without a mentor.", false);
        yield return new(
            found.IsRoomForAll ? "Mentees are few beside the other new sellers" : "Mentees may take sales from those they are compared with",
            $"{ImpactWords.Whole(found.ShareOfKind)} of the new sellers of their kinds are mentees; up to {ImpactWords.Whole(Study.MostOfCategory)} is taken as too few to matter.", found.IsRoomForAll);
        yield return new(
            "Keen sellers may join more often",
            found.UnseenToExplain is { } strength && found.Verdict is VerdictKind.StrongEvidence or VerdictKind.SomeEvidence or VerdictKind.GotWorse ? $"Something unseen would have to make joining {Strength(strength)} times as likely, and {say.Outcome} {Strength(strength)} times as {(found.Pace?.Value < 1 ? "unlikely" : "likely")}, to explain this away." : "How keen somebody is stands in no figure.", null);
    }

    static string Strength(double riskRatio) => riskRatio.ToString("0.0", CultureInfo.CurrentCulture);

    /// <summary>Ways to read the same sellers, each with what it says.</summary>
    public IReadOnlyList<(string How, string Says)> Others =>
    [
        (say.PaceHow, found.Pace is { } pace ? $"{say.Paced} at {Times(pace.Value)} the pace, between {Times(pace.Lower)} and {Times(pace.Upper)}" : NotWorkedOut),
        ($"Of the first {found.WithinDays / 2} days only", found.DaysByHalf is { } half ? Change(half) : NotWorkedOut),
        ("Beside one other seller each instead of five", found.DaysBesideOne is { } one ? Change(one) : NotWorkedOut),
    ];

    const string NotWorkedOut = "could not be worked out";

    /// <summary>What the other ways are of.</summary>
    public string OthersTitle => say.OthersTitle;

    /// <summary>What the curves show, as a finding.</summary>
    public string LineFinding => found.Line is [.., var last] ? $"By day {last.Day}, {ImpactWords.Whole(last.Mentored.Value)} of mentored sellers {say.Had}, and {ImpactWords.Whole(last.Others.Value)} of others" : "";

    public string TableLabel => $"{say.Share} by days since mentoring began";

    public string LineMeasure => $"{say.Share}, by days since mentoring began or would have. {Counted.Of(found.Mentees, "mentored seller", "mentored sellers")}, {Counted.Of(found.Others, "other", "others")}. Shaded: 95% interval, each day by itself. {say.Definition}".TrimEnd();

    /// <summary>What was settled to be watched for, in a plan.</summary>
    public static string Settled(Awaited what, WaitTerms? terms, string? currencyCode) => terms is null
        ? what switch { Awaited.FirstSale => "first sales not looked at", Awaited.Milestone => "no revenue milestone looked at", _ => "going quiet not looked at" }
        : $"{WaitPhrases.Of(terms, currencyCode).Settled} within {terms.WithinDays} days, {Number(terms.UsefulDays)} days {(what == Awaited.Quiet ? "later" : "sooner")} is worth having";

    public string TooSmall => $"Less than {Number(terms.UsefulDays)} days was settled beforehand as too small to be worth having.";

    public string Change(double days) => $"{Days(Math.Abs(days))} {(Days(Math.Abs(days)) == Days(1) ? "day" : "days")} {(days < 0 == (terms.What == Awaited.Quiet) ? "sooner" : "later")}";

    /// <summary>An end of an interval, at a picture of it.</summary>
    public static string End(double days) => $"{(days < 0 ? "−" : "+")}{Days(Math.Abs(days))}";

    static string Days(double days) => days.ToString("0.0", CultureInfo.CurrentCulture);

    static string Whole(double days) => Math.Round(days).ToString("0", CultureInfo.CurrentCulture);

    static string Number(decimal number) => number.ToString("0.#", CultureInfo.CurrentCulture);

    static string Times(double ratio) => $"{ratio.ToString("0.00", CultureInfo.CurrentCulture)} times";

    string Shortfall(FoundShortfall needs)
    {
        List<string> parts = [];
        if (needs.Mentees > 0) parts.Add($"about {Counted.Of(needs.Mentees, "more new mentee", "more new mentees")}");
        if (needs.Controls > 0) parts.Add($"about {Counted.Of(needs.Controls, "more new seller", "more new sellers")} to compare with");
        if (needs.Events > 0) parts.Add($"about {Counted.Of(needs.Events, say.MoreOne, say.MoreMany)} on each side");
        return $"Needs {string.Join(" and ", parts)}";
    }
}
