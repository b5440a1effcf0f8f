using Guildhall.Platform;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.People;

/// <summary>The sign-in page, and where it leads.</summary>
sealed class SignInScreen(Shell shell, AccountClaims claims, IEnumerable<MarketplaceLogin> marketplace)
{
    static readonly Dictionary<string, string> newsOf = new()
    {
        ["marketplace-failed"] = "Signing in with the marketplace’s account did not work. Nothing was changed. Try again, or sign in another way.",
        ["marketplace-declined"] = "You did not let the marketplace tell us who you are. Nothing was changed. Try again, or sign in another way.",
        ["marketplace-address"] = "The marketplace gave us no email address of yours that it has tried. Confirm your address there, then sign in again.",
        ["marketplace-link"] = "An account here has the address of your marketplace account already. Sign in to it the way you did before, then link the two.",
        ["reset"] = "Your new password is set. Open sessions end within a minute. Sign in with it.",
        ["late"] = "Signing in took longer than five minutes. Sign in again.",
    };

    /// <summary>Where shops that have no account yet may come from.</summary>
    static readonly string[] ApplyPaths = ["/apply", "/mentor/apply"];

    /// <param name="to">Where the person wanted to go.</param>
    public async Task<IResult> Show(string? email, string? to, Refusal? refusal, CancellationToken stop, string? did = null) => Page.Of<SignInPage>(
        new
        {
            Shell = await shell.Public(stop),
            Email = email,
            To = to,
            IsToApply = ApplyPaths.Any(path => LocalPath.Or(to, "") is var wanted && (wanted == path || wanted.StartsWith($"{path}/", StringComparison.Ordinal))),
            News = newsOf.GetValueOrDefault(did ?? ""),
            IsGoodNews = did is "reset",
            MarketplaceHref = !marketplace.Any() ? null : LocalPath.Or(to, "") is { Length: > 0 } wanted ? $"{MarketplaceRoutes.Begin}?to={Uri.EscapeDataString(wanted)}" : MarketplaceRoutes.Begin,
            Errors = FieldError.From(refusal),
        },
        refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));

    public async Task<IResult> Next(Admitted admitted, string? to) => admitted.Entry == Entry.AsksForCode
        ? Results.LocalRedirect(LocalPath.Or(to, "") is { Length: > 0 } wanted ? $"/sign-in/code?to={Uri.EscapeDataString(wanted)}" : "/sign-in/code")
        : Results.LocalRedirect(LocalPath.Or(to, shell.Home(await claims.CreateAsync(admitted.Account))));
}
