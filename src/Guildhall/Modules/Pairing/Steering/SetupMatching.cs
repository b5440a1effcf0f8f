using Guildhall.Matching;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Pairing;

/// <summary>How a program makes pairs, as its set-up shows it.</summary>
/// <param name="First">What comes first, as a sentence.</param>
/// <param name="IsUsual">Whether nobody changed anything yet.</param>
public sealed record SetupMatchingView(string First, IReadOnlyList<(string Name, int Weight)> Weights, IReadOnlyList<string> MustHold, IReadOnlyList<string> Preferred, bool IsUsual);

/// <summary>The matching's own step in the set-up of a program.</summary>
static class SetupMatching
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(
        "/manage/{program}/setup/matching", async (string program, ProgramLookup programs, CurrentRules rules, ReadSetup setup, Shell shell, CancellationToken stop) =>
        {
            if (await programs.BySlug(program, stop) is not { } facts || await setup.Of(program, new FormFields(), stop) is not { } step) return await Page.Refused(shell, Refusal.NotFound("program"), stop);
            return Page.Of<SetupMatchingPage>(new { Step = step, View = ViewOf(await rules.Of(facts, stop)) });
        }).RequireAccess(AccessTable.RunProgram);

    static SetupMatchingView ViewOf(RulesNow now)
    {
        IReadOnlyList<string> Named(RuleStrength strength) => [.. now.Settings.Rules.Where(rule => rule.Strength == strength).Select(MatchWording.Name)];
        return new SetupMatchingView(
            now.Settings.Objective == AssignmentObjective.MatchedFirst ? "As many mentees as possible get a mentor, and among those the total fit is the greatest." : "The total fit is the greatest, even when fewer mentees get a mentor.",
            [.. now.Settings.Weights.Where(weight => weight.Value > 0).OrderByDescending(weight => weight.Value).ThenBy(weight => weight.Key).Select(weight => (MatchWording.Name(weight.Key), weight.Value))],
            Named(RuleStrength.Required), Named(RuleStrength.Preferred), now.ChangedAt is null);
    }
}
