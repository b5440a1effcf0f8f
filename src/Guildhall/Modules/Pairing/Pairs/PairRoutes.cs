using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Pairing;

/// <summary>The pairs of a program for its managers: the list, and taking one back.</summary>
static class PairRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var pairs = routes.MapGroup("/manage/{program}/pairs").RequireAccess(AccessTable.RunProgram);
        pairs.MapGet("", (string program, string? state, int? page, string? did, ProgramLookup programs, PairList list, Shell shell, CancellationToken stop) =>
            List(program, Enum.TryParse<PairFilter>(state, ignoreCase: true, out var filter) && Enum.IsDefined(filter) ? filter : null, page ?? 1, did == "withdrawn" ? "Withdrawn. Both wait for the next run." : null, null, programs, list, shell, stop));
        pairs.MapPost("{id:guid}/withdraw", async (string program, Guid id, WithdrawPair withdraw, ProgramLookup programs, PairList list, Shell shell, CancellationToken stop) =>
        {
            if (await programs.BySlug(program, stop) is not { } facts) return await Page.Refused(shell, Refusal.NotFound("program"), stop);
            return (await withdraw.Run(facts.Id, id, stop)).Refusal switch
            {
                null => Results.LocalRedirect($"/manage/{program}/pairs?did=withdrawn"),
                { Kind: RefusalKind.NotFound } refusal => await Page.Refused(shell, refusal, stop),
                { } refusal => await List(program, null, 1, null, refusal, programs, list, shell, stop),
            };
        });
        // A refused form leaves its own address in the browser.
        pairs.MapGet("{id:guid}/withdraw", (string program, Guid id) => Results.LocalRedirect($"/manage/{program}/pairs"));
    }

    static async Task<IResult> List(string slug, PairFilter? filter, int page, string? done, Refusal? refusal, ProgramLookup programs, PairList list, Shell shell, CancellationToken stop)
    {
        if (await programs.BySlug(slug, stop) is not { } program) return await Page.Refused(shell, Refusal.NotFound("program"), stop);
        var rows = await list.Of(program, filter, page, stop);
        return Page.Of<PairListPage>(
            new { Shell = await shell.Staff(stop), program.Cohort, Program = $"/manage/{slug}", Rows = rows, Done = done, Problem = refusal?.Message },
            refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));
    }
}
