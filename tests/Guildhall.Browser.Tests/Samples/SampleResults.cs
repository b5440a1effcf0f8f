using Guildhall.Evidence;
using Guildhall.Modules.Impact;
using Guildhall.Platform.Ui;

namespace Guildhall.Browser.Tests.Samples;

/// <summary>Invented results as the public reads them.</summary>
static class SampleResults
{
    public static PublicResults Public { get; } = new()
    {
        Address = "first-90-days",
        Program = "First 90 Days",
        Cohort = "Autumn 2026",
        Release = 2,
        PublishedOn = new(2026, 11, 23),
        FiguresThrough = new(2026, 11, 22),
        WindowWeeks = 24,
        Outcomes =
        [
            new("sales", "Sales", VerdictKind.SomeEvidence, "Some evidence", "Mentored sellers sold 22% more than expected", "The true difference is very likely between 5% more and 41% more.",
                new("percent of what was expected", 22, 5, 41, "22% more", "+5%", "+41%"), 310, 630, null),
            new("orders", "Orders", VerdictKind.NoClearChange, "No clear change", "No clear change in what mentored sellers had", "The true difference is very likely between 3% less and 14% more.",
                new("percent of what was expected", 6, -3, 14, "6% more", "−3%", "+14%"), 310, 630, null),
            new("first-sale", "Days to the first sale", VerdictKind.TooEarly, "Too early", "Too early to say: due 14 Jan 2027", "The window of 24 weeks after joining is not over for everybody.", null, null, null, new(2027, 1, 14)),
        ],
        WhoTookPart = new(["Home", "Books", "Another, or not known"], ["DE", "FR", "Another, or not known"], [[61, 24, null, 92], [48, null, null, 77], [102, 31, 12, 145], [211, 75, 28, 314]]),
        Mentors = new(120, 70),
        Mentoring = new("First order 270 days ago or more, the last within 60; in the top 25% of the active by sales of 180 days; 4.2 of 5 or better from at least 5 reviews", "2 people look at each application; mentors answer situations of the coaching method before their first mentee", "$150 for each mentee who finishes"),
        Changes = [new(new(2026, 11, 23), "Sales", "24% more (+6% to +44%)", "22% more (+5% to +41%)", "the marketplace corrected the orders of October.")],
    };

    public static PublicResults TakenDown { get; } = new()
    {
        Address = Public.Address,
        Program = Public.Program,
        Cohort = Public.Cohort,
        Release = 3,
        PublishedOn = new(2026, 11, 24),
        Changes = Public.Changes,
        TakenDown = new(new(2026, 11, 24), "a file of October was imported twice."),
    };

    public static ResultsView View { get; } = new(Public, "First 90 Days", null, [new("Holiday season, 2025", "/results")], new("Sign in", "/sign-in"));

    public static PublishView Publish { get; } = new(
        "first-90-days", "Autumn 2026", Guid.Empty, 1, Public, Public.Changes, IsPublic: false, CanTakeDown: true, [new("1. Mentored sellers sold 24% more than expected", "20 Nov 2026, 10:12", "Dana Whitfield")]);
}
