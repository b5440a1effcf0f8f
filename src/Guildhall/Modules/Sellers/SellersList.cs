using System.Globalization;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Sellers;

/// <summary>One seller in the list, with the figures of the last known day.</summary>
public sealed record SellerRow(string Href, string Name, string? Detail, string? Category, string? SignedUp, string? OrdersAWeek, string? Sales, string? Reviews);

/// <summary>A page of the sellers list.</summary>
public sealed record SellersListView(IReadOnlyList<SellerRow> Rows, GridView Grid, int Total, string? FiguresTo);

/// <summary>Lists sellers a page at a time. The figures are asked for the page's sellers only.</summary>
sealed class SellersList(GuildhallDb db, SellerLookup lookup)
{
    const int PageSize = 50;

    /// <summary>What a select still serves.</summary>
    public const int MostCategories = 500;

    /// <summary>What the address asks for.</summary>
    public sealed record Query
    {
        /// <summary>Words in the name, or how the id begins.</summary>
        public string? Q { get; init; }

        public string? Category { get; init; }

        /// <summary>name or joined; by name when left out.</summary>
        public string? Sort { get; init; }

        /// <summary>The seller that the page begins behind.</summary>
        public Guid? After { get; init; }

        /// <summary>The seller that the page ends before, when somebody goes back.</summary>
        public Guid? Before { get; init; }
    }

    public async Task<SellersListView> Of(Query query, CancellationToken stop)
    {
        var sellers = db.Set<Seller>().AsNoTracking().AsQueryable();
        if (query.Q is { Length: > 0 } words) sellers = sellers.Where(s => EF.Functions.ILike(s.Name ?? s.ExternalId, "%" + Like(words) + "%", "\\") || EF.Functions.ILike(s.ExternalId, Like(words) + "%", "\\"));
        if (query.Category is { Length: > 0 } category) sellers = sellers.Where(s => s.Category == category);

        var total = await sellers.CountAsync(stop);
        var place = await PlaceOf(query.After ?? query.Before, stop);
        var isBack = place is not null && query.After is null;
        var shown = await (query.Sort == "joined" ? ByJoined(sellers, place, isBack) : ByName(sellers, place, isBack)).Take(PageSize + 1).ToListAsync(stop);
        var hasMore = shown.Count > PageSize;
        if (hasMore) shown.RemoveAt(PageSize);
        if (isBack) shown.Reverse();
        var asOf = await lookup.LastDay(stop);
        var figures = asOf is { } day && shown.Count > 0 ? await lookup.Figures([.. shown.Select(s => s.Id)], day, stop) : new Dictionary<Guid, SellerFigures>();
        var currency = (await db.Set<Marketplace>().AsNoTracking().SingleOrDefaultAsync(stop))?.Currency;
        var categories = await db.Set<Seller>().Where(s => s.Category != null).GroupBy(s => s.Category!).OrderByDescending(c => c.Count()).ThenBy(c => c.Key).Select(c => c.Key).Take(MostCategories + 1).ToListAsync(stop);
        var hasMoreCategories = categories.Count > MostCategories;
        var offered = categories.Take(MostCategories).Concat(query.Category is { Length: > 0 } chosen ? [chosen] : []).Distinct().Order(StringComparer.Ordinal);

        string Href(string? sort, Guid? after, Guid? before) => Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString("/manage/sellers", new Dictionary<string, string?>
        {
            ["q"] = query.Q,
            ["category"] = query.Category,
            ["sort"] = sort,
            ["after"] = after?.ToString(),
            ["before"] = before?.ToString(),
        }.Where(part => !string.IsNullOrEmpty(part.Value)));
        return new SellersListView(
            [.. shown.Select(seller => Row(seller, figures.GetValueOrDefault(seller.Id), currency))],
            new GridView(
                "Sellers with their figures",
                [
                    new("Seller", Href(null, null, null), query.Sort == "joined" ? null : "ascending"), new("Main category"), new("Signed up", Href("joined", null, null), query.Sort == "joined" ? "descending" : null),
                    new("Orders a week", IsNumber: true), new("Sales, 180 days", IsNumber: true), new("Reviews"),
                ],
                total == 0 ? "0 sellers" : $"{shown.Count:N0} of {total:N0} {(total == 1 ? "seller" : "sellers")}",
                "/manage/sellers", query.Q ?? "", "Name or id",
                [new("category", hasMoreCategories ? $"Category, of the {MostCategories} with most sellers" : "Category", [new("", "All"), .. offered.Select(path => new Choice(path, CategoryNames.Of(path)))], query.Category)],
                query.Sort is null ? [] : [("sort", query.Sort)],
                shown.Count > 0 && (isBack ? hasMore : place is not null) ? Href(query.Sort, null, shown[0].Id) : null,
                shown.Count > 0 && (isBack || hasMore) ? Href(query.Sort, shown[^1].Id, null) : null),
            total, asOf?.ToString("ddd d MMM yyyy", CultureInfo.CurrentCulture));
    }

    /// <summary>Where a seller stands in the orders of the list. A page is found by the seller beside it, through an index: the thousandth costs what the first does.</summary>
    sealed record ListPlace(string Name, DateOnly Joined, Guid Id);

    async Task<ListPlace?> PlaceOf(Guid? id, CancellationToken stop) => id is null ? null
        : await db.Set<Seller>().Where(s => s.Id == id).Select(s => new ListPlace(s.Name ?? s.ExternalId, s.SignedUpOn ?? DateOnly.MinValue, s.Id)).SingleOrDefaultAsync(stop);

    static IQueryable<Seller> ByName(IQueryable<Seller> sellers, ListPlace? place, bool isBack) => isBack
        ? sellers.Where(s => EF.Functions.LessThan(ValueTuple.Create(s.Name ?? s.ExternalId, s.Id), ValueTuple.Create(place!.Name, place.Id))).OrderByDescending(s => s.Name ?? s.ExternalId).ThenByDescending(s => s.Id)
        : (place is null ? sellers : sellers.Where(s => EF.Functions.GreaterThan(ValueTuple.Create(s.Name ?? s.ExternalId, s.Id), ValueTuple.Create(place.Name, place.Id)))).OrderBy(s => s.Name ?? s.ExternalId).ThenBy(s => s.Id);

    static IQueryable<Seller> ByJoined(IQueryable<Seller> sellers, ListPlace? place, bool isBack) => isBack
        ? sellers.Where(s => EF.Functions.GreaterThan(ValueTuple.Create(s.SignedUpOn ?? DateOnly.MinValue, s.Id), ValueTuple.Create(place!.Joined, place.Id))).OrderBy(s => s.SignedUpOn ?? DateOnly.MinValue).ThenBy(s => s.Id)
        : (place is null ? sellers : sellers.Where(s => EF.Functions.LessThan(ValueTuple.Create(s.SignedUpOn ?? DateOnly.MinValue, s.Id), ValueTuple.Create(place.Joined, place.Id)))).OrderByDescending(s => s.SignedUpOn ?? DateOnly.MinValue).ThenByDescending(s => s.Id);

    // The words are looked for as they are: a percent sign is a percent sign.
    static string Like(string words) => words.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);

    static SellerRow Row(Seller seller, SellerFigures? figures, Currency? currency) => new(
        $"/manage/sellers/{seller.Id}", seller.Name ?? seller.ExternalId,
        string.Join(" · ", new[] { seller.Name is null ? null : seller.ExternalId, SellerLookup.PlaceOf(seller.City, seller.Region, seller.Country) }.OfType<string>()),
        seller.Category is { } category ? CategoryNames.Of(category) : null, seller.SignedUpOn?.ToString("d MMM yyyy", CultureInfo.CurrentCulture),
        figures?.OrdersPerWeek?.ToString("0.#", CultureInfo.CurrentCulture), figures?.RevenueMinorUnits is { } revenue ? currency?.Format(revenue) : null,
        figures?.ReviewMean is { } mean ? $"{mean:0.0} of 5, {figures.Reviews:N0} known" : null);
}
