using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.People;

/// <summary>Gives consent and takes it back, with who and when. Doing either twice is doing it once: the database keeps at most one that holds.</summary>
public sealed class ChangeConsent(GuildhallDb db, TimeProvider clock)
{
    public async Task Give(ShopActor shop, Purpose purpose, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        // What was agreed to under another purpose ends where this one begins.
        await db.Set<Consent>().Where(consent => consent.SellerId == shop.SellerId && consent.Item == purpose.Item && consent.TakenBackAt == null && consent.PurposeVersion != purpose.PurposeVersion)
            .ExecuteUpdateAsync(set => set.SetProperty(consent => consent.TakenBackAt, now).SetProperty(consent => consent.TakenBackBy, shop.AccountId), stop);
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO people.consent (id, seller_id, item, purpose_version, purpose, given_by, given_at)
            VALUES ({Guid.CreateVersion7(now)}, {shop.SellerId}, {purpose.Item}, {purpose.PurposeVersion}, {purpose.Text}, {shop.AccountId}, {now})
            ON CONFLICT (seller_id, item) WHERE taken_back_at IS NULL DO NOTHING
            """, stop);
        await transaction.CommitAsync(stop);
    }

    public Task TakeBack(ShopActor shop, string item, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        return db.Set<Consent>().Where(consent => consent.SellerId == shop.SellerId && consent.Item == item && consent.TakenBackAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(consent => consent.TakenBackAt, now).SetProperty(consent => consent.TakenBackBy, shop.AccountId), stop);
    }
}
