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

    public string Badge => Verdict.WordsOf(found.Verdict);

    public Tone Tone => ImpactWords.ToneOf(found.Verdict);

    public static string NameOf(PanelAverage what) => what switch
    {
        PanelAverage.OrderValue => "Value of an order",
        PanelAverage.Review => "Buyers’ reviews (1 to 5)",
        PanelAverage.ReturningBuyers => "Buyers who came back",
        _ => "Orders sent back",
    };

    /// <summary>Why there is no number.</summary>
    public string Without => found switch
    {
        { Verdict: VerdictKind.NotReported } => "no number: it moved apart before anybody joined",
        { Mentees: 0, Others: 0 } => "not known: the marketplace sent nothing of it",
        { Mentees: >= StudyFacts.LeastMentees, Others: >= StudyFacts.LeastControls } => "could not be worked out",
        _ => $"{Counted.Of(found.Mentees, "mentee", "mentees")} and {Counted.Of(found.Others, "other", "others")} had any before and after; {StudyFacts.LeastMentees} and {StudyFacts.LeastControls} are needed",
    };

    public string Actual => Amount(found.Actual!.Value);

    public string Expected => Amount(found.Expected!.Value);

    public string Difference => Change(found.Change!.Value);

    public string Between => $"between {Change(found.Change!.Lower)} and {Change(found.Change.Upper)}";

    /// <summary>"+0.03": an end of the interval at a picture of it.</summary>
    public string End(double change) => $"{(change < 0 ? "−" : "+")}{Amount(Math.Abs(change), isChange: true)}";

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
        PanelAverage.Review => amount.ToString("0.00", CultureInfo.CurrentCulture),
        _ => $"{(100 * amount).ToString("0.0", CultureInfo.CurrentCulture)}{(isChange ? " points" : "%")}",
    };
}
