using System.Globalization;
using Guildhall.Modules.Enrollment;
using Guildhall.Platform;

namespace Guildhall.Modules.Mentorships;

/// <summary>What the two of a mentorship look at before they talk.</summary>
/// <param name="Actions">What is open, with what is due first first.</param>
/// <param name="Figures">For the mentor only what the mentee shares.</param>
/// <param name="FiguresTo">The last day of the figures; null when none is shown.</param>
public sealed record PairBrief(IReadOnlyList<ActionView> Actions, IReadOnlyList<FigureMove> Figures, string? FiguresTo);

/// <summary>Tells the two of a mentorship where they stand.</summary>
public interface IBriefPairs
{
    /// <param name="then">The day to compare the figures with.</param>
    /// <returns>Null for anybody but the two, and when their time is over.</returns>
    Task<PairBrief?> Brief(Guid mentorshipId, Side side, ShopActor shop, DateOnly then, CancellationToken stop);
}

sealed class ReadBrief(IKnowPairs pairs, ReadActions actions, ReadFigures figures) : IBriefPairs
{
    public async Task<PairBrief?> Brief(Guid mentorshipId, Side side, ShopActor shop, DateOnly then, CancellationToken stop)
    {
        if (await pairs.One(mentorshipId, shop.SellerId, stop) is not { } pair || await actions.Of(mentorshipId, side, shop, 1, stop) is not { IsOver: false } agreed) return null;
        var read = side == Side.Mentee ? await figures.Own(shop.SellerId, then, stop) : await figures.Shared(pair.Mentee.SellerId, then, stop);
        return new(agreed.Open, read.Figures, read.AsOf?.ToString("ddd d MMM yyyy", CultureInfo.CurrentCulture));
    }
}
