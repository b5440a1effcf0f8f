using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Ui;

namespace Guildhall.Browser.Tests.Samples;

/// <summary>The template program on its way through set-up.</summary>
static class SampleSetup
{
    public static SetupStep Step { get; } = new(SampleShell.Public, "first-90-days-autumn-2026", "First 90 Days", true, "1", 1, ProgramDesign.FirstNinetyDays, new NewProgramForm("First 90 Days", "Autumn 2026", new DateOnly(2026, 11, 16), new DateOnly(2026, 11, 12)), new FrontPagePlace(false, "First 90 Days, Summer 2026"), new FormFields());

    public static SetupStep Refused { get; } = Step with { Form = new FormFields().Refused(Refusal.Invalid("target", "Enter a target from 1 to 365 days", "Target")) };

    public static ProgramPage Programs { get; } = new(
        [
            new("first-90-days-autumn-2026", "First 90 Days", "Autumn 2026", true, false, new DateOnly(2026, 11, 16)),
            new("first-90-days-summer-2026", "First 90 Days", "Summer 2026", false, true, new DateOnly(2026, 7, 6)),
        ],
        Number: 2, HasMore: true);
}
