using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Impact;

/// <summary>A manager asks for the results. Nobody looks before it is settled what at.</summary>
sealed class AskReading(GuildhallDb db, ProgramLookup programs, TimeProvider clock)
{
    public const string NoPlan = "no_plan";

    public async Task<Refusal?> Run(string slug, Actor actor, CancellationToken stop)
    {
        if (await programs.BySlug(slug, stop) is not { } program) return Refusal.NotFound("program");
        if (await db.Set<ReadingPlan>().Where(plan => plan.ProgramId == program.Id).MaxAsync(plan => (int?)plan.Number, stop) is not { } plan)
            return Refusal.Conflict(NoPlan, "Settle first what you look at, before you know what it says. Nothing was read.");

        db.Add(new ReadingRequest(program.Id, plan, actor.AccountId, clock.GetUtcNow()));
        try
        {
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateException refused) when (refused.IsTaken())
        {
            // Somebody asked a moment ago: both get the one reading.
        }

        return null;
    }
}
