using System.Globalization;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Enrollment;

/// <summary>The applications to a program: the queue, one of them, and what is decided.</summary>
static class ApplicationRoutes
{
    /// <summary>Accepted in one go, at most: what a page shows.</summary>
    const int MostAtOnce = ApplicationPageRows.Size;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var applications = routes.MapGroup("/manage/{program}/applications").RequireAccess(AccessTable.RunProgram);
        applications.MapGet("", async (string program, string? state, string? side, int? page, string? did, int? not, ProgramLookup programs, ApplicationList list, Shell shell, CancellationToken stop) =>
            await programs.BySlug(program, stop) is { } facts ? await Queue(facts, StateOf(state), SideOf(side), page ?? 1, Done(did, not), null, list, shell, stop) : await Missing(shell, stop));
        applications.MapPost("", async (string program, FormFields form, ProgramLookup programs, ApplicationList list, IServiceScopeFactory scopes, Shell shell, Actor actor, CancellationToken stop) =>
        {
            if (await programs.BySlug(program, stop) is not { } facts) return await Missing(shell, stop);
            List<Guid> chosen = [.. form.Values("include", []).Select(text => Guid.TryParse(text, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty).Distinct().Take(MostAtOnce)];
            if (chosen.Count == 0) return await Queue(facts, ApplicationState.Sent, null, 1, null, Refusal.Invalid("nobody", "Tick at least one application. Nothing was changed.", "include"), list, shell, stop);
            var (accepted, refused) = (0, 0);
            // Each stands for itself: one that can't be accepted doesn't hold up the others.
            foreach (var id in chosen)
            {
                await using var scope = scopes.CreateAsyncScope();
                var decided = await scope.ServiceProvider.GetRequiredService<DecideApplication>().Run(facts, new(id, ApplicationState.Accepted, null, null, null, null), actor, stop);
                if (decided.Refusal is null) accepted++;
                else refused++;
            }

            return Results.LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"/manage/{program}/applications?did={accepted}{(refused > 0 ? $"&not={refused}" : "")}"));
        });
        applications.MapGet("{id:guid}", (string program, Guid id, ApplicationScreen screen, CancellationToken stop) => screen.Show(program, id, new FormFields(), null, stop));
        applications.MapPost("{id:guid}", async (string program, Guid id, FormFields form, ProgramLookup programs, DecideApplication decide, ApplicationScreen screen, Shell shell, GuildhallDb db, Actor actor, CancellationToken stop) =>
        {
            if (await programs.BySlug(program, stop) is not { } facts) return await Missing(shell, stop);
            ApplicationState? decision = form.Text("Decision") switch { "accept" => ApplicationState.Accepted, "wait" => ApplicationState.Waiting, "decline" => ApplicationState.Declined, _ => null };
            if (decision is null) return await screen.Show(program, id, form, Refusal.Invalid("decision", "Choose what you decide. Nothing was changed.", "Decision"), stop);
            var tier = Enum.TryParse<TierName>(form.Text("Tier"), out var named) && Enum.IsDefined(named) ? named : (TierName?)null;
            var decided = await decide.Run(facts, new(id, decision.Value, form.Text("Reason"), tier, form.Text("TierReason"), form.Edition("seen")), actor, stop);
            if (decided.Refusal is null) return Results.LocalRedirect($"/manage/{program}/applications?did={decision.Value.ToString().ToLowerInvariant()}");
            db.ChangeTracker.Clear();
            return await screen.Show(program, id, form, decided.Refusal, stop);
        });
        applications.MapPost("{id:guid}/review", async (string program, Guid id, FormFields form, ReviewMentor review, ApplicationScreen screen, GuildhallDb db, Actor actor, CancellationToken stop) =>
        {
            var given = await review.Run(program, id, form, actor, stop);
            if (given.Refusal is null) return Results.LocalRedirect($"/manage/{program}/applications/{id}#reviews-h");
            db.ChangeTracker.Clear();
            return await screen.Show(program, id, form, given.Refusal, stop);
        });
    }

    static async Task<IResult> Queue(ProgramFacts program, ApplicationState state, Side? side, int page, string? done, Refusal? refusal, ApplicationList list, Shell shell, CancellationToken stop) => Page.Of<ApplicationsPage>(new
    {
        Shell = await shell.Staff(stop),
        program.Cohort,
        program.Design.Vetting.Reviewers,
        Program = $"/manage/{program.Slug}",
        Rows = await list.Of(program, state, side, page, stop),
        State = state,
        Side = side,
        Done = done,
        Refusal = refusal,
    }, refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));

    static async Task<IResult> Missing(Shell shell, CancellationToken stop) => await Page.Refused(shell, Refusal.NotFound("program"), stop);

    static ApplicationState StateOf(string? text) => text switch { "waiting" => ApplicationState.Waiting, "accepted" => ApplicationState.Accepted, "declined" => ApplicationState.Declined, "withdrawn" => ApplicationState.Withdrawn, _ => ApplicationState.Sent };

    static Side? SideOf(string? text) => text switch { "mentee" => Side.Mentee, "mentor" => Side.Mentor, _ => null };

    static string? Done(string? did, int? not) => did switch
    {
        null => null,
        "accepted" => "Accepted. They are among the people of the program now.",
        "waiting" => "Put on the waiting list.",
        "declined" => "Declined. The reason is on their page.",
        _ when int.TryParse(did, NumberStyles.None, CultureInfo.InvariantCulture, out var accepted) =>
            $"{accepted:N0} accepted.{(not > 0 ? $" {not:N0} could not be: open each to read why." : "")}",
        _ => null,
    };
}
