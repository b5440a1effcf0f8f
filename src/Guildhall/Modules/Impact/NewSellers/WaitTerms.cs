using System.Globalization;
using Guildhall.Modules.Programs;
using Guildhall.Platform;

namespace Guildhall.Modules.Impact;

/// <summary>What new sellers are watched for.</summary>
public enum Awaited
{
    /// <summary>The first order that was not canceled. Sooner is better.</summary>
    FirstSale,

    /// <summary>The day on which sales since signing up add up to an amount. Sooner is better.</summary>
    Milestone,

    /// <summary>The day on which so many have passed without an order, since signing up or since the last one. Later is better.</summary>
    Quiet,
}

/// <summary>How a wait is looked at: of sellers to whom it had not happened yet when mentoring began.</summary>
/// <param name="WithinDays">So many days count, from the day mentoring began.</param>
/// <param name="UsefulDays">The fewest days sooner, or of staying the fewest days longer, that are worth having.</param>
/// <param name="Threshold">The sales of a milestone in minor units; how many days without an order are quiet; of a first sale 0.</param>
public sealed record WaitTerms(Awaited What, int WithinDays, decimal UsefulDays, long Threshold = 0)
{
    public const int LeastWithin = 14, MostWithin = 365, LeastQuiet = 14, MostQuiet = 180;

    /// <summary>What new sellers are to reach by a program's goal; null where the goal is another.</summary>
    internal static Awaited? GoalOf(ProgramDesign design) => design.Goal.OutcomeId switch { Outcome.FirstSale => Awaited.FirstSale, Outcome.RevenueMilestone => Awaited.Milestone, _ => null };

    /// <summary>Null, as both others, where nothing of a wait was settled.</summary>
    internal static WaitTerms? Of(Awaited what, int? within, decimal? useful, long? threshold) => within is { } days && useful is { } worth && threshold is { } amount ? new(what, days, worth, amount) : null;

    /// <summary>The first part of the names of its fields.</summary>
    internal string Field => FieldOf(What);

    internal static string FieldOf(Awaited what) => what switch { Awaited.FirstSale => "FirstSale", Awaited.Milestone => "Milestone", _ => "Staying" };

    /// <summary>As its group of fields is called where something is refused.</summary>
    internal static string QuestionOf(Awaited what) => what switch { Awaited.FirstSale => "first sales", Awaited.Milestone => "the amount", _ => "staying" };

    string Question => QuestionOf(What);

    internal IEnumerable<Refusal> Problems()
    {
        if (WithinDays is < LeastWithin or > MostWithin) yield return Refusal.Invalid("within", string.Create(CultureInfo.InvariantCulture, $"Enter {LeastWithin} to {MostWithin} days for {Question}, or leave all its fields empty."), $"{Field}Within");
        if (UsefulDays <= 0 || (WithinDays >= LeastWithin && UsefulDays >= WithinDays)) yield return Refusal.Invalid("useful_days", $"Enter the days that would be worth having of {Question}, with one decimal at most, above 0 and below the days that count.", $"{Field}Useful");
        if (What == Awaited.Milestone && Threshold <= 0) yield return Refusal.Invalid("milestone", "Enter the sales to reach, as an amount above 0.", "MilestoneAmount");
        if (What == Awaited.Quiet && Threshold is < LeastQuiet or > MostQuiet) yield return Refusal.Invalid("quiet", string.Create(CultureInfo.InvariantCulture, $"Enter {LeastQuiet} to {MostQuiet} days without an order."), "StayingQuiet");
        // Who sells on the day mentoring begins can go quiet only that many days later.
        else if (What == Awaited.Quiet && WithinDays is >= LeastWithin and <= MostWithin && 2 * Threshold > WithinDays) yield return Refusal.Invalid("quiet_window", "Enter at most half of the days that count: in fewer, hardly anybody can go quiet.", "StayingQuiet");
    }
}
