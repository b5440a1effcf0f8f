using System.Globalization;
using System.Text;
using CsvHelper;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Audit;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Experiments;

/// <summary>A draw as a file with everything that it was drawn from, so that anybody can draw it again (docs/methods/lottery.md): ids, and no names.</summary>
static class LotsExport
{
    static readonly string[] header = ["seed", "places", "participant_id", "level_of_help", "comes_first", "odds", "won"];

    public static void Map(IEndpointRouteBuilder lottery) => lottery.MapGet("{number:int}/lots.csv", async (string program, int number, ProgramLookup programs, GuildhallDb db, AuditTrail trail, HttpContext http, CancellationToken stop) =>
    {
        if (await programs.BySlug(program, stop) is not { } facts || await db.Set<Draw>().AsNoTracking().SingleOrDefaultAsync(draw => draw.ProgramId == facts.Id && draw.Number == number, stop) is not { } draw) return Page.Problem(Refusal.NotFound("draw"));
        trail.Add(Actor.From(http), AuditVerb.Exported, new AuditSubject(AuditKind.Program, facts.Id, facts.Id), "lottery");
        await db.SaveChangesAsync(stop);

        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"lots-draw-{number.ToString(CultureInfo.InvariantCulture)}.csv\"";
        await using var text = new StreamWriter(http.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        await using var csv = CsvWriter.Create(text, CsvWriterOptions.Default with { NewLine = "\r\n" });
        await csv.WriteRecordAsync(header, stop);
        var (seed, places) = (Convert.ToHexStringLower(draw.Seed), draw.Places.ToString(CultureInfo.InvariantCulture));
        await foreach (var lot in db.Set<Lot>().AsNoTracking().Where(lot => lot.DrawId == draw.Id).OrderBy(lot => lot.ParticipantId).AsAsyncEnumerable().WithCancellation(stop))
            await csv.WriteRecordAsync([seed, places, lot.ParticipantId.ToString(), lot.Tier?.ToString() ?? "", lot.IsFirst ? "yes" : "no", lot.OddsShare.ToString("0.######", CultureInfo.InvariantCulture), lot.HasWon ? "yes" : "no"], stop);
        return Results.Empty;
    });
}
