using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Mentorships;

/// <summary>The addresses of reports: where one of a mentorship makes one, and where the program's team decides on it.</summary>
sealed class ReportRoutes(ReadThread threads, ReportMessage report, ReadReports reports, ProgramLookup programs, Shell shell)
{
    public const string Root = "/manage/{program}/reports";

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var side in new[] { Side.Mentee, Side.Mentor })
        {
            var own = routes.MapGroup($"{TalkRoutes.Root(side)}/{{id:guid}}/report/{{message:guid}}").RequireAccess(AccessTable.TakePart);
            own.MapGet("", (Guid id, Guid message, ShopActor shop, ReportRoutes pages, CancellationToken stop) => pages.Ask(id, message, side, shop, new FormFields(), null, stop));
            own.MapPost("", (Guid id, Guid message, FormFields form, ShopActor shop, ReportRoutes pages, CancellationToken stop) => pages.Report(id, message, side, shop, form, stop));
        }

        var team = routes.MapGroup(Root).RequireAccess(AccessTable.RunProgram);
        team.MapGet("", (string program, string? state, int? page, string? did, ReportRoutes pages, CancellationToken stop) => pages.List(program, state == "decided", page ?? 1, did is null ? null : "Noted. Whoever reported it sees that it was decided.", stop));
        team.MapGet("{id:guid}", (string program, Guid id, Actor actor, ReportRoutes pages, CancellationToken stop) => pages.One(program, id, actor, null, stop));
        team.MapPost("{id:guid}", async (string program, Guid id, FormFields form, Actor actor, DecideReport decide, ReportRoutes pages, ProgramLookup programs, Shell shell, CancellationToken stop) =>
        {
            if (await programs.BySlug(program, stop) is not { } facts) return await Page.Refused(shell, Refusal.NotFound("report"), stop);
            if (!Enum.TryParse<ReportDecision>(form.Text("Decision"), out var decision) || !Enum.IsDefined(decision)) return await pages.One(program, id, actor, Refusal.Invalid("decision", "Choose what you decide. Nothing was changed."), stop);
            return await decide.Run(facts, id, decision, actor, stop) switch
            {
                null when decision == ReportDecision.EndedPair => Results.LocalRedirect($"/manage/{program}/reports/{id}"),
                null => Results.LocalRedirect($"/manage/{program}/reports?did=decided"),
                { Kind: RefusalKind.NotFound } missing => await Page.Refused(shell, missing, stop),
                { } refusal => await pages.One(program, id, actor, refusal, stop),
            };
        });
    }

    async Task<IResult> Ask(Guid id, Guid messageId, Side side, ShopActor shop, FormFields form, Refusal? refusal, CancellationToken stop)
    {
        if (await threads.Person(id, side, shop, stop) is not { } other || await report.One(id, messageId, side, stop) is not { } message) return await Page.Refused(shell, Refusal.NotFound("message"), stop);
        return Page.Of<ReportMessagePage>(
            new { Shell = await shell.Personal(side == Side.Mentee ? Area.Me : Area.Mentor, stop), Other = other, Text = message.Text, Thread = TalkRoutes.Path(side, id), Here = $"{TalkRoutes.Path(side, id)}/report/{messageId}", Form = form.Refused(refusal) },
            refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));
    }

    async Task<IResult> Report(Guid id, Guid message, Side side, ShopActor shop, FormFields form, CancellationToken stop)
    {
        if (Refusal.Together(
            Enum.TryParse<ReportReason>(form.Text("Reason"), out var reason) && Enum.IsDefined(reason) ? null : Refusal.Invalid("reason", "Choose a reason. Nothing was reported yet.", "Reason"),
            form.Text("Words").Length > MessageReport.WordsLimit ? Refusal.Invalid("words", $"Write up to {MessageReport.WordsLimit} characters. Nothing was reported yet.", "Words") : null) is { } unreadable)
            return await Ask(id, message, side, shop, form, unreadable, stop);
        return await report.Run(id, message, side, shop, reason, form.Text("Words"), stop) is { } refusal ? await Page.Refused(shell, refusal, stop) : Results.LocalRedirect($"{TalkRoutes.Path(side, id)}?did=reported");
    }

    async Task<IResult> List(string program, bool isDecided, int page, string? done, CancellationToken stop) => await programs.BySlug(program, stop) is { } facts
        ? Page.Of<ReportsPage>(new { Shell = await shell.Staff(stop), Rows = await reports.List(facts, isDecided, page, stop), IsDecided = isDecided, Program = $"/manage/{program}", facts.Cohort, Done = done })
        : await Page.Refused(shell, Refusal.NotFound("program"), stop);

    async Task<IResult> One(string program, Guid id, Actor actor, Refusal? refusal, CancellationToken stop) =>
        await programs.BySlug(program, stop) is { } facts && await reports.One(facts, id, actor, stop) is { } view
            ? Page.Of<ReportPage>(new { Shell = await shell.Staff(stop), View = view, Problem = refusal?.Message }, refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal))
            : await Page.Refused(shell, Refusal.NotFound("report"), stop);
}
