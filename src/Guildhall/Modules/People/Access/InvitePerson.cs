using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Audit;
using Guildhall.Platform.Database;
using Guildhall.Platform.Mail;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.People;

/// <summary>Invites somebody to have an account, by mail to their address. Whoever has one already is given the roles by hand, not by mail.</summary>
public sealed class InvitePerson(GuildhallDb db, Outbox outbox, AuditTrail trail, MailLimit limit, ProgramSwitch programs, TimeProvider clock)
{
    public static readonly MailKind Kind = new("invitation", "Invitation", IsTransactional: true) { MostADay = 3 };

    /// <param name="SellerId">The shop that the person is to act for.</param>
    /// <param name="For">What they are invited to, as the mail says it: "run programs", "apply as a mentor".</param>
    public sealed record Input(string Email, IReadOnlyList<OfferedRole> Roles, Guid? SellerId, string For);

    public async Task<Result<string>> Run(Input input, Actor by, CancellationToken stop)
    {
        var email = input.Email.Trim();
        if (!EmailAddress.IsReachable(email)) return Refusal.Invalid("email", "Enter an email address, like name@example.com.", nameof(Input.Email));
        if (input.Roles.Count == 0 && input.SellerId is null) return Refusal.Invalid("roles", "Choose at least one role. Nothing was sent.", nameof(Input.Roles));
        if (input.Roles.Any(offered => offered.Programs is { Count: 0 })) return Refusal.Invalid("programs", "Choose the programs, or all of them. Nothing was sent.", nameof(Input.Roles));

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await limit.Reached(Kind, email, stop) is { } flooded) return flooded;
        var normalized = email.ToUpperInvariant();
        if (await db.Set<Account>().AsNoTracking().SingleOrDefaultAsync(account => account.NormalizedEmail == normalized, stop) is { } known) return HasAccount(email, known, input.SellerId);

        var now = clock.GetUtcNow();
        // The newest invitation is the one that counts: an older one in the same mailbox might offer something else.
        await db.Set<Invitation>().Where(i => i.NormalizedEmail == normalized && i.UsedAt == null && i.WithdrawnAt == null).ExecuteUpdateAsync(i => i.SetProperty(x => x.WithdrawnAt, now), stop);
        var (invitation, token) = Invitation.Issue(email, input.Roles, input.SellerId, by, now);
        db.Add(invitation);
        trail.Add(by, AuditVerb.Invited, input.SellerId is { } shop ? AuditSubject.Seller(shop) : AuditSubject.The(AuditKind.Account), [.. input.Roles.Select(offered => offered.Role.ToString().ToLowerInvariant())]);
        outbox.Add(new Mail(Kind, email, $"{by.Name} invites you to {input.For}",
            [$"{by.Name} invites you to {input.For}.{await Offered(input.Roles, stop)} The link below makes your account. It works once, for {Invitation.DaysOpen} days.", "If you don’t know what this is about, do nothing: without the link no account is made."],
            new Link("Make my account", $"/invitation/{token}")));
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return email;
    }

    /// <summary>Why nobody is invited who has an account, and what the person at the screen can do.</summary>
    static Refusal HasAccount(string email, Account known, Guid? sellerId) => Refusal.Conflict("has_account", sellerId is null
        ? $"{email} has an account. Nothing was sent. Open it in the list, and change its roles there."
        : known.SellerId == sellerId ? $"{email} has an account and acts for this shop already. Nothing was sent. They sign in with it, or with a link that the sign-in page mails them."
        : $"{email} has an account, and an account is not given a shop afterwards. Nothing was sent. Ask the shop’s owner for another address of theirs, and invite that.");

    /// <summary>" As program manager of First 90 Days, Winter 2026, and auditor of all programs."</summary>
    async Task<string> Offered(IReadOnlyList<OfferedRole> roles, CancellationToken stop)
    {
        if (roles.Count == 0) return "";
        var labels = (await programs(stop)).ToDictionary(program => program.Slug, program => program.Label);
        return $" Your part: {string.Join("; ", roles.OrderByDescending(offered => offered.Role).Select(offered => offered.Role == Role.Administrator ? RoleNames.Of(offered.Role).ToLowerInvariant()
            : $"{RoleNames.Of(offered.Role).ToLowerInvariant()} {(offered.Programs is { } only ? $"of {string.Join(" and of ", only.Select(slug => labels.GetValueOrDefault(slug, slug)))}" : "of all programs")}"))}.";
    }

    /// <summary>Takes back an invitation that nobody followed yet.</summary>
    public async Task<Refusal?> Withdraw(Guid invitationId, Actor by, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var withdrawn = await db.Set<Invitation>().Where(i => i.Id == invitationId && i.UsedAt == null && i.WithdrawnAt == null).ExecuteUpdateAsync(i => i.SetProperty(x => x.WithdrawnAt, now), stop);
        if (withdrawn == 0) return Refusal.Conflict("not_open", "This invitation was followed or taken back meanwhile. Nothing was changed.");
        trail.Add(by, AuditVerb.Withdrawn, AuditSubject.The(AuditKind.Account), "invitation");
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return null;
    }
}
