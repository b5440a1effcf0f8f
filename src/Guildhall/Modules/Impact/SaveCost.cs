using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Audit;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Impact;

/// <summary>Notes what a program cost and what the marketplace keeps of a sale. The same again is no further row.</summary>
sealed class SaveCost(GuildhallDb db, ProgramLookup programs, AuditTrail trail, TimeProvider clock)
{
    /// <param name="seen">The number of the row that the form was filled from; 0 where there was none.</param>
    public async Task<Refusal?> Run(string slug, long? costMinorUnits, decimal feePercent, uint seen, Actor actor, CancellationToken stop)
    {
        if (await programs.BySlug(slug, stop) is not { } program) return Refusal.NotFound("program");
        if (Refusal.Together(
            costMinorUnits is > 0 ? null : Refusal.Invalid("cost", "Enter what the program cost, above 0.", "Cost"),
            feePercent is > 0 and <= ProgramCost.MostFeePercent ? null : Refusal.Invalid("fee", "Enter what the marketplace keeps of a sale in percent, above 0 and up to 100.", "Fee")) is { } refusal) return refusal;
        var current = await db.Set<ProgramCost>().AsNoTracking().Where(cost => cost.ProgramId == program.Id).OrderByDescending(cost => cost.Number).FirstOrDefaultAsync(stop);
        if (seen != (current?.Number ?? 0)) return changedMeanwhile;
        if (current is not null && (current.CostMinorUnits, current.FeePercent) == (costMinorUnits!.Value, feePercent)) return null;

        db.Add(new ProgramCost(program.Id, (current?.Number ?? 0) + 1, costMinorUnits!.Value, feePercent, actor.AccountId, clock.GetUtcNow()));
        trail.Add(actor, AuditVerb.Changed, new AuditSubject(AuditKind.Program, program.Id, program.Id), "program-cost");
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

    static readonly Refusal changedMeanwhile = Refusal.Conflict("cost_changed", "Somebody changed the cost while you were at it. Nothing was saved. Look at what stands there now, and change it again if you still want to.");
}
