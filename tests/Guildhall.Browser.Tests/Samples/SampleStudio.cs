using Guildhall.Modules.Pairing;
using Guildhall.Platform.Ui;

namespace Guildhall.Browser.Tests.Samples;

/// <summary>The run of mock a: invented sellers, used by tests only.</summary>
static class SampleStudio
{
    static readonly FactorColumn[] factors = [new("Category", 30), new("Pace", 15), new("Stock", 10), new("Hours", 20), new("Style", 10), new("Goals", 15)];

    static readonly (string Id, string Mentee, string MenteeShop, string Mentor, string MentorShop, decimal Fit, decimal? Change, bool Kept, decimal?[] Scores)[] pairs =
    [
        ("amara", "Amara Osei", "Osei Ceramics", "Ruth Calloway", "Calloway Kitchen", 89.8m, null, false, [100, 82, 78, 90, 85, 88]),
        ("tomas", "Tomás Herrera", "Monte Alto Coffee", "Hassan Demir", "Demir Pantry", 87.2m, null, false, [100, 90, 92, 70, 80, 85]),
        ("priya", "Priya Raman", "Saffron Thread", "Ingrid Solberg", "Solberg Knit", 84.3m, 15, false, [90, 88, 80, 80, 75, 84]),
        ("leila", "Leila Haddad", "Haddad Soap", "Chloe Laurent", "Laurent Apothecary", 83m, null, false, [100, 70, 85, 65, 90, 80]),
        ("ben", "Ben Whitaker", "Whitaker Cycles", "Victor Nguyen", "TrailParts", 82.1m, null, true, [100, 76, 60, 85, 60, 78]),
        ("yuki", "Yuki Tanaka", "Paper Fox", "Marcus Oyelaran", "Fieldnote Supply", 79.5m, null, false, [100, 64, 70, 60, 80, null]),
        ("grace", "Grace Mbeki", "Little Loom", "Ingrid Solberg", "Solberg Knit", 78m, 17, false, [70, 84, 82, 80, 85, 76]),
        ("daniel", "Daniel Kowalczyk", "Kowalczyk Leather", "Naomi Fields", "Fields & Hide", 75m, null, false, [85, 60, 74, 75, 70, 72]),
        ("sofia", "Sofia Marchetti", "Lago Prints", "Marcus Oyelaran", "Fieldnote Supply", 72m, null, false, [65, 72, 80, 70, 90, 70]),
    ];

    static readonly WhyView whyAmara = new(
        "amara", "ruth", "Ruth", [new("Amara Osei’s shop", "#"), new("Ruth Calloway’s shop", "#")],
        [
            new("Category", "Both sell tableware in Home and living.", 30.0m, 30),
            new("Hours", "3.5 shared hours, Tuesday and Thursday.", 18.0m, 20),
            new("Goals", "Photos and prices. Ruth is rated 4.8 of 5 on both.", 13.2m, 15),
            new("Pace", "1 order a week. Ruth grew from 1 to 40.", 12.3m, 15),
            new("Style", "Both start from numbers, by video call.", 8.5m, 10),
            new("Stock", "Both make to order, under 60 products.", 7.8m, 10),
        ],
        [], "Only Tuesdays after 4 November: a clock change takes Thursday away.",
        [new("marcus", "Marcus Oyelaran", "11 points less for Amara, most in category. Dana Ingram would lose their place.", 79m), new("naomi", "Naomi Fields", "16 points less for Amara, most in hours. Has a free place.", 74m)],
        null, "Removing this pair lowers average fit by 0.3. Ruth would be offered Sofia Marchetti (71).",
        "/pairs/keep", "/pairs/bar?mentee=amara&mentor=ruth", "/pairs/swap?mentee=amara&pick=pick-amara");

    public static PairLine Row(string id, bool isOpen, bool? kept = null)
    {
        var pair = pairs.Single(pair => pair.Id == id);
        return new(pair.Id, pair.Mentee, pair.MenteeShop, pair.Mentor, pair.MentorShop, pair.Fit, pair.Change, kept ?? pair.Kept, true, pair.Scores,
            isOpen ? whyAmara : null, isOpen ? "/studio" : $"/studio?open={pair.Id}");
    }

    public static StudioView View(string? open = "amara", bool all = false, StudioNews? news = null) => new(
        new RunLine(3, "Autumn 2026", "#", "today at 09:42", 38, 38, "42 mentees waiting, 18 mentors with 47 open places.", null, "No other set of pairs matches more mentees or fits better. Checked.", Proof: "Of 756 pairs the rules leave 612, and a separate check read every one. The run took 0.2 seconds."),
        new RunMeasures(38, 42, 74.1m, 55, 2, 9, 18),
        new RunComparison(
            2, new RunMeasures(39, 42, 71.3m, 48, 6, 12, 18),
            [new("the weight of ", "Hours", " went from 10 to 20"), new("", "At least 2 shared hours a week", " is now on")],
            9, 6, 2, 1, 0,
            [
                new("Elif Kaya", "Hassan Demir", "Naomi Fields", 48, 66), new("Grace Mbeki", "Hassan Demir", "Ingrid Solberg", 61, 78),
                new("Noor Aziz", "Victor Nguyen", "Naomi Fields", 58, 74), new("Priya Raman", "Chloe Laurent", "Ingrid Solberg", 69, 84),
                new("Jonas Berg", "Marcus Oyelaran", "Victor Nguyen", 63, 70), new("Mei Lin", "Ruth Calloway", "Chloe Laurent", 66, 71),
                new("Owen Price", "Naomi Fields", "Hassan Demir", 72, 69), new("Carla Reyes", "Ingrid Solberg", "Ruth Calloway", 74, 70),
                new("Adaeze Obi", "Victor Nguyen", null, 57, null),
            ],
            null, null, "3 mentees of run 3 were not in run 2."),
        new PairListView(
            factors, [.. pairs.Take(all ? 9 : 8).Select(pair => Row(pair.Id, pair.Id == open))],
            [new("Proposed", "/studio", 38, true), new("Changed", "/studio?show=changed", 9), new("Kept", "/studio?show=kept", 6), new("No match", "#unmatched", 4)],
            [new("Best fit", "/studio", null, true), new("Lowest fit", "/studio?sort=lowest"), new("Mentee", "/studio?sort=mentee")],
            38, all ? null : "/studio?rows=38", 29),
        new WeightsView(
            [
                new("weight.category", "Category", 30, 0), new("weight.velocity", "Pace", 15, 0), new("weight.inventory", "Stock", 10, 0),
                new("weight.hours", "Hours", 20, 10), new("weight.style", "Style", 10, 0), new("weight.goals", "Goals", 15, 0),
            ],
            "/weights/reset", "7", []),
        [
            new("hours", "At least 2 shared hours a week", "Blocks 131 of 756 possible pairs. Leaves 1 mentee without a match.", true, false),
            new("trade", "No direct competitors", "Same product type and region. Blocks 22.", true, false),
            new("language", "A language in common", "Blocks 48.", true, false),
            new("share", "No mentor takes over 15% of a cohort", "Blocks none today.", true, false, BlocksNone: true),
            new("region", "Same shipping region", "Turning this on leaves 6 more mentees without a match.", false, false),
            new("declared", "Declared conflicts", "Always on, set by the charter. Blocks 5.", true, true),
        ],
        new UnmatchedView(4,
            [
                new("Adaeze Obi", "Kente Home", "Free at weekends only. No mentor shares 2 hours with her.", new("Ask 3 mentors for a weekend hour", "#")),
                new("Sam Lindqvist", "Nordlys Candles", "The only mentor with open places sells the same candles to the same region.", new("Look at 2 mentors in other regions", "#")),
                new("Hana Sato", "Mochi Mart", "Asked for Japanese. No approved mentor speaks it.", new("Check Kenji Mori’s application", "#")),
                new("Luca Ferri", "Ferri Audio", "No mentor in Electronics or a close category.", null),
            ], null),
        [new("Electronics", "Three more mentors would match 2 more sellers.")],
        new StudioAddresses("/studio", "/run", "/send", "/rules", "#", "/runs"),
        news);
}
