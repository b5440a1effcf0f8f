using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Platform.Jobs;

/// <summary>
/// The time by the database, which all nodes share. By clocks of their own, a node minutes ahead takes the others for dead, and may begin what they are at.
/// </summary>
/// <param name="own">The clock of this node.</param>
sealed class DatabaseClock(TimeProvider own) : TimeProvider
{
    long aheadTicks;

    public override DateTimeOffset GetUtcNow() => own.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref aheadTicks));

    /// <summary>Right to within half of what the question takes.</summary>
    public async Task Set(GuildhallDb db, CancellationToken stop)
    {
        // Before the clock is looked at: opening a connection takes longer than the question.
        await db.Database.OpenConnectionAsync(stop);
        var asked = own.GetUtcNow();
        var there = await db.Database.SqlQuery<DateTimeOffset>($"SELECT clock_timestamp() AS \"Value\"").SingleAsync(stop);
        var middle = asked + (own.GetUtcNow() - asked) / 2;
        Interlocked.Exchange(ref aheadTicks, (there - middle).Ticks);
    }
}
