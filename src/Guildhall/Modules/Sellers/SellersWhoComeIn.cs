using Guildhall.Modules.People;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Sellers;

/// <summary>Tells sign-in which shop somebody may act for, by what the marketplace sent of its sellers.</summary>
sealed class SellersWhoComeIn(GuildhallDb db) : IKnowAddresses, IKnowShops
{
    public async Task<KnownPerson?> Find(string normalizedEmail, CancellationToken stop) =>
        // One address at two shops names neither: their owner is invited from the shop's page.
        await db.Set<Seller>().Where(seller => seller.NormalizedContactEmail == normalizedEmail).Take(2).Select(seller => new KnownPerson(seller.Id, seller.Name ?? seller.ExternalId)).ToListAsync(stop) is [var only] ? only : null;

    async Task<Guid?> IKnowShops.Find(string marketplaceId, CancellationToken stop) =>
        await db.Set<Seller>().Where(seller => seller.ExternalId == marketplaceId).Select(seller => (Guid?)seller.Id).SingleOrDefaultAsync(stop);
}
