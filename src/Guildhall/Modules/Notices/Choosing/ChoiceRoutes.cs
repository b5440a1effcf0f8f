using System.Security.Claims;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Notices;

/// <summary>Where somebody chooses what they are told by mail, and when.</summary>
static class ChoiceRoutes
{
    public const string Path = "/account/notices";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var own = routes.MapGroup(Path).RequireAccess(AccessTable.OwnAccount);
        own.MapGet("", (string? did, ClaimsPrincipal person, ReadChoices read, Shell shell, CancellationToken stop) => Show(person, read, shell, new FormFields(), null, did == "saved", stop));
        own.MapPost("", async (FormFields form, ClaimsPrincipal person, SaveChoices save, ReadChoices read, Shell shell, CancellationToken stop) =>
            await save.Run(person, form, stop) is { } refusal ? await Show(person, read, shell, form, refusal, false, stop) : Results.LocalRedirect($"{Path}?did=saved"));
    }

    static async Task<IResult> Show(ClaimsPrincipal person, ReadChoices read, Shell shell, FormFields form, Refusal? refusal, bool isSaved, CancellationToken stop) => Page.Of<ChoicesPage>(
        new { Shell = await shell.ForWhoever(stop), View = await read.Of(person, stop), Form = form.Refused(refusal), IsSaved = isSaved },
        refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));
}
