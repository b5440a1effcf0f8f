using System.Globalization;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.People;

/// <summary>Where administrators decide what signing in takes, and help who lost their second factor.</summary>
static class SignInRulesRoutes
{
    public const string Path = "/settings/sign-in";

    const int PageSize = 50;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var page = routes.MapGroup(Path).RequireAccess(AccessTable.Administer);
        page.MapGet("", async (string? did, int? p, GuildhallDb db, DecideSignInRules rules, Shell shell, CancellationToken stop) =>
            await Show(db, rules, shell, new FormFields(), null, stop, did switch { "saved" => "Saved.", "reset" => "The second factor was reset. The person was told by mail.", _ => null }, p ?? 1));
        page.MapPost("", async (FormFields form, Actor actor, DecideSignInRules rules, CancellationToken stop) =>
        {
            await rules.Run(form.Text("On") == "true", actor.AccountId, stop);
            return Results.LocalRedirect($"{Path}?did=saved");
        });
        page.MapPost("/reset", async (FormFields form, Actor actor, ResetSecondFactor reset, GuildhallDb db, DecideSignInRules rules, Shell shell, CancellationToken stop) =>
            (await reset.Run(new(form.Text("ResetEmail"), form.Text("Reason")), actor, stop)).Succeeded(out _, out var refusal)
                ? Results.LocalRedirect($"{Path}?did=reset")
                : await Show(db, rules, shell, form.Refused(refusal), refusal, stop));
    }

    static async Task<IResult> Show(GuildhallDb db, DecideSignInRules rules, Shell shell, FormFields form, Refusal? refusal, CancellationToken stop, string? news = null, int number = 1)
    {
        var staff = db.Set<Account>().Where(account => account.Roles.Any());
        var zone = TimeZones.Find(await db.Set<Marketplace>().Select(m => m.TimeZone).SingleOrDefaultAsync(stop) ?? "") ?? TimeZoneInfo.Utc;
        var many = await db.Set<SecondFactorReset>().CountAsync(stop);
        number = Math.Clamp(number, 1, Math.Max(1, (many + PageSize - 1) / PageSize));
        var resets = await db.Set<SecondFactorReset>().OrderByDescending(reset => reset.At).ThenBy(reset => reset.Id).Skip((number - 1) * PageSize).Take(PageSize)
            .Select(reset => new
            {
                reset.At,
                reset.Reason,
                Whose = db.Set<Account>().Where(account => account.Id == reset.AccountId).Select(account => account.DisplayName).FirstOrDefault(),
                By = db.Set<Account>().Where(account => account.Id == reset.ByAccountId).Select(account => account.DisplayName).FirstOrDefault(),
            }).ToListAsync(stop);
        return Page.Of<SignInRulesPage>(
            new
            {
                Shell = await shell.Staff(stop),
                Form = form,
                StaffNeedIt = await rules.StaffNeedSecondFactor(stop),
                Staff = await staff.CountAsync(stop),
                WithFactor = await staff.CountAsync(account => account.TwoFactorEnabled, stop),
                Resets = (SignInRulesPage.ResetLine[])[.. resets.Select(reset => new SignInRulesPage.ResetLine(
                    TimeZoneInfo.ConvertTime(reset.At, zone).ToString("ddd d MMM yyyy, HH:mm", CultureInfo.CurrentCulture), reset.Whose ?? "not known", reset.By ?? "not known", reset.Reason))],
                Shown = $"{(number - 1) * PageSize + 1} to {(number - 1) * PageSize + resets.Count} of {many} {(many == 1 ? "reset" : "resets")}",
                PreviousHref = number > 1 ? $"{Path}?p={number - 1}" : null,
                NextHref = number * PageSize < many ? $"{Path}?p={number + 1}" : null,
                News = news,
            },
            refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));
    }
}
