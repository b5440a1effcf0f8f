using Guildhall.Modules.Enrollment;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Mentorships;

/// <summary>The messages of somebody, and each thread, under the same addresses on both sides. With a script, a thread looks for what is new and swaps in what was sent.</summary>
sealed class TalkRoutes(ReadThread read, SendMessage send, Shell shell, TimeProvider clock)
{
    /// <summary>A longer text is refused unread; up to here it is shown again with how much it is too long.</summary>
    const int LongestField = 64 * 1024;

    public static string Root(Side side) => side == Side.Mentee ? "/me/messages" : "/mentor/messages";

    public static string Path(Side side, Guid id) => $"{Root(side)}/{id}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var side in new[] { Side.Mentee, Side.Mentor })
        {
            var own = routes.MapGroup(Root(side)).RequireAccess(AccessTable.TakePart).WithFormOptions(valueLengthLimit: LongestField);
            own.MapGet("", (int? page, ShopActor shop, TalkRoutes pages, CancellationToken stop) => pages.List(side, page ?? 1, shop, stop));
            own.MapGet("{id:guid}", (Guid id, Guid? before, Guid? seen, int? say, string? did, ShopActor shop, HttpContext http, TalkRoutes pages, CancellationToken stop) =>
                IsScript(http) ? pages.LookAgain(id, side, shop, seen, stop) : pages.Show(id, side, shop, before, say, Done(did), stop));
            own.MapPost("{id:guid}", (Guid id, FormFields form, ShopActor shop, HttpContext http, TalkRoutes pages, CancellationToken stop) => pages.Send(id, side, shop, form, IsScript(http), stop));
            own.MapPost("{id:guid}/pause", (Guid id, ShopActor shop, ChangeThread change, TalkRoutes pages, CancellationToken stop) => pages.Did(id, side, "paused", change.Pause(id, side, shop, stop), stop));
            own.MapPost("{id:guid}/resume", (Guid id, ShopActor shop, ChangeThread change, TalkRoutes pages, CancellationToken stop) => pages.Did(id, side, "resumed", change.Resume(id, side, shop, stop), stop));
            own.MapPost("{id:guid}/keep", (Guid id, ShopActor shop, ChangeThread change, TalkRoutes pages, CancellationToken stop) => pages.Did(id, side, "kept", change.Keep(id, side, shop, stop), stop));
            own.MapPost("{id:guid}/close", (Guid id, ShopActor shop, ChangeThread change, TalkRoutes pages, CancellationToken stop) => pages.Did(id, side, "closed", change.Close(id, side, shop, stop), stop));
            // A refused form leaves its own address in the browser.
            foreach (var form in (string[])["pause", "resume", "keep", "close"]) own.MapGet($"{{id:guid}}/{form}", (Guid id) => Results.LocalRedirect(Path(side, id)));
        }
    }

    static string? Done(string? did) => did switch
    {
        "sent" => "Sent.",
        "paused" => "Paused. Nobody writes either way until you let it go on.",
        "resumed" => "Messages go on.",
        "kept" => "Noted. You can go on writing when both of you want to.",
        "closed" => "Closed. What was written stays.",
        "reported" => "Reported. The program’s team reads it.",
        _ => null,
    };

    async Task<IResult> List(Side side, int page, ShopActor shop, CancellationToken stop)
    {
        var rows = await read.List(side, shop, page, stop);
        return rows is { Page: 1, HasMore: false, Rows: [var only] } ? Results.LocalRedirect(Path(side, only.Id)) : Page.Of<ThreadsPage>(new { Shell = await Frame(side, stop), Side = side, Rows = rows });
    }

    async Task<IResult> Show(Guid id, Side side, ShopActor shop, Guid? before, int? say, string? done, CancellationToken stop) => await read.Of(id, side, shop, before, stop) is { } view
        ? Page.Of<ThreadPage>(new { Shell = await Frame(side, stop), View = view, Draft = NewDraft(ThreadOpeners.Of(view, say)), Done = done })
        : await Missing(stop);

    /// <summary>What the page swaps in when it looks for something new; nothing when there is nothing.</summary>
    async Task<IResult> LookAgain(Guid id, Side side, ShopActor shop, Guid? seen, CancellationToken stop) => await read.Of(id, side, shop, null, stop) switch
    {
        null => await Missing(stop),
        { } view when view.Newest == seen => Results.NoContent(),
        { } view => Page.Of<ThreadMessages>(new { View = view, News = view.Messages is [.., { IsMine: false }] ? $"{view.Other.FirstName} wrote." : null }),
    };

    async Task<IResult> Send(Guid id, Side side, ShopActor shop, FormFields form, bool isScript, CancellationToken stop)
    {
        // A form without its key can't be told from its repetition, so it is a message of its own.
        var key = Guid.TryParse(form.Text("Key"), out var sent) && sent != Guid.Empty ? sent : Guid.CreateVersion7(clock.GetUtcNow());
        var result = MessageDraft.Read(key, form.Text("Text"), form.Text("Link"), form.Text("Article")).Succeeded(out var draft, out var refusal) ? await send.Run(id, side, shop, draft, stop) : refusal;
        if (result.Refusal is null && !isScript) return Results.LocalRedirect($"{Path(side, id)}?did=sent");
        if (result.Refusal is { Kind: RefusalKind.NotFound } || await read.Of(id, side, shop, null, stop) is not { } view) return await Missing(stop);
        if (result.Refusal is null) return Page.Of<ThreadTalk>(new { View = view, Draft = NewDraft(null), News = "Sent.", IsFragment = true });
        // Under a key that has other words a message of its own is sent the next time.
        var again = new ThreadDraft(result.Refusal.Code == "other_words" ? Guid.CreateVersion7(clock.GetUtcNow()) : key, form.Refused(result.Refusal is { Field: null } ? null : result.Refusal), result.Refusal is { Field: null } ? result.Refusal.Message : null, IsAgain: true);
        return isScript
            ? Page.Of<ThreadTalk>(new { View = view, Draft = again, IsFragment = true }, Page.StatusOf(result.Refusal))
            : Page.Of<ThreadPage>(new { Shell = await Frame(side, stop), View = view, Draft = again }, Page.StatusOf(result.Refusal));
    }

    async Task<IResult> Did(Guid id, Side side, string did, Task<Refusal?> changing, CancellationToken stop) => await changing is { } refusal ? await Page.Refused(shell, refusal, stop) : Results.LocalRedirect($"{Path(side, id)}?did={did}");

    ThreadDraft NewDraft(string? text) => new(Guid.CreateVersion7(clock.GetUtcNow()), new FormFields(), null, Text: text);

    static bool IsScript(HttpContext http) => http.Request.Headers.ContainsKey("HX-Request");

    Task<ShellContext> Frame(Side side, CancellationToken stop) => shell.Personal(side == Side.Mentee ? Area.Me : Area.Mentor, stop);

    Task<IResult> Missing(CancellationToken stop) => Page.Refused(shell, Refusal.NotFound("thread"), stop);
}

/// <summary>The form under a thread.</summary>
/// <param name="Problem">Why it was not sent, where that belongs to no field.</param>
/// <param name="Text">What it starts with.</param>
/// <param name="IsAgain">Whether it was sent before and not taken.</param>
public sealed record ThreadDraft(Guid Key, FormFields Form, string? Problem, string? Text = null, bool IsAgain = false);

/// <summary>How a thread can begin, for who finds the first line the hardest.</summary>
static class ThreadOpeners
{
    public static IReadOnlyList<string> For(ThreadView view) => view.Side == Side.Mentee
        ?
        [
            $"Hello {view.Other.FirstName}, good to meet you. What would you look at first in a shop like mine?",
            $"Hello {view.Other.FirstName}, thank you for your time. When does a first talk suit you?",
            $"Hello {view.Other.FirstName}. What I would most like to change in the next weeks is ",
        ]
        :
        [
            $"Hello {view.Other.FirstName}, good to meet you. What would you like to have changed in your shop by the end?",
            $"Hello {view.Other.FirstName}, I read what you wrote when you applied. Shall we begin with the thing that worries you most?",
            $"Hello {view.Other.FirstName}. When does a first talk suit you?",
        ];

    public static string? Of(ThreadView view, int? say) => say is { } number && number >= 1 && number <= For(view).Count ? For(view)[number - 1] : null;
}
