using System.Globalization;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Sellers;

/// <summary>One seller in the list, with the figures of the last known day.</summary>
public sealed record SellerRow(string Href, string Name, string? Place, string? Category, string? SignedUp, string? OrdersAWeek, string? Sales, string? Reviews);

/// <summary>A page of the sellers list.</summary>
public sealed record SellersListView(IReadOnlyList<SellerRow> Rows, GridView Grid, int Total, string? FiguresTo);

/// <summary>Lists sellers a page at a time. The figures are asked for the page's sellers only.</summary>
sealed class SellersList(GuildhallDb db, SellerLookup lookup)
{
    const int PageSize = 50;
    static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");

    /// <summary>What the address asks for.</summary>
    /// <param name="Q">Words in the name or the id.</param>
    /// <param name="Sort">name or joined; by name when left out.</param>
    public sealed record Query(string? Q, string? Category, string? Sort, int? Page);

    public async Task<SellersListView> Of(Query query, CancellationToken stop)
    {
        var page = Math.Clamp(query.Page ?? 1, 1, 100_000);
        var sellers = db.Set<Seller>().AsNoTracking().AsQueryable();
        if (query.Q is { Length: > 0 } words) sellers = sellers.Where(s => EF.Functions.ILike(s.Name ?? s.ExternalId, "%" + Like(words) + "%", "\\") || s.ExternalId == words);
        if (query.Category is { Length: > 0 } category) sellers = sellers.Where(s => s.Category == category);

        var total = await sellers.CountAsync(stop);
        var ordered = query.Sort == "joined" ? sellers.OrderByDescending(s => s.SignedUpOn.HasValue).ThenByDescending(s => s.SignedUpOn).ThenBy(s => s.Id) : sellers.OrderBy(s => s.Name ?? s.ExternalId).ThenBy(s => s.Id);
        var shown = await ordered.Skip((page - 1) * PageSize).Take(PageSize).ToListAsync(stop);
        var asOf = await lookup.LastDay(stop);
        var figures = asOf is { } day && shown.Count > 0 ? await lookup.Figures([.. shown.Select(s => s.Id)], day, stop) : new Dictionary<Guid, SellerFigures>();
        var currency = (await db.Set<Marketplace>().AsNoTracking().SingleOrDefaultAsync(stop))?.Currency;
        var categories = await db.Set<Seller>().Where(s => s.Category != null).Select(s => s.Category!).Distinct().Order().Take(500).ToListAsync(stop);

        string Href(string? sort, int to) => Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString("/manage/sellers", new Dictionary<string, string?>
        {
            ["q"] = query.Q,
            ["category"] = query.Category,
            ["sort"] = sort,
            ["page"] = to == 1 ? null : to.ToString(CultureInfo.InvariantCulture),
        }.Where(part => !string.IsNullOrEmpty(part.Value)));
        var first = ((page - 1) * PageSize) + 1;
        return new SellersListView(
            [.. shown.Select(seller => Row(seller, figures.GetValueOrDefault(seller.Id), currency))],
            new GridView(
                "Sellers with their figures",
                [
                    new("Seller", Href(null, 1), query.Sort == "joined" ? null : "ascending"), new("Main category"), new("Signed up", Href("joined", 1), query.Sort == "joined" ? "descending" : null),
                    new("Orders a week", IsNumber: true), new("Sales, 180 days", IsNumber: true), new("Reviews"),
                ],
                total == 0 ? "No seller matches" : string.Create(English, $"{first:N0} to {first + shown.Count - 1:N0} of {total:N0} sellers"),
                "/manage/sellers", query.Q ?? "", "Name or id",
                [new("category", "Category", [new("", "All"), .. categories.Select(path => new Choice(path, CategoryNames.Of(path)))], query.Category)],
                query.Sort is null ? [] : [("sort", query.Sort)],
                page > 1 ? Href(query.Sort, page - 1) : null, page * PageSize < total ? Href(query.Sort, page + 1) : null),
            total, asOf?.ToString("ddd d MMM yyyy", English));
    }

    // The words are looked for as they are: a percent sign is a percent sign.
    static string Like(string words) => words.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);

    static SellerRow Row(Seller seller, SellerFigures? figures, Currency? currency) => new(
        $"/manage/sellers/{seller.Id}", seller.Name ?? seller.ExternalId, SellerLookup.PlaceOf(seller.City, seller.Region, seller.Country),
        seller.Category is { } category ? CategoryNames.Of(category) : null, seller.SignedUpOn?.ToString("d MMM yyyy", English),
        figures?.OrdersPerWeek?.ToString("0.#", English), figures?.RevenueMinorUnits is { } revenue ? currency?.Format(revenue) : null,
        figures?.ReviewMean is { } mean ? string.Create(English, $"{mean:0.0} of 5, {figures.Reviews:N0} known") : null);
}
