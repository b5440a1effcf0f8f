using Guildhall.Modules.Enrollment;
using Guildhall.Modules.People;
using Guildhall.Platform.Database;
using Guildhall.Platform.Mail;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Sessions;

/// <summary>
/// Reminds both people of a session a day and an hour before it. Safe to repeat, and on several nodes at once: who was reminded of which time is stored with the mail. A reminder that is late is still sent while the next one is not due.
/// </summary>
sealed class RemindOfSessions(GuildhallDb db, SessionPeople people, AccountLookup accounts, OwnClock own, Outbox outbox, TimeProvider clock)
{
    /// <summary>Nobody needs it to take part: whoever doesn't want it turns it off.</summary>
    public static readonly MailKind Kind = new("session-reminder", "Reminders of sessions", IsTransactional: false) { For = Readers.Mentees | Readers.Mentors };

    public const int BatchSize = 50;

    /// <summary>The earlier first; each is sent until the next.</summary>
    static readonly IReadOnlyList<(int HoursBefore, int Until)> all = [(24, 1), (1, 0)];

    public async Task Run(CancellationToken stop)
    {
        foreach (var (hoursBefore, until) in all)
        {
            while (await Batch(hoursBefore, until, stop) == BatchSize) db.ChangeTracker.Clear();
            db.ChangeTracker.Clear();
        }
    }

    async Task<int> Batch(int hoursBefore, int until, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var (after, before) = (now.AddHours(until), now.AddHours(hoursBefore));
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        // Who booked or moved it less than that before it has just had a mail about it. A session that another node has at this moment is left to it.
        var due = await db.Set<Session>().FromSql($"""
            SELECT * FROM sessions.session s
            WHERE state = 'Booked' AND starts_at > {after} AND starts_at <= {before}
                AND (SELECT max(c.at) FROM sessions.session_change c WHERE c.session_id = s.id) <= starts_at - make_interval(hours => {hoursBefore})
                AND NOT EXISTS (SELECT FROM sessions.reminder r WHERE r.session_id = s.id AND r.hours_before = {hoursBefore} AND r.starts_at = s.starts_at)
            ORDER BY starts_at, id LIMIT {BatchSize} FOR UPDATE OF s SKIP LOCKED
            """).AsNoTracking().ToListAsync(stop);
        if (due.Count == 0) return 0;

        var called = await people.Of(due, stop);
        var addresses = await accounts.AddressesOf([.. due.SelectMany(session => new[] { session.MenteeSellerId, session.MentorSellerId }).Distinct()], stop);
        foreach (var session in due)
        {
            foreach (var side in new[] { Side.Mentee, Side.Mentor })
            {
                var seller = side == Side.Mentee ? session.MenteeSellerId : session.MentorSellerId;
                await db.Database.ExecuteSqlAsync($"INSERT INTO sessions.reminder (session_id, seller_id, hours_before, starts_at, sent_at) VALUES ({session.Id}, {seller}, {hoursBefore}, {session.StartsAt}, {now})", stop);
                if (!addresses.Contains(seller)) continue;
                var (other, zone) = (called(session, side.Other()), await own.OfShop(seller, stop));
                foreach (var address in addresses[seller])
                {
                    outbox.Add(new Mail(
                        Kind, address, $"{(hoursBefore == 1 ? "Soon" : SessionWords.DayAndHour(session.StartsAt, zone))}: session with {other.Name}",
                        [$"You meet {other.Name} on {SessionWords.Own(session.StartsAt, session.LengthMinutes, zone)}.", "The topics and the way in stand on its page."], new Link("Open the session", SessionRoutes.Path(side, session.Id)))
                    { About = new(side == Side.Mentee ? session.MentorId : session.MenteeId, other.Name), UsefulUntil = session.StartsAt });
                }
            }
        }

        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return due.Count;
    }
}
