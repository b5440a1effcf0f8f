using Guildhall.Modules.People;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Audit;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Sellers;

/// <summary>The sellers list and a seller's page.</summary>
static class SellerRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var sellers = routes.MapGroup("/manage/sellers").RequireAccess(AccessTable.ManageMarketplace);
        sellers.MapGet("", async ([AsParameters] SellersList.Query query, SellersList list, Shell shell, CancellationToken stop) =>
            Page.Of<SellersPage>(new { Shell = await shell.Staff(stop), View = await list.Of(query, stop) }));
        sellers.MapGet("{id:guid}", (Guid id, string? did, ReadSeller read, AuditTrail trail, Shell shell, Actor actor, CancellationToken stop) => Show(id, did, new FormFields(), null, read, trail, shell, actor, stop));
        sellers.MapPost("{id:guid}/invite", async (Guid id, FormFields form, InvitePerson invite, ReadSeller read, AuditTrail trail, GuildhallDb db, Shell shell, Actor actor, CancellationToken stop) =>
        {
            if (!await db.Set<Seller>().AnyAsync(seller => seller.Id == id, stop)) return await Page.Refused(shell, Refusal.NotFound("seller"), stop);
            return (await invite.Run(new(form.Text("Email"), [], id, "the marketplace’s mentorship program"), actor, stop)).Refusal is { } refusal
                ? await Show(id, null, form, refusal, read, trail, shell, actor, stop)
                : Results.LocalRedirect($"/manage/sellers/{id}?did=invited");
        });
    }

    static async Task<IResult> Show(Guid id, string? did, FormFields form, Refusal? refusal, ReadSeller read, AuditTrail trail, Shell shell, Actor actor, CancellationToken stop)
    {
        if (await read.Of(id, stop) is not { } view) return await Page.Refused(shell, Refusal.NotFound("seller"), stop);
        await trail.Saw(actor, AuditSubject.Seller(id), stop, "name", "figures", "pains", "peers");
        return Page.Of<SellerPage>(
            new { Shell = await shell.Staff(stop), View = view, Id = id, WasInvited = did == "invited", Form = form.Refused(refusal) },
            refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));
    }
}
