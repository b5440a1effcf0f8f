using System.Security.Claims;
using Guildhall.Platform.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Guildhall.Modules.People;

/// <summary>What the session cookie says of an account: its id, name, roles, shop, and whether that is there to mentor alone. Read again every minute (PeopleModule).</summary>
sealed class AccountClaims(UserManager<Account> accounts, IOptions<IdentityOptions> options, DecideSignInRules rules, IEnumerable<IKnowMentors> mentors)
    : UserClaimsPrincipalFactory<Account>(accounts, options)
{
    /// <summary>There while the installation asks this person for a second factor that they don't have.</summary>
    public const string LacksSecondFactor = "lacks_second_factor";

    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(Account user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new Claim(ClaimTypes.GivenName, user.DisplayName));
        foreach (var grant in user.Roles) identity.AddClaims(RoleClaims.For(grant.Role, grant.Programs));
        if (user.SellerId is { } seller)
        {
            identity.AddClaims(RoleClaims.For(Role.Seller, programs: null));
            identity.AddClaim(new Claim(RoleClaims.Seller, seller.ToString()));
            foreach (var module in mentors)
                if (await module.OnlyMentors(seller, CancellationToken.None)) identity.AddClaim(new Claim(RoleClaims.OnlyMentors, "true"));
        }

        if (user.Roles.Count > 0 && !user.TwoFactorEnabled && await rules.StaffNeedSecondFactor(CancellationToken.None)) identity.AddClaim(new Claim(LacksSecondFactor, "true"));
        return identity;
    }
}
