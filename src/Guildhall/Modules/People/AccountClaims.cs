using System.Security.Claims;
using Guildhall.Platform.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Guildhall.Modules.People;

/// <summary>What the session cookie says of an account: its id, name, roles and shop. Read again every minute (PeopleModule).</summary>
sealed class AccountClaims(UserManager<Account> accounts, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<Account>(accounts, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(Account user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new Claim(ClaimTypes.GivenName, user.DisplayName));
        foreach (var grant in user.Roles) identity.AddClaims(RoleClaims.For(grant.Role, grant.Programs));
        if (user.SellerId is { } seller)
        {
            identity.AddClaims(RoleClaims.For(Role.Seller, programs: null));
            identity.AddClaim(new Claim(RoleClaims.Seller, seller.ToString()));
        }
        return identity;
    }
}
