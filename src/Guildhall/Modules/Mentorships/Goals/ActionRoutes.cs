using Guildhall.Modules.Enrollment;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Mentorships;

/// <summary>What the two of a mentorship agreed to do: the same addresses on both sides, under the page of the mentor and that of the mentee.</summary>
sealed class ActionRoutes(ReadActions read, ChangeActions change, Shell shell, TimeProvider clock)
{
    public static string Path(Side side, Guid id) => $"{MentorshipRoutes.Path(side, id)}/actions";

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var side in new[] { Side.Mentee, Side.Mentor })
        {
            var own = routes.MapGroup($"{MentorshipRoutes.Root(side)}/{{id:guid}}/actions").RequireAccess(AccessTable.TakePart);
            own.MapGet("", (Guid id, int? page, string? did, ShopActor shop, ActionRoutes pages, CancellationToken stop) => pages.Show(id, side, shop, page ?? 1, Done(did), new FormFields(), null, stop));
            own.MapPost("", (Guid id, FormFields form, ShopActor shop, ActionRoutes pages, CancellationToken stop) => pages.Add(id, side, shop, form, stop));
            own.MapPost("{item:guid}", (Guid id, Guid item, FormFields form, ShopActor shop, ActionRoutes pages, CancellationToken stop) => pages.Change(id, item, side, shop, form, stop));
            own.MapGet("{item:guid}", (Guid id, Guid item) => Results.LocalRedirect(Path(side, id)));
        }
    }

    static string? Done(string? did) => did switch { "added" => "Written down. You both see it.", "ticked" => "Saved. One less.", "unticked" => "Saved. It is open again.", "removed" => "Taken back.", _ => null };

    async Task<IResult> Show(Guid id, Side side, ShopActor shop, int page, string? done, FormFields form, Refusal? refusal, CancellationToken stop) => await read.Of(id, side, shop, page, stop) is { } view
        ? Page.Of<ActionsPage>(new
        {
            Shell = await shell.Personal(side == Side.Mentee ? Area.Me : Area.Mentor, stop),
            View = view,
            Done = done,
            Key = Guid.TryParse(form.Text("Key"), out var key) ? key : Guid.CreateVersion7(clock.GetUtcNow()),
            Problem = refusal is { Field: null } ? refusal.Message : null,
            Form = form.Refused(refusal is { Field: not null } ? refusal : null),
        }, refusal is null && form.Errors.Count == 0 ? StatusCodes.Status200OK : Page.StatusOf(refusal ?? form.Refusal!))
        : await Page.Refused(shell, Refusal.NotFound("mentorship"), stop);

    async Task<IResult> Add(Guid id, Side side, ShopActor shop, FormFields form, CancellationToken stop)
    {
        if (await read.Of(id, side, shop, 1, stop) is not { } view) return await Page.Refused(shell, Refusal.NotFound("mentorship"), stop);
        var due = form.Day("DueOn", "the day");
        if (!Enum.TryParse<Side>(form.Text("Owner"), out var owner) || !Enum.IsDefined(owner)) form.Refuse("Owner", "Choose who does it.");
        if (form.Refusal is not null) return await Show(id, side, shop, 1, null, form, null, stop);
        var key = Guid.TryParse(form.Text("Key"), out var sent) && sent != Guid.Empty ? sent : Guid.CreateVersion7(clock.GetUtcNow());
        return await change.Add(id, side, shop, new ActionDraft(key, form.Text("Text").ReplaceLineEndings(" ").Replace('\0', ' '), owner, due), view.Today, stop) is { } refusal
            ? await Show(id, side, shop, 1, null, form, refusal, stop)
            : Results.LocalRedirect($"{Path(side, id)}?did=added");
    }

    async Task<IResult> Change(Guid id, Guid item, Side side, ShopActor shop, FormFields form, CancellationToken stop)
    {
        var (did, changing) = form.Text("Do") switch
        {
            "tick" => ("ticked", change.Tick(id, item, side, shop, isDone: true, stop)),
            "untick" => ("unticked", change.Tick(id, item, side, shop, isDone: false, stop)),
            "remove" => ("removed", change.Remove(id, item, side, shop, stop)),
            _ => ("", Task.FromResult<Refusal?>(Refusal.NotFound("action"))),
        };
        return await changing switch
        {
            null => Results.LocalRedirect(form.Text("From") switch { "home" => side == Side.Mentee ? "/me" : "/mentor", "person" => $"{MentorshipRoutes.Path(side, id)}?did={did}", _ => $"{Path(side, id)}?did={did}" }),
            { Kind: RefusalKind.NotFound } missing => await Page.Refused(shell, missing, stop),
            { } refusal => await Show(id, side, shop, 1, null, new FormFields(), refusal, stop),
        };
    }
}

/// <summary>On the start page: what somebody agreed to do in their mentorships.</summary>
sealed class ActionsOnHome(ReadActions read) : IAddToHome
{
    const int MostShown = 5;

    public async Task<IReadOnlyList<HomeCard>> CardsOf(SellerSeat seat, CancellationToken stop) =>
        await read.Own(seat.Side, seat.Shop, MostShown, stop) is [_, ..] items ? [HomeCard.Of<OwnActionsCard>(15, ("Items", items))] : [];
}
