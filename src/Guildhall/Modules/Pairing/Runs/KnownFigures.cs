using System.Collections.Concurrent;
using Guildhall.Modules.Sellers;

namespace Guildhall.Modules.Pairing;

/// <summary>
/// What the figures say of people, kept until an import changes them: for 1,000 mentees among 100,000 sellers that takes 15 seconds to work out, and a
/// manager who keeps a pair or moves a weight asks for the same again.
/// </summary>
sealed class KnownFigures
{
    // A program about the past beside one about today, and another; some 2 KB a person.
    const int DaysKept = 3;

    sealed record Day(DateOnly AsOf, string Edition)
    {
        public ConcurrentDictionary<Guid, SellerFigures?> Figures { get; } = new();
        public ConcurrentDictionary<Guid, IReadOnlyList<Pain>> Pains { get; } = new();
    }

    // The last asked for first.
    readonly List<Day> days = [];
    readonly Lock opening = new();

    public async Task<IReadOnlyDictionary<Guid, SellerFigures?>> Figures(SellerLookup sellers, IReadOnlyCollection<Guid> ids, DateOnly asOf, CancellationToken stop) =>
        await Known((await Open(sellers, asOf, stop)).Figures, ids, async missing =>
        {
            var found = await sellers.Figures(missing, asOf, stop);
            return id => found.GetValueOrDefault(id);
        });

    /// <summary>Of each seller the pains, where there are any.</summary>
    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<Pain>>> Pains(SellerLookup sellers, IReadOnlyCollection<Guid> ids, DateOnly asOf, CancellationToken stop) =>
        await Known((await Open(sellers, asOf, stop)).Pains, ids, async missing =>
        {
            var found = await sellers.Pains(missing, asOf, stop);
            return id => found.GetValueOrDefault(id, []);
        });

    static async Task<Dictionary<Guid, T>> Known<T>(ConcurrentDictionary<Guid, T> known, IReadOnlyCollection<Guid> ids, Func<IReadOnlyCollection<Guid>, Task<Func<Guid, T>>> find)
    {
        if (ids.Where(id => !known.ContainsKey(id)).ToList() is [_, ..] missing)
        {
            var found = await find(missing);
            foreach (var id in missing) known[id] = found(id);
        }

        return ids.ToDictionary(id => id, id => known[id]);
    }

    async Task<Day> Open(SellerLookup sellers, DateOnly asOf, CancellationToken stop)
    {
        var wanted = new Day(asOf, await sellers.Edition(stop));
        lock (opening)
        {
            var day = days.Find(known => known.AsOf == wanted.AsOf && known.Edition == wanted.Edition) ?? wanted;
            days.Remove(day);
            // Figures of an older edition are wrong now.
            days.RemoveAll(known => known.Edition != day.Edition);
            days.Insert(0, day);
            if (days.Count > DaysKept) days.RemoveAt(DaysKept);
            return day;
        }
    }
}
