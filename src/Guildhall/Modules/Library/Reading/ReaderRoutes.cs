using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Ui;
using Microsoft.AspNetCore.Authorization;

namespace Guildhall.Modules.Library;

/// <summary>What readers see: mentees under Learn, mentors under Playbooks, and one address for both that texts link to.</summary>
static class ReaderRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        MapReading(routes.MapGroup(Readers.Root(ReaderSide.Mentee)).RequireAccess(AccessTable.TakePart), ReaderSide.Mentee);
        var mentors = routes.MapGroup(Readers.Root(ReaderSide.Mentor)).RequireAccess(AccessTable.TakePart).WithFormOptions(valueLengthLimit: EditorRoutes.LongestField);
        MapReading(mentors, ReaderSide.Mentor);
        MapSuggesting(mentors);

        // Sellers are led on to their own side; staff read everything here.
        var anybody = routes.MapGroup(Readers.Anybody).RequireAccess(AccessTable.ReadLibrary);
        anybody.MapGet("", async (string? q, string? kind, string? topic, int? page, HttpContext http, IAuthorizationService may, ReaderList list, Shell shell, CancellationToken stop) =>
            await may.MayAsync(http.User, AccessTable.TakePart) ? Results.LocalRedirect(Readers.Root(ReaderSide.Mentee)) : await List(null, ReaderSearch.Of(q, kind, topic), page ?? 1, list, shell, stop));
        anybody.MapGet("{slug}", async (string slug, HttpContext http, IAuthorizationService may, Actor actor, ReaderList list, Shell shell, CancellationToken stop) =>
        {
            if (!await may.MayAsync(http.User, AccessTable.TakePart)) return await Read(null, slug, null, null, actor, list, shell, stop);
            var side = await list.One(ReaderSide.Mentee, slug, actor.AccountId, stop) is null && await list.One(ReaderSide.Mentor, slug, actor.AccountId, stop) is not null ? ReaderSide.Mentor : ReaderSide.Mentee;
            return Results.LocalRedirect($"{Readers.Root(side)}/{Uri.EscapeDataString(slug)}");
        });
    }

    static void MapReading(RouteGroupBuilder pages, ReaderSide side)
    {
        pages.MapGet("", (string? q, string? kind, string? topic, int? page, ReaderList list, Shell shell, CancellationToken stop) => List(side, ReaderSearch.Of(q, kind, topic), page ?? 1, list, shell, stop));
        pages.MapGet("{slug}", (string slug, string? did, Actor actor, ReaderList list, Shell shell, CancellationToken stop) =>
            Read(side, slug, did == "voted" ? "Thank you. The editors see how many found it useful, not who." : null, null, actor, list, shell, stop));
        pages.MapPost("{slug}/useful", async (string slug, FormFields form, VoteUseful vote, Actor actor, ReaderList list, Shell shell, CancellationToken stop) =>
        {
            if (form.Text("Useful") is not ("yes" or "no"))
                return await Read(side, slug, null, Refusal.Invalid("useful", "Choose Yes or Not really. Nothing was kept.", "Useful"), actor, list, shell, stop);
            var answer = new VoteUseful.Input(side, slug, form.Whole("Version", "the version"), form.Text("Useful") == "yes");
            return (await vote.Run(answer, actor, stop)).Refusal is { } refusal
                ? await Read(side, slug, null, refusal, actor, list, shell, stop)
                : Results.LocalRedirect($"{Readers.Root(side)}/{Uri.EscapeDataString(slug)}?did=voted");
        });
    }

    static void MapSuggesting(RouteGroupBuilder mentors)
    {
        mentors.MapGet("yours", async (string? did, int? page, Actor actor, SuggestionList list, Shell shell, CancellationToken stop) => Page.Of<YourSuggestionsPage>(new
        {
            Shell = await shell.Personal(Area.Mentor, stop),
            Rows = await list.By(actor.AccountId, page ?? 1, stop),
            Done = did == "sent" ? "Sent to the editors. Readers see nothing of it until one of them approves." : null,
        }));
        mentors.MapGet("new", (Shell shell, CancellationToken stop) => SuggestPageOf(null, new FormFields(), null, shell, stop));
        mentors.MapPost("new", async (FormFields form, MakeSuggestion make, Actor actor, Shell shell, CancellationToken stop) =>
            (await make.New(form, actor, stop)).Refusal is { } refusal ? await SuggestPageOf(null, form, refusal, shell, stop) : Results.LocalRedirect(Sent));
        mentors.MapGet("{slug}/suggest", async (string slug, Actor actor, ReaderList list, Shell shell, CancellationToken stop) =>
            await list.One(ReaderSide.Mentor, slug, actor.AccountId, stop) is { MayBeImproved: true } article
                ? await SuggestPageOf(article, new FormFields(), null, shell, stop)
                : await Page.Refused(shell, Refusal.NotFound("article"), stop));
        mentors.MapPost("{slug}/suggest", async (string slug, FormFields form, MakeSuggestion make, Actor actor, ReaderList list, Shell shell, CancellationToken stop) =>
        {
            if ((await make.Change(slug, form, actor, stop)).Refusal is not { } refusal) return Results.LocalRedirect(Sent);
            return refusal.Kind == RefusalKind.NotFound || await list.One(ReaderSide.Mentor, slug, actor.AccountId, stop) is not { } article
                ? await Page.Refused(shell, Refusal.NotFound("article"), stop)
                : await SuggestPageOf(article, form, refusal, shell, stop);
        });
    }

    static string Sent => $"{Readers.Root(ReaderSide.Mentor)}/yours?did=sent";

    static Task<ShellContext> Frame(ReaderSide? side, Shell shell, CancellationToken stop) =>
        side is { } own ? shell.Personal(own == ReaderSide.Mentee ? Area.Me : Area.Mentor, stop) : shell.Staff(stop);

    static async Task<IResult> List(ReaderSide? side, ReaderSearch search, int page, ReaderList list, Shell shell, CancellationToken stop) =>
        Page.Of<LearnPage>(new { Shell = await Frame(side, shell, stop), Side = side, Search = search, Rows = await list.Of(side, search, page, stop) });

    static async Task<IResult> Read(ReaderSide? side, string slug, string? done, Refusal? refusal, Actor actor, ReaderList list, Shell shell, CancellationToken stop)
    {
        if (await list.One(side, slug, actor.AccountId, stop) is { } article)
        {
            return Page.Of<ReadPage>(
                new { Shell = await Frame(side, shell, stop), Side = side, Article = article, Done = done, Form = new FormFields().Refused(refusal) }, refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));
        }

        return await list.IsBeingReviewed(side, slug, stop)
            ? Page.Of<BeingReviewedPage>(new { Shell = await Frame(side, shell, stop), Side = side }, StatusCodes.Status404NotFound)
            : await Page.Refused(shell, Refusal.NotFound("article"), stop);
    }

    static async Task<IResult> SuggestPageOf(ReaderArticle? article, FormFields form, Refusal? refusal, Shell shell, CancellationToken stop) => Page.Of<SuggestPage>(
        new { Shell = await shell.Personal(Area.Mentor, stop), Article = article, Form = form.Refused(refusal), IsBehind = refusal is { Code: "changed_meanwhile" } },
        refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));
}
