using System.Globalization;
using Guildhall.Modules.People;
using Guildhall.Modules.Programs;
using Guildhall.Platform.Database;
using Guildhall.Platform.Mail;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>
/// Tells everybody who was taken in when their cohort's welcome session is booked, moved or taken out, and whoever comes in later. A batch at a time; nobody is told
/// of two changes within an hour, so a manager who corrects a time three times sends one mail more, not three.
/// </summary>
sealed class TellOfWelcome(GuildhallDb db, ProgramLookup programs, OwnClock own, AccountLookup accounts, Outbox outbox, TimeProvider clock)
{
    /// <summary>They take part without it, and the page says the same: whoever doesn't want it turns it off.</summary>
    public static readonly MailKind Kind = new("welcome-session", "Your cohort’s welcome session", IsTransactional: false) { For = Readers.Mentees | Readers.Mentors };

    public const int BatchSize = 50;
    static readonly TimeSpan quietFor = TimeSpan.FromHours(1);

    /// <returns>How many were looked at; under <see cref="BatchSize"/> nobody waits any more.</returns>
    public async Task<int> Batch(PlannedWelcome program, CancellationToken stop)
    {
        var (now, startsAt) = (clock.GetUtcNow(), program.Welcome?.StartsAt);
        // Nobody is invited to what is over, nor told that there never was one.
        if (startsAt < now) return 0;
        var quietSince = now - quietFor;
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        // Whom another node is telling at this moment is left to it.
        var waiting = await db.Database.SqlQuery<Waiting>($"""
            SELECT p.id AS "Id", p.seller_id AS "SellerId", p.side = 'Mentor' AS "IsMentor", n.participant_id IS NOT NULL AS "WasTold"
            FROM enrollment.participant p LEFT JOIN enrollment.welcome_notice n ON n.participant_id = p.id
            WHERE p.program_id = {program.ProgramId} AND CASE WHEN n.participant_id IS NULL THEN {startsAt}::timestamptz IS NOT NULL ELSE n.starts_at IS DISTINCT FROM {startsAt}::timestamptz AND n.told_at < {quietSince} END
            ORDER BY p.id LIMIT {BatchSize} FOR UPDATE OF p SKIP LOCKED
            """).ToListAsync(stop);
        if (waiting.Count == 0) return 0;

        var addresses = await accounts.AddressesOf([.. waiting.Select(person => person.SellerId).Distinct()], stop);
        foreach (var person in waiting)
        {
            if (!addresses.Contains(person.SellerId)) continue;
            var zone = await own.OfShop(person.SellerId, stop);
            foreach (var address in addresses[person.SellerId]) outbox.Add(Letter(program, person, zone, address));
        }

        var ids = waiting.Select(person => person.Id).ToArray();
        await db.SaveChangesAsync(stop);
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO enrollment.welcome_notice (participant_id, starts_at, told_at) SELECT id, {startsAt}::timestamptz, {now} FROM unnest({ids}) id
            ON CONFLICT (participant_id) DO UPDATE SET starts_at = excluded.starts_at, told_at = excluded.told_at
            """, stop);
        await transaction.CommitAsync(stop);
        return waiting.Count;
    }

    public async Task Run(CancellationToken stop)
    {
        foreach (var program in await programs.Welcomes(stop))
            while (await Batch(program, stop) == BatchSize) db.ChangeTracker.Clear();
    }

    static Mail Letter(PlannedWelcome program, Waiting person, TimeZoneInfo zone, string to)
    {
        var name = $"{program.Name}, {program.Cohort}";
        var action = new Link("See what it is about", person.IsMentor ? "/mentor/welcome" : "/me/welcome");
        return program.Welcome is not { } welcome
            ? new Mail(Kind, to, $"The welcome session of {program.Name} is off for now", [$"The welcome session of {name} was taken out of the plan. When there is another day, we write to you."], action)
            : new Mail(Kind, to, person.WasTold ? $"The welcome session of {program.Name} has another time" : $"The welcome session of {program.Name}",
                [
                    $"{(person.WasTold ? "It is now on" : $"{name} meets on")} {CohortWelcome.Words(welcome, zone)}.",
                    "Mentees and mentors meet: who is who, how these weeks go, and time for your questions. The link, the goals and the timeline are on your page.",
                ], action);
    }

    sealed record Waiting(Guid Id, Guid SellerId, bool IsMentor, bool WasTold);
}
