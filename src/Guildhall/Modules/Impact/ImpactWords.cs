using System.Globalization;
using Guildhall.Evidence;
using Guildhall.Platform;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Impact;

/// <summary>A check in words.</summary>
/// <param name="Passes">Null where it does not decide: something to know.</param>
public sealed record CheckLine(string What, string Detail, bool? Passes);

/// <summary>What a reading found, in the only words it is told by (section 5 of the method): a verdict by fixed rules, and numbers with their interval where the verdict allows them.</summary>
public sealed class ImpactWords(Findings found, ReadingTerms terms, string? currencyCode)
{
    public const string Category = "category", Country = "country", Age = "age";

    readonly Currency? currency = currencyCode is null ? null : Platform.Currency.Find(currencyCode);

    bool IsMoney => terms.Outcome == StudyOutcome.Sales;

    /// <summary>What mentees did: "sold", "had".</summary>
    string Did => IsMoney ? "sold" : "had";

    string MoreOf => IsMoney ? "" : " orders";

    public string Badge => Verdict.WordsOf(found.Verdict);

    /// <summary>What the verdict is of.</summary>
    public string About => $"{(IsMoney ? "Sales" : "Orders")} of sellers who sold before";

    public Tone Tone => ToneOf(found.Verdict);

    public static Tone ToneOf(VerdictKind verdict) => verdict switch
    {
        VerdictKind.StrongEvidence or VerdictKind.SomeEvidence => Tone.Good,
        VerdictKind.GotWorse => Tone.Problem,
        VerdictKind.NotReported => Tone.Attention,
        _ => Tone.Neutral,
    };

    /// <summary>The one sentence. Its numbers are the page's largest, so it has none where the verdict allows none.</summary>
    public string Headline => found.Verdict switch
    {
        VerdictKind.TooEarly when found.Mentored == 0 => $"No mentee has gone on after their trial yet. A window of {Windows(terms)} would be over on {Day(found.WindowEndsOn)} at the earliest.",
        VerdictKind.TooEarly => $"Too early to say: due {Day(found.WindowEndsOn.AddDays(1))}",
        VerdictKind.TooFew => Shortfall(found.Needs!),
        VerdictKind.NotReported when found.Failed == StudyCheck.FlatBefore => "No result is shown: the groups moved apart before anybody joined",
        VerdictKind.NotReported => "No result is shown: there are too few sellers like the mentees",
        VerdictKind.NoClearChange => $"No clear change in what mentored sellers {Did}",
        VerdictKind.TooSmallToMatter => $"Mentored sellers {Did} about as much as expected",
        _ => $"Mentored sellers {Did} {Share(found.Share!)}{MoreOf} than expected",
    };

    public string Sentence => found.Verdict switch
    {
        VerdictKind.TooEarly => $"The window of {Windows(terms)} is over on {Day(found.WindowEndsOn)} for the last who joined, and figures have to reach beyond it. {Counted.Of(found.Mentored, "mentee", "mentees")} went on after their trial, which is joining.",
        VerdictKind.TooFew => $"A result needs {StudyFacts.LeastMentees} mentees and {StudyFacts.LeastControls} other sellers who sold before the program began, three periods of four weeks before joining and two after. No number is worked out before.",
        VerdictKind.NotReported => "A number would mislead here, so none was kept. The checks say what is in the way.",
        VerdictKind.TooSmallToMatter => $"The true difference is very likely {Between(found.Share!)}. Less than {Number(terms.UsefulPercent)}% was settled beforehand as too small to be worth having.",
        _ => $"{Amount(found.Actual!.Value)} a mentee in four weeks; {Amount(found.Expected!.Value)} would have been expected. The true difference is very likely {Between(found.Share!)}.",
    };

    /// <summary>The effect an average mentee and period, with its interval.</summary>
    public string InAmounts => $"{AmountChange(found.Amount!.Value)} a mentee in four weeks, very likely {Ends(AmountChange(found.Amount.Lower), AmountChange(found.Amount.Upper))}";

    public string Compared => $"95% interval. {Counted.Of(found.Mentees, "mentored seller", "mentored sellers")} compared with {Counted.Of(found.Controls, "seller who", "sellers who")} had no mentor{(found.Checks?.EffectiveControls is { } effective ? $", who weigh as much as {effective.ToString("N0", CultureInfo.CurrentCulture)} alike" : "")}.";

    public string? LeftOut => found is { NotEstablished: 0, WithGaps: 0 } ? null : string.Join(" ", new[]
    {
        found.NotEstablished > 0 ? $"{Counted.Of(found.NotEstablished, "mentee", "mentees")} sold nothing in the sixteen weeks before the program, or came later: they are not in it." : null,
        found.WithGaps > 0 ? $"{Counted.Of(found.WithGaps, "seller", "sellers")} with days of which sales or orders are not known {(found.WithGaps == 1 ? "is" : "are")} left out." : null,
    }.OfType<string>());

    public string Power => $"A difference of {(100 * found.SmallestVisible!.Value).ToString(found.SmallestVisible < 0.02 ? "0.0" : "0", CultureInfo.CurrentCulture)}% or more would have been seen four times in five.";

    public IReadOnlyList<CheckLine> Checks => found.Checks is not { } checks ? [] :
    [
        new(
            checks.IsComparable ? "Groups are alike" : "Groups are not alike",
            checks.LeastAlike is { } least ? $"{Counted.Of(checks.Measures, "measure", "measures")} checked. The largest gap is {Gap(least.Difference)}, in “{least.Measure}”, and up to {Balance.LargestDifference.ToString("0.00", CultureInfo.CurrentCulture)} is accepted."
            : checks.IsComparable ? "Nothing was settled to compare them by, or all are the same in it." : "Mentees can be told apart from everybody else, so nobody is like them.", checks.IsComparable),
        .. checks.IsComparable ? AfterComparing(checks) : [],
    ];

    IEnumerable<CheckLine> AfterComparing(FoundChecks checks)
    {
        yield return new(
            checks.IsFlatBefore ? "They moved alike before joining" : "They moved apart before joining",
            checks.LargestGapBefore is { } gap ? $"The largest gap before was {Share(gap)} than expected, {Between(gap)}." : "There is too little before joining to tell.", checks.IsFlatBefore);
        if (found.Share is null) yield break;
        if (checks.JustBefore is { } just)
        {
            yield return just.Upper < 0 ? new("They joined after a bad month", $"{Share(just)} than expected, {Between(just)}. The comparison leaves that month out.", null)
                : just.Lower > 0 ? new("They joined after a good month", $"{Share(just)} than expected, {Between(just)}. The comparison leaves that month out.", null)
                : new("The month before joining was like any other", $"{Between(just, isFirst: true)} than expected.", true);
        }

        yield return new(
            checks.Overlaps ? "Every kind of mentee has sellers to compare with" : "Some kinds of mentees have too few to compare with",
            $"{Whole(checks.ShareOutside ?? 1)} of mentees are unlike anybody else; up to {Whole(Study.MostOutside)} is accepted.", checks.Overlaps);
        yield return checks.PlaceboFound is { } false_
            ? new(checks.PlaceboPasses ? "Made-up start dates show no more than chance" : "Made-up start dates show something too", $"Of {checks.PlaceboDraws} draws among sellers who never joined, {false_} found a difference. About {checks.PlaceboDraws / 20} do by chance.", checks.PlaceboPasses)
            : new("Made-up start dates were not tried", "There are too few sellers who never joined.", false);
        yield return new(
            checks.IsRoomForAll ? "Mentees are few beside the others in their categories" : "Mentees may take sales from those they are compared with",
            $"{Whole(checks.ShareOfCategory ?? 1)} of the active sellers of their categories are mentees; up to {Whole(Study.MostOfCategory)} is taken as too few to matter.", checks.IsRoomForAll);
        yield return new(
            "Keen sellers may join more often", "How keen somebody is stands in no figure. Keener sellers who would have grown anyway can’t be told apart from mentoring that works.", null);
    }

    public static string Of(OtherReading reading, StudyOutcome outcome) => reading switch
    {
        OtherReading.NotYetJoined => "Also against mentees who had not joined yet (orders)",
        OtherReading.FromEarlier => "Measured from a month earlier",
        OtherReading.TrendGoesOn => "If the trend of before had gone on (orders)",
        _ => outcome == StudyOutcome.Sales ? "Orders instead of sales" : "Sales instead of orders",
    };

    /// <summary>What is left so many months after mentorships ended, or when that can be read.</summary>
    public string Of(FoundAfter after) => after switch
    {
        { DueOn: { } due } => $"Too early: due {Day(due)}",
        { Share: { } share } => $"{Share(share)} orders than expected, very likely {Between(share)}. {Counted.Of(after.Mentees, "mentee", "mentees")}",
        _ => $"Too few: fewer than {StudyFacts.LeastMentees} mentees can be followed so far",
    };

    /// <summary>From when on mentees were above what was expected, where they stayed there.</summary>
    public string LineFinding
    {
        get
        {
            var after = found.Line.Where(point => point.Period >= 0).ToList();
            var above = after.AsEnumerable().Reverse().TakeWhile(point => point.Actual > point.Expected.Upper).LastOrDefault();
            var what = IsMoney ? "sell more" : "have more orders";
            return above is null ? $"What mentored sellers {Did}, and what was expected" : above.Period == 0 ? $"From joining on, mentored sellers {what} than expected" : $"From week {1 + (4 * above.Period)}, mentored sellers {what} than expected";
        }
    }

    public string LineMeasure => $"{(IsMoney ? "Sales" : "Orders")} a mentee in four weeks, {Counted.Of(found.Mentees, "seller", "sellers")}. Grey band: 95% interval of what was expected{(IsMoney ? ", each period by itself" : ", for all periods at once")}.";

    public IReadOnlyList<StepLine> Steps => found.Steps is not { } steps ? [] :
    [
        new("Simple before and after", 0, steps.BeforeAfter, IsTotal: true),
        new("A bad or good month before joining", steps.BeforeAfter, steps.BeforeAfter - steps.BadMonthBefore),
        new("Seasons and growing older: others had that too", steps.BeforeAfter - steps.BadMonthBefore, steps.BeforeAfter - steps.BadMonthBefore - steps.MarketMoved),
        .. IsMoney ? Array.Empty<StepLine>() : [new StepLine("Other kinds of sellers", steps.Effect + steps.OtherSellers, steps.Effect)],
        new("Left for mentoring", 0, steps.Effect, IsTotal: true),
    ];

    public string Naive => found.Expected is { } expected && found.Steps is { } steps
        ? $"The simple figure would say {AmountChange(steps.BeforeAfter)} a mentee in four weeks. It counts as mentoring what is not."
        : "";

    /// <summary>What a plan says, or what it changed of the one before.</summary>
    public static string Settled(ReadingTerms terms, ReadingTerms? before, string? currencyCode)
    {
        List<(string What, string? Was)> parts =
        [
            (OutcomeName(terms.Outcome), before is null ? null : OutcomeName(before.Outcome)), ($"a window of {Windows(terms)}", before is null ? null : $"a window of {Windows(before)}"),
            ($"compared by {Compares(terms)}", before is null ? null : $"compared by {Compares(before)}"),
            ($"{Number(terms.UsefulPercent)}% is worth having", before is null ? null : $"{Number(before.UsefulPercent)}% is worth having"),
        ];
        foreach (var what in Enum.GetValues<Awaited>())
            if (terms.Of(what) is not null || before?.Of(what) is not null) parts.Add((WaitWords.Settled(what, terms.Of(what), currencyCode), before is null ? null : WaitWords.Settled(what, before.Of(what), currencyCode)));
        return before is null ? $"Settled: {string.Join(", ", parts.Select(part => part.What))}" : $"Changed: {string.Join("; ", parts.Where(part => part.What != part.Was).Select(part => $"{part.What}, before: {part.Was}"))}";
    }

    public static string OutcomeName(StudyOutcome outcome) => outcome == StudyOutcome.Sales ? "sales" : "orders";

    public static string Compares(ReadingTerms terms) => string.Join(", ", new[] { terms.ComparesCategory ? "category" : null, terms.ComparesCountry ? "country" : null, terms.ComparesAge ? "time on the marketplace" : null }.OfType<string>()) is { Length: > 0 } some ? some : "nothing";

    public static string Windows(ReadingTerms terms) => $"{(4 * terms.WindowPeriods).ToString(CultureInfo.CurrentCulture)} weeks";

    /// <summary>Weeks since joining, as at the axis of the chart.</summary>
    public static string Weeks(int period) => $"{(period < 0 ? "−" : "")}{(4 * Math.Abs(period)).ToString(CultureInfo.CurrentCulture)}";

    public static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.CurrentCulture);

    /// <summary>Orders with a decimal, or money: without cents where a mentee sells for a hundred and more, as no interval is that narrow.</summary>
    public string Amount(double amount)
    {
        if (!IsMoney) return $"{amount.ToString("N1", CultureInfo.CurrentCulture)} orders";
        if (currency is null) return Math.Round(amount).ToString("N0", CultureInfo.CurrentCulture);
        var unit = currency.MinorUnitsPerUnit;
        return Math.Max(found.Actual ?? 0, found.Expected ?? 0) >= 100 * unit
            ? $"{(amount < 0 ? "−" : "")}{currency.Symbol ?? $"{currency.Code} "}{Math.Round(Math.Abs(amount) / unit).ToString("N0", CultureInfo.CurrentCulture)}"
            : currency.Format((long)Math.Round(amount));
    }

    public string AmountChange(double amount) => $"{Amount(Math.Abs(amount))} {(amount < 0 ? "less" : "more")}";

    /// <summary>"22% more", with no more digits than the interval supports.</summary>
    public string Share(FoundEffect effect) => Change(effect.Value, effect);

    public string Between(FoundEffect effect, bool isFirst = false) => (isFirst ? "B" : "b") + Ends(Change(effect.Lower, effect), Change(effect.Upper, effect))[1..];

    /// <summary>An end of an interval, at a picture of it.</summary>
    public string End(double share, FoundEffect of) => $"{(share < 0 ? "−" : "+")}{Percent(Math.Abs(share), of)}";

    static string Change(double share, FoundEffect of) => $"{Percent(Math.Abs(share), of)} {(share < 0 ? "less" : "more")}";

    static string Percent(double share, FoundEffect of) => $"{(100 * share).ToString(of.Upper - of.Lower < 0.04 ? "0.0" : "0", CultureInfo.CurrentCulture)}%";

    public static string Whole(double share) => $"{(100 * share).ToString("0", CultureInfo.CurrentCulture)}%";

    static string Ends(string lower, string upper) => $"between {lower} and {upper}";

    /// <summary>A difference in standard deviations. One that is just too large does not read like the largest that is accepted.</summary>
    public static string Gap(double difference) => Math.Abs(difference) switch
    {
        > 100 => "beyond measure",
        > Balance.LargestDifference and < Balance.LargestDifference + 0.005 and var just => (Math.Ceiling(1000 * just) / 1000).ToString("0.000", CultureInfo.CurrentCulture),
        var gap => gap.ToString("0.00", CultureInfo.CurrentCulture),
    };

    static string Number(decimal number) => number.ToString("0.#", CultureInfo.CurrentCulture);

    static string Shortfall(FoundShortfall needs)
    {
        List<string> parts = [];
        if (needs.Mentees > 0) parts.Add($"about {Counted.Of(needs.Mentees, "more mentee", "more mentees")}");
        if (needs.Controls > 0) parts.Add($"about {Counted.Of(needs.Controls, "more seller", "more sellers")} to compare with");
        if (needs.PeriodsBefore > 0) parts.Add($"{Counted.Of(4 * needs.PeriodsBefore, "more week", "more weeks")} of figures before joining");
        if (needs.PeriodsAfter > 0) parts.Add($"{Counted.Of(4 * needs.PeriodsAfter, "more week", "more weeks")} of figures after it");
        return $"Needs {string.Join(" and ", parts)}";
    }
}

/// <summary>A step from the simple figure to the effect.</summary>
/// <param name="IsTotal">It stands for itself, from zero.</param>
public sealed record StepLine(string What, double From, double To, bool IsTotal = false)
{
    public double Amount => To - From;
}
