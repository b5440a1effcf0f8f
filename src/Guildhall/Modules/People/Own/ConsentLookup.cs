using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.People;

/// <summary>Something that may be seen while its owner lets it, and what for.</summary>
/// <param name="Item">Stable, stored with the consent.</param>
/// <param name="PurposeVersion">Goes up when the purpose becomes another: consents to the old one then hold no longer.</param>
/// <param name="Purpose">In one sentence, as it is read before consent is given.</param>
public sealed record Purpose(string Item, int PurposeVersion, string Text);

/// <summary>One line of a shop's own history of consents.</summary>
public sealed record ConsentRow(string Item, string Purpose, Guid GivenBy, DateTimeOffset GivenAt, Guid? TakenBackBy, DateTimeOffset? TakenBackAt);

/// <summary>Answers what a shop lets be seen. Ask in the transaction that reads what is to be shown.</summary>
public sealed class ConsentLookup(GuildhallDb db)
{
    const int HistoryShown = 100;

    /// <summary>Which of some things a shop lets be seen now; of the others nothing may be shown.</summary>
    public async Task<IReadOnlySet<string>> Given(Guid sellerId, IReadOnlyCollection<Purpose> asked, CancellationToken stop)
    {
        var open = await db.Set<Consent>().Where(consent => consent.SellerId == sellerId && consent.TakenBackAt == null).Select(consent => new { consent.Item, consent.PurposeVersion }).ToListAsync(stop);
        return asked.Where(purpose => open.Exists(consent => consent.Item == purpose.Item && consent.PurposeVersion == purpose.PurposeVersion)).Select(purpose => purpose.Item).ToHashSet();
    }

    /// <summary>Which shops of some let one thing be seen now.</summary>
    public async Task<IReadOnlySet<Guid>> GivenBy(IReadOnlyCollection<Guid> sellerIds, Purpose asked, CancellationToken stop) =>
        (await db.Set<Consent>().Where(consent => sellerIds.Contains(consent.SellerId) && consent.TakenBackAt == null && consent.Item == asked.Item && consent.PurposeVersion == asked.PurposeVersion)
            .Select(consent => consent.SellerId).ToListAsync(stop)).ToHashSet();

    /// <summary>What a shop gave and took back, the newest first.</summary>
    public async Task<IReadOnlyList<ConsentRow>> History(Guid sellerId, CancellationToken stop) =>
        await db.Set<Consent>().AsNoTracking().Where(consent => consent.SellerId == sellerId).OrderByDescending(consent => consent.GivenAt).Take(HistoryShown)
            .Select(consent => new ConsentRow(consent.Item, consent.Purpose, consent.GivenBy, consent.GivenAt, consent.TakenBackBy, consent.TakenBackAt)).ToListAsync(stop);
}
