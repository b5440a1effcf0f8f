using Guildhall.Platform.Database;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Notices;

/// <summary>Removes the notes of which days’ digests were made. They matter for a day; the rest answers who asks.</summary>
sealed class KeepDigests(GuildhallDb db) : IKeepForAWhile
{
    public KeptKind Kind { get; } = new("digests", "On which days somebody had a digest", "So that nobody gets two of one day, and to answer somebody who asks why none came.", 1);

    public Task<int> Remove(DateTimeOffset before, CancellationToken stop)
    {
        var day = DateOnly.FromDateTime(before.UtcDateTime);
        return db.Set<Digest>().Where(digest => digest.Day < day).ExecuteDeleteAsync(stop);
    }
}
