using System.Globalization;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>The trials of a program as staff see them: who tries it, the sessions, and who came.</summary>
static class ManageTrialRoutes
{
    public static string Path(string slug) => $"/manage/{slug}/trials";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var trials = routes.MapGroup("/manage/{program}/trials").RequireAccess(AccessTable.RunTrials);
        trials.MapGet("", (string program, string? state, int? page, ManageTrialPages pages, CancellationToken stop) => pages.List(program, state != "over", page ?? 1, stop));
        trials.MapGet("sessions", (string program, string? state, int? page, string? did, ManageTrialPages pages, CancellationToken stop) => pages.Sessions(program, state != "past", page ?? 1, Done(did), new FormFields(), null, stop));
        trials.MapPost("sessions", (string program, FormFields form, Actor actor, ManageTrialPages pages, CancellationToken stop) => pages.Post(program, form, actor, stop));
        trials.MapGet("sessions/{id:guid}", (string program, Guid id, string? did, ManageTrialPages pages, CancellationToken stop) => pages.Session(program, id, Done(did), null, stop));
        trials.MapPost("sessions/{id:guid}", (string program, Guid id, FormFields form, Actor actor, ManageTrialPages pages, CancellationToken stop) => pages.Do(program, id, form, actor, stop));
    }

    static string? Done(string? did) => did switch
    {
        "posted" => "Posted. Who tries the program and had no session to choose gets a mail.",
        "off" => "Called off. Who had a place got a mail, and may choose another time.",
        "marked" => "Saved. Each of them reads it on the page of their trial.",
        _ => null,
    };

    public static async Task<TimeZoneInfo> StaffZone(this GuildhallDb db, CancellationToken stop) =>
        await db.Set<Marketplace>().Select(marketplace => marketplace.TimeZone).SingleOrDefaultAsync(stop) is { } name && TimeZones.Find(name) is { } zone ? zone : TimeZoneInfo.Utc;
}

/// <summary>Answers the requests of these pages.</summary>
sealed class ManageTrialPages(GuildhallDb db, ProgramLookup programs, TrialList trials, TrialSessionList sessions, RunTrialSessions run, Shell shell)
{
    public async Task<IResult> List(string slug, bool running, int page, CancellationToken stop) => await programs.BySlug(slug, stop) is { } program
        ? Page.Of<TrialsPage>(new { Shell = await shell.Staff(stop), Program = program, IsRunning = running, Rows = await trials.Of(program, running, page, stop) })
        : await Missing(stop);

    public async Task<IResult> Sessions(string slug, bool coming, int page, string? done, FormFields form, Refusal? refusal, CancellationToken stop) => await programs.BySlug(slug, stop) is { } program
        ? Page.Of<TrialSessionsPage>(new
        {
            Shell = await shell.Staff(stop),
            Program = program,
            IsComing = coming,
            Rows = await sessions.Of(program, coming, page, stop),
            TimeZone = (await db.StaffZone(stop)).Id,
            Done = done,
            Form = form.Refused(refusal),
        }, refusal is null && form.Errors.Count == 0 ? StatusCodes.Status200OK : refusal is null ? StatusCodes.Status422UnprocessableEntity : Page.StatusOf(refusal))
        : await Missing(stop);

    public async Task<IResult> Post(string slug, FormFields form, Actor actor, CancellationToken stop)
    {
        if (await programs.BySlug(slug, stop) is not { } program) return await Missing(stop);
        var day = form.Day("SessionOn", "the day");
        if (!TimeOnly.TryParseExact(form.Text("SessionAt"), ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) form.Refuse("SessionAt", "Enter the time as hours and minutes, such as 17:30.");
        var asked = new TrialSessionForm(day.ToDateTime(time), form.Text("TimeZone"), form.Whole("LengthMinutes", "the length"), form.Text("JoinLink"), form.Whole("Places", "the places"));
        if (form.Refusal is not null) return await Sessions(slug, coming: true, 1, null, form.RefusedElsewhere(run.Problems(asked)), null, stop);
        if ((await run.Post(program, asked, actor, stop)).Refusal is not { } refusal) return Results.LocalRedirect($"{ManageTrialRoutes.Path(slug)}/sessions?did=posted");
        db.ChangeTracker.Clear();
        return await Sessions(slug, coming: true, 1, null, form, refusal, stop);
    }

    public async Task<IResult> Session(string slug, Guid id, string? done, Refusal? refusal, CancellationToken stop) => await programs.BySlug(slug, stop) is { } program && await sessions.One(program, id, stop) is var (session, seats)
        ? Page.Of<TrialSessionPage>(new { Shell = await shell.Staff(stop), Program = program, Session = session, Seats = seats, Done = done, Refusal = refusal }, refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal))
        : await Missing(stop);

    public async Task<IResult> Do(string slug, Guid id, FormFields form, Actor actor, CancellationToken stop)
    {
        if (await programs.BySlug(slug, stop) is not { } program) return await Missing(stop);
        var refusal = form.Text("Do") switch
        {
            "off" => await run.CallOff(program, id, stop),
            "mark" => await run.Mark(program, id, Marks(form), actor, stop),
            _ => Refusal.Invalid("step", "Choose one of the steps on this page. Nothing was changed."),
        };
        if (refusal is null) return Results.LocalRedirect(form.Text("Do") == "off" ? $"{ManageTrialRoutes.Path(slug)}/sessions?did=off" : $"{ManageTrialRoutes.Path(slug)}/sessions/{id}?did=marked");
        db.ChangeTracker.Clear();
        return await Session(slug, id, null, refusal, stop);
    }

    static Dictionary<Guid, bool?> Marks(FormFields form)
    {
        Dictionary<Guid, bool?> marks = [];
        foreach (var (field, value) in form.Sent)
        {
            if (!field.StartsWith("came-", StringComparison.Ordinal) || !Guid.TryParse(field["came-".Length..], out var trial)) continue;
            if (value.ToString() is "yes" or "no" or "unknown") marks[trial] = value.ToString() switch { "yes" => true, "no" => false, _ => null };
        }

        return marks;
    }

    async Task<IResult> Missing(CancellationToken stop) => await Page.Refused(shell, Refusal.NotFound("session"), stop);
}
