using Guildhall.Modules.People;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Programs;

/// <summary>One version of the charter in the list.</summary>
/// <param name="PublishedBy">Null for an account that is gone.</param>
/// <param name="Withdrawn">When and why it was taken back, and by whom; null where it was not.</param>
public sealed record CharterRow(int Number, string WhatChanged, DateTimeOffset PublishedAt, string? PublishedBy, CharterWithdrawal? Withdrawn);

/// <summary>How a version was taken back.</summary>
public sealed record CharterWithdrawal(DateTimeOffset At, string? By, string Reason);

/// <summary>The charter as staff see it.</summary>
/// <param name="Shown">The version whose text is on the page.</param>
/// <param name="Before">The version that holds again when the current one is withdrawn; null where there is none.</param>
public sealed record CharterView(CharterInForce Current, CharterInForce Shown, int Newest, int? Before, IReadOnlyList<CharterRow> Rows, int Page, bool HasMore, string? TimeZone);

/// <summary>Reads the charter and the list of its versions: a page of rows, their names in one query.</summary>
sealed class CharterList(GuildhallDb db, CharterLookup charter, AccountLookup accounts)
{
    const int PageSize = 50;

    /// <param name="number">The version to show; the one that holds where that is none.</param>
    public async Task<CharterView> Of(int? number, int page, CancellationToken stop)
    {
        var current = await charter.Current(stop);
        page = Math.Clamp(page, 1, int.MaxValue / PageSize);
        var versions = await db.Set<CharterVersion>().AsNoTracking().OrderByDescending(version => version.Number).Skip((page - 1) * PageSize).Take(PageSize + 1)
            .Select(version => new { version.Number, version.WhatChanged, version.PublishedAt, version.PublishedBy, version.WithdrawnAt, version.WithdrawnBy, version.WithdrawnReason }).ToListAsync(stop);
        var names = await accounts.Names([.. versions.SelectMany(version => new[] { version.PublishedBy, version.WithdrawnBy ?? version.PublishedBy }).Distinct()], stop);
        string? Name(Guid id) => id == Actor.Product.AccountId ? Actor.Product.Name : names.GetValueOrDefault(id);
        return new CharterView(
            current, number is { } asked && asked != current.Number && await charter.Version(asked, stop) is { } shown ? shown : current,
            await db.Set<CharterVersion>().MaxAsync(version => version.Number, stop),
            await db.Set<CharterVersion>().Where(version => version.WithdrawnAt == null && version.Number < current.Number).MaxAsync(version => (int?)version.Number, stop),
            [.. versions.Take(PageSize).Select(version => new CharterRow(
                version.Number, version.WhatChanged, version.PublishedAt, Name(version.PublishedBy),
                version.WithdrawnAt is { } at ? new CharterWithdrawal(at, Name(version.WithdrawnBy!.Value), version.WithdrawnReason!) : null))],
            page, versions.Count > PageSize, (await db.Set<Marketplace>().AsNoTracking().SingleOrDefaultAsync(stop))?.TimeZone);
    }
}
