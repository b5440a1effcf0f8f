using Guildhall.Modules.Enrollment;
using Guildhall.Platform;
using Guildhall.Platform.Database;

namespace Guildhall.Modules.Mentorships;

/// <summary>What one side wants of a thread: no messages for now, or to go on writing when the mentorship is over. The other side's wish is its own.</summary>
sealed class ChangeThread(GuildhallDb db, OpenThread threads, TimeProvider clock)
{
    public Task<Refusal?> Pause(Guid id, Side side, ShopActor shop, CancellationToken stop) => Change(id, side, shop, thread => thread.Own.Pause(clock.GetUtcNow()), stop);

    public Task<Refusal?> Resume(Guid id, Side side, ShopActor shop, CancellationToken stop) => Change(id, side, shop, thread => thread.Own.Resume(), stop);

    public Task<Refusal?> Keep(Guid id, Side side, ShopActor shop, CancellationToken stop) => Change(id, side, shop, thread => thread.Own.Keep(clock.GetUtcNow()), stop);

    public Task<Refusal?> Close(Guid id, Side side, ShopActor shop, CancellationToken stop) => Change(id, side, shop, thread => thread.Own.Close(), stop);

    /// <summary>A second tap finds it so, which is what was wanted.</summary>
    async Task<Refusal?> Change(Guid id, Side side, ShopActor shop, Action<HeldThread> change, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await threads.Of(id, side, shop, stop) is not { } thread) return Refusal.NotFound("thread");
        change(thread);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return null;
    }
}
