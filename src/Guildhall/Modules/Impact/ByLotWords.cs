using System.Globalization;
using Guildhall.Evidence;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Impact;

/// <summary>What lots show, in the words that every result is told by.</summary>
public sealed class ByLotWords(LotteryFindings found, ReadingTerms terms, string? currencyCode)
{
    // Verdicts, percents and amounts are told as those of any reading.
    readonly ImpactWords words = new(
        new() { Verdict = found.Verdict, WindowEndsOn = found.WindowEndsOn, Mentored = found.Winners, Mentees = found.Winners, Controls = found.Losers, Share = found.Share, Amount = found.Amount, Actual = found.Actual, Expected = found.Expected, SmallestVisible = found.SmallestVisible },
        terms, currencyCode);

    string Did => terms.Outcome == StudyOutcome.Sales ? "sold" : "had";

    string MoreOf => terms.Outcome == StudyOutcome.Sales ? "" : " orders";

    public LotteryFindings Found => found;

    public ImpactWords Number => words;

    public string Badge => words.Badge;

    public Tone Tone => words.Tone;

    public string Headline => found.Verdict switch
    {
        VerdictKind.TooEarly => $"By lot: due {ImpactWords.Day(found.WindowEndsOn.AddDays(1))}",
        VerdictKind.TooFew => $"By lot: needs {Shortfall(found.Needs!)}",
        VerdictKind.NotReported => found.Failed switch
        {
            LotteryCheck.AlikeBefore => "By lot: no result is shown, the two sides differed before the draw",
            LotteryCheck.EqualLoss => "By lot: no result is shown, more days are unknown on one side",
            _ => "By lot: no result is shown, too little was sold",
        },
        VerdictKind.NoClearChange => $"By lot: no clear change in what winners {Did}",
        VerdictKind.TooSmallToMatter => $"By lot: winners {Did} about as much as those who waited",
        _ => $"By lot: winners {Did} {words.Share(found.Share!)}{MoreOf} than those who waited",
    };

    public string Sentence => found.Verdict switch
    {
        VerdictKind.TooEarly => $"The window of {ImpactWords.Windows(terms)} from the draw on is over on {ImpactWords.Day(found.WindowEndsOn)}, and figures have to reach beyond it.",
        VerdictKind.TooFew => $"A result needs {StudyFacts.LeastMentees} winners and {StudyFacts.LeastControls} who waited, all of whom sold before the draw, with three periods of four weeks before it and two after. No number is worked out before.",
        VerdictKind.NotReported => "A number would mislead here, so none was kept.",
        _ => $"{words.Amount(found.Actual!.Value)} a winner in four weeks; {words.Amount(found.Expected!.Value)} without having won. The true difference is very likely {words.Between(found.Share!)}.",
    };

    public string InAmounts => words.InAmounts;

    public string Compared => $"95% interval. {Counted.Of(found.Winners, "winner", "winners")} and {Counted.Of(found.Losers, "seller who", "sellers who")} waited, of {Counted.Of(found.Draws, "draw", "draws")}, whoever of them was mentored. {words.Power}";

    /// <summary>Who was mentored, and what mentoring itself comes to.</summary>
    public string Mentored => $"{ImpactWords.Whole(found.MentoredOfWinners!.Value)} of winners were mentored by the end of the window, and {ImpactWords.Whole(found.MentoredOfLosers!.Value)} of those who waited. " + (found.OfMentored is { } effect
        ? $"For who was mentored because they won it comes to {words.AmountChange(effect.Value)} in four weeks, very likely between {words.AmountChange(effect.Lower)} and {words.AmountChange(effect.Upper)}."
        : "Winning hardly changed who was mentored, so what mentoring itself comes to can’t be told from it.");

    public IReadOnlyList<CheckLine> Checks => found.Before.Count == 0 ? [] :
    [
        found.Failed == LotteryCheck.AlikeBefore
            ? new("They differed before the draw", "By more than lots make likely. Look at how the draw was recorded, and at imports since.", false)
            : new("They were alike before the draw", $"{Counted.Of(found.Before.Count, "measure", "measures")} checked. None differs by more than lots make likely.", true),
        .. found.Failed == LotteryCheck.AlikeBefore ? Array.Empty<CheckLine>() :
        [
            new(found.Failed == LotteryCheck.EqualLoss ? "More days are unknown on one side" : "As much is known of both", $"{Counted.Of(found.GapsOfWinners, "winner", "winners")} and {Counted.Of(found.GapsOfLosers, "who waited", "who waited")} left out for days of which sales or orders are not known; up to {ImpactWords.Whole(ReadLottery.MostUnequalLoss)} more on one side is accepted.", found.Failed != LotteryCheck.EqualLoss),
            new("Nothing has to be assumed", "Chance alone chose who won, so seasons, keenness and a bad month are the same on both sides.", true),
        ],
    ];

    public string? LeftOut => found is { NotEstablished: 0, LeftOut: 0 } ? null : string.Join(" ", new[]
    {
        found.NotEstablished > 0 ? $"{Counted.Of(found.NotEstablished, "seller", "sellers")} who took part sold nothing in the sixteen weeks before the draw, or came later: they are not in it." : null,
        found.LeftOut > 0 ? $"{Counted.Of(found.LeftOut, "seller", "sellers")} stood in a level of help where fewer than two won or waited." : null,
    }.OfType<string>());

    static string Shortfall(FoundShortfall needs)
    {
        List<string> parts = [];
        if (needs.Mentees > 0) parts.Add($"about {Counted.Of(needs.Mentees, "more winner", "more winners")}");
        if (needs.Controls > 0) parts.Add($"about {Counted.Of(needs.Controls, "more who waits", "more who wait")}");
        if (needs.PeriodsBefore > 0) parts.Add($"{Counted.Of(4 * needs.PeriodsBefore, "more week", "more weeks")} of figures before the draw");
        if (needs.PeriodsAfter > 0) parts.Add($"{Counted.Of(4 * needs.PeriodsAfter, "more week", "more weeks")} of figures after it");
        return string.Join(" and ", parts);
    }
}
