using Guildhall.Modules.Pairing;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Ui;

namespace Guildhall.Browser.Tests.Samples;

/// <summary>The template program on its way through set-up.</summary>
static class SampleSetup
{
    public static SetupStep Step { get; } = new(SampleShell.Public, "first-90-days-autumn-2026", "First 90 Days", ProgramState.Draft, "1", 1, ProgramDesign.FirstNinetyDays, new NewProgramForm("First 90 Days", "Autumn 2026", new DateOnly(2026, 11, 16), new DateOnly(2026, 11, 12)), new FrontPagePlace(false, "First 90 Days, Summer 2026"), new FormFields(), "USD", "America/New_York", MayStart: true);

    public static SetupStep Refused { get; } = Step with { Form = new FormFields().Refused(Refusal.Invalid("target", "Enter a target from 1 to 365 days", "Target")) };

    public static ProgramPage Programs { get; } = new(
        [
            new("first-90-days-autumn-2026", "First 90 Days", "Autumn 2026", ProgramState.Draft, false, new DateOnly(2026, 11, 16)),
            new("first-90-days-summer-2026", "First 90 Days", "Summer 2026", ProgramState.Running, true, new DateOnly(2026, 7, 6)),
        ],
        Number: 2, HasMore: true, HasArchive: true);

    public static SetupStep Running { get; } = Step with { State = ProgramState.Running, Version = 3, Welcome = new WelcomeSession(new DateTime(2026, 11, 16, 17, 0, 0), "America/New_York", 60, "https://meet.example.com/welcome") };

    public static VersionsView Versions { get; } = new("first-90-days-autumn-2026", "First 90 Days", "Autumn 2026", false, "America/New_York",
        [
            new(2, "Dana Reyes", new DateTimeOffset(2026, 11, 20, 9, 30, 0, TimeSpan.Zero), ["The length changed from 13 weeks to 8 weeks.", "Added to the advice never to give: Trading reviews."]),
            new(1, null, new DateTimeOffset(2026, 11, 12, 9, 30, 0, TimeSpan.Zero), []),
        ], 2, HasMore: true);

    static readonly CharterInForce charter = new(2, "Be honest.\n\n## Who sees what\n\n- You see your own figures.\n- Nobody else does.", "Who sees what.", new DateTimeOffset(2026, 11, 12, 9, 30, 0, TimeSpan.Zero));

    public static CharterInForce Charter => charter;

    public static CharterView CharterView { get; } = new(charter, charter, 3, 1,
        [
            new(3, "Who sees what, in other words.", charter.PublishedAt, "Dana Reyes", new CharterWithdrawal(charter.PublishedAt, "Omar Haddad", "It promised what nobody can keep.")),
            new(2, "Who sees what.", charter.PublishedAt, "Dana Reyes", null),
            new(1, "The first version.", charter.PublishedAt, "Guildhall", null),
        ], 1, HasMore: true, "America/New_York");

    public static SetupMatchingView Matching { get; } = new("As many mentees as possible get a mentor, and among those the total fit is the greatest.", [("Category", 60), ("Hours", 40)], ["A language in common"], ["Other regions"], true);
}
