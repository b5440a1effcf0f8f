using Guildhall.Modules.People;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Programs;

/// <summary>One version of a program's rules.</summary>
/// <param name="By">Who made it; null for an account that is gone.</param>
/// <param name="Changes">What it changed against the one before; none for the first.</param>
public sealed record VersionRow(int Number, string? By, DateTimeOffset At, IReadOnlyList<string> Changes);

/// <summary>A page of the versions of a program's rules, the newest first.</summary>
public sealed record VersionsView(string Slug, string Name, string Cohort, bool IsDraft, string? TimeZone, IReadOnlyList<VersionRow> Rows, int Page, bool HasMore);

/// <summary>Lists the versions of a program's rules: one query for the program, one for the page's versions, one for the names, one for the currency.</summary>
sealed class VersionList(GuildhallDb db, AccountLookup accounts)
{
    const int PageSize = 50;

    public async Task<VersionsView?> Of(string slug, int page, CancellationToken stop)
    {
        var program = await db.Set<Program>().Where(p => p.Slug == slug).Select(p => new { p.Id, p.Name, p.Cohort, p.State }).SingleOrDefaultAsync(stop);
        if (program is null) return null;
        page = Math.Clamp(page, 1, int.MaxValue / PageSize);
        // One more than is shown: what the last one changed is seen against it.
        var versions = await db.Set<ProgramVersion>().AsNoTracking().Where(v => v.ProgramId == program.Id).OrderByDescending(v => v.Number).Skip((page - 1) * PageSize).Take(PageSize + 1).ToListAsync(stop);
        var names = await accounts.Names([.. versions.Select(version => version.ChangedBy).Distinct()], stop);
        var marketplace = await db.Set<Marketplace>().AsNoTracking().SingleOrDefaultAsync(stop);
        string? Name(Guid id) => id == Actor.Product.AccountId ? Actor.Product.Name : names.GetValueOrDefault(id);
        var rows = versions.Take(PageSize).Select((version, at) => new VersionRow(
            version.Number, Name(version.ChangedBy), version.ChangedAt, at + 1 < versions.Count ? DesignWords.Changes(versions[at + 1].Design, version.Design, marketplace?.CurrencyCode) : []));
        return new VersionsView(slug, program.Name, program.Cohort, program.State == ProgramState.Draft, marketplace?.TimeZone, [.. rows], page, versions.Count > PageSize);
    }
}
