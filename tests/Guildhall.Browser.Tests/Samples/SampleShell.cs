using Guildhall.Platform.Ui;

namespace Guildhall.Browser.Tests.Samples;

/// <summary>The invented marketplace of the mocks.</summary>
static class SampleShell
{
    public static ShellContext Workspace { get; } = new(
        "Harrow Lane",
        "First 90 Days",
        [new("First 90 Days", "#"), new("Holiday season", "#")],
        [
            new("Run", [new("Overview", "#", "gear", InBottomBar: true), new("Matching", "#", "match", Current: true, InBottomBar: true), new("Sellers", "#", "box", InBottomBar: true)]),
            new("Measure", [new("Planning", "#", "chart", InBottomBar: true)]),
        ],
        [new("Settings", "#", "gear"), new("Help", "#", "help")],
        new SignedIn("Dana Whitfield", "Program manager", "/sign-out"),
        Path: "/components");

    public static ShellContext Public { get; } = new("Harrow Lane", "First 90 Days");
}
