using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.People;

/// <summary>The tables of People: accounts, what ASP.NET Core Identity keeps beside them, first-run links and invitations.</summary>
static class PeopleTables
{
    const string Schema = "people";

    public static void Map(ModelBuilder model)
    {
        model.Entity<Account>(account => { account.ToTable("account", Schema); Account.Map(account); });
        model.Entity<RoleGrant>(grant => { grant.ToTable("role_grant", Schema); RoleGrant.Map(grant); });
        model.Entity<Invitation>(invitation => { invitation.ToTable("invitation", Schema); Invitation.Map(invitation); });
        model.Entity<FirstRunLink>(link => { link.ToTable("first_run_link", Schema); FirstRunLink.Map(link); });

        model.Entity<IdentityUserClaim<Guid>>(claim =>
        {
            claim.ToTable("account_claim", Schema);
            claim.HasOne<Account>().WithMany().HasForeignKey(c => c.UserId);
        });
        model.Entity<IdentityUserLogin<Guid>>(login =>
        {
            login.ToTable("account_login", Schema).HasKey(l => new { l.LoginProvider, l.ProviderKey });
            login.HasOne<Account>().WithMany().HasForeignKey(l => l.UserId);
        });
        model.Entity<IdentityUserToken<Guid>>(token =>
        {
            token.ToTable("account_token", Schema).HasKey(t => new { t.UserId, t.LoginProvider, t.Name });
            token.HasOne<Account>().WithMany().HasForeignKey(t => t.UserId);
        });
    }
}
