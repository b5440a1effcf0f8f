namespace Guildhall.Commands.Demo;

/// <summary>Skills of the program's catalogue by their keys.</summary>
static class DemoSkills
{
    public const string Listings = "listing-optimization";
    public const string Pricing = "pricing";
    public const string Suppliers = "supplier-negotiation";
    public const string Inventory = "inventory";
    public const string Service = "customer-service";
    public const string Policy = "policy-compliance";
    public const string Figures = "data-driven-decisions";
}

/// <summary>What a mentee wants help with; urgency from above 0 to 1.</summary>
sealed record DemoNeed(string Skill, double Urgency);

/// <summary>What a mentor is good at, from 0 to 1; the evidence is a sentence from the shop's own figures, none where it is only claimed.</summary>
sealed record DemoStrength(string Skill, double Level, string? Evidence);

/// <summary>What both sides of a match say of themselves, beside what their shop's figures say.</summary>
/// <param name="Style">From −1 (intuitive) to 1 (data-driven).</param>
/// <param name="Contact">From −1 (asynchronous) to 1 (live).</param>
/// <param name="Stakes">Shops in which they declare a stake, by seller id.</param>
abstract record DemoParticipant(
    DemoSeller Seller, DemoFigures Figures, DemoWeek Week, double Style, double Contact, string[] Industries, string[] Stakes);

sealed record DemoMentee(
    DemoSeller Seller, DemoFigures Figures, DemoWeek Week, double Style, double Contact, string[] Industries, string[] Stakes,
    DemoNeed[] Needs, int TargetOrdersPerWeek, string Tier) : DemoParticipant(Seller, Figures, Week, Style, Contact, Industries, Stakes);

sealed record DemoMentor(
    DemoSeller Seller, DemoFigures Figures, DemoWeek Week, double Style, double Contact, string[] Industries, string[] Stakes,
    DemoStrength[] Strengths, int Capacity, string[] Tiers, int Asked, int Answered, int DaysSinceActive)
    : DemoParticipant(Seller, Figures, Week, Style, Contact, Industries, Stakes);

/// <summary>The applicants of one cohort of the program.</summary>
/// <param name="Name">Season and year of the "as of" day, on the northern half: "Autumn 2026".</param>
sealed record DemoCohort(string Program, string Name, IReadOnlyList<DemoMentee> Mentees, IReadOnlyList<DemoMentor> Mentors);
