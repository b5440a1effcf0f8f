using Guildhall.Modules.Pairing;

namespace Guildhall.Browser.Tests.Samples;

/// <summary>The history of the invented run, and its last look.</summary>
static class SampleRuns
{
    public static RunsView History { get; } = new(
        "Autumn 2026", "#", "/studio",
        [
            new(3, "today at 09:42", "Dana Whitfield", "Draft", new(38, 42, 74.1m, 55, 2, 9, 18), "Hours from 10 to 20; at least 2 shared hours a week on", "/studio", null),
            new(2, "today at 09:30", "Dana Whitfield", "Replaced", new(39, 42, 71.3m, 48, 6, 12, 18), "Category from 25 to 30", "/studio", "/runs/2/restore"),
            new(1, "yesterday at 16:05", "Dana Whitfield", "Replaced", new(39, 42, 70.8m, 47, 7, 12, 18), "First run", "/studio", "/runs/1/restore"),
        ],
        3, "Runs 1 to 3 of 3", null, null, "/runs", 2, 3, new(3, SampleStudio.View().Measures, SampleStudio.View().Comparison!, null, null), "3");

    public static SendView Send { get; } = new(
        "Autumn 2026", "#", 3, 4, 3,
        [
            new("Ruth Calloway", "Calloway Kitchen", [new("Amara Osei", "Osei Ceramics", 90)]),
            new("Ingrid Solberg", "Solberg Knit", [new("Priya Raman", "Saffron Thread", 84), new("Grace Mbeki", "Little Loom", 78)]),
            new("Victor Nguyen", "TrailParts", [new("Ben Whitaker", "Whitaker Cycles", 82)]),
        ],
        "Pairs 1 to 4 of 4", null, null,
        ["Yuki Tanaka with Marcus Oyelaran"], 1, null,
        "Ingrid Solberg reaches her limit with these two.", "/approve", "7", "/studio",
        ["The 4 pairs are kept as proposals, with their reasons and this run’s proof.", "Nobody is told yet: sending comes with the next release.", "The mentees leave the waiting list of the next run."]);
}
