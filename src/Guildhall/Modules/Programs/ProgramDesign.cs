using System.Globalization;
using System.Text.Json.Serialization;
using Guildhall.Platform;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Programs;

/// <summary>
/// Everything a program promises and demands, as one version of its rules. Immutable: a change is a new version. What versions of before don't hold has a default that
/// promises nothing.
/// </summary>
public sealed record ProgramDesign
{
    public required Goal Goal { get; init; }

    /// <summary>Ids of outcomes that are looked at beside the goal.</summary>
    public IReadOnlyList<string> SecondaryOutcomes { get; init; } = [];

    /// <summary>The sales that <see cref="Outcome.RevenueMilestone"/> counts the days to, in minor units of the marketplace's currency, which never changes.</summary>
    public long? MilestoneMinorUnits { get; init; }

    public required IReadOnlyList<Guardrail> Guardrails { get; init; }
    public required Eligibility Mentees { get; init; }
    public required MentorCriteria Mentors { get; init; }
    public Vetting Vetting { get; init; } = Vetting.Plain;

    /// <summary>What sellers may try before they apply.</summary>
    public FreeTrial FreeTrial { get; init; } = FreeTrial.None;
    public required Structure Structure { get; init; }
    public required IReadOnlyList<Tier> Tiers { get; init; }
    public CoachingMethod Coaching { get; init; } = CoachingMethod.None;

    /// <summary>What a mentor gets for a mentee who finishes, in minor units of the marketplace's currency; null where it is not money.</summary>
    public long? RewardMinorUnits { get; init; }

    /// <summary>How much each skill is against each pain; a version of before has the catalogue's own map.</summary>
    public IReadOnlyList<PainSkill> PainSkills { get; init; } = PainSkill.Catalogue;

    /// <summary>The priority class of a tier's mentees: the first tier's is the highest, the last one's 0.</summary>
    /// <param name="tier">The tier as a file writes it, such as intensive or self-serve.</param>
    /// <returns>Null for a tier that the program doesn't have.</returns>
    public byte? PriorityOf(string tier)
    {
        var at = Tiers.Select(one => one.Name.ToString()).ToList().FindIndex(name => string.Equals(name, tier.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));
        return at < 0 ? null : (byte)(Tiers.Count - 1 - at);
    }

    /// <summary>The least contacts a week: of a mentee's tier, or the program's where they have none.</summary>
    /// <param name="tier">The tier as a profile writes it; null where it has none.</param>
    public int TouchpointsAWeek(string? tier) => TierOf(tier)?.TouchpointsAWeek ?? Structure.TouchpointsAWeek;

    /// <summary>How long a session of a mentee is: what their tier says, else what the program does.</summary>
    /// <inheritdoc cref="TouchpointsAWeek" path="/param"/>
    public int SessionMinutesOf(string? tier) => TierOf(tier) is { HasMentor: true } level ? level.SessionMinutes : Structure.SessionMinutes;

    Tier? TierOf(string? tier) => tier is null ? null : Tiers.FirstOrDefault(one => string.Equals(one.Name.ToString(), tier.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));

    /// <summary>The skills that are against a pain, each with how much.</summary>
    public IEnumerable<PainSkill> SkillsAgainst(string pain) => PainSkills.Where(entry => entry.Pain == pain && entry.Weight > 0);

    /// <summary>Whether the days to a revenue milestone are among what is measured.</summary>
    [JsonIgnore]
    public bool AsksMilestone => Goal.OutcomeId == Outcome.RevenueMilestone || SecondaryOutcomes.Contains(Outcome.RevenueMilestone);

    /// <summary>The template "First 90 Days".</summary>
    public static ProgramDesign FirstNinetyDays { get; } = new()
    {
        Goal = new Goal(Outcome.Primary[0].Id, Outcome.Primary[0].SuggestedTarget),
        Guardrails = [.. Outcome.Guardrails.Select(guardrail => new Guardrail(guardrail.Id, guardrail.SuggestedTarget))],
        Mentees = new Eligibility(MaximumDaysSinceSignUp: 180),
        Mentors = new MentorCriteria(MinimumDaysSelling: 270, ActiveWithinDays: 60, RevenueWindowDays: 180, TopRevenueShare: 0.25m, MinimumReviewMean: 4.2m, MinimumReviews: 5),
        Vetting = new Vetting(Reviewers: 1, AsksAboutCoaching: true),
        FreeTrial = FreeTrial.None with { IsOffered = true },
        Structure = new Structure(LengthWeeks: 13, TrialWeeks: 2, TouchpointsAWeek: 1, SessionMinutes: 45),
        Tiers =
        [
            new Tier(TierName.Intensive, TouchpointsAWeek: 2, SessionMinutes: 60, MenteesAMentor: 2),
            new Tier(TierName.Standard, TouchpointsAWeek: 1, SessionMinutes: 45, MenteesAMentor: 3),
            new Tier(TierName.Light, TouchpointsAWeek: 1, SessionMinutes: 20, MenteesAMentor: 5),
            new Tier(TierName.SelfServe, TouchpointsAWeek: 0, SessionMinutes: 0, MenteesAMentor: 0),
        ],
        Coaching = CoachingMethod.FirstNinetyDays,
    };

    internal IEnumerable<Refusal> Problems(DateOnly startsOn)
    {
        if (Outcome.Primary.FirstOrDefault(outcome => outcome.Id == Goal.OutcomeId) is not { } goal)
            yield return Refusal.Invalid("outcome", $"Choose a result measured from seller figures. {NoActivity}", "Outcome");
        else if (Goal.Target < 1 || Goal.Target > goal.HighestTarget)
            yield return Refusal.Invalid("target", string.Create(CultureInfo.InvariantCulture, $"Enter a target between 1 and {goal.HighestTarget:N0}: the goal reads “{string.Format(CultureInfo.InvariantCulture, goal.Target, goal.SuggestedTarget)}”."), "Target");
        if (Goal.By is { } by && (by < startsOn || !ProgramDays.Has(by)))
            yield return Refusal.Invalid("goal_day", string.Create(CultureInfo.InvariantCulture, $"Choose a day for the goal from {startsOn:d MMM yyyy}, the first day of the program, to {ProgramDays.Last:d MMM yyyy}."), "By");
        if (SecondaryOutcomes.Any(id => Outcome.Primary.All(outcome => outcome.Id != id))) yield return Refusal.Invalid("secondary", $"Choose further results from the list. {NoActivity}", "Secondary");
        else if (SecondaryOutcomes.Contains(Goal.OutcomeId)) yield return Refusal.Invalid("secondary_is_goal", $"Take “{Outcome.Find(Goal.OutcomeId)!.Label}” out of the further results: it is the goal already.", "Secondary");
        if (AsksMilestone && MilestoneMinorUnits is null or <= 0) yield return Refusal.Invalid("milestone", "Enter the sales that count as the revenue milestone, as an amount above 0.", "Milestone");
        foreach (var problem in Guardrail.Problems(Guardrails)) yield return problem;
        if (Mentees.MaximumDaysSinceSignUp is < 1 or > 3650) yield return Refusal.Invalid("mentee_age", "Enter between 1 and 3,650 days since sign-up.", "MaximumDaysSinceSignUp");
        foreach (var problem in Mentors.Problems().Concat(Vetting.Problems(Coaching)).Concat(FreeTrial.Problems()).Concat(Structure.Problems()).Concat(Tiers.SelectMany(tier => tier.Problems())).Concat(Coaching.Problems())) yield return problem;
        if (RewardMinorUnits is <= 0) yield return Refusal.Invalid("reward", "Enter a reward above 0, or leave it empty when it is not money.", "Reward");
        foreach (var problem in PainSkill.Problems(PainSkills)) yield return problem;
    }

    const string NoActivity = "Messages, sessions and sign-ups show activity, not growth, so they can’t be the goal.";
}

/// <summary>The one primary outcome and the value to reach.</summary>
public sealed record Goal(string OutcomeId, int Target)
{
    /// <summary>The day on which the target is to be reached; null is the program's last day, whenever that is.</summary>
    public DateOnly? By { get; init; }
}

/// <summary>A figure that must not get worse while the goal is pursued.</summary>
/// <param name="Limit">The value it must keep to, in the unit of its outcome; null asks only that it doesn't get worse than it was at the start.</param>
[JsonConverter(typeof(GuardrailJson))]
public sealed record Guardrail(string OutcomeId, decimal? Limit = null)
{
    internal static IEnumerable<Refusal> Problems(IReadOnlyList<Guardrail> guardrails)
    {
        if (guardrails.Any(chosen => Outcome.Guardrails.All(known => known.Id != chosen.OutcomeId)) || guardrails.DistinctBy(chosen => chosen.OutcomeId).Count() < guardrails.Count)
            yield return Refusal.Invalid("guardrails", "Choose guardrails from the list.", "Guardrails");
        foreach (var outcome in Outcome.Guardrails)
        {
            var (least, most) = outcome.Id == "review_score" ? (1, 5) : (0, outcome.HighestTarget);
            if (guardrails.FirstOrDefault(chosen => chosen.OutcomeId == outcome.Id)?.Limit is { } limit && (limit < least || limit > most))
                yield return Refusal.Invalid("guardrail_limit", $"Enter a limit for {outcome.Label.ToLowerInvariant()} from {least} to {most}, or leave it empty.", $"Limit_{outcome.Id}");
        }
    }
}

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

/// <summary>What stands before a mentor's first mentee.</summary>
/// <param name="Reviewers">How many people review a mentor's application before it can be accepted.</param>
/// <param name="AsksAboutCoaching">Whether mentors answer the situations of the coaching method before they take a mentee.</param>
public sealed record Vetting(int Reviewers, bool AsksAboutCoaching)
{
    public const int MostReviewers = 2;

    /// <summary>Of a version that doesn't say.</summary>
    public static Vetting Plain { get; } = new(Reviewers: 1, AsksAboutCoaching: false);

    internal IEnumerable<Refusal> Problems(CoachingMethod coaching)
    {
        if (Reviewers is < 1 or > MostReviewers) yield return Refusal.Invalid("reviewers", "Choose one reviewer or two.", "Reviewers");
        if (AsksAboutCoaching && coaching.Cases.Count < CoachingMethod.FewestCases)
            yield return Refusal.Invalid("no_cases", $"Write at least {CoachingMethod.FewestCases} situations on the page of the coaching method, or don’t ask mentors about it: there {(coaching.Cases.Count == 1 ? "is 1" : $"are {coaching.Cases.Count}")}.", "AsksAboutCoaching");
    }
}

/// <summary>Some days of a program that a seller may try before they apply, with one group session and tips. It has nothing to do with the weeks that a pair is on trial.</summary>
/// <param name="Days">Counted from the day it is started on, which is the first.</param>
/// <param name="MostAtOnce">How many may run at the same time: those who hold the sessions have only so much of it.</param>
public sealed record FreeTrial(bool IsOffered, int Days, int MostAtOnce)
{
    public const int ShortestDays = 3, LongestDays = 60;
    const int MostOfAll = 500;

    /// <summary>Of a version that doesn't say.</summary>
    public static FreeTrial None { get; } = new(IsOffered: false, Days: 14, MostAtOnce: 20);

    internal IEnumerable<Refusal> Problems()
    {
        if (Days is < ShortestDays or > LongestDays) yield return Refusal.Invalid("trial_days", $"Enter between {ShortestDays} and {LongestDays} days for the free trial.", "Days");
        if (MostAtOnce is < 1 or > MostOfAll) yield return Refusal.Invalid("trials_at_once", $"Enter between 1 and {MostOfAll} trials at the same time.", "MostAtOnce");
    }
}

/// <summary>How the weeks are built.</summary>
public sealed record Structure(int LengthWeeks, int TrialWeeks, int TouchpointsAWeek, int SessionMinutes)
{
    internal IEnumerable<Refusal> Problems()
    {
        if (LengthWeeks is < 1 or > 104) yield return Refusal.Invalid("length", "Enter a length between 1 and 104 weeks.", "LengthWeeks");
        else if (TrialWeeks < 0 || TrialWeeks >= LengthWeeks) yield return Refusal.Invalid("trial", "Enter a trial shorter than the program.", "TrialWeeks");
        if (TouchpointsAWeek is < 0 or > 14) yield return Refusal.Invalid("touchpoints", "Enter between 0 and 14 contacts a week.", "TouchpointsAWeek");
        if (SessionMinutes is < 10 or > 180) yield return Refusal.Invalid("session", "Enter a session of 10 to 180 minutes.", "SessionMinutes");
    }
}

public enum TierName { Intensive, Standard, Light, SelfServe }

/// <summary>How much help a mentee gets, and how many of them one mentor can carry. Names are fixed: files, matching and results go by them.</summary>
public sealed record Tier(TierName Name, int TouchpointsAWeek, int SessionMinutes, int MenteesAMentor)
{
    /// <summary>No one mentor carries more.</summary>
    const int MostMentees = 50;

    /// <summary>A level without a mentor is what self-serve means.</summary>
    [JsonIgnore]
    public bool HasMentor => Name != TierName.SelfServe;

    [JsonIgnore]
    public string Label => LabelOf(Name);

    public static string LabelOf(TierName name) => name == TierName.SelfServe ? "Self-serve" : name.ToString();

    internal IEnumerable<Refusal> Problems()
    {
        if (!HasMentor) yield break;
        if (TouchpointsAWeek is < 0 or > 14) yield return Refusal.Invalid("tier_contacts", $"Enter between 0 and 14 contacts a week for {Label}.", $"{Name}_Contacts");
        if (SessionMinutes is < 10 or > 180) yield return Refusal.Invalid("tier_minutes", $"Enter a session of 10 to 180 minutes for {Label}.", $"{Name}_Minutes");
        if (MenteesAMentor is < 1 or > MostMentees) yield return Refusal.Invalid("tier_mentees", $"Enter between 1 and {MostMentees} mentees a mentor for {Label}.", $"{Name}_Mentees");
    }
}
