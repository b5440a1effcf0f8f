using System.Globalization;
using Guildhall.Evidence;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Impact;

/// <summary>What a reading found of new sellers, in words: a verdict by fixed rules, and numbers with their interval where the verdict allows them.</summary>
public sealed class FirstSaleWords(FoundFirstSales found, FirstSaleTerms terms)
{
    public string Badge => Verdict.WordsOf(found.Verdict);

    public Tone Tone => ImpactWords.ToneOf(found.Verdict);

    /// <summary>The one sentence; without a number where the verdict allows none.</summary>
    public string Headline => found.Verdict switch
    {
        VerdictKind.TooEarly when found.Mentored == 0 => $"No mentee without a sale has started yet. A window of {found.WithinDays} days would be over on {ImpactWords.Day(found.WindowEndsOn)} at the earliest.",
        VerdictKind.TooEarly => $"Too early to say of new sellers: due {ImpactWords.Day(found.WindowEndsOn.AddDays(1))}",
        VerdictKind.TooFew => Shortfall(found.Needs!),
        VerdictKind.NotReported => "No result is shown: there are too few new sellers like the mentees",
        VerdictKind.NoClearChange => "No clear change in how soon new sellers make their first sale",
        VerdictKind.TooSmallToMatter => "New sellers with a mentor make their first sale about as soon as others",
        _ => $"New sellers with a mentor make their first sale {Sooner(found.DaysSooner!.Value)}",
    };

    public string Sentence => found.Verdict switch
    {
        VerdictKind.TooEarly => $"The {found.WithinDays} days of the last who started are over on {ImpactWords.Day(found.WindowEndsOn)}, and figures have to reach beyond it. {Counted.Of(found.Mentored, "mentee", "mentees")} had not sold yet when they started.",
        VerdictKind.TooFew => $"A result needs {StudyFacts.LeastMentees} mentees who had not sold when they started, {StudyFacts.LeastControls} other new sellers, and {StudyFacts.LeastEvents} first sales on each side. No number is worked out before.",
        VerdictKind.NotReported => "A number would mislead here, so none was kept. The checks say what is in the way.",
        _ => $"Of the first {found.WithinDays} days, the average mentee waited {Days(found.WaitMentored!.Value)} for a first sale, and sellers like them {Days(found.WaitOthers!.Value)}.{Middle} The true difference is very likely {Between}.",
    };

    string Middle => (found.MiddleMentored, found.MiddleOthers) switch
    {
        ({ } mentored, { } others) => $" Middle seller: day {Whole(mentored)} with a mentor, day {Whole(others)} without.",
        ({ } mentored, null) => $" Middle seller: day {Whole(mentored)} with a mentor; without, after day {found.WithinDays}.",
        _ => "",
    };

    public string Between => found.DaysSooner is { } effect ? $"between {Sooner(effect.Lower)} and {Sooner(effect.Upper)}" : "";

    public string Compared => $"95% interval. {Counted.Of(found.Mentees, "mentored seller", "mentored sellers")} compared with {Counted.Of(found.Others, "similar seller", "similar sellers")} who had no mentor. A difference of {Days(found.SmallestVisible!.Value)} days or more would have been seen four times in five.";

    public IReadOnlyList<CheckLine> Checks => found.Balance.Count == 0 ? [] : [.. Lines()];

    IEnumerable<CheckLine> Lines()
    {
        var least = found.Balance[0];
        yield return new(
            found.IsComparable ? "Both came at about the same time" : "They came at different times",
            $"Each mentee is beside sellers of the same kind and age who had not sold. The day they signed up differs by {Math.Abs(least.Difference).ToString("0.00", CultureInfo.CurrentCulture)} standard deviations; up to {Balance.LargestDifference.ToString("0.00", CultureInfo.CurrentCulture)} is accepted.", found.IsComparable);
        if (!found.IsComparable) yield break;
        yield return new(
            found.Overlaps ? "Nearly every mentee has sellers to compare with" : "Some mentees have nobody to compare with",
            $"For {ImpactWords.Whole(found.ShareAlone)} of mentees nobody of their kind was waiting; up to {ImpactWords.Whole(Study.MostOutside)} is accepted.", found.Overlaps);
        yield return found.PlaceboFound is { } false_
            ? new(found.PlaceboPasses ? "Made-up start days show nothing" : "Made-up start days show something too", $"Of {found.PlaceboDraws} draws among sellers without a mentor, {false_} found a difference. About {found.PlaceboDraws / 20} do by chance.", found.PlaceboPasses)
            : new("Made-up start days were not tried", "There are too few sellers without a mentor.", false);
        yield return new(
            found.IsRoomForAll ? "Mentees are few beside the other new sellers" : "Mentees may take first sales from those they are compared with",
            $"{ImpactWords.Whole(found.ShareOfKind)} of the new sellers of their kinds are mentees; up to {ImpactWords.Whole(Study.MostOfCategory)} is taken as too few to matter.", found.IsRoomForAll);
        yield return new(
            "Keen sellers may join more often",
            found.UnseenToExplain is { } strength ? $"Something unseen would have to make both joining and early sales {strength.ToString("0.0", CultureInfo.CurrentCulture)} times as likely to explain this away." : "How keen somebody is stands in no figure.", null);
    }

    /// <summary>Ways to read the same sellers, each with what it says.</summary>
    public IReadOnlyList<(string How, string Says)> Others =>
    [
        ("Pace, over all the time each was watched", found.Pace is { } pace ? $"First sales come at {Times(pace.Value)} the pace, between {Times(pace.Lower)} and {Times(pace.Upper)}" : NotWorkedOut),
        ($"Of the first {found.WithinDays / 2} days only", found.SoonerByHalf is { } half ? Sooner(half) : NotWorkedOut),
        ("Beside one other seller each instead of five", found.SoonerBesideOne is { } one ? Sooner(one) : NotWorkedOut),
    ];

    const string NotWorkedOut = "could not be worked out";

    /// <summary>What the curves show, as a finding.</summary>
    public string LineFinding => found.Line is [.., var last] ? $"By day {last.Day}, {ImpactWords.Whole(last.Mentored.Value)} of mentored sellers had made a first sale, and {ImpactWords.Whole(last.Others.Value)} of others" : "";

    public string LineMeasure => $"Share of sellers with a first sale, by days since mentoring began or would have. {Counted.Of(found.Mentees, "mentored seller", "mentored sellers")}, {Counted.Of(found.Others, "other", "others")}. Shaded: 95% interval, each day by itself.";

    public static string Settled(FirstSaleTerms? terms) => terms is null ? "new sellers not looked at" : $"first sales within {terms.WithinDays} days, {terms.UsefulDays.ToString("0.#", CultureInfo.CurrentCulture)} days sooner is worth having";

    public string TooSmall => $"Less than {terms.UsefulDays.ToString("0.#", CultureInfo.CurrentCulture)} days was settled beforehand as too small to be worth having.";

    public static string Sooner(double days) => $"{Days(Math.Abs(days))} {(Days(Math.Abs(days)) == Days(1) ? "day" : "days")} {(days < 0 ? "later" : "sooner")}";

    /// <summary>An end of an interval, at a picture of it.</summary>
    public static string End(double days) => $"{(days < 0 ? "−" : "+")}{Days(Math.Abs(days))}";

    static string Days(double days) => days.ToString("0.0", CultureInfo.CurrentCulture);

    static string Whole(double days) => Math.Round(days).ToString("0", CultureInfo.CurrentCulture);

    static string Times(double ratio) => $"{ratio.ToString("0.00", CultureInfo.CurrentCulture)} times";

    static string Shortfall(FoundShortfall needs)
    {
        List<string> parts = [];
        if (needs.Mentees > 0) parts.Add($"about {Counted.Of(needs.Mentees, "more new mentee", "more new mentees")}");
        if (needs.Controls > 0) parts.Add($"about {Counted.Of(needs.Controls, "more new seller", "more new sellers")} to compare with");
        if (needs.Events > 0) parts.Add($"about {Counted.Of(needs.Events, "more first sale", "more first sales")} on each side");
        return $"Needs {string.Join(" and ", parts)}";
    }
}
