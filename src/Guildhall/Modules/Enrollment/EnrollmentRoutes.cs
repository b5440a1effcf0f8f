using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>The people of a program: the list, bringing them in by file, and one of them.</summary>
static class EnrollmentRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var people = routes.MapGroup("/manage/{program}/people").RequireAuthorization(Policies.Staff);
        people.MapGet("", async (string program, string? side, int? page, string? did, int? added, int? updated, ProgramLookup programs, ParticipantList list, Shell shell, CancellationToken stop) =>
            await programs.BySlug(program, stop) is { } facts
                ? await ListPage(facts, SideOf(side), page, Done(did, added, updated), [], list, shell, stop)
                : await Page.Refused(shell, Refusal.NotFound("program"), stop));
        // The server takes 30 MB of a request by itself; the form around the file needs a little more than the file.
        people.MapPost("", BringIn).WithMetadata(new RequestSizeLimitAttribute(ProfileFile.LargestFile + (1 << 20)));
        people.MapGet("{id:guid}", async (string program, Guid id, string? did, ProgramLookup programs, GuildhallDb db, SellerLookup sellers, Shell shell, CancellationToken stop) =>
            await One(program, id, did == "saved" ? "Saved." : null, null, programs, db, sellers, shell, stop));
        people.MapPost("{id:guid}", async (string program, Guid id, HttpContext http, ChangeParticipant change, ProgramLookup programs, GuildhallDb db, SellerLookup sellers, Shell shell, CancellationToken stop) =>
            await After(program, id, await Changed(program, programs, facts => Form(http, form => change.Run(facts.Id, id, Seen(form), form, stop), stop), stop), $"/manage/{program}/people/{id}?did=saved", programs, db, sellers, shell, stop));
        people.MapPost("{id:guid}/remove", async (string program, Guid id, HttpContext http, ChangeParticipant change, ProgramLookup programs, GuildhallDb db, SellerLookup sellers, Shell shell, CancellationToken stop) =>
            await After(program, id, await Changed(program, programs, facts => Form(http, form => change.Remove(facts.Id, id, Seen(form), stop), stop), stop), $"/manage/{program}/people?did=removed", programs, db, sellers, shell, stop));
    }

    static string? Done(string? did, int? added, int? updated) =>
        did == "removed" ? "Removed from the program." : added is null ? null : $"{added:N0} added, {updated ?? 0:N0} updated.";

    static Side? SideOf(string? text) => text switch { "mentee" => Side.Mentee, "mentor" => Side.Mentor, _ => null };

    static uint Seen(IFormCollection form) => uint.TryParse(form["seen"], out var seen) ? seen : 0;

    static async Task<Result<Participant>> Form(HttpContext http, Func<IFormCollection, Task<Result<Participant>>> change, CancellationToken stop) => await change(await http.Request.ReadFormAsync(stop));

    static async Task<Result<Participant>> Changed(string slug, ProgramLookup programs, Func<ProgramFacts, Task<Result<Participant>>> change, CancellationToken stop) =>
        await programs.BySlug(slug, stop) is { } program ? await change(program) : Refusal.NotFound("program");

    static async Task<IResult> After(
        string slug, Guid id, Result<Participant> changed, string next, ProgramLookup programs, GuildhallDb db, SellerLookup sellers, Shell shell, CancellationToken stop)
    {
        if (changed.Refusal is null) return Results.LocalRedirect(next);
        db.ChangeTracker.Clear();
        return await One(slug, id, null, changed.Refusal, programs, db, sellers, shell, stop);
    }

    static async Task<IResult> One(string slug, Guid id, string? done, Refusal? refusal, ProgramLookup programs, GuildhallDb db, SellerLookup sellers, Shell shell, CancellationToken stop)
    {
        var program = await programs.BySlug(slug, stop);
        var participant = program is null ? null : await db.Set<Participant>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id && p.ProgramId == program.Id, stop);
        var card = participant is null ? null : (await sellers.Cards([participant.SellerId], stop)).GetValueOrDefault(participant.SellerId);
        if (card is null) return await Page.Refused(shell, Refusal.NotFound("participant"), stop);
        return Page.Of<ParticipantPage>(
            new
            {
                Shell = await shell.Staff(stop),
                program!.Cohort,
                Program = $"/manage/{slug}",
                Form = ParticipantForm.Of(participant!, ParticipantList.Row(participant!, card)),
                Errors = FieldError.From(refusal),
                Done = done,
            }, refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));
    }

    static async Task<IResult> ListPage(ProgramFacts program, Side? side, int? page, string? done, IReadOnlyList<string> problems, ParticipantList list, Shell shell, CancellationToken stop) => Page.Of<PeoplePage>(
        new
        {
            Shell = await shell.Staff(stop),
            program.Cohort,
            Program = $"/manage/{program.Slug}",
            Rows = await list.Of(program.Id, side, page ?? 1, stop),
            Side = side,
            Done = done,
            Problems = problems,
        }, problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    static async Task<IResult> BringIn(
        string program, [FromForm] string side, IFormFile? file, BringInParticipants bringIn, ProgramLookup programs, ParticipantList list, Shell shell, CancellationToken stop)
    {
        if (await programs.BySlug(program, stop) is not { } facts) return await Page.Refused(shell, Refusal.NotFound("program"), stop);
        var wanted = SideOf(side) ?? Side.Mentee;
        if (file is null || file.Length == 0) return await ListPage(facts, wanted, null, null, ["Choose a file."], list, shell, stop);

        await using var content = file.OpenReadStream();
        var outcome = await bringIn.FromFile(program, wanted, file.FileName, content, stop);
        if (!outcome.Succeeded(out var done, out var refusal)) return await ListPage(facts, wanted, null, null, [refusal.Message], list, shell, stop);
        return done.Problems.Count > 0
            ? await ListPage(facts, wanted, null, null, done.Problems, list, shell, stop)
            : Results.LocalRedirect($"/manage/{program}/people?side={wanted.ToString().ToLowerInvariant()}&added={done.Added}&updated={done.Updated}");
    }
}
