using System.Globalization;
using System.Text;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Guildhall.Modules.Sellers;

/// <summary>The import pages: choose a file, look at the mapping, wait, decide, done. Each step is a place of its own, so it survives a closed window.</summary>
static class ImportRoutes
{
    // The page sends the antiforgery token and the kind before the file; anything near these limits isn't from it.
    const int MostFields = 10;
    const int LongestField = 4096;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var staff = routes.MapGroup("/settings/import").RequireAccess(AccessTable.ManageMarketplace);
        staff.MapGet("/", (int? page, Shell shell, ImportView imports, CancellationToken stop) => ListPage(shell, imports, null, stop, page ?? 1));
        staff.MapPost("/", async (HttpContext http, IAntiforgery antiforgery, ReceiveFile receive, Shell shell, ImportView imports, Actor actor, CancellationToken stop) =>
        {
            try
            {
                return await Upload(http, antiforgery, receive, shell, imports, actor, stop);
            }
            catch (Exception broken) when (broken is InvalidDataException || (broken is IOException and not BadHttpRequestException))
            {
                // A form that ends early or whose headers have no end; the product's own pages send neither.
                return Results.BadRequest();
            }
        }).DisableAntiforgery();
        staff.MapGet("/{id:guid}", async (Guid id, [FromQuery(Name = "mapping")] string? savedName, Shell shell, ImportView view, CancellationToken stop) =>
            await ShowPage(await view.Of(id, stop, savedName), shell, null, stop));
        staff.MapGet("/example-{kind}.csv", (string kind) =>
            ImportKind.Named(kind) is { } known ? Results.File(Encoding.UTF8.GetBytes(known.Example), "text/csv; charset=utf-8", $"example-{known.Name}.csv") : Results.NotFound());
        staff.MapGet("/{id:guid}/progress", async (Guid id, ImportView view, HttpContext http, CancellationToken stop) =>
        {
            if (await view.Of(id, stop) is not { } import) return Results.NotFound();
            // Once the work is over the page itself has more to say than the panel.
            if (!import.IsWorking) http.Response.Headers["HX-Refresh"] = "true";
            return Page.Of<ImportProgress>(new { Import = import });
        });
        staff.MapGet("/{id:guid}/rejected-rows.csv", async (Guid id, GuildhallDb db, RejectedRows rejects, HttpContext http, CancellationToken stop) =>
        {
            if (!await db.Set<Import>().AnyAsync(import => import.Id == id, stop))
            {
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }
            http.Response.ContentType = "text/csv; charset=utf-8";
            http.Response.Headers.ContentDisposition = "attachment; filename=rejected-rows.csv";
            await rejects.Write(id, http.Response.Body, stop);
        });
        staff.MapPost("/{id:guid}/check", async (Guid id, [FromForm] IFormCollection form, DecideImport decide, Shell shell, ImportView view, CancellationToken stop) =>
        {
            var choice = MappingChoice.Of(form);
            return await Decided(id, await decide.Check(new(id, choice, form["saveAs"]), stop), shell, view, stop, choice);
        });
        staff.MapPost("/{id:guid}/columns", async (Guid id, DecideImport decide, Shell shell, ImportView view, CancellationToken stop) =>
            await Decided(id, await decide.Reopen(id, stop), shell, view, stop));
        staff.MapPost("/{id:guid}/take", async (Guid id, [FromForm] bool? skipBadRows, DecideImport decide, Shell shell, ImportView view, CancellationToken stop) =>
            await Decided(id, await decide.Take(id, skipBadRows ?? false, stop), shell, view, stop));
        staff.MapPost("/{id:guid}/leave", async (Guid id, DecideImport decide, Shell shell, ImportView view, CancellationToken stop) =>
            await Decided(id, await decide.Leave(id, stop), shell, view, stop));
    }

    /// <summary>
    /// Takes the file as it comes off the wire: binding would put a gigabyte on the disk first. The antiforgery token and the kind are the
    /// fields before it, and the token is checked before the first byte is kept.
    /// </summary>
    static async Task<IResult> Upload(HttpContext http, IAntiforgery antiforgery, ReceiveFile receive, Shell shell, ImportView imports, Actor actor, CancellationToken stop)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = ImportFile.LargestBytes;
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) || HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 } boundary) return Results.BadRequest();
        var reader = new MultipartReader(boundary.Value!, http.Request.Body);
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await reader.ReadNextSectionAsync(stop) is { } section)
        {
            var disposition = section.GetContentDispositionHeader();
            if (disposition is null) continue;
            if (!disposition.IsFileDisposition())
            {
                if (fields.Count == MostFields || await FieldText(section.Body, stop) is not { } text) return Results.BadRequest();
                fields[disposition.Name.Value ?? ""] = text;
                continue;
            }
            http.Request.Headers["RequestVerificationToken"] = fields.GetValueOrDefault("__RequestVerificationToken");
            http.Request.ContentType = "application/octet-stream";
            if (!await antiforgery.IsRequestValidAsync(http)) return Results.BadRequest();

            var input = new ReceiveFile.Input(fields.GetValueOrDefault("kind", ""), disposition.FileName.Value, section.Body, actor.AccountId);
            return (await receive.Run(input, stop)).Succeeded(out var id, out var refusal)
                ? Results.LocalRedirect($"/settings/import/{id}")
                : await ListPage(shell, imports, refusal, stop, kind: input.Kind);
        }
        return await ListPage(shell, imports, Refusal.Invalid("no_file", "Choose a file. Nothing was imported.", "file"), stop, kind: fields.GetValueOrDefault("kind"));
    }

    /// <summary>The text of a form field; <c>null</c> when it is longer than any that the page sends.</summary>
    static async Task<string?> FieldText(Stream body, CancellationToken stop)
    {
        var bytes = new byte[LongestField + 1];
        var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, stop);
        return length > LongestField ? null : Encoding.UTF8.GetString(bytes.AsSpan(0, length));
    }

    static async Task<IResult> Decided(Guid id, Result<Import> result, Shell shell, ImportView view, CancellationToken stop, MappingChoice? choice = null)
    {
        if (!result.Succeeded(out _, out var refusal)) return await ShowPage(await view.Of(id, stop, choice: choice), shell, refusal, stop);
        await view.Settle(id, stop);
        return Results.LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"/settings/import/{id}"));
    }

    static async Task<IResult> ListPage(Shell shell, ImportView imports, Refusal? refusal, CancellationToken stop, int page = 1, string? kind = null) => Page.Of<ImportListPage>(
        new { Shell = await shell.Staff(stop), View = await imports.Page(page, stop), Zone = await imports.Zone(stop), Kind = ImportKind.Named(kind)?.Name, Errors = FieldError.From(refusal) }, refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));

    static async Task<IResult> ShowPage(ShownImport? import, Shell shell, Refusal? refusal, CancellationToken stop)
    {
        var frame = await shell.Staff(stop);
        if (import is null) return Page.Of<NotFoundPage>(new { Shell = frame }, StatusCodes.Status404NotFound);
        // Refusals name columns of ours; on the page these are answers in one table.
        if (refusal?.Field is { } field && field is not ("saveAs" or "dayFormat")) refusal = refusal with { Field = import.State == ImportState.Received ? "mapping-table" : null };
        return Page.Of<ImportPage>(new { Shell = frame, Import = import, Errors = FieldError.From(refusal) }, refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));
    }
}
