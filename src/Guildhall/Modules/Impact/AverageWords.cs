using System.Globalization;
using Guildhall.Evidence;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Impact;

/// <summary>An average beside what was to be expected, in words.</summary>
public sealed class AverageWords(FoundAverage found, string? currencyCode)
{
    readonly Currency? currency = currencyCode is null ? null : Currency.Find(currencyCode);

    public string Name => NameOf(found.What);

    public bool MustNotGetWorse => found.MustNotGetWorse;

    public string Badge => Verdict.WordsOf(found.Verdict);

    public Tone Tone => ImpactWords.ToneOf(found.Verdict);

    public static string NameOf(PanelAverage what) => what switch
    {
        PanelAverage.OrderValue => "Value of an order",
        PanelAverage.Review => "Buyers’ reviews (1 to 5)",
        PanelAverage.ReturningBuyers => "Buyers who came back",
        PanelAverage.SentBack => "Orders sent back",
        _ => "Orders sent late",
    };

    /// <summary>The two averages and how far apart they are, or why there is no number.</summary>
    public string Sentence => found switch
    {
        { Change: { } change } => $"{Amount(found.Actual!.Value)}; {Amount(found.Expected!.Value)} would have been expected. {Change(change.Value)}, very likely {Between}. {Caveat}{Of}",
        { Verdict: VerdictKind.NotReported } => $"No number is shown: it moved apart before anybody joined. {Of}",
        { IsSent: false } => "Not known: the marketplace sent nothing of it.",
        { IsCarriedByFew: true } => $"No number is shown: a few shops carry it, and a number would be about them. {Of}",
        { Mentees: >= StudyFacts.LeastMentees, Others: >= StudyFacts.LeastControls, HasFewEvents: true } => $"It happened fewer than {StudyFacts.LeastEvents} times on one side, before or after. {Of}",
        { Mentees: >= StudyFacts.LeastMentees, Others: >= StudyFacts.LeastControls } => $"It could not be worked out. {Of}",
        _ => $"{Counted.Of(found.Mentees, "mentee", "mentees")} and {Counted.Of(found.Others, "other seller", "other sellers")} had any before and after; it needs {StudyFacts.LeastMentees} and {StudyFacts.LeastControls}.",
    };

    /// <summary>What moves it without anybody doing better or worse.</summary>
    public string Caveat => found.What switch
    {
        PanelAverage.OrderValue => "Cheaper goods that sell more lower it: read it beside sales. ",
        PanelAverage.ReturningBuyers => "New buyers lower it: read it beside sales. ",
        _ => "",
    };

    /// <summary>So many digits after the point as the interval supports, in marks or percentage points.</summary>
    public int Digits => found.What == PanelAverage.Review ? found.Change is { } marks && marks.Upper - marks.Lower < 0.04 ? 3 : 2 : found.Change is { } shares && shares.Upper - shares.Lower < 0.004 ? 2 : 1;

    string Of => $"{Counted.Of(found.Mentees, "mentee", "mentees")}, {Counted.Of(found.Others, "other seller", "other sellers")}";

    public string Between => $"between {Change(found.Change!.Lower)} and {Change(found.Change.Upper)}";

    /// <summary>"+0.03", "1.4 fewer": an end of the interval at a picture of it, where there is little room.</summary>
    public string End(double change) => found.What is PanelAverage.OrderValue or PanelAverage.Review ? $"{(change < 0 ? "−" : "+")}{Amount(Math.Abs(change), isChange: true)}" : Change(change).Replace(" points", "", StringComparison.Ordinal);

    /// <summary>"0.12 better", "1.4 points fewer".</summary>
    public string Change(double change) => $"{Amount(Math.Abs(change), isChange: true)} {(found.What, change < 0) switch
    {
        (PanelAverage.OrderValue, false) => "more",
        (PanelAverage.OrderValue, true) => "less",
        (PanelAverage.Review, false) => "better",
        (PanelAverage.Review, true) => "worse",
        (_, false) => "more",
        _ => "fewer",
    }}";

    string Amount(double amount, bool isChange = false) => found.What switch
    {
        PanelAverage.OrderValue => currency?.Format((long)Math.Round(amount)) ?? amount.ToString("N0", CultureInfo.CurrentCulture),
        PanelAverage.Review => amount.ToString($"F{Digits}", CultureInfo.CurrentCulture),
        _ => $"{(100 * amount).ToString($"F{Digits}", CultureInfo.CurrentCulture)}{(isChange ? " points" : "%")}",
    };
}
