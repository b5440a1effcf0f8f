using System.Globalization;
using System.Text;
using CsvHelper;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Impact;

/// <summary>The public page of results.</summary>
/// <param name="Results">The last release; null before the first.</param>
/// <param name="Program">Whose results they are, or will be; null while none is open to visitors.</param>
/// <param name="DueOn">When the first can be expected; null where that day is over.</param>
/// <param name="Others">Other programs with results.</param>
public sealed record ResultsView(PublicResults? Results, string? Program, DateOnly? DueOn, IReadOnlyList<Link> Others, Link Door);

/// <summary>What anybody may read of results: as a page, as JSON and as CSV, all from the same documents. Those that a program has published, and nothing that is worked out here.</summary>
sealed class ShowResults(ResultsLookup results, ProgramLookup programs, MarketplaceZone zones, Shell shell)
{
    public const string Path = "/results", MethodPath = "/method";

    static readonly string[] methods = [HttpMethods.Get, HttpMethods.Head];
    static readonly string[] header =
        ["program", "cohort", "release", "published_on", "figures_through", "what", "name", "category", "country", "verdict", "finding", "unit", "value", "lower_95", "upper_95", "mentored_about", "compared_about"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods(Path, methods, async (ShowResults show, CancellationToken stop) => await show.Show(null, stop)).RequireAccess(AccessTable.Visit);
        routes.MapMethods(Path + "/{program}", methods, async (string program, ShowResults show, CancellationToken stop) => await show.Show(program, stop)).RequireAccess(AccessTable.Visit);
        routes.MapMethods(Path + ".json", methods, async (ShowResults show, HttpContext http, CancellationToken stop) =>
            Sent(http, await show.Json(stop), "application/json")).RequireAccess(AccessTable.Visit);
        routes.MapMethods(Path + ".csv", methods, async (ShowResults show, HttpContext http, CancellationToken stop) =>
        {
            http.Response.Headers.ContentDisposition = "attachment; filename=\"results.csv\"";
            return Sent(http, await show.Csv(stop), "text/csv");
        }).RequireAccess(AccessTable.Visit);
        routes.MapMethods(MethodPath, methods, async (Shell shell, CancellationToken stop) =>
        {
            var context = await shell.Public(stop);
            return Page.Of<PublicMethodPage>(new { Shell = context, Texts = new[] { MethodText.Impact, MethodText.Publishing }, Door = Door(context) });
        }).RequireAccess(AccessTable.Visit);
    }

    async Task<IResult> Show(string? slug, CancellationToken stop)
    {
        var program = slug is null ? await programs.OnFrontPage(stop) : await programs.BySlug(slug, stop);
        if (slug is not null && program is not { IsDraft: false }) return await Page.Refused(shell, Refusal.NotFound("program"), stop);
        var all = await results.All(stop);
        var shown = (program is null ? null : all.FirstOrDefault(one => one.Address == program.Slug)) ?? (slug is null && all is [var newest, ..] ? newest : null);
        var context = await shell.Public(stop);
        var due = shown is null && program is not null ? await results.DueOn(program, stop) : (DateOnly?)null;
        return Page.Of<ResultsPage>(new
        {
            Shell = context,
            View = new ResultsView(
                shown, shown?.Program ?? program?.Name, due > await zones.Today(stop) ? due : null,
                [.. all.Where(one => one.Address != (shown?.Address ?? program?.Slug)).Select(one => new Link($"{one.Program}, {one.Cohort}", $"{Path}/{one.Address}"))], Door(context)),
        });
    }

    static Link Door(ShellContext context) => context.Homes is [var home, ..] ? new Link("To your page", home.Href) : context.Person is null ? new Link("Sign in", "/sign-in") : new Link("To your account", "/account");

    /// <summary>Five minutes old is new enough, and who has it already gets no second copy.</summary>
    static IResult Sent(HttpContext http, string text, string type)
    {
        var tag = PublicJson.TagOf(text);
        http.Response.Headers.ETag = tag;
        http.Response.Headers.CacheControl = "public, max-age=300";
        http.Response.Headers.AccessControlAllowOrigin = "*";
        return http.Request.Headers.IfNoneMatch.Contains(tag) ? Results.StatusCode(StatusCodes.Status304NotModified) : Results.Text(text, type, Encoding.UTF8);
    }

    async Task<string> Json(CancellationToken stop) => PublicJson.Of(new { programs = await results.All(stop) });

    async Task<string> Csv(CancellationToken stop)
    {
        var all = await results.All(stop);
        await using var text = new StringWriter(CultureInfo.InvariantCulture);
        // Spreadsheets take a file for UTF-8 by its mark alone.
        await text.WriteAsync('\uFEFF');
        await using (var csv = CsvWriter.Create(text, CsvWriterOptions.Default with { NewLine = "\r\n" }))
        {
            await csv.WriteRecordAsync(header, stop);
            foreach (var one in all)
                foreach (var line in Lines(one))
                    await csv.WriteRecordAsync([SpreadsheetText.Defused(one.Program), SpreadsheetText.Defused(one.Cohort), Number(one.Release), Day(one.PublishedOn), Day(one.FiguresThrough), .. line], stop);
        }

        return text.ToString();
    }

    static IEnumerable<string[]> Lines(PublicResults of)
    {
        if (of.TakenDown is { } down) yield return ["taken down", "", "", "", "", SpreadsheetText.Defused(down.Because), "", "", "", "", "", ""];
        foreach (var outcome in of.Outcomes)
            yield return ["outcome", outcome.Name, "", "", outcome.VerdictWords, outcome.Finding, outcome.Effect?.Unit ?? "", Number(outcome.Effect?.Value), Number(outcome.Effect?.Lower), Number(outcome.Effect?.Upper), Number(outcome.Mentored), Number(outcome.Compared)];
        foreach (var change in of.Changes)
            yield return ["change", change.Outcome, "", "", "", SpreadsheetText.Defused($"{Day(change.On)}: from {change.From} to {change.To}, because {change.Because}"), "", "", "", "", "", ""];
        if (of.WhoTookPart is { } table)
            for (var i = 0; i <= table.Rows.Count; i++)
                for (var j = 0; j <= table.Columns.Count; j++)
                    yield return ["took part", "", SpreadsheetText.Defused(i == table.Rows.Count ? "all" : table.Rows[i]), SpreadsheetText.Defused(j == table.Columns.Count ? "all" : table.Columns[j]), "", table.Counts[i][j] is null ? "not shown" : "", "mentored sellers", Number(table.Counts[i][j]), "", "", "", ""];
        if (of.Mentoring is { } mentoring)
            foreach (var (name, words) in new[] { ("asked of them", mentoring.Criteria), ("how they are taken in", mentoring.Vetting), ("what they get", mentoring.Reward) })
                yield return ["mentors", name, "", "", "", SpreadsheetText.Defused(words), "", "", "", "", "", ""];
        if (of.Mentors is { } mentors)
        {
            yield return ["mentors", "applied", "", "", "", mentors.Applied is null ? "fewer than 10" : "", "sellers, to the nearest ten", Number(mentors.Applied), "", "", "", ""];
            yield return ["mentors", "accepted", "", "", "", mentors.Accepted is null ? "fewer than 10" : "", "sellers, to the nearest ten", Number(mentors.Accepted), "", "", "", ""];
        }
    }

    static string Number(double? number) => number?.ToString("0.####", CultureInfo.InvariantCulture) ?? "";

    static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
