using System.Globalization;
using System.Text;
using CsvHelper;
using Guildhall.Evidence;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Audit;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Impact;

/// <summary>Every reading of a program as a file: a line a number, each with its interval and how many sellers it is of. A reading without an estimate has one line, without a number.</summary>
static class ImpactExport
{
    static readonly string[] header = ["program", "cohort", "read_at", "figures_through", "plan", "outcome", "verdict", "line", "weeks_since_joining", "unit", "value", "lower_95", "upper_95", "mentees", "others", "code_version"];

    public static void Map(IEndpointRouteBuilder impact) => impact.MapGet("impact.csv", async (string program, ProgramLookup programs, GuildhallDb db, AuditTrail trail, HttpContext http, CancellationToken stop) =>
    {
        if (await programs.BySlug(program, stop) is not { } facts) return Page.Problem(Refusal.NotFound("program"));
        var currency = await db.Set<Marketplace>().Select(marketplace => marketplace.CurrencyCode).SingleOrDefaultAsync(stop);
        var plans = await db.Set<ReadingPlan>().AsNoTracking().Where(plan => plan.ProgramId == facts.Id).ToDictionaryAsync(plan => plan.Number, plan => plan.Terms, stop);
        trail.Add(Actor.From(http), AuditVerb.Exported, new AuditSubject(AuditKind.Program, facts.Id, facts.Id), "readings");
        await db.SaveChangesAsync(stop);

        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = "attachment; filename=\"impact.csv\"";
        // Spreadsheets take a file for UTF-8 by its mark alone.
        await using var text = new StreamWriter(http.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        await using var csv = CsvWriter.Create(text, CsvWriterOptions.Default with { NewLine = "\r\n" });
        await csv.WriteRecordAsync(header, stop);
        await foreach (var reading in db.Set<Reading>().AsNoTracking().Where(reading => reading.ProgramId == facts.Id).OrderBy(reading => reading.ReadAt).AsAsyncEnumerable().WithCancellation(stop))
        {
            var terms = plans[reading.PlanNumber];
            var outcome = terms.Outcome;
            string[] of =
            [
                SpreadsheetText.Defused(facts.Name), SpreadsheetText.Defused(facts.Cohort), reading.ReadAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), reading.DataThrough.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                Whole(reading.PlanNumber), ImpactWords.OutcomeName(outcome), Verdict.WordsOf(reading.Verdict),
            ];
            foreach (var line in Lines(reading, outcome, currency)) await csv.WriteRecordAsync([.. of, .. line, Whole(reading.Controls), reading.CodeVersion], stop);
            foreach (var wait in reading.Findings.Waits)
                foreach (var line in Lines(wait, terms.Of(wait.What)!, currency)) await csv.WriteRecordAsync([.. of[..^2], WaitName(wait.What), Verdict.WordsOf(wait.Verdict), .. line, Whole(wait.Mentees), Whole(wait.Others), reading.CodeVersion], stop);

            foreach (var average in reading.Findings.Averages.Any(one => one.IsSent) ? reading.Findings.Averages : []) await csv.WriteRecordAsync([.. of[..^2], AverageWords.NameOf(average.What).ToLowerInvariant(), Verdict.WordsOf(average.Verdict), .. Line(average, currency), Whole(average.Mentees), Whole(average.Others), reading.CodeVersion], stop);

            if (reading.Findings.Lottery is not { } lottery) continue;
            foreach (var line in ByLot(lottery, outcome, currency)) await csv.WriteRecordAsync([.. of[..^1], Verdict.WordsOf(lottery.Verdict), .. line, Whole(lottery.Winners), Whole(lottery.Losers), reading.CodeVersion], stop);
        }

        return Results.Empty;
    });

    static IEnumerable<string[]> Lines(Reading reading, StudyOutcome outcome, string? currency)
    {
        var (found, mentees) = (reading.Findings, Whole(reading.Mentees));
        if (found.Share is null)
        {
            yield return [found.Failed is null ? "no estimate" : found.Failed == StudyCheck.FlatBefore ? "no estimate: moved apart before joining" : "no estimate: not alike", "", "", "", "", "", mentees];
            yield break;
        }

        var unit = Unit(outcome, currency);
        yield return ["effect", "", "share of what was expected", .. Numbers(found.Share), mentees];
        yield return ["effect", "", unit, .. Numbers(found.Amount!), mentees];
        foreach (var other in found.Others.Where(other => other.Share is not null)) yield return [ImpactWords.Of(other.Reading, outcome), "", "share of what was expected", .. Numbers(other.Share!), mentees];
        foreach (var after in found.After.Where(after => after.Share is not null)) yield return [$"after it ended: months {Whole(after.FromMonth)} to {Whole(after.ToMonth)}", "", "share of the orders expected", .. Numbers(after.Share!), Whole(after.Mentees)];
        foreach (var point in found.Line)
        {
            // What was sold is counted, not estimated: its interval is itself.
            yield return ["mentored", Whole(4 * point.Period), unit, .. Numbers(new(point.Actual, point.Actual, point.Actual)), Whole(point.Mentees)];
            yield return ["expected", Whole(4 * point.Period), unit, .. Numbers(point.Expected), Whole(point.Mentees)];
        }
    }

    static string WaitName(Awaited what) => what switch { Awaited.FirstSale => "first sale", Awaited.Milestone => "revenue milestone", _ => "staying" };

    static IEnumerable<string[]> Lines(FoundWait found, WaitTerms terms, string? currency)
    {
        // What was settled is counted, not estimated.
        yield return ["settled: days that count", "", "days", Whole(terms.WithinDays), "", ""];
        yield return ["settled: days worth having", "", "days", Decimal((double)terms.UsefulDays), "", ""];
        if (terms.What == Awaited.Milestone) yield return ["settled: sales to reach", "", $"minor units of {currency ?? "the marketplace’s currency"}", terms.Threshold.ToString(CultureInfo.InvariantCulture), "", ""];
        if (terms.What == Awaited.Quiet) yield return ["settled: days without an order", "", "days", terms.Threshold.ToString(CultureInfo.InvariantCulture), "", ""];
        if (found.DaysBetter is null)
        {
            yield return [found.Failed is null ? "no estimate" : "no estimate: not alike", "", "", "", "", ""];
            yield break;
        }

        var (share, pace) = found.What switch { Awaited.FirstSale => ("share with a first sale", "pace of first sales"), Awaited.Milestone => ("share that reached it", "pace of reaching it"), _ => ("share gone quiet", "pace of going quiet") };
        var unit = found.What == Awaited.Quiet ? "days later" : "days sooner";
        yield return ["effect", "", unit, .. Numbers(found.DaysBetter)];
        // Without an interval: whoever it did not happen to counts as all the days.
        yield return ["mean wait, mentored", "", "days", Decimal(found.WaitMentored!.Value), "", ""];
        yield return ["mean wait, not mentored", "", "days", Decimal(found.WaitOthers!.Value), "", ""];
        if (found.DaysByHalf is { } half) yield return ["effect over half of the days", "", unit, Decimal(half), "", ""];
        if (found.DaysBesideOne is { } one) yield return ["effect beside one other each", "", unit, Decimal(one), "", ""];
        if (found.Pace is { } times) yield return [pace, "", "times as fast", .. Numbers(times)];
        foreach (var point in found.Line)
        {
            var weeks = Decimal(point.Day / 7.0);
            yield return ["mentored", weeks, share, .. Numbers(point.Mentored)];
            yield return ["not mentored", weeks, share, .. Numbers(point.Others)];
        }
    }

    /// <summary>An average: its interval holds together with those of all averages of the reading.</summary>
    static string[] Line(FoundAverage found, string? currency) => found.Change is null
        ? [found.Verdict == VerdictKind.NotReported ? "average: no estimate: moved apart before joining" : "average: no estimate", "", "", "", "", ""]
        : ["average: less what was expected", "", found.What switch { PanelAverage.OrderValue => $"minor units of {currency ?? "the marketplace’s currency"} an order", PanelAverage.Review => "marks from 1 to 5", PanelAverage.ReturningBuyers => "share of buyers", _ => "share of orders" }, .. Numbers(found.Change)];

    /// <summary>What lots show: mentees are the winners, others those who lost.</summary>
    static IEnumerable<string[]> ByLot(LotteryFindings found, StudyOutcome outcome, string? currency)
    {
        if (found.Share is null)
        {
            yield return [found.Failed switch { LotteryCheck.AlikeBefore => "by lot: no estimate: not alike before the draw", LotteryCheck.EqualLoss => "by lot: no estimate: days are unknown more often on one side", _ => "by lot: no estimate" }, "", "", "", "", ""];
            yield break;
        }

        yield return ["by lot: effect of winning", "", "share of what was expected", .. Numbers(found.Share)];
        yield return ["by lot: effect of winning", "", Unit(outcome, currency), .. Numbers(found.Amount!)];
        if (found.OfMentored is { } mentored) yield return ["by lot: effect of mentoring on those mentored because they won", "", Unit(outcome, currency), .. Numbers(mentored)];
        if (found.OtherMeasure is { } other) yield return [$"by lot: {ImpactWords.Of(OtherReading.OtherMeasure, outcome).ToLowerInvariant()}", "", "share of what was expected", .. Numbers(other)];
        // Counted, not estimated.
        yield return ["by lot: winners who were mentored", "", "share", .. Numbers(new(found.MentoredOfWinners!.Value, found.MentoredOfWinners.Value, found.MentoredOfWinners.Value))];
        yield return ["by lot: losers who were mentored", "", "share", .. Numbers(new(found.MentoredOfLosers!.Value, found.MentoredOfLosers.Value, found.MentoredOfLosers.Value))];
    }

    static string Unit(StudyOutcome outcome, string? currency) => outcome == StudyOutcome.Orders ? "orders in four weeks" : $"minor units of {currency ?? "the marketplace’s currency"} in four weeks";

    static string[] Numbers(FoundEffect effect) => [Decimal(effect.Value), Decimal(effect.Lower), Decimal(effect.Upper)];

    static string Decimal(double number) => number.ToString("0.####", CultureInfo.InvariantCulture);

    static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);
}
