using System.Globalization;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Programs;

/// <summary>The pages of a program's set-up: one decision each, saved as it is made.</summary>
static class SetUpProgram
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var staff = routes.MapGroup("/manage").RequireAccess(AccessTable.RunProgram);
        routes.MapGet("/manage", async (int? page, HttpContext http, Shell shell, ProgramLookup programs, IAuthorizationService authorization, CancellationToken stop) => Page.Of<ProgramListPage>(new
        {
            Shell = await shell.Staff(stop),
            View = await programs.Page(page ?? 1, http.User.WithinReach(), stop),
            MayStart = await authorization.MayAsync(http.User, AccessTable.ManageMarketplace),
        })).RequireAccess(AccessTable.Workspace);
        var starting = routes.MapGroup("/manage/new").RequireAccess(AccessTable.ManageMarketplace);
        starting.MapGet("", (DraftProgram draft, Shell shell, CancellationToken stop) => NewPage(draft, shell, new FormFields(), null, stop));
        starting.MapPost("", async (FormFields form, DraftProgram draft, Shell shell, Actor actor, CancellationToken stop) =>
        {
            var asked = Schedule(form);
            if (form.Refusal is not null) return await NewPage(draft, shell, form, form.RefusedElsewhere(draft.Problems(asked)).Refusal, stop);
            return (await draft.Run(asked, actor, stop)).Succeeded(out var program, out var refusal)
                ? Results.LocalRedirect($"/manage/{program.Slug}/setup/goal")
                : await NewPage(draft, shell, form, refusal, stop);
        });

        MapStepPage<NamePage>(staff, "name", async (change, slug, form, _, stop) =>
        {
            var asked = Schedule(form);
            if (form.Refusal is null) return await change.Reschedule(slug, form.Edition("seen"), asked, stop);
            return form.RefusedElsewhere(await change.Problems(slug, asked, stop)).Refusal!;
        });
        MapStep<GoalPage>(staff, "goal", form =>
        {
            var goal = new Goal(form.Text("Outcome"), form.Whole("Target", "the target"));
            return design => design with { Goal = goal, Guardrails = [.. form.Values("Guardrails", [])] };
        });
        MapStep<WhoPage>(staff, "who", form =>
        {
            var mentees = new Eligibility(form.Whole("MaximumDaysSinceSignUp", "the days since sign-up"));
            var mentors = MentorCriteria.Read(form);
            return design => design with { Mentees = mentees, Mentors = mentors };
        });
        MapStep<StagesPage>(staff, "stages", form =>
        {
            var structure = new Structure(
                form.Whole("LengthWeeks", "the length"), form.Whole("TrialWeeks", "the trial weeks"), form.Whole("TouchpointsAWeek", "the contacts a week"), form.Whole("SessionMinutes", "the minutes of a session"));
            return design => design with { Structure = structure };
        });

        MapStepPage<PublishPage>(staff, "publish", (change, slug, form, _, stop) => change.Publish(slug, form.Edition("seen"), form.Text("OnFrontPage") == "true", stop));
        staff.MapPost("/{program}/setup/front-page", async (string program, FormFields form, ChangeProgram change, Shell shell, GuildhallDb db, CancellationToken stop) =>
        {
            if ((await change.ShowOnFrontPage(program, form.Edition("seen"), form.Text("OnFrontPage") == "true", stop)).Succeeded(out _, out var refusal)) return Results.LocalRedirect($"/manage/{program}/setup/publish");
            db.ChangeTracker.Clear();
            return await StepPage<PublishPage>(program, shell, db, new FormFields(), refusal, stop);
        });
    }

    static NewProgramForm Schedule(FormFields form) =>
        new(form.Text("Name"), form.Text("Cohort"), form.Day("StartsOn", "the first day"), form.Day("ApplicationsCloseOn", "the last day to apply"));

    delegate Task<Result<Program>> Save(ChangeProgram change, string slug, FormFields form, Actor actor, CancellationToken stop);

    static void MapStep<TPage>(IEndpointRouteBuilder staff, string step, Func<FormFields, Func<ProgramDesign, ProgramDesign>> read) where TPage : IComponent =>
        MapStepPage<TPage>(staff, step, async (change, slug, form, actor, stop) =>
        {
            var redesign = read(form);
            if (form.Refusal is null) return await change.Redesign(slug, form.Edition("seen"), redesign, actor, stop);
            return form.RefusedElsewhere(await change.Problems(slug, redesign, stop)).Refusal!;
        });

    static void MapStepPage<TPage>(IEndpointRouteBuilder staff, string step, Save save) where TPage : IComponent
    {
        var path = $"/{{program}}/setup/{step}";
        staff.MapGet(path, (string program, Shell shell, GuildhallDb db, CancellationToken stop) => StepPage<TPage>(program, shell, db, new FormFields(), null, stop));
        staff.MapPost(path, async (string program, FormFields form, ChangeProgram change, Shell shell, GuildhallDb db, Actor actor, CancellationToken stop) =>
        {
            if ((await save(change, program, form, actor, stop)).Succeeded(out var saved, out var refusal)) return Results.LocalRedirect(SetupStep.NextHref(program, step, saved.State == ProgramState.Draft));
            db.ChangeTracker.Clear();
            // Of two people the second sees what the first stored, not what they typed over it.
            return await StepPage<TPage>(program, shell, db, refusal.Kind == RefusalKind.Invalid ? form : new FormFields(), refusal, stop);
        });
    }

    static async Task<IResult> StepPage<TPage>(string slug, Shell shell, GuildhallDb db, FormFields form, Refusal? refusal, CancellationToken stop) where TPage : IComponent
    {
        var program = await db.Set<Program>().AsNoTracking().SingleOrDefaultAsync(p => p.Slug == slug, stop);
        if (program is null) return Page.Of<NotFoundPage>(new { Shell = await shell.Public(stop) }, StatusCodes.Status404NotFound);
        var shown = program.IsOnFrontPage ? null : await db.Set<Program>().Where(p => p.IsOnFrontPage).Select(p => $"{p.Name}, {p.Cohort}").SingleOrDefaultAsync(stop);
        var step = new SetupStep(
            await shell.Public(stop), slug, program.Name, program.State == ProgramState.Draft,
            form.Value("seen") ?? program.RowVersion.ToString(CultureInfo.InvariantCulture), program.Current.Number, program.Current.Design,
            new NewProgramForm(program.Name, program.Cohort, program.StartsOn, program.ApplicationsCloseOn),
            program.FiguresAsOf is null ? new FrontPagePlace(program.IsOnFrontPage, shown) : null, form.Refused(refusal));
        return Page.Of<TPage>(new { Step = step }, refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));
    }

    static async Task<IResult> NewPage(DraftProgram draft, Shell shell, FormFields form, Refusal? refusal, CancellationToken stop) => Page.Of<NewProgramPage>(new
    {
        Shell = await shell.Public(stop),
        Suggested = await draft.Suggestion(stop),
        Form = form.Refused(refusal),
    }, refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));
}
