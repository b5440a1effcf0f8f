using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Audit;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Impact;

/// <summary>Settles what a program is judged by. A plan that differs in nothing from the last one is that one.</summary>
sealed class SavePlan(GuildhallDb db, ProgramLookup programs, AuditTrail trail, TimeProvider clock)
{
    /// <param name="seen">The number of the plan that the form was filled from; 0 where there was none.</param>
    public async Task<Refusal?> Run(string slug, ReadingTerms terms, uint seen, Actor actor, CancellationToken stop)
    {
        if (await programs.BySlug(slug, stop) is not { } program) return Refusal.NotFound("program");
        if (terms.Problems() is { } refusal) return refusal;
        var current = await db.Set<ReadingPlan>().AsNoTracking().Where(plan => plan.ProgramId == program.Id).OrderByDescending(plan => plan.Number).FirstOrDefaultAsync(stop);
        if (seen != (current?.Number ?? 0)) return changedMeanwhile;
        if (current?.Terms == terms) return null;

        db.Add(new ReadingPlan(program.Id, (current?.Number ?? 0) + 1, terms, actor.AccountId, clock.GetUtcNow()));
        trail.Add(actor, AuditVerb.Changed, new AuditSubject(AuditKind.Program, program.Id, program.Id), "reading-plan");
        try
        {
            await db.SaveChangesAsync(stop);
            return null;
        }
        catch (DbUpdateException refused) when (refused.IsTaken())
        {
            return changedMeanwhile;
        }
    }

    static readonly Refusal changedMeanwhile = Refusal.Conflict("plan_changed", "Somebody changed the plan while you were at it. Nothing was saved. Look at what stands there now, and change it again if you still want to.");
}
