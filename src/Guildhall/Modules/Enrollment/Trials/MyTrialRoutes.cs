using System.Globalization;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Enrollment;

/// <summary>The address of an own trial: the offer, then the trial, then what it brought.</summary>
static class MyTrialRoutes
{
    public static string Path(string slug) => $"/me/trial/{slug}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var own = routes.MapGroup("/me/trial/{program}").RequireAccess(AccessTable.TakePart);
        own.MapGet("", (string program, string? did, ShopActor shop, MyTrialPages pages, CancellationToken stop) => pages.Show(program, shop, Done(did), null, stop));
        own.MapPost("", (string program, FormFields form, ShopActor shop, MyTrialPages pages, CancellationToken stop) => pages.Do(program, shop, form, stop));
    }

    static string? Done(string? did) => did switch
    {
        "started" => "Your trial has begun. You got a mail with the days.",
        "chosen" => "The place is yours.",
        "given" => "You gave the place back.",
        "ticked" => "Saved. One tip done.",
        "unticked" => "Saved. The tip is open again.",
        "stopped" => "You ended the trial. Nothing is owed.",
        _ => null,
    };
}

/// <summary>Answers the requests of the page of an own trial.</summary>
sealed class MyTrialPages(GuildhallDb db, ProgramLookup programs, OfferTrial offers, ReadMyTrial read, StartTrial start, ChooseSession choose, ChangeTrial change, Shell shell)
{
    public async Task<IResult> Show(string slug, ShopActor shop, string? done, Refusal? refusal, CancellationToken stop)
    {
        if (await programs.BySlug(slug, stop) is not { } program) return await Missing(stop);
        var status = refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal);
        if (await read.Of(program, shop, stop) is { } view) return Page.Of<MyTrialPage>(new { Shell = await shell.Personal(Area.Me, stop), View = view, Done = done, Refusal = refusal }, status);
        return await offers.Of(program, shop.SellerId, stop) is { } offer
            ? Page.Of<OfferTrialPage>(new { Shell = await shell.Personal(Area.Me, stop), Offer = offer, Refusal = refusal == offer.InTheWay ? null : refusal }, status)
            : await Missing(stop);
    }

    public async Task<IResult> Do(string slug, ShopActor shop, FormFields form, CancellationToken stop)
    {
        if (await programs.BySlug(slug, stop) is not { } program) return await Missing(stop);
        var (did, refusal) = form.Text("Do") switch
        {
            "start" => ("started", (await start.Run(program, shop, Day(form.Text("Until")), stop)).Refusal),
            "choose" => ("chosen", Guid.TryParse(form.Text("Session"), out var session) ? await choose.Choose(program, shop, session, stop) : Refusal.NotFound("session")),
            "give" => ("given", await choose.GiveBack(program, shop, stop)),
            "tick" => (form.Text("Done") == "false" ? "unticked" : "ticked", int.TryParse(form.Text("Tip"), NumberStyles.None, CultureInfo.InvariantCulture, out var tip) ? await change.Tick(program, shop, tip, form.Text("Done") != "false", stop) : Refusal.NotFound("tip")),
            "stop" => ("stopped", await change.Stop(program, shop, stop)),
            _ => ("", Refusal.Invalid("step", "Choose one of the steps on this page. Nothing was changed.")),
        };
        // Somebody who taps twice, or in two windows, has what they wanted.
        if (refusal is null || (refusal.Code == "tried" && did == "started")) return Results.LocalRedirect($"{MyTrialRoutes.Path(slug)}?did={did}");
        db.ChangeTracker.Clear();
        return refusal.Kind == RefusalKind.NotFound ? await Page.Refused(shell, refusal, stop) : await Show(slug, shop, null, refusal, stop);
    }

    async Task<IResult> Missing(CancellationToken stop) => await Page.Refused(shell, Refusal.NotFound("program"), stop);

    static DateOnly? Day(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}

/// <summary>Trials on the start page of who looks for a mentor: the one that runs, the one that is over, or the offer.</summary>
sealed class TrialsOnHome(ProgramLookup programs, ReadMyTrial read, OfferTrial offers) : IAddToHome
{
    /// <summary>What a trial brought stands on the start page for as long after its end.</summary>
    const int DaysAfter = 14;

    public async Task<IReadOnlyList<HomeCard>> CardsOf(SellerSeat seat, CancellationToken stop)
    {
        if (seat.Side != Side.Mentee) return [];
        List<HomeCard> cards = [];
        foreach (var id in await read.Lately(seat.Shop.SellerId, DaysAfter, stop))
            if (await programs.ById(id, stop) is { } program && await read.Of(program, seat.Shop, stop) is { } view) cards.Add(HomeCard.Of<TrialCard>(view.IsRunning ? 10 : 40, ("View", view)));
        foreach (var offer in await offers.To(seat.Shop.SellerId, stop)) cards.Add(HomeCard.Of<TrialOfferCard>(50, ("Offer", offer)));
        return cards;
    }
}
