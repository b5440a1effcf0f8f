using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Sessions;

/// <summary>
/// Keeps sessions at the wall time that was agreed when a country changes the rules of its clocks: a machine learns of that by an update, so it is looked for every hour. Both are told, and their calendars follow.
/// </summary>
sealed class KeepWallTimes(GuildhallDb db, TellOfSession tell, TimeProvider clock, ILogger<KeepWallTimes> log)
{
    const int BatchSize = 500;

    public async Task Run(CancellationToken stop)
    {
        var after = Guid.Empty;
        while (true)
        {
            var now = clock.GetUtcNow();
            var ahead = await db.Set<Session>().AsNoTracking().Where(session => session.State == SessionState.Booked && session.StartsAt > now && session.Id > after).OrderBy(session => session.Id).Take(BatchSize).ToListAsync(stop);
            foreach (var session in ahead.Where(session => session.Shift(now))) await Shift(session.Id, stop);
            if (ahead.Count < BatchSize) return;
            after = ahead[^1].Id;
        }
    }

    async Task Shift(Guid id, CancellationToken stop)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var people = await db.Set<Session>().Where(session => session.Id == id).Select(session => new { session.MenteeSellerId, session.MentorSellerId }).SingleAsync(stop);
        await db.HoldTimes(people.MenteeSellerId, people.MentorSellerId, stop);
        var session = await db.Set<Session>().SingleAsync(one => one.Id == id, stop);
        // Another node that started with this one has done it.
        var (now, before) = (clock.GetUtcNow(), session.StartsAt);
        if (!session.Shift(now)) return;
        var by = session.StartsAt - before;
        var busy = await db.Set<Busy>().Where(one => one.SessionId == id).ToListAsync(stop);
        foreach (var one in busy) one.Shift(by);
        db.Add(new SessionChange(session, SessionDeed.Shifted, side: null, Guid.Empty, "", now));
        await tell.Of(session, SessionDeed.Shifted, by: null, accountId: null, hasWords: false, stop);
        try
        {
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateException overlap) when (overlap.Overlaps())
        {
            // Somebody has sessions in two countries that moved against each other. People have to decide which one stays.
            log.LogWarning("Session {Session} stays at its old instant: by the new rules of the zone {Zone} one of its people would meet two at once", id, session.TimeZone);
            return;
        }

        await transaction.CommitAsync(stop);
    }
}
