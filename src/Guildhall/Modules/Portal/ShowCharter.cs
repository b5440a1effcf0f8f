using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Portal;

/// <summary>The charter that holds, for visitors.</summary>
static class ShowCharter
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapMethods("/charter", [HttpMethods.Get, HttpMethods.Head], async (CharterLookup charter, GuildhallDb db, Shell shell, CancellationToken stop) =>
    {
        var (context, current) = (await shell.Public(stop), await charter.Current(stop));
        var zone = await db.Set<Marketplace>().Select(marketplace => marketplace.TimeZone).SingleOrDefaultAsync(stop);
        return Page.Of<CharterPage>(new
        {
            Shell = context,
            Charter = zone is not null && TimeZones.Find(zone) is { } clocks ? current with { PublishedAt = TimeZoneInfo.ConvertTime(current.PublishedAt, clocks) } : current,
            SignIn = context.Person is null ? new Link("Sign in", "/sign-in") : new Link("To your programs", "/manage"),
        });
    }).RequireAccess(AccessTable.Visit);
}
