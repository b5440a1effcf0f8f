namespace Guildhall.Modules.Programs;

/// <summary>A result of selling that a program can be judged by: always a seller figure, never a count of activity.</summary>
/// <param name="Id">Stable name, stored with the program.</param>
/// <param name="Target">How a target for it reads, with its unit: "within {0} days".</param>
/// <param name="Definition">What is measured, in one sentence.</param>
/// <param name="HighestTarget">The most that its unit allows, or that anybody would mean.</param>
public sealed record Outcome(string Id, string Label, string Target, string Definition, int SuggestedTarget, int HighestTarget)
{
    public const string FirstSale = "days_to_first_sale";

    /// <summary>The outcome that needs an amount beside its days: <see cref="ProgramDesign.MilestoneMinorUnits"/>.</summary>
    public const string RevenueMilestone = "days_to_revenue_milestone";

    /// <summary>The outcomes a program can aim at: one of them as its goal, others beside it.</summary>
    public static readonly IReadOnlyList<Outcome> Primary =
    [
        new(FirstSale, "First sale, sooner", "within {0} days", "Days from sign-up to the first order that was not canceled.", 14, 365),
        new(RevenueMilestone, "A revenue milestone, sooner", "within {0} days", "Days from sign-up until the seller’s sales add up to the milestone.", 90, 730),
        new("first_year_revenue", "More revenue in the first year", "{0}% more than similar sellers", "Revenue of the first 365 days after sign-up.", 10, 1_000),
        new("listing_quality", "Better listings", "{0} of 100 on the quality score", "Mean listing quality score over live listings: title, description and photos.", 70, 100),
        new("repeat_purchase_rate", "More buyers who come back", "{0}% of buyers", "Share of a seller’s buyers who order from the seller again within 90 days.", 15, 100),
    ];

    /// <summary>Figures that must not get worse while the primary outcome improves.</summary>
    public static readonly IReadOnlyList<Outcome> Guardrails =
    [
        new("return_rate", "Return rate", "at most {0}%", "Share of orders that come back.", 8, 100),
        new("review_score", "Review score", "at least {0} of 5", "Average review of delivered orders, from 1 to 5.", 4, 5),
        new("late_dispatch", "Late dispatch", "at most {0}%", "Share of orders sent after the promised day.", 10, 100),
    ];

    public static Outcome? Find(string id) => Primary.FirstOrDefault(outcome => outcome.Id == id) ?? Guardrails.FirstOrDefault(outcome => outcome.Id == id);
}
