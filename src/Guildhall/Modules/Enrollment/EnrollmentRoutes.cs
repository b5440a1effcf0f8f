using System.Globalization;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Audit;
using Guildhall.Platform.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Guildhall.Modules.Enrollment;

/// <summary>The people of a program: the list, bringing them in by file, and one of them.</summary>
static class EnrollmentRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var people = routes.MapGroup("/manage/{program}/people").RequireAccess(AccessTable.RunProgram);
        people.MapGet("", List);
        // The server takes 30 MB of a request by itself; the form around the file needs a little more than the file.
        people.MapPost("", BringIn).WithMetadata(new RequestSizeLimitAttribute(ProfileFile.LargestFile + (1 << 20)));
        people.MapGet("columns.csv", (string? side) => Results.Text(string.Join(',', SideOf(side) is Side.Mentor ? ProfileCells.MentorColumns : ProfileCells.MenteeColumns) + "\r\n", "text/csv"));
        people.MapGet("{id:guid}", (string program, Guid id, string? did, HttpContext http, ProgramLookup programs, ParticipantList list, EnrollmentLookup enrollment, AuditTrail trail, Shell shell, CancellationToken stop) =>
            PersonPage(program, id, did switch { "saved" => "Saved.", "moved" => "Moved. They are in this program now, with what they said of themselves.", _ => null }, new FormFields(), null, programs, list, enrollment, trail, shell, http, stop));
        people.MapPost("{id:guid}", async (string program, Guid id, FormFields form, HttpContext http, ChangeParticipant change, ProgramLookup programs, ParticipantList list, EnrollmentLookup enrollment, AuditTrail trail, Shell shell, CancellationToken stop) =>
            (await change.Run(program, id, form, stop)).Refusal is { } refusal
                ? await PersonPage(program, id, null, form, refusal, programs, list, enrollment, trail, shell, http, stop)
                : Results.LocalRedirect($"/manage/{program}/people/{id}?did=saved"));
        people.MapPost("{id:guid}/remove", async (string program, Guid id, FormFields form, HttpContext http, ChangeParticipant change, ProgramLookup programs, ParticipantList list, EnrollmentLookup enrollment, AuditTrail trail, Shell shell, CancellationToken stop) =>
            (await change.Remove(program, id, form, stop)).Refusal is { } refusal
                ? await PersonPage(program, id, null, new FormFields(), refusal, programs, list, enrollment, trail, shell, http, stop)
                : Results.LocalRedirect($"/manage/{program}/people?did=removed"));
        people.MapPost("{id:guid}/move", async (string program, Guid id, FormFields form, HttpContext http, MoveParticipants move, ProgramLookup programs, ParticipantList list, EnrollmentLookup enrollment, AuditTrail trail, Shell shell, CancellationToken stop) =>
            (await move.Run(new(program, [id], form.Text("To"), form.Edition("seen"), http.User.WithinReach()), stop)).Succeeded(out var to, out var refusal)
                ? Results.LocalRedirect($"/manage/{to.Slug}/people/{id}?did=moved")
                : await PersonPage(program, id, null, new FormFields(), refusal, programs, list, enrollment, trail, shell, http, stop));
        routes.MapGet("/manage/{program}/audience", async (string program, ProgramLookup programs, AudienceMap audience, Shell shell, CancellationToken stop) =>
            await programs.BySlug(program, stop) is { } facts
                ? Page.Of<AudiencePage>(new { Shell = await shell.Staff(stop), View = await audience.Of(facts, stop) })
                : await Page.Refused(shell, Refusal.NotFound("program"), stop)).RequireAccess(AccessTable.RunProgram);
        people.MapGet("tiers", async (string program, string? of, int? page, ProgramLookup programs, TierSpread spread, Shell shell, CancellationToken stop) =>
            await programs.BySlug(program, stop) is { } facts
                ? Page.Of<TierSpreadPage>(new { Shell = await shell.Staff(stop), View = await spread.Of(facts, of == "applicants", page ?? 1, stop) })
                : await Page.Refused(shell, Refusal.NotFound("program"), stop));
    }

    static Side? SideOf(string? text) => text switch { "mentee" => Side.Mentee, "mentor" => Side.Mentor, _ => null };

    static async Task<IResult> List(
        string program, string? side, string? q, int? page, string? did, int? added, int? updated, int? ago, ProgramLookup programs, ParticipantList list, Shell shell, CancellationToken stop)
    {
        if (await programs.BySlug(program, stop) is not { } facts) return await Page.Refused(shell, Refusal.NotFound("program"), stop);
        var done = did == "removed" ? "Removed from the program." : added is null ? null : $"{added:N0} added, {updated ?? 0:N0} updated{BringInParticipants.Told(ago ?? 0)}.";
        return await ListPage(facts, SideOf(side), q?.Trim() ?? "", page, done, new FormFields(), null, null, list, shell, stop);
    }

    static async Task<IResult> BringIn(
        string program, FormFields form, BringInParticipants bringIn, ProgramLookup programs, ParticipantList list, Shell shell, CancellationToken stop)
    {
        if (await programs.BySlug(program, stop) is not { } facts) return await Page.Refused(shell, Refusal.NotFound("program"), stop);
        if (SideOf(form.Text("Side")) is not { } side) return await Refused(null, Refusal.Invalid("side", "Choose who is in the file. Nothing was changed.", "Side"));
        // A browser sends a part without a name where no file was chosen.
        if (form.Sent.Files.GetFile("File") is not { FileName.Length: > 0 } file) return await Refused(side, Refusal.Invalid("no_file", "Choose a file. Nothing was changed.", "File"));

        await using var content = file.OpenReadStream();
        if (!(await bringIn.FromFile(program, side, file.FileName, content, stop)).Succeeded(out var done, out var refusal)) return await Refused(side, refusal with { Field = "File" });
        return done.Problems.Total > 0
            ? await ListPage(facts, side, "", null, null, form, null, done.Problems, list, shell, stop)
            : Results.LocalRedirect($"/manage/{program}/people?side={side.ToString().ToLowerInvariant()}&added={done.Added}&updated={done.Updated}{(done.TooLongAgo > 0 ? $"&ago={done.TooLongAgo}" : "")}");

        Task<IResult> Refused(Side? shown, Refusal why) => ListPage(facts, shown, "", null, null, form, why, null, list, shell, stop);
    }

    static async Task<IResult> ListPage(
        ProgramFacts program, Side? side, string search, int? page, string? done, FormFields form, Refusal? refusal, FileProblems? problems, ParticipantList list, Shell shell, CancellationToken stop) => Page.Of<PeoplePage>(
        new
        {
            Shell = await shell.Staff(stop),
            program.Cohort,
            Program = $"/manage/{program.Slug}",
            Rows = await list.Of(program, side, search, page ?? 1, stop),
            Side = side,
            Search = search,
            Done = done,
            Form = form.Refused(refusal),
            Problems = problems,
        }, refusal is not null ? Page.StatusOf(refusal) : problems is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    static async Task<IResult> PersonPage(string slug, Guid id, string? done, FormFields form, Refusal? refusal, ProgramLookup programs, ParticipantList list, EnrollmentLookup enrollment, AuditTrail trail, Shell shell, HttpContext http, CancellationToken stop)
    {
        if (await programs.BySlug(slug, stop) is not { } program || await list.One(program, id, stop) is not { } person) return await Page.Refused(shell, Refusal.NotFound("participant"), stop);
        await trail.Saw(Actor.From(http), AuditSubject.Seller(person.SellerId, program.Id), stop, "name", "answers");
        return Page.Of<ParticipantPage>(
            new { Shell = await shell.Staff(stop), program.Cohort, Program = $"/manage/{slug}", Person = person, With = await list.With(program, id, stop), Coaching = await Coaching(program, person, enrollment, stop), MoveTo = await MoveTo(program, http.User.WithinReach(), programs, stop), Form = form.Refused(refusal), Done = done, IsBehind = form.Sent.Count > 0 && refusal is { Kind: RefusalKind.Conflict } },
            refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));
    }

    static async Task<string?> Coaching(ProgramFacts program, ParticipantForm person, EnrollmentLookup enrollment, CancellationToken stop) => person.Side == Side.Mentor && program.Design.Vetting.AsksAboutCoaching
        ? await enrollment.CertifiedAt(program, person.Id, stop) is { } at ? $"Answered the situations of the coaching method on {at.ToString("d MMM yyyy", CultureInfo.CurrentCulture)}." : "Has not answered the situations of the coaching method yet."
        : null;

    /// <summary>The newest programs that somebody can move to.</summary>
    static async Task<IReadOnlyList<Choice>> MoveTo(ProgramFacts program, IReadOnlyCollection<string>? within, ProgramLookup programs, CancellationToken stop) =>
        [.. (await programs.Open(stop)).Where(one => one.Slug != program.Slug && within?.Contains(one.Slug) != false).Take(100).Select(one => new Choice(one.Slug, $"{one.Name}, {one.Cohort}"))];
}
