using Guildhall.Modules.Experiments;
using Guildhall.Platform.Ui;

namespace Guildhall.Browser.Tests.Samples;

/// <summary>Invented lots for places: before they are drawn, and the record.</summary>
static class SampleLottery
{
    public static LotteryView ToMake { get; } = new(
        "first-90-days", "First 90 Days", "Autumn 2026",
        new(1_286, 47, 6, "6 in 6, 100%", "41 in 1,280, 3%", [new("Intensive", 12, "1 to 2"), new("Self-serve", 1_260, "39 to 41"), new("No level said", 14, "5 to 6")], new(2027, 2, 1), new(2027, 5, 23)),
        null, null, [new Link("Draw 1, 4 May 2026", "#")]);

    public static LotteryView Made { get; } = new(
        "first-90-days", "First 90 Days", "Autumn 2026", null,
        new(2, "22 Nov 2026, 09:42", "Dana Whitfield", "1 February 2027", Holds: true, 47, 1_286, 47, "100% for who had waited by lot before, 3% for all others", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", IsSameAgain: true,
            [new("Intensive", 12, "2"), new("Self-serve", 1_260, "40"), new("No level said", 14, "5")],
            [new("Amara Osei", "Kente and Clay", "Intensive", HasWon: true), new("Bartholomew Featherstonehaugh-Llewellyn", "The Incredibly Long Shop Name Company of Northumberland", "Self-serve", HasWon: true), new("Somebody who left", "", "No level said", HasWon: false)],
            "1 to 50 of 1,286", null, "#"),
        null, [new Link("Draw 1, 4 May 2026", "#")]);

    public static LotteryView Nothing { get; } = ToMake with { ToMake = null, NoDraw = "3 mentees wait for 12 open places: there is one for everybody, so nothing has to be drawn.", Draws = [] };

    public static FormFields Empty { get; } = new();
}
