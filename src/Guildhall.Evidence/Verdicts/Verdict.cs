using System.Text.Json.Serialization;

namespace Guildhall.Evidence;

/// <summary>
/// What may be said of an effect, by fixed rules in a fixed order. Only a verdict that allows it carries an estimate: of the three that don't there is no number to show, quote or round.
/// </summary>
public abstract record Verdict
{
    private protected Verdict(VerdictKind kind) => Kind = kind;

    /// <summary>Which of the eight it is.</summary>
    public VerdictKind Kind { get; }

    /// <summary>The only words it is shown by.</summary>
    public string Words => WordsOf(Kind);

    /// <summary>The only words that a verdict of a kind is shown by, where the verdict itself is no longer at hand.</summary>
    /// <param name="kind">Which of the eight.</param>
    /// <returns>Two to four words, without a stop.</returns>
    public static string WordsOf(VerdictKind kind) => kind switch
    {
        VerdictKind.TooEarly => "Too early",
        VerdictKind.TooFew => "Too few",
        VerdictKind.NotReported => "Not reported",
        VerdictKind.GotWorse => "Got worse",
        VerdictKind.TooSmallToMatter => "Too small to matter",
        VerdictKind.StrongEvidence => "Strong evidence",
        VerdictKind.SomeEvidence => "Some evidence",
        _ => "No clear change",
    };

    /// <summary>Decides. The rules are tried in the order of <see cref="VerdictKind"/>; the first that holds is the verdict.</summary>
    /// <param name="study">What was studied and whether it may be read.</param>
    /// <param name="effect">What was found; read only after the study's gates have let it through.</param>
    /// <returns>The verdict.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">An estimate isn't a number with a standard error, or a useful effect isn't above 0.</exception>
    public static Verdict Of(StudyFacts study, EffectFacts effect)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(effect);
        if (study.Today <= study.WindowEndsOn) return new TooEarly(study.WindowEndsOn);
        if (study.Shortfall() is { } shortfall) return shortfall;
        if (!study.ControlsAreComparable) return new NotReported(StudyCheck.ControlsComparable);
        if (!study.IsFlatBefore) return new NotReported(StudyCheck.FlatBefore);

        if (!effect.IsSound) throw new ArgumentException("The effect is a number with a standard error, and the useful effect, where one was set, is above 0.", nameof(effect));
        var interval = effect.Effect.Interval();
        return new Reported(
            interval.Upper < 0 ? VerdictKind.GotWorse
            : effect.UsefulEffect is { } useful && interval.Lower > -useful && interval.Upper < useful ? VerdictKind.TooSmallToMatter
            : !(interval.Lower > 0) ? VerdictKind.NoClearChange
            : study.IsLarge && study.OtherChecksPass && effect.SensitivitiesAgree ? VerdictKind.StrongEvidence : VerdictKind.SomeEvidence,
            effect.Effect, interval);
    }

    /// <summary>The outcome's window isn't over.</summary>
    /// <param name="WindowEndsOn">The last day of the window; it can be read from the day after.</param>
    public sealed record TooEarly(DateOnly WindowEndsOn) : Verdict(VerdictKind.TooEarly);

    /// <summary>There are too few sellers, events or months.</summary>
    /// <param name="Mentees">About how many more mentees it needs; 0 when that isn't what is missing. So the others.</param>
    /// <param name="Controls">How many more controls.</param>
    /// <param name="Events">How many more events.</param>
    /// <param name="MonthsBefore">How many more months before joining.</param>
    /// <param name="MonthsAfter">How many more months after joining.</param>
    public sealed record TooFew(int Mentees, int Controls, int Events, int MonthsBefore, int MonthsAfter) : Verdict(VerdictKind.TooFew);

    /// <summary>A check failed without which an estimate misleads.</summary>
    /// <param name="Failed">Which one.</param>
    public sealed record NotReported(StudyCheck Failed) : Verdict(VerdictKind.NotReported);

    /// <summary>A verdict that may be shown with its estimate.</summary>
    public sealed record Reported : Verdict
    {
        internal Reported(VerdictKind kind, Estimate effect, Interval interval)
            : base(kind) => (Effect, Interval) = (effect, interval);

        /// <summary>The effect, in the outcome's unit; above 0 is better.</summary>
        public Estimate Effect { get; }

        /// <summary>Its 95% interval.</summary>
        public Interval Interval { get; }
    }
}

/// <summary>The eight verdicts, in the order in which they are tried.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<VerdictKind>))]
public enum VerdictKind
{
    /// <summary>The outcome's window isn't over.</summary>
    TooEarly,

    /// <summary>Under 30 mentees, 60 controls or 10 events, or less than 3 months before or 2 after.</summary>
    TooFew,

    /// <summary>A balance check or the check before joining failed.</summary>
    NotReported,

    /// <summary>The whole interval is below 0.</summary>
    GotWorse,

    /// <summary>The whole interval is within ± the useful effect that was set beforehand.</summary>
    TooSmallToMatter,

    /// <summary>The interval is above 0, every sensitivity line has the same sign (of lots, money), every check passes, and there are 100 or more in each group.</summary>
    StrongEvidence,

    /// <summary>The interval is above 0 otherwise.</summary>
    SomeEvidence,

    /// <summary>The rest.</summary>
    NoClearChange,
}

/// <summary>A check of a study.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StudyCheck>))]
public enum StudyCheck
{
    /// <summary>The weighted controls are like those who joined: <see cref="Balance.IsComparable"/>.</summary>
    ControlsComparable,

    /// <summary>Before joining and its anticipation they moved alike.</summary>
    FlatBefore,
}
