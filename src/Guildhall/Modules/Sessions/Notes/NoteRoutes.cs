using Guildhall.Modules.Enrollment;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Sessions;

/// <summary>Writing a session down, and the mentee's two questions.</summary>
static class NoteRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var side in new[] { Side.Mentee, Side.Mentor })
        {
            var own = routes.MapGroup($"{SessionRoutes.Root(side)}/{{id:guid}}").RequireAccess(AccessTable.TakePart);
            own.MapPost("note", async (Guid id, FormFields form, ShopActor shop, WriteNote write, SessionPages pages, CancellationToken stop) =>
            {
                var outcome = Enum.TryParse<Outcome>(form.Text("Outcome"), out var said) && Enum.IsDefined(said) ? said : (Outcome?)null;
                var words = new NoteWords([.. form.Values("Topics", [])], form.Text("Tried"), form.Text("Figures"), form.Text("NextStep") is { Length: > 0 } typed ? typed : form.Text("Suggested"));
                return await write.Run(id, side, shop, form.Edition("seenNote"), words, form.Sent.ContainsKey("Private") ? form.Text("Private") : null, outcome, stop) is { } refusal
                    ? await pages.One(id, side, shop, null, form, refusal, stop)
                    : Results.LocalRedirect(form.Text("From") == "home" ? "/mentor?did=logged" : $"{SessionRoutes.Path(side, id)}?did=note");
            });
            own.MapGet("note", (Guid id) => Results.LocalRedirect(SessionRoutes.Path(side, id)));
        }

        var feedback = routes.MapGroup("/me/sessions/{id:guid}/feedback").RequireAccess(AccessTable.TakePart);
        feedback.MapGet("", (Guid id, ShopActor shop, GiveFeedback give, Shell shell, CancellationToken stop) => Ask(id, shop, give, shell, new FormFields(), null, stop));
        feedback.MapPost("", async (Guid id, FormFields form, ShopActor shop, GiveFeedback give, Shell shell, CancellationToken stop) => await give.Run(id, shop, form, stop) is { } refusal
            ? await Ask(id, shop, give, shell, form, refusal, stop)
            : Results.LocalRedirect($"{SessionRoutes.Path(Side.Mentee, id)}?did=feedback"));
    }

    static async Task<IResult> Ask(Guid id, ShopActor shop, GiveFeedback give, Shell shell, FormFields form, Refusal? refusal, CancellationToken stop)
    {
        if (refusal is { Kind: RefusalKind.NotFound } || await give.Asked(id, shop, stop) is not { } asked) return await Page.Refused(shell, Refusal.NotFound("session"), stop);
        if (refusal is null && asked.IsGiven) return Results.LocalRedirect(SessionRoutes.Path(Side.Mentee, id));
        return Page.Of<FeedbackPage>(
            new { Shell = await shell.Personal(Area.Me, stop), Asked = asked, Problem = refusal is { Field: null } ? refusal.Message : null, Form = refusal is { Field: null } ? form : form.Refused(refusal) },
            refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));
    }
}
