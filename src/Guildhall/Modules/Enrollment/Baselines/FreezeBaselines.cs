using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Database;

namespace Guildhall.Modules.Enrollment;

/// <summary>Freezes the baselines of people who come in, however they do: by application, by file or from the finder. What they did before, and nothing later, is what growth is measured against.</summary>
sealed class FreezeBaselines(GuildhallDb db, SellerLookup sellers, MarketplaceZone zones)
{
    /// <summary>Joins the transaction that is open; the caller saves.</summary>
    public async Task Of(ProgramFacts program, IReadOnlyCollection<Participant> joined, CancellationToken stop)
    {
        if (joined.Count == 0) return;
        // An import that takes effect from here on waits with its corrections until these baselines stand.
        await db.ShareUntilCommit(CorrectBaselines.FreezeLock, stop);
        var (known, zone) = (program.FiguresAsOf ?? await sellers.LastDay(stop), await zones.Of(stop));
        foreach (var day in joined.GroupBy(participant => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(participant.JoinedAt, zone).DateTime)))
        {
            // A file may hold days that have not come yet: nobody knew them on the day of joining.
            var asOf = known is { } last && last < day.Key ? last : day.Key;
            var figures = known is null ? new Dictionary<Guid, OutcomeFigures>() : await sellers.Outcomes([.. day.Select(participant => participant.SellerId)], asOf, stop);
            foreach (var participant in day) db.Add(new Baseline(participant.Id, participant.JoinedAt, asOf, figures.GetValueOrDefault(participant.SellerId)));
        }
    }
}
