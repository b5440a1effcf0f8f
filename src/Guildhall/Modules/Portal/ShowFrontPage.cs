using Guildhall.Modules.Impact;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Portal;

/// <summary>The page that visitors land on: what the program is, and what came of it or will be measured.</summary>
sealed class ShowFrontPage(ProgramLookup programs, ResultsLookup results, MarketplaceZone zones, TimeProvider clock)
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapMethods("/", [HttpMethods.Get, HttpMethods.Head], async (ShowFrontPage front, Shell shell, CancellationToken stop) =>
    {
        var context = await shell.Public(stop);
        return Page.Of<FrontPage>(new { Shell = context, View = await front.Of(context.Homes is [var home, ..] ? new Link(home.Href == "/manage" ? "To your programs" : "To your page", home.Href) : new Link("Sign in", "/sign-in"), stop) });
    }).RequireAccess(AccessTable.Visit);

    async Task<FrontView> Of(Link signIn, CancellationToken stop)
    {
        if (await programs.OnFrontPage(stop) is not { } open) return new(null, signIn);
        var published = await results.Of(open.Id, stop) is { TakenDown: null } standing ? standing : null;
        var due = published is null ? await results.DueOn(open, stop) : (DateOnly?)null;
        return new(Program(open), signIn, published, due > await zones.Today(stop) ? due : null);
    }

    FrontProgram Program(ProgramFacts open)
    {
        var design = open.Design;
        return new FrontProgram(
            open.Name, open.TakesApplications(clock.GetUtcNow()) ? open.Slug : null, design.Structure.LengthWeeks, open.LastDay,
            [Measure(design.Goal.OutcomeId, isPrimary: true), .. design.Guardrails.Select(guardrail => Measure(guardrail.OutcomeId, isPrimary: false))]);
    }

    static FrontMeasure Measure(string outcomeId, bool isPrimary) => Outcome.Find(outcomeId) is { } outcome
        ? new FrontMeasure(outcome.Label, outcome.Definition, isPrimary)
        : throw new InvalidOperationException($"A program was stored with the outcome {outcomeId}, which is not in the catalogue.");
}
