using Guildhall.Platform;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.People;

/// <summary>The pages that mailed links open. None of them changes anything by being opened.</summary>
static class LinkPages
{
    /// <param name="again">Where a new one is asked for.</param>
    public static async Task<IResult> Closed(Shell shell, CancellationToken stop, string again = "/sign-in") =>
        Page.Of<LinkPage>(new { Shell = await shell.Public(stop), Next = again }, StatusCodes.Status410Gone);

    public static async Task<IResult> NewAddress(Shell shell, string token, string email, CancellationToken stop) =>
        Page.Of<LinkPage>(new { Shell = await shell.Public(stop), Title = "Use this address", What = $"From now on you sign in with {email}.", Action = $"/account/email/{token}", Button = "Use this address" });

    public static async Task<IResult> SignIn(Shell shell, string token, CancellationToken stop) =>
        Page.Of<LinkPage>(new { Shell = await shell.Public(stop), Title = "Sign in", What = "One press and you are in. The link then has done its work.", Action = $"/sign-in/link/{token}", Button = "Sign in" });

    public static async Task<IResult> Marketplace(Shell shell, string action, CancellationToken stop)
    {
        var frame = await shell.Public(stop);
        return Page.Of<LinkPage>(new { Shell = frame, Title = "Link your accounts", What = $"From now on you can sign in to this account with your {frame.Marketplace} account too.", Action = action, Button = "Link them" });
    }
}
