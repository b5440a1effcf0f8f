using Guildhall.Modules.Enrollment;
using Guildhall.Platform;
using Guildhall.Platform.Mail;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Sessions;

/// <summary>Answers the requests of the list of sessions and of each of them.</summary>
sealed class SessionPages(ReadSessions read, ChangeSession change, PrepareSession prepare, SayOutcome say, ReadNotes notes, PrepareBrief briefs, OwnClock clock, ChangeFeed feeds, SiteAddress site, Shell shell)
{
    public async Task<IResult> List(Side side, ShopActor shop, int page, string? did, CancellationToken stop) => Page.Of<SessionsPage>(new
    {
        Shell = await shell.Personal(SessionRoutes.AreaOf(side), stop),
        View = await read.List(side, shop, page, stop),
        FeedMadeAt = await feeds.MadeAt(shop.AccountId, stop),
        Done = did switch { "said" => "Saved.", "feed-stopped" => "The calendar address is not found any more.", _ => null },
    });

    public async Task<IResult> One(Guid id, Side side, ShopActor shop, string? did, FormFields form, Refusal? refusal, CancellationToken stop)
    {
        if (refusal is { Kind: RefusalKind.NotFound } || await read.One(id, side, shop, stop) is not { } view) return await Page.Refused(shell, Refusal.NotFound("session"), stop);
        var (note, privately) = await notes.Of(id, side, view.Other.FirstName, await clock.Of(shop, stop), stop);
        return Page.Of<SessionPage>(new
        {
            Shell = await shell.Personal(SessionRoutes.AreaOf(side), stop),
            View = view,
            Brief = view.IsAhead && !view.IsCancelled ? await briefs.Of(view.PairId, side, shop, stop) : null,
            Note = note,
            Private = privately,
            Here = SessionRoutes.Path(side, id),
            Done = did switch
            {
                "booked" => $"Booked. {view.Other.FirstName} knows, and both of you have a mail for your calendars.",
                "moved" => $"Moved. {view.Other.FirstName} knows, and both calendars get the new time.",
                "cancelled" => $"Cancelled. {view.Other.FirstName} knows.",
                "agenda" => "Saved. Both of you see it.",
                "link" => "Saved. Both of you see it.",
                "note" => $"Saved. {view.Other.FirstName} knows.",
                "feedback" => "Sent. Thank you.",
                "said" => "Saved. You can correct it for as long as it stands here.",
                _ => null,
            },
            // What has no field of its own stands above the page.
            Problem = refusal is { Field: null } ? refusal.Message : null,
            Form = refusal is { Field: null } ? form : form.Refused(refusal),
        }, refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));
    }

    public async Task<IResult> Cancel(Guid id, Side side, ShopActor shop, FormFields form, CancellationToken stop) =>
        await After(id, side, shop, form, (await change.Cancel(id, side, shop, form.Edition("seen"), form.Text("Words"), stop)).Refusal, "cancelled", stop);

    public async Task<IResult> WriteAgenda(Guid id, Side side, ShopActor shop, FormFields form, CancellationToken stop) =>
        await After(id, side, shop, form, await prepare.WriteAgenda(id, side, shop, form.Edition("edition"), form.Text("Agenda"), stop), "agenda", stop);

    public async Task<IResult> SetLink(Guid id, Side side, ShopActor shop, FormFields form, CancellationToken stop) =>
        await After(id, side, shop, form, await prepare.SetLink(id, side, shop, form.Text("seenLink"), form.Text("JoinLink"), stop), "link", stop);

    public async Task<IResult> Say(Guid id, Side side, ShopActor shop, FormFields form, CancellationToken stop) =>
        !Enum.TryParse<Outcome>(form.Text("Outcome"), out var outcome) || !Enum.IsDefined(outcome)
            ? await One(id, side, shop, null, form, Refusal.Invalid("outcome", "Choose what came of the session.", "Outcome"), stop)
            : await say.Run(id, side, shop, outcome, stop) is { } refusal ? await One(id, side, shop, null, form, refusal, stop)
            : Results.LocalRedirect(form.Text("From") == "home" ? side == Side.Mentee ? "/me" : "/mentor" : $"{SessionRoutes.Path(side, id)}?did=said");

    public async Task<IResult> MakeFeed(Side side, ShopActor shop, CancellationToken stop)
    {
        var token = await feeds.Make(shop.AccountId, shop.SellerId, stop);
        return Page.Of<FeedPage>(new { Shell = await shell.Personal(SessionRoutes.AreaOf(side), stop), Side = side, Address = site.Of(ReadFeed.Path(token)).AbsoluteUri });
    }

    public async Task<IResult> StopFeed(Side side, ShopActor shop, CancellationToken stop)
    {
        await feeds.Stop(shop.AccountId, stop);
        return Results.LocalRedirect($"{SessionRoutes.Root(side)}?did=feed-stopped");
    }

    async Task<IResult> After(Guid id, Side side, ShopActor shop, FormFields form, Refusal? refusal, string did, CancellationToken stop) =>
        refusal is null ? Results.LocalRedirect($"{SessionRoutes.Path(side, id)}?did={did}") : await One(id, side, shop, null, form, refusal, stop);
}
