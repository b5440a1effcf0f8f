using System.Globalization;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Library;

/// <summary>The editors' pages: the list, one article with its versions, its text, the steps of the plan, and what mentors suggest.</summary>
static class EditorRoutes
{
    public const string Root = "/manage/playbooks";

    /// <summary>A text that is far too long still comes back to whoever pasted it, with the reason.</summary>
    public const int LongestField = 16 << 20;

    static readonly Dictionary<string, string> told = new()
    {
        ["saved"] = "Saved.",
        ["published"] = "Published. Readers see this version now.",
        ["retired"] = "Retired. Readers are not offered it any more.",
        ["reviewed"] = "Marked as reviewed.",
        ["owner"] = "The owner is changed.",
        ["back"] = "That text is the latest version again. Readers see it once you publish it.",
        ["step"] = "Saved as a new version. Readers see it once you publish it.",
        ["approved"] = "Approved and published. Whoever suggested it sees that.",
        ["declined"] = "Declined. Whoever suggested it sees your reason.",
    };

    public static string Path(Guid id) => $"{Root}/{id}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var library = routes.MapGroup(Root).RequireAccess(AccessTable.EditLibrary).WithFormOptions(valueLengthLimit: LongestField);
        library.MapGet("", async (string? q, string? kind, string? show, int? page, ArticleList list, Shell shell, CancellationToken stop) =>
        {
            var search = ArticleSearch.Of(q, kind, show);
            return Page.Of<ArticleListPage>(new { Shell = await shell.Staff(stop), Search = search, Rows = await list.Of(search, page ?? 1, stop) });
        });
        library.MapGet("new", (Shell shell, TimeProvider clock, CancellationToken stop) => EditPage(null, new FormFields(), null, shell, clock, stop));
        library.MapPost("new", async (FormFields form, EditArticles edit, Actor actor, Shell shell, TimeProvider clock, CancellationToken stop) =>
            (await edit.Write(form, actor, stop)).Succeeded(out var article, out var refusal)
                ? Results.LocalRedirect($"{Path(article.Id)}?did=saved")
                : await EditPage(null, form, refusal, shell, clock, stop));

        library.MapGet("{id:guid}", (Guid id, string? did, int? versions, ReadArticle read, Actor actor, Shell shell, CancellationToken stop) =>
            ArticlePageOf(id, versions ?? 1, did is null ? null : told.GetValueOrDefault(did), new FormFields(), null, read, actor, shell, stop));
        library.MapGet("{id:guid}/edit", async (Guid id, ReadArticle read, Actor actor, Shell shell, TimeProvider clock, CancellationToken stop) =>
            await EditPage(await read.Of(id, 1, actor, stop), new FormFields(), null, shell, clock, stop, isNew: false));
        library.MapPost("{id:guid}/edit", async (Guid id, FormFields form, EditArticles edit, ReadArticle read, Actor actor, Shell shell, TimeProvider clock, CancellationToken stop) =>
            (await edit.Save(id, form, actor, stop)).Refusal is { } refusal
                ? await EditPage(await read.Of(id, 1, actor, stop), form, refusal, shell, clock, stop, isNew: false)
                : Results.LocalRedirect($"{Path(id)}?did=saved"));
        library.MapGet("{id:guid}/versions/{number:int}", async (Guid id, int number, ReadArticle read, Shell shell, CancellationToken stop) =>
            await read.Version(id, number, stop) is { } version
                ? Page.Of<VersionPage>(new { Shell = await shell.Staff(stop), Version = version })
                : await Page.Refused(shell, Refusal.NotFound("version"), stop));

        MapDeed(library, "publish", "published", (edit, id, form, _, stop) => edit.Publish(id, form, stop));
        MapDeed(library, "retire", "retired", (edit, id, form, _, stop) => edit.Retire(id, form, stop));
        MapDeed(library, "reviewed", "reviewed", (edit, id, form, _, stop) => edit.MarkReviewed(id, form, stop));
        MapDeed(library, "owner", "owner", (edit, id, form, actor, stop) => edit.Give(id, form, actor, stop));
        library.MapPost("{id:guid}/versions/{number:int}", (Guid id, int number, FormFields form, EditArticles edit, ReadArticle read, Actor actor, Shell shell, CancellationToken stop) =>
            Done(id, edit.BringBack(id, number, form, actor, stop), "back", form, read, actor, shell, stop));

        MapPlan(library);
        MapSuggestions(library);
    }

    static void MapDeed(RouteGroupBuilder library, string path, string did, Func<EditArticles, Guid, FormFields, Actor, CancellationToken, Task<Result<Article>>> run) =>
        library.MapPost($"{{id:guid}}/{path}", (Guid id, FormFields form, EditArticles edit, ReadArticle read, Actor actor, Shell shell, CancellationToken stop) =>
            Done(id, run(edit, id, form, actor, stop), did, form, read, actor, shell, stop));

    static void MapPlan(RouteGroupBuilder library)
    {
        library.MapGet("{id:guid}/steps/new", (Guid id, ReadArticle read, Actor actor, Shell shell, CancellationToken stop) => StepPageOf(id, null, new FormFields(), null, read, actor, shell, stop));
        library.MapPost("{id:guid}/steps/new", (Guid id, FormFields form, EditPlan plan, ReadArticle read, Actor actor, Shell shell, CancellationToken stop) => SaveStep(id, null, form, plan, read, actor, shell, stop));
        library.MapGet("{id:guid}/steps/{step}", (Guid id, string step, ReadArticle read, Actor actor, Shell shell, CancellationToken stop) => StepPageOf(id, step, new FormFields(), null, read, actor, shell, stop));
        library.MapPost("{id:guid}/steps/{step}", (Guid id, string step, FormFields form, EditPlan plan, ReadArticle read, Actor actor, Shell shell, CancellationToken stop) => SaveStep(id, step, form, plan, read, actor, shell, stop));
        library.MapPost("{id:guid}/steps/{step}/up", (Guid id, string step, FormFields form, EditPlan plan, ReadArticle read, Actor actor, Shell shell, CancellationToken stop) =>
            Done(id, plan.Move(id, step, true, form, actor, stop), "step", form, read, actor, shell, stop));
        library.MapPost("{id:guid}/steps/{step}/down", (Guid id, string step, FormFields form, EditPlan plan, ReadArticle read, Actor actor, Shell shell, CancellationToken stop) =>
            Done(id, plan.Move(id, step, false, form, actor, stop), "step", form, read, actor, shell, stop));
        library.MapPost("{id:guid}/steps/{step}/remove", (Guid id, string step, FormFields form, EditPlan plan, ReadArticle read, Actor actor, Shell shell, CancellationToken stop) =>
            Done(id, plan.Remove(id, step, form, actor, stop), "step", form, read, actor, shell, stop));
    }

    static void MapSuggestions(RouteGroupBuilder library)
    {
        library.MapGet("suggestions", async (string? show, string? did, int? page, SuggestionList list, Shell shell, CancellationToken stop) => Page.Of<SuggestionListPage>(
            new { Shell = await shell.Staff(stop), IsDecided = show == "decided", Rows = await list.Of(show == "decided", page ?? 1, stop), Done = did is null ? null : told.GetValueOrDefault(did) }));
        library.MapGet("suggestions/{id:guid}", (Guid id, SuggestionList list, Shell shell, CancellationToken stop) => SuggestionPageOf(id, new FormFields(), null, list, shell, stop));
        library.MapPost("suggestions/{id:guid}/approve", async (Guid id, FormFields form, DecideSuggestion decide, SuggestionList list, Actor actor, Shell shell, CancellationToken stop) =>
            (await decide.Approve(id, form, actor, stop)).Succeeded(out var suggestion, out var refusal)
                ? Results.LocalRedirect($"{Path(suggestion.ArticleId!.Value)}?did=approved")
                : await SuggestionPageOf(id, form, refusal, list, shell, stop));
        library.MapPost("suggestions/{id:guid}/decline", async (Guid id, FormFields form, DecideSuggestion decide, SuggestionList list, Actor actor, Shell shell, CancellationToken stop) =>
            (await decide.Decline(id, form, actor, stop)).Refusal is { } refusal
                ? await SuggestionPageOf(id, form, refusal, list, shell, stop)
                : Results.LocalRedirect($"{Root}/suggestions?did=declined"));
    }

    static async Task<IResult> Done(Guid id, Task<Result<Article>> deed, string did, FormFields form, ReadArticle read, Actor actor, Shell shell, CancellationToken stop) =>
        (await deed).Refusal is { } refusal
            ? refusal.Kind == RefusalKind.NotFound ? await Page.Refused(shell, refusal, stop) : await ArticlePageOf(id, 1, null, form, refusal, read, actor, shell, stop)
            : Results.LocalRedirect($"{Path(id)}?did={did}");

    static async Task<IResult> ArticlePageOf(Guid id, int versions, string? done, FormFields form, Refusal? refusal, ReadArticle read, Actor actor, Shell shell, CancellationToken stop) =>
        await read.Of(id, versions, actor, stop) is { } article
            ? Page.Of<ArticlePage>(new { Shell = await shell.Staff(stop), Article = article, Done = done, Form = form.Refused(refusal) }, refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal))
            : await Page.Refused(shell, Refusal.NotFound("article"), stop);

    static async Task<IResult> EditPage(ArticleView? article, FormFields form, Refusal? refusal, Shell shell, TimeProvider clock, CancellationToken stop, bool isNew = true) =>
        article is null && !isNew
            ? await Page.Refused(shell, Refusal.NotFound("article"), stop)
            : Page.Of<EditArticlePage>(
                new
                {
                    Shell = await shell.Staff(stop),
                    Article = article,
                    ReviewBy = clock.Today().AddDays(Article.UsualReviewDays).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                    Form = form.Refused(refusal),
                    IsBehind = article is not null && refusal is { Kind: RefusalKind.Conflict },
                }, refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));

    static async Task<IResult> SaveStep(Guid id, string? step, FormFields form, EditPlan plan, ReadArticle read, Actor actor, Shell shell, CancellationToken stop) =>
        (await plan.Save(id, step, form, actor, stop)).Refusal is { } refusal ? await StepPageOf(id, step, form, refusal, read, actor, shell, stop) : Results.LocalRedirect($"{Path(id)}?did=step");

    static async Task<IResult> StepPageOf(Guid id, string? key, FormFields form, Refusal? refusal, ReadArticle read, Actor actor, Shell shell, CancellationToken stop)
    {
        if (refusal is { Kind: RefusalKind.NotFound } || await read.Of(id, 1, actor, stop) is not { IsPlan: true } article) return await Page.Refused(shell, Refusal.NotFound("plan"), stop);
        var step = key is null ? null : article.Steps.FirstOrDefault(known => known.Key == key);
        // Somebody who removed the step meanwhile leaves what was typed without a place: the plan's page says so.
        if (key is not null && step is null) return refusal is null ? await Page.Refused(shell, Refusal.NotFound("step"), stop) : await ArticlePageOf(id, 1, null, new FormFields(), refusal, read, actor, shell, stop);
        return Page.Of<StepPage>(
            new { Shell = await shell.Staff(stop), Plan = article, Step = step, Articles = await read.Titles(stop), Form = form.Refused(refusal), IsBehind = refusal is { Kind: RefusalKind.Conflict } },
            refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));
    }

    static async Task<IResult> SuggestionPageOf(Guid id, FormFields form, Refusal? refusal, SuggestionList list, Shell shell, CancellationToken stop) =>
        await list.One(id, stop) is { } suggestion
            ? Page.Of<SuggestionPage>(new { Shell = await shell.Staff(stop), Suggestion = suggestion, Form = form.Refused(refusal) }, refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal))
            : await Page.Refused(shell, Refusal.NotFound("suggestion"), stop);
}
