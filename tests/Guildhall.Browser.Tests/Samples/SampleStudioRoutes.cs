using Guildhall.Modules.Pairing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Guildhall.Browser.Tests.Samples;

/// <summary>Routes that answer the studio's forms and links as the product's routes are meant to: a page, or with a script the part that changed.</summary>
static class SampleStudioRoutes
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/studio", (HttpRequest request, string? open, int? rows) => IsScript(request) && rows is null
            ? Row(open ?? "amara", open is not null, null, open is null ? "Reasons hidden." : "Reasons shown.").For(request)
            : Studio(open, rows is not null).For(request));
        app.MapPost("/pairs/keep", (HttpRequest request, [FromForm] string mentee, [FromForm] bool keep) => IsScript(request)
            ? Row(mentee, true, keep, "Amara Osei with Ruth Calloway is kept in every later run.").For(request)
            : Results.Redirect($"/studio?open={mentee}#pair-{mentee}"));
        foreach (var path in (string[])["/run", "/send", "/rules", "/pairs/swap", "/pairs/bar", "/weights/reset"])
        {
            app.MapPost(path, (HttpRequest request, [FromForm] IFormCollection form) => Results.Text(
                string.Join('\n', form.Concat(request.Query).Where(field => !field.Key.StartsWith("__", StringComparison.Ordinal)).Select(field => $"{field.Key}={field.Value}"))));
        }
    }

    static bool IsScript(HttpRequest request) => request.Headers.ContainsKey("HX-Request");

    static SamplePage Studio(string? open, bool all) =>
        SamplePages.Page<StudioPage>(("Shell", SampleShell.Workspace), ("View", SampleStudio.View(open ?? "amara", all)));

    static SamplePage Row(string id, bool open, bool? kept, string status) =>
        SamplePages.Page<PairRowFragment>(("Pair", SampleStudio.Row(id, open, kept)), ("EarlierRun", 2), ("CanChoose", true), ("Status", status));
}
