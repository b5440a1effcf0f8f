using System.Globalization;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Sellers;

/// <summary>One seller with every figure known of it, and where it stands against similar sellers.</summary>
public sealed record SellerView(
    string Name, string ExternalId, string? ContactEmail, string Lead, string? FiguresTo, IReadOnlyList<Figure> Trade, IReadOnlyList<Figure> Shop, IReadOnlyList<Figure> Profile,
    string PainTitle, IReadOnlyList<PainList.Pain> Pains, string PainNote, string PeerGroup, IReadOnlyList<Figure> Peers);

/// <summary>Fills the seller page.</summary>
sealed class ReadSeller(GuildhallDb db, SellerLookup lookup, PeerGroups peers)
{
    const int CategoriesShown = 4;

    /// <summary>Shares of a whole as percents that add up to 100: each rounded down, and what is left given to the largest remainders, the first of equals first.</summary>
    internal static int[] Percents(IReadOnlyList<double> shares)
    {
        var percents = shares.Select(share => (int)(100 * share)).ToArray();
        var left = (int)Math.Round(100 * shares.Sum()) - percents.Sum();
        foreach (var at in Enumerable.Range(0, shares.Count).OrderByDescending(at => 100 * shares[at] - percents[at]).Take(left)) percents[at]++;
        return percents;
    }

    public async Task<SellerView?> Of(Guid id, CancellationToken stop)
    {
        if (await db.Set<Seller>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, stop) is not { } seller) return null;
        var (from, asOf) = await lookup.Span(stop);
        // Of a seller who joined before the figures begin, the first order that is known may not be the first.
        var isFirstOrderKnown = seller.SignedUpOn is { } signedUp && from is { } begin && signedUp >= begin;
        var figures = asOf is { } day ? (await lookup.Figures([id], day, stop)).GetValueOrDefault(id) : null;
        var judgement = asOf is { } until ? await lookup.Judge([id], until, stop) : null;
        var pains = judgement?.Pains.GetValueOrDefault(id);
        var group = asOf is { } known ? await peers.Of(id, known, stop) : null;
        var currency = (await db.Set<Marketplace>().AsNoTracking().SingleOrDefaultAsync(stop))?.Currency;
        string? Money(long? minorUnits) => minorUnits is { } amount ? currency?.Format(amount) : null;
        string? Day(DateOnly? on) => on?.ToString("ddd d MMM yyyy", CultureInfo.CurrentCulture);
        string? List(IReadOnlyCollection<string>? items) => items is { Count: > 0 } ? string.Join(", ", items) : null;
        var to = asOf is { } last ? $"to {last.ToString("d MMM", CultureInfo.CurrentCulture)}" : null;
        var areFew = group?.Others < PainRules.MinimumPeers;
        IEnumerable<Figure> Middle(string label, string? value) => areFew ? [] : [new(label, value, to)];

        return new SellerView(
            seller.Name ?? seller.ExternalId, seller.ExternalId, seller.ContactEmail,
            string.Join(". ", new[] { (group?.Category ?? seller.Category) is { } path ? CategoryNames.Of(path) : "Category not known", SellerLookup.PlaceOf(seller.City, seller.Region, seller.Country) ?? "Place not known" }),
            asOf?.ToString("ddd d MMM yyyy", CultureInfo.CurrentCulture),
            [
                new("Signed up", Day(seller.SignedUpOn)), new(isFirstOrderKnown ? "First order" : "First known order", Day(figures?.FirstOrderOn)), new("Last order", Day(figures?.LastOrderOn), to),
                new("Days to first sale", isFirstOrderKnown && seller.SignedUpOn is { } joined && figures?.FirstOrderOn is { } sold && sold >= joined ? $"{sold.DayNumber - joined.DayNumber:N0}" : null),
                new("Orders a week", figures?.OrdersPerWeek is { } weekly ? $"{weekly:0.#}{(figures.OrdersPerWeekBefore is { } before ? $", {before:0.#} in the four weeks before" : "")}" : null, to),
                new("Best four weeks, orders a week", figures?.BestOrdersPerWeek?.ToString("0.#", CultureInfo.CurrentCulture), to), new("Sales of 180 days", Money(figures?.RevenueMinorUnits), to),
                new("Average review", figures?.ReviewMean is { } mean ? $"{mean:0.0} of 5, {figures.Reviews:N0} known" : null, to),
            ],
            [
                new("Listings", figures?.Listings?.ToString("N0", CultureInfo.CurrentCulture), to), new("Middle price", Money(figures?.MedianPriceMinorUnits), to),
                new("Middle half of prices", figures?.PriceBandMinorUnits is { } band ? $"{Money(band.Low)} to {Money(band.High)}" : null, to),
                new("Categories", List(figures is null ? null : [.. Percents([.. figures.Categories.Select(c => c.Share)]).Zip(figures.Categories, (percent, c) => $"{CategoryNames.Of(c.Path)} {percent}%").Take(CategoriesShown)]), to),
            ],
            [
                new("Category the marketplace states", seller.Category is { } stated ? CategoryNames.Of(stated) : null), new("Channels", List(seller.Channels)), new("Brands", List(seller.Brands)), new("Languages", List(seller.Languages?.Select(LanguageNames.Of).ToList())), new("Owner group", seller.OperatorGroup), new("Time zone", seller.TimeZone?.Replace('_', ' ')),
            ],
            pains is not null ? "Where sellers of its category do better" : judgement?.Judged.Count > 0 ? "Nothing stands out" : judgement?.Lonely.Count > 0 ? "Too few sellers of its category to compare" : "No figures to compare",
            [.. (pains ?? []).Select(pain => new PainList.Pain(PainRules.Names[pain.Kind], pain.Evidence))],
            asOf is null ? "No figures yet." : $"A figure stands here when three in four sellers of its category do better. Where fewer than {PainRules.MinimumPeers} of them are known, the category around it is taken. What the marketplace does not send is not judged.",
            group is null ? "Not known: this seller has no category, or there are no figures." : $"Of the same category, age and size. {CategoryNames.Of(group.Category)}, {group.Age}, {group.Size}: {group.Others switch { 0 => "no other seller is like it", 1 => "1 other", var others => $"{others:N0} others" }}{(group.Others is > 0 and < PainRules.MinimumPeers ? ", too few to compare" : "")}.",
            group is null ? [] :
            [
                new("This seller’s orders, 90 days", group.OwnOrders?.ToString("N0", CultureInfo.CurrentCulture), to), .. Middle("Middle seller’s orders", group.MiddleOrders?.ToString("0.#", CultureInfo.CurrentCulture)),
                new("This seller’s sales, 90 days", Money(group.OwnRevenueMinorUnits), to), .. Middle("Middle seller’s sales", Money(group.MiddleRevenueMinorUnits)),
            ]);
    }
}
