using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.People;

/// <summary>An account in the list of people who can sign in.</summary>
/// <param name="Stamp">Which edition of the account this is.</param>
public sealed record AccountRow(Guid Id, string Name, string Email, IReadOnlyList<OfferedRole> Roles, bool HasShop, bool IsSuspended, string Stamp);

/// <summary>An invitation that nobody followed yet.</summary>
public sealed record InvitationRow(Guid Id, string Email, IReadOnlyList<OfferedRole> Roles, DateTimeOffset ExpiresAt);

/// <summary>People and roles: who can sign in and what they may do, invitations, and what an invitation leads to.</summary>
static class AccessRoutes
{
    const int PageSize = 50;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var roles = routes.MapGroup("/settings/roles").RequireAccess(AccessTable.Administer);
        roles.MapGet("", (string? q, int? page, string? did, GuildhallDb db, ProgramSwitch programs, Shell shell, TimeProvider clock, CancellationToken stop) => List(q?.Trim() ?? "", page ?? 1, did, new FormFields(), null, db, programs, shell, clock, stop));
        roles.MapPost("", async (FormFields form, InvitePerson invite, GuildhallDb db, ProgramSwitch programs, Shell shell, TimeProvider clock, Actor actor, CancellationToken stop) =>
            (await invite.Run(new(form.Text("Email"), Offered(form), null, "work on the mentorship program"), actor, stop)).Succeeded(out _, out var refusal)
                ? Results.LocalRedirect("/settings/roles?did=invited")
                : await List("", 1, null, form, refusal, db, programs, shell, clock, stop));
        roles.MapGet("table", async (Shell shell, CancellationToken stop) => Page.Of<AccessTablePage>(new { Shell = await shell.Staff(stop) }));
        roles.MapPost("invitations/{id:guid}/withdraw", async (Guid id, InvitePerson invite, GuildhallDb db, ProgramSwitch programs, Shell shell, TimeProvider clock, Actor actor, CancellationToken stop) =>
            await invite.Withdraw(id, actor, stop) is { } refusal ? await List("", 1, null, new FormFields(), refusal, db, programs, shell, clock, stop) : Results.LocalRedirect("/settings/roles?did=withdrawn"));
        roles.MapGet("{id:guid}", (Guid id, string? did, GuildhallDb db, ProgramSwitch programs, Shell shell, CancellationToken stop) => One(id, did, new FormFields(), null, db, programs, shell, stop));
        roles.MapPost("{id:guid}", (Guid id, FormFields form, ChangeAccess change, GuildhallDb db, ProgramSwitch programs, Shell shell, Actor actor, CancellationToken stop) =>
            Changed(id, form, () => change.Grant(id, form.Text("seen"), Offered(form), actor, stop), db, programs, shell, stop));
        roles.MapPost("{id:guid}/suspend", (Guid id, FormFields form, ChangeAccess change, GuildhallDb db, ProgramSwitch programs, Shell shell, Actor actor, CancellationToken stop) =>
            Changed(id, form, () => change.Suspend(id, form.Text("seen"), actor, stop), db, programs, shell, stop));
        roles.MapPost("{id:guid}/restore", (Guid id, FormFields form, ChangeAccess change, GuildhallDb db, ProgramSwitch programs, Shell shell, Actor actor, CancellationToken stop) =>
            Changed(id, form, () => change.Restore(id, form.Text("seen"), actor, stop), db, programs, shell, stop));

        var open = routes.MapGroup("/invitation/{token}").RequireAccess(AccessTable.Visit).RequireRateLimiting(PlatformSetup.EntryLimit);
        open.MapGet("", async (string token, AcceptInvitation accept, Shell shell, CancellationToken stop) => await Invited(shell, token, await accept.AddressOf(token, stop), new FormFields(), null, stop));
        open.MapPost("", async (string token, FormFields form, AcceptInvitation accept, Door door, AccountClaims claims, Shell shell, CancellationToken stop) =>
        {
            // A password is kept as it was typed.
            if (!(await accept.Run(new(token, form.Text("Name"), form.Sent["Password"].ToString()), stop)).Succeeded(out var account, out var refusal))
                return await Invited(shell, token, refusal.Kind == RefusalKind.Conflict ? null : await accept.AddressOf(token, stop), form, refusal, stop);
            await door.Enter(account);
            return Results.LocalRedirect(shell.Home(await claims.CreateAsync(account)));
        });
    }

    static async Task<IResult> Changed(Guid id, FormFields form, Func<Task<Result<Account>>> change, GuildhallDb db, ProgramSwitch programs, Shell shell, CancellationToken stop)
    {
        if ((await change()).Succeeded(out _, out var refusal)) return Results.LocalRedirect($"/settings/roles/{id}?did=saved");
        db.ChangeTracker.Clear();
        return await One(id, null, refusal.Kind == RefusalKind.Invalid ? form : new FormFields(), refusal, db, programs, shell, stop);
    }

    /// <summary>The roles that are ticked, each limited to the programs that are ticked, or to none.</summary>
    static List<OfferedRole> Offered(FormFields form)
    {
        var programs = form.Text("Within") == "some" ? (IReadOnlyList<string>)[.. form.Values("Programs", [])] : null;
        // An administrator decides on the installation as a whole.
        return [.. form.Values("Roles", []).Select(text => Enum.TryParse<Role>(text, out var role) && Enum.IsDefined(role) && role != Role.Seller ? role : (Role?)null).OfType<Role>().Distinct()
            .Select(role => new OfferedRole(role, role == Role.Administrator ? null : programs))];
    }

    static async Task<IResult> List(string search, int page, string? did, FormFields form, Refusal? refusal, GuildhallDb db, ProgramSwitch programs, Shell shell, TimeProvider clock, CancellationToken stop)
    {
        page = Math.Clamp(page, 1, int.MaxValue / PageSize);
        var pattern = LikePattern.Holding(search);
        var found = await db.Set<Account>().AsNoTracking().Where(account => search == "" || EF.Functions.ILike(account.DisplayName, pattern) || EF.Functions.ILike(account.Email!, pattern))
            .OrderBy(account => account.DisplayName).ThenBy(account => account.Id).Skip((page - 1) * PageSize).Take(PageSize + 1).ToListAsync(stop);
        var now = clock.GetUtcNow();
        var invited = await db.Set<Invitation>().AsNoTracking().Where(i => i.UsedAt == null && i.WithdrawnAt == null && i.ExpiresAt > now).OrderByDescending(i => i.Id).Take(PageSize).ToListAsync(stop);
        return Page.Of<RolesPage>(new
        {
            Shell = await shell.Staff(stop),
            Accounts = (IReadOnlyList<AccountRow>)[.. found.Take(PageSize).Select(Row)],
            Number = page,
            HasMore = found.Count > PageSize,
            Search = search,
            Invitations = (IReadOnlyList<InvitationRow>)[.. invited.Select(i => new InvitationRow(i.Id, i.Email, i.Roles.All, i.ExpiresAt))],
            Programs = await programs(stop),
            Done = did switch { "invited" => "The invitation is on its way. It works for a week.", "withdrawn" => "The invitation is taken back.", _ => null },
            Form = form.Refused(refusal),
        }, refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));
    }

    static async Task<IResult> One(Guid id, string? did, FormFields form, Refusal? refusal, GuildhallDb db, ProgramSwitch programs, Shell shell, CancellationToken stop) =>
        await db.Set<Account>().AsNoTracking().SingleOrDefaultAsync(account => account.Id == id, stop) is { } account
            ? Page.Of<AccessPage>(
                new { Shell = await shell.Staff(stop), Account = Row(account), Programs = await programs(stop), Done = did == "saved" ? "Saved. It holds for open sessions within a minute." : null, Form = form.Refused(refusal) },
                refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal))
            : await Page.Refused(shell, Refusal.NotFound("account"), stop);

    static async Task<IResult> Invited(Shell shell, string token, string? email, FormFields form, Refusal? refusal, CancellationToken stop) => Page.Of<InvitationPage>(
        new { Shell = await shell.Public(stop), Token = token, Email = email, Form = form.Refused(refusal) },
        refusal is not null ? Page.StatusOf(refusal) : email is null ? StatusCodes.Status410Gone : StatusCodes.Status200OK);

    static AccountRow Row(Account account) => new(
        account.Id, account.DisplayName, account.Email!, [.. account.Roles.OrderByDescending(grant => grant.Role).Select(grant => new OfferedRole(grant.Role, grant.Programs))],
        account.SellerId is not null, account.SuspendedAt is not null, account.ConcurrencyStamp!);
}
