using System.Globalization;
using Guildhall.Modules.People;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Pairing;

/// <summary>A reading in the list of those that were made.</summary>
/// <param name="Approved">When its weights were approved and by whom; null where they weren't.</param>
public sealed record LearningLine(string When, string Verdict, string Counts, string? Approved);

/// <summary>What past pairs say of the weights, as a program's manager reads it.</summary>
/// <param name="Shown">The newest reading; null before the first.</param>
/// <param name="Refused">Why what was just asked for was not done.</param>
public sealed record LearningView(string Cohort, string CohortHref, string StudioHref, string Name, LearningShown? Shown, IReadOnlyList<LearningLine> Readings, bool IsBeingRead, bool HasFailed, string? Refused)
{
    public string Root => $"{StudioHref}/learning";
}

/// <summary>A reading in words.</summary>
/// <param name="Approved">When its weights were approved and by whom; null where they weren't.</param>
/// <param name="IsOfOtherSettings">The settings were changed after it.</param>
public sealed record LearningShown(int Number, string ReadAt, string CodeVersion, LearningFindings Findings, LearningWords Words, string? Approved, bool IsOfOtherSettings)
{
    public bool MayBeApproved => Findings.Verdict == LearningVerdict.Better && Approved is null && !IsOfOtherSettings;
}

/// <summary>The page of what past pairs say of the weights.</summary>
sealed class LearningScreen(GuildhallDb db, ProgramLookup programs, CurrentRules rules, AccountLookup accounts, MarketplaceZone zones, Shell shell)
{
    /// <summary>More readings than a page shows nobody makes.</summary>
    const int Most = 25;

    public static void Map(IEndpointRouteBuilder studio)
    {
        studio.MapGet("learning", (string program, string? did, LearningScreen screen, CancellationToken stop) => screen.Show(program, did == "approved", null, stop));
        studio.MapPost("learning", async (string program, AskLearning ask, Shell shell, Actor actor, CancellationToken stop) =>
            await ask.Run(program, actor, stop) is { } refusal ? await Page.Refused(shell, refusal, stop) : Results.LocalRedirect(Of(program)));
        studio.MapPost("learning/approve", async (string program, FormFields form, ApproveWeights approve, LearningScreen screen, Shell shell, Actor actor, CancellationToken stop) =>
        {
            var reading = form.Whole("reading", "the reading");
            return (form.Refusal ?? await approve.Run(program, reading, actor, stop)) switch
            {
                null => Results.LocalRedirect($"{Of(program)}?did=approved"),
                { Kind: RefusalKind.Conflict } refusal => await screen.Show(program, false, refusal, stop),
                { } refusal => await Page.Refused(shell, refusal, stop),
            };
        });
        // A refused form leaves its own address in the browser.
        studio.MapGet("learning/approve", (string program) => Results.LocalRedirect(Of(program)));
    }

    static string Of(string program) => $"/manage/{program}/matching/learning";

    async Task<IResult> Show(string slug, bool wasApproved, Refusal? refusal, CancellationToken stop) => await View(slug, refusal, stop) is { } view
        ? Page.Of<LearningPage>(new { Shell = await shell.Staff(stop), View = view, WasApproved = wasApproved }, refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal))
        : await Page.Refused(shell, Refusal.NotFound("program"), stop);

    async Task<LearningView?> View(string slug, Refusal? refusal, CancellationToken stop)
    {
        if (await programs.BySlug(slug, stop) is not { } program) return null;
        var readings = await db.Set<LearningReading>().AsNoTracking().Where(reading => reading.ProgramId == program.Id).OrderByDescending(reading => reading.Number).Take(Most)
            .Select(reading => new { Reading = reading, Approval = db.Set<WeightApproval>().FirstOrDefault(approval => approval.ReadingId == reading.Id) }).ToListAsync(stop);
        var asked = await db.Set<LearningRequest>().AsNoTracking().Where(request => request.ProgramId == program.Id).OrderByDescending(request => request.AskedAt).FirstOrDefaultAsync(stop);
        var who = await accounts.Names([.. readings.Select(one => one.Approval?.ApprovedBy).OfType<Guid>().Distinct()], stop);
        var (zone, seen) = (await zones.Of(stop), (await rules.Of(program, stop)).Seen);

        return new LearningView(
            program.Cohort, $"/manage/{slug}", $"/manage/{slug}/matching", program.Name,
            readings is [var newest, ..] ? new(newest.Reading.Number, At(newest.Reading.ReadAt), Short(newest.Reading.CodeVersion), newest.Reading.Findings, new(newest.Reading.Findings), Approved(newest.Approval), newest.Approval is null && newest.Reading.SettingsSeen != seen) : null,
            [.. readings.Select(one => new LearningLine(At(one.Reading.ReadAt), new LearningWords(one.Reading.Findings).Badge, Counted.Of(one.Reading.Findings.Measured, "mentee", "mentees"), Approved(one.Approval)))],
            asked is { DoneAt: null }, asked is { HasFailed: true }, refusal?.Message);

        string At(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone).ToString("d MMM yyyy, HH:mm", CultureInfo.CurrentCulture);
        string? Approved(WeightApproval? approval) => approval is null ? null : $"{At(approval.ApprovedAt)}, by {who.GetValueOrDefault(approval.ApprovedBy, "the program’s team")}";
        // The version and the first letters of what it was built from.
        static string Short(string version) => version.IndexOf('+', StringComparison.Ordinal) is > 0 and var at && at + 8 < version.Length ? version[..(at + 8)] : version;
    }
}
