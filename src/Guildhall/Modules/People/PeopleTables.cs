using Guildhall.Platform.Privacy;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.People;

/// <summary>The tables of People: accounts, what ASP.NET Core Identity keeps beside them, links, invitations, second factors and counts of tries; consents and preferences.</summary>
static class PeopleTables
{
    const string Schema = "people";

    public static void Map(ModelBuilder model)
    {
        model.Entity<Account>(account => { account.ToTable("account", Schema); Account.Map(account); });
        model.Entity<RoleGrant>(grant => { grant.ToTable("role_grant", Schema); RoleGrant.Map(grant); });
        model.Entity<Invitation>(invitation => { invitation.ToTable("invitation", Schema); Invitation.Map(invitation); });
        model.Entity<FirstRunLink>(link => { link.ToTable("first_run_link", Schema); FirstRunLink.Map(link); });
        model.Entity<MailedLink>(link => { link.ToTable("mailed_link", Schema); MailedLink.Map(link); });
        model.Entity<LinkRequest>(request => { request.ToTable("link_request", Schema); LinkRequest.Map(request); });
        model.Entity<Authenticator>(authenticator => { authenticator.ToTable("authenticator", Schema); Authenticator.Map(authenticator); });
        model.Entity<RecoveryCode>(code => { code.ToTable("recovery_code", Schema); RecoveryCode.Map(code); });
        model.Entity<SecondFactorReset>(reset => { reset.ToTable("second_factor_reset", Schema); SecondFactorReset.Map(reset); });
        model.Entity<SignInRules>(SignInRules.Map);
        model.Entity<TryCount>(count => { count.ToTable("try_count", Schema); TryCount.Map(count); });

        model.Entity<Consent>(consent => { consent.ToTable("consent", Schema); Consent.Map(consent); });
        model.Entity<Preferences>(preferences => { preferences.ToTable("preferences", Schema); Preferences.Map(preferences); });

        model.Entity<IdentityUserClaim<Guid>>(claim =>
        {
            claim.ToTable("account_claim", Schema);
            claim.HasOne<Account>().WithMany().HasForeignKey(c => c.UserId);
            claim.BelongsToAccount(c => c.UserId).LeavesWithItsOwner().Personal(c => c.ClaimValue).NotPersonal(c => c.ClaimType);
        });
        model.Entity<IdentityUserLogin<Guid>>(login =>
        {
            login.ToTable("account_login", Schema).HasKey(l => new { l.LoginProvider, l.ProviderKey });
            login.HasOne<Account>().WithMany().HasForeignKey(l => l.UserId);
            login.BelongsToAccount(l => l.UserId).LeavesWithItsOwner().Personal(l => l.ProviderKey).NotPersonal(l => l.LoginProvider, l => l.ProviderDisplayName);
        });
        // As Identity's schema version 3 has it; in its own context that version would have to be asked for.
        model.Entity<IdentityUserPasskey<Guid>>(passkey =>
        {
            passkey.ToTable("account_passkey", Schema).HasKey(p => p.CredentialId);
            passkey.Property(p => p.CredentialId).HasMaxLength(1024);
            passkey.ComplexProperty(p => p.Data, data => data.ToJson());
            passkey.BelongsToAccount(p => p.UserId).LeavesWithItsOwner().Secrets(p => p.CredentialId);
            passkey.HasOne<Account>().WithMany().HasForeignKey(p => p.UserId);
        });
        model.Entity<IdentityUserToken<Guid>>(token =>
        {
            token.ToTable("account_token", Schema).HasKey(t => new { t.UserId, t.LoginProvider, t.Name });
            token.HasOne<Account>().WithMany().HasForeignKey(t => t.UserId);
            token.BelongsToAccount(t => t.UserId).LeavesWithItsOwner().Secrets(t => t.Value).NotPersonal(t => t.LoginProvider, t => t.Name);
        });
    }
}
