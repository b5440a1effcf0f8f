using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Pairing;

/// <summary>Keeps which pairs of a draft are ticked, so that the last look and the approval speak of the same pairs.</summary>
sealed class ChoosePairs(GuildhallDb db, ProgramLookup programs)
{
    public async Task<Result<CompletedRun>> Run(string programSlug, int number, IReadOnlyCollection<string> shown, IReadOnlyCollection<string> included, CancellationToken stop)
    {
        if (await programs.BySlug(programSlug, stop) is not { } program) return Refusal.NotFound("program");
        if (await db.Set<CompletedRun>().SingleOrDefaultAsync(r => r.ProgramId == program.Id && r.Number == number, stop) is not { } run) return Refusal.NotFound("run");
        if (run.Choose(shown, included).Refusal is { } refusal) return refusal;
        try
        {
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Refusal.Conflict("changed_meanwhile", "Somebody else changed this run while you looked at it. Their change is kept. Look at it again.");
        }

        return run;
    }
}
