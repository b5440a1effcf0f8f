using Guildhall.Platform;
using Microsoft.AspNetCore.Components;

namespace Guildhall.Modules.Enrollment;

/// <summary>A module that has something to say on the start pages of mentees and mentors. What it can't read is left out, and the rest of the page stands.</summary>
public interface IAddToHome
{
    /// <returns>Empty when there is nothing to say to this person on this side.</returns>
    Task<IReadOnlyList<HomeCard>> CardsOf(SellerSeat seat, CancellationToken stop);
}

/// <summary>Who is at their start page, and which of the two it is.</summary>
/// <param name="IsAwaited">Something more pressing stands above what is added, and has the page’s main button.</param>
public sealed record SellerSeat(ShopActor Shop, Side Side, bool IsAwaited = false);

/// <summary>A card of a start page: a component with its parameters.</summary>
/// <param name="Order">The smallest stands first: what is to be done now before what is to be known.</param>
/// <param name="IsAside">It stands in the narrow column of a wide page; on a phone below the others.</param>
/// <param name="NeedsThem">It asks this person for something, and is counted above the cards.</param>
public sealed record HomeCard(int Order, Type Component, IDictionary<string, object?> Parameters, bool IsAside = false, bool NeedsThem = false)
{
    public static HomeCard Of<T>(int order, params IEnumerable<(string Name, object? Value)> parameters) where T : IComponent =>
        new(order, typeof(T), parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value, StringComparer.Ordinal));

    public HomeCard Aside() => this with { IsAside = true };

    public HomeCard Asking() => this with { NeedsThem = true };
}
