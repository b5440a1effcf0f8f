using Guildhall.Modules.Enrollment;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Mentorships;

/// <summary>
/// One side of a mentorship's messages: how far they were read and told of, and whether this side wants any. Who writes holds both sides until they are done
/// (<see cref="Lock"/>), so that the order of a thread is one, and a pause holds for whatever comes after it.
/// </summary>
sealed class ThreadSide
{
    ThreadSide() { }

    public Guid MentorshipId { get; private set; }
    public Side Side { get; private set; }

    /// <summary>When this side wrote last.</summary>
    public DateTimeOffset? LastWroteAt { get; private set; }

    /// <summary>Since when this side waits for an answer: its first message that has none yet.</summary>
    public DateTimeOffset? WaitsSince { get; private set; }

    /// <summary>The time of the newest message that this side was shown.</summary>
    public DateTimeOffset? ReadUpTo { get; private set; }

    /// <summary>The time of the newest message that this side was told of by mail, and when that was.</summary>
    public DateTimeOffset? ToldUpTo { get; private set; }
    public DateTimeOffset? ToldAt { get; private set; }

    /// <summary>When to see whether there is something to tell; null while nothing came.</summary>
    public DateTimeOffset? TellAt { get; private set; }

    /// <summary>Since when this side wants no messages either way.</summary>
    public DateTimeOffset? PausedAt { get; private set; }

    /// <summary>When this side said that it wants to go on writing after the end.</summary>
    public DateTimeOffset? KeepsAt { get; private set; }

    public void Wrote(DateTimeOffset at)
    {
        LastWroteAt = at;
        WaitsSince ??= at;
    }

    /// <returns>Since when this side had waited; null where it didn't.</returns>
    public DateTimeOffset? GetAnswer(DateTimeOffset tellAt)
    {
        var since = WaitsSince;
        WaitsSince = null;
        TellAt ??= tellAt;
        return since;
    }

    public void TellLater(DateTimeOffset at) => TellAt = at;

    public void NothingToTell() => TellAt = null;

    public void Told(DateTimeOffset upTo, DateTimeOffset now) => (ToldUpTo, ToldAt, TellAt) = (upTo, now, null);

    /// <summary>Told by mail, and not on the page since.</summary>
    public bool HasNotLookedSinceTold => ToldUpTo is { } told && (ReadUpTo is null || ReadUpTo < told);

    public void Pause(DateTimeOffset now) => PausedAt ??= now;

    public void Resume() => PausedAt = null;

    public void Keep(DateTimeOffset now) => KeepsAt ??= now;

    public void Close() => KeepsAt = null;

    /// <summary>Both sides of a thread, held until the transaction ends; they are made the first time.</summary>
    public static async Task<(ThreadSide Own, ThreadSide Other)> Lock(GuildhallDb db, Guid mentorshipId, Side own, CancellationToken stop)
    {
        await db.Database.ExecuteSqlAsync($"INSERT INTO mentorships.thread_side (mentorship_id, side) VALUES ({mentorshipId}, 'Mentee'), ({mentorshipId}, 'Mentor') ON CONFLICT DO NOTHING", stop);
        var sides = await db.Set<ThreadSide>().FromSql($"SELECT * FROM mentorships.thread_side WHERE mentorship_id = {mentorshipId} ORDER BY side FOR UPDATE").ToListAsync(stop);
        return (sides.Single(side => side.Side == own), sides.Single(side => side.Side != own));
    }

    public static void Map(EntityTypeBuilder<ThreadSide> side)
    {
        side.HasKey(s => new { s.MentorshipId, s.Side });
        side.HasOne<Mentorship>().WithMany().HasForeignKey(s => s.MentorshipId);
        side.HasIndex(s => s.TellAt).HasFilter("tell_at IS NOT NULL");
        side.Ignore(s => s.HasNotLookedSinceTold);
    }
}
