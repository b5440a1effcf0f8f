using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Access;
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
        people.MapGet("{id:guid}", (string program, Guid id, string? did, ParticipantScreen screen, CancellationToken stop) =>
            screen.Show(program, id, did switch { "saved" => "Saved.", "moved" => "Moved. They are in this program now, with what they said of themselves.", _ => null }, new FormFields(), null, stop));
        people.MapPost("{id:guid}", async (string program, Guid id, FormFields form, ChangeParticipant change, ParticipantScreen screen, CancellationToken stop) =>
            (await change.Run(program, id, form, stop)).Refusal is { } refusal ? await screen.Show(program, id, null, form, refusal, stop) : Results.LocalRedirect($"/manage/{program}/people/{id}?did=saved"));
        people.MapPost("{id:guid}/remove", async (string program, Guid id, FormFields form, ChangeParticipant change, ParticipantScreen screen, CancellationToken stop) =>
            (await change.Remove(program, id, form, stop)).Refusal is { } refusal ? await screen.Show(program, id, null, new FormFields(), refusal, stop) : Results.LocalRedirect($"/manage/{program}/people?did=removed"));
        people.MapPost("{id:guid}/move", async (string program, Guid id, FormFields form, HttpContext http, MoveParticipants move, ParticipantScreen screen, CancellationToken stop) =>
            (await move.Run(new(program, [id], form.Text("To"), form.Edition("seen"), http.User.WithinReach()), stop)).Succeeded(out var to, out var refusal)
                ? Results.LocalRedirect($"/manage/{to.Slug}/people/{id}?did=moved")
                : await screen.Show(program, id, null, new FormFields(), refusal, stop));
        people.MapGet("audience", async (string program, ProgramLookup programs, AudienceMap audience, Shell shell, CancellationToken stop) =>
            await programs.BySlug(program, stop) is { } facts
                ? Page.Of<AudiencePage>(new { Shell = await shell.Staff(stop), View = await audience.Of(facts, stop) })
                : await Page.Refused(shell, Refusal.NotFound("program"), stop));
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
}
