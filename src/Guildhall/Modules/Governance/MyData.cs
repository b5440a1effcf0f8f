using System.Globalization;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.People;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Audit;
using Guildhall.Platform.Database;
using Guildhall.Platform.Privacy;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Governance;

/// <summary>Somebody of the staff who looked at what belongs to the reader.</summary>
public sealed record Onlooker(string Day, string Who, string Role, string What);

/// <summary>A person's own page about their data.</summary>
/// <param name="DueOn">By when they are deleted; null while they didn't ask.</param>
/// <param name="ShopGoes">The shop's data go with them: nobody else acts for it.</param>
public sealed record MyDataView(string Name, string Email, bool HasShop, bool ShopGoes, string? DueOn, IReadOnlyList<Onlooker> Seen, bool HasMore);

/// <summary>What a person can do about their own data: read who saw them, download them, ask for them to be deleted.</summary>
sealed class MyData(GuildhallDb db, AccountLookup accounts, EnrollmentLookup enrollment)
{
    public const string Path = "/account/data";

    const int Most = 50;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var own = routes.MapGroup(Path).RequireAccess(AccessTable.OwnAccount);
        own.MapGet("", (string? did, MyData mine, Shell shell, Actor person, CancellationToken stop) => Show(did, null, mine, shell, person, stop));
        own.MapGet("my-data.json", Download);
        own.MapPost("delete", async (AskErasure ask, MyData mine, Shell shell, Actor person, CancellationToken stop) =>
            await ask.Ask(person, stop) is { } refusal ? await Show(null, refusal, mine, shell, person, stop) : Results.LocalRedirect($"{Path}?did=asked"));
        own.MapPost("keep", async (AskErasure ask, MyData mine, Shell shell, Actor person, CancellationToken stop) =>
            await ask.TakeBack(person, stop) is { } refusal ? await Show(null, refusal, mine, shell, person, stop) : Results.LocalRedirect($"{Path}?did=kept"));
    }

    static async Task<IResult> Show(string? did, Refusal? refusal, MyData mine, Shell shell, Actor person, CancellationToken stop) => await mine.Of(person, stop) is { } view
        ? Page.Of<MyDataPage>(
            new { Shell = await shell.ForWhoever(stop), View = view, Refusal = refusal, Done = did switch { "asked" => "Your request is with the administrators.", "kept" => "You took it back. Nothing is deleted.", _ => null } },
            refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal))
        : await Page.Refused(shell, Refusal.NotFound("account"), stop);

    static async Task Download(HttpContext http, AccountLookup accounts, PersonalExport export, AuditTrail trail, GuildhallDb db, Actor person, CancellationToken stop)
    {
        if (await accounts.One(person.AccountId, stop) is not { } account)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        trail.Add(person, AuditVerb.Exported, AuditSubject.Account(person.AccountId), "own-data");
        await db.SaveChangesAsync(stop);
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.Headers.ContentDisposition = "attachment; filename=\"my-data.json\"";
        await export.Write(new Person(account.Id, account.SellerId, account.Email), http.Response.Body, stop);
    }

    async Task<MyDataView?> Of(Actor person, CancellationToken stop)
    {
        if (await accounts.One(person.AccountId, stop) is not { } account) return null;
        var due = await db.Set<ErasureRequest>().Where(request => request.AccountId == account.Id && request.State == ErasureState.Asked).Select(request => (DateTimeOffset?)request.DueAt).SingleOrDefaultAsync(stop);
        var seen = await (await db.LooksAt(account.Id, account.SellerId, enrollment, stop)).OrderByDescending(entry => entry.At).ThenByDescending(entry => entry.Id).Take(Most + 1).ToListAsync(stop);
        var names = await accounts.Names([.. seen.Select(entry => entry.ActorId).Distinct()], stop);
        var zone = await db.Zone(stop);
        return new MyDataView(account.Name, account.Email, account.SellerId is not null, account is { SellerId: not null, SharesShop: false }, due is { } day ? Day(day, zone) : null,
            [.. seen.Take(Most).Select(entry => new Onlooker(Day(entry.At, zone), names.GetValueOrDefault(entry.ActorId, "An account that is gone"), entry.ActingAs is { } role ? RoleNames.Of(role) : "", AuditWords.Of(entry)))], seen.Count > Most);
    }

    static string Day(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString("d MMMM yyyy", CultureInfo.CurrentCulture);
}
