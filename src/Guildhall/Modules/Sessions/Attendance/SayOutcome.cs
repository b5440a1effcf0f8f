using Guildhall.Modules.Enrollment;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Sessions;

/// <summary>One side says what came of a session, or corrects what it said, for a week after it.</summary>
sealed class SayOutcome(GuildhallDb db, TimeProvider clock)
{
    public async Task<Refusal?> Run(Guid id, Side side, ShopActor shop, Outcome outcome, CancellationToken stop)
    {
        var session = await db.Set<Session>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, stop);
        if (session?.SideOf(shop.SellerId) is not { } own || own != side) return Refusal.NotFound("session");
        var now = clock.GetUtcNow();
        if (session.State == SessionState.Cancelled) return Refusal.Conflict("cancelled", "This session was cancelled, so there is nothing to say of it. Nothing was changed.");
        if (now < session.EndsAt) return Refusal.Conflict("not_over", "This session is not over yet. Nothing was changed. When it is, say here whether you met.");
        if (now >= session.EndsAt + Attendance.Window) return Refusal.Conflict("too_late", $"The {Attendance.Window.Days} days in which the two of you can say it are over. Nothing was changed. Write to the program’s team if it is wrong.");
        // A cancellation is refused once a session has begun, so nothing that was read above changes before this is written.
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO sessions.statement (session_id, side, outcome, account_id, said_at) VALUES ({id}, {side.ToString()}, {outcome.ToString()}, {shop.AccountId}, {now})
            ON CONFLICT (session_id, side) DO UPDATE SET outcome = excluded.outcome, account_id = excluded.account_id, said_at = excluded.said_at
            """, stop);
        return null;
    }
}
