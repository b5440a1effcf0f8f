using System.Security.Claims;
using Guildhall.Platform.Access;

namespace Guildhall.Platform;

/// <summary>The person a request acts for.</summary>
public sealed record Actor(Guid AccountId, string Name)
{
    /// <summary>The role that opened the address to them; null for the product, and where any account may come.</summary>
    public Role? Role { get; init; }

    /// <summary>Acts where no person does: a command, or the demo marketplace being set up.</summary>
    public static readonly Actor Product = new(Guid.Empty, "Guildhall");

    public static Actor From(ClaimsPrincipal person) => new(
        Guid.Parse(person.FindFirstValue(ClaimTypes.NameIdentifier) ?? throw new InvalidOperationException("No one is signed in.")),
        person.FindFirstValue(ClaimTypes.GivenName) ?? "");

    /// <summary>The signed-in person, in the role that the route is open to.</summary>
    public static Actor From(HttpContext http) => From(http.User) with
    {
        Role = http.GetEndpoint()?.Metadata.GetMetadata<AccessRule>() is { } rule ? http.User.Roles().Where(role => rule.ReachOf(role) is not null).Select(role => (Role?)role).Order().FirstOrDefault() : null,
    };

    /// <summary>Binds an endpoint parameter of this type to the signed-in person.</summary>
    public static ValueTask<Actor> BindAsync(HttpContext http) => ValueTask.FromResult(From(http));
}

/// <summary>A person who acts for their shop, on a route that is open to sellers.</summary>
public sealed record ShopActor(Guid AccountId, Guid SellerId, string Name)
{
    /// <inheritdoc cref="Actor.BindAsync"/>
    public static ValueTask<ShopActor> BindAsync(HttpContext http) => Actor.From(http.User) is var actor && http.User.SellerId() is { } seller
        ? ValueTask.FromResult(new ShopActor(actor.AccountId, seller, actor.Name))
        : throw new InvalidOperationException("Nobody is at the screen for a shop: the route is not limited to sellers.");
}
