using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Mentorships;
using Guildhall.Modules.Programs;
using Guildhall.Platform.Ui;

namespace Guildhall.Browser.Tests.Samples;

/// <summary>What a draft could prove, with every kind of answer, and a mentorship that somebody thinks of leaving.</summary>
static class SamplePlanning
{
    static readonly ProgramFacts program = new(
        Guid.Empty, "first-90-days-autumn-2026", "First 90 Days", "Autumn 2026", ProgramState.Draft, new(2026, 11, 16), null, 1, ProgramDesign.FirstNinetyDays, new(2026, 11, 12), default, null);

    public static PlanningView View { get; } = new(program, new FormFields(), 24, "24 mentees take part or wait now.", "10", new(
        "5 Apr 2026", "22 Nov 2026", 8, "24 mentees would not show 10%. Orders would with 212",
        [
            new("Sales", "What a mentee sells in four weeks, as Impact reads it: growth beside growth.", "first_year_revenue", 1_204, 0.31, 268),
            new("Orders", "How many orders a mentee has in four weeks, as Impact reads it: difference beside difference.", null, 1_204, 0.27, 212),
            new("First sale, sooner", "First sale, sooner, within 14 days: 61 sellers of 180 newcomers. Impact reads it by how many days sooner it comes.", "days_to_first_sale", 156, 0.88, null, 0.34, "No number beside so few others"),
            new("A revenue milestone, sooner", "Days from sign-up until the seller’s sales add up to the milestone.", "days_to_revenue_milestone", NotKnown: "Not known: the goal names no amount yet."),
            new("Better listings", "", "listing_quality", 40, WhyNone: "Too few to compare with"),
        ]));

    public static MentorshipView Mentorship { get; } = new(Guid.Empty, Side.Mentee, new PairPerson("Ruth Calloway", "Calloway Ceramics"), "First 90 Days, Autumn 2026", MentorshipState.Active, "You work together until Sun 4 Apr 2027.", HasKept: true, null, "Sun 4 Apr 2027", IsLastWeeks: false, GaveReview: false, null);
}
