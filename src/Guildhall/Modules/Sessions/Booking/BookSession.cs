using Guildhall.Modules.Enrollment;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Sessions;

/// <summary>Books a time for a pair. Of all who want an overlapping time of one person, in whichever pairs and programs, one gets it.</summary>
sealed class BookSession(GuildhallDb db, PairsThatBook pairs, ReadTimes read, TellOfSession tell, TimeProvider clock)
{
    /// <param name="IsShort">For one question, instead of as long as the program plans.</param>
    public sealed record Input(Guid PairId, DateTimeOffset StartsAt, string Agenda, bool IsShort = false);

    public static readonly Refusal Gone = Refusal.Conflict("time_gone", "That time has just gone.");

    /// <returns>The id of the session.</returns>
    public async Task<Result<Guid>> Run(Input input, Side side, ShopActor shop, CancellationToken stop)
    {
        if (await pairs.One(input.PairId, side, shop.SellerId, stop) is not { } pair) return Refusal.NotFound("pair");
        var agenda = input.Agenda.ReplaceLineEndings("\n").Trim();
        if (Session.AgendaProblem(agenda, "Agenda") is { } tooLong) return tooLong;

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.HoldTimes(pair.Mentee.SellerId, pair.Mentor.SellerId, stop);
        var now = clock.GetUtcNow();
        var times = await read.Of(pair, input.IsShort ? Session.ShortMinutes : null, null, stop);
        if (await db.Set<Session>().Where(session => session.PairId == pair.Id && session.State == SessionState.Booked && session.StartsAt == input.StartsAt).Select(session => new { session.Id, session.LengthMinutes, session.Agenda }).SingleOrDefaultAsync(stop) is { } booked)
        {
            // A second tap of a slow page finds what the first one booked. Something else at the same time is not what was wanted.
            return booked.LengthMinutes == times.LengthMinutes && booked.Agenda == agenda ? booked.Id
                : Refusal.Conflict("booked_already", $"You two have booked {booked.LengthMinutes} minutes at that time already. Nothing was changed. Choose another time, or put your topics there.");
        }

        if (times.At(input.StartsAt) is not { } local || times.Stands(local, now) != TimeStands.Free) return Gone;

        var link = await db.Set<MentorCalendar>().Where(calendar => calendar.SellerId == pair.Mentor.SellerId).Select(calendar => calendar.JoinLink).SingleOrDefaultAsync(stop);
        var session = Session.Book(pair, local, times.Mentor.Week.Zone.Id, times.LengthMinutes, agenda, link, now);
        db.Add(session);
        db.AddRange(Busy.Of(session, times.Mentee.Pause, times.Mentor.Pause));
        db.Add(new SessionChange(session, SessionDeed.Booked, side, shop.AccountId, "", now));
        await tell.Of(session, SessionDeed.Booked, side, shop.AccountId, hasWords: false, stop);
        try
        {
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateException lost) when (lost.Overlaps())
        {
            db.ChangeTracker.Clear();
            return Gone;
        }

        await transaction.CommitAsync(stop);
        return session.Id;
    }
}
