using Guildhall.Platform;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Programs;

/// <summary>Everything a program promises and demands, as one version of its rules. Immutable: a change is a new version.</summary>
public sealed record ProgramDesign
{
    public required Goal Goal { get; init; }
    public required IReadOnlyList<string> Guardrails { get; init; }
    public required Eligibility Mentees { get; init; }
    public required MentorCriteria Mentors { get; init; }
    public required Structure Structure { get; init; }
    public required IReadOnlyList<Tier> Tiers { get; init; }

    /// <summary>The priority class of a tier's mentees: the first tier's is the highest, the last one's 0.</summary>
    /// <param name="tier">The tier as a file writes it, such as intensive or self-serve.</param>
    /// <returns>Null for a tier that the program doesn't have.</returns>
    public byte? PriorityOf(string tier)
    {
        var at = Tiers.Select(one => one.Name.ToString()).ToList().FindIndex(name => string.Equals(name, tier.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));
        return at < 0 ? null : (byte)(Tiers.Count - 1 - at);
    }

    /// <summary>The template "First 90 Days".</summary>
    public static ProgramDesign FirstNinetyDays { get; } = new()
    {
        Goal = new Goal(Outcome.Primary[0].Id, Outcome.Primary[0].SuggestedTarget),
        Guardrails = [.. Outcome.Guardrails.Select(guardrail => guardrail.Id)],
        Mentees = new Eligibility(MaximumDaysSinceSignUp: 180),
        Mentors = new MentorCriteria(MinimumDaysSelling: 270, ActiveWithinDays: 60, RevenueWindowDays: 180, TopRevenueShare: 0.25m, MinimumReviewMean: 4.2m, MinimumReviews: 5),
        Structure = new Structure(LengthWeeks: 13, TrialWeeks: 2, TouchpointsAWeek: 1, SessionMinutes: 45),
        Tiers =
        [
            new Tier(TierName.Intensive, TouchpointsAWeek: 2, SessionMinutes: 60, MenteesAMentor: 2),
            new Tier(TierName.Standard, TouchpointsAWeek: 1, SessionMinutes: 45, MenteesAMentor: 3),
            new Tier(TierName.Light, TouchpointsAWeek: 1, SessionMinutes: 20, MenteesAMentor: 5),
            new Tier(TierName.SelfServe, TouchpointsAWeek: 0, SessionMinutes: 0, MenteesAMentor: 0),
        ],
    };
}

/// <summary>The one primary outcome and the value to reach.</summary>
public sealed record Goal(string OutcomeId, int Target);

/// <summary>Whom the program is for as a mentee. A manager may bring in others, who are marked.</summary>
public sealed record Eligibility(int MaximumDaysSinceSignUp)
{
    /// <summary>The days from sign-up to a day, where they are more than the program asks; null where they aren't, and where the sign-up isn't known.</summary>
    public int? TooManyDays(DateOnly? signedUpOn, DateOnly on) =>
        signedUpOn is { } day && on.DayNumber - day.DayNumber > MaximumDaysSinceSignUp ? on.DayNumber - day.DayNumber : null;
}

/// <summary>Who would make a good mentor, by the figures. Shares run from 0 to 1, review means from 1 to 5.</summary>
/// <param name="MinimumDaysSelling">Days since the first order.</param>
/// <param name="ActiveWithinDays">An order in this many days.</param>
/// <param name="RevenueWindowDays">Days over which revenue is compared.</param>
/// <param name="TopRevenueShare">The best-selling share of the active sellers.</param>
/// <param name="MinimumReviewMean">Mean of the known reviews of delivered orders.</param>
/// <param name="MinimumReviews">How many known reviews the mean must rest on.</param>
public sealed record MentorCriteria(
    int MinimumDaysSelling, int ActiveWithinDays, int RevenueWindowDays, decimal TopRevenueShare, decimal MinimumReviewMean, int MinimumReviews)
{
    internal static MentorCriteria Read(FormFields form) => new(
        form.Whole("MinimumDaysSelling", "the days since their first order"), form.Whole("ActiveWithinDays", "the days since their last order"), form.Whole("RevenueWindowDays", "the days that sales are counted over"),
        form.Number("TopRevenuePercent", "the percent of best-selling sellers") / 100, form.Number("MinimumReviewMean", "the review mean"), form.Whole("MinimumReviews", "the known reviews"));

    internal Refusal? Rules() => Refusal.Together(Problems());

    internal IEnumerable<Refusal> Problems()
    {
        if (MinimumDaysSelling is < 0 or > 3650) yield return Refusal.Invalid("mentor_age", "Enter between 0 and 3,650 days of selling.", "MinimumDaysSelling");
        if (ActiveWithinDays is < 1 or > 3650) yield return Refusal.Invalid("active_within", "Enter between 1 and 3,650 days since the last order.", "ActiveWithinDays");
        if (TopRevenueShare is < 0.01m or > 1) yield return Refusal.Invalid("top_share", "Enter a share between 1% and 100%.", "TopRevenuePercent");
        if (RevenueWindowDays is < 1 or > 3650) yield return Refusal.Invalid("revenue_window", "Enter between 1 and 3,650 days to count sales over.", "RevenueWindowDays");
        if (MinimumReviewMean is < 1 or > 5) yield return Refusal.Invalid("review_mean", "Enter a review mean between 1 and 5.", "MinimumReviewMean");
        if (MinimumReviews is < 0 or > 10_000) yield return Refusal.Invalid("reviews", "Enter between 0 and 10,000 known reviews.", "MinimumReviews");
    }
}

/// <summary>How the weeks are built.</summary>
public sealed record Structure(int LengthWeeks, int TrialWeeks, int TouchpointsAWeek, int SessionMinutes);

public enum TierName { Intensive, Standard, Light, SelfServe }

/// <summary>How much help a mentee gets, and how many of them one mentor can carry.</summary>
public sealed record Tier(TierName Name, int TouchpointsAWeek, int SessionMinutes, int MenteesAMentor);
