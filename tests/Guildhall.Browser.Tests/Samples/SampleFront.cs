using Guildhall.Modules.Portal;

namespace Guildhall.Browser.Tests.Samples;

/// <summary>The invented program as visitors meet it.</summary>
static class SampleFront
{
    public static FrontProgram Open { get; } = new(
        "First 90 Days", "/apply/first-90-days", 13, new DateOnly(2027, 1, 14),
        [
            new("First sale, sooner", "Days from sign-up to the first order that was not canceled.", true),
            new("Return rate", "Share of orders that come back.", false),
            new("Review score", "Mean review score of delivered orders.", false),
        ]);
}
