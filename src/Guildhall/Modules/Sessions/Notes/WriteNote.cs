using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Mentorships;
using Guildhall.Modules.People;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Mail;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Sessions;

/// <summary>Writes down what came of a session: the note that both read, one’s own private one, and from the mentor’s start page also that the two met. All of it or nothing.</summary>
sealed class WriteNote(GuildhallDb db, SayOutcome say, AccountLookup accounts, EnrollmentLookup enrollment, PairNames names, Outbox outbox, MailLimit limit, TimeProvider clock)
{
    public static readonly MailKind Kind = new("session-note", "What was written down of your sessions", IsTransactional: false) { For = Readers.Mentees | Readers.Mentors, CanWait = true };

    static readonly Refusal meanwhile = Refusal.Conflict("changed_meanwhile", "The other one wrote something while you were on this page. Theirs is kept and stands above. What you typed is below: put together what you both want, and save.");

    static readonly Refusal ownMeanwhile = Refusal.Conflict("saved_before", "You saved this session’s note before, from a page that you had open or went back to. What you saved stands above, and what you typed now is below. Save again to put it in its place.");

    /// <param name="seen">The edition that the form showed, 0 for none.</param>
    /// <param name="privately">One’s own note; null leaves it as it is.</param>
    /// <param name="outcome">What they say came of the session; null says nothing.</param>
    public async Task<Refusal?> Run(Guid id, Side side, ShopActor shop, uint seen, NoteWords words, string? privately, Outcome? outcome, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var session = await db.Set<Session>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, stop);
        if (session?.SideOf(shop.SellerId) is not { } own || own != side) return Refusal.NotFound("session");
        if (session.State == SessionState.Cancelled) return Refusal.Conflict("cancelled", "This session was cancelled, so there is nothing to write down. Nothing was saved.");
        if (now < session.StartsAt) return Refusal.Conflict("not_begun", "This session has not begun. Nothing was saved. What you want to talk about goes into its topics.");
        if (privately is not null && SessionNote.TooLong(privately, SessionNote.WordsLimit, "Private") is { } tooLong) return tooLong;

        var note = await db.Set<SessionNote>().SingleOrDefaultAsync(one => one.SessionId == id, stop);
        // Who went back in the browser and saves again sends the edition of before: the same words are there already, and nobody is told twice.
        var isSaved = note is not null && note.Edition != seen && note.WrittenFrom == side && note.Says(words);
        if (!isSaved && (note?.Edition ?? 0) != seen) return note is not null && note.WrittenFrom == side ? ownMeanwhile : meanwhile;
        var isFirst = note is null;
        if (note is null) db.Add(note = new SessionNote(id));
        if (!isSaved && note.Write(words, side, now).Refusal is { } refusal) return refusal;
        try
        {
            if (isFirst) await Tell(session, side, stop);
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateException refused) when (refused.IsLostRace())
        {
            db.ChangeTracker.Clear();
            return meanwhile;
        }

        if (privately is not null)
            await db.Database.ExecuteSqlAsync($"""
                INSERT INTO sessions.private_note (session_id, side, account_id, words, written_at) VALUES ({id}, {side.ToString()}, {shop.AccountId}, {privately}, {now})
                ON CONFLICT (session_id, side) DO UPDATE SET words = excluded.words, account_id = excluded.account_id, written_at = excluded.written_at
                """, stop);
        if (outcome is { } said && await say.Run(id, side, shop, said, stop) is { } unsaid) return unsaid;
        await transaction.CommitAsync(stop);
        return null;
    }

    /// <summary>The first note of a session is told; what it says stands on the page alone.</summary>
    async Task Tell(Session session, Side by, CancellationToken stop)
    {
        var to = by.Other();
        var members = await enrollment.MembersOf([session.MenteeId, session.MentorId], stop);
        if (!members.TryGetValue(by == Side.Mentee ? session.MenteeId : session.MentorId, out var writer)) return;
        var who = (await names.Of([writer], stop))(writer);
        foreach (var address in (await accounts.AddressesOf([to == Side.Mentee ? session.MenteeSellerId : session.MentorSellerId], stop)).SelectMany(shop => shop))
            if (await limit.Reached(Kind, address, stop) is null)
                outbox.Add(new Mail(Kind, address, $"{who.Name} wrote down your session", [$"{who.FirstName} wrote down what you two covered and what comes next. It stands on the session’s page, and you can add to it."], new Link("Read it", SessionRoutes.Path(to, session.Id))) { About = new(writer.ParticipantId, who.Name) });
    }
}
