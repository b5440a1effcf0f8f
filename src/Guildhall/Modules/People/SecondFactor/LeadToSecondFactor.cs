using Guildhall.Platform.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace Guildhall.Modules.People;

/// <summary>Marks a route that opens without the second factor that the installation asks for: its set-up, and the way out.</summary>
sealed class OpensWithoutSecondFactor;

/// <summary>While the installation asks staff for a second factor, leads those who have none to its set-up before anything else.</summary>
sealed class LeadToSecondFactor : IAuthorizationMiddlewareResultHandler
{
    public const string SetUp = "/account/second-factor";

    readonly AccessAnswer usual = new();

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        var leads = context.User.HasClaim(claim => claim.Type == AccountClaims.LacksSecondFactor) && context.GetEndpoint()?.Metadata.GetMetadata<OpensWithoutSecondFactor>() is null;
        if (!leads) return usual.HandleAsync(next, context, policy, authorizeResult);
        context.Response.Redirect(SetUp);
        return Task.CompletedTask;
    }
}
