using System.Globalization;
using System.Text;
using CsvHelper;
using Guildhall.Modules.People;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Audit;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Governance;

/// <summary>An entry of the trail as people read it.</summary>
public sealed record AuditRow(string At, string Who, string Role, string Did, string Whom, string? Program);

/// <summary>What the address of the access log asks for.</summary>
public sealed record AuditLogQuery
{
    /// <summary>Who: words of a name or address.</summary>
    public string? Q { get; init; }

    /// <summary>A shop or account: words of its name, or the marketplace’s id.</summary>
    public string? Whom { get; init; }

    /// <summary>A verb.</summary>
    public string? What { get; init; }

    public string? From { get; init; }

    public string? To { get; init; }

    /// <summary>The entry that the page begins behind.</summary>
    public Guid? After { get; init; }
}

/// <summary>A page of the access log.</summary>
/// <param name="Check">What a check of the whole chain said, where somebody asked for it.</param>
public sealed record AuditLogView(IReadOnlyList<AuditRow> Rows, GridView Grid, AuditLogQuery Query, string ExportHref, FormFields Form, AuditCheck? Check);

/// <summary>Who saw and changed what, newest first. A role that is limited to programs reads what belongs to them.</summary>
sealed class AuditLog(GuildhallDb db, AccountLookup accounts, SellerLookup sellers, ProgramLookup programs)
{
    public const string Path = "/audit/log";
    public const int PageSize = 50;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var log = routes.MapGroup("/audit/log").RequireAccess(AccessTable.ReadAuditTrail);
        log.MapGet("", async ([AsParameters] AuditLogQuery query, string? check, HttpContext http, AuditLog list, VerifyAudit verify, Shell shell, CancellationToken stop) =>
        {
            var checkedChain = check is null ? null : await verify.Run(stop);
            var view = await list.Of(query, http, checkedChain, stop);
            return Page.Of<AuditLogPage>(new { Shell = await shell.Staff(stop), View = view }, view.Form.Errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
        });
        log.MapGet("log.csv", async ([AsParameters] AuditLogQuery query, HttpContext http, AuditLog list, AuditTrail trail, Actor actor, CancellationToken stop) =>
        {
            var form = FormFields.InAddress(http);
            if (await list.Asked(query, form, http, stop) is not { } entries) return Page.Problem(form.Refusal!);
            trail.Add(actor, AuditVerb.Exported, AuditSubject.The(AuditKind.Account), "access-log");
            await list.Save(stop);
            http.Response.ContentType = "text/csv; charset=utf-8";
            http.Response.Headers.ContentDisposition = "attachment; filename=\"access-log.csv\"";
            await list.Write(entries, http.Response.Body, stop);
            return Results.Empty;
        });
    }

    Task<int> Save(CancellationToken stop) => db.SaveChangesAsync(stop);

    async Task<AuditLogView> Of(AuditLogQuery query, HttpContext http, AuditCheck? check, CancellationToken stop)
    {
        var form = FormFields.InAddress(http);
        var entries = await Asked(query, form, http, stop) ?? db.Set<AuditEntry>().Where(_ => false);
        // Ids are in the order of time (UUID version 7), so a page is found through the key.
        var found = await (query.After is { } after ? entries.Where(entry => entry.Id < after) : entries).OrderByDescending(entry => entry.Id).Take(PageSize + 1).ToListAsync(stop);
        var rows = await Named([.. found.Take(PageSize)], stop);
        string Href(string path, Guid? behind) => QueryHelpers.AddQueryString(path, new Dictionary<string, string?>
        {
            ["q"] = query.Q,
            ["whom"] = query.Whom,
            ["what"] = query.What,
            ["from"] = query.From,
            ["to"] = query.To,
            ["after"] = behind?.ToString(),
        }.Where(part => !string.IsNullOrEmpty(part.Value)));
        return new AuditLogView(
            rows,
            new GridView("Who saw and changed what, newest first", [new("Who"), new("Did"), new("Whom or what"), new("When")], rows.Count == 0 ? "Nothing" : $"{rows.Count:N0} entries. Times are {(await db.Zone(stop)).Id.Replace('_', ' ')}.",
                PreviousHref: query.After is null ? null : Href(Path, null), NextHref: found.Count > PageSize ? Href(Path, found[PageSize - 1].Id) : null),
            query, Href($"{Path}/log.csv", null), form, check);
    }

    /// <summary>The entries that are asked for and within reach; null where a day can't be read, which the form says.</summary>
    async Task<IQueryable<AuditEntry>?> Asked(AuditLogQuery query, FormFields form, HttpContext http, CancellationToken stop)
    {
        var entries = db.Set<AuditEntry>().AsNoTracking();
        if (http.User.WithinReach(AccessTable.ReadAuditTrail) is { } slugs)
        {
            var within = await programs.IdsOf(slugs, stop);
            entries = entries.Where(entry => entry.ProgramId != null && within.Contains(entry.ProgramId.Value));
        }

        var zone = await db.Zone(stop);
        DateTimeOffset StartOf(DateOnly day) => new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), zone.GetUtcOffset(day.ToDateTime(TimeOnly.MinValue))).ToUniversalTime();
        if (!string.IsNullOrWhiteSpace(query.From) && form.Day("from", "the first day") is var from && form.Error("from") is null)
        {
            var begin = StartOf(from);
            entries = entries.Where(entry => entry.At >= begin);
        }

        if (!string.IsNullOrWhiteSpace(query.To) && form.Day("to", "the last day") is var to && form.Error("to") is null)
        {
            var end = to == DateOnly.MaxValue ? DateTimeOffset.MaxValue : StartOf(to.AddDays(1));
            entries = entries.Where(entry => entry.At < end);
        }

        if (form.Errors.Count > 0) return null;
        if (query.Q?.Trim() is { Length: > 0 } who)
        {
            var actors = await accounts.Matching(who, stop);
            entries = entries.Where(entry => actors.Contains(entry.ActorId));
        }

        if (query.Whom?.Trim() is { Length: > 0 } whom)
        {
            List<Guid> subjects = [.. await sellers.Matching(whom, stop), .. await accounts.Matching(whom, stop)];
            if (Guid.TryParse(whom, out var id)) subjects.Add(id);
            entries = entries.Where(entry => subjects.Contains(entry.SubjectId));
        }

        return Enum.TryParse<AuditVerb>(query.What, out var verb) && Enum.IsDefined(verb) ? entries.Where(entry => entry.Verb == verb) : entries;
    }

    async Task<IReadOnlyList<AuditRow>> Named(IReadOnlyList<AuditEntry> entries, CancellationToken stop)
    {
        var zone = await db.Zone(stop);
        var people = await accounts.Names([.. entries.Select(entry => entry.ActorId).Concat(entries.Where(entry => entry.Kind == AuditKind.Account).Select(entry => entry.SubjectId)).Distinct()], stop);
        var shops = await sellers.Cards([.. entries.Where(entry => entry.Kind == AuditKind.Seller).Select(entry => entry.SubjectId).Distinct()], stop);
        var called = await programs.Called([.. entries.Select(entry => entry.ProgramId).OfType<Guid>().Distinct()], stop);
        return [.. entries.Select(entry => new AuditRow(
            TimeZoneInfo.ConvertTime(entry.At, zone).ToString("ddd d MMM yyyy, HH:mm", CultureInfo.CurrentCulture),
            entry.ActorId == Actor.Product.AccountId ? Actor.Product.Name : people.GetValueOrDefault(entry.ActorId, "An account that is gone"),
            entry.ActingAs is { } role ? RoleNames.Of(role) : "", AuditWords.Of(entry),
            entry.Kind switch
            {
                AuditKind.Seller => shops.TryGetValue(entry.SubjectId, out var shop) ? shop.Name : "A shop that is gone",
                AuditKind.Account when entry.SubjectId != Guid.Empty => people.GetValueOrDefault(entry.SubjectId, "An account that is gone"),
                var kind => AuditWords.Of(kind),
            },
            entry.ProgramId is { } program ? called.GetValueOrDefault(program) : null))];
    }

    async Task Write(IQueryable<AuditEntry> entries, Stream output, CancellationToken stop)
    {
        // Spreadsheets take a file for UTF-8 by its mark alone.
        await using var text = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        await using var csv = CsvWriter.Create(text, CsvWriterOptions.Default with { NewLine = "\r\n" });
        await csv.WriteRecordAsync(["at_utc", "who", "role", "did", "codes", "kind", "whom", "subject_id", "program"], stop);
        Guid? behind = null;
        while (true)
        {
            var part = await (behind is { } last ? entries.Where(entry => entry.Id < last) : entries).OrderByDescending(entry => entry.Id).Take(500).ToListAsync(stop);
            if (part.Count == 0) return;
            foreach (var (entry, row) in part.Zip(await Named(part, stop)))
            {
                string[] cells = [entry.At.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), row.Who, row.Role, entry.Verb.ToString(), string.Join(' ', entry.Codes), entry.Kind.ToString(), row.Whom, entry.SubjectId.ToString(), row.Program ?? ""];
                await csv.WriteRecordAsync(Array.ConvertAll(cells, SpreadsheetText.Defused), stop);
            }

            behind = part[^1].Id;
        }
    }
}
