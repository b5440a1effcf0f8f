using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Portal;

/// <summary>The one page that anybody may see: what the program is and what will be measured.</summary>
sealed class ShowFrontPage(ProgramLookup programs)
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapMethods("/", [HttpMethods.Get, HttpMethods.Head], async (ShowFrontPage front, Shell shell, CancellationToken stop) =>
    {
        var context = await shell.Public(stop);
        return Page.Of<FrontPage>(new { Shell = context, View = new FrontView(await front.Program(stop), context.Person is null ? new Link("Sign in", "/sign-in") : new Link("To your programs", "/manage")) });
    }).RequireAccess(AccessTable.Visit);

    async Task<FrontProgram?> Program(CancellationToken stop)
    {
        if (await programs.OnFrontPage(stop) is not { } open) return null;
        var design = open.Design;
        return new FrontProgram(
            open.Name, design.Structure.LengthWeeks, open.StartsOn.AddDays(7 * design.Structure.LengthWeeks),
            [Measure(design.Goal.OutcomeId, isPrimary: true), .. design.Guardrails.Select(id => Measure(id, isPrimary: false))]);
    }

    static FrontMeasure Measure(string outcomeId, bool isPrimary) => Outcome.Find(outcomeId) is { } outcome
        ? new FrontMeasure(outcome.Label, outcome.Definition, isPrimary)
        : throw new InvalidOperationException($"A program was stored with the outcome {outcomeId}, which is not in the catalogue.");
}
