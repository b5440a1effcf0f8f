using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Sellers;

/// <summary>The sellers list and a seller's page.</summary>
static class SellerRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var sellers = routes.MapGroup("/manage/sellers").RequireAccess(AccessTable.ManageMarketplace);
        sellers.MapGet("", async ([AsParameters] SellersList.Query query, SellersList list, Shell shell, CancellationToken stop) =>
            Page.Of<SellersPage>(new { Shell = await shell.Staff(stop), View = await list.Of(query, stop) }));
        sellers.MapGet("{id:guid}", async (Guid id, ReadSeller read, Shell shell, CancellationToken stop) =>
            await read.Of(id, stop) is { } view ? Page.Of<SellerPage>(new { Shell = await shell.Staff(stop), View = view }) : await Page.Refused(shell, Refusal.NotFound("seller"), stop));
    }
}
