using System.Globalization;
using Guildhall.Modules.People;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Impact;

/// <summary>A release in the list of those that were made.</summary>
public sealed record ReleaseLine(string What, string When, string Who);

/// <summary>The last look before results become public.</summary>
/// <param name="Document">As the public would read it.</param>
/// <param name="Changed">Published numbers that would be others.</param>
/// <param name="IsPublic">Exactly this is public already.</param>
/// <param name="CanTakeDown">Something is public now.</param>
public sealed record PublishView(string Program, string Cohort, Guid Reading, int Seen, PublicResults Document, IReadOnlyList<PublicChange> Changed, bool IsPublic, bool CanTakeDown, IReadOnlyList<ReleaseLine> Releases);

/// <summary>The page on which a manager sees what would be public, publishes it, and takes it down.</summary>
sealed class PublishPages(GuildhallDb db, PublishResults publish, AccountLookup accounts, MarketplaceZone zones, Shell shell)
{
    const int Most = 50;

    public static string Of(string program) => $"{ImpactRoutes.Of(program)}/publish";

    public static void Map(IEndpointRouteBuilder impact)
    {
        impact.MapGet("publish", async (string program, string? did, PublishPages pages, CancellationToken stop) => await pages.Show(program, did, new FormFields(), StatusCodes.Status200OK, stop));
        impact.MapPost("publish", async (string program, FormFields form, PublishResults publish, PublishPages pages, Shell shell, Actor actor, CancellationToken stop) =>
            await pages.Answer(program, "published", form, Guid.TryParse(form.Text("Reading"), out var reading) ? await publish.Run(program, reading, form.Edition("seen"), form.Text("Because"), actor, stop) : Refusal.NotFound("reading"), stop));
        impact.MapPost("publish/take-down", async (string program, FormFields form, PublishResults publish, PublishPages pages, Actor actor, CancellationToken stop) =>
            await pages.Answer(program, "taken-down", form, await publish.TakeDown(program, form.Edition("seen"), form.Text("DownBecause"), actor, stop), stop));
    }

    async Task<IResult> Answer(string program, string did, FormFields form, Refusal? refusal, CancellationToken stop) => refusal switch
    {
        null => Results.LocalRedirect($"{Of(program)}?did={did}"),
        { Kind: RefusalKind.Invalid } => await Show(program, null, form.Refused(refusal), Page.StatusOf(refusal), stop),
        _ => await Page.Refused(shell, refusal, stop),
    };

    async Task<IResult> Show(string program, string? did, FormFields form, int status, CancellationToken stop)
    {
        if (!(await publish.Draft(program, stop)).Succeeded(out var draft, out var refusal)) return refusal == PublishResults.NothingRead ? Results.LocalRedirect(ImpactRoutes.Of(program)) : await Page.Refused(shell, refusal, stop);
        var releases = await db.Set<ResultRelease>().AsNoTracking().Where(release => release.ProgramId == draft.Program.Id).OrderByDescending(release => release.Number).Take(Most).ToListAsync(stop);
        var (who, zone) = (await accounts.Names([.. releases.Select(release => release.PublishedBy).Distinct()], stop), await zones.Of(stop));
        return Page.Of<PublishResultsPage>(new
        {
            Shell = await shell.Staff(stop),
            View = new PublishView(
                program, draft.Program.Cohort, draft.ReadingId, draft.Seen, draft.Document, draft.Changed, draft.IsPublic, releases is [{ Document.TakenDown: null }, ..],
                [.. releases.Select(release => new ReleaseLine(
                    release.Document.TakenDown is { } down ? $"{release.Number}. Taken down, because {down.Because}" : $"{release.Number}. {string.Join(" ", release.Document.Outcomes.Select(outcome => outcome.Finding))}",
                    TimeZoneInfo.ConvertTime(release.PublishedAt, zone).ToString("d MMM yyyy, HH:mm", CultureInfo.CurrentCulture), who.GetValueOrDefault(release.PublishedBy, "the program’s team")))]),
            Form = form,
            Done = did switch { "published" => "Published. Everybody can read it now.", "taken-down" => "Taken down. The page of results says so, with your reason.", _ => null },
        }, status);
    }
}
