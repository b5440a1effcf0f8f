using Guildhall.Modules.Pairing;
using Guildhall.Platform.Ui;

namespace Guildhall.Browser.Tests.Samples;

/// <summary>A first run at the edges: long names, thousands of people, weights that don't add up, nobody else possible.</summary>
static class SampleStretched
{
    const string LongName = "Maximiliana Wolfeschlegelsteinhausenbergerdorff de la Santísima Trinidad";
    const string LongShop = "Handgefertigte Lebkuchenherzen-und-Weihnachtsschmuckmanufaktur";

    static readonly FactorColumn[] factors = [new("Responsiveness", 30), new("Category", 20), new("Goal", 15), new("Hours", 10), new("Contact", 10), new("Industry", 5)];

    public static StudioView View { get; } = new(
        new RunLine(1, "Autumn 2026", "#", "on Tue 17 Nov at 09:42", 12_345, 12_340, "100,000 mentees waiting, 9,876 mentors with 23,456 open places.", null,
            "No other set of pairs scores higher: proved and checked in 41.3 seconds.",
            "Languages and hours of this run were given by a seeded rule: the marketplace does not record them."),
        new RunMeasures(12_345, 100_000, 61.4m, 3, 4_321, 9_876, 9_876),
        null,
        new PairListView(
            factors,
            [
                new("long", LongName, LongShop, LongName, LongShop, 100, null, true, true, [100, 0, null, 50, 64, 65],
                    new WhyView("long", "long", "Maximiliana", [], [.. factors.Select(factor => new FactorLine(factor.Name, $"{LongShop} and {LongShop} sell in one branch of the tree.", factor.Weight / 2m, factor.Weight))],
                        [new("Same shipping region, if it can be had", 5)], null, [], "Near ties are drawn by lot: this pair came out in 62.5% of 2,001 draws.", "Without this pair 1 mentee fewer is matched.", "/pairs/keep", "/pairs/bar", "/pairs/swap"), "/studio"),
                new("short", "Bo", "Bo", "Al", "Al", 3, null, false, false, [0, 0, 0, 0, 0, 0], null, "/studio?open=short"),
            ],
            [new("Proposed", "#", 12_345, true), new("Changed", "#", 0), new("Kept", "#", 1), new("No match", "#", 87_655)],
            [new("Best fit", "#", null, true)], 12_345, "#", 12_343),
        new WeightsView(
            [.. factors.Select(factor => new WeightLine($"weight.{factor.Name.Replace(' ', '-')}", factor.Name, factor.Weight, 0))],
            "#", "1", [new("weight-Hours", "Weights add up to 90. Add 10 points, for example to Hours")], "Dana changed these 2 minutes ago. Look at her weights, then run again."),
        [new("language", "A language in common at a working level, or an interpreter that both accept", "Blocks 48,123,456 of 987,600,000 possible pairs.", true, false)],
        new UnmatchedView(87_655, [new(LongName, LongShop, "All mentors of this kind are full. A place would have cost more than this pair brings.", null)], "#"),
        [],
        new StudioAddresses("/studio", "/run", "/send", "/rules", null, "/runs"),
        new StudioNews("Nothing was run: the weights add up to 90.", Tone.Problem));
}
