using Guildhall.Modules.Enrollment;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Mentorships;

/// <summary>What a mentee wants to have reached: the same address on both sides, under the page of the mentor and that of the mentee.</summary>
sealed class MilestoneRoutes(ReadMilestone read, ChangeMilestone change, Shell shell)
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var side in new[] { Side.Mentee, Side.Mentor })
        {
            var own = routes.MapGroup($"{MentorshipRoutes.Root(side)}/{{id:guid}}/milestone").RequireAccess(AccessTable.TakePart);
            own.MapGet("", (Guid id, string? did, ShopActor shop, MilestoneRoutes pages, CancellationToken stop) => pages.Show(id, side, shop, did is null ? null : "Changed. You both see it, with the reason.", new FormFields(), null, stop));
            own.MapPost("", (Guid id, FormFields form, ShopActor shop, MilestoneRoutes pages, CancellationToken stop) => pages.Change(id, side, shop, form, stop));
        }
    }

    async Task<IResult> Show(Guid id, Side side, ShopActor shop, string? done, FormFields form, Refusal? refusal, CancellationToken stop) => await read.Of(id, side, shop, stop) is { } view
        ? Page.Of<MilestonePage>(new
        {
            Shell = await shell.Personal(side == Side.Mentee ? Area.Me : Area.Mentor, stop),
            View = view,
            Done = done,
            Problem = refusal is { Field: null } ? refusal.Message : null,
            Form = form.Refused(refusal is { Field: not null } ? refusal : null),
        }, refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal))
        : await Page.Refused(shell, Refusal.NotFound("milestone"), stop);

    async Task<IResult> Change(Guid id, Side side, ShopActor shop, FormFields form, CancellationToken stop)
    {
        var target = form.TryNumber("Target", out var typed) && typed == decimal.Truncate(typed) ? (int)Math.Clamp(typed, 0, int.MaxValue) : 0;
        return await change.Run(id, side, shop, target, form.Text("Reason").ReplaceLineEndings("\n").Replace('\0', ' '), form.Edition("seen"), stop) switch
        {
            null => Results.LocalRedirect($"{MentorshipRoutes.Path(side, id)}/milestone?did=changed"),
            { Kind: RefusalKind.NotFound } missing => await Page.Refused(shell, missing, stop),
            { } refusal => await Show(id, side, shop, null, form, refusal, stop),
        };
    }
}
