using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.People;

/// <summary>A person's own account: what they change about it, and their second factor.</summary>
static class OwnAccountRoutes
{
    static readonly Dictionary<string, string> newsOf = new()
    {
        ["name"] = "Saved. Others see the new name from now on.",
        ["email"] = "If nobody else has this address, a link is on its way to it. The address counts once you have opened the link.",
        ["address"] = "Saved. You sign in with the new address from now on.",
        ["password"] = "Saved. You sign in with the new password from now on. Every other session ends within a minute.",
        ["sessions"] = "Done. Every other session ends within a minute.",
        ["factor-off"] = "Your second factor is off.",
        ["passkey"] = "Your passkey is saved. You can sign in with it from now on.",
        ["passkey-removed"] = "The passkey is removed. Nobody can sign in with it any more.",
        ["linked"] = "Your accounts are linked. You can sign in with either.",
    };

    public static void Map(IEndpointRouteBuilder routes)
    {
        var own = routes.MapGroup("/account").RequireAccess(AccessTable.OwnAccount);
        own.MapGet("", async (string? did, OwnAccount me, ReadAccount read, Shell shell, CancellationToken stop) => await Show(me, read, shell, new FormFields(), null, stop, newsOf.GetValueOrDefault(did ?? "")));
        own.MapPost("/name", async (FormFields form, OwnAccount me, ChangeAccount change, ReadAccount read, Shell shell, CancellationToken stop) =>
            await After(await change.Name(me.Account, form.Text("Name"), stop), "name", form, me, read, shell, stop));
        own.MapPost("/password", async (FormFields form, OwnAccount me, ChangeAccount change, ReadAccount read, Shell shell, CancellationToken stop) =>
            await After(await change.Password(me.Account, form.Sent["OldPassword"].ToString(), form.Sent["NewPassword"].ToString(), stop), "password", form, me, read, shell, stop));
        own.MapPost("/email", async (FormFields form, OwnAccount me, ChangeAccount change, ReadAccount read, Shell shell, CancellationToken stop) =>
            await After(await change.AskForAddress(me.Account, form.Text("NewEmail"), form.Sent["EmailPassword"].ToString(), stop), "email", form, me, read, shell, stop));
        own.MapPost("/sessions", async (FormFields form, OwnAccount me, ChangeAccount change, ReadAccount read, Shell shell, CancellationToken stop) =>
            await After(await change.SignOutElsewhere(me.Account, stop), "sessions", form, me, read, shell, stop));
        own.MapGet("/email/{token}", async (string token, OwnAccount me, MailedLinks links, Shell shell, CancellationToken stop) =>
            await links.Find(LinkPurpose.NewAddress, token, stop) is { } link && link.AccountId == me.Account.Id ? await LinkPages.NewAddress(shell, token, link.Email, stop) : await LinkPages.Closed(shell, stop, "/account"));
        own.MapPost("/email/{token}", async (string token, OwnAccount me, ChangeAccount change, Shell shell, CancellationToken stop) =>
            (await change.TakeAddress(me.Account, token, stop)).Succeeded(out _, out _) ? Results.LocalRedirect("/account?did=address") : await LinkPages.Closed(shell, stop, "/account"));
        own.MapPost("/passkeys/options", async (FormFields form, OwnAccount me, AddPasskey add, CancellationToken stop) =>
            (await add.Options(me.Account, form.Text("PasskeyName"), form.Sent["Proof"].ToString(), stop)).Succeeded(out var options, out var refusal) ? Results.Content(options, "application/json") : Page.Problem(refusal));
        own.MapPost("/passkeys", async (FormFields form, OwnAccount me, AddPasskey add, ReadAccount read, Shell shell, CancellationToken stop) =>
            await After(await add.Run(me.Account, form.Text("PasskeyName"), form.Sent["Credential"].ToString(), stop), "passkey", form, me, read, shell, stop));
        own.MapPost("/passkeys/{credential}/remove", async (string credential, OwnAccount me, AddPasskey add, Shell shell, CancellationToken stop) =>
            (await add.Remove(me.Account, credential, stop)).Succeeded(out _, out var refusal) ? Results.LocalRedirect("/account?did=passkey-removed") : await Page.Refused(shell, refusal, stop));

        var factor = own.MapGroup("/second-factor").WithMetadata(new OpensWithoutSecondFactor());
        factor.MapGet("", async (HttpContext http, OwnAccount me, SetUpSecondFactor setUp, Codes codes, Shell shell, CancellationToken stop) => await ShowFactor(http, me, setUp, codes, shell, null, stop));
        factor.MapPost("", async (FormFields form, HttpContext http, OwnAccount me, SetUpSecondFactor setUp, Codes codes, Shell shell, CancellationToken stop) =>
        {
            var input = new SetUpSecondFactor.Input(form.Text("OfferedSecret"), form.Text("Code"), form.Sent["Password"].ToString());
            return (await setUp.TurnOn(me.Account, input, stop)).Succeeded(out var recovery, out var refusal)
                ? await ShowCodes(http, shell, recovery, wasRenewed: false, stop)
                : await ShowFactor(http, me, setUp, codes, shell, refusal, stop, input.OfferedSecret);
        });
        factor.MapPost("/codes", async (FormFields form, HttpContext http, OwnAccount me, SetUpSecondFactor setUp, Codes codes, Shell shell, CancellationToken stop) =>
            (await setUp.RenewCodes(me.Account, form.Text("RenewCode"), stop)).Succeeded(out var recovery, out var refusal)
                ? await ShowCodes(http, shell, recovery, wasRenewed: true, stop)
                : await ShowFactor(http, me, setUp, codes, shell, refusal with { Field = refusal.Field is null ? null : "RenewCode" }, stop));
        factor.MapPost("/off", async (FormFields form, HttpContext http, OwnAccount me, SetUpSecondFactor setUp, Codes codes, Shell shell, CancellationToken stop) =>
            (await setUp.TurnOff(me.Account, form.Sent["Password"].ToString(), form.Text("Code"), stop)).Succeeded(out _, out var refusal)
                ? Results.LocalRedirect("/account?did=factor-off")
                : await ShowFactor(http, me, setUp, codes, shell, refusal, stop));
    }

    static async Task<IResult> After(Result<Account> outcome, string did, FormFields form, OwnAccount me, ReadAccount read, Shell shell, CancellationToken stop) =>
        outcome.Succeeded(out _, out var refusal) ? Results.LocalRedirect($"/account?did={did}") : await Show(me, read, shell, form.Refused(refusal), refusal, stop);

    static async Task<IResult> Show(OwnAccount me, ReadAccount read, Shell shell, FormFields form, Refusal? refusal, CancellationToken stop, string? news = null) => Page.Of<AccountPage>(
        new { Shell = await shell.ForWhoever(stop), View = await read.Run(me.Account, stop), Form = form, News = news },
        refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));

    static async Task<IResult> ShowFactor(HttpContext http, OwnAccount me, SetUpSecondFactor setUp, Codes codes, Shell shell, Refusal? refusal, CancellationToken stop, string? offered = null)
    {
        var (account, frame) = (me.Account, await shell.ForWhoever(stop));
        var secret = offered is null ? null : setUp.SecretIn(account, offered);
        if (secret is null)
        {
            offered = setUp.Offer(account);
            secret = setUp.SecretIn(account, offered)!;
        }

        return Page.Of<SecondFactorPage>(
            new
            {
                Shell = frame,
                Errors = FieldError.From(refusal),
                IsOn = account.TwoFactorEnabled,
                IsAskedFor = IsAskedFor(http),
                HasPassword = account.PasswordHash is not null,
                CodesLeft = await codes.Left(account.Id, stop),
                OfferedSecret = offered,
                Key = TimeCode.Typed(secret),
                AppAddress = TimeCode.Address(secret, frame.Marketplace, account.Email!),
            },
            refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));
    }

    static async Task<IResult> ShowCodes(HttpContext http, Shell shell, string[] recovery, bool wasRenewed, CancellationToken stop) => Page.Of<SecondFactorPage>(new
    {
        Shell = await shell.ForWhoever(stop),
        Errors = (FieldError[])[],
        Codes = recovery,
        WasRenewed = wasRenewed,
        DoneHref = IsAskedFor(http) ? shell.Home(http.User) : "/account",
    });

    static bool IsAskedFor(HttpContext http) => http.User.HasClaim(claim => claim.Type == AccountClaims.LacksSecondFactor);
}
