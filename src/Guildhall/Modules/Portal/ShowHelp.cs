using Guildhall.Modules.People;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Portal;

/// <summary>The help page: the way from an empty installation to approved pairs, the words pages use, and whom to ask.</summary>
static class ShowHelp
{
    public const string Path = "/help";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(Path, async (Shell shell, AccountLookup accounts, CancellationToken stop) =>
        Page.Of<HelpPage>(new { Shell = await shell.Staff(stop), Administrators = await accounts.Administrators(stop) })).RequireAccess(AccessTable.Workspace);
}
