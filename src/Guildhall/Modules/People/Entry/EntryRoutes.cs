using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.People;

/// <summary>The ways in beside the password: the second factor, passkeys, mailed links, a forgotten password.</summary>
static class EntryRoutes
{
    public static void Map(IEndpointRouteBuilder open)
    {
        open.MapGet("/sign-in/code", async (string? to, Door door, Shell shell, CancellationToken stop) =>
            await door.GetTwoFactorAuthenticationUserAsync() is null ? Results.LocalRedirect("/sign-in") : await AskForCode(shell, to, false, null, stop));
        open.MapPost("/sign-in/code", async (FormFields form, EnterCode enter, AccountClaims claims, Shell shell, CancellationToken stop) =>
        {
            var remembers = form.Text("Remember") == "true";
            if ((await enter.Run(new(form.Text("Code"), remembers), stop)).Succeeded(out var account, out var refusal))
                return Results.LocalRedirect(LocalPath.Or(form.Text("To"), shell.Home(await claims.CreateAsync(account))));
            return refusal.Kind == RefusalKind.Conflict ? Results.LocalRedirect("/sign-in?did=late") : await AskForCode(shell, form.Text("To"), remembers, refusal, stop);
        });

        open.MapPost("/sign-in/passkey/options", async (SignInByPasskey signIn) => Results.Content(await signIn.Options(), "application/json"));
        open.MapPost("/sign-in/passkey", async (FormFields form, SignInByPasskey signIn, AccountClaims claims, SignInScreen screen, Shell shell, CancellationToken stop) =>
            (await signIn.Run(form.Sent["Credential"].ToString(), stop)).Succeeded(out var account, out var refusal)
                ? Results.LocalRedirect(LocalPath.Or(form.Text("To"), shell.Home(await claims.CreateAsync(account))))
                : await screen.Show(null, form.Text("To"), refusal, stop));

        open.MapPost("/sign-in/link", async (FormFields form, AskForLink ask, SignInScreen screen, Shell shell, CancellationToken stop) =>
            (await ask.Run(LinkPurpose.SignIn, form.Text("Email"), "Email", stop)).Succeeded(out var request, out var refusal)
                ? await LinkSent(shell, request.Email, $"{MailedLink.SignInMinutes} minutes", stop)
                : await screen.Show(form.Text("Email"), form.Text("To"), refusal, stop));
        open.MapGet("/sign-in/link/{token}", async (string token, MailedLinks links, Shell shell, CancellationToken stop) =>
            await links.Find(LinkPurpose.SignIn, token, stop) is null ? await LinkPages.Closed(shell, stop) : await LinkPages.SignIn(shell, token, stop));
        open.MapPost("/sign-in/link/{token}", async (string token, SignInByLink signIn, SignInScreen screen, Shell shell, CancellationToken stop) =>
            (await signIn.Run(token, stop)).Succeeded(out var admitted, out _) ? await screen.Next(admitted, null) : await LinkPages.Closed(shell, stop));

        open.MapGet("/forgotten", async (Shell shell, CancellationToken stop) => await Forgotten(shell, null, null, stop));
        open.MapPost("/forgotten", async (FormFields form, AskForLink ask, Shell shell, CancellationToken stop) =>
            (await ask.Run(LinkPurpose.ResetPassword, form.Text("Email"), "Email", stop)).Succeeded(out var request, out var refusal)
                ? await LinkSent(shell, request.Email, "an hour", stop)
                : await Forgotten(shell, form.Text("Email"), refusal, stop));
        open.MapGet("/reset/{token}", async (string token, MailedLinks links, Shell shell, CancellationToken stop) =>
            await links.Find(LinkPurpose.ResetPassword, token, stop) is { } link ? await Reset(shell, token, link.Email, null, stop) : await LinkPages.Closed(shell, stop, "/forgotten"));
        open.MapPost("/reset/{token}", async (string token, FormFields form, ResetPassword reset, MailedLinks links, Shell shell, CancellationToken stop) =>
        {
            if ((await reset.Run(token, form.Sent["Password"].ToString(), stop)).Succeeded(out _, out var refusal)) return Results.LocalRedirect("/sign-in?did=reset");
            return refusal.Kind != RefusalKind.Conflict && await links.Find(LinkPurpose.ResetPassword, token, stop) is { } link
                ? await Reset(shell, token, link.Email, refusal, stop)
                : await LinkPages.Closed(shell, stop, "/forgotten");
        });
    }

    static async Task<IResult> AskForCode(Shell shell, string? to, bool remembers, Refusal? refusal, CancellationToken stop) => Page.Of<EnterCodePage>(
        new { Shell = await shell.Public(stop), To = to, Remember = remembers, Errors = FieldError.From(refusal) }, refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));

    static async Task<IResult> LinkSent(Shell shell, string email, string open, CancellationToken stop) => Page.Of<LinkSentPage>(new { Shell = await shell.Public(stop), Email = email, Open = open });

    static async Task<IResult> Forgotten(Shell shell, string? email, Refusal? refusal, CancellationToken stop) => Page.Of<ForgottenPage>(
        new { Shell = await shell.Public(stop), Email = email, Errors = FieldError.From(refusal) }, refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));

    static async Task<IResult> Reset(Shell shell, string token, string email, Refusal? refusal, CancellationToken stop) => Page.Of<ResetPage>(
        new { Shell = await shell.Public(stop), Token = token, Email = email, Errors = FieldError.From(refusal) }, refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));
}
