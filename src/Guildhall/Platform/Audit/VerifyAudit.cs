using System.Globalization;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Platform.Audit;

/// <summary>What became of a check of the trail.</summary>
/// <param name="Rows">How many rows of the chain were read.</param>
/// <param name="Since">When the first of them was written.</param>
/// <param name="Waiting">Rows that are not in the chain yet.</param>
/// <param name="Head">The last place and its digest: written down elsewhere, it shows later whether the whole chain was made anew.</param>
/// <param name="Broken">What is wrong at the first place that is; null while the chain is whole.</param>
public sealed record AuditCheck(long Rows, DateTimeOffset? Since, int Waiting, string Head, string? Broken)
{
    public string Told => string.Create(CultureInfo.CurrentCulture, $"Checked {Rows:N0} {(Rows == 1 ? "row" : "rows")}, {(Broken is { } broken ? $"and the chain is broken: {broken}" : Since is { } since ? $"chain whole since {since:d MMMM yyyy}" : "nothing is in the chain yet")}.");
}

/// <summary>Reads the whole trail and computes its chain anew, by our own code rather than the database's, which may have been changed with it.</summary>
public sealed class VerifyAudit(GuildhallDb db)
{
    /// <param name="head">A <see cref="AuditCheck.Head"/> that was written down earlier: a chain that was made anew as a whole doesn't lead through it.</param>
    public async Task<AuditCheck> Run(CancellationToken stop, string? head = null)
    {
        // One moment of the database: rows that are sealed meanwhile belong to the next check.
        await using var transaction = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, stop);
        byte[] digest = [];
        var (position, broken, since) = (0L, (string?)null, (DateTimeOffset?)null);
        var chain = from link in db.Set<AuditLink>().AsNoTracking() join e in db.Set<AuditEntry>().AsNoTracking() on link.EntryId equals e.Id into found from entry in found.DefaultIfEmpty() orderby link.Position select new { link, entry };
        await foreach (var row in chain.AsAsyncEnumerable().WithCancellation(stop))
        {
            position++;
            if (row.link.Position != position) broken = $"place {position:N0} was removed";
            else if (row.entry is null) broken = $"the row at place {position:N0} was removed";
            else if (!(digest = row.entry.DigestAfter(digest)).AsSpan().SequenceEqual(row.link.Digest)) broken = $"the row at place {position:N0} was changed, or stood elsewhere";
            else if (head is not null && head.StartsWith(string.Create(CultureInfo.InvariantCulture, $"{position}:"), StringComparison.Ordinal) && head != Place(position, digest)) broken = $"place {position:N0} is another than the one written down";
            if (broken is not null) break;
            since ??= row.entry!.At;
        }

        var waiting = await db.Set<AuditPending>().CountAsync(stop);
        if (broken is null && head is not null && (!long.TryParse(head.Split(':')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var known) || known > position || (known == 0 && head != Place(0, [])))) broken = "it does not lead through the place written down";
        var last = await db.Set<AuditHead>().AsNoTracking().SingleOrDefaultAsync(stop);
        if (broken is null && (last is null || last.Position != position || !last.Digest.AsSpan().SequenceEqual(digest))) broken = $"it ends at place {position:N0} and went further before";
        if (broken is null && await db.Set<AuditEntry>().AnyAsync(e => !db.Set<AuditLink>().Any(link => link.EntryId == e.Id) && !db.Set<AuditPending>().Any(pending => pending.EntryId == e.Id), stop))
            broken = "a row stands beside it that was never sealed";
        return new AuditCheck(position, since, waiting, Place(position, digest), broken);
    }

    static string Place(long position, byte[] digest) => string.Create(CultureInfo.InvariantCulture, $"{position}:{Convert.ToHexStringLower(digest)}");
}
