using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace Guildhall.Platform.Access;

/// <summary>Makes a policy of every rule of the table, and answers whoever it doesn't let in.</summary>
static class AccessPolicies
{
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        var builder = services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        foreach (var rule in AccessTable.All) builder.AddPolicy(rule.Id, policy => policy.AddRequirements(new AccessRequirement(rule)));
        return services.AddSingleton<IAuthorizationHandler, AccessHandler>().AddSingleton<IAuthorizationMiddlewareResultHandler, AccessAnswer>();
    }

    public static TBuilder RequireAccess<TBuilder>(this TBuilder routes, AccessRule rule) where TBuilder : IEndpointConventionBuilder
    {
        routes.WithMetadata(rule);
        if (rule.IsForAnybody) routes.AllowAnonymous();
        else routes.RequireAuthorization(rule.Id);
        return routes;
    }

    public static async Task<bool> MayAsync(this IAuthorizationService authorization, ClaimsPrincipal person, AccessRule rule) => (await authorization.AuthorizeAsync(person, rule.Id)).Succeeded;
}

sealed record AccessRequirement(AccessRule Rule) : IAuthorizationRequirement;

/// <summary>Compares a person's roles, and the programs they were given for, with a rule and the program in the address.</summary>
sealed class AccessHandler(IHttpContextAccessor requests) : AuthorizationHandler<AccessRequirement>
{
    public const string OutOfReach = "out of reach";

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, AccessRequirement requirement)
    {
        var (person, rule) = (context.User, requirement.Rule);
        if (person.Identity is not { IsAuthenticated: true }) return Task.CompletedTask;
        var programInAddress = requests.HttpContext?.Request.RouteValues["program"] as string;
        var isOpen = rule.IsForAnybody || rule.IsForAnyAccount;
        var isLimited = false;
        foreach (var role in person.Roles())
        {
            if (rule.ReachOf(role) is not { } reach) continue;
            var given = person.ProgramsOf(role);
            if (reach == Reach.Own || given is null || (reach == Reach.GivenPrograms && (programInAddress is null || given.Contains(programInAddress)))) isOpen = true;
            else if (reach == Reach.GivenPrograms) isLimited = true;
        }

        if (isOpen) context.Succeed(requirement);
        else if (isLimited) context.Fail(new AuthorizationFailureReason(this, OutOfReach));
        return Task.CompletedTask;
    }
}

/// <summary>A program that a role was not given for is not found, as if it weren't there; everything else is answered as usual.</summary>
sealed class AccessAnswer : IAuthorizationMiddlewareResultHandler
{
    readonly AuthorizationMiddlewareResultHandler usual = new();

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.AuthorizationFailure?.FailureReasons.Any(reason => reason.Message == AccessHandler.OutOfReach) != true) return usual.HandleAsync(next, context, policy, authorizeResult);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}

/// <summary>What a session says of a person's roles.</summary>
static class RoleClaims
{
    public const string Seller = "seller";

    /// <summary>There where the shop is on the side of mentors alone.</summary>
    public const string OnlyMentors = "only-mentors";

    static string Programs(Role role) => $"programs:{role}";

    /// <param name="programs">Addresses of the programs that a role is limited to; null where it isn't.</param>
    public static IEnumerable<Claim> For(Role role, IReadOnlyList<string>? programs)
    {
        yield return new Claim(ClaimTypes.Role, role.ToString());
        if (programs is not null) yield return new Claim(Programs(role), string.Join(' ', programs));
    }

    public static IEnumerable<Role> Roles(this ClaimsPrincipal person) => person.FindAll(ClaimTypes.Role).Select(claim => Enum.Parse<Role>(claim.Value));

    /// <summary>Addresses of the programs that a role is limited to; null where it isn't.</summary>
    public static IReadOnlyList<string>? ProgramsOf(this ClaimsPrincipal person, Role role) => person.FindFirst(Programs(role))?.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Addresses of the programs that the person's staff roles reach together; null where one of them reaches all.</summary>
    public static IReadOnlyCollection<string>? WithinReach(this ClaimsPrincipal person)
    {
        HashSet<string> within = [];
        foreach (var role in person.Roles().Where(role => role != Role.Seller))
        {
            if (person.ProgramsOf(role) is not { } given) return null;
            within.UnionWith(given);
        }

        return within;
    }

    /// <summary>The same of what one rule opens: another role's wider reach is not this rule's.</summary>
    public static IReadOnlyCollection<string>? WithinReach(this ClaimsPrincipal person, AccessRule rule)
    {
        HashSet<string> within = [];
        foreach (var role in person.Roles().Where(role => rule.ReachOf(role) is not null))
        {
            if (person.ProgramsOf(role) is not { } given) return null;
            within.UnionWith(given);
        }

        return within;
    }

    /// <summary>Whether the person's shop has to do with mentors' pages alone.</summary>
    public static bool OnlyMentorsHere(this ClaimsPrincipal person) => person.HasClaim(OnlyMentors, "true");

    /// <summary>The shop that the account belongs to; null for staff without one.</summary>
    public static Guid? SellerId(this ClaimsPrincipal person) => Guid.TryParse(person.FindFirst(Seller)?.Value, out var id) ? id : null;
}
