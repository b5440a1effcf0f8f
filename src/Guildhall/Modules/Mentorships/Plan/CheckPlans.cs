using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Library;
using Guildhall.Modules.Sellers;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Mentorships;

/// <summary>After an import: begins the plans of mentees who have none, and ticks the steps that figures show done, a batch of shops at a time.</summary>
sealed class CheckPlans(GuildhallDb db, EnrollmentLookup enrollment, LibraryLookup library, SellerLookup sellers, CheckedEdition<CheckPlans> last, TimeProvider clock)
{
    internal const int BatchSize = 100;

    /// <summary>Nothing where no import took effect since this node looked.</summary>
    public async Task RunAfterImport(CancellationToken stop)
    {
        var edition = await sellers.Edition(stop);
        if (edition == last.Edition) return;
        await Run(stop);
        // Read before the check: an import that came in meanwhile is looked at the next time.
        last.Edition = edition;
    }

    public async Task Run(CancellationToken stop)
    {
        var current = await library.CurrentPlan(stop);
        var asOf = await sellers.LastDay(stop) ?? DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var plans = new Dictionary<int, PlanFacts?>();
        var after = Guid.Empty;
        while (await enrollment.MenteesAfter(after, BatchSize, stop) is [.., var last] batch)
        {
            await Batch([.. batch], current, plans, asOf, stop);
            after = last;
        }
    }

    async Task Batch(Guid[] ids, PlanFacts? current, Dictionary<int, PlanFacts?> plans, DateOnly asOf, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        if (current is not null) await db.BeginPlans(ids, current.Version, now, stop);
        var versions = await db.Set<PlanStart>().AsNoTracking().Where(start => ids.Contains(start.SellerId)).ToDictionaryAsync(start => start.SellerId, start => start.Version, stop);
        var marks = (await db.Set<StepMark>().AsNoTracking().Where(mark => ids.Contains(mark.SellerId)).ToListAsync(stop)).ToLookup(mark => mark.SellerId);
        foreach (var version in versions.Values.Distinct().Where(version => !plans.ContainsKey(version)).ToList()) plans[version] = await library.Plan(version, stop);

        var reached = await sellers.Milestones([.. versions.Keys], asOf, stop);
        List<(Guid Seller, string Key, DateOnly On)> met = [];
        foreach (var (sellerId, version) in versions)
            if (plans[version] is { } plan)
                met.AddRange(PlanWrites.Met(plan.Steps, marks[sellerId].ToDictionary(mark => mark.StepKey), reached.GetValueOrDefault(sellerId)).Select(one => (sellerId, one.Key, one.On)));
        if (met.Count > 0) await db.TickByFigures([.. met.Select(one => one.Seller)], [.. met.Select(one => one.Key)], [.. met.Select(one => one.On)], now, stop);
    }
}

/// <summary>The figures that this node has done a job by. Each node does it once, which comes to the same.</summary>
sealed class CheckedEdition<TJob>
{
    public string? Edition { get; set; }
}
