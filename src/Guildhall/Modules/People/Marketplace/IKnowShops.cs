namespace Guildhall.Modules.People;

/// <summary>Asked of the module that keeps sellers: which shop is it that the marketplace says a person acts for?</summary>
public interface IKnowShops
{
    /// <param name="marketplaceId">The marketplace's own id of the shop.</param>
    /// <returns>The seller's id here; null when no such shop is known.</returns>
    Task<Guid?> Find(string marketplaceId, CancellationToken stop);
}
