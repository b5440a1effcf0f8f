using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Pairing;

/// <summary>The pages on which the two sides of a pair meet each other: the same addresses on both sides, and the charter where it is not signed yet.</summary>
sealed class MatchPages(ReadMatch read, AnswerMatch answer, CharterLookup charter, SignCharter sign, ProgramLookup programs, EnrollmentLookup enrollment, Shell shell)
{
    const string CoachingPath = "/mentor/coaching";
    const string Coached = "coached";

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var side in new[] { Side.Mentee, Side.Mentor })
        {
            var own = routes.MapGroup($"{MatchPaths.Root(side)}/{{id:guid}}").RequireAccess(AccessTable.TakePart);
            own.MapGet("", (Guid id, string? did, MatchPages pages, ShopActor shop, CancellationToken stop) => pages.Show(id, side, shop, did, new FormFields(), null, stop));
            own.MapPost("accept", (Guid id, MatchPages pages, ShopActor shop, CancellationToken stop) => pages.Accept(id, side, shop, stop));
            own.MapPost("decline", (Guid id, FormFields form, MatchPages pages, ShopActor shop, CancellationToken stop) => pages.Decline(id, side, shop, form, stop));
            own.MapGet("charter", (Guid id, MatchPages pages, ShopActor shop, CancellationToken stop) => pages.Charter(id, side, shop, new FormFields(), null, stop));
            own.MapPost("charter", (Guid id, FormFields form, MatchPages pages, ShopActor shop, CancellationToken stop) => pages.Agree(id, side, shop, form, stop));
            // A refused form leaves its own address in the browser; opened from there, it leads back to the pair.
            foreach (var form in (string[])["accept", "decline"]) own.MapGet(form, (Guid id) => Results.LocalRedirect(MatchPaths.Of(side, id)));
        }
    }

    async Task<IResult> Show(Guid id, Side side, ShopActor shop, string? did, FormFields form, Refusal? refusal, CancellationToken stop)
    {
        if (await read.Of(id, side, shop, stop) is not { } view) return await Missing(stop);
        var parameters = new
        {
            Shell = await Frame(side, stop),
            View = view,
            Done = (did, view.Standing) switch
            {
                ("accepted", Standing.Accepted or Standing.Active) => "Accepted.",
                (Coached, Standing.Open) => $"You told us how you would coach. Now accept {view.OtherFirst}, if you want to.",
                _ => null,
            },
            // What was refused at a field stands there.
            Problem = refusal is { Field: null } ? refusal.Message : null,
            Form = form.Refused(refusal is { Field: not null } ? refusal : null),
        };
        var status = refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal);
        return side == Side.Mentee ? Page.Of<MatchPage>(parameters, status) : Page.Of<RequestPage>(parameters, status);
    }

    async Task<IResult> Accept(Guid id, Side side, ShopActor shop, CancellationToken stop) => (await answer.Accept(id, side, shop, stop)).Refusal switch
    {
        null => Results.LocalRedirect($"{MatchPaths.Of(side, id)}?did=accepted"),
        { Kind: RefusalKind.NotFound } => await Missing(stop),
        { Code: AnswerMatch.Unsigned } => Results.LocalRedirect($"{MatchPaths.Of(side, id)}/charter"),
        { Code: AnswerMatch.NotAsked } => Results.LocalRedirect($"{CoachingPath}/{(await read.Of(id, side, shop, stop))!.ProgramSlug}?to={Uri.EscapeDataString($"{MatchPaths.Of(side, id)}?did={Coached}")}"),
        { } refusal => await Show(id, side, shop, null, new FormFields(), refusal, stop),
    };

    async Task<IResult> Decline(Guid id, Side side, ShopActor shop, FormFields form, CancellationToken stop)
    {
        if (Refusal.Together(
            Enum.TryParse<DeclineReason>(form.Text("Reason"), out var reason) && Enum.IsDefined(reason) ? null : Refusal.Invalid("reason", "Choose a reason. Nothing was declined yet.", "Reason"),
            form.Text("Words").Length > Proposal.WordsLimit ? Refusal.Invalid("words", $"Write up to {Proposal.WordsLimit} characters. Nothing was declined yet.", "Words") : null,
            side == Side.Mentor && form.Text("Capacity").Length > 0 && MentorPlaces.Typed(form.Text("Capacity")) is null ? Refusal.Invalid("capacity", $"{MentorPlaces.Limit} Nothing was declined yet.", "Capacity") : null) is { } unreadable)
            return await Show(id, side, shop, null, form, unreadable, stop);
        // What stands as it was shown is no change: somebody else may have made one meanwhile.
        var places = new PlacesChange(form.Text("Pause") == "true" ? false : null, form.Text("Capacity") == form.Text("CapacitySeen") ? null : MentorPlaces.Typed(form.Text("Capacity")));
        return (await answer.Decline(id, side, shop, reason, form.Text("Words"), places, stop)).Refusal switch
        {
            null => Results.LocalRedirect(MatchPaths.Of(side, id)),
            { Kind: RefusalKind.NotFound } => await Missing(stop),
            { } refusal => await Show(id, side, shop, null, form, refusal, stop),
        };
    }

    async Task<IResult> Charter(Guid id, Side side, ShopActor shop, FormFields form, Refusal? refusal, CancellationToken stop)
    {
        if (await read.Of(id, side, shop, stop) is not { } view) return await Missing(stop);
        if (refusal is null && (view.Standing != Standing.Open || !await sign.IsAsked(shop.AccountId, stop))) return Results.LocalRedirect(view.Here);
        return Page.Of<MatchCharterPage>(
            new
            {
                Shell = await Frame(side, stop),
                View = view,
                Charter = await charter.Current(stop),
                Form = form.Refused(refusal),
                AsksAboutCoaching = side == Side.Mentor && await programs.BySlug(view.ProgramSlug, stop) is { } program && await enrollment.MustCertify(program, view.OwnId, stop),
            },
            refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));
    }

    /// <summary>Signs, and completes the acceptance that the charter stopped.</summary>
    async Task<IResult> Agree(Guid id, Side side, ShopActor shop, FormFields form, CancellationToken stop)
    {
        if (await read.Of(id, side, shop, stop) is null) return await Missing(stop);
        if (form.Text("Agrees") != "true") return await Charter(id, side, shop, form, Refusal.Invalid("agree", "Tick that you keep to the charter. Nothing was signed or accepted.", "Agrees"), stop);
        if (await sign.Run(shop, (int)Math.Min(form.Edition("Number"), int.MaxValue), stop) is { } changed) return await Charter(id, side, shop, new FormFields(), changed, stop);
        return await Accept(id, side, shop, stop);
    }

    Task<ShellContext> Frame(Side side, CancellationToken stop) => shell.Personal(side == Side.Mentee ? Area.Me : Area.Mentor, stop);

    Task<IResult> Missing(CancellationToken stop) => Page.Refused(shell, Refusal.NotFound("match"), stop);
}
