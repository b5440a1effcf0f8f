using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Portal;

/// <summary>The one page that anybody may see: what the program is and what will be measured.</summary>
sealed class ShowFrontPage(ProgramLookup programs, TimeProvider clock)
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapMethods("/", [HttpMethods.Get, HttpMethods.Head], async (ShowFrontPage front, Shell shell, CancellationToken stop) =>
    {
        var context = await shell.Public(stop);
        return Page.Of<FrontPage>(new { Shell = context, View = new FrontView(await front.Program(stop), context.Homes is [var home, ..] ? new Link(home.Href == "/manage" ? "To your programs" : "To your page", home.Href) : new Link("Sign in", "/sign-in")) });
    }).RequireAccess(AccessTable.Visit);

    async Task<FrontProgram?> Program(CancellationToken stop)
    {
        if (await programs.OnFrontPage(stop) is not { } open) return null;
        var design = open.Design;
        return new FrontProgram(
            open.Name, open.TakesApplications(clock.GetUtcNow()) ? open.Slug : null, design.Structure.LengthWeeks, open.LastDay,
            [Measure(design.Goal.OutcomeId, isPrimary: true), .. design.Guardrails.Select(guardrail => Measure(guardrail.OutcomeId, isPrimary: false))]);
    }

    static FrontMeasure Measure(string outcomeId, bool isPrimary) => Outcome.Find(outcomeId) is { } outcome
        ? new FrontMeasure(outcome.Label, outcome.Definition, isPrimary)
        : throw new InvalidOperationException($"A program was stored with the outcome {outcomeId}, which is not in the catalogue.");
}
