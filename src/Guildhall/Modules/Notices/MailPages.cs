using System.Security.Claims;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Notices;

/// <summary>The administrators' pages about mail.</summary>
static class MailPages
{
    public const string Path = "/settings/mail";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var mails = routes.MapGroup(Path).RequireAccess(AccessTable.Administer);
        mails.MapGet("", async ([AsParameters] MailList.Query query, MailList list, Shell shell, CancellationToken stop) =>
            Page.Of<MailListPage>(new { Shell = await shell.Staff(stop), View = await list.Of(query, stop) }));
        mails.MapGet("{id:guid}", async (Guid id, string? did, ReadMail read, Shell shell, CancellationToken stop) => await read.Of(id, stop) is { } view
            ? Page.Of<MailPage>(new { Shell = await shell.Staff(stop), View = view, WasDone = did is "again" or "written" })
            : await Page.Refused(shell, Refusal.NotFound("mail"), stop));
        mails.MapPost("{id:guid}/send-again", async (Guid id, SendAgain again, Shell shell, CancellationToken stop) => await again.Run(id, stop) is { } refusal
            ? await Page.Refused(shell, refusal, stop)
            : Results.LocalRedirect($"{Path}/{id}?did=again"));
        mails.MapPost("test", async (ClaimsPrincipal person, SendTestMail send, Shell shell, CancellationToken stop) => (await send.Run(person.FindFirstValue(ClaimTypes.Email) ?? "", stop)).Succeeded(out var id, out var refusal)
            ? Results.LocalRedirect($"{Path}/{id}?did=written")
            : await Page.Refused(shell, refusal, stop));
    }
}
