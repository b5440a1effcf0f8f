using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Database;
using Guildhall.Platform.Mail;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Notices;

/// <summary>Where the reader of a kind of mail stands.</summary>
public enum Wish { Wanted, JustStopped, StoppedBefore, WantedAgain }

/// <summary>What the unsubscribe page shows.</summary>
/// <param name="Path">Where its forms post.</param>
public sealed record UnsubscribeView(string Path, string Kind, string To, Wish Wish);

/// <summary>Stops a kind of mail for whoever holds a link from one, without signing in, and starts it again.</summary>
sealed class Unsubscribe(GuildhallDb db, UnsubscribeLinks links, IEnumerable<MailKind> kinds, TimeProvider clock)
{
    static readonly Refusal unreadable = Refusal.NotFound("link");

    public Task<Result<UnsubscribeView>> Look(string token, CancellationToken stop) => With(token, async (kind, address) =>
        await db.Set<MailOptOut>().AnyAsync(optOut => optOut.AddressKey == address && optOut.KindId == kind, stop) ? Wish.StoppedBefore : Wish.Wanted);

    // Of two clicks at once the key lets one in, and the other is told that it is done.
    public Task<Result<UnsubscribeView>> Stop(string token, CancellationToken stop) => With(token, async (kind, address) =>
        await db.Database.ExecuteSqlAsync($"INSERT INTO platform.mail_opt_out (address_key, kind_id, opted_out_at) VALUES ({address}, {kind}, {clock.GetUtcNow()}) ON CONFLICT DO NOTHING", stop) == 1 ? Wish.JustStopped : Wish.StoppedBefore);

    public Task<Result<UnsubscribeView>> TurnOn(string token, CancellationToken stop) => With(token, async (kind, address) =>
    {
        await db.Set<MailOptOut>().Where(optOut => optOut.AddressKey == address && optOut.KindId == kind).ExecuteDeleteAsync(stop);
        return Wish.WantedAgain;
    });

    async Task<Result<UnsubscribeView>> With(string token, Func<string, string, Task<Wish>> act) =>
        links.Read(token) is var (kind, address) ? new UnsubscribeView($"/unsubscribe/{token}", kinds.LabelOf(kind), address, await act(kind, address)) : unreadable;

    public static void Map(IEndpointRouteBuilder routes)
    {
        // No limit of tries: a link can't be guessed, and one mail provider asks for all of its readers.
        var open = routes.MapGroup("/unsubscribe/{token}").RequireAccess(AccessTable.Visit);
        // Mail scanners follow every link before its reader does: to look changes nothing.
        open.MapGet("", async (string token, Unsubscribe unsubscribe, Shell shell, CancellationToken stop) => await Show(await unsubscribe.Look(token, stop), shell, stop));
        // The one form that acts without its token: with one click it is the reader's mail program that posts here, which has seen no page of ours (RFC 8058, 3.1).
        // The link itself proves who asks, no cookie is read, and all that a stranger with the link can do is to stop mails, which the next mail's reader can turn on again.
        // It answers with a page, not with a redirect, which RFC 8058 rules out.
        open.MapPost("", async (string token, Unsubscribe unsubscribe, Shell shell, CancellationToken stop) => await Show(await unsubscribe.Stop(token, stop), shell, stop)).DisableAntiforgery();
        open.MapPost("/turn-on", async (string token, Unsubscribe unsubscribe, Shell shell, CancellationToken stop) => await Show(await unsubscribe.TurnOn(token, stop), shell, stop));
    }

    static async Task<IResult> Show(Result<UnsubscribeView> outcome, Shell shell, CancellationToken stop) => Page.Of<UnsubscribePage>(
        new { Shell = await shell.Public(stop), View = outcome.Succeeded(out var view, out var refusal) ? view : null }, refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));
}
