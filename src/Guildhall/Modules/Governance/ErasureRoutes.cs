using System.Globalization;
using Guildhall.Modules.People;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Governance;

/// <summary>A request in the administrators' list.</summary>
/// <param name="Name">Null once they are gone.</param>
public sealed record ErasureRow(Guid Id, string? Name, string? Email, bool ShopGoes, string AskedOn, string DueOn, bool IsLate, bool IsOpen, string State);

/// <summary>Whom a request is about, as the page asks before it is carried out.</summary>
public sealed record ErasureAsked(Guid Id, string Name, string Email, bool HasShop, bool ShopGoes);

/// <summary>Lists requests to be deleted: those to do first, the nearest due day on top, then what became of the others.</summary>
sealed class ErasureList(GuildhallDb db, AccountLookup accounts, TimeProvider clock)
{
    public const int PageSize = 50;

    public async Task<(IReadOnlyList<ErasureRow> Rows, bool HasMore)> Of(int page, CancellationToken stop)
    {
        var found = await db.Set<ErasureRequest>().AsNoTracking().OrderBy(request => request.State != ErasureState.Asked).ThenBy(request => request.State == ErasureState.Asked ? request.DueAt : DateTimeOffset.MaxValue).ThenByDescending(request => request.Id)
            .Skip((page - 1) * PageSize).Take(PageSize + 1).ToListAsync(stop);
        var people = await accounts.Several([.. found.Select(request => request.AccountId)], stop);
        var (zone, now) = (await db.Zone(stop), clock.GetUtcNow());
        string Day(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone).ToString("d MMM yyyy", CultureInfo.CurrentCulture);
        return ([.. found.Take(PageSize).Select(request => (request, Who: people.GetValueOrDefault(request.AccountId))).Select(one => new ErasureRow(
            one.request.Id, one.Who?.Name, one.Who?.Email, one.Who is { SellerId: not null, SharesShop: false }, Day(one.request.AskedAt), Day(one.request.DueAt), one.request.State == ErasureState.Asked && one.request.DueAt < now,
            one.request.State == ErasureState.Asked, one.request.State switch { ErasureState.Asked => "To do", ErasureState.Done => $"Done {Day(one.request.DecidedAt!.Value)}", _ => $"Taken back {Day(one.request.DecidedAt!.Value)}" }))], found.Count > PageSize);
    }

    /// <summary>Whom an open request would delete; null for one that is not open any more, or never was.</summary>
    public async Task<ErasureAsked?> Open(Guid id, CancellationToken stop) =>
        await db.Set<ErasureRequest>().AsNoTracking().SingleOrDefaultAsync(request => request.Id == id && request.State == ErasureState.Asked, stop) is { } request && await accounts.One(request.AccountId, stop) is { } account
            ? new ErasureAsked(id, account.Name, account.Email, account.SellerId is not null, account is { SellerId: not null, SharesShop: false })
            : null;
}

/// <summary>The administrators' page of requests to be deleted.</summary>
static class ErasureRoutes
{
    public const string Path = "/settings/erasures";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var erasures = routes.MapGroup(Path).RequireAccess(AccessTable.Administer);
        erasures.MapGet("", (int? page, string? did, ErasureList list, Shell shell, CancellationToken stop) => Show(page ?? 1, did == "done", null, list, shell, stop));
        erasures.MapGet("{id:guid}/carry-out", async (Guid id, ErasureList list, Shell shell, CancellationToken stop) => await list.Open(id, stop) is { } asked
            ? Page.Of<CarryOutPage>(new { Shell = await shell.Staff(stop), Asked = asked })
            : await Page.Refused(shell, ErasureRequest.MovedOn, stop));
        erasures.MapPost("{id:guid}/carry-out", async (Guid id, CarryOutErasure carryOut, GuildhallDb db, ErasureList list, Shell shell, Actor actor, CancellationToken stop) =>
        {
            if (await carryOut.Run(id, actor, stop) is not { } refusal) return Results.LocalRedirect($"{Path}?did=done");
            db.ChangeTracker.Clear();
            return refusal.Kind == RefusalKind.NotFound ? await Page.Refused(shell, refusal, stop) : await Show(1, false, refusal, list, shell, stop);
        });
    }

    static async Task<IResult> Show(int page, bool wasDone, Refusal? refusal, ErasureList list, Shell shell, CancellationToken stop)
    {
        page = Math.Clamp(page, 1, int.MaxValue / ErasureList.PageSize);
        var (rows, hasMore) = await list.Of(page, stop);
        return Page.Of<ErasuresPage>(new { Shell = await shell.Staff(stop), Rows = rows, Number = page, HasMore = hasMore, WasDone = wasDone, Refusal = refusal }, refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));
    }
}
