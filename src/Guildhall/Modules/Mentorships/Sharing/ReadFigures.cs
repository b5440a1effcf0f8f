using System.Data;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.People;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Mentorships;

/// <summary>A figure of a shop on the last day that came in, and on an earlier one.</summary>
/// <param name="Now">Null when it is not known, as <paramref name="Then"/>.</param>
/// <param name="Then">Null too where no earlier day was asked for.</param>
public sealed record FigureMove(string Label, string? Now, string? Then);

/// <summary>Figures of a shop, as far as the reader may see them.</summary>
/// <param name="Given">What the shop shares.</param>
/// <param name="AsOf">The last day of the figures; null when none is shown, or none came in.</param>
sealed record FiguresOfShop(IReadOnlySet<string> Given, IReadOnlyList<FigureMove> Figures, DateOnly? AsOf);

/// <summary>Reads the figures of a mentee for the mentor, and for the mentee. What is not shared is left out here, before any page is made of it.</summary>
sealed class ReadFigures(GuildhallDb db, ConsentLookup consents, SellerLookup sellers)
{
    /// <summary>For the mentor: what the shop shares.</summary>
    public Task<FiguresOfShop> Shared(Guid sellerId, DateOnly? then, CancellationToken stop) => Read(sellerId, isOwn: false, then, stop);

    /// <summary>For the shop itself: all of it.</summary>
    public Task<FiguresOfShop> Own(Guid sellerId, DateOnly? then, CancellationToken stop) => Read(sellerId, isOwn: true, then, stop);

    async Task<FiguresOfShop> Read(Guid sellerId, bool isOwn, DateOnly? then, CancellationToken stop)
    {
        var currency = (await db.Set<Marketplace>().AsNoTracking().SingleOrDefaultAsync(stop))?.Currency;
        // Consents and figures as of one moment: nothing is read that was taken back before it.
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, stop);
        var given = await consents.Given(sellerId, SharedFigure.Purposes, stop);
        var shown = SharedFigure.All.Where(figure => figure.Read is not null && (isOwn || given.Contains(figure.Id))).ToList();
        var asOf = shown.Count > 0 ? await sellers.LastDay(stop) : null;
        var now = asOf is { } day ? (await sellers.Outcomes([sellerId], day, stop)).GetValueOrDefault(sellerId) : null;
        var before = then < asOf ? (await sellers.Outcomes([sellerId], then.Value, stop)).GetValueOrDefault(sellerId) : null;
        await transaction.CommitAsync(stop);
        return new(given, [.. shown.Select(figure => new FigureMove(figure.Label, InWords(figure, now), InWords(figure, before)))], asOf);

        string? InWords(SharedFigure figure, OutcomeFigures? figures) => figures is null ? null : figure.Read!(figures, amount => currency?.Format(amount));
    }
}
