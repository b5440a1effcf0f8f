using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.People;

/// <summary>First run, sign-in and sign-out.</summary>
static class PeopleRoutes
{
    // The first step of a new installation; with the demo in place it is taken already.
    const string AfterFirstRun = "/settings/marketplace";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var open = routes.MapGroup("").RequireAccess(AccessTable.Visit).RequireRateLimiting(PlatformSetup.EntryLimit);
        open.MapGet("/first-run/{token}", async (string token, CreateFirstAccount create, Shell shell, CancellationToken stop) =>
            await FirstRun(shell, token, new FormFields(), await create.IsOpen(token, stop), null, stop));
        open.MapPost("/first-run/{token}", CreateAccount);
        open.MapGet("/sign-in", async (string? to, string? did, HttpContext http, SignInScreen screen, Shell shell, CancellationToken stop) => http.User.Identity is { IsAuthenticated: true }
            ? Results.LocalRedirect(LocalPath.Or(to, shell.Home(http.User)))
            : await screen.Show(null, to, null, stop, did));
        open.MapPost("/sign-in", LetIn);
        routes.MapPost("/sign-out", async (Door door) =>
        {
            await door.SignOutAsync();
            return Results.LocalRedirect("/");
        }).RequireAccess(AccessTable.OwnAccount).WithMetadata(new OpensWithoutSecondFactor());
        EntryRoutes.Map(open);
        MarketplaceRoutes.Map(open, routes);
        OwnAccountRoutes.Map(routes);
        SignInRulesRoutes.Map(routes);
        routes.MapGet("/no-access", async (Shell shell, CancellationToken stop) =>
            Page.Of<NoAccessPage>(new { Shell = await shell.ForWhoever(stop) }, StatusCodes.Status403Forbidden)).RequireAccess(AccessTable.OwnAccount);
    }

    static async Task<IResult> CreateAccount(
        string token, FormFields form, CreateFirstAccount create, Door door, GuildhallDb db, Shell shell, CancellationToken stop)
    {
        if (!(await create.Run(new(token, form.Text("Name"), form.Text("Email"), form.Sent["Password"].ToString()), stop)).Succeeded(out var account, out var refusal))
            return await FirstRun(shell, token, form, refusal.Kind != RefusalKind.Conflict, refusal, stop);
        await door.Enter(account);
        return Results.LocalRedirect(await db.Set<Marketplace>().AnyAsync(stop) ? "/manage" : AfterFirstRun);
    }

    static async Task<IResult> LetIn(FormFields form, SignIn signIn, SignInScreen screen, CancellationToken stop)
    {
        // Where the person was going; a form may leave it out.
        var to = form.Value("To");
        return (await signIn.Run(new(form.Text("Email"), form.Sent["Password"].ToString()), stop)).Succeeded(out var admitted, out var refusal)
            ? await screen.Next(admitted, to)
            : await screen.Show(form.Text("Email"), to, refusal, stop);
    }

    static async Task<IResult> FirstRun(Shell shell, string token, FormFields form, bool isOpen, Refusal? refusal, CancellationToken stop) => Page.Of<FirstRunPage>(
        new { Shell = await shell.Public(stop), Token = token, IsOpen = isOpen, Name = form.Text("Name"), Email = form.Text("Email"), Errors = FieldError.From(refusal) },
        refusal is not null ? Page.StatusOf(refusal) : isOpen ? StatusCodes.Status200OK : StatusCodes.Status410Gone);
}
