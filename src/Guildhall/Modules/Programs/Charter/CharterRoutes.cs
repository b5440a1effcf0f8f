using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Ui;
using Microsoft.AspNetCore.Authorization;

namespace Guildhall.Modules.Programs;

/// <summary>The charter for those who keep it. Visitors read it at /charter, which is the portal's.</summary>
static class CharterRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var reading = routes.MapGroup("/manage/charter").RequireAccess(AccessTable.ReadCharter);
        var changing = routes.MapGroup("/manage/charter").RequireAccess(AccessTable.ChangeCharter);
        reading.MapGet("", (int? version, int? page, string? did, HttpContext http, IAuthorizationService authorization, CharterList list, Shell shell, CancellationToken stop) =>
            Show(version, page ?? 1, did switch { "published" => "Published. It holds from now on.", "withdrawn" => "Withdrawn. The version before holds again.", _ => null }, new FormFields(), null, http, authorization, list, shell, stop));
        changing.MapPost("", async (FormFields form, HttpContext http, IAuthorizationService authorization, ChangeCharter change, CharterList list, Shell shell, Actor actor, CancellationToken stop) =>
            (await change.Publish(new(form.Sent["Text"].ToString(), form.Text("WhatChanged"), form.Edition("seen")), actor, stop)).Refusal is { } refusal
                ? await Show(null, 1, null, form, refusal, http, authorization, list, shell, stop)
                : Results.LocalRedirect("/manage/charter?did=published"));
        changing.MapPost("{number:int}/withdraw", async (int number, FormFields form, HttpContext http, IAuthorizationService authorization, ChangeCharter change, CharterList list, Shell shell, Actor actor, CancellationToken stop) =>
            (await change.Withdraw(number, form.Text("Reason"), actor, stop)).Refusal switch
            {
                null => Results.LocalRedirect("/manage/charter?did=withdrawn"),
                { Kind: RefusalKind.NotFound } refusal => await Page.Refused(shell, refusal, stop),
                var refusal => await Show(null, 1, null, form, refusal, http, authorization, list, shell, stop),
            });
        // A refused form leaves its own address in the browser; opened from there, it leads back to where the form stands.
        reading.MapGet("{number:int}/withdraw", () => Results.LocalRedirect("/manage/charter"));
    }

    static async Task<IResult> Show(int? version, int page, string? done, FormFields form, Refusal? refusal, HttpContext http, IAuthorizationService authorization, CharterList list, Shell shell, CancellationToken stop) => Page.Of<ManageCharterPage>(new
    {
        Shell = await shell.Staff(stop),
        View = await list.Of(version, page, stop),
        Form = form.Refused(refusal),
        MayChange = await authorization.MayAsync(http.User, AccessTable.ChangeCharter),
        IsBehind = refusal is { Kind: RefusalKind.Conflict },
        Done = done,
    }, refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));
}
