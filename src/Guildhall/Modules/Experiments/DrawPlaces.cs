using System.Globalization;
using System.Security.Cryptography;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Audit;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Experiments;

/// <summary>Draws lots for the places of a program, once: who wins is matched, who loses waits until a day. Of two who draw at once the database lets one.</summary>
sealed class DrawPlaces(GuildhallDb db, ProgramLookup programs, IKnowRounds rounds, LotteryLookup lotteries, LotteryMail mail, AuditTrail trail, MarketplaceZone zone, TimeProvider clock)
{
    /// <param name="waitsUntil">From when on who loses is free again.</param>
    /// <param name="seen">How many waited for how many places when the manager decided.</param>
    public async Task<Refusal?> Run(string slug, DateOnly waitsUntil, (int Waiting, int Places) seen, Actor actor, CancellationToken stop)
    {
        if (await programs.BySlug(slug, stop) is not { } program) return Refusal.NotFound("program");
        if (!program.TakesPeople) return program.TakesNobody;
        var today = await zone.Today(stop);
        if (waitsUntil <= today || waitsUntil > LatestWait(today))
            return Refusal.Invalid("waits_until", string.Create(CultureInfo.InvariantCulture, $"Choose a day after today and no later than {LatestWait(today):d MMM yyyy}: nobody waits by lot for more than {Draw.LongestWaitWeeks} weeks."), nameof(Draw.WaitsUntil));

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (!await programs.KeepTakingPeople(program.Id, stop)) return program.TakesNobody;
        var round = await rounds.Of(program, holds: true, stop);
        var before = await lotteries.Now(program.Id, stop);
        if (before.Holding is not null) return Drawn;
        if (!round.IsOversubscribed) return Refusal.Conflict("places_for_all", "There is a place for everybody who waits, or none at all, so there is nothing to draw for. Nothing was drawn.");
        if (seen != (round.Waiting.Count, round.Places))
            return Refusal.Conflict("round_changed", string.Create(CultureInfo.InvariantCulture, $"{round.Waiting.Count:N0} mentees wait for {round.Places:N0} places now, not as on the page you decided on. Nothing was drawn. Look at the numbers as they are, then decide."));

        var number = 1 + (await db.Set<Draw>().Where(draw => draw.ProgramId == program.Id).MaxAsync(draw => (int?)draw.Number, stop) ?? 0);
        var draw = new Draw(program, number, RandomNumberGenerator.GetBytes(Lots.SeedBytes), round.Places, today, waitsUntil, actor, clock.GetUtcNow());
        var tickets = round.Waiting.Select(mentee => new Ticket(mentee.ParticipantId, mentee.SellerId, mentee.Tier, before.First.Contains(mentee.ParticipantId)));
        db.Add(draw);
        var drawn = Lots.Draw(draw.Seed, tickets, draw.Places);
        db.AddRange(drawn.Select(one => new Lot(draw, one)));
        await mail.Tell(program, draw, drawn, stop);
        trail.Add(actor, AuditVerb.Decided, new AuditSubject(AuditKind.Program, program.Id, program.Id), "lottery");
        try
        {
            await db.SaveChangesAsync(stop);
            await transaction.CommitAsync(stop);
            return null;
        }
        catch (DbUpdateException refused) when (refused.IsTaken() || refused.Overlaps())
        {
            return Drawn;
        }
    }

    public static DateOnly LatestWait(DateOnly today) => today.AddDays(7 * Draw.LongestWaitWeeks);

    static Refusal Drawn => Refusal.Conflict("drawn_already", "Lots are drawn already, and that draw holds until its day. Nothing was drawn a second time. The page shows what came out.");
}
