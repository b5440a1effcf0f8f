using System.Security.Claims;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Mail;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Notices;

/// <summary>Somebody’s own notices, where the bell leads.</summary>
static class NoticeRoutes
{
    public const string Path = "/notices";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var own = routes.MapGroup(Path).RequireAccess(AccessTable.OwnAccount);
        own.MapGet("", async ([AsParameters] NoticeList.Query query, ClaimsPrincipal person, NoticeList list, Shell shell, CancellationToken stop) =>
            Page.Of<NoticesPage>(new { Shell = await shell.ForWhoever(stop), View = await list.Of(person.ReaderKey(), query, stop) }));
        // Following the link is reading it, so it has an address of its own, which leads on to the thing.
        own.MapGet("{id:guid}", async (Guid id, ClaimsPrincipal person, ReadNotices read, Shell shell, CancellationToken stop) =>
            (await read.One(person.ReaderKey(), id, stop)).Succeeded(out var href, out var refusal) ? Results.LocalRedirect(LocalPath.Or(href, Path)) : await Page.Refused(shell, refusal, stop));
        own.MapPost("read", async (FormFields form, ClaimsPrincipal person, ReadNotices read, CancellationToken stop) =>
        {
            if (Guid.TryParse(form.Text("UpTo"), out var newest)) await read.UpTo(person.ReaderKey(), newest, stop);
            return Results.LocalRedirect(Path);
        });
    }
}
