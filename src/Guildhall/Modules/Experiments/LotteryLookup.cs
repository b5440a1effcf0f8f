using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Experiments;

/// <summary>A draw that holds now.</summary>
/// <param name="WaitsUntil">From this day on it holds no more.</param>
/// <param name="Won">Participant ids; so <paramref name="Lost"/>.</param>
public sealed record HoldingDraw(int Number, DateTimeOffset DrawnAt, DateOnly WaitsUntil, IReadOnlySet<Guid> Won, IReadOnlySet<Guid> Lost)
{
    /// <summary>
    /// Whether a mentee waits because of it: who lost, and who joined after it, or a place would go to somebody who came later. Who was in the program and not in the draw had a mentor then; should that end, they are owed another.
    /// </summary>
    public bool Holds(Guid participantId, DateTimeOffset joinedAt) => Lost.Contains(participantId) || (joinedAt > DrawnAt && !Won.Contains(participantId));
}

/// <summary>What lots mean for the matching of a program today.</summary>
/// <param name="Holding">Null where no draw holds.</param>
/// <param name="First">Participant ids of who took part in draws that hold no more: while they wait, they come before everybody else.</param>
public sealed record DrawsNow(HoldingDraw? Holding, IReadOnlySet<Guid> First);

/// <summary>A draw as results are read from it.</summary>
public sealed record PastDraw(int Number, DateOnly DrawnOn, IReadOnlyList<PastLot> Lots);

/// <summary>Somebody who took part in a draw.</summary>
public sealed record PastLot(Guid ParticipantId, Guid SellerId, TierName? Tier, bool IsFirst, bool HasWon);

/// <summary>Answers other modules' questions about lots that were drawn.</summary>
public sealed class LotteryLookup(GuildhallDb db, TimeProvider clock)
{
    public async Task<DrawsNow> Now(Guid programId, CancellationToken stop)
    {
        var draws = await Read([programId], stop);
        if (draws.Count == 0) return new(null, new HashSet<Guid>());
        var lots = await db.Set<Lot>().AsNoTracking().Where(lot => draws.Select(draw => draw.Id).Contains(lot.DrawId)).Select(lot => new { lot.DrawId, lot.ParticipantId, lot.HasWon }).ToListAsync(stop);
        var holding = draws.Find(draw => draw.Holds);
        return new(
            holding is null ? null : new(
                holding.Number, holding.DrawnAt, holding.WaitsUntil, lots.Where(lot => lot.DrawId == holding.Id && lot.HasWon).Select(lot => lot.ParticipantId).ToHashSet(),
                lots.Where(lot => lot.DrawId == holding.Id && !lot.HasWon).Select(lot => lot.ParticipantId).ToHashSet()),
            lots.Where(lot => lot.DrawId != holding?.Id).Select(lot => lot.ParticipantId).ToHashSet());
    }

    /// <summary>Every draw of a program with everybody who took part, the first first; also of who was erased.</summary>
    public async Task<IReadOnlyList<PastDraw>> All(Guid programId, CancellationToken stop)
    {
        var draws = await db.Set<Draw>().AsNoTracking().Where(draw => draw.ProgramId == programId).OrderBy(draw => draw.Number).Select(draw => new { draw.Id, draw.Number, draw.DrawnOn }).ToListAsync(stop);
        if (draws.Count == 0) return [];
        var lots = (await db.Set<Lot>().AsNoTracking().Where(lot => draws.Select(draw => draw.Id).Contains(lot.DrawId)).OrderBy(lot => lot.ParticipantId).ToListAsync(stop)).ToLookup(lot => lot.DrawId);
        return [.. draws.Select(draw => new PastDraw(draw.Number, draw.DrawnOn, [.. lots[draw.Id].Select(lot => new PastLot(lot.ParticipantId, lot.SellerId, lot.Tier, lot.IsFirst, lot.HasWon))]))];
    }

    /// <summary>The draws that hold now in some programs.</summary>
    internal async Task<IReadOnlyList<DrawDays>> Holding(IReadOnlyCollection<Guid> programIds, CancellationToken stop) => [.. (await Read(programIds, stop)).Where(draw => draw.Holds)];

    async Task<List<DrawDays>> Read(IReadOnlyCollection<Guid> programIds, CancellationToken stop)
    {
        var zones = db.Set<Marketplace>().Where(marketplace => marketplace.Id == 1).Select(marketplace => marketplace.TimeZone);
        var draws = await db.Set<Draw>().AsNoTracking().Where(draw => programIds.Contains(draw.ProgramId)).OrderBy(draw => draw.Number)
            .Select(draw => new { draw.Id, draw.ProgramId, draw.Number, draw.Places, draw.DrawnAt, draw.WaitsUntil, Zone = zones.FirstOrDefault() }).ToListAsync(stop);
        var now = clock.GetUtcNow();
        return [.. draws.Select(draw => new DrawDays(draw.Id, draw.ProgramId, draw.Number, draw.Places, draw.DrawnAt, draw.WaitsUntil, ProgramDays.Today(draw.Zone, now) < draw.WaitsUntil))];
    }
}

/// <summary>A draw without its lots.</summary>
/// <param name="Holds">Whether it does today, where the marketplace is.</param>
sealed record DrawDays(Guid Id, Guid ProgramId, int Number, int Places, DateTimeOffset DrawnAt, DateOnly WaitsUntil, bool Holds);
