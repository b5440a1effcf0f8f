using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.People;

/// <summary>The way to the marketplace's sign-in and back. Where it isn't set up, these addresses lead back.</summary>
static class MarketplaceRoutes
{
    public const string Begin = "/sign-in/marketplace";

    const string Done = "/sign-in/marketplace/done";
    const string Link = "/account/marketplace/link";

    public static void Map(IEndpointRouteBuilder open, IEndpointRouteBuilder routes)
    {
        // Links, not forms: the content security policy lets no form lead to another site.
        open.MapGet(Begin, (string? to, IEnumerable<MarketplaceLogin> login, Door door) => login.Any()
            ? Results.Challenge(door.ConfigureExternalAuthenticationProperties(MarketplaceLogin.Scheme, LocalPath.Or(to, "") is { Length: > 0 } wanted ? $"{Done}?to={Uri.EscapeDataString(wanted)}" : Done), [MarketplaceLogin.Scheme])
            : Results.LocalRedirect("/sign-in"));
        open.MapGet(Done, async (string? to, SignInByMarketplace signIn, SignInScreen screen, CancellationToken stop) =>
        {
            if ((await signIn.Run(stop)).Succeeded(out var admitted, out var refusal)) return await screen.Next(admitted, to);
            return Results.LocalRedirect(refusal == SignInByMarketplace.MustLink ? $"/sign-in?did=marketplace-link&to={Uri.EscapeDataString(Link)}"
                : refusal == SignInByMarketplace.NoAddress ? "/sign-in?did=marketplace-address" : "/sign-in?did=marketplace-failed");
        });

        var own = routes.MapGroup("/account/marketplace").RequireAccess(AccessTable.OwnAccount);
        own.MapGet("", (IEnumerable<MarketplaceLogin> login, OwnAccount me, Door door) => login.Any()
            ? Results.Challenge(door.ConfigureExternalAuthenticationProperties(MarketplaceLogin.Scheme, Link, me.Account.Id.ToString()), [MarketplaceLogin.Scheme])
            : Results.LocalRedirect("/account"));
        own.MapGet("/link", async (OwnAccount me, SignInByMarketplace signIn, Shell shell, CancellationToken stop) => await signIn.CanLink(me.Account)
            ? await LinkPages.Marketplace(shell, Link, stop)
            : await LinkPages.Closed(shell, stop, "/account"));
        own.MapPost("/link", async (OwnAccount me, SignInByMarketplace signIn, Shell shell, CancellationToken stop) =>
            (await signIn.Link(me.Account, (await shell.Public(stop)).Marketplace, stop)).Succeeded(out _, out _) ? Results.LocalRedirect("/account?did=linked") : await LinkPages.Closed(shell, stop, "/account"));
    }
}
