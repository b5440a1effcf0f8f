using System.Globalization;
using Guildhall.Matching;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Pairing;

/// <summary>The matching studio's addresses.</summary>
static class PairingRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var studio = routes.MapGroup("/manage/{program}/matching").RequireAccess(AccessTable.RunProgram);
        studio.MapGet("", (string program, [AsParameters] InView view, HttpContext http, Studio page, CancellationToken stop) => page.Show(view.Of(program, null), http, null, stop));
        studio.MapGet("{number:int}", (string program, int number, [AsParameters] InView view, HttpContext http, Studio page, CancellationToken stop) => page.Show(view.Of(program, number), http, null, stop));

        studio.MapPost("run", (string program, HttpContext http, SteerAndRun steer, Studio page, Actor actor, CancellationToken stop) =>
            Steer(program, http, steer, page, actor, Weighed((settings, _) => settings), stop));
        studio.MapPost("reset", (string program, HttpContext http, SteerAndRun steer, Studio page, Actor actor, CancellationToken stop) =>
            Steer(program, http, steer, page, actor, (settings, _) => settings with { Weights = MatchSettings.DefaultWeights }, stop, "reset"));
        studio.MapPost("rule", (string program, HttpContext http, SteerAndRun steer, Studio page, Actor actor, CancellationToken stop) =>
            Steer(program, http, steer, page, actor, Weighed(SteeringForm.SwitchRule), stop));
        studio.MapPost("swap", (string program, HttpContext http, SteerAndRun steer, Studio page, Actor actor, CancellationToken stop) =>
            Steer(program, http, steer, page, actor, Weighed(SteeringForm.Keep), stop, "swapped"));
        studio.MapPost("bar", (string program, HttpContext http, SteerAndRun steer, Studio page, Actor actor, CancellationToken stop) =>
            Steer(program, http, steer, page, actor, Weighed(SteeringForm.Bar), stop, "barred"));
        studio.MapPost("keep", KeepPair);

        studio.MapPost("{number:int}/choose", async (string program, int number, HttpContext http, ChoosePairs choose, CancellationToken stop) =>
            Studio.Chosen(await Chosen(program, number, http, choose, stop), await http.Request.ReadFormAsync(stop)));
        studio.MapPost("{number:int}/send", ChoosePairs);
        studio.MapGet("{number:int}/send", async (string program, int number, int? page, SendScreen screen, Shell shell, CancellationToken stop) =>
            (await screen.Of(program, number, Math.Max(1, page ?? 1), stop)).Succeeded(out var view, out var refusal)
                ? Page.Of<SendPage>(new { Shell = await shell.Staff(stop), View = view })
                : await Page.Refused(shell, refusal, stop));
        studio.MapPost("{number:int}/approve", async (string program, int number, HttpContext http, ApproveRun approve, Studio page, Actor actor, CancellationToken stop) =>
        {
            var form = await http.Request.ReadFormAsync(stop);
            var approved = await approve.Run(program, number, SteeringForm.Seen(form), actor, stop);
            return approved.Refusal is { } refusal ? await page.Show(new StudioQuery(program, number), http, refusal, stop) : Redirect($"/manage/{program}/matching/{number}?did=approved");
        });
        studio.MapPost("{number:int}/undo", async (string program, int number, HttpContext http, ApproveRun approve, Studio page, CancellationToken stop) =>
            (await approve.Undo(program, number, stop)).Refusal is { } refusal
                ? await page.Show(new StudioQuery(program, number), http, refusal, stop)
                : Redirect($"/manage/{program}/matching/{number}?did=undone"));

        studio.MapGet("runs", async (string program, [AsParameters] RunHistory.InView asked, RunHistory history, Shell shell, CancellationToken stop) =>
            (await history.Of(program, asked, stop)).Succeeded(out var view, out var refusal)
                ? Page.Of<RunsPage>(new { Shell = await shell.Staff(stop), View = view })
                : await Page.Refused(shell, refusal, stop));
        studio.MapPost("runs/{number:int}/restore", async (string program, int number, HttpContext http, RestoreSettings restore, Studio page, Actor actor, CancellationToken stop) =>
            await Ran(program, http, page, await restore.Run(program, number, SteeringForm.Seen(await http.Request.ReadFormAsync(stop)), actor, stop), "restored", stop));

        studio.MapPost("{number:int}/back", async (string program, int number, HttpContext http, RestoreSettings restore, Studio page, Actor actor, CancellationToken stop) =>
            await Ran(program, http, page, await restore.TakeBack(program, number, SteeringForm.Seen(await http.Request.ReadFormAsync(stop)), actor, stop), "back", stop));

        // A refused form leaves its own address in the browser; opened from there, it leads back to where the form stands.
        foreach (var form in (string[])["run", "reset", "rule", "swap", "bar", "keep"]) studio.MapGet(form, (string program) => Redirect($"/manage/{program}/matching"));
        foreach (var form in (string[])["approve", "undo", "choose", "back"]) studio.MapGet($"{{number:int}}/{form}", (string program, int number) => Redirect($"/manage/{program}/matching/{number.ToString(CultureInfo.InvariantCulture)}"));
        studio.MapGet("runs/{number:int}/restore", (string program) => Redirect($"/manage/{program}/matching/runs"));
        foreach (var form in (string[])["release", "allow", "waive", "unwaive"]) studio.MapGet($"rules/{form}", (string program) => Redirect($"/manage/{program}/matching/rules"));

        RunExport.Map(studio);
        RecalibrationScreen.Map(studio);
        LearningScreen.Map(studio);
        MenteeChoices.Map(studio);
        EditRules.Map(studio);
        FindMentors.Map(routes);
        SetupMatching.Map(routes);
    }

    /// <summary>What of a run the address asks for.</summary>
    public sealed record InView
    {
        public string? Tab { get; init; }
        public string? Sort { get; init; }
        public string? Open { get; init; }
        public int? Rows { get; init; }
        public int? From { get; init; }
        public bool? Costs { get; init; }
        public int? Unmatched { get; init; }

        public StudioQuery Of(string program, int? number) =>
            new(program, number, Tab ?? "proposed", Sort ?? "best", Open, Math.Clamp(Rows ?? StudioQuery.FirstRows, 1, StudioQuery.MostRows), Math.Clamp(From ?? 0, 0, 10_000_000), Costs ?? false, Unmatched);
    }

    static IResult Redirect(string href) => Results.LocalRedirect(href);

    static async Task<IResult> Steer(string program, HttpContext http, SteerAndRun steer, Studio page, Actor actor, Func<MatchSettings, IFormCollection, Result<MatchSettings>> change, CancellationToken stop, string did = "ran")
    {
        // A button of the weights form says in its address what it is about.
        var sent = await http.Request.ReadFormAsync(stop);
        var form = new FormCollection(sent.Concat(http.Request.Query.Where(field => !sent.ContainsKey(field.Key))).ToDictionary(StringComparer.OrdinalIgnoreCase));
        var seen = form.ContainsKey("version") ? SteeringForm.Seen(form) : await page.Seen(program, stop);
        return await Ran(program, http, page, await steer.Run(program, seen, settings => change(settings, form), actor, stop), did, stop);
    }

    /// <summary>The change with the weights that were typed, so that no other button of the studio loses them.</summary>
    static Func<MatchSettings, IFormCollection, Result<MatchSettings>> Weighed(Func<MatchSettings, IFormCollection, Result<MatchSettings>> change) =>
        (settings, form) => SteeringForm.Weigh(settings, form).Succeeded(out var weighed, out var refusal) ? change(weighed, form) : refusal;

    static async Task<IResult> Ran(string program, HttpContext http, Studio page, Result<CompletedRun> ran, string did, CancellationToken stop) =>
        ran.Succeeded(out var run, out var refusal)
            ? Redirect($"/manage/{program}/matching/{run.Number!.Value.ToString(CultureInfo.InvariantCulture)}?did={did}")
            : await page.Show(new StudioQuery(program, null), http, refusal, stop);

    static async Task<IResult> KeepPair(string program, HttpContext http, SteerMatching steer, Studio page, Actor actor, CancellationToken stop)
    {
        var form = await http.Request.ReadFormAsync(stop);
        var changed = await steer.Run(program, await page.Seen(program, stop), settings => form["keep"] == "false" ? SteeringForm.Release(settings, form) : SteeringForm.Keep(settings, form), actor, stop);
        var query = new StudioQuery(program, null, Open: form["mentee"]);
        if (http.Request.Headers.ContainsKey("HX-Request")) return await page.Row(query, form["keep"] == "false" ? "is no longer kept." : "is kept in every later run.", changed.Refusal, stop);
        return changed.Refusal is { } refusal ? await page.Show(query, http, refusal, stop) : Redirect(query.Href);
    }

    static async Task<IResult> ChoosePairs(string program, int number, HttpContext http, ChoosePairs choose, Studio page, CancellationToken stop)
    {
        var refusal = !(await Chosen(program, number, http, choose, stop)).Succeeded(out var run, out var notChosen) ? notChosen : await page.NotRun(program, run, await http.Request.ReadFormAsync(stop), stop);
        return refusal is null ? Redirect($"/manage/{program}/matching/{number}/send") : await page.Show(new StudioQuery(program, number), http, refusal, stop);
    }

    /// <summary>Keeps the boxes that were changed since the list was shown: the others may be another manager's by now.</summary>
    static async Task<Result<CompletedRun>> Chosen(string program, int number, HttpContext http, ChoosePairs choose, CancellationToken stop)
    {
        var form = await http.Request.ReadFormAsync(stop);
        var included = Boxes("include");
        return await choose.Run(program, number, [.. Boxes("ticked").Except(included)], [.. Boxes("unticked").Intersect(included)], stop);

        List<string> Boxes(string name) => [.. form[name].OfType<string>().Select(StudioPairs.FromHtmlId).OfType<string>()];
    }
}
