using System.Globalization;
using System.Text;
using CsvHelper;
using Guildhall.Matching;
using Guildhall.Platform;
using Guildhall.Platform.Audit;
using Guildhall.Platform.Database;

namespace Guildhall.Modules.Pairing;

/// <summary>A run as files: a row a mentee for spreadsheets, and everything for programs.</summary>
static class RunExport
{
    public static void Map(IEndpointRouteBuilder studio)
    {
        studio.MapGet("{number:int}/pairs.csv", async (string program, int number, ReadStudio read, AuditTrail trail, GuildhallDb db, HttpContext http, CancellationToken stop) =>
        {
            if (!(await read.Open(program, number, stop)).Succeeded(out var view, out var refusal) || view is null) return Page.Problem(refusal ?? Refusal.NotFound("run"));
            await Note(trail, db, http, view, stop);
            http.Response.ContentType = "text/csv; charset=utf-8";
            http.Response.Headers.ContentDisposition = $"attachment; filename=\"pairs-run-{number.ToString(CultureInfo.InvariantCulture)}.csv\"";
            await Write(view, http.Response.Body, stop);
            return Results.Empty;
        });
        studio.MapGet("{number:int}/run.json", async (string program, int number, ReadStudio read, AuditTrail trail, GuildhallDb db, HttpContext http, CancellationToken stop) =>
        {
            if (!(await read.Open(program, number, stop)).Succeeded(out var view, out var refusal) || view is null) return Page.Problem(refusal ?? Refusal.NotFound("run"));
            await Note(trail, db, http, view, stop);
            return Results.Json(view.Match.Run, JsonColumns.Options);
        });
    }

    /// <summary>Each file that leaves is one entry, about everybody in the run.</summary>
    static Task<int> Note(AuditTrail trail, GuildhallDb db, HttpContext http, RunInView view, CancellationToken stop)
    {
        trail.Add(Actor.From(http), AuditVerb.Exported, new AuditSubject(AuditKind.Run, view.Row.Id, view.Program.Id), "names", "pairs", "reasons");
        return db.SaveChangesAsync(stop);
    }

    static async Task Write(RunInView view, Stream output, CancellationToken stop)
    {
        // Spreadsheets take a file for UTF-8 by its mark alone.
        await using var text = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        await using var csv = CsvWriter.Create(text, CsvWriterOptions.Default with { NewLine = "\r\n" });
        await csv.WriteRecordAsync(["mentee", "mentee_name", "mentor", "mentor_name", "points", "kept", "state", "reason", "odds"], stop);
        var (leftOut, made) = (view.Row.LeftOut.ToHashSet(), view.Row.State == RunState.Approved ? "approved" : "proposed");
        foreach (var pair in view.Match.Run.Pairs)
        {
            var (mentee, mentor) = (view.Names[pair.MenteeId], view.Names[pair.MentorId]);
            var (menteeName, mentorName) = CalledApart.Of(mentee, mentor);
            var reasons = pair.Score.Reasons.Select(reason => MatchWording.Sentence(reason.Fact, menteeName, mentorName));
            await csv.WriteRecordAsync(
                Cells(pair.MenteeId, mentee.Person, pair.MentorId, mentor.Person, pair.Score.Points.ToString(CultureInfo.InvariantCulture), pair.IsPinned ? "yes" : "no", leftOut.Contains(pair.MenteeId) ? "left out" : made, string.Join(' ', pair.Score.Caution?.Rule == Rule.DeclaredCompetition ? reasons.Append(DeclaredWords.Caution(pair, view.Match, view.Names)!) : reasons), Phrases.Odds(pair.Odds)), stop);
        }

        foreach (var unmatched in view.Match.Run.Unmatched)
        {
            var mentee = view.Names[unmatched.MenteeId];
            await csv.WriteRecordAsync(Cells(unmatched.MenteeId, mentee.Person, "", "", "", "", "no match", $"{view.Match.Reason(unmatched)}{DeclaredWords.OfUnmatched(unmatched, view.Match, view.Names)}", Phrases.Odds(unmatched.Odds)), stop);
        }
    }

    static string[] Cells(params string[] cells) => Array.ConvertAll(cells, SpreadsheetText.Defused);
}
