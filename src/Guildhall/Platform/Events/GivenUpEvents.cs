using Guildhall.Platform.Database;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Platform.Events;

/// <summary>How many events of one kind don't reach one handler.</summary>
/// <param name="GivenUp">Not tried any more.</param>
/// <param name="LastFailure">The kind of what went wrong the last time with one of them.</param>
sealed record StuckEvents(string Handler, string Type, int Failing, int GivenUp, DateTimeOffset OldestAt, string LastFailure);

/// <summary>What handlers could not handle, for the command that shows it and tries it again.</summary>
sealed class GivenUpEvents(GuildhallDb db, TimeProvider clock)
{
    public Task<List<StuckEvents>> List(CancellationToken stop) => db.Database.SqlQuery<StuckEvents>($"""
        SELECT delivery.handler AS "Handler", event.type AS "Type", count(delivery.next_try_at)::int AS "Failing", (count(*) - count(delivery.next_try_at))::int AS "GivenUp",
            min(event.published_at) AS "OldestAt", max(delivery.last_failure) AS "LastFailure"
        FROM platform.event_delivery delivery JOIN platform.event ON event.id = delivery.event_id
        WHERE delivery.last_failure IS NOT NULL GROUP BY delivery.handler, event.type
        """).OrderBy(stuck => stuck.Handler).ToListAsync(stop);

    /// <returns>How many are tried again.</returns>
    public Task<int> TryAgain(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        return db.Database.ExecuteSqlAsync($"UPDATE platform.event_delivery SET tries = 0, next_try_at = {now} WHERE next_try_at IS NULL", stop);
    }
}

/// <summary>Removes events that were delivered, or given up, long ago. One that still waits for a handler stays.</summary>
sealed class KeepEvents(GuildhallDb db) : IKeepForAWhile
{
    public KeptKind Kind { get; } = new("events", "What parts of the product tell each other, as ids", "To find out why somebody was not told of something.", 1);

    public Task<int> Remove(DateTimeOffset before, CancellationToken stop) => db.Database.ExecuteSqlAsync($"""
        DELETE FROM platform.event WHERE published_at < {before}
        AND NOT EXISTS (SELECT FROM platform.event_delivery delivery WHERE delivery.event_id = event.id AND delivery.next_try_at IS NOT NULL)
        """, stop);
}
