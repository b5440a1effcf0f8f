using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>A baseline as the page shows it: the frozen figures, and what was corrected since.</summary>
/// <param name="Figures">Null is the baseline "none".</param>
/// <param name="Later">The newest first.</param>
/// <param name="NotShown">How many between the frozen one and those shown.</param>
public sealed record BaselineView(DateOnly FrozenOn, DateOnly AsOf, IReadOnlyList<Figure>? Figures, IReadOnlyList<LaterBaseline> Later, int NotShown);

/// <summary>A version beside the frozen one.</summary>
/// <param name="File">What the file was called whose days it counts.</param>
/// <param name="Changes">What differs from the frozen one, in words; none where it came back to it.</param>
public sealed record LaterBaseline(int Version, DateOnly MadeOn, string? File, IReadOnlyList<string> Changes);

/// <summary>Reads the baseline of a participant with its later versions.</summary>
sealed class ReadBaseline(GuildhallDb db, SellerLookup sellers)
{
    const int MostShown = 50;

    /// <returns>Null for who came in without one.</returns>
    public async Task<BaselineView?> Of(Guid participantId, CancellationToken stop)
    {
        var versions = await db.Set<Baseline>().AsNoTracking().Where(b => b.ParticipantId == participantId).OrderByDescending(b => b.Version == 1).ThenByDescending(b => b.Version).Take(MostShown + 1).ToListAsync(stop);
        if (versions is not [{ Version: 1 } frozen, .. var later]) return null;
        var marketplace = await db.Set<Marketplace>().AsNoTracking().SingleOrDefaultAsync(stop);
        var zone = TimeZones.Find(marketplace?.TimeZone ?? "") ?? TimeZoneInfo.Utc;
        var files = later.Count == 0 ? new Dictionary<Guid, string>() : await sellers.FileNames([.. later.Select(version => version.ImportId).OfType<Guid>().Distinct()], stop);
        string? money(long amount) => marketplace?.Currency.Format(amount);
        DateOnly on(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);
        return new(
            on(frozen.FrozenAt), frozen.AsOf ?? frozen.Figures?.AsOf ?? DateOnly.FromDateTime(frozen.FrozenAt.UtcDateTime),
            frozen.Figures is null ? null : [.. BaselineFigure.All.Select(figure => new Figure(figure.Label, figure.Said(frozen.Figures, money)))],
            [.. later.Select(version => new LaterBaseline(version.Version, on(version.FrozenAt), version.ImportId is { } import ? files.GetValueOrDefault(import) : null, Changes(frozen.Figures, version.Figures, money)))],
            later.Count == 0 ? 0 : later[0].Version - 1 - later.Count);
    }

    static IReadOnlyList<string> Changes(OutcomeFigures? frozen, OutcomeFigures? later, Func<long, string?> money) =>
        [.. BaselineFigure.Differing(frozen, later).Select(figure => (figure.Label, Now: figure.Said(later, money) ?? "not known", Was: figure.Said(frozen, money) ?? "not known"))
            .Select(one => one.Now == one.Was ? $"{one.Label}: {one.Now}, changed by less than is shown" : $"{one.Label}: {one.Now}, frozen as {one.Was}")];
}
