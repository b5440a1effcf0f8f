using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Guildhall.Modules.People;

/// <summary>What the session cookie says of an account: its id, name and roles. Read again every minute (PeopleModule).</summary>
sealed class AccountClaims(UserManager<Account> accounts, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<Account>(accounts, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(Account user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new Claim(ClaimTypes.GivenName, user.DisplayName));
        foreach (var grant in user.Roles) identity.AddClaim(new Claim(identity.RoleClaimType, grant.Role.ToString()));
        return identity;
    }
}
