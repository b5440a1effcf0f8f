using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Pairing;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Mentorships;

/// <summary>What the two of a mentorship do with it: the same addresses on both sides, under the page of the mentor and that of the mentee.</summary>
sealed class MentorshipRoutes(ReadMentorship read, ReadActions actions, ReadMilestone milestones, ChangeMentorship change, OtherMentors others, Shell shell)
{
    public static readonly IReadOnlyList<Choice> ReachedChoices = [new(nameof(Reached.Yes), "Yes"), new(nameof(Reached.Partly), "Partly"), new(nameof(Reached.No), "No")];
    public static readonly IReadOnlyList<Choice> AgainChoices = [new("true", "Yes"), new("false", "No")];

    public static string Root(Side side) => side == Side.Mentee ? "/me/mentor" : MenteeRoutes.Root;

    public static string Path(Side side, Guid id) => $"{Root(side)}/{id}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/me/mentor", async (ShopActor shop, ReadMentorship read, CancellationToken stop) =>
            Results.LocalRedirect(await read.OfMentee(shop, stop) is [var newest, ..] ? Path(Side.Mentee, newest) : "/me")).RequireAccess(AccessTable.TakePart);
        routes.MapGet("/me/mentor/{id:guid}", (Guid id, string? did, ShopActor shop, MentorshipRoutes pages, CancellationToken stop) => pages.Mentor(id, shop, Done(did), null, stop)).RequireAccess(AccessTable.TakePart);

        foreach (var side in new[] { Side.Mentee, Side.Mentor })
        {
            var own = routes.MapGroup($"{Root(side)}/{{id:guid}}").RequireAccess(AccessTable.TakePart);
            own.MapPost("keep", (Guid id, ShopActor shop, MentorshipRoutes pages, ChangeMentorship change, CancellationToken stop) => pages.Did(id, side, shop, "kept", change.Keep(id, side, shop, stop), stop));
            own.MapPost("pause", (Guid id, ShopActor shop, MentorshipRoutes pages, ChangeMentorship change, CancellationToken stop) => pages.Did(id, side, shop, "paused", change.Pause(id, side, shop, stop), stop));
            own.MapPost("resume", (Guid id, ShopActor shop, MentorshipRoutes pages, ChangeMentorship change, CancellationToken stop) => pages.Did(id, side, shop, "resumed", change.Resume(id, side, shop, stop), stop));
            own.MapGet("leave", (Guid id, ShopActor shop, MentorshipRoutes pages, CancellationToken stop) => pages.Leave(id, side, shop, stop));
            own.MapPost("leave", (Guid id, ShopActor shop, MentorshipRoutes pages, ChangeMentorship change, CancellationToken stop) => pages.Did(id, side, shop, "left", change.Leave(id, side, shop, stop), stop));
            own.MapGet("change", (Guid id, string? reason, ShopActor shop, MentorshipRoutes pages, CancellationToken stop) => pages.Change(id, side, shop, ReasonIn(reason), new FormFields(), null, stop));
            own.MapPost("change", (Guid id, FormFields form, ShopActor shop, MentorshipRoutes pages, CancellationToken stop) => pages.Switch(id, side, shop, form, stop));
            own.MapGet("review", (Guid id, ShopActor shop, MentorshipRoutes pages, CancellationToken stop) => pages.Review(id, side, shop, new FormFields(), null, stop));
            own.MapPost("review", (Guid id, FormFields form, ShopActor shop, MentorshipRoutes pages, CancellationToken stop) => pages.Close(id, side, shop, form, stop));
            // A refused form leaves its own address in the browser.
            foreach (var form in (string[])["keep", "pause", "resume"]) own.MapGet(form, (Guid id) => Results.LocalRedirect(Path(side, id)));
        }
    }

    internal static string? Done(string? did) => did switch
    {
        "kept" => "Noted. You want to go on.",
        "paused" => "Paused. The other one was told.",
        "resumed" => "It goes on. The other one was told.",
        "left" => "It is over. The other one was told kindly.",
        "switched" => "Done. We tell you who it will be.",
        "chosen" => "Asked. You hear as soon as there is an answer.",
        "finished" => "Finished. Thank you both.",
        "reviewed" => "Sent. Thank you.",
        "ticked" => "Saved. One less.",
        "unticked" => "Saved. It is open again.",
        _ => null,
    };

    async Task<IResult> Mentor(Guid id, ShopActor shop, string? done, Refusal? refusal, CancellationToken stop) => await read.Of(id, Side.Mentee, shop, stop) is { } view
        ? Page.Of<MentorPage>(new { Shell = await Frame(Side.Mentee, stop), View = view, Actions = await actions.Of(id, Side.Mentee, shop, 1, stop), Milestone = await milestones.Of(id, Side.Mentee, shop, stop), Done = done, Problem = refusal?.Message }, refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal))
        : await Missing(stop);

    /// <summary>Back to the page of the other one, with what was done; refused, the same in place.</summary>
    async Task<IResult> Did(Guid id, Side side, ShopActor shop, string did, Task<Refusal?> changing, CancellationToken stop) => await changing switch
    {
        null => Results.LocalRedirect($"{Path(side, id)}?did={did}"),
        { Kind: RefusalKind.NotFound } => await Missing(stop),
        { } refusal when side == Side.Mentee => await Mentor(id, shop, null, refusal, stop),
        { } refusal => await Page.Refused(shell, refusal, stop),
    };

    /// <summary>The last look before somebody stops: it can't be taken back.</summary>
    async Task<IResult> Leave(Guid id, Side side, ShopActor shop, CancellationToken stop) => await read.Of(id, side, shop, stop) switch
    {
        null => await Missing(stop),
        { IsOver: true } over => Results.LocalRedirect(over.Here),
        var view => Page.Of<LeavePage>(new { Shell = await Frame(side, stop), View = view }),
    };

    async Task<IResult> Change(Guid id, Side side, ShopActor shop, SwitchReason? reason, FormFields form, Refusal? refusal, CancellationToken stop)
    {
        if (await read.Of(id, side, shop, stop) is not { } view) return await Missing(stop);
        if (view.IsOver) return Results.LocalRedirect(view.Here);
        return Page.Of<ChangeMentorPage>(new
        {
            Shell = await Frame(side, stop),
            View = view,
            Reason = reason,
            Others = side == Side.Mentee && reason is not null ? await others.Of(id, ChangeMentorship.OthersShown, stop) : [],
            Problem = refusal is { Field: null } ? refusal.Message : null,
            Form = form.Refused(refusal is { Field: not null } ? refusal : null),
        }, refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));
    }

    async Task<IResult> Switch(Guid id, Side side, ShopActor shop, FormFields form, CancellationToken stop)
    {
        var reason = ReasonIn(form.Text("Reason"));
        if (Refusal.Together(
            reason is null ? Refusal.Invalid("reason", "Choose a reason. Nothing was changed yet.", "Reason") : null,
            form.Text("Words").Length > SwitchRequest.WordsLimit ? Refusal.Invalid("words", $"Write up to {SwitchRequest.WordsLimit} characters. Nothing was changed yet.", "Words") : null) is { } unreadable)
            return await Change(id, side, shop, reason, form, unreadable, stop);
        var chosen = Guid.TryParse(form.Text("Mentor"), out var mentor) ? mentor : (Guid?)null;
        return await change.Switch(id, side, shop, reason!.Value, form.Text("Words"), chosen, stop) switch
        {
            null => Results.LocalRedirect($"{(side == Side.Mentee ? Path(side, id) : Root(side))}?did={(chosen is null ? "switched" : "chosen")}"),
            { Kind: RefusalKind.NotFound } => await Missing(stop),
            { } refusal => await Change(id, side, shop, reason, form, refusal, stop),
        };
    }

    async Task<IResult> Review(Guid id, Side side, ShopActor shop, FormFields form, Refusal? refusal, CancellationToken stop)
    {
        if (await read.Of(id, side, shop, stop) is not { } view) return await Missing(stop);
        if (refusal is null && (view.GaveReview || view.State is not (MentorshipState.Active or MentorshipState.Finished))) return Results.LocalRedirect(view.Here);
        return Page.Of<ReviewPage>(
            new { Shell = await Frame(side, stop), View = view, Problem = refusal is { Field: null } ? refusal.Message : null, Form = form.Refused(refusal is { Field: not null } ? refusal : null) },
            refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));
    }

    async Task<IResult> Close(Guid id, Side side, ShopActor shop, FormFields form, CancellationToken stop)
    {
        if (await read.Of(id, side, shop, stop) is not { } view) return await Missing(stop);
        if (Refusal.Together(
            Enum.TryParse<Reached>(form.Text("Reached"), out var reached) && Enum.IsDefined(reached) ? null : Refusal.Invalid("reached", "Choose how far it went. Nothing was sent yet.", "Reached"),
            bool.TryParse(form.Text("Again"), out var again) ? null : Refusal.Invalid("again", "Choose whether you would do it again. Nothing was sent yet.", "Again"),
            TooLong(form, "Words"), TooLong(form, "Thanks")) is { } unreadable)
            return await Review(id, side, shop, form, unreadable, stop);
        MentorshipReview Given(Guid mentorshipId, DateTimeOffset now) => new(mentorshipId, side, shop.AccountId, reached, again, Said(form, "Words"), Said(form, "Thanks"), now);
        var finishes = view.State != MentorshipState.Finished;
        return await (finishes ? change.Finish(id, side, shop, Given, stop) : change.Review(id, side, shop, Given, stop)) switch
        {
            null => Results.LocalRedirect($"{Path(side, id)}?did={(finishes ? "finished" : "reviewed")}"),
            { Kind: RefusalKind.NotFound } => await Missing(stop),
            { } refusal => await Review(id, side, shop, form, refusal, stop),
        };
    }

    static SwitchReason? ReasonIn(string? text) => Enum.TryParse<SwitchReason>(text, out var reason) && Enum.IsDefined(reason) ? reason : null;

    static Refusal? TooLong(FormFields form, string field) => form.Text(field).Length > MentorshipReview.WordsLimit ? Refusal.Invalid(field, $"Write up to {MentorshipReview.WordsLimit} characters. Nothing was sent yet.", field) : null;

    static string? Said(FormFields form, string field) => form.Text(field) is { Length: > 0 } text ? text : null;

    Task<ShellContext> Frame(Side side, CancellationToken stop) => shell.Personal(side == Side.Mentee ? Area.Me : Area.Mentor, stop);

    Task<IResult> Missing(CancellationToken stop) => Page.Refused(shell, Refusal.NotFound("mentorship"), stop);
}
