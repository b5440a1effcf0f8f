using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>Ticks a tip of the own trial, takes the tick back, or ends the trial early. A second tap changes nothing.</summary>
sealed class ChangeTrial(GuildhallDb db, OfferTrial offers, ReadSummary summaries, TrialMail mail, TimeProvider clock)
{
    public async Task<Refusal?> Tick(ProgramFacts program, ShopActor shop, int number, bool isDone, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        if (await Own(program, shop, stop) is not { } trial || await db.Set<TrialTip>().SingleOrDefaultAsync(t => t.TrialId == trial.Id && t.Number == number, stop) is not { } tip) return Refusal.NotFound("tip");
        if (trial.Over(now) is { } over) return over;
        if (isDone == tip.DoneAt is not null) return null;
        tip.Tick(isDone ? now : null);
        await db.SaveChangesAsync(stop);
        return null;
    }

    public async Task<Refusal?> Stop(ProgramFacts program, ShopActor shop, CancellationToken stop)
    {
        if (await Own(program, shop, stop) is not { } trial) return Refusal.NotFound("trial");
        var session = await db.Set<TrialSession>().SingleOrDefaultAsync(s => s.Id == trial.SessionId, stop);
        if (trial.Stop(session, await offers.TimeZone(stop), clock.GetUtcNow()) is { } refusal) return refusal;
        await mail.Ended(program, trial, (await summaries.Of([trial], stop))[trial.Id], stop);
        try
        {
            await db.SaveChangesAsync(stop);
            return null;
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return Refusal.Conflict("changed_meanwhile", "Your trial was changed in another window at the same moment. What was done there stands, and this page changed nothing.");
        }
    }

    Task<Trial?> Own(ProgramFacts program, ShopActor shop, CancellationToken stop) => db.Set<Trial>().SingleOrDefaultAsync(t => t.ProgramId == program.Id && t.SellerId == shop.SellerId, stop);
}
