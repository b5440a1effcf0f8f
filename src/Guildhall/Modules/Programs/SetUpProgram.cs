using System.Globalization;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Programs;

/// <summary>The pages of a program's set-up: one decision each, saved as it is made.</summary>
static class SetUpProgram
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var staff = routes.MapGroup("/manage").RequireAuthorization(Policies.Staff);
        staff.MapGet("/", async (Shell shell, ProgramLookup programs, CancellationToken stop) =>
            Page.Of<ProgramListPage>(new { Shell = await shell.Staff(stop), Programs = await programs.All(stop) }));
        staff.MapGet("/new", async (Shell shell, TimeProvider clock, CancellationToken stop) =>
            await NewPage(shell, NewProgramForm.Suggested(DateOnly.FromDateTime(clock.GetUtcNow().Date)), null, stop));
        staff.MapPost("/new", async ([FromForm] NewProgramForm form, DraftProgram draft, Shell shell, Actor actor, CancellationToken stop) =>
            (await draft.Run(form, actor, stop)).Succeeded(out var program, out var refusal)
                ? Results.LocalRedirect($"/manage/{program.Slug}/setup/goal")
                : await NewPage(shell, form, refusal, stop));

        MapStep<GoalPage, ChangeProgram.GoalInput>(staff, "goal", (change, slug, seen, input, actor, stop) => change.SetGoal(slug, seen, input, actor, stop));
        MapStep<WhoPage, ChangeProgram.PeopleInput>(staff, "who", (change, slug, seen, input, actor, stop) => change.SetPeople(slug, seen, input, actor, stop));
        MapStep<StagesPage, ChangeProgram.StructureInput>(staff, "stages", (change, slug, seen, input, actor, stop) => change.SetStructure(slug, seen, input, actor, stop));
        MapStep<PublishPage, PublishInput>(staff, "publish", (change, slug, seen, _, _, stop) => change.Publish(slug, seen, stop));
    }

    sealed record PublishInput;

    delegate Task<Result<Program>> Save<in TInput>(ChangeProgram change, string slug, uint seen, TInput input, Actor actor, CancellationToken stop);

    static void MapStep<TPage, TInput>(IEndpointRouteBuilder staff, string step, Save<TInput> save) where TPage : IComponent
    {
        var path = $"/{{program}}/setup/{step}";
        staff.MapGet(path, (string program, Shell shell, GuildhallDb db, CancellationToken stop) => StepPage<TPage>(program, shell, db, null, null, stop));
        staff.MapPost(path, async (string program, [FromForm] uint seen, [FromForm] TInput input, HttpContext http, ChangeProgram change, Shell shell, GuildhallDb db, Actor actor, CancellationToken stop) =>
        {
            if ((await save(change, program, seen, input, actor, stop)).Succeeded(out _, out var refusal)) return Results.LocalRedirect(SetupStep.NextHref(program, step));
            db.ChangeTracker.Clear();
            return await StepPage<TPage>(program, shell, db, refusal, refusal.Kind == RefusalKind.Invalid ? http.Request.Form : null, stop);
        });
    }

    static async Task<IResult> StepPage<TPage>(string slug, Shell shell, GuildhallDb db, Refusal? refusal, IFormCollection? sent, CancellationToken stop) where TPage : IComponent
    {
        var program = await db.Set<Program>().AsNoTracking().SingleOrDefaultAsync(p => p.Slug == slug, stop);
        if (program is null) return Page.Of<NotFoundPage>(new { Shell = await shell.Public(stop) }, StatusCodes.Status404NotFound);
        var step = new SetupStep(
            await shell.Public(stop), slug, program.Name, program.State == ProgramState.Draft,
            sent is null ? program.RowVersion : uint.Parse(sent["seen"]!, CultureInfo.InvariantCulture), program.Current.Design, FieldError.From(refusal), sent);
        return Page.Of<TPage>(new { Step = step }, refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));
    }

    static async Task<IResult> NewPage(Shell shell, NewProgramForm form, Refusal? refusal, CancellationToken stop) => Page.Of<NewProgramPage>(new
    {
        Shell = await shell.Public(stop),
        Form = form,
        Errors = FieldError.From(refusal),
    }, refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));
}
